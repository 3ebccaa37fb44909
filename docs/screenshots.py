"""Walks the portal as a citizen does, from its first page to what an institution should mend first, and takes pictures.

`python docs/screenshots.py http://127.0.0.1:8000/` writes those of the tutorials over a running portal (`make demo`), at the
width of a desktop and of a phone. The browser tests walk the same way and count clicks and screens.
"""

import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Locator, Page, sync_playwright

from atalaya.harvest.site.browser import find_browser

DOCS = Path(__file__).resolve().parent
PICTURES = DOCS / "tutorials" / "images"
DESKTOP, PHONE = (1280, 900), (390, 844)
LARGEST = 150_000
"""Bytes of one picture at most."""

OPTIONS = ("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking")
WORDS = {
    "es": {"find": "Buscar", "path": "/"},
    "en": {"find": "Find", "path": "/en/"},
}


@dataclass(frozen=True, slots=True)
class Step:
    """One page of the way: its name, the clicks made so far, and how many screens down the eye has to go on it."""

    name: str
    clicks: int
    screens: float


def walk(page: Page, base: str, institution: str, language: str = "es") -> Iterator[Step]:
    """From the first page to one institution, what it should mend first, and how; gives each page once it is open.

    `institution` is its name as the register has it. Reading ends where the next click is made, or where the answer stands.
    """
    words = WORDS[language]
    page.goto(base.rstrip("/") + words["path"])
    field = page.locator("#i")
    yield Step("inicio", 0, _screens(page, field))
    field.fill(institution)
    page.locator("form", has=field).get_by_role("button", name=words["find"]).click()
    found = page.get_by_role("link", name=institution, exact=True).first
    yield Step("busqueda", 1, _screens(page, found))
    found.click()
    answers = [page.locator(name) for name in ("#score", "#why", "#mend")]
    first = page.locator("section[aria-labelledby=mend] ol.steps > li")
    yield Step("institucion", 2, max(_screens(page, each) for each in (*answers, first.nth(min(2, first.count() - 1)))))
    link = first.first.get_by_role("link")
    link.click()
    yield Step("hallazgos", 3, _screens(page, page.locator("main a[href*='hallazgos/']").first))


def _screens(page: Page, what: Locator) -> float:
    """How many heights of the window the lower edge of something lies below the top of its page."""
    box = what.bounding_box()
    if box is None:
        raise LookupError(f"{page.url} does not show what the way goes on with: {what}")
    scrolled = page.evaluate("scrollY")
    height = page.viewport_size["height"] if page.viewport_size else 1
    return float((box["y"] + box["height"] + scrolled) / height)


def picture(page: Page, path: Path, screens: int) -> None:
    """Save the upper part of a page as WebP."""
    size = page.viewport_size or {"width": 0, "height": 0}
    tall = min(page.evaluate("document.documentElement.scrollHeight"), screens * size["height"])
    shot = page.screenshot(full_page=True, clip={"x": 0, "y": 0, "width": size["width"], "height": tall})
    Image.open(BytesIO(shot)).convert("RGB").save(path, "WEBP", quality=70, method=6)
    if path.stat().st_size > LARGEST:
        raise ValueError(f"{path} has {path.stat().st_size} bytes; show less of the page")


def main(base: str) -> None:
    """Take all pictures of the tutorials."""
    program = find_browser(os.environ.get("ATALAYA_BROWSER", "auto"))
    if program is None:
        sys.exit("no browser was found; install Chromium, or name it in ATALAYA_BROWSER")
    PICTURES.mkdir(exist_ok=True)
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=program, args=list(OPTIONS))
        for name, (width, height) in (("escritorio", DESKTOP), ("telefono", PHONE)):
            page = browser.new_page(viewport={"width": width, "height": height}, color_scheme="light")
            for step in walk(page, base, _some_institution(page, base)):
                picture(page, PICTURES / f"{step.name}-{name}.webp", 2 if name == "telefono" else 1)
                sys.stdout.write(f"{step.name} {name}: {step.clicks} clicks, {step.screens:.2f} screens\n")
        page = browser.new_page(viewport={"width": DESKTOP[0], "height": DESKTOP[1]}, color_scheme="light")
        page.goto(base)
        shot = Image.open(BytesIO(page.screenshot()))
        shot.quantize(128, dither=Image.Dither.NONE).save(DOCS / "images" / "portal.png", optimize=True)
        browser.close()


def _some_institution(page: Page, base: str) -> str:
    """The name of an institution of the second rank: there is something to mend."""
    page.goto(f"{base.rstrip('/')}/indice/")
    return page.locator("tbody th a").nth(1).inner_text()


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: python docs/screenshots.py ADDRESS-OF-A-RUNNING-PORTAL")
    main(sys.argv[1])

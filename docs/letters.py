"""Takes pictures of every letter that the portal writes, as its HTML stands in a browser: `python docs/letters.py`.

Those of the outbox in Spanish at the width of a desktop and of a phone, out of the sample that each kind declares, and one of the
letters of accounts, which share the rendering.
"""

import os
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, sync_playwright

from atalaya.harvest.site.browser import find_browser
from atalaya.portal.accounts.letters import written
from atalaya.portal.post.kinds import KINDS, composed

PICTURES = Path(__file__).resolve().parent / "howto" / "images"
WIDTHS = {"escritorio": (820, 300), "telefono": (390, 300)}
LARGEST = 150_000
"""Bytes of one picture at most."""

SITE = "https://portal.example"
OPTIONS = ("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking")


def letters(language: str = "es") -> Iterator[tuple[str, str]]:
    """The name and the HTML of every letter."""
    yield (
        "cuenta",
        written("account/email/email_confirmation_signup", language, f"{SITE}/cuenta/correo/confirmar/a1/").html,
    )
    for name, kind in KINDS.items():
        yield name, composed(name, kind.sample, language, SITE).html


def picture(page: Page, html: str, path: Path) -> None:
    """Save the whole of a letter as WebP; ValueError where it is wider than the window or its picture too large."""
    page.set_content(html)
    wide, window = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    if wide > window:
        raise ValueError(f"{path.stem}: the letter is {wide} wide, the window {window}")
    shot = page.screenshot(full_page=True)
    Image.open(BytesIO(shot)).convert("RGB").save(path, "WEBP", quality=80, method=6)
    if path.stat().st_size > LARGEST:
        raise ValueError(f"{path} has {path.stat().st_size} bytes; show less")


def main() -> None:
    """Take all pictures."""
    program = find_browser(os.environ.get("ATALAYA_BROWSER", "auto"))
    if program is None:
        sys.exit("no browser was found; install Chromium, or name it in ATALAYA_BROWSER")
    PICTURES.mkdir(exist_ok=True)
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=program, args=list(OPTIONS))
        for width, (wide, high) in WIDTHS.items():
            page = browser.new_page(viewport={"width": wide, "height": high}, color_scheme="light")
            for name, html in letters():
                picture(page, html, PICTURES / f"letter-{name.replace('_', '-')}-{width}.webp")
        browser.close()


if __name__ == "__main__":
    main()

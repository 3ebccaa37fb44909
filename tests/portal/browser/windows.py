"""Windows of the browser, and what axe-core says of a page in one."""

from pathlib import Path

import axe_playwright_python
from playwright.sync_api import Browser, BrowserContext, Locator, Page

AXE = Path(axe_playwright_python.__file__).with_name("axe.min.js")
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
"""WCAG 2.2 at AA, by the levels and versions that axe-core tags its rules with, and what its makers advise besides."""

FILES = frozenset(
    {
        "body_calendar",
        "certificate_file",
        "meeting_calendar",
        "meeting_pdf",
        "plan_file",
        "plans_everything",
        "standard_file",
    }
)
"""Names of addresses that give a file, though they stand among the pages."""

PATIENCE = 120_000
"""Milliseconds that a page is waited for, however busy the machine."""

OF_COLOURS = ("color-contrast", "link-in-text-block")
"""The rules that read colours, which are all that the dark scheme changes."""


class Opener:
    """Windows of one test."""

    def __init__(self, browser: Browser, site: str) -> None:
        self._browser = browser
        self._site = site
        self._windows: list[BrowserContext] = []

    def __call__(self, path: str, width: int = 1280, session: tuple[str, str] | None = None, **window: object) -> Page:
        """A page, once it has come: HTML with a title, so that nothing is judged that nobody would see."""
        made = self._browser.new_context(
            viewport={"width": width, "height": 844 if width < 600 else 900}, bypass_csp=True, **window
        )
        made.set_default_timeout(PATIENCE)
        self._windows.append(made)
        if session is not None:
            made.add_cookies([{"name": session[0], "value": session[1], "url": self._site}])
        page = made.new_page()
        answer = page.goto(self._site + path)
        assert answer is not None
        assert answer.headers["content-type"].startswith("text/html"), path
        assert page.title().endswith("Atalaya"), path
        return page

    def close(self) -> None:
        """Close every window."""
        while self._windows:
            self._windows.pop().close()


def gone_on(pressed: Locator) -> None:
    """Press a button or a link and wait until the page that it leads to has come: what was sent is done by then."""
    page = pressed.page
    with page.expect_navigation():
        pressed.click()
    assert not page.get_by_text("Demasiadas solicitudes").count(), "refused: so many forms are not taken"


def faults(page: Page, rules: tuple[str, ...] = ()) -> list[str]:
    """What axe-core finds wrong, by all rules or by some: rule, place, why."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    wanted = {"type": "rule", "values": list(rules)} if rules else {"type": "tag", "values": TAGS}
    found = page.evaluate("runOnly => axe.run({runOnly, resultTypes: ['violations']})", wanted)
    assert len(found["passes"]) >= (1 if rules else 10), "axe judged next to nothing"
    return [
        f"{fault['id']}: {node['target']}: {node['failureSummary']}"
        for fault in found["violations"]
        for node in fault["nodes"]
    ]


def wider(page: Page) -> list[str]:
    """The elements that reach past the window's edge, where the page can be scrolled sideways."""
    return page.evaluate(
        """() => document.documentElement.scrollWidth <= innerWidth ? [] :
           [...document.querySelectorAll('body *')].filter(each => each.getBoundingClientRect().right > innerWidth + 1
             && !each.closest('.scroll')).map(each => each.outerHTML.slice(0, 120)).slice(0, 5).concat(['page'])"""
    )

"""One browser for all tests, the system's own, and one page of every type to look at.

Without a browser these tests are skipped; where ATALAYA_BROWSER or ATALAYA_CORPORA asks for everything, that is an error.
The driver of the browser keeps an event loop running in its thread, so it has one of its own, and the tests run in that.
"""

import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from playwright.sync_api import Browser, sync_playwright

from atalaya.harvest.site.browser import find_browser
from atalaya.portal.visits import visit_all
from tests.portal.browser.windows import FILES, Opener

OPTIONS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip


_THREAD = ThreadPoolExecutor(1, thread_name_prefix="browser")


@pytest.hookimpl(tryfirst=True)
def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> bool:
    """Run a test of this folder in the thread of the browser."""
    wanted = pyfuncitem._fixtureinfo.argnames
    _THREAD.submit(pyfuncitem.obj, **{name: pyfuncitem.funcargs[name] for name in wanted}).result()
    return True


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The browser of the system, without a window."""
    setting = os.environ.get("ATALAYA_BROWSER", "auto")
    program = find_browser(setting)
    if program is None:
        if setting not in ("auto", "off") or os.environ.get("ATALAYA_CORPORA"):
            pytest.fail("no browser was found; install Chromium, or name it in ATALAYA_BROWSER")
        pytest.skip("no browser was found")
    driver = _THREAD.submit(sync_playwright().start).result()
    yield _THREAD.submit(driver.chromium.launch, executable_path=program, args=list(OPTIONS)).result()
    _THREAD.submit(driver.stop).result()


@pytest.fixture(scope="session")
def places(site: str) -> dict[str, str]:
    """Type of page → the address of one, as a visitor finds it along links; one that is not there, too."""
    found = {visit.type: visit for visit in visit_all(f"{site}/")}
    files = {kind for kind, visit in found.items() if visit.media_type != "text/html"}
    assert {kind.partition(":")[2] for kind in files} == FILES, "say in FILES what gives a file"
    pages = {kind: visit.path for kind, visit in found.items() if kind not in files}
    return {**pages, "es:missing": "/nada/", "en:missing": "/en/nada/"}


@pytest.fixture
def open_page(chromium: Browser, site: str) -> Iterator[Opener]:
    """Opens pages in a window of a given width; closes them behind the test."""
    opener = Opener(chromium, site)
    yield opener
    _THREAD.submit(opener.close).result()

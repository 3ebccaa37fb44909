"""What pages weigh on the line, compressed and with their headers: under 100 kB at the first visit, under 30 kB after it."""

from playwright.sync_api import CDPSession

from tests.portal.browser.windows import Opener

FIRST, AFTER = 100_000, 30_000


def test_every_type_of_page_is_light(open_page: Opener, places: dict[str, str], site: str) -> None:
    page = open_page("/nada/", width=390)
    line = page.context.new_cdp_session(page)
    line.send("Network.enable")
    weighed: list[float] = []
    line.on("Network.loadingFinished", lambda event: weighed.append(event["encodedDataLength"]))
    heavy: dict[str, tuple[float, float]] = {}
    for kind, path in sorted(places.items()):
        first = _weigh(line, weighed, lambda to=path: page.goto(site + to), forget=True)
        after = _weigh(line, weighed, lambda to=path: page.goto(f"{site}{to}{'&' if '?' in to else '?'}otra=1"))
        assert 500 < after < first, kind
        if first >= FIRST or after >= AFTER:
            heavy[kind] = (first, after)
    assert heavy == {}


def _weigh(line: CDPSession, weighed: list[float], go: object, *, forget: bool = False) -> float:
    """Bytes that a page takes, with what it brings that the browser has not kept."""
    if forget:
        line.send("Network.clearBrowserCache")
    weighed.clear()
    go()
    return sum(weighed)

"""What pages weigh on the line, compressed and with their headers: under 100 kB at the first visit, under 30 kB after it."""

from tests.portal.browser.windows import Opener

FIRST, AFTER = 100_000, 30_000
WEIGHT = """() => ['navigation', 'resource'].flatMap(type => performance.getEntriesByType(type))
  .reduce((sum, each) => sum + each.transferSize, 0)"""
"""What the page and all that it brings took on the line; what the browser had kept took nothing."""


def test_every_type_of_page_is_light(open_page: Opener, places: dict[str, str], site: str) -> None:
    page = open_page("/nada/", width=390)
    line = page.context.new_cdp_session(page)
    heavy: dict[str, tuple[float, float]] = {}
    for kind, path in sorted(places.items()):
        line.send("Network.clearBrowserCache")
        page.goto(site + path)
        first = page.evaluate(WEIGHT)
        page.goto(f"{site}{path}{'&' if '?' in path else '?'}otra=1")
        after = page.evaluate(WEIGHT)
        assert 500 < after < first - 5000, f"{kind}: the style sheet is sent once"
        if first >= FIRST or after >= AFTER:
            heavy[kind] = (first, after)
    assert heavy == {}

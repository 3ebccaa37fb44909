"""How many clicks lie between the home page of a site and each of its addresses, along the links that were read."""

from collections import defaultdict, deque
from collections.abc import Iterable, Mapping
from typing import Any

UNCLICKED = frozenset({"frame", "refresh"})
"""Relations that a browser follows by itself."""

HEADING = "heading"


def clicks_from_home(home: str, links: Iterable[Mapping[str, Any]]) -> dict[str, int]:
    """Address → the fewest clicks from the home page to it, 0 for that itself; addresses without any way are left out.

    `links` are rows of `site_links`; headings lead nowhere.
    """
    onward: defaultdict[str, set[tuple[str, int]]] = defaultdict(set)
    known: dict[str, str] = {}  # every address once, however many links name it
    for row in links:
        if row["kind"] != HEADING and row["url"]:
            page, url = (known.setdefault(each, each) for each in (str(row["page_url"]), str(row["url"])))
            onward[page].add((url, 0 if row["relation"] in UNCLICKED else 1))
    clicks = {home: 0}
    waiting = deque([home])
    while waiting:
        page = waiting.popleft()
        for url, cost in onward.get(page, ()):
            reached = clicks[page] + cost
            if reached < clicks.get(url, reached + 1):
                clicks[url] = reached
                if cost:
                    waiting.append(url)
                else:
                    waiting.appendleft(url)
    return clicks

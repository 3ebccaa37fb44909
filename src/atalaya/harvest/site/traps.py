"""What keeps a crawl from running in circles: calendars, sessions, permutations of parameters, mirrors, pages of nothing new.

A page is *fresh* when it holds a piece of text, a heading or a document that no page before it had; numbers do not count. A form
of addresses (`addresses.pattern_of`), a folder or a branch of a site whose pages were not fresh so many times in a row is
closed. Pages that say the same and lead to the same are one: what tells their addresses apart is learned and then left out.
"""

import re
from collections import Counter
from collections.abc import Iterable
from typing import Final

from atalaya.harvest.site.addresses import Link, key_without, pattern_of

DRY_FORM: Final = 25
DRY_FOLDER: Final = 60
DRY_BRANCH: Final = 150
"""Pages in a row without anything fresh after which a form of addresses, a folder, or the first folder of a path is closed."""
SECTION_PATIENCE: Final = 4
"""So many times as patient is a crawl in the section of the law."""
CALENDAR: Final = 40
"""Pages of one form whose address holds a date that are read outside of the section."""
_EARLIEST, _AHEAD = 1990, 2
"""Years outside of which an address with a date is one of an endless calendar: before the web, and so many from now."""
_IDLE_HERE, _IDLE_ANYWHERE = 2, 4
"""Pairs of equal pages after which the parameters that tell them apart are idle for a path, and for the whole site."""
_MOST_BLOCKS = 400_000

_YEAR = re.compile(r"(?<!\d)(\d{4})(?:[-/]?(?:0[1-9]|1[0-2])(?:[-/]?\d{2})?)?(?!\d)")
_DATED = re.compile(
    r"(?:^|[?&/_-])(?:year|month|day|date|week|yr|mon|anio|ano|a%C3%B1o|mes|dia|fecha|semana|cal(?:endar(?:io)?)?|events?|eventos?|"
    r"agenda|tribe-bar-date|ical|m|y|d)(?:[=/_&?-]|$)",
    re.IGNORECASE,
)


class Traps:
    """What a crawl has learned of a site so far; fed with pages in the order in which they were read."""

    def __init__(self, year: int) -> None:
        self._year = year
        self._dry: Counter[str] = Counter()
        self._asked: Counter[str] = Counter()
        self._blocks: set[int] = set()
        self._seen: dict[int, Link] = {}
        self._pairs: Counter[tuple[str, frozenset[str]]] = Counter()
        self._idle_paths: dict[frozenset[str], set[str]] = {}
        self._idle: dict[str, frozenset[str]] = {}
        self._idle_anywhere: frozenset[str] = frozenset()

    def key(self, link: Link) -> str:
        """The key of a link without the parameters that were found idle."""
        if not link.parameters:
            return link.key
        return key_without(link, self._idle_anywhere | self._idle.get(link.key.partition("?")[0], frozenset()))

    def closed(self, link: Link, section: bool) -> str | None:
        """Why a page is not asked any more: `calendar`, `form`, `folder` or `branch`; None where it may be."""
        form = pattern_of(link.key)
        place = link.key[len(link.host) :]
        if _DATED.search(place) is not None:
            years = [year for found in _YEAR.finditer(place) if 1000 <= (year := int(found[1])) < 3000]
            if any(not _EARLIEST <= year <= self._year + _AHEAD for year in years):
                return "calendar"
            if years and not section and self._asked[form] >= CALENDAR:
                return "calendar"
        patience = SECTION_PATIENCE if section else 1
        for place, limit, reason in _places(form):
            if self._dry[place] >= limit * patience:
                return reason
        return None

    def asked(self, link: Link) -> None:
        """Count a page that is asked now."""
        self._asked[pattern_of(link.key)] += 1

    def same_as(self, link: Link, identity: int) -> str | None:
        """The address of an earlier page that says and leads to the same; what tells the two apart is learned."""
        before = self._seen.setdefault(identity, link)
        if before is link or before.key == link.key:
            return None
        path, other = link.key.partition("?")[0], before.key.partition("?")[0]
        if path == other:
            differing = set(link.parameters) ^ set(before.parameters)
            self._learn(path, frozenset(part.partition("=")[0] for part in differing))
        return before.url

    def _learn(self, path: str, names: frozenset[str]) -> None:
        self._pairs[path, names] += 1
        if self._pairs[path, names] >= _IDLE_HERE:
            self._idle[path] = self._idle.get(path, frozenset()) | names
            paths = self._idle_paths.setdefault(names, set())
            paths.add(path)
            if len(paths) >= _IDLE_ANYWHERE:
                self._idle_anywhere |= names

    def read(self, link: Link, blocks: Iterable[int], *, news: bool) -> bool:
        """Note a page that was read: whether it was fresh. `news` tells of documents or headings that were new."""
        new = [block for block in blocks if block not in self._blocks]
        if len(self._blocks) < _MOST_BLOCKS:
            self._blocks.update(new)
        fresh = news or bool(new)
        for place, _, _ in _places(pattern_of(link.key)):
            self._dry[place] = 0 if fresh else self._dry[place] + 1
        return fresh


def _places(form: str) -> list[tuple[str, int, str]]:
    """What an address belongs to: its form, its folder and the first folder of its path, with their limits and names."""
    path = form.partition("?")[0]
    parts = path.split("/")
    found = [(form, DRY_FORM, "form")]
    if "?" in form:
        found.append((f"{path}?", DRY_FOLDER, "folder"))
    if len(parts) > 2:
        found.append(("/".join(parts[:-1]) + "/", DRY_FOLDER, "folder"))
        found.append((f"{parts[0]}/{parts[1]}//", DRY_BRANCH, "branch"))
    return found

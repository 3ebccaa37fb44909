"""What is asked next of a site: the section of the law first, then the rest by its distance from the home page."""

import heapq
from collections import Counter
from dataclasses import dataclass, field
from typing import Final

from atalaya.harvest.site.addresses import Link
from atalaya.harvest.site.section import SectionWords

PAGE: Final = "page"
DOCUMENT: Final = "document"
PROBE: Final = "probe"
SITEMAP: Final = "sitemap"
MISSING: Final = "missing"
"""What a target is asked for: a page; a document of the institution; an address elsewhere, of which only the answer is wanted;
a sitemap; an address that cannot exist, whose answer shows how the site says so."""

_SECTION_DEPTH: Final = 3
"""So many times as deep is the section read: lists of it go on page after page."""
_WAITING: Final = 6
"""Targets that may wait for each page of the budget: more are never asked, and a trap may name millions."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Budget:
    """How much of one site is read: `pages` and `documents` asked, `size` bytes of documents, `probes` of addresses elsewhere,
    `outside` pages on other hosts that the section leads to, `depth` links from the home page, `sitemaps`."""

    pages: int = 2_000
    documents: int = 2_000
    size: int = 1_073_741_824
    probes: int = 100
    outside: int = 20
    depth: int = 12
    sitemaps: int = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """A site to be read. `home` is its address; `domains` are the hosts of the institution, whose pages and documents are read;
    `words` those of the section of the law; `languages` those of the country (empty: any); `year` that of the observation."""

    source_id: str
    home: str
    domains: frozenset[str]
    words: SectionWords
    year: int
    languages: tuple[str, ...] = ()
    budget: Budget = field(default_factory=Budget)


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """An address to be asked, and how it was found: `text` of the link, `path` of the texts before it, `headings` above it."""

    link: Link
    purpose: str
    depth: int = 0
    section: bool = False
    outside: bool = False
    parent: str = ""
    text: str = ""
    path: tuple[str, ...] = ()
    headings: tuple[str, ...] = ()


class Frontier:
    """The targets that wait, each once, and what was left out with the reason."""

    def __init__(self, budget: Budget) -> None:
        self._budget = budget
        self._heap: list[tuple[int, int, int, Target]] = []
        self._known: set[str] = set()
        self._serial = 0
        self.asked: Counter[str] = Counter()
        self.size = 0
        self.left_out: Counter[str] = Counter()
        self.section_left_out = 0

    def __len__(self) -> int:
        return len(self._heap)

    def knows(self, key: str) -> bool:
        """Whether an address was offered before, or is known to be the same as one."""
        return key in self._known

    def know(self, key: str) -> None:
        """Note an address that need not be asked any more, such as one that a redirect led to."""
        self._known.add(key)

    def add(self, target: Target, key: str, rank: int) -> str | None:
        """Let a target wait; gives why it does not: `known`, `depth` or `budget`."""
        if key in self._known:
            return "known"
        if target.depth > self._budget.depth * (_SECTION_DEPTH if target.section else 1):
            return self.leave_out("depth", target)
        if len(self._heap) >= _WAITING * (self._budget.pages + self._budget.documents) and not target.section:
            return self.leave_out("budget", target)
        self._known.add(key)
        self.again(target, rank)
        return None

    def again(self, target: Target, rank: int) -> None:
        """Let a target wait in another place too: one that turned out to be of the section. Who asks takes care of the twins."""
        self._serial += 1
        heapq.heappush(self._heap, (rank, target.depth, self._serial, target))

    def leave_out(self, reason: str, target: Target) -> str:
        """Count a target that is not asked."""
        self.left_out[reason] += 1
        self.section_left_out += target.section and target.purpose in (PAGE, DOCUMENT)
        return reason

    def next(self) -> Target | None:
        """The next target that the budget allows; None where nothing is left."""
        while self._heap:
            target = heapq.heappop(self._heap)[-1]
            if self._allows(target):
                self.asked[OUTSIDE if target.outside else target.purpose] += 1
                return target
            self.leave_out("budget", target)
        return None

    def _allows(self, target: Target) -> bool:
        budget, asked = self._budget, self.asked
        if target.outside:
            return asked[OUTSIDE] < budget.outside
        if target.purpose == PAGE:
            return asked[PAGE] < budget.pages
        if target.purpose == DOCUMENT:
            return asked[DOCUMENT] < budget.documents and self.size < budget.size
        if target.purpose == PROBE:
            return asked[PROBE] < budget.probes
        return asked[target.purpose] < budget.sitemaps


OUTSIDE: Final = "outside"
"""Under which pages on other hosts are counted."""

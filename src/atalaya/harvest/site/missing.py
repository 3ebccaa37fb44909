"""How a site says that a page is missing where it answers with success: learned from an address that cannot exist."""

from dataclasses import dataclass

from atalaya.harvest.site.page_parts import PageReading
from atalaya.harvest.site.visits import Visited

_WORDS = 12
"""Words by which two such pages may differ: they quote the address that was asked for."""


@dataclass(frozen=True, slots=True)
class MissingSign:
    """The page that came for an address that cannot exist: its title, its pieces of text and its count of words."""

    title: str
    blocks: frozenset[int]
    words: int

    def fits(self, page: PageReading) -> bool:
        """Whether a page is the same as the one that came for an address that cannot exist."""
        alike = abs(page.words - self.words) <= _WORDS and page.title == self.title
        return alike and self.blocks.issuperset(page.blocks)


def sign_of(visited: Visited) -> MissingSign | None:
    """The sign, where a missing page is answered as if it were there; None where the status says that it is missing."""
    if not visited.good or visited.page is None:
        return None
    return MissingSign(visited.page.title, frozenset(visited.page.blocks), visited.page.words)

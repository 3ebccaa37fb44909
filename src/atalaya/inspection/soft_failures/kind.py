"""A kind of soft failure as a declaration: the signs that speak for it, how many points they need, and examples.

No single word decides. A sign is worth points where it stands: a title or heading that says nothing else is strong,
the same words
inside a text are weak, a mark that only one product leaves in its markup is strong. A kind is recognised from `least` points.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from atalaya.inspection.soft_failures.page import PageFacts

SURE = 5
"""Points of a mark in the markup that only one product leaves: it says what a page is whatever else stands on it."""

LONG_PAGE = 8_000
"""Visible characters from which words and marks inside a page say nothing of the whole: only its title and headings do."""


FEW_FOREIGN = 8
FOREIGN_SHARE = 0.45
"""Words of its own matter, and their share in all, up to which a page that names a failure in its text alone is nothing but that
message."""


class Place(StrEnum):
    """Where a sign is looked for: titles and headings as wholes (or parts of a title between separators), the visible text,
    the markup, the markup of the page's own message, and what it quotes of programs. Titles, headings and texts are folded:
    lower case, without accents and punctuation."""

    TITLE = "title"
    HEADING = "heading"
    TEXT = "text"
    MARKUP = "markup"
    MESSAGE = "message"
    QUOTED = "quoted"


@dataclass(frozen=True, slots=True)
class Sign:
    """Words or marks worth points. Titles and headings must match from end to end, texts and markup may hold the match."""

    points: int
    place: Place
    pattern: re.Pattern[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """One kind of soft failure. `structure` adds or takes points for the build of a page; `long`
    kinds show themselves by words and marks on pages of any length; `whole` kinds are messages, which pages with a matter of
    their own only speak of; `examples` are pages of the kind,
    `others` pages that only look like it."""

    id: str
    signs: tuple[Sign, ...]
    least: int
    structure: Callable[[PageFacts], int] | None = None
    long: bool = False
    whole: bool = False
    examples: tuple[str, ...] = ()
    others: tuple[str, ...] = ()


def points(kind: Kind, page: PageFacts) -> int:
    """What speaks for a kind in a page."""
    skipped = () if kind.long or page.said <= LONG_PAGE else (Place.TEXT, Place.MARKUP, Place.MESSAGE, Place.QUOTED)
    if kind.whole and page.substantial and not any(_is_sure(sign) and _stands(sign, page) for sign in kind.signs):
        return 0
    signs = [sign for sign in kind.signs if sign.place not in skipped and _stands(sign, page)]
    if kind.whole and signs and not any(_is_sure(sign) for sign in signs):
        named = any(sign.place in (Place.TITLE, Place.HEADING) for sign in signs)
        if not named and (page.foreign > FEW_FOREIGN or page.foreign_share >= FOREIGN_SHARE):
            return 0
    found = sum(sign.points for sign in signs)
    return found + (kind.structure(page) if kind.structure is not None and found else 0)


def _is_sure(sign: Sign) -> bool:
    return sign.place is Place.MARKUP and sign.points >= SURE


def _stands(sign: Sign, page: PageFacts) -> bool:
    if sign.place is Place.TITLE:
        return any(sign.pattern.fullmatch(part) for part in page.title)
    if sign.place is Place.HEADING:
        return any(sign.pattern.fullmatch(part) for part in page.headings)
    places = {Place.TEXT: page.text, Place.MARKUP: page.markup, Place.MESSAGE: page.message, Place.QUOTED: page.quoted}
    return sign.pattern.search(places[sign.place]) is not None


def title(worth: int, pattern: str) -> Sign:
    """A sign that is a whole title, or a whole part of one."""
    return Sign(worth, Place.TITLE, re.compile(pattern))


def heading(worth: int, pattern: str) -> Sign:
    """A sign that is a whole first heading, or a whole part of one."""
    return Sign(worth, Place.HEADING, re.compile(pattern))


def text(worth: int, pattern: str) -> Sign:
    """A sign inside the visible text."""
    return Sign(worth, Place.TEXT, re.compile(pattern))


def markup(worth: int, pattern: str) -> Sign:
    """A sign inside the markup, which is in lower case and keeps its punctuation."""
    return Sign(worth, Place.MARKUP, re.compile(pattern))


def message(worth: int, pattern: str) -> Sign:
    """A sign inside the markup of the page's own message, in lower case."""
    return Sign(worth, Place.MESSAGE, re.compile(pattern))


def quoted(worth: int, pattern: str) -> Sign:
    """A sign inside what a page quotes of programs, in lower case."""
    return Sign(worth, Place.QUOTED, re.compile(pattern))

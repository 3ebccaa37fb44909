"""The characters of sample sites: how each is made, and how often it does what with a duty."""

from collections.abc import Mapping
from dataclasses import dataclass

_MIXED: Mapping[str, int] = {
    "open": 38,
    "late": 12,
    "closed": 14,
    "hollow": 6,
    "bare": 4,
    "anchor": 3,
    "stated": 9,
    "absent": 14,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Character:
    """A kind of site. `layouts` and `citations` are what it chooses from; `shares` weighs what it does with each duty.

    A share is `open` (published, in time and open), `late`, `closed` (in time, in a form that is not open), or a manner of
    `plan.Planted`. `mislabelled` is the share of labels with the wrong numeral, `mistyped` that of labels with a typing error,
    `gaps` that of series of months with a hole in them.
    """

    id: str
    note: str
    layouts: tuple[str, ...]
    citations: tuple[str, ...]
    shares: Mapping[str, int]
    scans: bool = False
    outages: tuple[str, ...] = ()
    mislabelled: float = 0.0
    gaps: float = 0.35
    mistyped: float = 0.02
    casings: tuple[str, ...] = ("plain",)
    sitemap: bool = False
    abbreviates: bool = False


_ANY = ("none", "numeral", "number", "article", "point", "letter", "degree", "after", "long", "law")

CHARACTERS = (
    Character(
        id="modern",
        note="cards that lead to accordions",
        layouts=("accordion",),
        citations=("none", "numeral", "after", "number"),
        shares=_MIXED,
        sitemap=True,
    ),
    Character(
        id="frames_2009",
        note="frames and tables, in the encoding of its day",
        layouts=("frames",),
        citations=("numeral", "number", "article", "degree"),
        shares={**_MIXED, "late": 20, "open": 30},
        casings=("upper", "upper_bare", "plain"),
        abbreviates=True,
    ),
    Character(
        id="scans",
        note="every document is a picture of paper",
        layouts=("headings", "own_pages"),
        citations=("none", "numeral", "article"),
        shares={"open": 10, "late": 8, "closed": 50, "hollow": 8, "stated": 10, "absent": 16},
        scans=True,
    ),
    Character(
        id="shared_folder",
        note="documents lie in a folder of a file-sharing service",
        layouts=("headings", "own_pages"),
        citations=("numeral", "point", "long"),
        shares={"folder": 76, "open": 12, "stated": 6, "absent": 6},
    ),
    Character(
        id="scripted",
        note="the pages are empty until a browser runs their script",
        layouts=("scripted",),
        citations=("none", "numeral", "point"),
        shares=_MIXED,
    ),
    Character(
        id="mislabelled",
        note="many labels have the numeral of another duty",
        layouts=("headings", "own_pages", "accordion"),
        citations=("numeral", "article", "point", "number"),
        shares=_MIXED,
        mislabelled=0.6,
    ),
    Character(id="dead", note="it does not answer", layouts=("headings",), citations=("none",), shares={"absent": 1},
        outages=("refused", "no_dns", "500")),
    Character(
        id="exemplary",
        note="everything is there, in time and open",
        layouts=("own_pages", "headings"),
        citations=("numeral", "article", "long", "after"),
        shares={"open": 1},
        mistyped=0.0,
        gaps=0.0,
        sitemap=True,
    ),
    *(
        Character(
            id="ordinary",
            note="a site like most",
            layouts=("headings", "own_pages", "posts", "accordion"),
            citations=citations,
            shares=_MIXED,
            mistyped=0.04,
            casings=casings,
            abbreviates=abbreviates,
        )
        for citations, casings, abbreviates in (
            (_ANY, ("plain",), False),
            (("bare",), ("plain", "upper"), False),
            (("none",), ("plain", "upper_bare"), True),
            (_ANY, ("plain", "upper", "bare"), True),
        )
    ),
)  # fmt: skip
"""One site each, given to institutions by the seed."""

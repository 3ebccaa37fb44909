"""What a crawl of a site hands over to the matching of duties: one mention for each page, link, heading and document."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class MentionKind(StrEnum):
    """What is mentioned: where a link leads, or a heading that stands on a page without leading anywhere."""

    PAGE = "page"
    DOCUMENT = "document"
    HEADING = "heading"
    FORM = "form"
    VIEWER = "viewer"
    """A document or table shown by somebody's viewer (an embedded frame, a dashboard), with no file to take."""
    SHARED_FOLDER = "shared_folder"
    """A folder of a file-sharing service, whose files are not on the site."""


class Place(StrEnum):
    """Whether the mention lies in what a site calls its section of the law, or elsewhere."""

    SECTION = "section"
    ELSEWHERE = "elsewhere"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """One place of a site that may fulfil a duty, in the words of the site itself.

    `id` is stable over rounds: it is made of the site and the address (of a heading: the page and its words). `text` is the text
    of the link, or its alternative text, or of the heading. `path` holds the texts of the links that lead from the home page to
    it, outermost first, without its own. `headings` are the headings above it on its page, outermost first.
    """

    id: str
    source_id: str
    kind: MentionKind
    url: str
    page_url: str
    text: str
    path: tuple[str, ...] = ()
    headings: tuple[str, ...] = ()
    page_title: str = ""
    place: Place = Place.ELSEWHERE
    clicks: int | None = None
    """Links from the home page to it, to its page where it is a heading; None where no link leads there."""
    content: "DocumentContent | None" = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentContent:
    """What the bytes behind a mention are, None in `sha256` where they were never read.

    `status` and `failure` are those of the last request. `format` is the true format as inspection names it, `tables` the names
    of the columns of each table, `rows` the rows in all tables. `words` is the count of words that a machine can read in it: of a
    page those outside of links, headings and its frame, of a heading those under it. `scanned` tells that its pages are images of
    text. `title` and `opening` are its title and the beginning of its text. The dates are those of observations: when this
    address was first and last seen with bytes, and when its content last changed.
    """

    status: int | None = None
    failure: str | None = None
    sha256: str | None = None
    size: int | None = None
    media_type: str | None = None
    format: str | None = None
    tables: tuple[tuple[str, ...], ...] = ()
    rows: int = 0
    words: int = 0
    scanned: bool = False
    title: str = ""
    opening: str = ""
    first_seen: date | None = None
    last_seen: date | None = None
    changed: date | None = None
    links: int = 0
    """Of a page: how many documents and data it leads to by links of its own."""
    notes: tuple[str, ...] = field(default=())

"""What the bytes of a file are: the typed result of an inspection."""

from dataclasses import dataclass, field

from atalaya.inspection.defects.cells import CellDefect
from atalaya.inspection.frame import Frame
from atalaya.inspection.semantic.distribution import Distribution
from atalaya.inspection.semantic.judging import Semantic
from atalaya.inspection.tallies import Tally


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialect:
    """How a delimited text is written. `quote` is None where no cell is quoted; `escape` is None where quotes are doubled."""

    delimiter: str
    quote: str | None = '"'
    escape: str | None = None
    line_end: str = "\n"
    skip_initial_space: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Description:
    """What a column means and how its values are spread, over the first `rows` rows of its table.

    `disguises` are texts and numbers that stand for a missing value, with how many cells hold each. It holds values of the file:
    whoever publishes findings leaves it out.
    """

    semantic: Semantic
    distribution: Distribution
    disguises: tuple[tuple[str, int], ...]
    rows: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column over all its rows. `kind` is a physical type: integer, number, date, boolean, text, empty.

    `personal` is the kind of personal data that the column seems to hold (see `inspection.personal`), None for the others.
    """

    position: int
    name: str
    kind: str
    filled: int
    missing: int
    distinct: int | None = None
    personal: str | None = None
    description: Description | None = field(default=None, compare=False)
    """Where it was asked for (`Limits.described`)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Geometry:
    """The places on a map that the rows of a table have: in which column (empty where they stand in a file beside the table), of
    which kind (POINT, MULTIPOLYGON, …; GEOMETRY where they differ) and in which reference system, as far as it is stated.
    """

    column: str
    kind: str
    crs: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Extent:
    """Where the parts of a table stand, by the numbers of rows as a person sees them: the titles above it, the rows of its
    header, its first and last row of data, and the notes below."""

    titles: tuple[int, ...] = ()
    header: tuple[int, ...] = ()
    first: int | None = None
    last: int | None = None
    notes: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """One table in a file. Rows are numbered from 1 as a person sees them; `reason` says why it was read so.

    `header_row` is None with named columns where the format keeps names apart from rows, and with unnamed ones where a text or a
    sheet has no header. `ragged` counts rows with more or fewer cells than the table has columns. `content` is `data`, `fields`
    for a list of the fields of other tables, `placeholder` for a row that says that there is nothing, or `page` for a table cut
    out of a document that is made to be looked at. `duplicates` are the rows that are equal to an earlier one, None where they
    were not counted. `geometry` tells of tables whose rows are places on a map; `first_column` is the number of the first column
    in its sheet, from 1. `defects` are those inside the table, by kind (`inspection.defects`), looked for in its first `examined`
    rows; None where none were looked for.
    """

    name: str
    header_row: int | None
    first_data_row: int | None
    rows: int
    columns: tuple[Column, ...]
    reason: str
    ragged: int = 0
    content: str = "data"
    duplicates: int | None = None
    geometry: Geometry | None = None
    first_column: int = 1
    defects: tuple[CellDefect, ...] = ()
    examined: int | None = field(default=None, compare=False)
    extent: Extent | None = field(default=None, compare=False)
    """None where the format has no rows that a person sees."""
    frame: Frame | None = field(default=None, compare=False, repr=False)
    """Its cells, where they were asked for (`Limits.cells_kept`); of a large table the first rows."""
    tallies: tuple[Tally, ...] | None = field(default=None, compare=False, repr=False)
    """What was counted of each of its columns over all rows, where cells were asked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """One entry of a container."""

    path: str
    size: int
    format: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Defect:
    """Something wrong with the file itself: a stable code, where, and a sentence without cell values."""

    code: str
    place: str
    detail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """What a document made to be looked at consists of. `text_pages` are those with text that programs can read, `scanned_pages`
    those that are only pictures (None where pages were not looked at one by one); a presentation counts its slides, and a text
    that does not state its pages has None.

    `characters` counts those of the text that was read; `tables` the tables in it, those without rows of data included. `title`
    is what the file says of itself, `opening` the beginning of its text as it stands there: who stores it masks it first.
    """

    pages: int | None = None
    text_pages: int | None = None
    scanned_pages: int | None = None
    characters: int = 0
    tables: int = 0
    title: str = field(default="", compare=False, repr=False)
    opening: str = field(default="", compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Inspection:
    """What a file is. `format` is an id of `catalogue.vocabularies.formats`; `content_sha256` ignores volatile dressing.

    `service` names the kind of service that describes itself in the bytes (see `inspection.services`). `md5` and `sha1` exist to
    compare with what catalogues declare, and only of bytes that were read whole. `document` tells of documents for
    people.
    """

    format: str | None
    media_type: str | None
    size: int
    sha256: str
    encoding: str | None = None
    dialect: Dialect | None = None
    members: tuple[Member, ...] = ()
    tables: tuple[Table, ...] = ()
    defects: tuple[Defect, ...] = ()
    content_sha256: str | None = None
    service: str | None = None
    md5: str | None = None
    sha1: str | None = None
    reason: str = ""
    document: Document | None = None

    @property
    def data_tables(self) -> tuple[Table, ...]:
        """The tables that programs read without guessing at a layout: all but those cut out of documents."""
        return tuple(table for table in self.tables if table.content != "page")

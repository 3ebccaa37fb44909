"""One table from any reader's rows: layout, columns with exact counts over all rows, defects and content hash."""

import itertools
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from atalaya.inspection.blocks import behind
from atalaya.inspection.body import Body
from atalaya.inspection.canonical import RowsHash, combine, is_generated_line, is_volatile, text_hash
from atalaya.inspection.collecting import uncollected
from atalaya.inspection.defects.registry import detect_all
from atalaya.inspection.defects.view import TableView
from atalaya.inspection.dictionaries import describes_schema, names_a_type
from atalaya.inspection.findings import Column, Defect, Extent, Table
from atalaya.inspection.frame import Frame
from atalaya.inspection.headers import HEAD, Layout, Merged, commonest_length, find_layout
from atalaya.inspection.kinds import Cell, cell_text, column_kind
from atalaya.inspection.limits import Limits
from atalaya.inspection.material import Findings
from atalaya.inspection.personal import mark_personal, spread
from atalaya.inspection.tallies import Tally

_NO_DATA = re.compile(
    r"\W*(?:(?:durante|en|para|during|in) [^,.;]{2,60}?,? )?"
    r"(?:sin (?:informaci[oó]n|datos?|registros?|movimientos?|resultados?)|no (?:hay|existen?)|no (?:data|"
    r"records?|results?)|"
    r"sem (?:informa[cç](?:[aã]o|[oõ]es)|dados|registros?|movimento)|n[aã]o (?:h[aá]|houve|existem|se aplica)|"
    r"no se (?:encontraron|registr\w+|report\w+|gener\w+)|n/?a\b|no aplica|not applicable|lorem ipsum|pendiente|"
    r"en construcci[oó]n)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Profile:
    """A table with its cells, its defects and the hash of its content."""

    table: Table
    frame: Frame
    defects: tuple[Defect, ...]
    content_sha256: str
    describes_fields: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Below:
    """What was read below a header: the cells, what was counted of each column, and all rows as one hash.

    `first` and `last` are the numbers of the first and the last row. `uneven` counts the rows with too many or too few cells,
    `ragged` are the numbers of the first ones. `cells` are those of a whole row: more than the columns where the table is wider
    than is looked at.
    """

    rows: int
    first: int | None
    last: int | None
    frame: Frame
    tallies: tuple[Tally, ...]
    hashed: RowsHash
    uneven: int = 0
    ragged: tuple[int, ...] = ()
    cells: int


def profile_rows(
    rows: Iterable[Sequence[Cell]],
    name: str,
    limits: Limits,
    first_row: int = 1,
    names: tuple[str, ...] | None = None,
    merged: Merged | None = None,
    first_column: int = 1,
) -> Profile | None:
    """Read all rows of one table once; `first_row` is the number that a person sees beside the first of them, `first_column`
    that of the first column in its sheet.

    `names` are the columns of formats that keep them apart from the rows, `merged` the cells merged in the first rows. None
    when no row holds a value and no name is given.
    """
    source = iter(rows)
    head = list(itertools.islice(source, HEAD))
    wide = max(map(len, head), default=0) > limits.columns
    seen = [row[: limits.columns] for row in head] if wide else head
    layout = (
        find_layout(seen, merged) if names is None else Layout(len(names), (), 0, names, "the format names its columns")
    )
    if not layout.width:
        return None
    columns_named = names is not None
    named = replace(layout, names=_unique_width(layout.names, layout.width))
    cells = layout.width if layout.width < limits.columns else max(layout.width, commonest_length(head))
    start = len(head) if layout.first_data is None else layout.first_data
    with Body(min(layout.width, limits.columns), cells, named.names, limits, layout.judged) as body:
        with uncollected():
            body.read(behind(head[start:], source), start + first_row)
        below = Below(
            rows=body.rows,
            first=body.frame.numbers[0] if body.rows else None,
            last=body.last,
            frame=replace(_frame(name, named.names, body, layout, head, first_row), first_column=first_column),
            tallies=body.tallies(),
            hashed=body.hashed(),
            uneven=body.uneven,
            ragged=tuple(body.ragged),
            cells=body.cells,
        )
    return profile_below(below, name, named, limits, first_row, columns_named=columns_named)


def profile_below(
    below: Below, name: str, layout: Layout, limits: Limits, first_row: int, *, columns_named: bool = False
) -> Profile:
    """The profile of a table from what was read below its header."""
    padded = [_column(place, layout.names[place - 1], each, below.rows) for place, each in enumerate(below.tallies, 1)]
    columns = mark_personal(
        _without_padding(padded), [spread(each.values) for each in below.tallies], limits.identities
    )
    fields = _describes_fields(columns, below)
    placeholder = below.rows == 1 and _says_nothing([text for text in next(below.frame.rows()) if text], layout.width)
    table = Table(
        name=name,
        header_row=layout.header[0] + first_row if layout.header else None,
        first_data_row=None if layout.first_data is None or not below.rows else layout.first_data + first_row,
        rows=below.rows,
        columns=columns,
        reason=layout.reason + _beside(below),
        ragged=below.uneven,
        content="placeholder" if placeholder else "fields" if fields else "data",
        extent=_extent(below),
        first_column=below.frame.first_column,
        duplicates=below.hashed.duplicates,
        defects=() if placeholder or fields else detect_all(TableView(below.frame, columns, limits.knowledge)),
        examined=None if placeholder or fields else len(below.frame),
        frame=below.frame if limits.cells_kept else None,
        tallies=below.tallies if limits.cells_kept or limits.described else None,
    )
    titles = [" ".join(texts) for _, texts in below.frame.titles]
    stable = [column.name for column in columns if not is_volatile(column.name)]
    content = _content(below.hashed.digest(stable), titles)
    return Profile(table, below.frame, _defects(table, below, layout, columns_named), content, fields)


def _frame(
    name: str, names: tuple[str, ...], body: Body, layout: Layout, head: Sequence[Sequence[Cell]], first_row: int
) -> Frame:
    return Frame(
        name=name,
        names=names,
        header_rows=tuple(place + first_row for place in layout.header),
        numbers=body.frame.numbers,
        columns=tuple(column.values() for column in body.frame.columns),
        extras=body.extras,
        short=body.short,
        titles=titles_of(layout, head, first_row),
        notes=tuple(body.notes),
        cut=body.frame.cut,
    )


def titles_of(
    layout: Layout, head: Sequence[Sequence[Cell]], first_row: int
) -> tuple[tuple[int, tuple[str, ...]], ...]:
    """The rows of title above a header, by number, without their empty cells."""
    return tuple((place + first_row, tuple(filter(None, map(cell_text, head[place])))) for place in layout.preamble)


def _extent(below: Below) -> Extent:
    return Extent(
        titles=tuple(number for number, _ in below.frame.titles),
        header=below.frame.header_rows,
        first=below.first,
        last=below.last,
        notes=tuple(number for number, _ in below.frame.notes),
    )


def _describes_fields(columns: Sequence[Column], below: Below) -> bool:
    """Whether the table is a list of fields. Rows that name a type are counted only where the names of the columns allow it."""
    names = tuple(column.name for column in columns)
    if not describes_schema(names, below.rows, below.rows):
        return False
    typed: set[int] = set()
    for values, each in zip(below.frame.columns, below.tallies, strict=True):
        types = set(filter(names_a_type, each.values))
        if types:
            typed.update(values.rows_of(types))
    return describes_schema(names, below.rows, len(typed))


def _beside(below: Below) -> str:
    """What else is to be said of why a table was read so."""
    notes = f"; {len(below.frame.notes)} rows of notes below it" if below.frame.notes else ""
    width = len(below.frame.columns)
    wide = f"; {width:,} of its {below.cells:,} columns were looked at" if below.cells > width else ""
    return notes + wide


def _says_nothing(filled: Sequence[str], width: int) -> bool:
    """Whether a row says that there are no data: in the few cells that it fills, or in every one of them."""
    said = sum(_NO_DATA.match(text) is not None for text in filled)
    return said > 0 and (len(filled) <= max(1, width // 4) or said == len(filled))


def _unique_width(names: Sequence[str], width: int) -> tuple[str, ...]:
    return (*names, *([""] * (width - len(names))))[:width]


def _without_padding(columns: Sequence[Column]) -> tuple[Column, ...]:
    """The columns up to the last one that has a name or a value: programs pad rows with empty cells."""
    last = max((column.position for column in columns if column.name or column.filled), default=0)
    return tuple(columns[:last])


def _content(rows: str, titles: Sequence[str]) -> str:
    kept = [title for title in titles if not is_generated_line(title)]
    return text_hash("\x1e".join([rows, *kept]))


def _column(place: int, name: str, counted: Tally, rows: int) -> Column:
    missing = counted.kinds.get("empty", 0)
    kind = column_kind(dict(counted.kinds), counted.sure_booleans)
    return Column(
        position=place, name=name, kind=kind, filled=rows - missing, missing=missing, distinct=counted.distinct
    )


def _defects(table: Table, below: Below, layout: Layout, columns_named: bool) -> tuple[Defect, ...]:
    place = f"table {table.name}" if table.name else "table"
    found = []
    if not below.rows and (layout.header or columns_named):
        found.append(Defect(code="header_only", place=place, detail="there is a header and no row below it"))
    if table.content == "placeholder":
        found.append(Defect(code="placeholder", place=place, detail="its only row says that there is no data"))
    if below.uneven:
        rows = ", ".join(map(str, below.ragged)) + ("…" if below.uneven > len(below.ragged) else "")
        detail = f"{below.uneven} of {below.rows} rows do not have {layout.width} cells; rows {rows}"
        found.append(Defect(code="ragged_rows", place=place, detail=detail))
    return tuple(found)


def gather(profiles: Sequence[Profile]) -> Findings:
    """The tables of a file with their defects and one content hash; a dictionary without data beside it is a defect."""
    found = [defect for profile in profiles for defect in profile.defects]
    if profiles and all(profile.describes_fields for profile in profiles):
        found.append(
            Defect(code="schema_only", place="file", detail="its rows describe fields instead of holding data")
        )
    return Findings(
        tables=tuple(profile.table for profile in profiles),
        defects=tuple(found),
        content_sha256=combine(each.content_sha256 for each in profiles) if profiles else None,
    )

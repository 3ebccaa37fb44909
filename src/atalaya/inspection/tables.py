"""One table from any reader's rows: layout, columns with exact counts over all rows, defects and content hash."""

import itertools
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from atalaya.inspection.canonical import RowsHash, combine, is_generated_line, is_volatile, text_hash
from atalaya.inspection.dictionaries import describes_schema, names_a_type
from atalaya.inspection.findings import Column, Defect, Table
from atalaya.inspection.headers import HEAD, Layout, commonest_length, find_layout
from atalaya.inspection.kinds import Cell, cell_kind, cell_text, column_kind, is_sure_boolean, text_kind
from atalaya.inspection.limits import Limits
from atalaya.inspection.material import Findings
from atalaya.inspection.personal import mark_personal, spread

_FOOTER = re.compile(
    r"(?:fuentes?|notas?|source|notes?|elaborad[oa]|elaboraci[oó]n|datos preliminares|\*+|1/|\(1\)|fonte|"
    r"observaci[oó]n|obs)"
    r"[\s:.]",
    re.IGNORECASE,
)
_NO_DATA = re.compile(
    r"\W*(?:(?:durante|en|para|during|in) [^,.;]{2,60}?,? )?"
    r"(?:sin (?:informaci[oó]n|datos?|registros?|movimientos?|resultados?)|no (?:hay|existen?)|no (?:data|"
    r"records?|results?)|"
    r"sem (?:informa[cç](?:[aã]o|[oõ]es)|dados|registros?|movimento)|n[aã]o (?:h[aá]|houve|existem|se aplica)|"
    r"no se (?:encontraron|registr\w+|report\w+|gener\w+)|n/?a\b|no aplica|not applicable|lorem ipsum|pendiente|"
    r"en construcci[oó]n)",
    re.IGNORECASE,
)

_TOGETHER = 500
"""Rows counted together."""


@dataclass(frozen=True, slots=True)
class Profile:
    """A table with its defects and the hash of its content."""

    table: Table
    defects: tuple[Defect, ...]
    content_sha256: str
    describes_fields: bool = False


@dataclass(slots=True)
class _Tally:
    """What is counted of one column."""

    kinds: Counter[str] = field(default_factory=Counter)
    distinct: set[str] | None = field(default_factory=set)
    sample: tuple[str, ...] = ()
    sure_booleans: int = 0

    def add(self, value: Cell, text: str, limit: int) -> None:
        """Count one cell."""
        kind = cell_kind(value)
        self.kinds[kind] += 1
        if kind == "empty":
            return
        if kind == "boolean" and (not isinstance(value, str) or is_sure_boolean(value)):
            self.sure_booleans += 1
        self._differ({text}, limit)

    def add_texts(self, texts: Mapping[str, int], limit: int) -> None:
        """Count cells that are all texts, each given with how often it stands there."""
        filled = set()
        for text, number in texts.items():
            kind = text_kind(text)
            self.kinds[kind] += number
            if kind == "empty":
                continue
            filled.add(text)
            if kind == "boolean" and is_sure_boolean(text):
                self.sure_booleans += number
        self._differ(filled, limit)

    def _differ(self, texts: set[str], limit: int) -> None:
        if self.distinct is not None:
            self.distinct |= texts
            if len(self.distinct) > limit:
                self.sample = spread(self.distinct)
                self.distinct = None

    def values(self) -> tuple[str, ...]:
        """Some of its different values, spread over their order."""
        return self.sample if self.distinct is None else spread(self.distinct)


@dataclass(slots=True)
class _Body:
    """What is counted of the rows of a table. `cells` are those of a row that is whole: more than the columns that are looked at
    where the table is wider than the limit."""

    cells: int = 0
    rows: int = 0
    short: list[int] = field(default_factory=list)
    ragged: int = 0
    placeholder: bool = False
    footers: int = 0
    typed: int = 0
    waiting: list[tuple[Sequence[Cell], list[str]]] = field(default_factory=list)
    """Rows as wide as the table, with their texts, that are counted column by column: most cells repeat."""


def profile_rows(
    rows: Iterable[Sequence[Cell]],
    name: str,
    limits: Limits,
    first_row: int = 1,
    names: tuple[str, ...] | None = None,
) -> Profile | None:
    """Read all rows of one table once; `first_row` is the number that a person sees beside the first of them.

    `names` are the columns of formats that keep them apart from the rows. None when no row holds a value and no name is given.
    """
    source = iter(rows)
    head = list(itertools.islice(source, HEAD))
    seen = [row[: limits.columns] for row in head]
    layout = find_layout(seen) if names is None else Layout(len(names), (), 0, names, "the format names its columns")
    if not layout.width:
        return None
    columns_named = names is not None
    names = _unique_width(layout.names, layout.width)
    tallies = [_Tally() for _ in range(min(layout.width, limits.columns))]
    hashed = RowsHash()
    body = _Body(cells=layout.width if layout.width < limits.columns else max(layout.width, commonest_length(head)))
    start = len(head) if layout.first_data is None else layout.first_data
    data = itertools.chain(head[start:], source)
    _count_body(data, start + first_row, layout, names, tallies, hashed, body, limits)
    padded = [_column(place, names[place - 1], tally, body.rows) for place, tally in enumerate(tallies, 1)]
    columns = mark_personal(_without_padding(padded), [tally.values() for tally in tallies], limits.identities)
    fields = describes_schema(tuple(column.name for column in columns), body.rows, body.typed)
    placeholder = body.rows == 1 and body.placeholder
    table = Table(
        name=name,
        header_row=layout.header[0] + first_row if layout.header else None,
        first_data_row=None if layout.first_data is None or not body.rows else layout.first_data + first_row,
        rows=body.rows,
        columns=columns,
        reason=layout.reason + _beside(body, len(tallies)),
        ragged=body.ragged,
        content="placeholder" if placeholder else "fields" if fields else "data",
    )
    titles = [_joined(head[place]) for place in layout.preamble]
    content = _content(hashed.digest([column.name for column in columns if not is_volatile(column.name)]), titles)
    return Profile(table, _defects(table, body, layout, columns_named), content, fields)


def _beside(body: _Body, looked_at: int) -> str:
    """What else is to be said of why a table was read so."""
    notes = f"; {body.footers} rows of notes below it" if body.footers else ""
    return notes + (f"; {looked_at:,} of its {body.cells:,} columns were looked at" if body.cells > looked_at else "")


def _count_body(
    data: Iterator[Sequence[Cell]],
    number: int,
    layout: Layout,
    names: Sequence[str],
    tallies: Sequence[_Tally],
    hashed: RowsHash,
    body: _Body,
    limits: Limits,
) -> None:
    """Walk the rows below the header, the last ones held back until it is known whether they are notes."""
    held: list[tuple[int, Sequence[Cell], list[str]]] = []
    stable = [place for place, name in enumerate(names) if not is_volatile(name)]
    for at, row in enumerate(data, number):
        texts = [cell_text(cell) for cell in row]
        if not any(texts):
            continue
        if _is_note(texts, layout.width, bool(held)):
            held.append((at, row, texts))
            continue
        for entry in held:
            _count_row(entry, layout.width, tallies, hashed, body, limits, stable)
        held.clear()
        _count_row((at, row, texts), layout.width, tallies, hashed, body, limits, stable)
    body.footers = len(held)
    if not body.rows and held:
        body.footers = 0
        for entry in held:
            _count_row(entry, layout.width, tallies, hashed, body, limits, stable)
    _count_waiting(tallies, body, limits)


def _is_note(texts: Sequence[str], width: int, after_note: bool) -> bool:
    """Sources and notes under a table: one text at the left of a row that is otherwise empty."""
    if width < 3 or not texts[0] or any(texts[1:]):
        return False
    return after_note or bool(_FOOTER.match(texts[0]))


def _count_row(
    entry: tuple[int, Sequence[Cell], list[str]],
    width: int,
    tallies: Sequence[_Tally],
    hashed: RowsHash,
    body: _Body,
    limits: Limits,
    stable: Sequence[int],
) -> None:
    at, row, texts = entry
    body.rows += 1
    cells = len(texts)
    if cells != body.cells and (cells < body.cells or any(texts[body.cells :])):
        body.ragged += 1
        if len(body.short) < 5:
            body.short.append(at)
    if cells == width:
        body.waiting.append((row, texts))
        if len(body.waiting) >= _TOGETHER:
            _count_waiting(tallies, body, limits)
    else:
        _count_odd(row, texts, tallies, body, limits)
    if cells == width == len(stable):
        hashed.add(texts)
    else:
        hashed.add([texts[place] if place < cells else "" for place in stable] + texts[width:])
    if body.rows == 1:
        filled = [text for text in texts if text]
        body.placeholder = _says_nothing(filled, width)


def _says_nothing(filled: Sequence[str], width: int) -> bool:
    """Whether a row says that there are no data: in the few cells that it fills, or in every one of them."""
    said = sum(_NO_DATA.match(text) is not None for text in filled)
    return said > 0 and (len(filled) <= max(1, width // 4) or said == len(filled))


def _count_odd(
    row: Sequence[Cell], texts: Sequence[str], tallies: Sequence[_Tally], body: _Body, limits: Limits
) -> None:
    """Count the cells of a row that is shorter or longer than the table."""
    for place, tally in enumerate(tallies):
        if place < len(texts):
            tally.add(row[place], texts[place], limits.distinct)
        else:
            tally.kinds["empty"] += 1
    body.typed += any(map(names_a_type, texts))


def _count_waiting(tallies: Sequence[_Tally], body: _Body, limits: Limits) -> None:
    """Count the rows that wait, each column at once."""
    types: set[str] = set()
    columns = zip(*(row for row, _ in body.waiting), strict=True)
    texts = zip(*(texts for _, texts in body.waiting), strict=True)
    for place, (values, column) in enumerate(zip(columns, texts, strict=True)):
        counts = Counter(column)
        types.update(filter(names_a_type, counts))
        if place >= len(tallies):
            continue
        if set(map(type, values)) == {str}:
            tallies[place].add_texts(counts, limits.distinct)
        else:
            for value, text in zip(values, column, strict=True):
                tallies[place].add(value, text, limits.distinct)
    if types:
        body.typed += sum(not types.isdisjoint(texts) for _, texts in body.waiting)
    body.waiting.clear()


def _unique_width(names: Sequence[str], width: int) -> tuple[str, ...]:
    return (*names, *([""] * (width - len(names))))[:width]


def _without_padding(columns: Sequence[Column]) -> tuple[Column, ...]:
    """The columns up to the last one that has a name or a value: programs pad rows with empty cells."""
    last = max((column.position for column in columns if column.name or column.filled), default=0)
    return tuple(columns[:last])


def _joined(row: Sequence[Cell]) -> str:
    return " ".join(text for text in map(cell_text, row) if text)


def _content(rows: str, titles: Sequence[str]) -> str:
    kept = [title for title in titles if not is_generated_line(title)]
    return text_hash("\x1e".join([rows, *kept]))


def _column(place: int, name: str, tally: _Tally, rows: int) -> Column:
    missing = tally.kinds["empty"]
    distinct = len(tally.distinct) if tally.distinct is not None else None
    kind = column_kind(dict(tally.kinds), tally.sure_booleans > 0)
    return Column(position=place, name=name, kind=kind, filled=rows - missing, missing=missing, distinct=distinct)


def _defects(table: Table, body: _Body, layout: Layout, columns_named: bool) -> tuple[Defect, ...]:
    place = f"table {table.name}" if table.name else "table"
    found = []
    if not body.rows and (layout.header or columns_named):
        found.append(Defect(code="header_only", place=place, detail="there is a header and no row below it"))
    if body.rows == 1 and body.placeholder:
        found.append(Defect(code="placeholder", place=place, detail="its only row says that there is no data"))
    if body.ragged:
        rows = ", ".join(map(str, body.short)) + ("…" if body.ragged > len(body.short) else "")
        detail = f"{body.ragged} of {body.rows} rows do not have {layout.width} cells; rows {rows}"
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

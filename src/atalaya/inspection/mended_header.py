"""Mends the header of a delimited table whose names do not stand above their columns, where its line reads in one way only."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from atalaya.inspection.alterations import Alteration, Unrecovered, alterations_of
from atalaya.inspection.dialect import DELIMITERS
from atalaya.inspection.findings import Dialect
from atalaya.inspection.headers import Layout
from atalaya.inspection.kinds import text_kind
from atalaya.inspection.readings import cut, parted_at_quotes
from atalaya.inspection.records import Record


@dataclass(frozen=True, slots=True)
class MendedHeader:
    """The rows of a header, the names that they give, what was changed, and what could not be mended."""

    rows: tuple[int, ...]
    names: tuple[str, ...]
    alterations: tuple[Alteration, ...] = ()
    unrecovered: tuple[Unrecovered, ...] = ()


def mend_header(above: Sequence[Record], layout: Layout, dialect: Dialect, filled: int) -> MendedHeader:
    """The header of a table from the rows above its data, of which `filled` columns have a name or a value.

    One row with a name too few or an empty one too many is mended where its line can be read in one way only; so is a row right
    above the data that another delimiter cuts into names.
    """
    header = [above[place] for place in layout.header]
    rows = tuple(record.row for record in header)
    width = layout.width
    if len(header) > 1 or width < 2 or not above or (header and _is_whole(header[0].cells, width)):
        return MendedHeader(rows, layout.names)
    record = header[0] if header else above[-1]
    found = dict(_header_readings(record, width, dialect, bool(header)))
    if len(found) == 1:
        (cells, reason), *_ = found.items()
        names = tuple(" ".join(cell.split()) for cell in cells)
        return MendedHeader((record.row,), names, alterations_of(record, cells, reason))
    if not header:
        return MendedHeader(rows, layout.names)
    reason = f"its header has {len(record.cells)} names for {width} columns"
    if filled <= len(record.cells) < width:
        reason += ", of which the last hold nothing: its names may stand one column to the left"
    return MendedHeader(rows, layout.names, (), (Unrecovered(record.row, record.line, len(record.cells), reason),))


def _is_whole(cells: Sequence[str], width: int) -> bool:
    """Whether a name stands above each column, and none beyond."""
    return len(cells) == width or (
        len(cells) > width and not any(cells[width:]) and all(cell.strip() for cell in cells[:width])
    )


def _header_readings(
    record: Record, width: int, dialect: Dialect, is_header: bool
) -> Iterator[tuple[tuple[str, ...], str]]:
    """The readings of a line as a row of different names."""
    body = record.raw.rstrip("\r\n")
    if is_header:
        named = tuple(cell for cell in record.cells if cell.strip())
        if _are_names(named, width):
            yield named, "a delimiter stands once too often in the header"
        for pieces in parted_at_quotes(body, dialect):
            cells = tuple(piece.text for piece in pieces)
            if _are_names(cells, width):
                yield cells, "a delimiter beside a quote is missing in the header"
    for delimiter in DELIMITERS:
        if delimiter != dialect.delimiter and body.count(delimiter) >= width - 1:
            changed = replace(dialect, delimiter=delimiter, quote=dialect.quote or '"', skip_initial_space=False)
            cells = tuple(piece.text for piece in cut(body, changed))
            if _are_names(cells, width):
                yield cells, "the cells of the header are parted by another delimiter"


def _are_names(cells: Sequence[str], width: int) -> bool:
    texts = [cell.strip() for cell in cells]
    return (
        len(texts) == width
        and all(texts)
        and len(set(texts)) == width
        and all(text_kind(text) == "text" and '"' not in text for text in texts)
    )

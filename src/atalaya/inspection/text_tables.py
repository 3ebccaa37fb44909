"""The tables of a delimited text with their rows, each row with its place in the text: what repair and comparisons read."""

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from atalaya.inspection.delimited import body_lines, has_pages
from atalaya.inspection.dialect import Guess
from atalaya.inspection.headers import HEAD, Layout, find_layout
from atalaya.inspection.parts import Parts
from atalaya.inspection.records import Record, read_records


@dataclass(frozen=True, slots=True)
class TextTable:
    """One table. `records` are all its rows, those above its header included, and must be exhausted before the next table is
    asked for; `layout` counts from the first of them, `first_row` is its number in the text, `why` says why it begins there."""

    first_row: int
    why: str
    layout: Layout
    records: Iterator[Record]


def tables_of(text: str, guess: Guess) -> Iterator[TextTable]:
    """The tables of a text in a dialect, in one pass. Raises csv.Error for a cell above the limit."""
    skipped = 1 if guess.separator_line else 0
    places: dict[int, Record] = {}
    parts = Parts(_remembered(read_records(body_lines(text, guess), guess.dialect), places), has_pages(text, guess))
    for first_row, why, rows in parts:
        records = _placed(rows, first_row, places, skipped)
        head = list(itertools.islice(records, HEAD))
        layout = find_layout([record.cells for record in head])
        yield TextTable(first_row + skipped, why, layout, itertools.chain(head, records))


def _remembered(records: Iterator[Record], places: dict[int, Record]) -> Iterator[Sequence[str]]:
    for record in records:
        places[record.row] = record
        yield record.cells


def _placed(rows: Iterator[Sequence[str]], first_row: int, places: dict[int, Record], skipped: int) -> Iterator[Record]:
    """The rows with their places; a row that was passed on empty is a header that stood again."""
    for number, row in enumerate(rows, first_row):
        record = places.pop(number)
        yield Record(record.row + skipped, record.line + skipped, record.raw, row)

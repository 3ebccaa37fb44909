"""Where a table starts inside its rows: titles above it, the rows of its header, its first data row, and why.

Works on rows of any reader. Rows and columns are numbered from 1 as people see them.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from operator import eq
from typing import TypeVar, cast

from atalaya.inspection.kinds import Cell, Judged, cell_kind, cell_text, cell_texts, column_kind, kinds_of

HEAD = 250
"""Rows that are looked at to find the start of a table."""
_MOST_HEADER_ROWS = 4
_MOST_PAIRS = 20
"""Rows of a name and a value each that may stand above a header."""
_WIDE_SHARE = 0.25
"""Share of the rows that hold several values from which the others are titles and notes."""
_PAIRS_BODY = 20
"""Rows below such a header that are looked at."""
_LONGEST_NAME = 300
_YEAR = re.compile(r"(?:19|20)\d\d(?:[-/](?:19|20)?\d\d)?\Z")
_MONTHS = (
    r"(?:ene|jan|feb|fev|mar|abr|apr|may|mai|jun|jul|ago|aug|sep|set|oct|out|nov|dic|dec|dez)[a-z]*[-/ .]\d{2,4}\Z"
)
_PERIOD = re.compile(
    rf"(?:19|20)\d\d(?:\s?[-/]\s?(?:(?:19|20)?\d\d|[QTqt][1-4]))?\Z|{_MONTHS}",
    re.IGNORECASE,
)
"""Years, spans of years, quarters and months of a year: values that also name columns."""


C = TypeVar("C", bound=Cell)
Merged = Mapping[tuple[int, int], int]
"""The last column of cells merged along a row, by the row and column of the first, from 0."""


@dataclass(frozen=True, slots=True)
class Layout:
    """Places are indexes from 0 into the rows given; `header` is empty where the table has none."""

    width: int
    header: tuple[int, ...]
    first_data: int | None
    names: tuple[str, ...]
    reason: str
    preamble: tuple[int, ...] = ()
    judged: tuple[Judged | None, ...] = field(default=(), compare=False, repr=False)
    """What is known of the texts of each column, below the header and perhaps beside the table."""


def find_layout(rows: Sequence[Sequence[Cell]], merged: Merged | None = None) -> Layout:
    """The layout of a table from its first rows (blank ones included, at most `HEAD` are used) and the cells merged in them."""
    head = rows[:HEAD]
    texts = _texts_of(head)
    filled = [len(row) - row.count("") for row in texts]
    if not any(filled):
        return Layout(0, (), None, (), "no row holds a value")
    width = _table_width(head, filled)
    start = _table_start(head, filled, width)
    preamble = tuple(place for place in range(start) if filled[place])
    above = f"; {len(preamble)} rows of title above it" if preamble else ""
    judged = _judged_columns(head, filled, start, width)
    body_kinds = [kind for kind, _ in judged]
    known = tuple(texts_known for _, texts_known in judged)
    verdict, why = _is_header(head[start], texts, start, width, body_kinds)
    if not verdict:
        return Layout(width, (), start, ("",) * width, f"no header: {why}{above}", preamble, known)
    header = _header_rows(head, filled, start, body_kinds)
    first = next((place for place in range(header[-1] + 1, len(head)) if filled[place]), None)
    names = _names(head, header, width, merged or {})
    several = f" in {len(header)} rows" if len(header) > 1 else ""
    return Layout(width, header, first, names, f"header{several}: {why}{above}", preamble, known)


def _texts_of(rows: Sequence[Sequence[Cell]]) -> Sequence[Sequence[str]]:
    """The texts of rows of cells: the rows themselves, where all cells are texts without spaces around them."""
    cells = list(chain.from_iterable(rows))
    try:
        bare = list(map(str.strip, cells)) == cells  # type: ignore[arg-type]
    except TypeError:
        bare = False
    return cast(Sequence[Sequence[str]], rows) if bare else list(map(cell_texts, rows))


def heads_columns(rows: Sequence[Sequence[Cell]]) -> bool:
    """Whether the first of some rows names columns: two different texts or more, no value, above columns of values."""
    texts = [[cell_text(cell) for cell in row] for row in rows]
    named = [cell for cell in rows[0] if cell_text(cell)]
    if len(named) < 2 or len(set(map(cell_text, named))) < len(named) * 0.8:
        return False
    if not all(cell_kind(cell) in ("text", "boolean") or _PERIOD.match(cell_text(cell)) for cell in named):
        return False
    width = len(rows[0])
    return _votes(rows[0], texts, 0, width, list(map(_kind_of, _columns(rows[1:], width)))) > 0


def _length(row: Sequence[Cell]) -> int:
    """Cells up to the last one that is filled."""
    return max((place for place, cell in enumerate(row, 1) if cell_text(cell)), default=0)


def _table_width(head: Sequence[Sequence[Cell]], filled: Sequence[int]) -> int:
    """The length of a row of the table; columns without name and value are dropped once all rows are counted."""
    if min(filled) > 1:
        return commonest_length(head)
    rows = [row for row, number in zip(head, filled, strict=True) if number]
    wide = [row for row, number in zip(head, filled, strict=True) if number > 1]
    return max(1, commonest_length(wide if len(wide) >= max(2, _WIDE_SHARE * len(rows)) else rows))


def commonest_length(rows: Iterable[Sequence[Cell]]) -> int:
    """The commonest number of cells of rows, the greatest of several; 0 of no rows."""
    lengths = Counter(map(len, rows))
    return max(lengths, key=lambda each: (lengths[each], each), default=0)


def _table_start(head: Sequence[Sequence[Cell]], filled: Sequence[int], width: int) -> int:
    """The first row that is as full as a header is: titles fill one or two cells of a table that is wider."""
    typical = _typical_fill(filled)
    first = next(place for place, number in enumerate(filled) if number)
    if width <= 2:
        return _start_of_narrow(head, filled, first, width)
    needed = max(2, min(typical, width) * 0.5)
    for place in range(first, len(head)):
        if filled[place] >= needed and _length(head[place]) >= min(width, 2):
            return _include_group_row(head, filled, _below_pairs(head, filled, place, width), first)
    return first


def _below_pairs(head: Sequence[Sequence[Cell]], filled: Sequence[int], place: int, width: int) -> int:
    """Rows of a name and a value (`Source:,Institute`) above the header of a wider table are titles, like those between them."""
    start = place
    while start < min(len(head), place + _MOST_PAIRS) and (filled[start] < 2 or _is_pair(head[start], filled[start])):
        start += 1
    if width < 3 or start in (place, len(head)) or filled[start] < 3:
        return place
    body = [head[at] for at in range(start, len(head)) if filled[at]][:_PAIRS_BODY]
    several = sum(map(bool, filled[place:start])) > 1
    return start if heads_columns(body) or (several and _holds_values(head[start])) else place


def _holds_values(row: Sequence[Cell]) -> bool:
    return any(cell_kind(cell) in ("integer", "number", "date") for cell in row)


def _is_pair(row: Sequence[Cell], filled: int) -> bool:
    return filled == 2 and all(map(cell_text, row[:2]))


def _typical_fill(filled: Sequence[int]) -> int:
    """The fill that at least half of the filled rows reach."""
    ranked = sorted(filter(None, filled))
    return ranked[len(ranked) // 2]


def _start_of_narrow(head: Sequence[Sequence[Cell]], filled: Sequence[int], first: int, width: int) -> int:
    """In tables of one or two columns only rows shorter than all that follow are titles."""
    if width < 2:
        return first
    follows = [number for number in filled[first:] if number]
    if len(follows) < 4 or sum(number == 2 for number in follows) < 0.8 * len(follows):
        return first
    return next(place for place in range(first, len(head)) if filled[place] == 2)


def _include_group_row(head: Sequence[Sequence[Cell]], filled: Sequence[int], place: int, first: int) -> int:
    """A row of group names (`,,Hombres,,Mujeres,`) right above the header belongs to it; a title in one cell does not."""
    above = place - 1
    if above < first or not filled[above]:
        return place
    row = head[above]
    if filled[place] > 2 and _is_pair(row, filled[above]) and all(map(cell_text, head[place][:2])):
        return place
    starts = [at for at, cell in enumerate(row) if cell_text(cell)]
    texts = all(cell_kind(row[at]) == "text" or _PERIOD.match(cell_text(row[at])) for at in starts)
    return above if texts and len(starts) >= 2 else place


def _judged_columns(
    head: Sequence[Sequence[Cell]], filled: Sequence[int], start: int, width: int
) -> list[tuple[str, Judged | None]]:
    """The kind of each column below the start, from rows that are as full as data, and what its texts are."""
    body = [head[place] for place in range(start + 1, len(head)) if filled[place]]
    skipped = body[_MOST_HEADER_ROWS - 1 :] if len(body) > 2 * _MOST_HEADER_ROWS else body
    return list(map(_judged, _columns(skipped, width)))


def _columns(rows: Sequence[Sequence[C]], width: int) -> list[Sequence[C]]:
    """The cells of rows by column; rows that are shorter have none in the last ones."""
    if rows and set(map(len, rows)) == {width}:
        return list(zip(*rows, strict=True))
    return [[row[place] for row in rows if place < len(row)] for place in range(width)]


def _kind_of(values: Sequence[Cell]) -> str:
    return _judged(values)[0]


def _judged(values: Sequence[Cell]) -> tuple[str, Judged | None]:
    """The kind of a column, and what its texts are where all are texts."""
    known: Judged | None = None
    try:
        texts = list(map(str.strip, values))  # type: ignore[arg-type]
    except TypeError:
        counts = Counter(map(cell_kind, values))
    else:
        different = dict.fromkeys(texts)
        most, others = kinds_of(list(different))
        known = Judged(different, len(different), most, others)
        if not others:
            return most, known
        times = Counter(texts)
        counts = Counter({most: len(values)})
        for text, kind in others.items():
            counts[most] -= times[text]
            counts[kind] += times[text]
    kind = column_kind(dict(counts))
    if kind != "text" or not counts:
        return kind, known
    typed = counts["integer"] + counts["number"] + counts["date"]
    return "mixed" if typed > 0.6 * (typed + counts["text"]) else "text", known


def _is_header(
    first: Sequence[Cell], head: Sequence[Sequence[str]], start: int, width: int, kinds: Sequence[str]
) -> tuple[bool, str]:
    """Votes of the columns: text above values is a header; values above values, or a cell that returns below, is data.

    `first` is the row at `start` as it was read, `head` are the texts of all rows.
    """
    row = [first[place] if place < len(first) else "" for place in range(width)]
    texts = [cell_text(cell) for cell in row]
    votes = _votes(row, head, start, width, kinds)
    named = [text for text in texts if text]
    values = sum(
        cell_kind(cell) in ("integer", "number", "date") and not _PERIOD.match(cell_text(cell)) for cell in row
    )
    if votes > 0:
        return True, "text above columns of values"
    if votes < 0:
        return False, "its first row holds values like those below"
    if not named or values * 2 >= len(named):
        return False, "its first row holds values"
    if any(len(text) > _LONGEST_NAME for text in named) or len(set(named)) < len(named) * 0.8:
        return False, "its first row holds long or repeated texts"
    return True, "its first row holds only short, distinct texts"


def _votes(first: Sequence[Cell], head: Sequence[Sequence[str]], start: int, width: int, kinds: Sequence[str]) -> float:
    row = [first[place] if place < len(first) else "" for place in range(width)]
    texts = [cell_text(cell) for cell in row]
    strange = set(filter(None, texts)).isdisjoint
    below = head[start + 1 :]
    if not strange(chain.from_iterable(below)):
        below = [each for each in below if strange(each) or not _repeats(texts, each)]
    columns = _columns(below, width)
    return sum(_vote(row, place, columns[place], kinds[place]) for place in range(width))


def _repeats(texts: Sequence[str], row: Sequence[str]) -> bool:
    """Whether a later row is the same header again, of the next table or page."""
    named = len(texts) - texts.count("")
    if named <= 2 or sum(map(eq, texts, row)) < 0.6 * named:
        return False
    return sum(text == other != "" for text, other in zip(texts, row, strict=False)) >= 0.6 * named


def _vote(row: Sequence[Cell], place: int, below: Sequence[str], kind: str) -> float:
    """What one column says: `below` are the texts below its first one."""
    text = cell_text(row[place])
    above = cell_kind(row[place])
    if not text:
        return 0.0
    valued = kind in ("integer", "number", "date", "boolean", "mixed")
    if above in ("text", "boolean", "empty"):
        if valued:
            return 1.0
        return -0.75 if kind == "text" and text in below else _shape_vote(text, below)
    if _PERIOD.match(text):
        return 0.25 if _other_periods(row, place) or kind in ("number", "mixed") else 0.0
    return -1.0 if valued else -0.25


def _shape_vote(text: str, below: Sequence[str]) -> float:
    """Codes of one length below a text of another length: a header above codes."""
    filled = list(filter(None, below))
    lengths = set(map(len, filled))
    fixed = len(lengths) == 1 and len(filled) >= 5
    return 0.5 if fixed and len(text) not in lengths else 0.0


def _other_periods(row: Sequence[Cell], place: int) -> bool:
    return any(at != place and bool(_PERIOD.match(cell_text(cell))) for at, cell in enumerate(row))


def _header_rows(
    head: Sequence[Sequence[Cell]], filled: Sequence[int], start: int, kinds: Sequence[str]
) -> tuple[int, ...]:
    """The header row and those below it that still hold text where the columns hold values."""
    rows = [start]
    valued = [place for place, kind in enumerate(kinds) if kind in ("integer", "number", "date", "mixed")]
    for place in range(start + 1, min(start + _MOST_HEADER_ROWS, len(head))):
        row = head[place]
        if not filled[place]:
            continue
        if 2 * len(row) < len(head[start]) or any(map(cell_text, row[max(1, len(head[start])) :])):
            break
        if any(cell_kind(cell) in ("number", "date") and not _PERIOD.match(cell_text(cell)) for cell in row):
            break
        cells = [row[at] for at in valued if at < len(row)]
        texts = sum(cell_kind(cell) == "text" and not cell_text(cell).isdigit() for cell in cells)
        values = sum(
            cell_kind(cell) in ("integer", "number", "date") and not _YEAR.match(cell_text(cell)) for cell in cells
        )
        if valued and not values and place == start + 1 and _divides(head[start], row):
            rows.append(place)
            continue
        if not valued or texts <= values or texts < max(1, 0.3 * len(valued)):
            break
        rows.append(place)
    return tuple(rows)


def _divides(above: Sequence[Cell], row: Sequence[Cell]) -> bool:
    """Whether years stand below one name that the row above repeats, or that reaches over empty cells: the years tell its
    columns apart."""
    if all(_YEAR.match(cell_text(cell)) for cell in row):
        return False
    groups: dict[str, list[str]] = {}
    group = ""
    for cell, name in zip(row, map(cell_text, above), strict=False):
        text = cell_text(cell)
        year = _YEAR.match(text) is not None
        if text and not year and (name or any(map(str.isdigit, text))):
            return False
        group = name if name and year else "" if name or not year else group
        if group:
            groups.setdefault(group, []).append(text)
    shared = [years for years in groups.values() if len(years) >= 2]
    return bool(shared) and all(len(set(years)) == len(years) for years in shared)


def _names(head: Sequence[Sequence[Cell]], header: Sequence[int], width: int, merged: Merged) -> tuple[str, ...]:
    """One name a column: the texts of its header rows, joined; a group name reaches over the empty cells at its right, or,
    where cells of its row are merged, as far as its own is.

    A text that stands again below itself is named once: cells were merged. A header that stands again whole is joined as written.
    """
    parts: list[list[str]] = [[] for _ in range(width)]
    whole = len(header) > 1 and all(_same(head[header[0]], head[place]) for place in header[1:])
    for level, place in enumerate(header):
        carried, reach = "", width
        told = any(row == place for row, _ in merged)
        for at in range(width):
            text = cell_text(head[place][at]) if at < len(head[place]) else ""
            if text:
                carried, reach = text, merged.get((place, at), at) if told else width
            elif at <= reach and level < len(header) - 1 and _named_below(head, header[level + 1 :], at):
                text = carried
            if text and (whole or not parts[at] or parts[at][-1] != text):
                parts[at].append(" ".join(text.split()))
    return tuple(" ".join(each)[:_LONGEST_NAME] for each in parts)


def _same(row: Sequence[Cell], other: Sequence[Cell]) -> bool:
    return list(map(cell_text, row)) == list(map(cell_text, other))


def _named_below(head: Sequence[Sequence[Cell]], below: Sequence[int], at: int) -> bool:
    return any(at < len(head[place]) and cell_text(head[place][at]) for place in below)

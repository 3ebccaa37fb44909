"""Tables in text whose columns stand at fixed places: told by places that are blank in every row, or by a line of rules.

Where columns follow each other without a blank between them, only a description tells where they end; then the format alone is
said.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from atalaya.inspection.canonical import lines_hash
from atalaya.inspection.kinds import cell_kind
from atalaya.inspection.material import Findings, Material, Sniffed
from atalaya.inspection.tables import gather, profile_rows
from atalaya.inspection.text import Decoded

_LEAST_LINES = 6
"""Lines of a table: in six lines of prose no place is blank by chance (one place in six is, so 80 places make 0.2 %)."""
_EDGE = 8
"""Lines at the start and at the end that may be titles and notes."""
_MOST_LINES = 200_000
_WIDEST = 20_000
_TYPED = 0.8
"""Share of the cells of at least one column that must be numbers or dates."""
_SAMPLE = 500
_RULE = re.compile(r"\s*[-=_]{2,}(?:[ +|]+[-=_]{2,})+\s*\Z")
_GAP = re.compile(r"\S {2,}\S")
_BLANKS = re.compile(r" +")
_LEAST_EQUAL = 20
"""Lines of one length, of which half have gaps inside, that show columns without saying where these end."""
_MARKS = bytes(48 if byte in b" \xa0" else 49 for byte in range(256))


@dataclass(frozen=True, slots=True)
class Columns:
    """First and last place of each column, from 0; the last goes on to the end of the line. Empty where nobody can tell them."""

    spans: tuple[tuple[int, int], ...]


def sniff_fixed_width(decoded: Decoded) -> Sniffed | None:
    """A table of columns at fixed places, None for other texts."""
    if "\t" in decoded.text:
        return None
    lines = [line.rstrip() for line in decoded.text.splitlines()]
    filled = [line for line in lines if line.strip()]
    if len(filled) < _LEAST_LINES or max(map(len, filled)) > _WIDEST:
        return None
    spans = _spans(filled)
    if spans and _is_typed(filled, spans):
        places = ", ".join(f"{first + 1}–{last + 1}" for first, last in spans[:6]) + ("…" if len(spans) > 6 else "")
        reason = f"its columns stand at fixed places: {places}"
        return Sniffed(format="fixed_width", reason=reason, decoded=decoded, value=Columns(spans))
    if _are_equal(lines):
        reason = f"all its lines are of {len(filled[0])} characters and have gaps inside; only a description tells its columns"
        return Sniffed(format="fixed_width", reason=reason, decoded=decoded, value=Columns(()))
    return None


def _spans(lines: Sequence[str]) -> tuple[tuple[int, int], ...]:
    rule = next((line for line in lines[:_EDGE] if _RULE.match(line)), None)
    if rule is not None:
        return tuple((match.start(), match.end() - 1) for match in re.finditer(r"[-=_]{2,}", rule))
    edge = min(_EDGE, len(lines) // 4)
    width = max(map(len, lines))
    taken = 0
    for line in lines[edge : len(lines) - edge][:_MOST_LINES]:
        marks = line.encode("cp1252", "replace").translate(_MARKS)
        taken |= int(marks.ljust(width, b"0"), 2)
    runs = re.finditer("1+", bin(taken)[2:].rjust(width, "0"))
    return tuple((match.start(), match.end() - 1) for match in runs)


def _is_typed(lines: Sequence[str], spans: Sequence[tuple[int, int]]) -> bool:
    """Whether at least two columns are filled in most lines and one of them holds values: lists and verses have none."""
    rows = [row for line in lines[:_SAMPLE] if (row := cut(line, spans)) is not None]
    if len(spans) < 2 or len(rows) < max(_LEAST_LINES - 1, len(lines[:_SAMPLE]) * _TYPED):
        return False
    filled = typed = 0
    for column in zip(*rows, strict=True):
        kinds = [cell_kind(cell) for cell in column[1:]]
        filled += sum(map(bool, column)) >= 0.5 * len(column)
        typed += sum(kind in ("integer", "number", "date") for kind in kinds) >= _TYPED * len(kinds)
    return filled >= 2 and typed >= 1


def _are_equal(lines: Sequence[str]) -> bool:
    whole = [line for line in lines if line]
    if len(whole) < _LEAST_EQUAL or len(set(map(len, whole))) > 1:
        return False
    sample = whole[:_SAMPLE]
    digits = sum(any(map(str.isdigit, line)) for line in sample)
    gaps = sum(_GAP.search(line) is not None for line in sample)
    return gaps * 2 >= len(sample) and digits * 2 >= len(sample)


def cut(line: str, spans: Sequence[tuple[int, int]]) -> list[str] | None:
    """The cells of a line; None where a text goes over the blanks between two columns, as titles and notes do.

    Names may be wider than the values below them, so a line is cut at the widest blank that it has between two columns. Words
    with one blank between them that end before the last column are a text.
    """
    cells = []
    start, over = 0, False
    for (_, last), (first, _) in pairwise(spans):
        gap = line[last + 1 : first]
        if not gap.strip():
            end = first
        else:
            over = True
            blanks = max(
                _BLANKS.finditer(gap), key=lambda blank: (blank.end() - blank.start(), blank.end()), default=None
            )
            if blanks is None:
                return None
            end = last + 1 + blanks.end()
        cells.append(line[start:end].strip())
        start = end
    cells.append(line[start:].strip())
    return None if over and not cells[-1] and "  " not in line.strip() else cells


def read_fixed_width(material: Material) -> Findings:
    """The table; a text whose columns nobody can tell is hashed by lines."""
    decoded, columns = material.sniffed.decoded, material.sniffed.value
    assert decoded is not None, "columns are sniffed from text"
    spans = columns.spans if isinstance(columns, Columns) else ()
    profile = profile_rows(_rows(decoded.text, spans), "", material.limits) if spans else None
    if profile is None:
        return Findings(encoding=decoded.encoding, defects=decoded.defects, content_sha256=lines_hash(decoded.text))
    told = replace(profile, table=replace(profile.table, reason=f"columns at fixed places; {profile.table.reason}"))
    read = gather([told])
    return replace(read, encoding=decoded.encoding, defects=(*decoded.defects, *read.defects))


def _rows(text: str, spans: Sequence[tuple[int, int]]) -> Iterator[list[str]]:
    """Rows as wide as the table; titles and notes in their first cell, rules as blank rows."""
    blank = [""] * len(spans)
    for line in text.splitlines():
        bare = line.rstrip()
        if not bare or _RULE.match(bare):
            yield blank
        else:
            yield cut(bare, spans) or [bare.strip(), *blank[1:]]

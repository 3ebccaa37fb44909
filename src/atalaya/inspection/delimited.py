"""Delimited text: the dialect that the sniffer found, and the one table that it spells."""

import csv
import itertools
from collections.abc import Iterator
from dataclasses import replace

from atalaya.inspection.canonical import lines_hash
from atalaya.inspection.dialect import Guess, lines, read_rows
from atalaya.inspection.findings import Defect, Dialect
from atalaya.inspection.limits import Limits
from atalaya.inspection.material import Findings, Material
from atalaya.inspection.soft_failures.documents import find_in_text
from atalaya.inspection.tables import Profile, gather, profile_rows

_MOST_LINES = 60
"""Line ends inside one cell from which its quote was never meant to open: addresses and remarks stay far below."""


class _Watch:
    """Passes rows on and remembers the first one that is not as wide as the table and holds a cell that swallowed lines."""

    def __init__(self, rows: Iterator[list[str]], width: int) -> None:
        self.swallowed: int | None = None
        self._rows = rows
        self._width = width

    def __iter__(self) -> Iterator[list[str]]:
        for number, row in enumerate(self._rows, 1):
            if (
                self.swallowed is None
                and len(row) != self._width
                and any(cell.count("\n") + cell.count("\r") > _MOST_LINES for cell in row)
            ):
                self.swallowed = number
            yield row


def read_delimited(material: Material) -> Findings:
    """The table of a CSV or TSV, with its dialect."""
    decoded, guess = material.sniffed.decoded, material.sniffed.value
    assert decoded is not None, "delimited text is sniffed from text"
    assert isinstance(guess, Guess), "delimited text is sniffed with its dialect"
    found = list(decoded.defects)
    if (told := find_in_text(decoded.text)) is not None:
        found.append(told)
        return Findings(encoding=decoded.encoding, defects=tuple(found), content_sha256=lines_hash(decoded.text))
    skipped = 1 if guess.separator_line else 0
    dialect = guess.dialect
    try:
        profile, swallowed = _profile(decoded.text, dialect, guess, material.limits)
    except csv.Error:
        profile, swallowed = None, 1
    if swallowed is not None and dialect.quote is not None:
        found.append(
            Defect(code="unclosed_quote", place=f"row {swallowed + skipped}", detail="a quote opens and is not closed")
        )
        try:
            profile, _ = _profile(decoded.text, replace(dialect, quote=None, escape=None), guess, material.limits)
        except csv.Error:
            found.append(Defect(code="unreadable", place="file", detail="a cell is longer than is read"))
    if profile is None:
        if not decoded.text.strip():
            found.append(Defect(code="empty_file", place="file", detail="nothing but blank lines"))
        return Findings(
            encoding=decoded.encoding, dialect=dialect, defects=tuple(found), content_sha256=lines_hash(decoded.text)
        )
    read = gather([profile])
    return replace(read, encoding=decoded.encoding, dialect=dialect, defects=(*found, *read.defects))


def _profile(text: str, dialect: Dialect, guess: Guess, limits: Limits) -> tuple[Profile | None, int | None]:
    """The table, and the row whose quote swallowed many lines, if any."""
    skipped = 1 if guess.separator_line else 0
    source = itertools.islice(lines(text.lstrip("\ufeff")), skipped, None)
    watch = _Watch(read_rows(source, dialect), guess.width)
    profile = profile_rows(iter(watch), "", limits, first_row=1 + skipped)
    return profile, watch.swallowed

"""Delimited text: the dialect that the sniffer found, and the tables that it spells."""

import csv
from collections.abc import Iterator
from dataclasses import replace

from atalaya.inspection.canonical import lines_hash
from atalaya.inspection.collecting import uncollected
from atalaya.inspection.dialect import Guess
from atalaya.inspection.findings import Defect, Dialect
from atalaya.inspection.limits import Limits
from atalaya.inspection.material import Findings, Material
from atalaya.inspection.parts import Parts
from atalaya.inspection.records import lines, read_rows
from atalaya.inspection.soft_failures.documents import find_in_text
from atalaya.inspection.tables import Profile, gather, profile_rows

_MOST_LINES = 60
"""Line ends inside one cell from which its quote was never meant to open: addresses and remarks stay far below."""
_PAGES = 3
"""How often a header may stand again before it is that of printed pages, not of tables under each other."""


class _Watch:
    """Passes rows on and remembers the first one that is not as wide as the table and holds a cell that swallowed lines, which
    only cells in quotes do."""

    def __init__(self, rows: Iterator[list[str]], width: int, quoted: bool) -> None:
        self.swallowed: int | None = None
        self._quoted = quoted
        self._rows = rows
        self._width = width

    def __iter__(self) -> Iterator[list[str]]:
        return self._watched() if self._quoted else self._rows

    def _watched(self) -> Iterator[list[str]]:
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
    profiles: list[Profile] = []
    try:
        with uncollected():
            profiles, swallowed = _profiles(decoded.text, dialect, guess, material.limits)
    except csv.Error:
        swallowed = 1
    if swallowed is not None and dialect.quote is not None:
        found.append(
            Defect(code="unclosed_quote", place=f"row {swallowed + skipped}", detail="a quote opens and is not closed")
        )
        try:
            bare = replace(dialect, quote=None, escape=None)
            profiles, _ = _profiles(decoded.text, bare, guess, material.limits)
        except csv.Error:
            found.append(Defect(code="unreadable", place="file", detail="a cell is longer than is read"))
    if not profiles:
        if not decoded.text.strip():
            found.append(Defect(code="empty_file", place="file", detail="nothing but blank lines"))
        return Findings(
            encoding=decoded.encoding, dialect=dialect, defects=tuple(found), content_sha256=lines_hash(decoded.text)
        )
    read = gather(profiles)
    return replace(read, encoding=decoded.encoding, dialect=dialect, defects=(*found, *read.defects))


def _profiles(text: str, dialect: Dialect, guess: Guess, limits: Limits) -> tuple[list[Profile], int | None]:
    """The tables, and the row whose quote swallowed many lines, if any."""
    skipped = 1 if guess.separator_line else 0
    known = guess.rows is not None and dialect == guess.dialect
    rows = iter(guess.rows or ()) if known else read_rows(body_lines(text, guess), dialect)
    watch = _Watch(rows, guess.width, dialect.quote is not None)
    parts = Parts(iter(watch), pages=has_pages(text, guess))
    profiles: list[Profile] = []
    for first_row, why, rows in parts:
        name = str(len(profiles) + 1) if profiles else ""
        profile = profile_rows(rows, name, limits, first_row=first_row + skipped)
        for _ in rows:
            """Rows that hold nothing are passed over."""
        if profile is not None:
            profiles.append(_with_reason(profile, why, parts.repeated))
    return profiles, watch.swallowed


def _with_reason(profile: Profile, why: str, repeated: int) -> Profile:
    table = profile.table
    again = f"; its header stands again {repeated} times, on pages" if repeated else ""
    reason = f"{why}; {table.reason}{again}" if why else f"{table.reason}{again}"
    return replace(profile, table=replace(table, reason=reason)) if reason != table.reason else profile


def body_lines(text: str, guess: Guess) -> Iterator[str]:
    """The lines of a text from its first row on."""
    source = lines(text.lstrip("\ufeff"))
    if guess.separator_line:
        next(source, None)
    return source


def has_pages(text: str, guess: Guess) -> bool:
    """Whether the first line that is as wide as the table stands again more often than tables follow each other."""
    for line in body_lines(text, guess):
        if line.count(guess.dialect.delimiter) >= max(1, guess.width - 1):
            return text.count(line) > _PAGES + 1
    return False

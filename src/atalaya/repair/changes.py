"""What a repair did and did not do: cells that were altered, decisions about whole columns and rows, and doubts that stay."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Alteration:
    """One cell whose text is another one now. `row` is its number as a person sees it in the file, `column` its place from 1;
    `before` is None where the row had no such cell."""

    row: int
    column: int
    name: str
    before: str | None
    after: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """Something that was done to a table, a column or some rows: a code, the column by name or None, the rows by number, and
    how many cells or rows it is about. `text` is the words that decide or that were moved out of the table."""

    code: str
    column: str | None = None
    rows: tuple[int, ...] = ()
    count: int = 0
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """Something that looks wrong and stays as it is, since no single reading is certain."""

    code: str
    column: str | None = None
    rows: tuple[int, ...] = ()
    count: int = 0
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Aside:
    """A row that is no row of the table and could not be made one: it is kept here, whole."""

    row: int
    cells: tuple[str, ...]
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Beforehand:
    """What was done to the rows of a table before its columns are looked at."""

    alterations: tuple[Alteration, ...] = ()
    aside: tuple[Aside, ...] = ()
    decisions: tuple[Decision, ...] = ()
    doubts: tuple[Doubt, ...] = ()


NOTHING = Beforehand()

TEXTS = {
    "blank": "a disguise of a missing value",
    "grouped": "a number without the marks between its groups, with a point before its decimals",
    "day": "a day as year, month, day",
    "moment": "a moment as ISO 8601 writes it",
    "mojibake": "letters that had been decoded twice",
    "header": "a name that is there and no other column's",
    "spaces": "no spaces around it",
    "realigned": "cells that had slipped into other columns",
}
"""Reasons of alterations: what the cell holds now."""

DECISIONS = {
    "titles": "rows above the table are no data; they stand in the description",
    "notes": "rows below the table are no data; they stand in the description",
    "header": "the rows of the header are one name for each column",
    "no_header": "the table has no header; its columns are numbered",
    "repeated_header": "rows that repeat the header are no data",
    "blank_rows": "blank rows are no data",
    "missing": "cells that say that there is no value are empty",
    "decimal_mark": "the mark before the decimals, shown by the values of the column together",
    "sign": "a sign that all values share is said once, for the column",
    "date_order": "the order of day and month, shown by the values of the column together",
    "short_rows": "rows with fewer cells than columns; their last cells are empty",
    "kept_disguise": "a row that would be blank keeps what it says",
    "realigned": "rows whose cells were put back under their columns, since only one way fits",
}
DOUBTS = {
    "aside": "rows with more or fewer cells than columns that no single reading puts right; they are set aside whole",
    "misplaced": "rows with as many cells as columns, some of which do not hold what their columns hold",
    "mixed_kinds": "most values are numbers or dates, some are not: the column stays text",
    "decimal_mark": "the numbers could be read with either decimal mark: the column stays text",
    "date_order": "day and month could be read either way: the column stays text",
    "short_year": "years have two digits: the column stays text",
    "zone": "moments with a time zone: the column stays text",
    "several_signs": "values have different signs of currency or percent: the column stays text",
    "broken_letters": "letters were lost and cannot be brought back",
    "sentinel": "a number that may stand for a missing value",
    "written": "numbers written as text where others are numbers",
}

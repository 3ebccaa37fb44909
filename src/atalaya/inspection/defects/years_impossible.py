"""Dates and years that cannot be: in the future, or written wrongly (2107 for 2017, 0206 for 2006)."""

import re
from collections.abc import Iterable, Mapping
from datetime import date

from atalaya.inspection.defects import roles
from atalaya.inspection.defects.cells import CellDefect
from atalaya.inspection.defects.declaration import DefectKind, ExampleTable
from atalaya.inspection.defects.view import ColumnView, TableView
from atalaya.inspection.semantic.knowledge import Knowledge

_ID = "years_impossible"
LEAST_VALUES = 10
FIRST, LAST = 1500, 2100
"""Years in which data of today may lie; a column nearly all of whose years do is one of years of our time."""
MOST_ODD = 0.05
"""Share of the filled cells that may lie in the future or far off before they are what the column is about."""

_DATE = re.compile(r"(?<!\d)(?P<year>\d{4})(?:-(?P<month>\d\d)-(?P<day>\d\d))?(?!\d)")
_PLANNED = re.compile(
    r"\b(?:fin|final|finaliza\w*|hasta|termin\w*|venc\w*|vigen\w*|expir\w*|caduc\w*|proyec\w*|project\w*|plan\w*|"
    r"program\w*|previst\w*|"
    r"estimad\w*|estimated|expected|due|end|until|deadline|limite|cierre|clos\w*|entrega|meta|target|forecast|"
    r"pronostic\w*|proxim\w*|"
    r"next|futur\w*|review|renew\w*|renov\w*|valid\w*|agenda|cronograma|schedul\w*|evento|event|inicio|start|"
    r"begin\w*|temporal|periodo|"
    r"period|horizonte|prevision|conclusion|completion|embargo|expiry|maturity|pago|payment|apertura|released?|"
    r"publica\w*|issued)\b"
)
"""Dates that may well lie ahead, by the name of their column or of the table."""


def detect(view: TableView) -> Iterable[CellDefect]:
    """The odd dates and years of each column."""
    for column in view.columns:
        if column.filled < LEAST_VALUES:
            continue
        years = _years(column, view.knowledge.as_of)
        if not years:
            continue
        inside = sum(column.counts[number] for number, year in years.items() if FIRST <= year <= LAST)
        if inside < (1 - MOST_ODD) * column.filled:
            continue
        wrong = frozenset(number for number, year in years.items() if not FIRST <= year <= LAST)
        yield from _found(view, column, wrong, f"outside {FIRST} to {LAST}")
        yield from _found(view, column, _future(view, column, years) - wrong, "in the future")


def _all_past(column: ColumnView, today: date | None) -> bool:
    """Whether all are days as computers write them, of our time and not later than today; such texts sort as their days."""
    texts = [text for text in column.texts if text]
    first, last = min(texts), max(texts)
    limit = f"{LAST}" if today is None else today.isoformat()
    return f"{FIRST}" <= first and last[:10] <= limit and all(text[4:5] == "-" for text in texts)


def _years(column: ColumnView, today: date | None) -> Mapping[int, int]:
    """The year of each text by its number; empty where it is no column of dates or years."""
    if column.kind == "date":
        if _all_past(column, today):
            return {}
        found = ((number, _DATE.search(text)) for number, text in enumerate(column.texts))
        return {number: int(match["year"]) for number, match in found if match is not None}
    if roles.names_year(column) and column.kind in ("integer", "text"):
        return {number: int(text) for number, text in enumerate(column.texts) if text.isdecimal() and 2 < len(text) < 6}
    return {}


def _future(view: TableView, column: ColumnView, years: Mapping[int, int]) -> frozenset[int]:
    """The numbers of the texts that lie behind the day of judging; dates that may be planned are none."""
    today = view.knowledge.as_of
    if today is None or _PLANNED.search(column.folded) or _PLANNED.search(roles.folded(view.frame.name)):
        return frozenset()
    return frozenset(
        number for number, year in years.items() if year >= today.year and _is_later(column.texts[number], year, today)
    )


def _is_later(text: str, year: int, today: date) -> bool:
    if year > today.year:
        return True
    match = _DATE.search(text)
    return (
        match is not None
        and match["day"] is not None
        and (int(match["month"]), int(match["day"])) > (today.month, today.day)
    )


def _found(view: TableView, column: ColumnView, odd: frozenset[int], told: str) -> Iterable[CellDefect]:
    count = sum(column.counts[number] for number in odd)
    if not count or count > MOST_ODD * column.filled:
        return
    detail = f"{count} of {column.filled} dates or years of column {column.letters} lie {told}"
    example = (column.texts[min(odd)],)
    yield view.found(_ID, ((column, row) for row in column.rows_of(odd)), detail, count=count, example=example)


_TODAY = Knowledge(as_of=date(2026, 6, 30))
_MANY = tuple((f"2025-{month:02}-{day:02}", day) for month in range(1, 5) for day in range(1, 11))

KIND = DefectKind(
    id=_ID,
    version=1,
    title="Dates and years that cannot be",
    text="Years lie between {first} and {last}, and what is recorded lies not in the future. A column is judged where at least "
    "{share} of its values are years of that time; ends, plans and projections may lie ahead.",
    remedy="Look the date up in its source and correct it: most often two digits changed places.",
    detect=detect,
    thresholds={"first": FIRST, "last": LAST, "share": f"{1 - MOST_ODD:.0%}"},
    examples=(
        ExampleTable(
            "digits that changed places",
            ("municipio", "ejercicio"),
            (*((f"Lugar {n}", 2015 + n % 5) for n in range(30)), ("Villa Real", 2107)),
            ("B32",),
        ),
        ExampleTable(
            "a year that lost its digits",
            ("anio", "casos"),
            (*((2015 + n % 5, n) for n in range(30)), ("0206", 4)),
            ("A32",),
        ),
        ExampleTable("a day that is still to come", ("fecha", "casos"), (*_MANY, ("2027-03-01", 2)), ("A42",), _TODAY),
        ExampleTable("the end of a contract", ("fecha fin", "casos"), (*_MANY, ("2027-03-01", 2)), (), _TODAY),
        ExampleTable(
            "years of a projection", ("anio", "poblacion"), tuple((2015 + n, n) for n in range(30)), (), _TODAY
        ),
        ExampleTable("days of the past", ("fecha", "casos"), _MANY, (), _TODAY),
    ),
)

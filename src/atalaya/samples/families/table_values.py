"""Family of what stands inside tables: for each kind of defect that an inspection looks for, what a check on it should say of
every table.

A mark plants several defects in one file, since files that are kept without care have several, and the country has few tables
that nothing else has touched.
"""

from collections.abc import Callable, Mapping

from atalaya.checks.outcomes import Verdict
from atalaya.samples.facts import places
from atalaya.samples.families.family import Family, ResourceMark, ResourceSubject, Verdicts
from atalaya.samples.families.states import true_kind
from atalaya.samples.families.table_contents import CSV_KINDS, WHOLE, with_column, written
from atalaya.samples.plan import DatasetPlan, SourcePlan
from atalaya.samples.tables import Cell, Rows

Change = Callable[[Rows, int], Rows]

_ASPECTS = WHOLE | {"bytes"}
"""What stands inside a table is written anew: no other mark of tables meets it, and no checksum of the file as it was."""

_LONG = 160
"""Rows of a register: enough that one odd value is an exception, and three codes that return are less than 2 % of them."""
_SPOILT = 4
"""Number (from 0) of the row in which one value is spoilt."""
_YEARS = tuple(range(2014, 2023))
_PLACES = 10
"""Places whose years are compared."""
_LEAST_PLACES = 6
"""Places among which one with the code of another stands out."""

IDENTITIES = ({"id": "techo", "total": ["techo vigente"], "parts": [["techo inicial"], ["ampliación"]]},)
"""Sums that the sample country declares of its columns."""


def _base(table: Rows) -> Rows:
    """Code and name of the places, each once."""
    return Rows(table.columns[:2], tuple(dict.fromkeys(row[:2] for row in table.rows)))


def _own(table: Rows) -> int:
    """A number below 1,500 by which figures of one dataset differ from those of another over the same places."""
    return sum(row[-1] for row in table.rows if isinstance(row[-1], int)) % 1_499


def _but_one(usual: Callable[[int], Cell], spoilt: Cell) -> Callable[[int], Cell]:
    """The usual value of a row, and another one in a single row."""
    return lambda number: spoilt if number == _SPOILT else usual(number)


def _with_sum(table: Rows, names: tuple[str, str, str], start: int, off: int) -> Rows:
    """Two columns and their sum, which is off in one row."""
    first, second, total = names
    one = with_column(table, first, lambda n: start + 7 * n)
    two = with_column(one, second, lambda n: 90 + 11 * n)
    return with_column(two, total, lambda n: start + 90 + 18 * n + (off if n == _SPOILT else 0))


def _register(table: Rows, _day: int) -> Rows:
    """Files of cases with a number each: one number returns, two rows stand there twice, a date lies ahead, digits of a year
    changed places, a missing count is -9999, and a total is off."""
    base = _base(table).rows
    names = [base[number % len(base)][1] for number in range(_LONG)]
    found = Rows(("folio", "nombre"), tuple((f"F-{1000 + n * (n != _SPOILT)}", name) for n, name in enumerate(names)))
    found = with_column(
        found, "fecha_de_registro", _but_one(lambda n: f"2024-{1 + n % 12:02}-{1 + n % 28:02}", "2042-03-05")
    )
    found = with_column(found, "anio_de_registro", _but_one(lambda n: 2015 + n % 9, 2107))
    found = with_column(found, "casos", _but_one(lambda n: 3 + 2 * n, -9999))
    found = _with_sum(found, ("atendidas", "referidas", "total"), 100 + _own(table), 5)
    return Rows(found.columns, (*found.rows, found.rows[20], found.rows[70]))


def _survey(table: Rows, _day: int) -> Rows:
    """A table with the code of a place that lies elsewhere or that nobody has, damaged letters, numbers written in two ways, two
    units, and a declared sum that is off."""
    level = places()[str(table.rows[0][0])].level
    known = {row[0] for row in table.rows}
    other = next((each.code for each in places().values() if each.level == level and each.code not in known), "77")
    rows = ((other, *row[1:]) if number == _SPOILT else row for number, row in enumerate(table.rows))
    found = Rows(table.columns, tuple(rows))
    found = with_column(found, "area", lambda n: ("EducaciÃ³n", "Salud", "Vivienda")[n % 3])
    found = with_column(found, "observaciÃ³n", lambda n: ("revisado", "pendiente")[n % 2])
    found = with_column(found, "aporte", lambda n: f"{12_500.5 + 731 * n:{'' if n % 3 == 1 else ','}.2f}")
    found = with_column(found, "distancia_media", _but_one(lambda n: f"{12 + n} km", "850 m"))
    return _with_sum(found, ("techo_inicial", "ampliacion", "techo_vigente"), 100, 1_000)


def _totalled(table: Rows, _day: int) -> Rows:
    """Figures with a row of their totals, all of them right."""
    start = 100 + _own(table)
    found = with_column(_base(table), "atendidas", lambda n: start + 7 * n)
    found = with_column(found, "referidas", lambda n: 90 + 5 * n * n)
    return Rows(found.columns, (*found.rows, ("", "TOTAL", *_sums(found))))


def _report(table: Rows, _day: int) -> Rows:
    """A column for each year, and a row of totals of which the last is off."""
    found, start = _base(table), 100 + _own(table)
    for year in _YEARS:
        found = with_column(found, str(year), lambda n, year=year: start + 7 * n + 3 * (year - _YEARS[0]))  # type: ignore[misc]
    *right, last = _sums(found)
    return Rows(found.columns, (*found.rows, ("", "TOTAL", *right, last + 41)))


def _sums(table: Rows) -> list[int]:
    return [sum(int(row[place]) for row in table.rows) for place in range(2, len(table.columns))]


def _figures(table: Rows, _day: int) -> Rows:
    """Figures that only their source could judge: one is thirty times those of the other years, and one breaks a product that
    holds in all other rows."""
    start = 1_000 + _own(table)
    rows = [
        (*row, year, (start + 37 * number + 11 * (year - _YEARS[0])) * (30 if (number, year) == (3, 2019) else 1))
        for number, row in enumerate(_base(table).rows[:_PLACES])
        for year in _YEARS
    ]
    found = Rows((*table.columns[:2], "anio", "recolectado"), tuple(rows))
    found = with_column(found, "lotes", lambda n: 5 + n % 13)
    found = with_column(found, "tarifa", lambda n: 40 + n)
    return with_column(found, "importe", lambda n: (5 + n % 13) * (40 + n) + (7 if n == _SPOILT else 0))


def _as_texts(table: Rows, _day: int) -> Rows:
    return with_column(table, "aporte", lambda n: str(500 + 31 * n) if n % 4 == 1 else 500 + 31 * n)


def _mark(code: str, note: str, quota: int, change: Change, kinds: frozenset[str] | None = None) -> ResourceMark:
    return ResourceMark(
        code=code,
        note=note,
        aspects=_ASPECTS,
        quota=quota,
        deliver=written(change),
        kinds=kinds or CSV_KINDS | {"xlsx"},
        fits=_has_places,
    )


def _has_places(plan: DatasetPlan, _source: SourcePlan) -> bool:
    return len(plan.divisions) >= _LEAST_PLACES


SHEET, REGISTER, SURVEY, REPORT = "sheet_of_texts", "register_careless", "survey_careless", "report_careless"
TOTALLED, FIGURES = "report_totalled", "figures_doubtful"

MARKS = (
    _mark(SHEET, "some numbers of a sheet are texts", 3, _as_texts, frozenset({"xlsx"})),
    _mark(SURVEY, "a wrong code, damaged letters, numbers in two ways, two units, a broken sum", 3, _survey),
    _mark(REGISTER, "repeated numbers and rows, impossible dates, a negative count, a wrong total", 3, _register),
    _mark(REPORT, "a column for each year, and a row of totals of which one is off", 3, _report),
    _mark(TOTALLED, "a row of totals below the data", 3, _totalled),
    _mark(FIGURES, "a year with thirty times what others have, and a broken product", 2, _figures),
)

_FAULTS: Mapping[str, frozenset[str]] = {
    "codes_match_names": frozenset({SURVEY}),
    "dates_possible": frozenset({REGISTER}),
    "keys_unique": frozenset({REGISTER}),
    "letters_intact": frozenset({SURVEY}),
    "magnitudes_alike": frozenset(),
    "negatives_absent": frozenset({REGISTER}),
    "number_format_single": frozenset({SURVEY}),
    "numbers_typed": frozenset({SHEET}),
    "periods_in_rows": frozenset({REPORT}),
    "rows_distinct": frozenset({REGISTER}),
    "sums_hold": frozenset({REGISTER, SURVEY}),
    "totals_add_up": frozenset({REPORT}),
    "totals_apart": frozenset({REPORT, TOTALLED}),
    "unit_single": frozenset({SURVEY}),
}
"""Checks → the marks for which they should fail."""

_OPEN = {"magnitudes_alike": FIGURES, "sums_hold": FIGURES}
"""Checks → the mark that only the source could judge."""

_COUNTED = frozenset(
    {"asignado", "casos", "hectareas", "hogares", "matricula_final", "matricula_inicial", "monto", "monto_pagado"}
    | {
        "poblacion_2024",
        "poblacion_2025",
        "poblacion_censo_2018",
        "superficie",
        "superficie_regada",
        "techo_vigente",
        "unidades",
    }
    | {"viviendas"}
)
"""Columns of the sample whose names say that they count people or things, or money planned or collected."""
_LABELS = frozenset(
    {"anio", "anio_de_registro", "codigo", "codigo_de_lote", "folio", "matricula_inicial", "matricula_final"}
)
"""Columns of numbers that measure nothing, by their names: a *matrícula* is a number of registration as often as it counts."""
_ENOUGH_DATES, _ENOUGH_ROWS = 10, 20
"""Values or rows from which dates, and keys, counts and magnitudes, are judged."""
_NAMELESS = frozenset({"header_missing", "header_numbered"})
"""Defects after which the columns have no names of their own."""


def _table(subject: ResourceSubject) -> Verdicts:
    marks = set(subject.plan.marks)
    able = _able(subject)
    found = {check: Verdict.PASS if able[check] else Verdict.NOT_APPLICABLE for check in _FAULTS}
    found |= {check: Verdict.FAIL for check, faults in _FAULTS.items() if marks & faults}
    return found | {check: Verdict.UNKNOWN for check, mark in _OPEN.items() if mark in marks}


def _able(subject: ResourceSubject) -> dict[str, bool]:
    """Checks → whether a column of the table could have what they ask for."""
    table = subject.delivery.table
    nameless = subject.plan.defect(subject.day) in _NAMELESS
    filled = {name: [row[n] for row in table.rows if row[n] != ""] for n, name in enumerate(table.columns)}
    held = {name: cells for name, cells in filled.items() if cells}
    names = set[str]() if nameless else {name.removeprefix("nuevo_") for name in held}
    numbers = {name for name, cells in held.items() if all(map(_is_number, cells))}
    measured = numbers if nameless else numbers - _LABELS
    called = numbers - measured | (set(held) - numbers - {"mes", "fecha_de_registro"})
    rows = len(table.rows)
    enough = rows >= _ENOUGH_ROWS
    return {
        "codes_match_names": len(called) >= 2,
        "dates_possible": rows >= _ENOUGH_DATES
        and ("anio" in names or bool(held.keys() & {"mes", "fecha_de_registro"})),
        "keys_unique": enough and bool(names & {"codigo", "folio"}),
        "letters_intact": True,
        "magnitudes_alike": enough and bool(names & {"anio", "anio_de_registro"}),
        "negatives_absent": enough and bool(names & _COUNTED),
        "number_format_single": bool(measured),
        "numbers_typed": bool(numbers) and true_kind(subject) == "xlsx",
        "periods_in_rows": len(measured) >= 3,
        "rows_distinct": rows > 1 and len(held) > 1,
        "sums_hold": len(measured) >= 3,
        "totals_add_up": TOTALLED in subject.plan.marks,
        "totals_apart": bool(measured),
        "unit_single": True,
    }


def _is_number(cell: Cell) -> bool:
    """Whether a cell is read as a number: codes are, unless a zero leads them."""
    return not isinstance(cell, str) or (
        cell.replace(",", "").replace(".", "").isdecimal() and not cell.startswith("0")
    )


FAMILY = Family(resource_marks=MARKS, table=_table)

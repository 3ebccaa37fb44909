"""Invented tables without a defect, and one defect of each kind planted in them at known cells."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from random import Random

from atalaya.countries.pack import Division
from atalaya.inspection.defects.cells import CellDefect, address
from atalaya.inspection.defects.places import places_of
from atalaya.inspection.limits import DEFAULT, Limits
from atalaya.inspection.semantic.knowledge import Knowledge
from atalaya.inspection.tables import profile_rows

Row = list[str | int | float]

NAMES = (
    "codigo", "municipio", "codigo departamento", "departamento", "anio", "fecha", "codigo programa", "programa",
    "hombres", "mujeres", "total", "monto", "largo",
)  # fmt: skip
"""The columns of every table, A to M."""
_HEADS = ("Villa", "Puerto", "San", "Santa", "Río", "Valle")
_TAILS = ("Alegre", "Azul", "Bajo", "Cruz", "Dulce", "Esperanza", "Florido", "Grande", "Hondo", "Isidro")
_PROGRAMS = ("Educación", "Salud", "Vías", "Agua", "Niñez")
_DEPARTMENTS = 6


def _divisions() -> list[Division]:
    larger = [
        Division(code=f"{n:02}", name=f"Región {tail}", level=1) for n, tail in enumerate(_TAILS[:_DEPARTMENTS], 1)
    ]
    smaller = [
        Division(code=f"{n:02}{m:02}", name=f"{head} {tail}", level=2, parent=f"{n:02}")
        for n, head in enumerate(_HEADS, 1)
        for m, tail in enumerate(_TAILS, 1)
    ]
    return larger + smaller


DIVISIONS = _divisions()
TODAY = date(2026, 6, 30)
LIMITS: Limits = replace(DEFAULT, knowledge=Knowledge(places=places_of(DIVISIONS), as_of=TODAY))


def clean(random: Random, years: int = 1) -> list[Row]:
    """Rows of a table in which nothing is wrong: one for each town and year, in the order of codes."""
    names = {division.code: division.name for division in DIVISIONS}
    rows: list[Row] = []
    for place, town in enumerate(division for division in DIVISIONS if division.level == 2):
        parent = town.parent or ""
        size = random.randint(100, 900)
        for year in range(2020, 2020 + years):
            men, women = size + random.randint(1, 99), size + random.randint(1, 99)
            program = (place + year) % len(_PROGRAMS)
            rows.append(
                [
                    int(town.code), town.name, int(parent), names[parent], year,
                    f"{year}-{random.randint(1, 12):02}-{random.randint(1, 28):02}",
                    10 * (program + 1), _PROGRAMS[program], men, women, men + women,
                    round(1000 + 900 * random.random(), 2), random.randint(5, 60),
                ]
            )  # fmt: skip
    return rows


def defects_of(names: tuple[str, ...], rows: list[Row]) -> tuple[CellDefect, ...]:
    """What is found in a table whose header stands in row 1."""
    profile = profile_rows([list(names), *rows], "", LIMITS)
    assert profile is not None
    return profile.table.defects


@dataclass(frozen=True)
class Planted:
    """A table with a defect, and the cells at which it must be found."""

    names: tuple[str, ...]
    rows: list[Row]
    cells: frozenset[str]


Planter = Callable[[Random], Planted]


def _at(column: str, row: int) -> str:
    """The address of a cell, by the name of its column and its row from 0."""
    return address(NAMES.index(column) + 1, row + 2)


def _plain(rows: list[Row], *cells: str, names: tuple[str, ...] = NAMES) -> Planted:
    return Planted(names, rows, frozenset(cells))


def _mojibake(random: Random) -> Planted:
    rows, row = clean(random), random.randrange(60)
    town = "Bahía Niño Ángel"
    how = random.choice(
        (
            lambda text: text.encode().decode("latin-1"),
            lambda text: text.encode().decode("cp1252", "replace").encode().decode("cp1252", "replace"),
            lambda text: text.replace("í", "\ufffd"),
            lambda text: text.replace("ñ", "?"),
            lambda text: text.encode("cp850").decode("cp1252", "replace"),
            lambda text: text.encode().decode("cp850"),
        )
    )
    rows[row][1] = how(town)
    return _plain(rows, _at("municipio", row))


def _duplicate_rows(random: Random) -> Planted:
    rows, row = clean(random), random.randrange(60)
    rows.append(list(rows[row]))
    return _plain(rows, _at("codigo", 60))


def _duplicate_keys(random: Random) -> Planted:
    rows = clean(random)
    one, other = random.sample(range(60), 2)
    rows[one][0] = rows[other][0]
    return _plain(rows, _at("codigo", one), _at("codigo", other))


def _codes_contradict_names(random: Random) -> Planted:
    rows, row = clean(random, 3), random.randrange(180)
    if random.random() < 0.5:
        rows[row][0] = int(rows[row][0]) % 100 + 100 * (int(rows[row][2]) % _DEPARTMENTS + 1)
        return _plain(rows, _at("codigo", row))
    rows[row][6] = int(rows[row][6]) % 50 + 10
    return _plain(rows, _at("codigo programa", row))


def _identities_broken(random: Random) -> Planted:
    rows, row = clean(random), random.randrange(60)
    rows[row][random.choice((8, 9, 10))] = random.randint(3_000, 9_000)
    return _plain(rows, _at("total", row))


def _negative_values(random: Random) -> Planted:
    rows, row = clean(random), random.randrange(60)
    rows[row][11] = -float(rows[row][11])
    return _plain(rows, _at("monto", row))


def _years_impossible(random: Random) -> Planted:
    rows, row = clean(random, 2), random.randrange(120)
    column, value = random.choice(
        (
            ("anio", 2107),
            ("anio", "0206"),
            ("anio", 2028),
            ("fecha", "0206-05-01"),
            ("fecha", "2027-03-01"),
            ("fecha", "2107-01-09"),
        )
    )
    rows[row][NAMES.index(column)] = value
    return _plain(rows, _at(column, row))


def _units_mixed(random: Random) -> Planted:
    rows, row = clean(random), random.randrange(60)
    for each in rows:
        each[12] = f"{each[12]} km"
    rows[row][12] = f"{random.randint(100, 900)} m"
    return _plain(rows, _at("largo", row))


def _number_formats_mixed(random: Random) -> Planted:
    rows, row = clean(random), random.randrange(60)
    grouped = random.random() < 0.5
    for each in rows:
        each[11] = f"{100 * float(each[11]):,.2f}" if grouped else f"{float(each[11]):.2f}".replace(".", ",")
    rows[row][11] = "123456.75" if grouped else "1234.75"
    return _plain(rows, _at("monto", row))


def _headers_meaningless(random: Random) -> Planted:
    place = random.randrange(len(NAMES))
    made = random.choice(("Unnamed: 3", "Columna1", "Column 7", "Row Labels", "field2", ""))
    names = (*NAMES[:place], made, *NAMES[place + 1 :])
    return Planted(names, clean(random), frozenset({address(place + 1, 1)}))


def _periods_as_columns(random: Random) -> Planted:
    first = random.randint(1995, 2015)
    periods = random.choice(
        (
            [str(year) for year in range(first, first + 4)],
            [f"casos {year}" for year in range(first, first + 3)],
            ["enero", "febrero", "marzo", "abril"],
        )
    )
    rows = [[row[1], *(random.randint(100, 900) for _ in periods)] for row in clean(random)]
    cells = {address(place, 1) for place in range(2, len(periods) + 2)}
    return Planted(("municipio", *periods), rows, frozenset(cells))


def _numbers_as_text(random: Random) -> Planted:
    rows, row = clean(random), random.randrange(60)
    rows[row][11] = str(rows[row][11])
    return _plain(rows, _at("monto", row))


def _with_total(random: Random) -> list[Row]:
    rows = clean(random)
    sums = [round(sum(float(row[place]) for row in rows), 2) for place in range(8, len(NAMES))]
    return [*rows, ["", random.choice(("TOTAL", "Total general", "Suma", "Totales")), *[""] * 6, *sums]]


def _total_rows_inside(random: Random) -> Planted:
    return _plain(_with_total(random), _at("municipio", 60))


def _totals_wrong(random: Random) -> Planted:
    rows, column = _with_total(random), random.choice(("hombres", "mujeres", "monto"))
    place = NAMES.index(column)
    rows[60][place] = round(float(rows[60][place]) * random.choice((0.9, 1.01, 1.3)) + 7, 2)
    return _plain(rows, _at(column, 60))


def _magnitude_outlying(random: Random) -> Planted:
    rows, start = clean(random, 4), 4 * random.randrange(60)
    times = random.choice((0.01, 26, 1000))
    row = start + (random.randrange(4) if times > 1 else random.choice((1, 2)))
    rows[row][11] = round(float(rows[row][11]) * times, 2)
    return _plain(rows, _at("monto", row))


PLANTERS: dict[str, Planter] = {
    "codes_contradict_names": _codes_contradict_names,
    "duplicate_keys": _duplicate_keys,
    "duplicate_rows": _duplicate_rows,
    "headers_meaningless": _headers_meaningless,
    "identities_broken": _identities_broken,
    "magnitude_outlying": _magnitude_outlying,
    "mojibake": _mojibake,
    "negative_values": _negative_values,
    "number_formats_mixed": _number_formats_mixed,
    "numbers_as_text": _numbers_as_text,
    "periods_as_columns": _periods_as_columns,
    "total_rows_inside": _total_rows_inside,
    "totals_wrong": _totals_wrong,
    "units_mixed": _units_mixed,
    "years_impossible": _years_impossible,
}

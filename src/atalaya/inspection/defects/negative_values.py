"""Negative values in a column of money, people or counts in which nearly all are zero or more."""

import re
from collections.abc import Iterable

from atalaya.inspection.defects.cells import CellDefect
from atalaya.inspection.defects.declaration import DefectKind, ExampleTable
from atalaya.inspection.defects.view import TableView

_ID = "negative_values"
MOST_NEGATIVE = 0.02
"""Share of the filled cells that may be negative and still be odd."""
LEAST_VALUES = 20

_SIGNED = re.compile(
    r"\b(?:saldos?|balances?|variacion\w*|diferencias?|difference|cambios?|change|crecimiento|growth|temperatur\w*|"
    r"ajustes?|netos?|neta|net|"
    r"resultados?|ganancias?|perdidas?|profit|loss|indices?|index|z|score|elevacion|elevation|altitud|altitude|"
    r"altura|desviacion\w*|"
    r"superavit|deficit|tasa|rate|rendimiento|desempeno|balanza|delta|desvio|anomal\w*|brecha|gap|logro|utilidad|"
    r"excedente|"
    r"correlacion|log|nivel|level|profundidad|depth|offset|angle|angulo)\b"
)
"""What may well be below zero."""
_UNSIGNED = re.compile(
    r"\b(?:poblacion|population|personas|people|hombres|mujeres|men|women|habitantes|hogares|viviendas|households|"
    r"casos|cases|"
    r"cantidad|cant|count|conteo|numero|number|alumn\w*|estudiantes|matricula\w*|inscritos|nacimientos|defunciones|"
    r"fallecid\w*|deaths|births|muertes|beneficiari\w*|victimas|docentes|empleados|montos?|precio|price|presupuesto|"
    r"budget|asignado|asignacion|modificad\w*|vigente|devengado|percibido|adjudicad\w*|contratad\w*|"
    r"recaudado|recaudacion|ingresos?|revenue|income|salario|sueldo|salary|honorarios|"
    r"edad|age|area|superficie|km2|hectareas|distancia|distance|duracion|duration|peso|weight|horas|dias|days|hours|"
    r"unidades|"
    r"units|votos|votes|visitas|downloads|descargas|quantity|qty|toneladas|kg|litros|kwh)\b"
)
"""What counts people and things, or money that is planned or collected; payments may be taken back."""


def detect(view: TableView) -> Iterable[CellDefect]:
    """The negative cells of each such column."""
    for column in view.numeric:
        if "-" not in column.joined and "−" not in column.joined and "(" not in column.joined:
            continue
        if column.distinct < 2 or column.filled < LEAST_VALUES or not counts(column.folded):
            continue
        below = frozenset(number for number, value in enumerate(column.numbers) if value < 0)
        if not below:
            continue
        count = sum(column.counts[number] for number in below)
        if count > MOST_NEGATIVE * column.filled:
            continue
        detail = f"{count} of {column.filled} values of column {column.letters} are negative, the others zero or more"
        example = (column.texts[min(below)],)
        cells = ((column, row) for row in column.rows_of(below))
        yield view.found(_ID, cells, detail, count=count, example=example)


def counts(folded: str) -> bool:
    """Whether a folded name is that of a column of money, people or counts."""
    return _UNSIGNED.search(folded) is not None and _SIGNED.search(folded) is None


KIND = DefectKind(
    id=_ID,
    version=1,
    title="Negative values where nearly all are positive",
    text="A column that counts people or things, or money planned or collected, and is zero or more in nearly every "
    "row, is so in all: "
    "at most {share} of the values below zero are mistakes, missing values in disguise, or mean something that nobody explains.",
    remedy="Correct the values, leave the cell empty where the value is not known, or say in the description of the "
    "column what a "
    "negative value means.",
    detect=detect,
    thresholds={"share": f"{MOST_NEGATIVE:.0%}"},
    examples=(
        ExampleTable(
            "one negative count",
            ("municipio", "casos"),
            (*((f"Lugar {place}", place * 3) for place in range(1, 60)), ("Villa Real", -4)),
            ("B61",),
        ),
        ExampleTable(
            "a missing value in disguise",
            ("municipio", "poblacion"),
            (("Villa Real", -9999), *((f"Lugar {place}", 1000 + place) for place in range(1, 60))),
            ("B2",),
        ),
        ExampleTable(
            "differences",
            ("municipio", "variación de la población"),
            (*((f"Lugar {place}", place * 3) for place in range(1, 60)), ("Villa Real", -4)),
        ),
        ExampleTable(
            "as many below zero as above",
            ("municipio", "ingresos"),
            tuple((f"Lugar {place}", place * 3 - 90) for place in range(60)),
        ),
    ),
)

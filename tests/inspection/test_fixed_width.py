"""Text whose columns stand at fixed places is a table; prose, lists and code are not."""

import pytest

from atalaya.inspection.findings import Inspection
from atalaya.inspection.inspector import inspect_bytes

PLACES = ("Guatemala", "Alta Verapaz", "Cobán", "San Pedro Carchá", "El Progreso", "Santa Rosa", "Petén")
ROWS = [f"{name:<20}{n * 37:>6}{n * 1.5:>8.2f} 2020-01-{n + 1:02}" for n, name in enumerate(PLACES * 3)]
HEADER = f"{'MUNICIPIO':<20}{'CASOS':>6}{'TASA':>8} {'FECHA':<10}"
NAMES = [("MUNICIPIO", "text"), ("CASOS", "integer"), ("TASA", "number"), ("FECHA", "date")]


def inspected(lines: list[str], encoding: str = "utf-8", name: str = "a.txt") -> Inspection:
    return inspect_bytes("\n".join(lines).encode(encoding), url=name)


@pytest.mark.parametrize(
    "lines",
    [
        [HEADER, *ROWS],
        [HEADER, "-" * 20 + " " + "-" * 5 + " " + "-" * 7 + " " + "-" * 10, *ROWS],
        ["Cuadro 1. Casos notificados en los municipios del país", "", HEADER, *ROWS, "", "Fuente: registros de salud"],
    ],
)
def test_columns_at_fixed_places_are_a_table(lines: list[str]) -> None:
    inspection = inspected(lines)
    (table,) = inspection.tables
    assert (inspection.format, table.rows) == ("fixed_width", 21)
    assert [(column.name, column.kind) for column in table.columns] == NAMES
    assert table.header_row == lines.index(HEADER) + 1


def test_it_may_be_in_any_code_page() -> None:
    inspection = inspected([HEADER, *ROWS], "cp850")
    assert (inspection.format, inspection.encoding, [table.rows for table in inspection.tables]) == (
        "fixed_width", "ibm850", [21],
    )  # fmt: skip


def test_without_blanks_between_columns_only_the_format_is_told() -> None:
    lines = [f"{n:02}{n * 7:04}{'HM'[n % 2]}{name:<18}{n * 991:07}" for n, name in enumerate(PLACES * 4)]
    inspection = inspected(lines)
    assert (inspection.format, inspection.tables) == ("fixed_width", ())


PROSE = """El presente informe describe las labores que se hicieron durante el año.
Se atendieron a las personas de todos los municipios del departamento, y
se entregaron los materiales previstos en el plan de trabajo. Además se
capacitó a los maestros, y se revisaron los edificios de las escuelas que
fueron dañadas. Queda pendiente la compra de los equipos de computación,
que se hará en el próximo año si el presupuesto lo permite. Los 23 casos
que siguen abiertos se verán en la próxima reunión del consejo."""
CODE = """def suma(a, b):
    total = a + b
    if total > 10:
        return total
    return 0

class Punto:
    x = 1
    y = 2"""
LIST = "\n".join(f"{n}. Elemento de la lista número {n * 7}" for n in range(1, 30))


@pytest.mark.parametrize("text", [PROSE, CODE, LIST, "\n".join(["clave unica 1234"] * 3)])
def test_other_texts_are_none(text: str) -> None:
    assert inspect_bytes(text.encode(), url="a.txt").format == "txt"

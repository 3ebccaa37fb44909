"""What columns are judged to be: generated columns of types that are rare, precedence, samples, and what a pack
adds."""

from collections import Counter
from pathlib import Path

import pytest

from atalaya.countries.pack import CountryPack, Division, Identifier, Institution
from atalaya.inspection.kinds import column_kind, text_kind
from atalaya.inspection.semantic.column import LOOKED, ColumnView
from atalaya.inspection.semantic.judging import Semantic, explain, judge
from atalaya.inspection.semantic.knowledge import NOTHING_KNOWN, Knowledge, knowledge_of


def view(name: str, cells: list[str]) -> ColumnView:
    filled = [cell for cell in cells if text_kind(cell) != "empty"]
    counts = Counter(filled)
    return ColumnView(name, column_kind(Counter(map(text_kind, cells))), len(filled), len(counts), counts)


def one(name: str, cells: list[str], knowledge: Knowledge = NOTHING_KNOWN) -> Semantic:
    return judge([view(name, cells)], knowledge)[0]


GENERATED = {
    "ip_address": ("origen", [f"192.0.2.{number}" for number in range(1, 60)]),
    "checksum": ("firma", [f"{number * 7919:032x}a"[1:] for number in range(1, 60)]),
    "coordinate_pair": ("ubicación", [f"{14 + n / 100:.4f}, {-90 - n / 70:.4f}" for n in range(1, 60)]),
    "projected_coordinate": ("UTM X", [f"{453000 + 13 * n}.{n % 10}" for n in range(1, 60)]),
    "postal_code": ("C.P.", [f"{n:05}" for n in range(1001, 1060)]),
    "weekday": ("", ["Lunes", "MARTES", "miércoles", "jueves", "Viernes", "sábado", "domingo"]),
    "month": ("", ["Enero", "Febrero", "Marzo", "Abril", "Mayo", "Junio"] * 4),
    "sex": ("género", ["F", "M", "F", "F", "M", "X"]),
    "currency": ("tipo de moneda", ["GTQ", "USD", "EUR", "GTQ"]),
    "unit": ("u. medida", ["kg", "libra", "quintal", "caja", "kg"]),
    "file_size": ("peso", [f"{n}.{n % 10} MB" for n in range(1, 40)]),
    "file_format": ("clase", ["CSV", "PDF", "XLSX", "CSV", "JSON"]),
    "time": ("", [f"{n % 24:02}:{n % 60:02}" for n in range(60)]),
    "html": ("resumen", [f"<p>Texto número {n}</p><br/>" for n in range(20)]),
    "tax_id": ("CUIT", [f"30-{n:08}-{n % 10}" for n in range(11111, 11150)]),
    "age": ("rango de edad", ["0-4", "5-9", "10-14", "65 y más"]),
    "language": ("idioma", ["Español", "K'iche'", "Inglés", "Español"]),
    "geometry": ("the_geom", [f"MULTIPOLYGON (((30 {n}, 40 40, 20 40, 30 {n})))" for n in range(1, 30)]),
    "period": ("trimestre", ["I trimestre 2019", "II trimestre 2019", "III trimestre 2019"]),
    "personal_id": ("cpf", ["111.444.777-35", "529.982.247-25", "123.456.789-09", "987.654.321-00"]),
}
"""Columns of types that the recorded files hold seldom."""


@pytest.mark.parametrize("type_id", GENERATED)
def test_generated_columns(type_id: str) -> None:
    name, cells = GENERATED[type_id]
    assert one(name, cells).type == type_id


@pytest.mark.parametrize("type_id", GENERATED)
def test_generated_columns_with_a_few_faults(type_id: str) -> None:
    name, cells = GENERATED[type_id]
    assert one(name, [*cells * 20, "véase nota", "-", "N/D"]).type == type_id


@pytest.mark.parametrize(
    ("name", "cells", "type_id"),
    [
        ("mes", ["1", "2", "12"], "month"),
        ("casos", ["1", "2", "12"], "quantity"),
        ("tasa por 100 000", ["45.2", "12.1"], "quantity"),
        ("%", ["45.2", "12.1"], "percentage"),
        ("Abril", ["3", "2"], "quantity"),
        ("15 - 19", ["1228", "1482", "900"], "quantity"),
        ("2019", ["12138", "14734"], "quantity"),
        ("total", ["1990", "2005", "2011"], "quantity"),
        ("No usa computadora", ["12226", "15246", "9999"], "quantity"),
        ("Código de departamento", ["01", "02", "03"], "division_code"),
        ("Código postal", ["01001", "01002"], "postal_code"),
        ("licencia", ["https://creativecommons.org/licenses/by/4.0/"], "licence"),
        ("modified", ["2019-03-01", "2019-03-02T10:00:00Z", "2019-03-03T10:00:00Z"], "datetime"),
        ("Department", ["Ministry of Justice", "Department of Health"], "institution"),
        ("superficie", ["12.7", "1.533,2", "No Recepcionado", "9,5", "8,1", "7,7"], "quantity"),
        ("Arrest", ["0", "6", "<=5", "9"], "quantity"),
        ("¿Cumple?", ["0", "1", "1"], "boolean"),
    ],
)
def test_names_and_values_together(name: str, cells: list[str], type_id: str) -> None:
    assert one(name, cells).type == type_id


def test_columns_without_values_are_empty() -> None:
    found = one("fecha", ["", "-", "N/D"])
    assert (found.type, found.looked) == ("empty", 0)
    assert explain(found, "es") == "Ninguna celda contiene un valor."


def test_values_of_no_type_are_other() -> None:
    assert one("", ["¶¶", "§§ 12", "—¶ 9"]).type == "other"


def test_a_sample_says_its_size() -> None:
    found = one("casos", [str(number) for number in range(1000, 3000)])
    assert (found.looked, found.whole) == (LOOKED, False)
    assert one("casos", ["12", "15"]).whole


def test_the_order_of_the_values_does_not_matter() -> None:
    cells = [f"Zona {number}" for number in range(200)] + ["14 calle 3-20"] * 3
    assert one("dirección", cells) == one("dirección", cells[::-1])


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("es", "El listado de los bienes que se compran con fondos de la institución."),
        ("en", "The list of all the goods that are bought with the funds of this office."),
        ("pt", "A relação dos bens do órgão que são comprados para uma licitação."),
        ("fr", "La liste des biens qui sont achetés par les services de la commune."),
        (None, "Lorem ipsum dolor sit amet consectetur adipiscing elit sed eiusmod tempor."),
    ],
)
def test_free_text_says_its_language(language: str | None, text: str) -> None:
    found = one("descripción", [text, text + " 2"])
    assert (found.type, found.language) == ("free_text", language)


@pytest.fixture(scope="module")
def pack() -> CountryPack:
    places = [Division(code=f"{n:02}", name=f"Cerro{n}", level=1) for n in range(1, 9)]
    places += [
        Division(code=f"{n:02}{m:02}", name=f"Vega{n}{m}", level=2, parent=f"{n:02}")
        for n in range(1, 9)
        for m in range(1, 6)
    ]
    rule = {"checks": [{"body": [0, 4], "check": [4, 5], "weights": [2, 3, 4, 5], "modulus": 10}]}
    return CountryPack(
        code="zz",
        name={"es": "Sierra"},
        languages=("es",),
        folder=Path(),
        sha256="",
        groups=(),
        sources=(),
        divisions=tuple(places),
        institutions=(
            Institution(id="zz:a", name="Casa de Aguas", kind="x", acronym="CAG"),
            Institution(id="zz:b", name="Faro Rojo", kind="x"),
        ),
        identifiers=(Identifier(id="cedula", title={}, pattern="[0-9]{5}", rule=rule, personal=True),),
    )


def test_divisions_of_the_pack_are_known_under_any_name(pack: CountryPack) -> None:
    knowledge = knowledge_of(pack)
    assert one("cuadro", ["Cerro1", "CERRO2", "Cerro3"], knowledge).type == "division"
    assert one("cuadro", [f"Vega1{m}" for m in range(1, 6)], knowledge).type == "municipality"
    assert one("cuadro", ["Cerro1", "CERRO2", "Cerro3"]).type != "division"


def test_codes_of_the_pack_are_known_under_a_name_that_speaks_of_codes(pack: CountryPack) -> None:
    codes = [f"{n:02}{m:02}" for n in range(1, 9) for m in range(1, 6)]
    assert one("código", codes, knowledge_of(pack)).type == "division_code"
    assert one("código", codes).type != "division_code"


def test_institutions_of_the_pack_are_known(pack: CountryPack) -> None:
    cells = ["Casa de Aguas", "Faro Rojo", "CAG"]
    assert one("quién", cells, knowledge_of(pack)).type == "institution"
    assert one("quién", cells).type != "institution"


def test_check_digits_of_the_pack_tell_persons(pack: CountryPack) -> None:
    bodies = [f"{n:04}" for n in range(1000, 1030)]
    numbers = [body + str(sum(int(d) * w for d, w in zip(body, (2, 3, 4, 5), strict=True)) % 10) for body in bodies]
    found = one("n", numbers, knowledge_of(pack))
    assert (found.type, found.reason) == ("personal_id", "check_digit")
    assert one("n", numbers).type != "personal_id"


def test_no_pack_knows_nothing() -> None:
    assert knowledge_of(None) is NOTHING_KNOWN


def test_the_other_columns_do_not_change_the_order() -> None:
    found = judge([view("mes", ["1", "2"]), view("casos", ["5", "7"]), view("", [])])
    assert [each.type for each in found] == ["month", "quantity", "empty"]

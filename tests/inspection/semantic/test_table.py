"""What columns are judged to be by the table that they stand in, by how tokens are written, and by how they repeat."""

import pytest

from atalaya.inspection.semantic.column import ColumnView, see
from atalaya.inspection.semantic.digits import are_composed, are_padded
from atalaya.inspection.semantic.judging import explain, judge
from tests.inspection.semantic.test_judging import one, view

Table = dict[str, list[str]]


def types(table: Table) -> dict[str, str]:
    found = judge([view(name, cells) for name, cells in table.items()])
    return {name: each.type for name, each in zip(table, found, strict=True)}


FIELDS = ["id", "barrio", "fecha_alta", "monto"]


@pytest.mark.parametrize(
    "beside",
    [
        {"type": ["integer", "string", "date", "number"]},
        {"Tipo de dato": ["entero", "varchar(80)", "fecha", "numérico"]},
        {"title": ["Identificador", "Barrio de la obra", "Fecha de alta", "Monto en quetzales"]},
    ],
)
def test_names_of_data_fields_identify(beside: Table) -> None:
    assert types({"name": FIELDS, **beside})["name"] == "identifier"
    assert types({"campo": FIELDS, **beside})["campo"] == "identifier"


def test_names_beside_anything_else_are_titles() -> None:
    goods = ["Silla", "Mesa", "Banco", "Cama"]
    assert types({"nombre": goods, "tipo": ["bajo", "alto", "bajo", "alto"]})["nombre"] == "title"
    assert types({"nombre": goods, "título": ["Lic.", "Ing.", "Lic.", "Lic."]})["nombre"] != "identifier"


@pytest.mark.parametrize("named", ["LIBCOM", "NOMCOM"])
def test_a_code_beside_the_names_of_its_places(named: str) -> None:
    table = {"COM": ["001", "002", "004"], named: ["AMBLEON", "BELLEY", "CEYZERIAT"]}
    assert types(table)["COM"] == "division_code"
    assert types({"COM": table["COM"]})["COM"] != "division_code"


def test_codes_of_parts_of_the_world_are_of_no_division() -> None:
    codes = ["AFE", "AFW", "ASE", "EUN"] * 3
    world = ["Eastern Africa", "Western Africa", "Eastern Asia", "Northern Europe"] * 3
    assert types({"Region code": codes, "Region": world})["Region code"] == "code"
    assert types({"Region code": codes, "Region": ["Norte", "Sur", "Este", "Oeste"] * 3})["Region code"] != "code"


def test_titles_of_a_sheet_are_no_part_of_the_names_behind_them() -> None:
    title = "Fecha de impresión: 27/11/2017 09:25"
    table = {title: [], f"{title} PRESUPUESTADO": ["4518949152", "306948506", "304619904"]}
    assert types(table)[f"{title} PRESUPUESTADO"] == "money"
    assert types({f"{title} PRESUPUESTADO": ["4518949152", "306948506"]})[f"{title} PRESUPUESTADO"] == "quantity"


def test_descriptions_that_are_the_titles_beside_them() -> None:
    posts = ["Director of Finance", "Deputy Director, Policy", "Head of Estates"]
    assert types({"Job Title": posts, "Job/Team Function": posts})["Job/Team Function"] == "title"


@pytest.mark.parametrize(
    ("beside", "type_id"), [("Cargo", "person_name"), ("Apellidos", "person_name"), ("Precio", "title")]
)
def test_a_plain_name_is_that_of_a_person_beside_an_office(beside: str, type_id: str) -> None:
    names = ["Tzunún Ixquiac", "Quej Chocooj", "Batz Sipac"]
    assert types({"Nombre": names, beside: ["12", "15", "17"]})["Nombre"] == type_id


@pytest.mark.parametrize(
    ("name", "cells", "type_id"),
    [
        ("manzana", [f"7403503016{n:05}" for n in range(1, 40)] * 3, "identifier"),
        ("MZAI", [f"0101{n:04}" for n in range(1, 40)], "identifier"),
        ("población", [str(1_300_000_000 + 97_003_331 * n) for n in range(1, 40)], "quantity"),
        ("timestamp", [str(1_609_459_200_000 + 977 * n) for n in range(1, 40)], "quantity"),
        ("muestra", [f"ENR{n:02} {3 * n} {55450 + n}" for n in range(1, 30)], "identifier"),
        ("prueba", [f"paquete/parte_{n}/prueba.py::caso_{n}" for n in range(1, 30)], "identifier"),
        ("sector_id", ["1", "2", "3", "2", "1", "3", "3", "1", "2", "2", "1", "2", "3", "3", "1"], "code"),
        ("sector_id", [str(n) for n in range(1, 80)], "identifier"),
        ("código", [str(5 * n) for n in range(1, 140)] * 4, "identifier"),
        ("código", [str(1000 * n) for n in range(10, 20)] * 40, "code"),
        ("CIE10", [f"A{n:02}" for n in range(99)] * 3, "code"),
        ("hostname", ["torre-alta", "nodo7"] * 9, "identifier"),
        ("SIM", ["at", "bp", "d", "bc", "ar", "u"] * 5, "code"),
        ("status", ["OK", "SKIP"] * 8, "category"),
        ("resumen", ["Se entregó", "No se entregó"] * 30, "category"),
        ("dureza", ["bajo", "alto", "medio"] * 5, "category"),
        ("duração", ["PT15M", "PT2H", "P1D"], "period"),
        ("Presupuesto Año 2014", ["4518949152", "306948506"], "money"),
        ("Año", ["2014", "2015"], "year"),
        ("nível_0_10", ["3", "5", "0", "10"], "quantity"),
    ],
)
def test_tokens_and_numbers_by_their_writing(name: str, cells: list[str], type_id: str) -> None:
    assert one(name, cells).type == type_id


def test_numbers_of_rows_of_which_others_were_left_out() -> None:
    kept = [str(n) for n in range(1, 18_000) if n * n % 11 == 3]
    assert one("No", kept).type == "ordinal"
    assert one("No", [str(7 * n % 400) for n in range(1, 1600)]).type == "quantity"


def test_cells_that_all_say_that_nothing_is_known() -> None:
    found = one("patrullas", ["No Recepcionado"] * 12)
    assert (found.type, found.looked) == ("empty", 1)
    assert explain(found, "es") == "Todas las celdas dicen lo mismo: que no se sabe nada."
    assert one("patrullas", ["No Recepcionado", "No Recepcionado", "Dos"]).type != "empty"


def test_cities_of_the_world_under_any_name() -> None:
    places = ["Abidjan", "Bogotá", "Lagos", "Lima", "Madrid", "Nicosia", "Praga", "Toronto", "Varsovia", "Xela", "Tula"]
    assert one("Apr-16", places).type == "municipality"
    assert one("Apr-16", places[:4]).type != "municipality"
    assert one("Apr-16", [*places, *(f"cosa{n}" for n in range(40))]).type != "municipality"


def test_padded_and_composed_numbers() -> None:
    def seen(*cells: str) -> bool:
        return are_padded(see([ColumnView("x", "text", len(cells), len(cells), dict.fromkeys(cells, 1))])[0])

    assert seen("001", "120")
    assert not seen("1", "0")
    assert not seen("100", "120")
    numbers = dict.fromkeys((f"7403503016{n:05}" for n in range(9)), 1)
    assert are_composed(see([ColumnView("x", "integer", 9, 9, numbers)])[0])
    assert not are_composed(see([ColumnView("superficie", "integer", 9, 9, numbers)])[0])

"""Edges of `values_present`: tables as they are read."""

import pytest

from atalaya.checks.example_cases import table, table_case
from atalaya.checks.outcomes import Verdict
from atalaya.checks.table.values_present import rule
from atalaya.inspection.inspector import inspect_bytes


def said(*rows: str) -> str:
    (found,) = inspect_bytes("\n".join(rows).encode(), url="https://x.example/a.csv").tables
    return rule(table_case(found)).reason


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        (["a,b,c", "1,2,3"], "ok"),
        (["a,b,c", *(f"{n},x{n},{n}" for n in range(9))], "ok"),
        (["codigo,municipio,monto", "Sin información,,"], "placeholder"),
        (["campo,tipo,descripcion", "edad,Entero,años", "sexo,Texto,registrado"], "schema_only"),
        (["rubro,enero,febrero", *(f"rubro {n},," for n in range(9))], "form"),
        (["rubro,enero,febrero", *(["a,1,2"] * 9)], "repeated"),
        (["rubro,enero,febrero", *(f"a,1,{n}" for n in range(9))], "ok"),
        (["estado,nota,visto", *("activo,,si" if n % 2 else ",revisar,si" for n in range(9))], "ok"),
        (["nombre"] + [f"a{n}" for n in range(9)], "ok"),
    ],
)
def test_real_tables(rows: list[str], reason: str) -> None:
    assert said(*rows) == reason


def test_another_dictionary_beside_it_is_no_data() -> None:
    shown = table("campo", "tipo", content="fields")
    assert rule(table_case(shown, beside=(shown,))).verdict is Verdict.FAIL

"""Edges of `resource_titled`: titles that say something, and those that do not."""

import pytest

from atalaya.checks.example_cases import dataset, distribution, resource_case
from atalaya.checks.resource.resource_titled import rule


def said(title: str, *beside: tuple[str, str], declared: str = "CSV") -> str:
    own = distribution(title={"es": title}, format=declared)
    others = tuple(distribution(title={"es": name}, format=format_) for name, format_ in beside)
    return rule(resource_case(distribution=own, dataset=dataset(distributions=(own, *others)))).reason


@pytest.mark.parametrize(
    ("title", "reason"),
    [
        ("Descargar", "generic"),
        ("RESOURCE #12", "generic"),
        ("Nuevo recurso", "generic"),
        ("Archivo 3", "generic"),
        ("Conjunto de datos", "generic"),
        ("Excel", "format"),
        ("text/csv", "format"),
        ("a1b2c3d4-1111-2222-3333-444455556666", "no_words"),
        ("2024", "no_words"),
        ("gastos.CSV", "file_name"),
        ("data/gastos", "ok"),
        ("Sr. Juan Pérez.", "ok"),
        ("Gasto por municipio", "ok"),
        ("Archivo histórico", "ok"),
        ("Recurso hídrico", "ok"),
        ("Datos de 2024", "ok"),
        ("Enlaces del ministerio", "ok"),
    ],
)
def test_titles(title: str, reason: str) -> None:
    assert said(title) == reason


@pytest.mark.parametrize(
    ("beside", "reason"),
    [
        ((("Presupuesto", "XLSX"), ("Presupuesto", "JSON")), "ok"),
        ((("Presupuesto", "CSV"),), "shared"),
        ((("Presupuesto", "CSV"), ("Ingresos", "CSV")), "ok"),
    ],
)
def test_the_same_title_in_several_formats_is_one_thing(beside: tuple[tuple[str, str], ...], reason: str) -> None:
    assert said("Presupuesto", *beside) == reason

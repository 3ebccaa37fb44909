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


@pytest.mark.parametrize(
    ("title", "other", "reason"),
    [
        ("2024", "2023", "ok"),
        ("2023-2024", "2022-2023", "ok"),
        ("2024-Q1", "2024-Q2", "ok"),
        ("1234567", "1234568", "no_words"),
        ("2024", "2024", "shared"),
    ],
)
def test_a_period_tells_a_resource_from_its_siblings(title: str, other: str, reason: str) -> None:
    own, beside = (distribution(title={"es": each}) for each in (title, other))
    case = resource_case(distribution=own, dataset=dataset(distributions=(own, beside)))
    assert rule(case).reason == reason


@pytest.mark.parametrize(
    ("title", "reason"),
    [
        ("Descargar CSV", "format"),
        ("Formato Excel", "format"),
        ("Baixar em PDF", "format"),
        ("www.datos.example.org/a", "address"),
        ("undefined", "generic"),
        ("Formato de solicitud", "ok"),
        ("PIB", "ok"),
        ("人口統計", "ok"),
        ("Население", "ok"),
        ("الميزانية", "ok"),
    ],
)
def test_short_titles_in_any_script(title: str, reason: str) -> None:
    assert said(title) == reason

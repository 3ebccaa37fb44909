"""Edges of `resources_documented`: names of documents, columns in descriptions."""

import pytest

from atalaya.checks.dataset.resources_documented import rule
from atalaya.checks.example_cases import dataset_case, distribution, inspection, resource_case, table


@pytest.mark.parametrize(
    ("title", "url", "reason"),
    [
        ("Ficha técnica", "https://a.example/x.pdf", "document"),
        ("Anexo", "https://a.example/diccionario_datos.pdf", "document"),
        ("Data dictionary", "https://a.example/x", "document"),
        ("Ficha de pagos", "https://a.example/x.pdf", "missing"),
        ("Tabla", "https://a.example/manuales/x.csv", "missing"),
    ],
)
def test_documents_are_known_by_their_names(title: str, url: str, reason: str) -> None:
    items = (distribution(), distribution(title={"es": title}, download_url=url))
    assert rule(dataset_case(distributions=items)).reason == reason


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Variables incluidas: edad, sexo, lugar.", "described"),
        ("Una fila por lugar y columnas en unidades completas.", "missing"),
        ("Se explican las columnas. Nota: provisional", "missing"),
    ],
)
def test_a_description_lists_columns(text: str, reason: str) -> None:
    assert rule(dataset_case(description={"es": text})).reason == reason


def test_ordinary_words_are_no_names_of_columns() -> None:
    found = (resource_case(inspection=inspection(tables=(table("lugar", "fecha", "monto"),))),)
    assert rule(dataset_case(description={"es": "lugar, fecha y monto"}, resources=found)).reason == "missing"

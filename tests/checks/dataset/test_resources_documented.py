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


@pytest.mark.parametrize(
    ("standard", "reason"),
    [
        ("http://www.opengis.net/def/crs/EPSG/0/2154", "missing"),
        ("RGF93 / Lambert-93 (EPSG:2154)", "missing"),
        ("https://www.dcat-ap.de/def/dcatde/1.1/", "missing"),
        ("ISO 19115:2003", "missing"),
        ("https://standard.open-contracting.org/1.1/en/", "schema"),
    ],
)
def test_only_standards_of_the_data_are_schemas(standard: str, reason: str) -> None:
    assert rule(dataset_case(conforms_to=(standard,))).reason == reason
    assert rule(dataset_case(distributions=(distribution(conforms_to=(standard,)),))).reason == reason


@pytest.mark.parametrize(
    "title", ["Datensatzbeschreibung", "データ項目定義書", "Descriptif de contenu", "Documentazione"]
)
def test_documents_in_other_languages(title: str) -> None:
    items = (distribution(), distribution(title={"": title}, format="PDF"))
    assert rule(dataset_case(distributions=items)).reason == "document"


def test_links_of_the_reader_are_not_called_formats_of_the_record() -> None:
    assert rule(dataset_case(distributions=(distribution(derived=True),))).reason == "derived"
    assert rule(dataset_case(distributions=())).reason == "no_data"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("<a href='x'>Airfields</a><span style='font-size: large;'>, </span>", "missing"),
        ("<div style='font-weight:bold;'>Variables</div><div style='color:red'>Ask us</div>", "missing"),
        ("Related documents: Data Dictionary (none). Frequency: as needed", "missing"),
        ("Data Dictionary: https://docs.example.org/sheet", "described"),
        ("<p>Fields: <b>code</b>, name and year</p>", "described"),
    ],
)
def test_markup_and_empty_answers_list_no_columns(text: str, reason: str) -> None:
    assert rule(dataset_case(description={"": text})).reason == reason

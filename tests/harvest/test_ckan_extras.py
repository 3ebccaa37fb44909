"""Extras by the meaning of their keys: other spellings, other languages, and what stays unread."""

from typing import Any

import pytest

from atalaya.catalogue.folding import fold
from atalaya.catalogue.records import Agent, ContactPoint, Dataset, Period, Reading
from atalaya.harvest.ckan_extras import SYNONYMS
from atalaya.harvest.ckan_packages import read_package_bytes


def read(extras: dict[str, Any], **package: Any) -> Reading:
    listed = [{"key": key, "value": value} for key, value in extras.items()]
    return read_package_bytes({"id": "p", "extras": listed, **package})


def dataset(extras: dict[str, Any], **package: Any) -> Dataset:
    return read(extras, **package).datasets[0]


@pytest.mark.parametrize(
    ("key", "value", "field", "expected"),
    [
        ("Frequency", "annual", "frequency", "annual"),
        ("Update Frequency", "annual", "frequency", "annual"),
        ("ACCRUALPERIODICITY", "R/P1Y", "frequency", "R/P1Y"),
        ("Frecuencia de actualización", "Anual", "frequency", "Anual"),
        ("FRECUENCIA", "Anual", "frequency", "Anual"),
        ("Frequência de Atualização dos Dados", "Mensal", "frequency", "Mensal"),
        ("Periodicidade", "Anual", "frequency", "Anual"),
        ("更新頻度", "不定期", "frequency", "不定期"),
        ("Publisher", "INE", "publisher", Agent(name="INE")),
        ("Publisher Name", "INE", "publisher", Agent(name="INE")),
        ("Institución", "Instituto de Pesca", "publisher", Agent(name="Instituto de Pesca")),
        ("Responsable", "Dirección de Aguas", "publisher", Agent(name="Dirección de Aguas")),
        ("Responsable", "Ana Pérez", "publisher", None),
        ("Responsable", "Ana Pérez", "contact", ContactPoint(has_name=True)),
        ("Cobertura geográfica", "Sololá", "spatial", ("Sololá",)),
        ("Cobertura espacial", "Pará", "spatial", ("Pará",)),
        ("Cobertura temporal", "2010/2011", "temporal", (Period(start="2010", end="2011"),)),
        ("Fecha de publicación", "2020-01-02", "issued", "2020-01-02"),
        ("Última actualización", "2021", "modified", "2021"),
        ("Idioma", "es", "languages", ("es",)),
        ("Licencia", "CC BY 4.0", "licence", "CC BY 4.0"),
        ("Licença", "CC BY 4.0", "licence_title", "CC BY 4.0"),
        ("Tema", "Agua", "themes", ("Agua",)),
        (
            "Contacto",
            "ana@a.example",
            "contact",
            ContactPoint(has_email=True, email_domain="a.example"),
        ),
        (
            "Contacto",
            "Ana Pérez <ana@a.example>",
            "contact",
            ContactPoint(has_name=True, has_email=True, email_domain="a.example"),
        ),
        ("Contato", "https://a.example/contato", "contact", ContactPoint(url="https://a.example/contato")),
        ("Correo electrónico", "x@a.example", "contact", ContactPoint(has_email=True, email_domain="a.example")),
    ],
)
def test_a_key_is_read_by_what_it_means(key: str, value: str, field: str, expected: object) -> None:
    reading = read({key: value})
    assert getattr(reading.datasets[0], field) == expected
    assert {use.path: use.reading for use in reading.fields}[f"extras.{key}"] == "mapped"
    assert "Ana" not in repr(reading)


@pytest.mark.parametrize(
    ("extras", "package", "field", "expected"),
    [
        ({"Frecuencia": "Anual", "frequency": "annual"}, {}, "frequency", "annual"),
        ({"Frecuencia": "", "Periodicidad": "Anual"}, {}, "frequency", "Anual"),
        ({"Cobertura geográfica": "Sololá", "spatial": '{"type": "Point"}'}, {}, "spatial", ("Sololá",)),
        ({"Licencia": "CC BY"}, {"license_id": "notspecified"}, "licence", "CC BY"),
        ({"Licencia": "CC BY"}, {"license_id": "odc-by"}, "licence", "odc-by"),
        (
            {"Responsable": "Dirección de Aguas"},
            {"organization": {"name": "m", "title": "M"}},
            "publisher",
            Agent(name="M", native_id="m"),
        ),
    ],
)
def test_which_of_several_says_it(
    extras: dict[str, str], package: dict[str, Any], field: str, expected: object
) -> None:
    reading = read(extras, **package)
    assert getattr(reading.datasets[0], field) == expected
    assert not [use for use in reading.fields if use.reading == "unread"]


@pytest.mark.parametrize(
    "key", ["Granularidade geográfica", "Órgão - Esfera", "Frecuencia cardiaca", "VCGE", "frequencyy"]
)
def test_an_unknown_key_stays_unread(key: str) -> None:
    uses = {use.path: (use.reading, use.count) for use in read({key: "x"}).fields}
    assert uses[f"extras.{key}"] == ("unread", 1)


def test_a_synonym_stands_for_one_field() -> None:
    listed = [key for keys in SYNONYMS.values() for key in keys]
    assert all(fold(key) == key for key in listed)
    assert {key: listed.count(key) for key in listed if listed.count(key) > 1} == {}

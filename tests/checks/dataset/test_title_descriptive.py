"""Edges of `title_descriptive`: file names, codes, capitals, other scripts."""

from typing import Any

import pytest

from atalaya.catalogue.records import Agent
from atalaya.checks.dataset.title_descriptive import LONGEST, rule
from atalaya.checks.example_cases import dataset_case


@pytest.mark.parametrize(
    ("title", "reason"),
    [
        ("Empresas 2024", "ok"),
        ("Pruebas nacionales de lectura", "ok"),
        ("PIB", "one_word"),
        ("De la", "one_word"),
        ("2019 2020", "one_word"),
        ("Covid-19", "ok"),
        ("matricula.csv", "file_name"),
        ("Ley 27.275 de acceso", "ok"),
        ("inscritos_por_sede", "file_name"),
        ("国分寺市_連絡先一覧", "ok"),
        ("PONE-D-15-23803", "code"),
        ("INEGI IPC BMV", "ok"),
        ("PAGOS A PROVEEDORES 2020", "capitals"),
        ("x y " * LONGEST, "too_long"),
        ("Datos del Ministerio de Finanzas", "publisher_only"),
        ("Ministerio de Finanzas: gasto", "ok"),
        ("test 3", "placeholder"),
        ("test-c", "placeholder"),
        ("Public Safety [egis_rest_services_Fire_Station_MapServer_0]", "ok"),
        ("[egis_rest_services_Fire_Station_MapServer_0]", "file_name"),
        ("CommunityActionAgencies", "joined"),
        ("Budget2024", "joined"),
        ("PETER0901", "code"),
        ("LDAP", "one_word"),
        ("土木出張所", "ok"),
        ("公衆トイレ", "ok"),
        ("公園", "one_word"),
        ("アンケート", "one_word"),
        ("งบประมาณแผ่นดิน", "ok"),
        ("โรงเรียน", "one_word"),
    ],
)
def test_titles(title: str, reason: str) -> None:
    assert rule(dataset_case(title={"es": title})).reason == reason


@pytest.mark.parametrize(
    ("title", "facts", "reason"),
    [
        ({"de": "Postbriefkästen"}, {}, "ok"),
        (
            {"": "Postbriefkästen"},
            {"languages": ("http://publications.europa.eu/resource/authority/language/DEU",)},
            "ok",
        ),
        ({"": "Abfallbehälter"}, {"description": {"": "Standorte der Behälter und Tonnen für Glas"}}, "ok"),
        ({"de": "Galerien"}, {}, "one_word"),
        ({"es": "Establecimientos"}, {}, "one_word"),
        ({"": "Infrastructure"}, {"description": {"": "Roads and bridges of the county"}}, "one_word"),
    ],
)
def test_languages_that_join_words(title: dict[str, str], facts: dict[str, Any], reason: str) -> None:
    assert rule(dataset_case(title=title, **{"languages": (), **facts})).reason == reason


def test_a_register_may_bear_the_name_of_its_publisher() -> None:
    name = "Registro Nacional de Productores"
    assert rule(dataset_case(title={"es": name}, publisher=Agent(name=name))).reason == "ok"
    court = "Juzgado Central"
    assert rule(dataset_case(title={"es": court}, publisher=Agent(name=court))).reason == "publisher_only"

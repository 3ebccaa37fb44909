"""Edges of `licence_consistent`: versions, general words, resources."""

import pytest

from atalaya.checks.dataset.licence_consistent import rule
from atalaya.checks.example_cases import dataset_case, distribution


@pytest.mark.parametrize(
    ("licence", "title", "rights", "reason"),
    [
        ("CC BY 3.0", "Creative Commons Attribution 4.0", None, "ok"),
        ("cc-by", "Creative Commons Attribution Share-Alike", None, "record"),
        ("cc-zero", "Dominio público", None, "ok"),
        ("cc-by", None, "Prohibida su reproducción", "record"),
        ("other-open", "Creative Commons Attribution 4.0", None, "ok"),
        (None, None, "Todos los derechos reservados", "none"),
        ("notspecified", None, None, "none"),
    ],
)
def test_statements(licence: str | None, title: str | None, rights: str | None, reason: str) -> None:
    assert rule(dataset_case(licence=licence, licence_title=title, rights=rights)).reason == reason


def test_the_address_counts_too() -> None:
    address = "https://creativecommons.org/licenses/by-nc/4.0/"
    assert rule(dataset_case(licence="cc-by", licence_url=address)).reason == "record"


def test_rights_of_the_dataset_contradict_the_licence_of_a_resource() -> None:
    items = (distribution(licence="cc-by"),)
    assert rule(dataset_case(licence=None, rights="All rights reserved", distributions=items)).reason == "resources"

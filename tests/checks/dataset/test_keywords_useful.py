"""Edges of `keywords_useful`: repeats, lists in one field, formats, numbers."""

import pytest

from atalaya.checks.dataset.keywords_useful import rule
from atalaya.checks.example_cases import dataset_case


@pytest.mark.parametrize(
    ("keywords", "reason"),
    [
        (("agua", "Agua", "AGUA"), "few"),
        (("agua", "riego", "lluvia"), "ok"),
        (("agua", "riego", "xlsx"), "few"),
        (("agua", "riego", "2024"), "few"),
        (("agua", "riego", ""), "fewer_written"),
        (("agua", "riego", "Presupuesto de ingresos de las municipalidades"), "few"),
        (("agua; riego; lluvia",), "joined"),
        (("agua, riego",), "fewer_written"),
        (("水", "人口", "統計"), "ok"),
        ((" ", ""), "missing"),
    ],
)
def test_keywords(keywords: tuple[str, ...], reason: str) -> None:
    assert rule(dataset_case(keywords=keywords)).reason == reason

"""Edges of `title_descriptive`: file names, codes, capitals, other scripts."""

import pytest

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
    ],
)
def test_titles(title: str, reason: str) -> None:
    assert rule(dataset_case(title={"es": title})).reason == reason

"""Names of datasets and themes: fit for addresses, apart from each other, the same however a theme is written."""

import re
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atalaya.publish.read_model import dataset_rows
from atalaya.publish.read_model.names import LONGEST, dataset_name, slug, theme_name

CKAN = re.compile(r"[a-z0-9_-]{2,100}")
"""What CKAN takes as a name."""


@given(title=st.text(max_size=300), identifier=st.text("abcdefghijklmnopqrstuvwxyz234567", min_size=26, max_size=26))
def test_every_title_gives_a_name_that_ckan_takes(title: str, identifier: str) -> None:
    name = dataset_name(title, identifier)
    assert CKAN.fullmatch(name)
    assert name.endswith(f"-{identifier[:12]}")


def test_two_datasets_of_one_title_have_two_names() -> None:
    assert dataset_name("Presupuesto", "a" * 26) != dataset_name("Presupuesto", "b" * 26)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Población por municipio (2024)", "poblacion-por-municipio-2024"),
        ("  ¡Ñandú!  ", "nandu"),
        ("統計", ""),
        ("", ""),
        ("ａｂｃ①", "abc1"),
    ],
)
def test_how_a_text_becomes_a_name(text: str, name: str) -> None:
    assert slug(text) == name


def test_a_long_title_is_cut_at_a_word() -> None:
    assert slug("palabra " * 30) == "-".join(["palabra"] * 12)
    assert slug("x" * 300) == "x" * LONGEST


@pytest.mark.parametrize(
    ("theme", "name"),
    [
        ("http://publications.europa.eu/resource/authority/data-theme/HEAL", "heal"),
        ("HEAL", "heal"),
        ("Salud", "heal"),
        ("Salud pública", "salud-publica"),
        ("https://portal.example/temas/Mi%20ciudad/", "mi-20ciudad"),
        ("!!", ""),
    ],
)
def test_how_a_theme_is_named(theme: str, name: str) -> None:
    assert theme_name(theme) == name


def test_spellings_of_a_theme_are_counted_together_and_titled_in_words() -> None:
    records: list[dict[str, Any]] = [
        {"record_id": "1", "themes": ["HEAL", "http://publications.europa.eu/resource/authority/data-theme/HEAL"]},
        {"record_id": "2", "themes": ["HEAL"]},
        {"record_id": "3", "themes": ["Salud", "Nuestra ciudad", "!!"]},
        {"record_id": "4", "themes": ["nuestra ciudad"]},
        {"record_id": "5", "themes": ["nuestra ciudad"]},
        {"record_id": "6", "themes": None},
        {"record_id": "aside", "themes": ["Nuestra ciudad"]},
    ]
    newest: Any = SimpleNamespace(observation=SimpleNamespace(rows=lambda table: records), aside={"aside": "twice"})
    assert list(dataset_rows.themes(newest)) == [("heal", "Salud", 3), ("nuestra-ciudad", "nuestra ciudad", 3)]

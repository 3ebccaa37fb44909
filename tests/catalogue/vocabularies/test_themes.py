"""Themes by code, label and address."""

import pytest

from atalaya.catalogue.vocabularies.themes import Theme, read_theme


@pytest.mark.parametrize(
    ("text", "theme"),
    [
        ("http://publications.europa.eu/resource/authority/data-theme/HEAL", Theme.KNOWN),
        ("Gesundheit", Theme.KNOWN),
        ("Agroganadería, pesca y forestación", Theme.KNOWN),
        ("climatologyMeteorologyAtmosphere", Theme.KNOWN),
        ("http://inspire.ec.europa.eu/theme/hy", Theme.KNOWN),
        ("https://datos.example.org/grupo/salud", Theme.OWN),
        ("Sin categoría", Theme.NOTHING),
        (" ", Theme.NOTHING),
        (None, Theme.NOTHING),
    ],
)
def test_themes(text: str | None, theme: Theme) -> None:
    assert read_theme(text) is theme

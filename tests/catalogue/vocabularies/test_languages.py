"""Languages by code, tag, address and name."""

import pytest

from atalaya.catalogue.vocabularies.languages import read_language


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("es", "es"), ("ES-gt", "es"), ("spa", "es"), ("ger", "de"), ("deu", "de"), ("español", "es"), ("English", "en"),
        ("http://id.loc.gov/vocabulary/iso639-1/ca", "ca"),
        ("http://publications.europa.eu/resource/authority/language/FRA/", "fr"),
        ("quc", "quc"), ("K'iche'", "quc"), ("no", "no"), ("tlh", "tlh"),
        ("xx", None), ("us-en", None), ("", None), (None, None), ("varios idiomas", None),
    ],
)  # fmt: skip
def test_languages(text: str | None, language: str | None) -> None:
    assert read_language(text) == language

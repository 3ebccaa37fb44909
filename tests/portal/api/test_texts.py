"""Texts of ours that machines carry to people, feeds, pictures and catalogues, are said in Spanish too."""

import pytest
from django.test import Client

from atalaya.portal.api.dcat.own import OWN
from atalaya.translations import missing


def test_the_observatorys_own_datasets_are_described_in_both_languages() -> None:
    texts = tuple(text for own in OWN for text in (own.title, own.description))
    assert len(texts) == 12
    assert missing(texts, "es", "portal") == ()


@pytest.mark.parametrize(
    ("place", "spanish", "english"),
    [
        ("ediciones.atom", "Edición del", "Edition of"),
        ("cambios.atom", "Qué cambió en los datos", "What changed in the data"),
        ("instituciones/uno/hallazgos.atom", "Hallazgos de Ministerio Uno", "Findings of Ministerio Uno"),
        ("instituciones/uno/insignia.svg", "de 100 puntos", "of 100 points"),
        ("instituciones/uno/tarjeta.svg", "de 100 puntos", "of 100 points"),
        ("datos-abiertos/", "Para máquinas", "For machines"),
    ],
)
def test_both_languages_are_spoken(visitor: Client, place: str, spanish: str, english: str) -> None:
    for prefix, here, elsewhere in (("/", spanish, english), ("/en/", english, spanish)):
        answer = visitor.get(prefix + place)
        assert here in answer.content.decode()
        assert elsewhere not in answer.content.decode()
        assert answer.headers["Content-Language"] == ("en" if prefix == "/en/" else "es")

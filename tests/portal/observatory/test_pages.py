"""Every page of the observatory answers in both languages, with its own words and nothing left untranslated."""

import pytest
from django.test import Client

from atalaya.portal.observatory.models import Dataset, Duty, Finding, Institution, Rule
from atalaya.portal.observatory.urls import urlpatterns

PAGES = (
    "home",
    "ranking",
    "institutions",
    "institution",
    "datasets",
    "dataset",
    "duties",
    "duty",
    "open_data",
    "findings",
    "finding",
    "changes",
    "sources",
    "method",
    "rule",
)


def addresses() -> dict[str, str]:
    """Name of a page → its address under the root of a language."""
    return {
        "home": "",
        "ranking": "indice/",
        "institutions": "instituciones/",
        "institution": f"instituciones/{Institution.objects.filter(datasets__gt=0).first().slug}/",
        "datasets": "datos/",
        "dataset": f"datos/{Dataset.objects.filter(resources__gt=0).first().id}/",
        "duties": "obligaciones/",
        "duty": f"obligaciones/{Duty.objects.first().id}/",
        "open_data": "datos-abiertos/",
        "findings": "hallazgos/",
        "finding": f"hallazgos/{Finding.objects.first().id}/",
        "changes": "cambios/",
        "sources": "fuentes/",
        "method": "metodo/",
        "rule": f"metodo/{Rule.objects.filter(kind='check').first().id}/",
    }


@pytest.mark.parametrize("language", ["es", "en"])
@pytest.mark.parametrize("name", PAGES)
def test_a_page_answers_in_its_language(visitor: Client, language: str, name: str) -> None:
    answer = visitor.get(("/en/" if language == "en" else "/") + addresses()[name])
    assert answer.status_code == 200
    assert answer.headers["Content-Language"] == language
    text = answer.content.decode()
    assert f'<html lang="{language}">' in text
    assert "<h1>" in text


def test_every_address_is_tried(published_portal: str) -> None:
    assert {pattern.name for pattern in urlpatterns} == set(PAGES) == set(addresses())

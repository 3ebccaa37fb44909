"""Every page of the observatory answers in both languages, with its own words and nothing left untranslated."""

import csv
import io

import orjson
import pytest
from django.http import HttpResponseBase
from django.test import Client
from python_calamine import CalamineWorkbook

from atalaya.portal.observatory.models import (
    Archived,
    Dataset,
    Duty,
    Edition,
    Finding,
    Institution,
    Resource,
    Rule,
    Topic,
    Vanished,
    Version,
)
from atalaya.portal.observatory.urls import urlpatterns

PAGES = (
    "home",
    "search",
    "ranking",
    "institutions",
    "institution",
    "datasets",
    "dataset",
    "resource",
    "preview",
    "version_changes",
    "downloads",
    "download",
    "archived",
    "sparql",
    "duties",
    "duty",
    "open_data",
    "findings",
    "finding",
    "changes",
    "letter",
    "languages",
    "language",
    "international",
    "international_index",
    "topics",
    "topic_guide",
    "topic",
    "vanished",
    "loss",
    "sources",
    "charts",
    "site_map",
    "method",
    "rule",
    "index_computation",
    "weights",
    "comparison",
    "moves",
    "calendar",
    "municipality",
    "improvement_plan",
    "what_if",
    "institution_moves",
    "computation",
    "institution_calendar",
)


def resource_place() -> str:
    """The address of a resource whose bytes changed between two observations."""
    resource = Resource.objects.get(id=Version.objects.filter(place=1).first().resource)
    return f"datos/{resource.dataset}/{resource.id}/"


def addresses() -> dict[str, str]:
    """Name of a page → its address under the root of a language."""
    slug = Institution.objects.filter(datasets__gt=0).first().slug
    return {
        "home": "",
        "search": "buscar/?q=salud",
        "ranking": "indice/",
        "institutions": "instituciones/",
        "institution": f"instituciones/{Institution.objects.filter(datasets__gt=0).first().slug}/",
        "datasets": "datos/",
        "dataset": f"datos/{Dataset.objects.filter(resources__gt=0).first().id}/",
        "resource": resource_place(),
        "preview": f"{resource_place()}vista-previa/",
        "version_changes": f"{resource_place()}comparacion/",
        "downloads": "descargas/",
        "download": f"descargas/{Edition.objects.get(newest=True).observation}/",
        "archived": f"archivo/{Archived.objects.filter(state='open').first().sha256}/",
        "sparql": "consultas/",
        "duties": "obligaciones/",
        "duty": f"obligaciones/{Duty.objects.first().id}/",
        "open_data": "datos-abiertos/",
        "findings": "hallazgos/",
        "finding": f"hallazgos/{Finding.objects.first().id}/",
        "changes": "cambios/",
        "letter": "carta/",
        "languages": "idiomas/",
        "language": "idiomas/mam/",
        "international": "internacional/",
        "international_index": "internacional/indekso/",
        "topics": "temas/",
        "topic_guide": "temas/como-hacer-uno/",
        "topic": f"temas/{Topic.objects.first().id}/",
        "vanished": "desaparecidos/",
        "loss": f"desaparecidos/{Vanished.objects.filter(level='dataset').first().id}/",
        "sources": "fuentes/",
        "charts": "graficas/",
        "site_map": "mapa/",
        "method": "metodo/",
        "rule": f"metodo/{Rule.objects.filter(kind='check').first().id}/",
        "index_computation": "indice/como-se-calcula/",
        "weights": "indice/que-pasaria/",
        "comparison": "comparar/",
        "moves": "ediciones/",
        "calendar": "calendario/",
        "municipality": "mi-municipio/",
        "improvement_plan": f"instituciones/{slug}/plan/",
        "what_if": f"instituciones/{slug}/que-pasaria/",
        "institution_moves": f"instituciones/{slug}/que-cambio/",
        "computation": f"instituciones/{slug}/como-se-calcula/",
        "institution_calendar": f"instituciones/{slug}/calendario/",
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


def _whole(answer: HttpResponseBase) -> bytes:
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


@pytest.mark.parametrize(
    "place", ["indice", "instituciones", "datos", "hallazgos", "cambios", "fuentes", "obligaciones"]
)
def test_every_list_has_the_same_rows_in_all_forms(visitor: Client, place: str) -> None:
    rows = list(csv.DictReader(io.StringIO(_whole(visitor.get(f"/{place}/?formato=csv")).decode("utf-8-sig"))))
    told = orjson.loads(_whole(visitor.get(f"/{place}/?formato=json")))
    sheet = (
        CalamineWorkbook.from_filelike(io.BytesIO(_whole(visitor.get(f"/{place}/?formato=xlsx"))))
        .get_sheet_by_index(0)
        .to_python()
    )
    assert len(rows) == len(told) == len(sheet) - 1 > 0
    assert list(rows[0]) == list(told[0]) == [str(cell) for cell in sheet[0]]


def test_a_list_asked_again_is_the_same_file(visitor: Client) -> None:
    one, again = (visitor.get("/indice/?formato=csv") for _ in range(2))
    assert _whole(one) == _whole(again)
    assert one.headers["Content-Disposition"] == again.headers["Content-Disposition"]
    assert one.headers["Content-Disposition"].startswith('attachment; filename="indice-')


def test_a_page_asked_again_is_kept_and_known_by_its_mark(visitor: Client) -> None:
    one, again = visitor.get("/indice/"), visitor.get("/indice/")
    assert (one.content, one.headers["ETag"]) == (again.content, again.headers["ETag"])
    assert visitor.get("/indice/", headers={"If-None-Match": one.headers["ETag"]}).status_code == 304


def test_an_institution_tells_its_duties_with_what_they_rest_on(visitor: Client) -> None:
    slug = Institution.objects.order_by("id").first().slug
    text = visitor.get(f"/instituciones/{slug}/").content.decode()
    assert "Sus obligaciones legales" in text
    assert "No aplica" in text
    assert "https://sitio.example/ley" in text


def test_what_a_page_does_not_know_of_its_address_is_not_handed_on(visitor: Client) -> None:
    text = visitor.get(f"/datos/?q={'a' * 9000}&otro=x").content.decode()
    assert len(text) < 8000
    assert "otro" not in text

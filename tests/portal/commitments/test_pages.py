"""The pages of plans say what the documents say, in both languages, and nothing that nobody stated."""

import io
import json
import re

import openpyxl
import pytest
from django.test import Client

from atalaya.portal.commitments.models import Commitment, Reading
from atalaya.portal.commitments.services import Said, read, withdraw
from atalaya.portal.commitments.urls import urlpatterns

PAGES = {
    "plans": "planes/",
    "plan": "planes/1/",
    "commitment": "planes/1/compromisos/1/",
    "assessments": "planes/1/autoevaluacion/",
    "plan_timeline": "planes/1/cronologia/",
    "plans_compared": "planes/comparacion/",
    "plan_search": "planes/buscar/?q=datos",
    "institution_commitments": "instituciones/uno/compromisos/",
}
EMPTY = (PAGES["institution_commitments"], PAGES["assessments"])
"""Pages that have nothing to tell in the country of the tests."""
CONSOLE = None


def text_of(visitor: Client, path: str) -> str:
    answer = visitor.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize("language", ["es", "en"])
@pytest.mark.parametrize("name", PAGES)
def test_a_page_answers_in_its_language(visitor: Client, name: str, language: str) -> None:
    text = text_of(visitor, ("/en/" if language == "en" else "/") + PAGES[name])
    assert f'<html lang="{language}">' in text
    assert "<h1>" in text
    assert "None" not in re.sub(r"<[^>]+>", "", text)


def test_every_address_is_tried() -> None:
    assert {pattern.name for pattern in urlpatterns} == {*PAGES, "plan_file", "plans_everything"}


def test_a_commitment_tells_what_changed_and_what_is_no_longer_promised(visitor: Client) -> None:
    text = text_of(visitor, "/planes/1/compromisos/1/")
    assert "Se modificó «Fecha de término»: decía 31 de diciembre de 2026 y ahora dice 31 de marzo de 2027." in text
    assert "Se eliminó a Asociación Inventada de Datos de «Otros actores involucrados»." in text
    assert "El hito 1 prometía 12 conjuntos de datos prioritarios; ahora promete 8." in text
    assert "El hito 2 ya no menciona esta colaboración: Asociación Inventada de Datos." in text
    assert "<ins>" in text
    assert "<del>" in text


def test_what_is_not_known_is_shown_as_not_known(visitor: Client) -> None:
    text = text_of(visitor, "/planes/1/")
    assert "Título no conocido" in text
    assert "no se sabe quién es responsable" in text
    assert "De 1 compromiso más no se conoce nada." in text
    assert "nadie ha dicho cómo va" in text


def test_a_page_is_known_by_what_it_says_and_gives_no_cookie(visitor: Client) -> None:
    one = visitor.get("/planes/1/")
    assert not one.cookies
    assert visitor.get("/planes/1/", headers={"If-None-Match": one.headers["ETag"]}).status_code == 304


@pytest.mark.parametrize(
    "path",
    ["planes/9/", "planes/1/compromisos/77/", "planes/1/plan.exe", "planes/9/plan.json"],
)
def test_what_is_not_there_is_not_found(visitor: Client, path: str) -> None:
    assert visitor.get(f"/{path}").status_code == 404


@pytest.mark.parametrize("path", PAGES.values())
@pytest.mark.parametrize("form", ["csv", "xlsx", "json"])
def test_every_list_is_a_file(visitor: Client, path: str, form: str) -> None:
    answer = visitor.get(f"/{path}{'&' if '?' in path else '?'}formato={form}")
    body = b"".join(answer.streaming_content)  # type: ignore[attr-defined]
    assert answer.headers["Content-Disposition"].endswith(f'.{form}"')
    if form == "json":
        assert json.loads(body) or path in EMPTY
    if form == "xlsx":
        assert openpyxl.load_workbook(io.BytesIO(body)).active.max_row > (0 if path in EMPTY else 1)


def test_the_whole_plan_is_a_workbook_and_values(visitor: Client) -> None:
    book = openpyxl.load_workbook(io.BytesIO(visitor.get("/planes/1/plan.xlsx").content))
    assert [cell.value for cell in book["commitments"]["A"]][1:] == [1, 2, 3, 4, 5]
    assert visitor.get("/en/planes/1/plan.json").json()["title"].startswith("Plan de Acción")


def test_voices_stand_side_by_side_and_a_withdrawn_reading_stays(visitor: Client) -> None:
    commitment = Commitment.objects.get(plan=1, number=2)
    one = read(CONSOLE, commitment, said("institution", "complete", urls=("https://sitio.example/informe",)))
    read(CONSOLE, commitment, said("technical_table", "started"))
    try:
        text = text_of(visitor, "/planes/1/compromisos/2/")
        assert re.search(r"La institución dice</dt><dd>Completado", text)
        assert re.search(r"La mesa técnica dice</dt><dd>Iniciado", text)
        assert "https://sitio.example/informe" in text
        withdraw(CONSOLE, one, "Se envió por error")
        text = text_of(visitor, "/planes/1/compromisos/2/")
        assert re.search(r"La institución dice</dt><dd><span class=\"soft\">nada todavía", text)
        assert "<s>Completado</s>" in text
    finally:
        Reading.objects.all().delete()


def said(voice: str, level: str, **values: object) -> Said:
    from django.utils.timezone import localdate  # noqa: PLC0415

    return Said(milestone="2.1", voice=voice, level=level, on=localdate(), **values)  # type: ignore[arg-type]

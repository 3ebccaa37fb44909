"""The public pages of bodies and sessions, over the invented table of the sample country and its one session."""

import io
import json
import re

import openpyxl
import pikepdf
import pytest
from django.test import Client

from atalaya.portal.meetings.urls import urlpatterns

SESSION = "mesa-2025-11-20"
PAGES = {
    "agreements": "acuerdos/",
    "bodies": "organos/",
    "body": "organos/mesa-tecnica/",
    "compliance": "cumplimiento/",
    "follow_up": "seguimiento/",
    "meeting": f"sesiones/{SESSION}/",
    "meetings": "sesiones/",
    "standard": "normas/contratos-de-muestra/",
    "standards": "normas/",
    "sessions": "planes/1/mesa-tecnica/",
}
FILES = {
    "body_calendar": "organos/mesa-tecnica/sesiones.ics",
    "meeting_calendar": f"sesiones/{SESSION}/convocatoria.ics",
    "standard_file": "normas/contratos-de-muestra/1/",
    "meeting_pdf": f"sesiones/{SESSION}/acta.pdf",
}


def text_of(visitor: Client, path: str) -> str:
    answer = visitor.get(path)
    assert answer.status_code == 200, path
    return answer.content.decode()


def rows_of(visitor: Client, path: str) -> list[dict[str, object]]:
    return json.loads(b"".join(visitor.get(path)))


def test_every_address_is_tried() -> None:
    assert {pattern.name for pattern in urlpatterns} == {*PAGES, *FILES}


@pytest.mark.parametrize("language", ["es", "en"])
@pytest.mark.parametrize("name", PAGES)
def test_a_page_answers_in_its_language_and_gives_no_cookie(visitor: Client, name: str, language: str) -> None:
    path = ("/en/" if language == "en" else "/") + PAGES[name]
    answer = visitor.get(path)
    text = answer.content.decode()
    assert f'<html lang="{language}">' in text
    assert "<h1>" in text
    assert not re.search(r"\bNone\b|&amp;#", re.sub(r"<[^>]+>", "", text))
    assert not answer.cookies
    assert visitor.get(path, headers={"If-None-Match": answer.headers["ETag"]}).status_code == 304


@pytest.mark.parametrize("path", PAGES.values())
@pytest.mark.parametrize("form", ["csv", "xlsx", "json"])
def test_every_list_is_a_file(visitor: Client, path: str, form: str) -> None:
    answer = visitor.get(f"/{path}?formato={form}")
    body = b"".join(answer)
    assert answer.headers["Content-Disposition"].endswith(f'.{form}"')
    if form == "json":
        assert isinstance(json.loads(body), list)
    if form == "xlsx":
        assert openpyxl.load_workbook(io.BytesIO(body)).active.max_row >= 1


@pytest.mark.parametrize(
    "path", ["organos/nada/", "sesiones/nada/", "planes/9/mesa-tecnica/", "sesiones/nada/acta.pdf"]
)
def test_what_is_not_there_is_not_found(visitor: Client, path: str) -> None:
    assert visitor.get(f"/{path}").status_code == 404


def test_the_matrix_tells_who_did_not_report(visitor: Client) -> None:
    text = text_of(visitor, "/planes/1/mesa-tecnica/")
    assert "3 informes de hitos." in text
    assert "No se informó todo sobre los compromisos 1, 3, 4, 5, 6." in text
    rows = rows_of(visitor, "/planes/1/mesa-tecnica/?formato=json")
    assert {(row["compromiso"], row["hito"]) for row in rows if row["estado"] == "not_reported"} >= {(1, "2"), (3, "1")}


def test_a_body_shows_who_sits_in_it_by_sector_and_who_left_and_why(visitor: Client) -> None:
    text = text_of(visitor, "/organos/mesa-tecnica/")
    assert text.index("Instituciones públicas") < text.index("Sociedad civil") < text.index("Quiénes se fueron")
    assert "Asociación Inventada de Datos" in text[: text.index("Quiénes se fueron")]
    left = text[text.index("Quiénes se fueron") :]
    assert "Red Inventada de Vecinos" in left
    assert "se retiró. " in left
    assert "No se respondió a sus propuestas" in left
    rows = rows_of(visitor, "/organos/mesa-tecnica/?formato=json")
    assert {(row["nombre"], row["hasta"], row["como_termino"]) for row in rows if row["hasta"]} == {
        ("Red Inventada de Vecinos", "2025-09-30", "withdrew")
    }
    assert [row["sesion"] for row in rows_of(visitor, "/organos/mesa-tecnica/?lista=sesiones&formato=json")] == [
        SESSION
    ]


def test_a_session_shows_what_was_reported_and_what_was_not_and_what_nobody_knows(visitor: Client) -> None:
    text = text_of(visitor, f"/sesiones/{SESSION}/")
    assert "No se informó todo sobre los compromisos 1, 3, 4, 5, 6." in text
    assert "Nadie anotó quiénes asistieron." in text
    assert "No se conoce ningún acuerdo." in text
    assert "No se conoce ningún acta." in text
    rows = rows_of(visitor, f"/sesiones/{SESSION}/?formato=json")
    assert [(row["institucion"], row["compromiso"], row["hito"]) for row in rows] == [
        ("SGMX", 1, "1"),
        ("SPMX", 2, "1"),
        ("SPMX", 2, "2"),
    ]
    assert len(rows_of(visitor, f"/sesiones/{SESSION}/?lista=agenda&formato=json")) == 2


def test_the_panel_counts_nothing_that_nobody_recorded(visitor: Client) -> None:
    rows = {row["obligacion"]: row for row in rows_of(visitor, "/cumplimiento/?formato=json")}
    assert rows["forum_meets"]["ultima_vez"] == "2025-11-20"
    assert rows["forum_meets"]["vence"] == "2026-05-20"
    assert (rows["website"]["situacion"], rows["website"]["ultima_vez"]) == ("unknown", None)
    assert rows["repository"]["texto_verificado"] is False
    text = text_of(visitor, "/cumplimiento/")
    assert "conocida solo por fuentes secundarias" in text
    assert f"/sesiones/{SESSION}/" in text


def test_the_space_of_follow_up_tells_what_is_late_and_silent(visitor: Client) -> None:
    rows = rows_of(visitor, "/seguimiento/?formato=json")
    assert ("sesion_no_celebrada", "2026-04") in {(row["que"], row["fecha"]) for row in rows}
    silent = [row["texto"] for row in rows if row["que"] == "compromiso_sin_informe_completo"]
    assert silent == [1, 3, 4, 5, 6]
    text = text_of(visitor, "/seguimiento/")
    assert "No se sabe que se haya celebrado la sesión anunciada para abril de 2026." in text


@pytest.mark.parametrize("path", [FILES["body_calendar"], FILES["meeting_calendar"]])
def test_a_calendar_holds_the_session(visitor: Client, path: str) -> None:
    answer = visitor.get(f"/{path}")
    assert answer.headers["Content-Type"].startswith("text/calendar")
    lines = answer.content.decode().replace("\r\n ", "").split("\r\n")
    assert f"UID:{SESSION}@" in "\n".join(lines)
    assert {"DTSTART;VALUE=DATE:20251120", "SEQUENCE:0", "STATUS:CONFIRMED"} <= set(lines)


@pytest.mark.parametrize(
    ("prefix", "language", "title"), [("/", "es", "Registro de una sesión"), ("/en/", "en", "Record of a session")]
)
def test_a_printed_session_is_tagged_has_a_title_and_a_language_and_says_that_it_is_no_minutes(
    visitor: Client, prefix: str, language: str, title: str
) -> None:
    answer = visitor.get(f"{prefix}{FILES['meeting_pdf']}")
    assert (answer.headers["Content-Type"], answer.headers["Content-Language"]) == ("application/pdf", language)
    with pikepdf.open(io.BytesIO(answer.content)) as pdf:
        assert str(pdf.Root.Lang) == language
        assert pdf.Root.MarkInfo.Marked
        assert pdf.Root.ViewerPreferences.DisplayDocTitle
        kinds = {str(node.S) for node in nodes(pdf.Root.StructTreeRoot)}
        assert {"/H1", "/H2", "/P", "/Table", "/TH", "/TD", "/LI"} <= kinds
        assert all("/Alt" in node for node in nodes(pdf.Root.StructTreeRoot) if str(node.S) == "/Figure")
        with pdf.open_metadata() as told:
            assert told["dc:title"].startswith(title)
            assert "20" in told["dc:title"]
            assert told["pdfuaid:part"] == "1"


def nodes(root: pikepdf.Object) -> list[pikepdf.Object]:
    """Every element of structure below one."""
    children = root.get("/K")
    listed = children if isinstance(children, pikepdf.Array) else [children]
    below = [each for each in listed if isinstance(each, pikepdf.Dictionary) and "/S" in each]
    return [found for each in below for found in (each, *nodes(each))]

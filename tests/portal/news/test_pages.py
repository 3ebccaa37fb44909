"""Pages, files, feeds and the API of communiqués, as a visitor gets them, and the pages of those who write them."""

import csv
import io
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any
from xml.etree import ElementTree

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.utils import timezone
from openpyxl import load_workbook

from atalaya.portal.accounts.services import CONSOLE
from atalaya.portal.news import services
from atalaya.portal.news.models import Communique
from tests.portal.conftest import ANNOUNCED, ROLES
from tests.portal.files.hostile import picture
from tests.portal.news.test_services import GIVEN

PAGE = f"/comunicados/{ANNOUNCED['id']}/"


@pytest.fixture(autouse=True)
def undone(published_portal: str) -> Iterator[None]:
    """What a test does is undone."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def text_of(client: Client, place: str, status: int = 200) -> str:
    answer = client.get(place)
    assert answer.status_code == status, place
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return str(body.decode("utf-8-sig"))


def test_a_communique_shows_all_that_is_told_of_it(visitor: Client) -> None:
    page = text_of(visitor, PAGE)
    for said in (
        "Anuncio inventado sobre contrataciones",
        "14 de marzo de 2025",
        "Gobierno de ahora",
        "<strong>inventado</strong>",
        'href="https://inventada.example/nota"',
        '<th scope="col">Hito</th>',
        "Video en video.example:",
        "Acta inventada",
        'href="/planes/1/compromisos/1/"',
        'href="/sesiones/mesa-2025-11-20/"',
        "Nadie lo comunicó.",
        "?etiqueta=inventado",
    ):
        assert said in page, said
    assert "<iframe" not in page
    assert "Government of now" in text_of(visitor, f"/en{PAGE}")


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("", 1),
        ("?q=contratación", 1),
        ("?q=contratacion+anuncios", 1),
        ("?q=marciano", 0),
        ("?anio=2025", 1),
        ("?anio=2024", 0),
        ("?anio=dos", 1),
        ("?periodo=2024-2028", 1),
        ("?periodo=2020-2024", 0),
        ("?periodo=nunca", 0),
        ("?institucion=uno", 1),
        ("?institucion=dos", 0),
        ("?institucion=nadie", 0),
        ("?etiqueta=inventado", 1),
        ("?etiqueta=otra", 0),
        ("?sobre=plan:1", 1),
        ("?sobre=commitment:1/1", 1),
        ("?sobre=milestone:1/1/1", 1),
        ("?sobre=milestone:1/1/2", 0),
        ("?sobre=session:mesa-2025-11-20", 1),
        ("?sobre=otra:cosa", 1),
        ("?pagina=99", 1),
    ],
)
def test_filters_of_the_list_and_of_its_files_are_the_same(visitor: Client, query: str, count: int) -> None:
    page = text_of(visitor, f"/comunicados/{query}")
    assert page.count('<article class="news">') == count
    join = "&" if query else "?"
    assert len(json.loads(text_of(visitor, f"/comunicados/{query}{join}formato=json"))) == count
    assert len(json.loads(text_of(visitor, f"/comunicados.json{query}"))["items"]) == count


def test_lists_and_pages_are_real_files(visitor: Client) -> None:
    rows = list(csv.DictReader(io.StringIO(text_of(visitor, "/comunicados/?formato=csv"))))
    assert [(row["titulo"], row["emisor"], row["periodo"]) for row in rows] == [
        (ANNOUNCED["title"], "zz:uno", "2024-2028")
    ]
    assert rows[0]["direccion"] == f"http://testserver{PAGE}"
    for place in ("/comunicados/", PAGE):
        answer = visitor.get(f"{place}?formato=xlsx")
        sheet = load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active
        assert sheet.max_row > 1
    one = list(csv.DictReader(io.StringIO(text_of(visitor, f"{PAGE}?formato=csv"))))
    told = {(row["parte"], row["texto"], row["direccion"]) for row in one}
    assert ("texto: tabla", "1 | listo", "") in told
    assert ("video", "video.example", "https://video.example/ver?v=1") in told
    assert (
        "milestone",
        "1/1/1: Plan 1, compromiso 1, hito 1: Publicar los datos que la ciudadanía pidió",
        "http://testserver/planes/1/compromisos/1/",
    ) in told


def test_the_printed_sheet_is_a_pdf(visitor: Client) -> None:
    answer = visitor.get(f"{PAGE}comunicado.pdf")
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "application/pdf")
    assert answer.content.startswith(b"%PDF-")
    assert visitor.get("/comunicados/nadie/comunicado.pdf").status_code == 404


def test_feeds_tell_the_same_in_their_own_forms(visitor: Client) -> None:
    atom = ElementTree.fromstring(visitor.get("/comunicados.atom").content)
    space = "{http://www.w3.org/2005/Atom}"
    entry = atom.find(f"{space}entry")
    assert entry is not None
    assert entry.find(f"{space}title").text == ANNOUNCED["title"]
    assert "<strong>inventado</strong>" in entry.find(f"{space}content").text
    rss = ElementTree.fromstring(visitor.get("/en/comunicados.rss").content)
    item = rss.find("channel/item")
    assert item.find("link").text == f"http://testserver/en{PAGE}"
    assert item.find("guid").text == f"urn:atalaya:communique:{ANNOUNCED['id']}"
    feed = visitor.get("/comunicados.json").json()
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["items"][0]["tags"] == ["inventado"]


def test_what_is_not_public_is_nowhere(visitor: Client) -> None:
    draft, _ = services.write(CONSOLE, GIVEN)
    waiting = services.schedule(CONSOLE, services.write(CONSOLE, GIVEN)[0], timezone.now() + timedelta(hours=1))
    for row in (draft, waiting):
        for place in (
            f"/comunicados/{row.slug}/",
            f"/comunicados/{row.slug}/?formato=csv",
            f"/comunicados/{row.slug}/comunicado.pdf",
            f"/api/v1/communiques/{row.slug}",
        ):
            assert visitor.get(place).status_code == 404, place
        for place in (
            "/comunicados/",
            "/comunicados/?formato=csv",
            "/comunicados.atom",
            "/comunicados.rss",
            "/comunicados.json",
            "/api/v1/communiques",
            "/buscar/?q=política",
            "/comunicados/?q=política",
        ):
            assert row.slug not in text_of(visitor, place), place


def test_pages_change_when_what_is_announced_does_and_when_an_hour_comes(
    visitor: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    hour = timezone.now() + timedelta(hours=1)
    row = services.schedule(CONSOLE, services.write(CONSOLE, GIVEN)[0], hour)
    places = ("/comunicados/", "/comunicados.atom", "/api/v1/communiques", "/buscar/?q=politica")
    marks = {place: visitor.get(place).headers["ETag"] for place in places}
    assert all(visitor.get(place, headers={"If-None-Match": mark}).status_code == 304 for place, mark in marks.items())
    monkeypatch.setattr(timezone, "now", lambda: hour)
    for place, mark in marks.items():
        answer = visitor.get(place, headers={"If-None-Match": mark})
        assert answer.status_code == 200, place
        assert row.slug in answer.content.decode(), place


def test_a_correction_is_visible_with_what_was_said_before(visitor: Client) -> None:
    row = services.publish(CONSOLE, services.write(CONSOLE, GIVEN)[0])
    services.correct(CONSOLE, row, replace(GIVEN, body="Se acordó cambiarla."), "la palabra era otra")
    page = text_of(visitor, f"/comunicados/{row.slug}/")
    assert "la palabra era otra" in page
    assert "<del>actualizarla</del><ins>cambiarla</ins>" in page
    told = visitor.get(f"/api/v1/communiques/{row.slug}").json()
    assert told["corrections"][0]["before"] == {"body": "Se **acordó** actualizarla.\n"}
    assert told["html"] == "<p>Se acordó cambiarla.</p>"


def test_what_is_withdrawn_says_so_and_hides_its_text_where_it_must(visitor: Client) -> None:
    row = services.publish(CONSOLE, services.write(CONSOLE, GIVEN)[0])
    services.correct(CONSOLE, row, replace(GIVEN, body="Se acordó cambiarla."), "la palabra era otra")
    services.withdraw(CONSOLE, row, "contenía datos personales", hidden=True)
    page = text_of(visitor, f"/comunicados/{row.slug}/")
    assert "contenía datos personales" in page
    assert "retirado" in text_of(visitor, "/comunicados/")
    places = (
        f"/comunicados/{row.slug}/",
        f"/comunicados/{row.slug}/?formato=json",
        f"/api/v1/communiques/{row.slug}",
        "/comunicados.atom",
        "/comunicados.rss",
        "/comunicados.json",
        "/comunicados/?formato=csv",
    )
    for place in places:
        said = text_of(visitor, place)
        assert "cambiarla" not in said, place
        assert "actualizarla" not in said, place


def test_things_lead_back_to_what_was_announced_about_them(visitor: Client) -> None:
    for place in ("/planes/1/", "/planes/1/compromisos/1/", "/sesiones/mesa-2025-11-20/"):
        assert f'href="{PAGE}"' in text_of(visitor, place), place
    assert f'href="{PAGE}"' not in text_of(visitor, "/planes/1/compromisos/2/")
    assert 'href="/comunicados/?institucion=uno"' in text_of(visitor, "/instituciones/uno/")
    assert f'href="{PAGE}"' in text_of(visitor, "/buscar/?q=contrataciones")


def test_before_and_after_are_neighbours_by_day(visitor: Client) -> None:
    row = services.publish(CONSOLE, services.write(CONSOLE, GIVEN)[0])
    assert re.search(rf'rel="prev" href="{PAGE}"', text_of(visitor, f"/comunicados/{row.slug}/"))
    assert re.search(rf'rel="next" href="/comunicados/{row.slug}/"', text_of(visitor, PAGE))


def test_the_desk_takes_a_communique_from_paste_to_withdrawal(
    new_client: Callable[..., Client], new_person: Callable[..., Any], visitor: Client
) -> None:
    client = new_client()
    client.force_login(new_person(ROLES["focal_point"]))
    fields = {
        "issuer": "zz:uno",
        "on": "2026-05-22",
        "title": "Por la ventanilla",
        "tags": "uno, dos",
        "body": "<p class=MsoNormal>Hola<o:p></o:p> <script>alert(1)</script><img src=x></p>",
        "about": "1/1\nUNO",
    }
    wrong = client.post("/redaccion/nuevo/", {**fields, "about": "9/9"})
    assert re.search("plan 9(?!/)", wrong.content.decode())
    answer = client.post("/redaccion/nuevo/", fields, follow=True)
    page = answer.content.decode()
    assert "imágenes (1)" in page
    assert "<p>Hola</p>" in page
    row = Communique.objects.get(title="Por la ventanilla")
    place = f"/redaccion/{row.pk}/"
    late = client.post(place, {"step": "schedule", "at": "2001-01-01T08:00"})
    assert "una hora por venir" in late.content.decode()
    assert "escriba el día y la hora" in client.post(place, {"step": "schedule", "at": "mañana"}).content.decode()
    soon = (timezone.now() + timedelta(days=2)).strftime("%Y-%m-%dT%H:%M")
    assert "Se publicará" in client.post(place, {"step": "schedule", "at": soon}, follow=True).content.decode()
    assert text_of(visitor, f"/comunicados/{row.slug}/", 404)
    client.post(place, {"step": "publish"})
    assert "Hola" in text_of(visitor, f"/comunicados/{row.slug}/")
    corrected = client.post(f"{place}texto/", {**fields, "body": "Adiós", "why": "era despedida"}, follow=True)
    assert "La corrección está publicada." in corrected.content.decode()
    assert "era despedida" in text_of(visitor, f"/comunicados/{row.slug}/")
    client.post(place, {"step": "withdraw", "why": "ya no vale"})
    assert "ya no vale" in text_of(visitor, f"/comunicados/{row.slug}/")
    assert client.get(f"{place}texto/").status_code == 302


def test_nobody_writes_at_a_desk_that_is_not_theirs(everybody: dict[str, Client]) -> None:
    row, _ = services.write(CONSOLE, GIVEN)
    other = services.write(CONSOLE, GIVEN)[0]
    Communique.objects.filter(pk=other.pk).update(issuer="zz:dos")
    for name in ("public", "organisation", "focal_point"):
        for place in (f"/redaccion/{other.pk}/", f"/redaccion/{other.pk}/texto/"):
            assert everybody[name].post(place, {"step": "publish"}).status_code in (403, 404)
        assert f"/redaccion/{other.pk}/" not in everybody[name].get("/redaccion/").content.decode()
    assert f"/redaccion/{row.pk}/" in everybody["focal_point"].get("/redaccion/").content.decode()
    assert Communique.objects.get(pk=other.pk).state == "draft"


def test_photographs_are_shown_with_what_they_show_and_whose_they_are(
    new_client: Callable[..., Client], new_person: Callable[..., Any], visitor: Client
) -> None:
    person, client = new_person(ROLES["focal_point"]), new_client()
    client.force_login(person)
    row, _ = services.write(person, GIVEN)
    place = f"/redaccion/{row.pk}/fotos/"
    said = {"alternative": "Tres personas inventadas", "credit": "Nadie"}
    lacking = client.post(place, {"file": _photograph(), "alternative": "", "credit": ""})
    assert lacking.status_code == 200
    assert not row.pictures.exists()
    assert client.post(place, {"file": _photograph(), **said}).status_code == 302
    (held,) = row.pictures.all()
    address = f"/comunicados/{row.slug}/fotos/{held.file.key}/small"
    assert 'alt="Tres personas inventadas"' in text_of(client, place)
    assert visitor.get(address).status_code == 404
    services.publish(person, row)
    answer = visitor.get(address)
    assert (answer.status_code, answer.headers["X-Content-Type-Options"]) == (200, "nosniff")
    assert b"".join(answer.streaming_content).startswith((b"\x89PNG", b"\xff\xd8", b"RIFF"))
    page = text_of(visitor, f"/comunicados/{row.slug}/")
    assert f'src="{address}" alt="Tres personas inventadas"' in page
    assert "Fotografía: Nadie" in page
    assert visitor.get(f"/api/v1/communiques/{row.slug}").json()["pictures"][0]["credit"] == "Nadie"
    assert "diga por qué se corrige" in client.post(place, {"remove": held.pk}).content.decode()
    assert client.post(place, {"remove": held.pk, "why": "no era de ese día"}).status_code == 302
    assert visitor.get(address).status_code == 404
    page = text_of(visitor, f"/comunicados/{row.slug}/")
    assert "no era de ese día" in page
    assert "<del>Tres personas inventadas</del>" in page


def _photograph() -> SimpleUploadedFile:
    return SimpleUploadedFile("foto.png", picture(), content_type="image/png")

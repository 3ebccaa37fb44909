"""The forms of those who keep plans: nothing is published unseen, nothing of anybody is lost, and each speaks for their own."""

import html
import io
import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils.timezone import localdate

from atalaya.commitments.plan import Listing
from atalaya.commitments.plan import Plan as PlanValue
from atalaya.portal.accounts.trail import entries
from atalaya.portal.commitments.models import Comment, Reading, Upload, Version
from atalaya.portal.commitments.stored import store_plan, stored_plan
from atalaya.portal.observatory.models import Institution
from atalaya.publish.plan_files import json_of, workbook_of
from tests.portal.conftest import ROLES

DESK = "/gestion/planes/"
VERSION = f"{DESK}7/compromisos/1/version/"
READING = f"{DESK}7/compromisos/1/lectura/"
COMMENT = f"{DESK}7/compromisos/1/comentar/"
ROUND = f"{DESK}7/sesion/"
LESS = {
    "m0-text": "Elegir 5 conjuntos de datos prioritarios en una consulta ciudadana en línea",
    "m1-text": "Publicar los 5 conjuntos de datos prioritarios",
}
"""Fewer than the version that stands promises."""


@pytest.fixture
def signed_in(new_client: Callable[..., Client], new_person: Callable[..., Any]) -> Callable[[str], Client]:
    """A browser of somebody with a role."""

    def make(role: str) -> Client:
        client = new_client()
        client.force_login(new_person(ROLES[role]))
        return client

    return make


def fields(text: str) -> dict[str, list[str]]:
    """What a browser would send of a form as it stands."""
    found: dict[str, list[str]] = {}
    for tag in re.findall(r"<input([^>]*)>", text):
        told = dict(re.findall(r'([\w-]+)="([^"]*)"', tag))
        if "name" in told and (told.get("type") not in ("checkbox", "radio") or " checked" in tag):
            found.setdefault(told["name"], []).append(html.unescape(told.get("value", "")))
    for name, value in re.findall(r'<textarea[^>]* name="([^"]*)"[^>]*>(.*?)</textarea>', text, re.DOTALL):
        found.setdefault(name, []).append(html.unescape(value))
    return found


def opened(client: Client, **changed: str) -> dict[str, Any]:
    """The form of a new version as it is shown, with some fields changed."""
    return {**fields(client.get(VERSION).content.decode()), **changed}


def test_a_version_is_shown_before_it_is_published(plan: PlanValue, signed_in: Callable[[str], Client]) -> None:
    client = signed_in("analyst")
    sent = opened(client, **LESS)
    # Asked to publish what nobody saw, the page shows it first.
    shown = client.post(VERSION, {**sent, "act": "publish"}).content.decode()
    assert "El hito 1 prometía 8 conjuntos de datos prioritarios; ahora promete 5." in shown
    assert shown.count("se realizaron modificaciones al texto") == 2
    assert Version.objects.filter(commitment__plan=7, commitment__number=1).count() == 2
    answer = client.post(VERSION, {**fields(shown), "act": "publish"})
    assert answer.status_code == 302
    versions = stored_plan(7).commitments[0].versions
    assert [each.id for each in versions][:2] == ["2025-06", "2025-12"]
    assert versions[2].id == localdate().isoformat()
    assert versions[2].milestones[0].text.startswith("Elegir 5 ")
    assert replace(versions[2].milestones[0], text="") == replace(versions[1].milestones[0], text="")
    assert versions[2].milestones[1].measured == versions[1].milestones[1].measured != ()
    assert next(iter(entries("commitments.version"))).label == "added"
    assert "Cambio de fondo" in client.get("/planes/7/compromisos/1/").content.decode()


def test_a_correction_takes_nothing_away(plan: PlanValue, signed_in: Callable[[str], Client]) -> None:
    client = signed_in("analyst")
    less = opened(client, kind="correction", **LESS)
    shown = client.post(VERSION, {**less, "act": "preview"}).content.decode()
    assert "una corrección no quita nada de lo prometido" in shown
    assert 'value="publish"' not in shown
    out = opened(client, kind="correction", **{"m1-out": "1"})
    assert "no agrega ni quita hitos" in client.post(VERSION, {**out, "act": "preview"}).content.decode()
    slip = opened(client, kind="correction", **{"v-problem": "Los datos que más se piden no se publicaban a tiempo."})
    shown = client.post(VERSION, {**slip, "act": "preview"}).content.decode()
    assert client.post(VERSION, {**fields(shown), "act": "publish"}).status_code == 302
    assert stored_plan(7).commitments[0].versions[-1].substance is False


def test_two_editors_notice_each_other_and_lose_nothing(plan: PlanValue, signed_in: Callable[[str], Client]) -> None:
    one, other = signed_in("analyst"), signed_in("administrator")
    mine = opened(one, **{"v-budget": "Q 100", "v-title": "Mi título", "m0-expected": "Doce conjuntos"})
    mine = fields(one.post(VERSION, {**mine, "act": "preview"}).content.decode())
    theirs = opened(other, **{"v-funding": "Fondo inventado", "v-title": "Su título", "m0-end": "2026-02"})
    theirs = fields(other.post(VERSION, {**theirs, "act": "preview"}).content.decode())
    assert other.post(VERSION, {**theirs, "act": "publish"}).status_code == 302
    shown = one.post(VERSION, {**mine, "act": "publish"}).content.decode()
    assert "Alguien publicó otra versión mientras usted escribía" in shown
    assert re.search(r"Ambas personas cambiaron estos campos[^<]*Título</p>", shown)
    assert "ahora dice febrero de 2026" in shown
    assert Version.objects.filter(commitment__plan=7, commitment__number=1).count() == 3
    assert one.post(VERSION, {**fields(shown), "act": "publish"}).status_code == 302
    last = stored_plan(7).commitments[0].versions[-1]
    assert (last.title, last.budget, last.funding) == ("Mi título", "Q 100", "Fondo inventado")
    assert (last.milestones[0].expected, str(last.milestones[0].end)) == ("Doce conjuntos", "2026-02")
    assert len(last.milestones) == 2


@pytest.mark.parametrize(
    ("name", "value", "why"),
    [
        ("v-start", "mañana", "no es una fecha"),
        ("m0-end", "2025-13", "no es una fecha del calendario"),
        ("m1-weight", "mucho", "no es un número"),
        ("m1-number", "1", "está dos veces"),
        ("m0-number", "", "está vacío"),
        ("m0-measured", "index", "está vacío"),
    ],
)
def test_what_cannot_be_read_is_named_and_kept(
    plan: PlanValue, signed_in: Callable[[str], Client], name: str, value: str, why: str
) -> None:
    client = signed_in("analyst")
    shown = client.post(VERSION, {**opened(client, **{name: value}), "act": "preview"}).content.decode()
    assert why in re.sub("<[^>]+>", "", shown)
    assert fields(shown)[name][0].strip() == value
    assert Version.objects.filter(commitment__plan=7, commitment__number=1).count() == 2


def _led_by(plan: PlanValue, name: str) -> None:
    first = plan.commitments[0]
    version = replace(first.versions[-1], lead=Listing((name,)))
    store_plan(replace(plan, commitments=(replace(first, versions=(version,)), *plan.commitments[1:])))


def test_a_focal_point_speaks_for_its_institution_alone(plan: PlanValue, signed_in: Callable[[str], Client]) -> None:
    client = signed_in("focal_point")
    sent = {"milestone": "1", "voice": "institution", "level": "started", "on": localdate().isoformat()}
    assert client.get(READING).status_code == 403
    assert client.post(READING, sent).status_code == 403
    _led_by(plan, Institution.objects.get(id="zz:uno").name)
    assert "La mesa técnica dice" not in client.get(READING).content.decode()
    assert re.findall(r"/gestion/planes/(\d+)/compromisos/(\d+)/lectura/", client.get(DESK).content.decode()) == [
        ("7", "1")
    ]
    assert client.post(READING, {**sent, "voice": "reviewer"}).status_code == 200
    assert not Reading.objects.filter(commitment__plan=7).exists()
    assert client.post(READING, sent).status_code == 302
    made = Reading.objects.get(commitment__plan=7)
    assert (made.institution, made.voice) == ("zz:uno", "institution")
    assert client.get(VERSION).status_code == 403


def test_a_reading_comes_with_its_documents_and_is_taken_back(
    plan: PlanValue, signed_in: Callable[[str], Client]
) -> None:
    client = signed_in("analyst")
    sent = {
        "milestone": "2",
        "voice": "reviewer",
        "level": "substantial",
        "on": localdate().isoformat(),
        "percent": "60",
    }
    assert "diga dónde se puede ver" in client.post(READING, sent).content.decode()
    proof = {"url-1": "https://sitio.example/informe.pdf", "issuer-1": "Revisora Inventada", "licence-1": "CC BY 4.0"}
    assert client.post(READING, {**sent, **proof}).status_code == 302
    made = Reading.objects.get(commitment__plan=7)
    evidence = made.evidence.get()
    assert (made.share, evidence.url, evidence.issuer) == (0.6, proof["url-1"], "Revisora Inventada")
    place = f"{DESK}lecturas/{made.pk}/retirar/"
    assert "diga por qué" in client.post(place, {"why": " "}).content.decode()
    assert client.post(place, {"why": "Se envió por error"}).status_code == 302
    assert "<s>Sustancial</s>" in client.get("/planes/7/compromisos/1/").content.decode()
    assert signed_in("public").post(place, {"why": "x"}).status_code == 403


def test_the_readings_of_a_session_are_taken_together_or_not_at_all(
    plan: PlanValue, signed_in: Callable[[str], Client]
) -> None:
    client = signed_in("analyst")
    sent = {"voice": "technical_table", "on": localdate().isoformat(), "level-1-1": "started", "level-2-1": "complete"}
    shown = client.post(ROUND, sent).content.decode()
    assert "2.1: diga dónde se puede ver" in shown
    assert not Reading.objects.filter(commitment__plan=7).exists()
    assert client.post(ROUND, {**sent, "url": "https://sitio.example/acta"}).status_code == 302
    assert Reading.objects.filter(commitment__plan=7, voice="technical_table").count() == 2
    # What is done in bulk stands in the trail row by row, with the account and the route.
    told = list(entries("commitments.reading"))[:2]
    assert {(each.label, each.route) for each in told} == {("added", "plan_round")}
    assert all(each.account for each in told)
    assert "No llenó ningún hito" in client.post(ROUND, {"voice": "reviewer", "on": "2026-01-01"}).content.decode()
    assert "no es un día" in client.post(ROUND, {**sent, "on": "ayer"}).content.decode()


def test_citizens_are_heard_once_a_moderator_decides(plan: PlanValue, signed_in: Callable[[str], Client]) -> None:
    citizen, moderator = signed_in("public"), signed_in("analyst")
    for level, words in (("started", "Vi la consulta abierta."), ("no_evidence", "No encontré nada publicado.")):
        assert citizen.post(COMMENT, {"milestone": "1", "level": level, "text": words}).status_code == 302
    page = "/planes/7/compromisos/1/"
    assert "Vi la consulta" not in citizen.get(page).content.decode()
    first, second = Comment.objects.filter(commitment__plan=7)
    assert citizen.post(f"{DESK}comentarios/", {"comment": first.pk, "act": "show"}).status_code == 403
    for each in (first, second):
        assert moderator.post(f"{DESK}comentarios/", {"comment": each.pk, "act": "show"}).status_code == 302
    told = citizen.get(page).content.decode()
    assert "Vi la consulta abierta." in told
    assert "No encontré nada publicado." in told
    assert (
        "ya se había decidido"
        in moderator.post(f"{DESK}comentarios/", {"comment": first.pk, "act": "refuse", "why": "x"}).content.decode()
    )


def test_what_is_not_shown_of_a_comment_is_not_kept(plan: PlanValue, signed_in: Callable[[str], Client]) -> None:
    citizen, moderator = signed_in("public"), signed_in("analyst")
    citizen.post(COMMENT, {"milestone": "1", "level": "started", "text": "Llame al 5555 de Fulana Inventada"})
    made = Comment.objects.get(commitment__plan=7)
    place = f"{DESK}comentarios/"
    assert "diga por qué no se muestra" in moderator.post(place, {"comment": made.pk, "act": "refuse"}).content.decode()
    moderator.post(place, {"comment": made.pk, "act": "refuse", "why": "Tiene datos de una persona"})
    assert not any("Fulana" in str(each.values) for each in entries("commitments.comment"))
    assert Comment.objects.get(pk=made.pk).text == ""
    assert "Tiene datos de una persona" in citizen.get(COMMENT).content.decode()


def _sent(client: Client, name: str, body: bytes, **more: str) -> Any:
    return client.post(f"{DESK}importar/", {"file": SimpleUploadedFile(name, body), **more}, follow=True)


def test_an_edited_workbook_is_looked_at_and_then_taken_in(plan: PlanValue, signed_in: Callable[[str], Client]) -> None:
    client = signed_in("analyst")
    book = openpyxl.load_workbook(io.BytesIO(workbook_of(plan)))
    heads = {cell.value: cell.column for cell in book["milestones"][1]}
    book["milestones"].cell(2, heads["end"]).value = "2025-11"
    body = io.BytesIO()
    book.save(body)
    answer = _sent(client, "plan.xlsx", body.getvalue())
    told = answer.content.decode()
    assert "1 cambio" in told
    assert "octubre de 2025" in told
    assert stored_plan(7) == plan
    place = answer.redirect_chain[-1][0]
    assert signed_in("administrator").post(place, {"act": "confirm"}).status_code == 404
    assert client.post(place, {"act": "confirm"}).status_code == 302
    taken = stored_plan(7)
    assert str(taken.commitments[0].versions[0].milestones[0].end) == "2025-11"
    assert not Upload.objects.filter(pk=place.strip("/").rpartition("/")[2]).exists()
    milestone = replace(
        taken.commitments[0].versions[0].milestones[0], end=plan.commitments[0].versions[0].milestones[0].end
    )
    first = replace(
        taken.commitments[0].versions[0], milestones=(milestone, *taken.commitments[0].versions[0].milestones[1:])
    )
    restored = replace(taken.commitments[0], versions=(first, *taken.commitments[0].versions[1:]))
    assert replace(taken, commitments=(restored, *taken.commitments[1:])) == plan
    assert next(iter(entries("commitments.version"))).route == "plan_upload"


def test_one_bad_row_is_named_and_changes_nothing(plan: PlanValue, signed_in: Callable[[str], Client]) -> None:
    client = signed_in("analyst")
    body = b"of_commitment,of_version,number,end\r\n1,2025-06,1.1,nunca\r\n9,2025-06,1,2025\r\n"
    assert "elija el plan" in _sent(client, "milestones.csv", body).content.decode()
    answer = _sent(client, "milestones.csv", body, plan="7")
    told = re.sub(r"\s+", " ", re.sub("<[^>]+>", " ", answer.content.decode()))
    assert "milestones 2 end" in told
    assert "no es una fecha" in told
    place = answer.redirect_chain[-1][0]
    assert client.post(place, {"act": "confirm"}).status_code == 200
    assert stored_plan(7) == plan
    assert client.post(place, {"act": "drop"}).status_code == 302
    assert "no se puede leer" in _sent(client, "plan.pdf", b"%PDF-").content.decode()


def test_an_upload_over_what_others_changed_is_not_taken_in(
    plan: PlanValue, signed_in: Callable[[str], Client]
) -> None:
    client = signed_in("analyst")
    answer = _sent(client, "plan.json", json_of(replace(plan, title="Otro título")))
    store_plan(replace(plan, note="Cambiado por otra persona"))
    told = client.post(answer.redirect_chain[-1][0], {"act": "confirm"}).content.decode()
    assert "otras personas cambiaron el plan" in told
    assert stored_plan(7).note == "Cambiado por otra persona"
    assert stored_plan(7).title == plan.title

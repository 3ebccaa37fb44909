"""The pages of answers: three tasks at the desk, what everybody reads of an answer, and the queues of analysts."""

import csv
import io
import json
import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from atalaya.portal.observatory.models import Dataset, DutyVerdict, Finding, Step
from atalaya.portal.reports.services import send
from atalaya.portal.reports.subjects import subject_of
from atalaya.portal.reviews import looking, ruling, services
from atalaya.portal.reviews.models import Reply
from atalaya.portal.reviews.services import Said
from atalaya.portal.reviews.tasks import answered, three
from atalaya.portal.reviews.things import duty_thing
from tests.portal.reviews.making import REASON, URL, WHY, a_finding, disputed, drafted, ruled, say

NewClient = Callable[..., Client]


@pytest.fixture
def browser_of(new_client: NewClient) -> Callable[[Any], Client]:
    def make(person: Any) -> Client:
        client = new_client(raise_request_exception=False)
        client.force_login(person)
        return client

    return make


def text_of(answer: Any) -> str:
    assert answer.status_code == 200, answer.status_code
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return body.decode()


def test_three_tasks_not_three_hundred(focal: Any, missing_duty: DutyVerdict) -> None:
    assert Finding.objects.filter(institution="zz:uno").count() > 10
    found = three("zz:uno", say())
    assert 0 < len(found) <= 3
    best = Step.objects.filter(unit="zz:uno").exclude(level="institution").first()
    assert found[0].parts == (best.finding,)
    draft = drafted(focal)
    again = three("zz:uno", say())
    assert (again[0].kind, again[0].parts) == ("answer", (draft.thing,))
    assert [each.kind for each in three(missing_duty.institution, say())][:2] == ["finding", "duty"]


def test_what_was_answered_is_no_task_until_it_is_not_upheld(focal: Any, analysts: list[Any]) -> None:
    thing = a_finding()
    claimed = services.claim(focal, thing, timezone.localdate() + timedelta(days=3))
    assert answered("zz:uno") == {thing.id}
    services.step(focal, claimed, "give_up")
    assert answered("zz:uno") == frozenset()
    for outcome, settled in (("stands", False), ("pass", True)):
        reply = ruled(focal, *analysts[:2], outcome=outcome)
        assert (reply.thing in answered("zz:uno")) is settled
    asked = services.ask_again(focal, thing)
    assert thing.id not in answered("zz:uno")
    looking.finish(asked.pk, "pass", "zz-recheck")
    assert thing.id in answered("zz:uno")


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_the_desk_leads_to_tasks_answers_and_everything(
    focal: Any, browser_of: Callable[[Any], Client], prefix: str
) -> None:
    disputed(focal)
    client = browser_of(focal)
    text = text_of(client.get(f"{prefix}/mi-institucion/"))
    tasks = re.findall(r'<p class="title"><a href="([^"]+)"', text)
    assert 0 < len(tasks) <= 3
    for place in (*tasks, *re.findall(rf'href="({prefix}/mi-institucion/[^"]+)"', text)):
        text_of(client.get(place.replace("&amp;", "&")))
    for kind in ("finding", "duty", "answer"):
        place = f"{prefix}/mi-institucion/pendientes/?tipo={kind}"
        text_of(client.get(place))
        for form in ("csv", "json", "xlsx"):
            assert client.get(f"{place}&formato={form}").status_code == 200
    rows = json.loads(text_of(client.get("/mi-institucion/pendientes/?formato=json")))
    assert len(rows) == Finding.objects.filter(institution="zz:uno").count()
    one = min(row["prueba"] for row in rows)
    some = json.loads(text_of(client.get(f"/mi-institucion/pendientes/?prueba={one}&formato=json")))
    assert {row["prueba"] for row in some} == {one}
    assert len(some) < len(rows)


def test_a_dispute_is_written_sent_ruled_and_read_by_everybody(
    focal: Any, analysts: list[Any], browser_of: Callable[[Any], Client], visitor: Client
) -> None:
    thing = a_finding()
    place, public = f"/mi-institucion/hallazgos/{thing.id}/", f"/hallazgos/{thing.id}/"
    client = browser_of(focal)
    written = {"say": "dispute", "text": REASON, "url": URL}
    assert client.post(place, written).status_code == 302
    for nobody in (public, "/respuestas/", "/respuestas/?formato=json", "/hallazgos/?formato=csv"):
        assert REASON not in text_of(visitor.get(nobody))
        assert "Lo impugnamos: " not in text_of(visitor.get(nobody))
    assert client.post(place, {**written, "send": "1"}).status_code == 302
    text = text_of(visitor.get(public))
    assert "Lo impugnamos" in text
    assert REASON not in text
    assert URL not in text
    reply = Reply.objects.get(thing=thing.id)
    first, second = (browser_of(each) for each in analysts[:2])
    assert f"/revision/{reply.pk}/" in text_of(first.get("/revision/"))
    there = f"/revision/{reply.pk}/"
    assert REASON in text_of(first.get(there))
    text_of(first.post(there, {"step": "propose", "outcome": "", "why": WHY}))
    assert Reply.objects.get(thing=thing.id).state == "sent"
    first.post(there, {"step": "propose", "outcome": "not_applicable", "why": WHY})
    assert WHY not in text_of(visitor.get(public))
    assert "otra persona" in text_of(first.post(there, {"step": "confirm"}))
    assert second.post(there, {"step": "confirm"}).status_code == 302
    for read in (public, "/respuestas/"):
        text = text_of(visitor.get(read))
        for said in (REASON, WHY, "la regla no se aplica a este caso", URL):
            assert said in text
    rows = list(csv.DictReader(io.StringIO(text_of(visitor.get("/respuestas/?formato=csv")).lstrip("\ufeff"))))
    assert [(row["asunto"], row["resolucion"], row["razon"]) for row in rows] == [(thing.id, "not_applicable", WHY)]
    listed = csv.DictReader(io.StringIO(text_of(visitor.get("/hallazgos/?formato=csv")).lstrip("\ufeff")))
    told = {row["id"]: (row["respuesta"], row["resolucion"]) for row in listed if row["respuesta"]}
    assert told == {thing.id: ("dispute", "not_applicable")}
    assert "resuelta" in text_of(visitor.get("/hallazgos/?prueba=" + thing.check))


def test_what_was_answered_stays_when_the_finding_is_gone(focal: Any, analysts: list[Any], visitor: Client) -> None:
    reply = ruled(focal, *analysts[:2])
    Reply.objects.filter(pk=reply.pk).update(thing="gone")
    text = text_of(visitor.get("/hallazgos/gone/"))
    assert REASON in text
    assert "no está en la edición" in text
    assert visitor.get("/hallazgos/gone2/").status_code == 404


def test_a_duty_shows_whom_it_does_not_concern(
    new_person: Callable[..., Any], analysts: list[Any], missing_duty: DutyVerdict, visitor: Client
) -> None:
    row = missing_duty
    focal = new_person({"role": "focal_point", "institution": row.institution})
    thing = duty_thing(row.institution, row.duty, say())
    draft = services.not_concerned(focal, thing, Said(text=REASON, ground="Ley inventada, artículo 3"))
    sent = services.step(focal, draft, "send")
    assert "artículo 3" not in text_of(visitor.get(f"/obligaciones/{row.duty}/"))
    ruling.confirm(analysts[1], ruling.propose(analysts[0], sent, "accepted", WHY), "zz")
    text = text_of(visitor.get(f"/obligaciones/{row.duty}/"))
    assert "Ley inventada, artículo 3" in text
    assert "no le corresponde" in text


def test_the_queue_is_oldest_first_and_says_who_has_taken_what(
    focal: Any, other: Any, analysts: list[Any], browser_of: Callable[[Any], Client]
) -> None:
    new, old = disputed(focal), disputed(other, a_finding("zz:tres"))
    Reply.objects.filter(pk=old.pk).update(sent=timezone.now() - timedelta(days=9))
    first, second = (browser_of(each) for each in analysts[:2])
    listed = re.findall(r'href="/revision/(\d+)/"', text_of(first.get("/revision/")))
    assert listed == [str(old.pk), str(new.pk)]
    assert "Impugnaciones (2)" in text_of(first.get("/revision/"))
    first.post(f"/revision/{old.pk}/", {"step": "take"})
    assert "usted la tomó" in text_of(first.get("/revision/"))
    assert "otra persona la tomó" in text_of(second.get("/revision/"))
    refused = second.post(f"/revision/{old.pk}/", {"step": "propose", "outcome": "unknown", "why": WHY})
    assert "otra persona tomó esto" in text_of(refused)
    assert "borrador" not in text_of(second.get("/revision/?formato=csv&cola=impugnaciones"))
    assert first.get("/revision/?cola=ninguna").status_code == 404


def test_nothing_that_is_written_runs(
    focal: Any, analysts: list[Any], browser_of: Callable[[Any], Client], visitor: Client
) -> None:
    nasty = "<script>alert(1)</script> y veinte letras más {{ 7*7 }} \u202e"
    reply = services.step(focal, drafted(focal, text=nasty), "send")
    ruling.confirm(analysts[1], ruling.propose(analysts[0], reply, "unknown", nasty), "zz")
    for client, place in (
        (visitor, f"/hallazgos/{reply.thing}/"),
        (visitor, "/respuestas/"),
        (browser_of(focal), f"/mi-institucion/hallazgos/{reply.thing}/"),
        (browser_of(analysts[2]), f"/revision/{reply.pk}/"),
    ):
        text = text_of(client.get(place))
        assert "<script" not in text
        assert "49" not in re.findall(r"letras más (.{0,12})", text)[0]
        assert "\u202e" not in text
    formula = services.step(focal, drafted(focal, text="=HYPERLINK(1) y veinte letras más"), "send")
    ruling.confirm(analysts[1], ruling.propose(analysts[0], formula, "unknown", WHY), "zz")
    assert ",=HYPERLINK" not in text_of(visitor.get("/respuestas/?formato=csv"))


def test_the_first_queue_that_has_anything_is_shown(
    focal: Any, analysts: list[Any], browser_of: Callable[[Any], Client]
) -> None:
    client = browser_of(analysts[0])
    subject = f"conjunto:{Dataset.objects.order_by('id').first().id}"
    report = send(subject_of(subject, say()), "Falta una columna.", "es")
    assert report.number in text_of(client.get("/revision/"))
    sent = disputed(focal)
    text = text_of(client.get("/revision/"))
    assert f"/revision/{sent.pk}/" in text
    assert report.number not in text
    assert report.number in text_of(client.get("/revision/?cola=problemas"))

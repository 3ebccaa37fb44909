"""Reports of problems: taken in without an account, read by reviewers alone, followed by a number, counted on their subject."""

import re
from collections.abc import Callable
from contextlib import nullcontext
from typing import Any

import pytest
from django.core import mail
from django.test import Client

from atalaya.portal.core import forms
from atalaya.portal.observatory.models import Dataset, Duty, Finding, Resource, Vanished
from atalaya.portal.post.forms import AddressForm
from atalaya.portal.post.sending import send_due
from atalaya.portal.reports import services
from atalaya.portal.reports.forms import ReportForm
from atalaya.portal.reports.models import Report, ReportAddress
from atalaya.portal.reports.services import ReportRefusedError
from atalaya.portal.reports.states import MOVES, STATES, moves_from
from atalaya.portal.reports.subjects import Subject
from atalaya.publish.words import words

NewClient, NewPerson = Callable[..., Client], Callable[..., Any]
TEXT = "La columna de municipio está vacía desde la fila 200."
ANALYST = {"role": "analyst"}


@pytest.fixture
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if everybody had taken their time over the form."""
    monkeypatch.setattr(ReportForm, "soonest", -1)


def subject() -> str:
    return f"conjunto:{Dataset.objects.filter(institution='zz:tres').order_by('id').first().id}"


def fields(client: Client, name: str, prefix: str = "", **changed: str) -> dict[str, str]:
    """The fields of the form as a browser sends them."""
    text = client.get(f"{prefix}/reportar/?asunto={name}").content.decode()
    shown = re.search(r'name="shown" value="([^"]+)"', text)
    assert shown
    return {"text": TEXT, "email": "", "website": "", "shown": shown[1], **changed}


def send(client: Client, name: str = "", prefix: str = "", **changed: str) -> Any:
    name = name or subject()
    return client.post(f"{prefix}/reportar/?asunto={name}", fields(client, name, prefix, **changed))


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_a_report_is_followed_by_its_number(patient: None, new_client: NewClient, prefix: str) -> None:
    client = new_client()
    done = send(client, prefix=prefix)
    assert done.status_code == 302
    place = done.headers["Location"]
    assert re.fullmatch(rf"{prefix}/reportar/[A-Z2-7]{{24}}/", place)
    followed = new_client().get(place)
    text = followed.content.decode()
    assert "recibido" in text if not prefix else "received" in text
    assert TEXT not in text
    assert followed.headers["Cache-Control"] == "private, no-store"
    assert new_client().get(place.lower()).status_code == 200
    assert new_client().get(f"{prefix}/reportar/{'A' * 24}/").status_code == 404


def test_what_is_reported_is_read_by_reviewers_alone(
    patient: None, new_client: NewClient, new_person: NewPerson
) -> None:
    number = send(new_client()).headers["Location"].split("/")[-2]
    assert Report.objects.get(number=number).institution == "zz:tres"
    theirs, other = ({"role": "focal_point", "institution": unit} for unit in ("zz:tres", "zz:dos"))
    for role, status in ((None, 403), (other, 404), (theirs, 200), (ANALYST, 200)):
        client = new_client()
        client.force_login(new_person(role))
        answer = client.get(f"/reportar/revisar/{number}/")
        assert (role, answer.status_code) == (role, status)
        assert (TEXT in answer.content.decode()) is (status == 200)
        assert ("/reportar/revisar/" in client.get("/cuenta/").content.decode()) is (role is not None)
        listed = client.get("/reportar/revisar/")
        assert (number in listed.content.decode()) is (status == 200)
    assert new_client().get(f"/reportar/revisar/{number}/").status_code == 302
    client = new_client()
    client.force_login(new_person(ANALYST))
    assert TEXT not in client.get("/reportar/revisar/?formato=json").getvalue().decode()


def test_an_answer_reaches_its_sender_and_the_page_of_its_subject(
    patient: None, new_client: NewClient, new_person: NewPerson
) -> None:
    finding = Finding.objects.order_by("id").last()
    page = f"/en/hallazgos/{finding.id}/"
    before = new_client().get(page)
    assert "problem reported" not in before.content.decode()
    done = send(new_client(), f"hallazgo:{finding.id}", email="alguien@inventada.example")
    number = done.headers["Location"].split("/")[-2]
    again = new_client().get(page, headers={"If-None-Match": before.headers["ETag"]})
    assert again.status_code == 200, "what was kept before the report is not shown again"
    assert "1 problem reported" in again.content.decode()
    reviewer = new_client()
    reviewer.force_login(new_person(ANALYST))
    mail.outbox = []
    place = f"/reportar/revisar/{number}/"
    assert reviewer.post(place, {"step": "answer", "answer": "Ya se corrigió."}).status_code == 302
    send_due()
    (message,) = (each for each in mail.outbox if each.to == ["alguien@inventada.example"])
    assert number in message.body
    assert TEXT not in message.body
    assert "Ya se corrigió." in new_client().get(f"/reportar/{number}/").content.decode()
    assert "1 problem reported, 1 answered" in new_client().get(page).content.decode()


def test_an_address_is_deleted_by_who_has_the_number(patient: None, new_client: NewClient) -> None:
    place = send(new_client(), email="otra@inventada.example").headers["Location"]
    number = place.split("/")[-2]
    assert ReportAddress.objects.filter(report__number=number).exists()
    assert "otra@inventada.example" not in new_client().get(place).content.decode()
    assert new_client().post(place).status_code == 302
    assert not ReportAddress.objects.filter(report__number=number).exists()
    assert "No se guarda ninguna dirección" in new_client().get(place).content.decode()


@pytest.mark.parametrize(
    "changed",
    [
        {"text": ""},
        {"text": "corto"},
        {"text": "x" * 4001},
        {"email": "no es correo"},
        {"website": "https://compra.example"},
        {"shown": "form:forged"},
        {"shown": ""},
    ],
)
def test_what_no_person_sends_is_not_taken_in(patient: None, new_client: NewClient, changed: dict[str, str]) -> None:
    count = Report.objects.count()
    answer = send(new_client(), **changed)
    assert answer.status_code == 200
    assert 'class="bad' in answer.content.decode()
    assert Report.objects.count() == count


def test_a_form_that_is_sent_at_once_or_too_late_is_not_taken_in(
    new_client: NewClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    count = Report.objects.count()
    assert send(new_client()).status_code == 200
    monkeypatch.setattr(ReportForm, "soonest", -1)
    assert send(new_client(), shown=AddressForm(words("es", "zz", "portal"))["shown"].value()).status_code == 200
    assert send(new_client(), shown="form").status_code == 200
    monkeypatch.setattr(forms, "LATEST", -1)
    assert send(new_client()).status_code == 200
    assert Report.objects.count() == count


def test_one_address_sends_only_so_many(patient: None, new_client: NewClient) -> None:
    client, name = new_client(), subject()
    filled = fields(client, name)
    statuses = [client.post(f"/reportar/?asunto={name}", filled).status_code for _ in range(11)]
    assert statuses == [302] * 10 + [429]


def test_a_form_of_another_site_is_refused(patient: None, published_portal: str) -> None:
    client = Client(enforce_csrf_checks=True, REMOTE_ADDR="10.200.0.1")
    assert client.post(f"/reportar/?asunto={subject()}", {"text": TEXT}).status_code == 403


def test_every_kind_of_subject_has_a_form_and_a_link(new_client: NewClient, published_portal: str) -> None:
    dataset = Dataset.objects.filter(resources__gt=0).order_by("id").first()
    names = {
        f"conjunto:{dataset.id}": f"/datos/{dataset.id}/",
        f"recurso:{Resource.objects.filter(dataset=dataset.id).first().id}": f"/datos/{dataset.id}/",
        f"hallazgo:{Finding.objects.first().id}": f"/hallazgos/{Finding.objects.first().id}/",
        f"obligacion:{Duty.objects.first().id}": f"/obligaciones/{Duty.objects.first().id}/",
        f"desaparecido:{Vanished.objects.first().id}": f"/desaparecidos/{Vanished.objects.first().id}/",
    }
    client = new_client()
    for name, place in names.items():
        assert client.get(f"/reportar/?asunto={name}").status_code == 200, name
        assert f"/reportar/?asunto={name.replace(':', '%3A')}" in client.get(place).content.decode().replace(
            f"asunto={name}", f"asunto={name.replace(':', '%3A')}"
        ), name


@pytest.mark.parametrize(
    "name", ["conjunto:", "conjunto:none", "none:x", ":", "x", "conjunto:" + "a" * 500, "conjunto:%27--", "recurso:%0A"]
)
def test_what_is_not_there_cannot_be_reported(new_client: NewClient, name: str) -> None:
    assert new_client().get(f"/reportar/?asunto={name}").status_code == 404
    assert new_client().post(f"/reportar/?asunto={name}", {"text": TEXT}).status_code == 404


def test_the_table_of_states_leads_everywhere_and_never_past_itself() -> None:
    assert {move.after for move in MOVES} | {"received"} == set(STATES)
    assert all(moves_from(state) for state in STATES)
    assert {state for move in MOVES for state in move.before} <= set(STATES)


@pytest.mark.parametrize(
    ("steps", "refused"),
    [
        (("review", "answer"), ""),
        (("review", "close", "reopen", "answer"), ""),
        (("answer", "answer"), ""),
        (("close", "answer"), "does not permit this step"),
        (("reopen",), "does not permit this step"),
        (("delete",), "does not permit this step"),
    ],
)
def test_steps_follow_the_table(
    published_portal: str, new_person: NewPerson, steps: tuple[str, ...], refused: str
) -> None:
    report = services.send(
        Subject("conjunto:x", "x", "zz:uno", ("dataset", "x")), TEXT, "es", "alguna@inventada.example"
    )
    by = new_person(ANALYST)
    *before, last = steps
    for step in before:
        report = services.move(by, report, step, "respuesta")
    with pytest.raises(ReportRefusedError, match=refused) if refused else nullcontext():
        services.move(by, report, last, "respuesta")
    assert ReportAddress.objects.filter(report=report).exists() is ("close" not in steps)


def test_nobody_answers_without_words_or_without_the_right(published_portal: str, new_person: NewPerson) -> None:
    report = services.send(Subject("conjunto:x", "x", "zz:uno", ("dataset", "x")), TEXT, "es")
    with pytest.raises(ReportRefusedError, match="write the answer first"):
        services.move(new_person(ANALYST), report, "answer", " ")
    for role in (
        None,
        {"role": "organisation", "organisation": "Inventada"},
        {"role": "focal_point", "institution": "zz:dos"},
    ):
        with pytest.raises(ReportRefusedError, match="only analysts"):
            services.move(new_person(role), report, "review")
    with pytest.raises(ReportRefusedError, match="say what the problem is"):
        services.send(Subject("conjunto:x", "x", "", ("dataset", "x")), " \n", "es")


def test_the_trail_keeps_states_and_never_what_was_reported(published_portal: str, new_person: NewPerson) -> None:
    report = services.send(Subject("conjunto:x", "x", "zz:uno", ("dataset", "x")), TEXT, "es")
    services.move(new_person(ANALYST), report, "review")
    events = list(Report.pgh_event_model.objects.filter(pgh_obj=report).values())
    assert [event["state"] for event in events] == ["received", "under_review"]
    assert TEXT not in str(events)

"""Following: begun and ended with and without an account, told once of what happened, and forgotten whole."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any

import pytest
from django.core import mail
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.utils import timezone

from atalaya.catalogue.identity import digest_id
from atalaya.portal.accounts.services import CONSOLE
from atalaya.portal.commitments.models import Commitment
from atalaya.portal.commitments.services import readings, versions
from atalaya.portal.meetings.models import Body
from atalaya.portal.meetings.services import sessions, telling
from atalaya.portal.news.models import Communique
from atalaya.portal.news.services import settle
from atalaya.portal.observatory.models import Dataset, Duty, Edition, MovedFinding
from atalaya.portal.post import digests, editions, following
from atalaya.portal.post.events import EVENTS, sentence
from atalaya.portal.post.forms import AddressForm
from atalaya.portal.post.models import Alerted, EditionTold, Event, Follow, Follower, Letter
from atalaya.portal.post.sending import send_due
from atalaya.portal.post.services import RefusedError
from atalaya.portal.post.subjects import KINDS, subject_of
from atalaya.portal.post.telling import tell
from atalaya.publish.words import words
from atalaya.translations import missing
from tests.portal.post.sweep import found_anywhere

NewClient, NewPerson = Callable[..., Client], Callable[..., Any]
DAY = date(2026, 3, 10)
NUMBERS = count(1)


@pytest.fixture
def quiet(published_portal: str) -> Iterator[None]:
    """Nobody follows anything, nothing happened, and no letter waits."""
    for model in (Letter, Follower, Event, EditionTold):
        model.objects.all().delete()
    mail.outbox = []
    yield
    Follower.objects.all().delete()


@pytest.fixture
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if everybody had taken their time over the form."""
    monkeypatch.setattr(AddressForm, "soonest", -1)


def subjects() -> dict[str, str]:
    """One thing of every kind."""
    return {
        "compromiso": "compromiso:1-1",
        "comunicados": "comunicados:todos",
        "conjunto": f"conjunto:{Dataset.objects.order_by('id').first().id}",
        "institucion": "institucion:zz:uno",
        "mesa": "mesa:1",
        "obligacion": f"obligacion:{Duty.objects.order_by('id').first().id}",
        "organo": f"organo:{Body.objects.order_by('pk').first().pk}",
        "plan": "plan:1",
    }


def subject(name: str) -> Any:
    found = subject_of(name, words("es", "zz", "post"))
    assert found
    return found


def follower(person: Any, *names: str, since: datetime | None = None, **changed: Any) -> Follower:
    for name in names:
        following.follow(person, subject(name), "es")
    found = Follower.objects.get(account=person)
    if since:
        found.follows.update(confirmed=since)
        changed["seen"] = since
    Follower.objects.filter(pk=found.pk).update(**changed)
    found.refresh_from_db()
    return found


def happened(name: str, event: str, told: datetime, **values: Any) -> None:
    assert tell(name, event, values, told.date())
    Event.objects.filter(subject=name, name=event, on=told.date()).update(told=told)


def send(client: Client, place: str, **changed: str) -> Any:
    shown = re.search(r'name="shown" value="([^"]+)"', client.get(place).content.decode())
    assert shown
    return client.post(place, {"email": "", "website": "", "shown": shown[1], **changed})


def link_in(text: str, part: str) -> str:
    found = re.search(rf"http://localhost:8000(\S*/seguir/{part}/\S+)", text)
    assert found
    return found[1]


def sent() -> list[Any]:
    before = len(mail.outbox)
    send_due()
    return mail.outbox[before:]


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_has_a_page_that_leads_to_following_it(quiet: None, new_client: NewClient, kind: str) -> None:
    found = subject(subjects()[kind])
    assert found.name == subjects()[kind]
    client = new_client()
    place = f"/seguir/?asunto={found.name}"
    page = client.get(place)
    assert found.title
    assert page.status_code == 200
    own = re.search(r'class="eyebrow"><a href="([^"]+)"', page.content.decode())
    assert own
    assert f'href="{place}"'.replace(":", "%3A") in client.get(own[1]).content.decode().replace(":", "%3A")


@pytest.mark.parametrize(
    "name", ["institucion:none", "plan:99", "plan:x", "compromiso:1", "compromiso:1-99", "nada:1", "mesa:٣"]
)
def test_what_is_not_there_cannot_be_followed(quiet: None, new_client: NewClient, name: str) -> None:
    assert new_client().get(f"/seguir/?asunto={name}").status_code == 404


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_an_address_follows_after_its_letter_was_answered_and_leaves_without_a_trace(
    quiet: None, patient: None, new_client: NewClient, prefix: str
) -> None:
    client, email = new_client(), f"lectora{next(NUMBERS)}@inventada.example"
    assert send(client, f"{prefix}/seguir/?asunto=institucion:zz:uno", email=email.upper()).status_code == 200
    (letter,) = sent()
    assert letter.to == [email]
    tell("institucion:zz:uno", "findings_mended", {"count": 2}, DAY)
    assert Follow.objects.get().confirmed is None
    place = link_in(letter.body, "confirmar")
    assert place.startswith(f"{prefix}/seguir/")
    assert client.get(place).status_code == 200
    assert Follow.objects.get().confirmed is None, "a program that opens links confirms nothing"
    mine = client.post(place).headers["Location"]
    assert Follow.objects.get().confirmed is not None
    assert "zz:uno" in client.get(f"{mine}?formato=csv").getvalue().decode()
    stop = re.search(rf'href="({prefix}/seguir/dejar/[^"]+)"', client.get(mine).content.decode())
    assert stop
    assert client.get(stop[1]).status_code == 200
    assert Follower.objects.exists(), "a program that opens links ends nothing"
    strict = Client(enforce_csrf_checks=True, REMOTE_ADDR="10.250.0.1")
    assert strict.post(stop[1], {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert not Follower.objects.exists()
    assert client.get(mine).status_code == 404
    assert found_anywhere(email) == []


def test_an_address_that_asks_twice_gets_one_letter_a_day_and_the_same_answer(
    quiet: None, patient: None, new_client: NewClient
) -> None:
    answers = [
        re.sub(
            r"\s+", " ", send(new_client(), "/seguir/?asunto=plan:1", email="dos@inventada.example").content.decode()
        )
        for _ in range(2)
    ]
    assert answers[0] == answers[1]
    assert len(sent()) == 1
    following.confirm(following.confirm_mark(Follow.objects.get()))
    following.ask("dos@inventada.example", subject("plan:1"), "es")
    assert Follow.objects.get().confirmed is not None, "asking again takes nothing away"


@pytest.mark.parametrize("changed", [{"email": "none"}, {"website": "x"}, {"shown": "forged"}])
def test_what_no_person_sends_is_refused(
    quiet: None, patient: None, new_client: NewClient, changed: dict[str, str]
) -> None:
    fields = {"email": "a@inventada.example", **changed}
    assert 'class="bad' in send(new_client(), "/seguir/?asunto=plan:1", **fields).content.decode()
    assert not Follower.objects.exists()


def test_nobody_is_flooded_with_letters_to_confirm(quiet: None, patient: None, new_client: NewClient) -> None:
    email = f"inundada{next(NUMBERS)}@inventada.example"
    statuses = [
        send(new_client(), f"/seguir/?asunto={name}", email=email).status_code
        for name in (*subjects().values(), "institucion:zz:dos")
    ]
    assert statuses == [200] * 5 + [429] * 4


def test_what_was_not_confirmed_is_deleted(quiet: None) -> None:
    following.ask("tarde@inventada.example", subject("plan:1"), "es")
    following.ask("pronto@inventada.example", subject("plan:1"), "es")
    assert following.forget_unconfirmed() == 0
    late = Follow.objects.get(follower__email="tarde@inventada.example")
    mark = following.confirm_mark(late)
    Follow.objects.filter(pk=late.pk).update(asked=timezone.now() - following.TERM - timedelta(minutes=1))
    assert following.forget_unconfirmed() == 1
    assert found_anywhere("tarde@inventada.example") == []
    assert found_anywhere("pronto@inventada.example") != []
    assert following.confirm(mark) is None


def test_an_account_follows_at_once_and_changes_how_it_is_told(
    quiet: None, new_client: NewClient, new_person: NewPerson
) -> None:
    person, client = new_person(), new_client()
    client.force_login(person)
    assert client.get("/seguir/mio/").status_code == 200
    assert client.post("/seguir/?asunto=plan:1").status_code == 302
    client.post("/seguir/?asunto=mesa:1")
    assert client.post("/seguir/mio/", {"rhythm": "weekly", "language": "en", "at_once": "on"}).status_code == 302
    mine = Follower.objects.get(account=person)
    assert (mine.rhythm, mine.language, mine.at_once) == ("weekly", "en", True)
    client.post("/seguir/mio/", {"rhythm": "never", "language": "en"})
    assert Follower.objects.get(account=person).rhythm == "weekly"
    client.post("/seguir/mio/", {"leave": "plan:1"})
    client.post("/seguir/?asunto=mesa:1", {"leave": "1"})
    assert not mine.follows.exists()
    assert new_client().get("/seguir/mio/").status_code == 302


def test_an_event_is_written_once_and_needs_what_its_sentence_says(quiet: None) -> None:
    assert tell("plan:1", "session", {"day": "2026-03-10"}, DAY, also=("mesa:1",)) is True
    assert tell("plan:1", "session", {"day": "2026-03-10"}, DAY, also=("mesa:1",)) is False
    assert Event.objects.count() == 2
    assert Event.objects.values("mark").distinct().count() == 1
    for name, event, values in (("plan:1", "session", {}), ("nada:1", "session", {"day": "x"}), ("plan:1", "none", {})):
        with pytest.raises(KeyError):
            tell(name, event, values, DAY)
    with transaction.atomic():
        tell("plan:1", "communique", {"title": "Uno"}, DAY)
        transaction.set_rollback(True)
    assert not Event.objects.filter(name="communique").exists()


NOW = datetime(2026, 4, 1, 1, tzinfo=UTC)
"""March has ended; its week ended two days before."""


def test_a_month_is_one_letter_whoever_gathers_it_how_often(quiet: None, new_person: NewPerson) -> None:
    since = datetime(2026, 2, 20, tzinfo=UTC)
    reader = follower(new_person(), "plan:1", "mesa:1", "institucion:zz:uno", since=since)
    other = follower(new_person(), "compromiso:1-1", since=since)
    happened("plan:1", "communique", datetime(2026, 3, 10, tzinfo=UTC), title="Se amplió el plazo", link="/planes/1/")
    tell("plan:1", "session", {"day": "2026-03-11"}, date(2026, 3, 11), also=("mesa:1",))
    Event.objects.filter(name="session").update(told=datetime(2026, 3, 11, tzinfo=UTC))
    happened("plan:1", "communique", datetime(2026, 4, 1, tzinfo=UTC), title="De abril")
    assert digests.write_digests(datetime(2026, 3, 31, 23, tzinfo=UTC)) == 0, "March is not over, February was quiet"
    assert digests.write_digests(NOW) == 1
    assert digests.write_digests(NOW) == 0
    (letter,) = sent()
    assert letter.to == [reader.account.email]
    assert letter.subject == "Atalaya: novedades de lo que usted sigue, marzo de 2026"
    assert "Comunicado: Se amplió el plazo (10 de marzo de 2026)" in letter.body
    assert letter.body.count("Sesión del 11 de marzo de 2026") == 1, "who follows both is told once"
    assert "De abril" not in letter.body
    assert "http://localhost:8000/planes/1/" in letter.body
    stop = link_in(letter.body, "dejar")
    assert letter.extra_headers["List-Unsubscribe"] == f"<http://localhost:8000{stop}>"
    assert letter.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    Follower.objects.filter(pk=other.pk).update(language="en")
    assert digests.write_digests(datetime(2026, 5, 2, tzinfo=UTC)) == 1
    assert "De abril" in sent()[0].body


def test_who_changes_the_rhythm_is_told_of_everything_once(quiet: None, new_person: NewPerson) -> None:
    since = datetime(2026, 2, 20, tzinfo=UTC)
    reader = follower(new_person(), "plan:1", since=since, rhythm="weekly")
    for day in (2, 20, 31):
        happened("plan:1", "communique", datetime(2026, 3, day, tzinfo=UTC), title=f"Del día {day}")
    assert digests.write_digests(datetime(2026, 3, 24, tzinfo=UTC)) == 1
    Follower.objects.filter(pk=reader.pk).update(rhythm="monthly")
    assert digests.write_digests(NOW) == 1
    first, second = (each.body for each in sent())
    assert ("Del día 2 " in first, "Del día 20" in first, "Del día 31" in first) == (True, True, False)
    assert ("Del día 2 " in second, "Del día 20" in second, "Del día 31" in second) == (False, False, True)


def test_nothing_from_before_somebody_followed_is_told(quiet: None, new_person: NewPerson) -> None:
    reader = follower(new_person(), "plan:1", since=datetime(2026, 3, 15, tzinfo=UTC))
    Follower.objects.filter(pk=reader.pk).update(seen=datetime(2026, 2, 1, tzinfo=UTC))
    happened("plan:1", "communique", datetime(2026, 3, 10, tzinfo=UTC), title="Antes")
    assert digests.write_digests(NOW) == 0
    assert not Letter.objects.exists()


def test_an_alert_comes_at_once_to_those_who_asked_and_not_again(quiet: None, new_person: NewPerson) -> None:
    before = timezone.now() - timedelta(days=1)
    eager = follower(new_person(), "institucion:zz:uno", since=before, at_once=True)
    follower(new_person(), "institucion:zz:uno", since=before)
    happened("institucion:zz:uno", "broken_links", timezone.now(), count=1)
    happened("institucion:zz:uno", "findings_mended", timezone.now(), count=3)
    assert digests.write_alerts() == 1
    assert digests.write_alerts() == 0
    (letter,) = sent()
    assert letter.to == [eager.account.email]
    assert "Un enlace que antes funcionaba" in letter.body
    assert "corrigieron" not in letter.body
    assert digests.write_digests(timezone.now() + timedelta(days=40)) == 2
    bodies = {each.to[0]: each.body for each in sent()}
    assert "Un enlace" not in bodies.pop(eager.account.email)
    assert all("Un enlace" in body and "Se corrigieron 3" in body for body in bodies.values())
    assert not Alerted.objects.exists()


def test_a_letter_that_could_not_be_written_loses_nothing(
    quiet: None, new_person: NewPerson, monkeypatch: pytest.MonkeyPatch
) -> None:
    follower(new_person(), "plan:1", since=datetime(2026, 2, 20, tzinfo=UTC))
    happened("plan:1", "communique", datetime(2026, 3, 10, tzinfo=UTC), title="Uno")
    with monkeypatch.context() as patch:
        patch.setattr(digests, "send", lambda *a, **n: (_ for _ in ()).throw(MemoryError))
        with pytest.raises(MemoryError):
            digests.write_digests(NOW)
    assert digests.write_digests(NOW) == 1


def test_an_edition_tells_its_followers_what_came_since_the_one_before(quiet: None, new_person: NewPerson) -> None:
    """The findings of the small country say what moved; the rows of the two further alerts are written beside them."""
    unit = "zz:uno"
    edition = Edition.shown()
    duty = Duty.objects.order_by("id").first().id
    columns = "unit, place, change, finding, check_id, check_version, subject, title, rule_changed"
    rows = [
        *((unit, "came", check, "s", False) for check in ("reachable", "reachable", "schema_stable")),
        (unit, "came", "reachable", "s", True),
        (unit, "mended", "duty_current", digest_id(unit, duty), False),
    ]
    with connection.cursor() as cursor:
        for place, (who, change, check, about, rule) in enumerate(rows, start=90_000):
            values = (who, place, change, f"planted-{place}", check, 1, about, "", rule)
            cursor.execute(f"INSERT INTO published.moved_finding ({columns}) VALUES ({', '.join(['%s'] * 9)})", values)
    try:
        links = MovedFinding.objects.filter(unit=unit, check_id="reachable", change="came", rule_changed=False).count()
        follower(new_person(), f"institucion:{unit}", f"obligacion:{duty}", at_once=True)
        assert editions.tell_edition() > 0
        assert editions.tell_edition() == 0
        told = {each.name: each for each in Event.objects.filter(subject=f"institucion:{unit}")}
        assert told["broken_links"].values["count"] == links
        assert told["broken_links"].on == edition.as_of
        assert "schema_drift" in told
        assert Event.objects.get(subject=f"obligacion:{duty}").name == "duty_met"
        assert not Event.objects.filter(subject__startswith="institucion:zz:dos").exists(), "nobody follows it"
        assert digests.write_alerts() == 1
        (letter,) = sent()
        place = re.search(r"http://localhost:8000(/hallazgos/\S+)", letter.body)
        assert place
        assert Client(REMOTE_ADDR="10.250.0.2").get(place[1]).status_code == 200
    finally:
        MovedFinding.objects.filter(place__gte=90_000).delete()


def test_sentences_of_events_are_in_order_and_in_both_languages() -> None:
    assert list(EVENTS) == sorted(EVENTS)
    for name, kind in EVENTS.items():
        assert missing(kind.texts, "es", kind.domain) == (), name
        values = {each: f"valor {each}" for each in kind.wanted}
        assert sentence(name, values, "es") != sentence(name, values, "en")
        assert all(value in sentence(name, values, "es") for value in values.values())


def test_one_is_said_as_one() -> None:
    assert sentence("broken_links", {"count": 1}, "es").startswith("Un enlace")
    assert sentence("broken_links", {"count": 2}, "es").startswith("2 enlaces")


def test_a_follower_is_an_account_or_an_address(quiet: None, new_person: NewPerson) -> None:
    for values in ({}, {"account": new_person(), "email": "a@inventada.example"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Follower.objects.create(language="es", seen=timezone.now(), **values)


def test_there_is_an_end_to_what_one_may_follow(
    quiet: None, new_person: NewPerson, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(following, "MOST", 2)
    person = new_person()
    follower(person, "plan:1", "mesa:1", "mesa:1")
    with pytest.raises(RefusedError, match="2 pages"):
        following.follow(person, subject("institucion:zz:uno"), "es")


def test_marks_of_links_cannot_be_made(quiet: None, new_person: NewPerson) -> None:
    reader = follower(new_person(), "plan:1")
    good = following.mark_of(reader)
    assert following.follower_of(good) == reader
    for bad in ("", "1", f"{reader.pk}:", good[:-1], f"9{good}", following.confirm_mark(reader.follows.get())):
        assert following.follower_of(bad) is None
    assert following.confirm(good) is None


def test_a_reading_and_a_version_reach_followers_of_the_commitment_and_of_its_plan_once(
    quiet: None, new_person: NewPerson
) -> None:
    commitment = Commitment.objects.get(plan=1, number=1)
    milestone = readings.milestones_of(commitment)[0]
    both = follower(new_person(), "plan:1", "compromiso:1-1")
    other = follower(new_person(), "compromiso:1-2") if Commitment.objects.filter(plan=1, number=2).exists() else None
    said = readings.Said(milestone=milestone, voice="reviewer", level="started", on=timezone.localdate())
    with transaction.atomic():
        made = readings.read(CONSOLE, commitment, said)
        assert Event.objects.filter(name="reading").count() == 2
        current = versions.current_of(commitment)
        changed = replace(current, id="", published=None, note="Prueba", substance=True)
        changed = replace(changed, lead=None) if changed.lead else changed
        versions.publish(CONSOLE, commitment, changed, versions.mark_of(commitment))
        assert digests.write_digests(timezone.now() + timedelta(days=40)) == 1
        letter = Letter.objects.get(kind="digest")
        assert letter.key.startswith(f"digest:{both.pk}:")
        (section,) = letter.values["sections"]
        texts = [each["text"] for each in section["items"]]
        assert sum(f"hito {made.milestone}. " in text for text in texts) == 1
        assert sum("se publicó una nueva versión" in text for text in texts) == 1
        assert all(each["link"] == "/planes/1/compromisos/1/" for each in section["items"])
        transaction.set_rollback(True)
    assert other is None or not Letter.objects.exists()


def test_sessions_and_minutes_reach_followers_of_the_body_its_table_and_its_plan_once(
    quiet: None, new_person: NewPerson
) -> None:
    with transaction.atomic():
        body = Body.objects.create(identifier="prueba-de-avisos", name="Comisión Inventada")
        follower(new_person(), "plan:1", "mesa:1", f"organo:{body.pk}", since=timezone.now() - timedelta(minutes=1))
        day = timezone.localdate()
        session = sessions.call(CONSOLE, body, sessions.Call(on=day, plan=1))
        sessions.hold(CONSOLE, session)
        telling.tell_session(session, telling.MINUTES)
        assert digests.write_digests(timezone.now() + timedelta(days=40)) == 1
        (section,) = Letter.objects.get(kind="digest").values["sections"]
        assert section["title"].startswith("Mesa técnica: ")
        said = [each["text"] for each in section["items"]]
        assert [text.partition(" ")[0] for text in said] == ["Se", "Sesión", "Se"]
        assert all(each["link"] == f"/sesiones/{session.pk}/" for each in section["items"])
        transaction.set_rollback(True)


def test_a_communique_is_told_once_when_its_hour_has_come(quiet: None, new_person: NewPerson) -> None:
    now = timezone.now()
    with transaction.atomic():
        Communique.objects.all().delete()
        follower(new_person(), "comunicados:todos", "institucion:zz:uno", since=now - timedelta(days=30))
        same = {"issuer": "zz:uno", "on": now.date(), "body": "Texto", "state": "scheduled"}
        come = Communique.objects.create(slug="ya", title="Ya es hora", published=now - timedelta(minutes=1), **same)
        Communique.objects.create(slug="luego", title="Todavía no", published=now + timedelta(hours=1), **same)
        gone = {**same, "state": "withdrawn", "withdrawn": now, "withdrawn_why": "Se retiró"}
        Communique.objects.create(slug="retirado", title="Retirado", published=now - timedelta(minutes=2), **gone)
        assert [each.slug for each in settle()] == ["ya"]
        come.title = "Ya es hora, corregido"
        come.save(update_fields=["title"])
        assert settle() == []
        assert digests.write_digests(now + timedelta(days=40)) == 1
        (section,) = Letter.objects.get(kind="digest").values["sections"]
        assert [each["text"].partition(" (")[0] for each in section["items"]] == ["Comunicado: Ya es hora"]
        assert [each["link"] for each in section["items"]] == ["/comunicados/ya/"]
        transaction.set_rollback(True)

"""Letters: written once in the caller's transaction, sent once whoever dies when, and forgotten once they are settled."""

import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import timedelta
from importlib import resources
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.utils import timezone

from atalaya.portal.post import services
from atalaya.portal.post.kinds import KINDS, absolute, composed, said
from atalaya.portal.post.models import Letter
from atalaya.portal.post.models.followers import RHYTHMS
from atalaya.portal.post.sending import LEASE, SEASON, WAITS, message_id, recovered, send_due
from atalaya.portal.post.services import RefusedError
from atalaya.portal.post.states import CLAIMED, FAILED, HANDING, HELD, SENT, STATES, STEPS, WAITING
from atalaya.portal.post.views.held import DECISIONS
from atalaya.translations import missing
from tests.portal.post.mail_server import MailServer

NewClient, NewPerson = Callable[..., Client], Callable[..., Any]
NUMBERS = count(1)
VALUES = {"number": "ABC", "link": "/reportar/ABC/"}


@pytest.fixture
def empty(published_portal: str) -> Iterator[None]:
    """No letter from other tests waits, and none is left to them."""
    Letter.objects.all().delete()
    yield
    Letter.objects.all().delete()


@pytest.fixture
def server(empty: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[MailServer]:
    with MailServer() as made:
        monkeypatch.setattr(settings, "EMAIL_BACKEND", "django.core.mail.backends.smtp.EmailBackend")
        monkeypatch.setattr(settings, "EMAIL_HOST", "127.0.0.1")
        monkeypatch.setattr(settings, "EMAIL_PORT", made.server_address[1])
        yield made


def write(to: Any = "alguien@inventada.example", **named: Any) -> Letter:
    key = named.pop("key", f"prueba:{next(NUMBERS)}")
    services.send("report_answered", to, VALUES, key=key, **named)
    return Letter.objects.get(key=key)


def later(letter: Letter, **how: float) -> None:
    Letter.objects.filter(pk=letter.pk).update(claimed=timezone.now() - timedelta(**how))


def state(letter: Letter) -> str:
    return str(Letter.objects.values_list("state", flat=True).get(pk=letter.pk))


def test_the_same_letter_is_written_once(empty: None) -> None:
    assert services.send("report_answered", "a@inventada.example", VALUES, key="prueba:una") is True
    assert services.send("report_answered", "b@inventada.example", VALUES, key="prueba:una") is False
    assert Letter.objects.get(key="prueba:una").address == "a@inventada.example"
    with pytest.raises(IntegrityError):
        Letter.objects.create(
            key="prueba:una", kind="report_answered", language="es", made=timezone.now(), due=timezone.now()
        )


def test_a_letter_belongs_to_the_transaction_of_who_writes_it(server: MailServer) -> None:
    with transaction.atomic():
        services.send("report_answered", "a@inventada.example", VALUES, key="prueba:deshecha")
        transaction.set_rollback(True)
    assert not Letter.objects.filter(key="prueba:deshecha").exists()
    with transaction.atomic():
        write()
        with pytest.raises(RuntimeError, match="outside of transactions"):
            send_due()
    assert send_due() == {SENT: 1}


@pytest.mark.parametrize(
    ("kind", "to", "values", "named", "error", "said"),
    [
        ("report_answered", "none", VALUES, {}, RefusedError, "no e-mail address"),
        ("report_answered", "a@inventada.example", {"number": "1"}, {}, KeyError, "needs the values link"),
        ("unheard", "a@inventada.example", VALUES, {}, KeyError, "unheard"),
        ("report_answered", "a@inventada.example", VALUES, {"key": "a@b"}, RefusedError, "never to whom"),
        ("report_answered", "a@inventada.example", VALUES, {"language": "xx"}, RefusedError, "xx"),
    ],
)
def test_what_cannot_be_a_letter_is_refused(
    empty: None, kind: str, to: str, values: dict[str, str], named: dict[str, str], error: type[Exception], said: str
) -> None:
    with pytest.raises(error, match=said):
        services.send(kind, to, values, **{"key": "prueba:mala", **named})
    assert not Letter.objects.exists()


def test_it_goes_as_text_and_html_and_nothing_of_it_stays(server: MailServer) -> None:
    letter = write("alguien@inventada.example")
    assert send_due() == {SENT: 1}
    (text,) = server.letters
    assert "To: alguien@inventada.example" in text
    assert "Content-Type: text/plain" in text
    assert "Content-Type: text/html" in text
    assert "Auto-Submitted: auto-generated" in text
    assert f"{settings.PORTAL_ADDRESS}/reportar/ABC/" in text
    kept = Letter.objects.get(pk=letter.pk)
    assert (kept.address, kept.values, kept.state) == ("", {}, SENT)
    assert send_due() == {}
    assert services.send("report_answered", "alguien@inventada.example", VALUES, key=letter.key) is False
    with pytest.raises(IntegrityError):
        Letter.objects.filter(pk=letter.pk).update(address="alguien@inventada.example")


def test_an_account_is_written_to_at_the_address_it_has_when_it_is_sent(
    server: MailServer, new_person: NewPerson
) -> None:
    person, gone = new_person(), new_person()
    write(person)
    second = write(gone)
    person.email = "mudada@inventada.example"
    person.save()
    gone.is_active = False
    gone.save()
    assert send_due() == {SENT: 1, FAILED: 1}
    assert "To: mudada@inventada.example" in server.letters[0]
    assert state(second) == FAILED


def test_what_is_not_due_waits(server: MailServer) -> None:
    letter = write(due=timezone.now() + timedelta(hours=1))
    assert send_due() == {}
    assert state(letter) == WAITING


@pytest.mark.parametrize(
    ("moment", "answer", "after"),
    [
        ("connect", "hang up", WAITING),
        ("ehlo", "hang up", WAITING),
        ("rcpt", "550 nobody here", FAILED),
        ("rcpt", "450 later", WAITING),
        ("mail", "421 too many", WAITING),
        ("mail", "550 not from you", WAITING),
        ("whole", "554 no", FAILED),
        ("whole", "451 later", WAITING),
        ("mail", "hang up", HELD),
        ("whole", "hang up", HELD),
        ("answer", "hang up", HELD),
    ],
)
def test_what_the_server_says_decides(server: MailServer, moment: str, answer: str, after: str) -> None:
    letter = write()
    server.at = lambda now: answer if now == moment else None
    send_due()
    assert state(letter) == after
    assert "@" not in Letter.objects.get(pk=letter.pk).fault
    server.at = lambda now: None
    Letter.objects.filter(pk=letter.pk).update(due=timezone.now())
    send_due()
    assert state(letter) == (SENT if after == WAITING else after)
    assert server.taken[message_id(letter)] <= 1


def test_a_line_that_was_closed_between_two_letters_is_opened_again(server: MailServer) -> None:
    def once_a_line(moment: str) -> str | None:
        return "hang up" if moment == "noop" else None

    server.at = once_a_line
    letters = [write() for _ in range(3)]
    assert send_due() == {SENT: 3}
    assert {state(each) for each in letters} == {SENT}


def test_one_refusal_that_may_pass_keeps_no_other_letter_back(server: MailServer) -> None:
    first, second = write("a@inventada.example"), write("b@inventada.example")
    seen = count()
    server.at = lambda moment: "450 later" if moment == "rcpt" and next(seen) == 0 else None
    assert send_due() == {WAITING: 1, SENT: 1}
    assert (state(first), state(second)) == (WAITING, SENT)


def test_a_server_that_is_away_costs_no_letter_a_try(server: MailServer) -> None:
    letters = [write() for _ in range(2)]
    server.at = lambda moment: "hang up"
    assert send_due() == {"unreached": 1}
    for _ in range(len(WAITS) + 2):
        Letter.objects.all().update(due=timezone.now())
        send_due()
    server.at = lambda moment: None
    Letter.objects.all().update(due=timezone.now())
    assert send_due() == {SENT: 2}
    assert {state(each) for each in letters} == {SENT}


def test_refusals_that_never_pass_are_given_up(server: MailServer) -> None:
    letter = write()
    server.at = lambda moment: "450 later" if moment == "rcpt" else None
    tries = 0
    while state(letter) == WAITING and tries < 20:
        Letter.objects.all().update(due=timezone.now())
        send_due()
        tries += 1
    assert (state(letter), tries) == (FAILED, len(WAITS) + 1)


def test_held_letters_are_for_administrators_and_their_decisions_are_in_the_trail(
    server: MailServer, new_person: NewPerson
) -> None:
    administrator = new_person({"role": "administrator"})
    again, arrived = write(), write()
    Letter.objects.all().update(state=HELD, claimed=timezone.now())
    for other in (new_person(), new_person({"role": "analyst"})):
        with pytest.raises(RefusedError, match="only administrators"):
            services.settle(other, again, SENT)
    with pytest.raises(RefusedError, match="sent again, or rests"):
        services.settle(administrator, again, HELD)
    services.settle(administrator, again, WAITING)
    services.settle(administrator, arrived, SENT)
    assert Letter.objects.get(pk=arrived.pk).address == ""
    with pytest.raises(RefusedError, match="not held any more"):
        services.settle(administrator, arrived, WAITING)
    assert send_due() == {SENT: 1}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, state FROM post_letterevent WHERE id = ANY(%s) ORDER BY pgh_id", ([again.pk, arrived.pk],)
        )
        assert cursor.fetchall() == [(again.pk, WAITING), (arrived.pk, SENT)]


def test_held_letters_are_forgotten_after_a_season(server: MailServer) -> None:
    letter = write()
    Letter.objects.filter(pk=letter.pk).update(state=HELD)
    later(letter, days=SEASON.days - 1)
    assert recovered() == {}
    later(letter, days=SEASON.days + 1)
    assert recovered() == {FAILED: 1}
    assert Letter.objects.get(pk=letter.pk).address == ""


def test_an_address_is_forgotten_whatever_its_letters_do(server: MailServer) -> None:
    letters = {each: write("Olvidada@inventada.example") for each in (WAITING, CLAIMED, HANDING, HELD)}
    other = write("otra@inventada.example")
    for each, letter in letters.items():
        Letter.objects.filter(pk=letter.pk).update(state=each, claimed=timezone.now())
    assert services.forget("olvidada@inventada.example ") == 4
    assert not Letter.objects.filter(address__icontains="olvidada").exists()
    assert [state(letters[each]) for each in letters] == [FAILED, FAILED, HANDING, FAILED]
    assert send_due() == {SENT: 1}
    assert state(other) == SENT


def test_whoever_lost_its_claim_does_not_send(server: MailServer) -> None:
    """A sender that was slow, and whose letter another one has taken up meanwhile."""
    letter = write()

    def taken_over(moment: str) -> str | None:
        if moment == "ehlo":
            Letter.objects.filter(pk=letter.pk).update(
                claim=None, state=WAITING, due=timezone.now() + timedelta(hours=1)
            )
            connection.close()  # that of the thread of the server
        return None

    server.at = taken_over
    assert send_due() == {CLAIMED: 1}
    assert not server.taken


MOMENTS = ("connect", "ehlo", "mail", "rcpt", "data", "whole", "answer", "noop", "quit", "after")


def test_no_letter_goes_twice_and_none_is_lost_though_senders_are_killed(
    server: MailServer, published_portal: str, tmp_path: Path
) -> None:
    """Twenty senders are killed, two at each moment of a letter; what had not left is sent later, the rest is held."""
    letters = [write(f"persona{number}@inventada.example") for number in range(30)]
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "atalaya.portal.configuration",
        "ATALAYA_DATABASE_URL": published_portal,
        "ATALAYA_HOME": str(tmp_path),
        "ATALAYA_SECRET": "only for tests",
        "ATALAYA_MAIL": f"smtp://127.0.0.1:{server.server_address[1]}",
        "PYTHONWARNINGS": "ignore",
    }
    script = Path(__file__).with_name("sender.py")
    with subprocess.Popen(
        [sys.executable, str(script)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment, text=True
    ) as parent:
        assert parent.stdin
        assert parent.stdout

        def run(moment: str) -> bool:
            """One sender, killed at a moment of its first letter, or of its second where the line is kept; whether it was."""
            server.at = lambda now: None
            parent.stdin.write("go\n")
            parent.stdin.flush()
            child = int(parent.stdout.readline())

            def kill(now: str) -> str | None:
                if now == moment:
                    os.kill(child, signal.SIGKILL)
                    return "hang up"
                return None

            server.at = kill
            return parent.stdout.readline().strip() == "ended 9"

        killed = 0
        for number in range(2 * len(MOMENTS)):
            Letter.objects.filter(claim__isnull=False).update(claimed=timezone.now() - 2 * LEASE)
            killed += run(MOMENTS[number % len(MOMENTS)])
            if not Letter.objects.filter(state=WAITING).exists():
                letters += [write(f"mas{number}x{each}@inventada.example") for each in range(5)]
        Letter.objects.filter(claim__isnull=False).update(claimed=timezone.now() - 2 * LEASE)
        run("never")
        parent.stdin.close()
    states = {letter.pk: state(letter) for letter in letters}
    assert killed >= 16
    assert set(states.values()) == {SENT, HELD}
    assert 8 <= list(states.values()).count(HELD) <= killed
    assert max(server.taken.values()) == 1
    for letter in letters:
        if states[letter.pk] == SENT:
            assert server.taken[message_id(letter)] == 1
    arrived_but_held = [each for each in letters if states[each.pk] == HELD and server.taken[message_id(each)]]
    assert len(arrived_but_held) >= 4, "those killed between the last byte and the answer"


@pytest.mark.parametrize("name", KINDS)
def test_every_kind_has_both_languages_and_a_sample_that_says_all_its_values(name: str) -> None:
    kind = KINDS[name]
    assert missing(kind.texts, "es", kind.domain) == ()
    assert kind.wanted == set(kind.sample)
    site = "https://portal.example"
    spanish, english = (composed(name, kind.sample, language, site) for language in ("es", "en"))
    assert spanish.subject != english.subject
    for language, letter in (("es", spanish), ("en", english)):
        plain = {key: said(value, language) for key, value in kind.sample.items() if key != "sections"}
        assert all(value in letter.subject + letter.text for value in plain.values())
        assert all(absolute(plain[each], site) in letter.html for each in ("link", "stop") if each in plain)
        assert "{" not in letter.text + letter.html
        assert "src=" not in letter.html
        assert f'<html lang="{language}">' in letter.html


def test_kinds_are_sorted() -> None:
    assert list(KINDS) == sorted(KINDS)


def test_what_a_value_says_is_text_in_the_html_and_one_line_in_the_subject() -> None:
    values = {"number": "<b>1</b>\nBcc: x@inventada.example", "link": "/ahi/"}
    letter = composed("report_answered", values, "es", "https://portal.example")
    assert "<b>" not in letter.html
    assert "&lt;b&gt;" in letter.html
    assert "\n" not in letter.subject


def test_days_are_written_out_and_texts_are_picked_by_language() -> None:
    values = {"number": {"es": "uno", "en": "one"}, "link": "https://otra.example/"}
    assert "reporte uno" in composed("report_answered", values, "es", "https://portal.example").text
    values["number"] = "2026-01-31"
    assert "31 de enero de 2026" in composed("report_answered", values, "es", "https://portal.example").subject


def test_steps_are_between_states_that_there_are() -> None:
    assert {each for step in STEPS for each in (step.before, step.after)} == set(STATES)


def test_refusals_and_names_of_states_are_translated() -> None:
    folder = Path(str(resources.files("atalaya.portal.post")))
    said = re.compile(r'RefusedError\(\s*"([^"]+)"')
    refusals = [
        text for path in sorted(folder.rglob("*.py")) for text in said.findall(path.read_text(encoding="utf-8"))
    ]
    shown = [
        text for text in refusals if not text.startswith(("a key", "no letter"))
    ]  # those two are faults of a program
    assert len(shown) >= 6
    titles = (*STATES.values(), *RHYTHMS.values(), *(title for _, title in DECISIONS))
    assert missing((*shown, *titles), "es", "post") == ()


def test_held_letters_are_decided_on_a_page_that_names_nobody(
    server: MailServer, new_client: NewClient, new_person: NewPerson
) -> None:
    client = new_client()
    client.force_login(new_person({"role": "administrator"}))
    letter, other = write("secreta@inventada.example"), write("secreta@inventada.example")
    Letter.objects.filter(pk__in=(letter.pk, other.pk)).update(state=HELD, claimed=timezone.now())
    text = client.get("/correspondencia/").content.decode()
    assert message_id(letter).strip("<>") in text
    assert "secreta" not in text + client.get("/correspondencia/?formato=csv").getvalue().decode()
    assert client.post("/correspondencia/", {"letter": letter.pk, "decision": WAITING}).status_code == 302
    assert client.post("/correspondencia/", {"letter": other.pk, "decision": SENT}).status_code == 302
    assert (state(letter), state(other)) == (WAITING, SENT)
    again = client.post("/correspondencia/", {"letter": other.pk, "decision": FAILED}).content.decode()
    assert "ya no está retenido" in again
    analyst = new_client()
    analyst.force_login(new_person({"role": "analyst"}))
    assert analyst.post("/correspondencia/", {"letter": letter.pk, "decision": SENT}).status_code == 403
    assert state(letter) == WAITING

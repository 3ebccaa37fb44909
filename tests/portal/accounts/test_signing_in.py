"""Making an account, signing in and out, and setting a new password: in both languages, telling nobody who has an account."""

import ast
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import allauth
import pytest
from django.contrib.sessions.models import Session
from django.core import mail
from django.test import Client
from django.utils.module_loading import import_string

from atalaya.portal.accounts import signing_in
from atalaya.portal.accounts.allowances import FORMS, OWN_FORMS, forget
from atalaya.portal.accounts.letters import FAULTS, LETTERS, LINES
from atalaya.portal.accounts.models import User
from atalaya.translations import missing
from tests.portal.conftest import PASSWORD

NewClient, NewPerson = Callable[..., Client], Callable[..., Any]


def signed_in(client: Client, email: str, password: str = PASSWORD, prefix: str = "", **more: str) -> Any:
    return client.post(f"{prefix}/cuenta/entrar/", {"login": email, "password": password, **more})


def link_of(letter: Any) -> str:
    return re.search(r"http://testserver(/\S+)", letter.body)[1]


@pytest.mark.parametrize(
    ("prefix", "subject", "greeting"),
    [
        ("", "Atalaya: confirme su correo electrónico", "Mi cuenta"),
        ("/en", "Atalaya: confirm your e-mail address", "My account"),
    ],
)
def test_an_account_from_its_making_to_its_first_page(
    new_client: NewClient, prefix: str, subject: str, greeting: str
) -> None:
    client, email = new_client(), f"nueva{prefix[1:]}@inventada.example"
    made = client.post(
        f"{prefix}/cuenta/crear/", {"email": email.upper(), "password1": PASSWORD, "password2": PASSWORD}
    )
    assert made.headers["Location"] == f"{prefix}/cuenta/correo/enviado/"
    letter = mail.outbox[-1]
    assert (letter.to, letter.subject) == ([email], subject)
    early = signed_in(new_client(), email, prefix=prefix)
    assert early.headers["Location"] == f"{prefix}/cuenta/correo/enviado/", (
        "an address that was not confirmed lets nobody in"
    )
    assert client.get(link_of(letter)).status_code == 200
    assert not User.objects.get(email=email).emailaddress_set.get().verified, "looking at the link confirms nothing"
    client.post(link_of(letter))
    entered = signed_in(client, email, prefix=prefix)
    assert entered.headers["Location"] == f"{prefix}/cuenta/"
    first = client.get(f"{prefix}/cuenta/")
    assert f"<h1>{greeting}</h1>" in first.content.decode()
    assert email in first.content.decode()
    assert client.post(f"{prefix}/cuenta/salir/").headers["Location"] == f"{prefix}/"
    assert client.get(f"{prefix}/cuenta/").status_code == 302


def seen_by(answer: Any) -> tuple[int, str, str]:
    """What somebody sees of an answer, without what is new each time or was written by themselves."""
    text = re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", answer.content.decode())
    return answer.status_code, answer.headers.get("Location", ""), re.sub(r"\S+@inventada\.example", "", text)


def test_nobody_learns_who_has_an_account(new_client: NewClient, new_person: NewPerson) -> None:
    there, nowhere = new_person().email, "nadie@inventada.example"
    for place, fields in (
        ("crear", {"password1": PASSWORD, "password2": PASSWORD}),
        ("clave/olvidada", {}),
        ("entrar", {"password": "not this one at all"}),
    ):
        name = "login" if place == "entrar" else "email"
        seen, letters = [], []
        for email in (there, f"{place[:3]}.{nowhere}"):
            before = len(mail.outbox)
            answer = new_client().post(f"/cuenta/{place}/", {name: email, **fields})
            seen.append(seen_by(answer))
            letters.append(len(mail.outbox) - before)
        assert seen[0] == seen[1], place
        assert letters[0] == letters[1], "one letter in both cases, so that it takes the same time"


def test_a_session_is_new_after_signing_in_and_gone_after_signing_out(
    new_client: NewClient, new_person: NewPerson
) -> None:
    client, email = new_client(), new_person().email
    client.get("/cuenta/segundo-paso/")
    session = client.session
    session["planted"] = 1
    session.save()
    planted = client.cookies["atalaya"].value
    signed_in(client, email)
    cookie = client.cookies["atalaya"]
    assert cookie.value != planted
    assert not Session.objects.filter(session_key=planted).exists()
    assert (cookie["httponly"], cookie["samesite"], cookie["path"], cookie["max-age"]) == (True, "Lax", "/", "")
    client.post("/cuenta/salir/")
    assert not Session.objects.filter(session_key=cookie.value).exists()


def test_passwords_are_kept_by_a_slow_hash_that_needs_memory() -> None:
    assert import_string(signing_in.PASSWORD_HASHERS[0])().encode(PASSWORD, "salt").startswith("scrypt$16384$salt$8$")


def test_signing_out_wants_a_form(new_client: NewClient, new_person: NewPerson) -> None:
    client = new_client()
    signed_in(client, new_person().email)
    assert client.get("/cuenta/salir/").status_code == 200
    assert client.get("/cuenta/").status_code == 200
    strict = new_client(enforce_csrf_checks=True)
    strict.cookies = client.cookies
    assert strict.post("/cuenta/salir/").status_code == 403
    assert client.get("/cuenta/").status_code == 200


@pytest.mark.parametrize(
    "password", ["corta", "123456789012345", "contraseña", "password1234", "novata.entra@inventada"]
)
def test_weak_passwords_are_refused(new_client: NewClient, password: str) -> None:
    fields = {"email": "novata.entra@inventada.example", "password1": password, "password2": password}
    answer = new_client().post("/cuenta/crear/", fields)
    assert answer.status_code == 200
    assert "errorlist" in answer.content.decode() or 'class="bad block"' in answer.content.decode()
    assert not User.objects.filter(email=fields["email"]).exists()


ELSEWHERE = (
    "https://malo.example/", "//malo.example", "/\\malo.example", "\\\\malo.example", "javascript:alert(1)", "http:///malo.example",
    "https:malo.example", "\thttps://malo.example", "https://testserver@malo.example/", "https://testserver.malo.example/",
)  # fmt: skip


@pytest.mark.parametrize("place", ELSEWHERE)
def test_nobody_is_sent_elsewhere(new_client: NewClient, new_person: NewPerson, place: str) -> None:
    client = new_client()
    assert signed_in(client, new_person().email, next=place).headers["Location"] == "/cuenta/"
    assert "malo.example" not in client.post("/cuenta/salir/", {"next": place}).headers["Location"]


def test_who_was_asked_to_sign_in_comes_back_to_where_they_were(new_client: NewClient, new_person: NewPerson) -> None:
    client = new_client()
    asked = client.get("/cuenta/correo/").headers["Location"]
    assert asked == "/cuenta/entrar/?next=/cuenta/correo/"
    assert signed_in(client, new_person().email, next="/cuenta/correo/").headers["Location"] == "/cuenta/correo/"


def test_a_forged_host_makes_no_letter(new_client: NewClient, new_person: NewPerson) -> None:
    before = len(mail.outbox)
    answer = new_client(raise_request_exception=False).post(
        "/cuenta/clave/olvidada/", {"email": new_person().email}, headers={"Host": "malo.example"}
    )
    assert (answer.status_code, len(mail.outbox)) == (400, before)
    new_client().post(
        "/cuenta/clave/olvidada/", {"email": new_person().email}, headers={"X-Forwarded-Host": "malo.example"}
    )
    assert "malo.example" not in mail.outbox[-1].body


def test_a_forgotten_password_is_set_anew_once_and_ends_all_sessions(
    new_client: NewClient, new_person: NewPerson
) -> None:
    person, elsewhere, client = new_person(), new_client(), new_client()
    signed_in(elsewhere, person.email)
    assert elsewhere.get("/cuenta/").status_code == 200
    client.post("/cuenta/clave/olvidada/", {"email": person.email})
    link = link_of(mail.outbox[-1])
    form = client.get(link, follow=True).redirect_chain[-1][0]
    assert person.email not in form
    new = "otra muy distinta y larga"
    assert client.post(form, {"password1": new, "password2": new}).headers["Location"] == "/cuenta/clave/lista/"
    assert 'class="bad' in signed_in(new_client(), person.email).content.decode()
    assert signed_in(client, person.email, new).status_code == 302
    assert elsewhere.get("/cuenta/").status_code == 302
    assert "ya no sirve" in new_client().get(link).content.decode()
    assert mail.outbox[-1].subject == "Atalaya: su contraseña cambió"


def test_strangers_who_guess_lock_out_strangers_only(new_client: NewClient, new_person: NewPerson) -> None:
    person, owner = new_person(), new_client()
    signed_in(owner, person.email)
    owner.post("/cuenta/salir/")
    answers = [signed_in(new_client(), person.email, f"guess number {number}") for number in range(12)]
    assert [answer.status_code for answer in answers] == [200] * 10 + [429] * 2
    assert 60 <= int(answers[-1].headers["Retry-After"]) <= 900
    assert signed_in(new_client(), person.email).status_code == 429, (
        "even with the right password, from a browser not seen"
    )
    assert signed_in(owner, person.email).status_code == 302
    other = new_client()
    other.cookies["atalaya-known"] = "forged:mark"
    assert signed_in(other, person.email).status_code == 429


def test_one_address_tries_so_many_accounts(new_client: NewClient) -> None:
    client = new_client()
    answers = [signed_in(client, f"cuenta{number}@inventada.example") for number in range(25)]
    assert [answer.status_code for answer in answers].index(429) == 20
    assert answers[-1].headers["Cache-Control"] == "private, no-store"
    assert "Demasiadas solicitudes" in answers[-1].content.decode()


def test_an_office_behind_one_address_is_many_people(new_client: NewClient, new_person: NewPerson) -> None:
    def sent(client: Client, count: int) -> list[int]:
        return [client.post("/cuenta/nada/").status_code for _ in range(count)]

    forget(FORMS, "127.0.0.1")
    assert sent(new_client(), FORMS.times + 1)[-2:] == [404, 429]
    for _ in range(2):
        client = new_client()
        client.force_login(new_person())
        assert sent(client, OWN_FORMS.times + 1)[-2:] == [404, 429]


def test_the_address_of_an_account_is_changed_by_a_letter(new_client: NewClient, new_person: NewPerson) -> None:
    person, client = new_person(), new_client()
    signed_in(client, person.email)
    fresh = f"otra.{person.email}"
    client.post("/cuenta/correo/", {"email": fresh, "action_add": "1"})
    assert User.objects.get(pk=person.pk).email == person.email
    client.post(link_of(mail.outbox[-1]))
    assert User.objects.get(pk=person.pk).email == fresh
    assert signed_in(new_client(), fresh).status_code == 302


def strings_of(library: Path) -> set[str]:
    parsed = (
        ast.parse(path.read_text(encoding="utf-8"))
        for app in ("account", "mfa")
        for path in (library / app).rglob("*.py")
    )
    nodes = (node for tree in parsed for node in ast.walk(tree))
    return {node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)}


def test_every_letter_line_and_fault_has_our_words_in_both_languages() -> None:
    said = strings_of(Path(allauth.__file__).parent)
    codes = {"account/email/login_code", "account/email/password_reset_code"}  # signing in by code is off
    letters = {each for each in said if re.fullmatch(r"(account|mfa)/email/[a-z_]+", each)} - codes
    assert letters <= set(LETTERS)
    assert len(letters) >= 14
    phones = {
        f"account/messages/{name}.txt" for name in ("phone_verified", "phone_verification_sent", "login_code_sent")
    }
    assert {each for each in said if re.fullmatch(r"(account|mfa)/messages/\w+\.txt", each)} - phones == set(LINES)
    texts = [text for each in LETTERS.values() for text in (each.subject, *each.paragraphs)]
    assert missing((*texts, *filter(None, LINES.values()), *FAULTS.values()), "es", "accounts") == ()

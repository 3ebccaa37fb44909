"""The second step: an app or recovery codes, compulsory for roles, kept encrypted, and guessed by nobody."""

import re
import time
from collections.abc import Callable
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core import mail
from django.db import connection
from django.test import Client

from atalaya.portal.accounts.rules import PUBLIC, may, standing
from tests.portal.accounts.test_signing_in import signed_in
from tests.portal.conftest import PASSWORD

NewClient, NewPerson = Callable[..., Client], Callable[..., Any]
ANALYST = {"role": "analyst"}


def code(secret: str, ago: int = 0) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 - ago))


def confirm(client: Client, prefix: str = "") -> None:
    """Say once more who it is."""
    assert client.post(f"{prefix}/cuenta/confirmar/", {"password": PASSWORD}).status_code == 302


def set_up(client: Client, prefix: str = "") -> str:
    """Set up an app; gives the key that it would have read."""
    confirm(client, prefix)
    form = client.get(f"{prefix}/cuenta/seguridad/aplicacion/")
    secret = re.search(r"<code>([A-Z2-7]{32})</code>", form.content.decode())[1]
    done = client.post(f"{prefix}/cuenta/seguridad/aplicacion/", {"code": code(secret, ago=1)})
    assert done.headers["Location"] == f"{prefix}/cuenta/seguridad/codigos/"
    return secret


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_an_app_is_set_up_and_asked_for(new_client: NewClient, new_person: NewPerson, prefix: str) -> None:
    person, client = new_person(), new_client()
    signed_in(client, person.email, prefix=prefix)
    secret = set_up(client, prefix)
    codes = re.findall(r"<code>(\d{8})</code>", client.get(f"{prefix}/cuenta/seguridad/codigos/").content.decode())
    assert len(codes) == 10
    told = "codes from an app are on" if prefix else "los códigos de una aplicación están activados"
    assert f"Atalaya: {told}" in [letter.subject for letter in mail.outbox if letter.to == [person.email]]
    again = new_client()
    assert signed_in(again, person.email, prefix=prefix).headers["Location"] == f"{prefix}/cuenta/segundo-paso/"
    assert again.get(f"{prefix}/cuenta/").status_code == 302, "the password alone lets nobody in"
    assert again.post(f"{prefix}/cuenta/segundo-paso/", {"code": "000000"}).status_code == 200
    assert again.post(f"{prefix}/cuenta/segundo-paso/", {"code": code(secret)}).status_code == 302
    assert again.get(f"{prefix}/cuenta/").status_code == 200
    for wanted in (302, 200):
        third = new_client()
        signed_in(third, person.email, prefix=prefix)
        assert third.post(f"{prefix}/cuenta/segundo-paso/", {"code": codes[0]}).status_code == wanted, "each works once"


def test_a_code_works_once(new_client: NewClient, new_person: NewPerson) -> None:
    person, client = new_person(), new_client()
    signed_in(client, person.email)
    secret = set_up(client)
    used = code(secret)
    for wanted in (302, 200):
        other = new_client()
        signed_in(other, person.email)
        assert other.post("/cuenta/segundo-paso/", {"code": used}).status_code == wanted


def test_secrets_lie_encrypted(new_client: NewClient, new_person: NewPerson) -> None:
    client = new_client()
    signed_in(client, new_person().email)
    secret = set_up(client)
    with connection.cursor() as cursor:
        cursor.execute("SELECT data::text FROM mfa_authenticator")
        assert secret not in " ".join(row[0] for row in cursor.fetchall())


def test_codes_cannot_be_guessed(new_client: NewClient, new_person: NewPerson) -> None:
    person = new_person(ANALYST)
    statuses = []
    for number in range(14):
        client = new_client()
        signed_in(client, person.email)
        statuses.append(client.post("/cuenta/segundo-paso/", {"code": f"{number:06}"}).status_code)
    assert 429 in statuses[:11]
    assert set(statuses[11:]) == {429}


def test_a_role_counts_only_with_a_second_step(new_client: NewClient, new_person: NewPerson) -> None:
    person, client = new_person({"role": "administrator"}, second_step=False), new_client()
    signed_in(client, person.email)
    assert standing(person) == PUBLIC
    assert not may(person, "accounts.see_people")
    assert client.get("/cuenta/personas/").headers["Location"] == "/cuenta/seguridad/"
    assert "Su papel cuenta cuando" in client.get("/cuenta/").content.decode()
    set_up(client)
    assert client.get("/cuenta/personas/").status_code == 200


def test_the_last_second_step_of_a_role_stays(new_client: NewClient, new_person: NewPerson) -> None:
    for role, left in ((ANALYST, 1), (None, 0)):
        person, client = new_person(role, second_step=False), new_client()
        signed_in(client, person.email)
        set_up(client)
        answer = client.post("/cuenta/seguridad/aplicacion/quitar/")
        assert Authenticator.objects.filter(user=person, type="totp").count() == left
        assert ("exige un segundo paso" in answer.content.decode()) is bool(left)


def test_changing_protection_asks_once_more_who_it_is(new_client: NewClient, new_person: NewPerson) -> None:
    person, client = new_person(), new_client()
    client.force_login(person)
    asked = client.get("/cuenta/seguridad/aplicacion/")
    assert asked.headers["Location"].startswith("/cuenta/confirmar/?next=")
    assert asked.headers["Cache-Control"] == "private, no-store"
    assert client.post(asked.headers["Location"], {"password": "not this one"}).status_code == 200
    assert client.post("/cuenta/confirmar/", {"password": PASSWORD}).status_code == 302
    assert client.get("/cuenta/seguridad/aplicacion/").status_code == 200


def test_scripts_run_on_the_pages_of_keys_only(new_client: NewClient, new_person: NewPerson) -> None:
    person, client = new_person(), new_client()
    signed_in(client, person.email)
    confirm(client)
    add = client.get("/cuenta/seguridad/llaves/agregar/")
    assert "script-src 'self'" in add.headers["Content-Security-Policy"]
    assert "unsafe" not in add.headers["Content-Security-Policy"]
    assert re.findall(r"<script[^>]*>", add.content.decode()) == [
        re.search(r'<script src="/estatico/atalaya/security-keys.js\?[^"]+" defer>', add.content.decode())[0]
    ]
    assert "script-src" not in client.get("/cuenta/seguridad/").headers["Content-Security-Policy"]

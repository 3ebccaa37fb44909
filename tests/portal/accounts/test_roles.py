"""Roles: granted and ended by administrators, within their term, one predicate a permission, on pages and the command line."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from django.db import connection, connections, transaction
from django.test import Client
from django.utils import timezone

from atalaya.portal.accounts import services
from atalaya.portal.accounts.models import Membership
from atalaya.portal.accounts.rules import PUBLIC, is_analyst, is_of_an_organisation, may, speaks_for, standing
from atalaya.portal.accounts.services import CONSOLE, Grant, RefusedError
from tests.patience import PATIENCE
from tests.portal.conftest import ROLES

NewClient, NewPerson = Callable[..., Client], Callable[..., Any]


@pytest.mark.parametrize("name", [name for name, role in ROLES.items() if role])
def test_what_each_role_may(new_person: NewPerson, name: str) -> None:
    person = new_person(ROLES[name])
    assert [is_analyst(person), is_of_an_organisation(person), speaks_for(person, "zz:uno")] == [
        name == "analyst",
        name == "organisation",
        name == "focal_point",
    ]
    assert not speaks_for(person, "zz:dos")
    assert may(person, "accounts.grant") is (name == "administrator")
    assert may(person, "accounts.see_own", person)
    assert not may(person, "accounts.see_own", new_person())


def test_a_permission_that_nobody_declared_is_a_fault(new_person: NewPerson) -> None:
    with pytest.raises(KeyError, match=r"no permission 'accounts\.fly'"):
        may(new_person(), "accounts.fly")


TERMS = [(-2, None, True), (-2, 1, True), (-2, -1, False), (1, 2, False), (0, None, True)]


@pytest.mark.parametrize(("begins", "ends", "counts"), TERMS)
def test_a_role_counts_within_its_term(new_person: NewPerson, begins: int, ends: int | None, counts: bool) -> None:
    person, now = new_person(ROLES["analyst"]), timezone.now()
    end = None if ends is None else now + timedelta(hours=ends)
    person.memberships.update(since=now + timedelta(hours=begins), until=end)
    assert (standing(person) != PUBLIC) is counts


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (Grant("queen"), "there is no role queen"),
        (Grant("focal_point"), "a focal point has an institution"),
        (Grant("analyst", institution="zz:uno"), "nobody else has one"),
        (Grant("organisation"), "has its name"),
        (Grant("focal_point", institution="zz:nadie"), "no institution zz:nadie"),
        (Grant("organisation", organisation="x" * 201), "longer than 200"),
        (Grant("analyst", until=timezone.now() - timedelta(days=1)), "a day that is past"),
    ],
)
def test_roles_that_are_not_whole_are_refused(new_person: NewPerson, given: Grant, told: str) -> None:
    with pytest.raises(RefusedError, match=told):
        services.grant(CONSOLE, new_person(), given)


def test_only_administrators_grant_and_revoke(new_person: NewPerson) -> None:
    someone = new_person()
    for name, role in ROLES.items():
        if name not in ("administrator", "nobody"):
            with pytest.raises(RefusedError, match="only administrators"):
                services.grant(new_person(role), someone, Grant("analyst"))
    by = new_person(ROLES["administrator"])
    membership = services.grant(by, someone, Grant("analyst"))
    assert membership.granted_by == by
    with pytest.raises(RefusedError, match="has this role already"):
        services.grant(by, someone, Grant("analyst"))
    services.revoke(by, membership)
    with pytest.raises(RefusedError, match="has ended already"):
        services.revoke(by, membership)
    assert services.grant(by, someone, Grant("analyst")).pk != membership.pk


def test_the_last_administrator_stays_even_where_two_end_each_other(new_person: NewPerson) -> None:
    held = Membership.objects.filter(role="administrator", until=None)
    others = list(held.values_list("pk", flat=True))
    held.update(until=timezone.now())
    try:
        one, two = (new_person(ROLES["administrator"]) for _ in range(2))

        def ends(by: Any, of: Any) -> bool:
            try:
                services.revoke(by, of.memberships.get())
            except RefusedError:
                return False
            finally:
                connections.close_all()
            return True

        with ThreadPoolExecutor(2) as pool:
            done = list(pool.map(ends, (one, two), (two, one)))
        assert sorted(done) in ([False, True], [False, False])
        assert Membership.objects.filter(role="administrator", until=None).count() >= 1
    finally:
        Membership.objects.filter(pk__in=others).update(until=None)


def test_who_waited_sees_that_a_role_was_ended_meanwhile(new_person: NewPerson) -> None:
    held = Membership.objects.filter(role="administrator", until=None)
    others = list(held.values_list("pk", flat=True))
    held.update(until=timezone.now())
    asked = Event()
    try:
        one, two = (new_person(ROLES["administrator"]) for _ in range(2))

        def ends_the_first() -> bool:
            try:
                asked.set()
                services.revoke(two, one.memberships.get())
            except RefusedError:
                return False
            finally:
                connections.close_all()
            return True

        with ThreadPoolExecutor(1) as pool:
            with transaction.atomic():
                list(Membership.objects.select_for_update().filter(role="administrator"))
                waiting = pool.submit(ends_the_first)
                assert asked.wait(PATIENCE)
                waits_for_a_lock()
                services.revoke(one, two.memberships.get())
            assert not waiting.result(PATIENCE)
        assert list(held.values_list("user", flat=True)) == [one.pk]
    finally:
        Membership.objects.filter(pk__in=others).update(until=None)


def waits_for_a_lock() -> None:
    """Wait until somebody waits for a lock."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
            if cursor.fetchone()[0]:
                return
        time.sleep(0.05)
    raise AssertionError("nobody waits")


def test_administrators_make_accounts_and_roles_on_pages(new_client: NewClient, new_person: NewPerson) -> None:
    client, email = new_client(), "nombrada@inventada.example"
    client.force_login(new_person(ROLES["administrator"]))
    made = client.post("/cuenta/personas/", {"email": email})
    page = made.headers["Location"]
    assert "ya tiene cuenta" in client.post("/cuenta/personas/", {"email": email.upper()}).content.decode()
    fields = {"role": "focal_point", "institution": "zz:dos", "organisation": "", "until": ""}
    assert client.post(page, {**fields, "institution": ""}).status_code == 200
    assert client.post(page, fields).headers["Location"] == page
    shown = client.get(page).content.decode()
    assert "Punto focal de una institución" in shown
    assert "Ministerio Dos" in shown
    membership = Membership.objects.get(user__email=email)
    end = f"/cuenta/personas/roles/{membership.pk}/terminar/"
    assert client.get(end).status_code == 200
    assert Membership.objects.get(pk=membership.pk).until is None, "looking at the question ends nothing"
    client.post(end)
    assert Membership.objects.get(pk=membership.pk).until <= timezone.now()
    assert "terminó" in client.post(end).content.decode()
    found = client.get("/cuenta/personas/?quien=NOMBRADA").content.decode()
    assert email in found


def test_the_database_itself_refuses_what_is_no_role(new_person: NewPerson) -> None:
    person = new_person()
    for column, value in (("role", "queen"), ("institution", "zz:uno"), ("organisation", "x")):
        values = {"role": "analyst", "institution": "", "organisation": "", column: value}
        with pytest.raises(Exception, match="violates check constraint"), connection.cursor() as cursor:
            cursor.execute(
                """INSERT INTO accounts_membership (user_id, role, institution, organisation, since)
                VALUES (%s, %s, %s, %s, now())""",
                (person.pk, values["role"], values["institution"], values["organisation"]),
            )


def test_the_first_administrator_comes_from_the_command_line(published_portal: str, tmp_path: Path) -> None:
    def run(*arguments: str) -> tuple[int, Any]:
        command = [sys.executable, "-m", "atalaya", "portal", "user", *arguments, "--home", str(tmp_path), "--json"]
        environment = {**os.environ, "ATALAYA_DATABASE_URL": published_portal}
        done = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE, env=environment)
        return done.returncode, json.loads(done.stdout)

    email = "primera@inventada.example"
    assert run("add", email)[0] == 0
    assert run("grant", email, "administrator", "--until", "2999-01-31") == (
        0,
        {"granted": "administrator until 2999-02-01T00:00+00:00"},
    )
    listed = {each["email"]: each for each in run("list")[1]}
    assert listed[email]["roles"] == ["administrator until 2999-02-01T00:00+00:00"]
    assert listed[email]["second_step"] is False
    assert run("revoke", email, "administrator")[0] == 0
    code, told = run("revoke", email, "administrator")
    assert code == 2
    assert "has no role administrator" in json.dumps(told)

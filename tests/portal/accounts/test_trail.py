"""The trail of changes: whatever changes a row is in it, with who and by which route, and it holds nothing secret."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.apps import apps
from django.db import DatabaseError, connection
from django.test import Client
from django.utils import timezone
from pghistory.models import Event

from atalaya.portal.accounts.models import Membership, User
from atalaya.portal.accounts.trail import entries, event_models, table_of
from tests.portal.accounts.test_second_step import set_up
from tests.portal.accounts.test_signing_in import signed_in
from tests.portal.conftest import PASSWORD, ROLES

NewClient, NewPerson = Callable[..., Client], Callable[..., Any]

MACHINERY = {
    "accounts.held": "counters of what was sent",
    "auth.group": "not used: roles are memberships",
    "auth.permission": "written by migrations",
    "account.emailconfirmation": "not used: letters carry a signed key",
    "commitments.evidencelink": "written by the probes of the observatory",
    "commitments.upload": "a look at what a file would change, gone after a day; what is taken in stands in the trail",
    "contenttypes.contenttype": "written by migrations",
    "files.rendition": "drawn from a picture, which has a trail",
    "pghistory.context": "part of the trail",
    "pghistory.middlewareevents": "part of the trail",
    "pghistory.events": "part of the trail",
    "post.alerted": "what somebody was told of",
    "post.editiontold": "written by the comparison of editions",
    "post.event": "written by what happens, and never changed",
    "post.follow": "what somebody follows, which is nobody's business",
    "post.follower": "an address, which no trail may keep",
    "reports.reportaddress": "where a sender wants to be told, which no trail may keep",
    "rounds.observed": "where the pack of the country is, written by whoever loads it",
    "reviews.comingfinding": "written by the engine when a right of reply opens, and never changed",
    "sessions.session": "secrets of browsers, gone after two weeks",
}
"""Tables that no person changes, and why they have no trail."""

OPEN = {
    "files.storedfile": {"key"},  # opens nothing by itself: a rule says who may read the file
    "news.about": {"key"},  # names what a communiqué is about
}
"""Columns that are called like secrets and are none."""


def labels(row: int, table: str) -> list[str]:
    return [each.label for each in entries(table) if each.row == row][::-1]


def test_every_table_that_people_change_has_a_trail() -> None:
    tracked = {each.pgh_tracked_model._meta.concrete_model for each in event_models()}
    free = [
        each._meta.label_lower
        for each in apps.get_models()
        if each._meta.managed and not each._meta.proxy and not issubclass(each, Event) and each not in tracked
    ]
    assert set(free) <= set(MACHINERY), "track it with pghistory.track, or say why not"


def test_save_update_bulk_create_and_sql_are_all_in_the_trail(new_person: NewPerson) -> None:
    person = new_person()
    now = timezone.now()
    saved = Membership(user=person, role="analyst", since=now)
    saved.save()
    saved.until = now
    saved.save()
    (bulk,) = Membership.objects.bulk_create([Membership(user=person, role="administrator", since=now)])
    Membership.objects.filter(pk=bulk.pk).update(until=now)
    with connection.cursor() as cursor:
        cursor.execute(
            """INSERT INTO accounts_membership (user_id, role, institution, organisation, since)
            VALUES (%s, 'organisation', '', 'Inventada', now()) RETURNING id""",
            (person.pk,),
        )
        (raw,) = cursor.fetchone()
        cursor.execute("UPDATE accounts_membership SET organisation = 'Otra' WHERE id = %s", (raw,))
        cursor.execute("DELETE FROM accounts_membership WHERE id = %s", (raw,))
    saved_id = saved.pk
    saved.delete()
    assert labels(saved_id, "accounts.membership") == ["added", "changed", "removed"]
    assert labels(bulk.pk, "accounts.membership") == ["added", "changed"]
    assert labels(raw, "accounts.membership") == ["added", "changed", "removed"]


def test_an_entry_cannot_be_changed_or_removed(new_person: NewPerson) -> None:
    new_person()
    model = next(each for each in event_models() if table_of(each) == "accounts.user")
    with connection.cursor() as cursor:
        for statement in (f"UPDATE {model._meta.db_table} SET pgh_label = 'x'", f"DELETE FROM {model._meta.db_table}"):
            with pytest.raises(DatabaseError, match="append_only"):
                cursor.execute(statement)


def test_an_entry_tells_who_and_by_which_route(new_client: NewClient, new_person: NewPerson) -> None:
    by, someone, client = new_person(ROLES["administrator"]), new_person(), new_client()
    client.force_login(by)
    client.post(
        f"/en/cuenta/personas/{someone.pk}/", {"role": "analyst", "institution": "", "organisation": "", "until": ""}
    )
    entry = next(each for each in entries("accounts.membership") if each.values["user_id"] == someone.pk)
    assert (entry.label, entry.account, entry.route) == ("added", by.pk, "account_person")
    assert (entry.values["role"], entry.values["granted_by_id"]) == ("analyst", by.pk)


def test_what_happens_to_an_account_is_in_the_trail_without_its_secrets(
    new_client: NewClient, new_person: NewPerson
) -> None:
    person, client = new_person(), new_client()
    signed_in(client, person.email)
    signing = next(each for each in entries("accounts.user") if each.row == person.pk)
    assert (signing.label, signing.route) == ("signed_in", "account_login")
    secret = set_up(client)
    new = "otra muy distinta y larga"
    client.post("/cuenta/clave/", {"oldpassword": PASSWORD, "password1": new, "password2": new})
    fresh = f"otra.{person.email}"
    User.objects.filter(pk=person.pk).update(email=fresh, is_active=False)
    told = labels(person.pk, "accounts.user")
    assert told[0] == "added"
    assert {"signed_in", "password_changed", "address_changed", "changed"} <= set(told)
    steps = {each.pk for each in Authenticator.objects.filter(user=person)}
    assert [each.label for each in entries("accounts.secondstep") if each.row in steps][-1] == "added"
    address = EmailAddress.objects.get(user=person)
    row = address.pk
    address.delete()
    assert labels(row, "accounts.address")[-1] == "removed"
    user = User.objects.get(pk=person.pk)
    hidden = {person.email, fresh, user.password, secret, client.cookies["atalaya"].value, PASSWORD, new}
    with connection.cursor() as cursor:
        for model in (*event_models(), apps.get_model("pghistory", "Context")):
            cursor.execute(f"SELECT to_jsonb(entry)::text FROM {model._meta.db_table} AS entry")
            kept = " ".join(row[0] for row in cursor.fetchall())
            assert not [each for each in hidden if each in kept], model


def test_columns_that_are_secret_are_in_no_trail() -> None:
    secret = {"password", "email", "data", "key", "session_key", "session_data"}
    columns = {table_of(model): {field.name for field in model._meta.get_fields()} for model in event_models()}
    assert {table: told for table, names in columns.items() if (told := names & secret - OPEN.get(table, set()))} == {}


def test_administrators_read_the_trail_on_a_page_and_as_a_file(new_client: NewClient, new_person: NewPerson) -> None:
    by, client = new_person(ROLES["administrator"]), new_client()
    client.force_login(by)
    client.post("/cuenta/personas/", {"email": "anotada@inventada.example"})
    page = client.get(f"/cuenta/registro/?tabla=accounts.user&cuenta={by.pk}").content.decode()
    assert "account_people" in page
    assert "anotada" not in page
    answer = client.get(f"/cuenta/registro/?tabla=accounts.user&cuenta={by.pk}&formato=json")
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    (row,) = json.loads(body)
    assert (row["tabla"], row["cambio"], row["cuenta"]) == ("accounts.user", "added", by.pk)
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert client.get("/cuenta/registro/?pagina=99999&tabla=nada&cuenta=%00").status_code == 404
    assert client.get("/cuenta/registro/?pagina=99999&tabla=nada&cuenta=x").status_code == 200

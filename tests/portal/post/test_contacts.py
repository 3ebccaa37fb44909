"""Contacts of posts: read as long as their term holds, and afterwards found nowhere in the database."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from atalaya.portal.accounts.services import RefusedError
from atalaya.portal.commitments.views import commitment as commitment_page
from atalaya.portal.post import contacts, services
from atalaya.portal.post.contacts import Reach, contacts_of, end_contact, forget_ended, set_contact
from atalaya.portal.post.models import Contact, Letter
from atalaya.portal.post.tidying import tidy
from tests.portal.post.sweep import found_anywhere

NewClient, NewPerson = Callable[..., Client], Callable[..., Any]
DAY = date(2026, 3, 10)
EMAIL, TELEPHONE = "puesto.inventado@inventada.example", "+999 5555 0199"


@pytest.fixture
def day(published_portal: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[date]]:
    """Which day it is, in a list of one that a test may change."""
    held = [DAY]
    monkeypatch.setattr(contacts, "today", lambda: held[0])
    Contact.objects.all().delete()
    yield held
    Contact.objects.all().delete()


def reach(**changed: Any) -> Reach:
    return Reach(**{"email": EMAIL, "telephone": TELEPHONE, "since": DAY, "until": DAY + timedelta(days=30), **changed})


def test_a_contact_is_found_nowhere_once_its_term_has_ended(day: list[date], new_person: NewPerson) -> None:
    speaker = new_person({"role": "focal_point", "institution": "zz:uno"})
    set_contact(speaker, "zz:uno", "Dirección  de Planificación", reach(email="antes.puesto@inventada.example"))
    set_contact(speaker, "zz:uno", "Dirección de Planificación", reach())
    services.send("report_answered", EMAIL, {"number": "1", "link": "/"}, key="prueba:contacto")
    assert set(found_anywhere(EMAIL)) == {"public.post_contact", "public.post_letter"}
    assert found_anywhere(TELEPHONE) == ["public.post_contact"]
    assert found_anywhere("antes.puesto") == [], "there is one contact of a post, and no version of it"
    assert [each.post for each in contacts_of(["zz:uno", "zz:dos"])] == ["Dirección de Planificación"]
    day[0] = DAY + timedelta(days=30)
    assert len(contacts_of(["zz:uno"])) == 1, "the last day is in the term"
    assert forget_ended() == 0
    day[0] = DAY + timedelta(days=31)
    assert contacts_of(["zz:uno"]) == [], "what has ended is not read, though no job ran yet"
    assert tidy()["contacts"] == 1
    assert found_anywhere(EMAIL) == found_anywhere(TELEPHONE) == []
    Letter.objects.filter(key="prueba:contacto").delete()


def test_the_sweep_finds_what_is_there(day: list[date], new_person: NewPerson) -> None:
    """It looks into every schema and every column, arrays and documents too."""
    person = new_person()
    assert "public.accounts_user" in found_anywhere(person.email)
    with connection.cursor() as cursor:
        cursor.execute("CREATE SCHEMA swept; CREATE TABLE swept.one (a jsonb, b text[])")
        try:
            cursor.execute("INSERT INTO swept.one VALUES (%s, %s)", (f'{{"x": ["{EMAIL}"]}}', [TELEPHONE]))
            assert found_anywhere(EMAIL) == found_anywhere(TELEPHONE) == ["swept.one"]
        finally:
            cursor.execute("DROP SCHEMA swept CASCADE")


def test_the_trail_says_that_a_contact_changed_and_never_what_it_was(day: list[date], new_person: NewPerson) -> None:
    analyst = new_person({"role": "analyst"})
    made = set_contact(analyst, "zz:uno", "Unidad de Datos", reach())
    set_contact(analyst, "zz:uno", "Unidad de Datos", reach(email="otra.vez@inventada.example"))
    assert end_contact(analyst, "zz:uno", "Unidad de Datos") is True
    assert end_contact(analyst, "zz:uno", "Unidad de Datos") is False
    with connection.cursor() as cursor:
        cursor.execute("SELECT pgh_label, post FROM post_contactevent WHERE id = %s ORDER BY pgh_id", (made.pk,))
        assert cursor.fetchall() == [(label, "Unidad de Datos") for label in ("added", "changed", "removed")]
    assert found_anywhere(EMAIL) == found_anywhere("otra.vez@") == []


def test_only_those_concerned_say_how_a_post_is_reached(day: list[date], new_person: NewPerson) -> None:
    for role in (
        None,
        {"role": "organisation", "organisation": "Inventada"},
        {"role": "focal_point", "institution": "zz:dos"},
    ):
        with pytest.raises(RefusedError, match="only analysts"):
            set_contact(new_person(role), "zz:uno", "Unidad", reach())
        with pytest.raises(RefusedError, match="only analysts"):
            end_contact(new_person(role), "zz:uno", "Unidad")


@pytest.mark.parametrize(
    ("changed", "institution", "post", "said"),
    [
        ({"email": "", "telephone": ""}, "zz:uno", "Unidad", "give an e-mail"),
        ({"email": "none"}, "zz:uno", "Unidad", "no e-mail address"),
        ({"telephone": "call me"}, "zz:uno", "Unidad", "no telephone"),
        ({"telephone": "1"}, "zz:uno", "Unidad", "no telephone"),
        ({"until": DAY - timedelta(days=1)}, "zz:uno", "Unidad", "the term ends"),
        ({"until": DAY - timedelta(days=1), "since": DAY - timedelta(days=9)}, "zz:uno", "Unidad", "the term ends"),
        ({"until": DAY + timedelta(days=6 * 366)}, "zz:uno", "Unidad", "five years"),
        ({}, "zz:uno", " ", "title of the post"),
        ({}, "zz:uno", "U" * 201, "title of the post"),
        ({}, "zz:ninguna", "Unidad", "no institution"),
    ],
)
def test_what_is_no_contact_is_refused(
    day: list[date], new_person: NewPerson, changed: dict[str, Any], institution: str, post: str, said: str
) -> None:
    with pytest.raises(RefusedError, match=said):
        set_contact(new_person({"role": "administrator"}), institution, post, reach(**changed))
    assert not Contact.objects.exists()


def test_a_focal_point_writes_and_deletes_contacts_of_its_institution_alone(
    day: list[date], new_client: NewClient, new_person: NewPerson
) -> None:
    admin = new_person({"role": "administrator"})
    set_contact(admin, "zz:dos", "Ajeno", reach(email="ajeno@inventada.example"))
    client = new_client()
    client.force_login(new_person({"role": "focal_point", "institution": "zz:uno"}))
    given = {"institution": "zz:uno", "post": "Unidad", "email": EMAIL, "since": "2026-03-10", "until": "2026-04-10"}
    assert client.post("/contactos/", given).status_code == 302
    text = client.get("/contactos/").content.decode()
    assert EMAIL in text
    assert "ajeno@" not in text + client.get("/contactos/?formato=csv").getvalue().decode()
    client.post("/contactos/", {**given, "institution": "zz:dos", "post": "Colado"})
    client.post("/contactos/", {"end": "zz:dos", "post": "Ajeno"})
    assert list(Contact.objects.values_list("institution", "post")) == [("zz:dos", "Ajeno"), ("zz:uno", "Unidad")]
    assert "cinco años" in client.post("/contactos/", {**given, "until": "2036-01-01"}).content.decode()
    client.post("/contactos/", {"end": "zz:uno", "post": "Unidad"})
    assert found_anywhere(EMAIL) == []


def test_a_commitment_shows_how_its_leads_are_reached_as_long_as_the_term_holds(
    day: list[date], new_client: NewClient, new_person: NewPerson, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(commitment_page, "leads", lambda row: ["zz:uno"])
    set_contact(new_person({"role": "analyst"}), "zz:uno", "Unidad", reach())
    assert f'href="mailto:{EMAIL}"' in new_client().get("/planes/1/compromisos/1/").content.decode()
    day[0] = DAY + timedelta(days=31)
    assert EMAIL not in new_client().get("/planes/1/compromisos/1/").content.decode()

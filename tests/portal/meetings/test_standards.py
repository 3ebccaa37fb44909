"""Standards go from a proposal through a consultation to an agreement in a session, and what a version says never changes."""

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.utils.timezone import localdate

from atalaya.portal.accounts.services import RefusedError
from atalaya.portal.meetings.models import Body, Session, Standard, StandardVersion
from atalaya.portal.meetings.services import bodies, sessions, standards

CONSOLE = None
ONE = {"role": "focal_point", "institution": "zz:uno"}
COLUMNS = [{"name": "monto", "type": "number"}, {"name": "fecha", "type": "date"}]


@pytest.fixture
def body(published_portal: str) -> Iterator[Body]:
    """A body of one member that held a session; everything that a test does to it is undone."""
    with transaction.atomic():
        made = bodies.found(CONSOLE, "comite-de-normas", bodies.Described(name="Comité", kind="users_committee"))
        bodies.seat(CONSOLE, made, bodies.Seated(name="Ministerio Uno", sector="government", institution="zz:uno"))
        yield made
        transaction.set_rollback(True)


def proposed(body: Body, fields: Any = COLUMNS, by: Any = CONSOLE) -> StandardVersion:
    content = json.dumps({"fields": fields})
    said = standards.Proposed(title="Contratos", kind="schema", content=content)
    return standards.propose(by, body, "contratos", said)


def held(body: Body) -> Session:
    return sessions.hold(CONSOLE, sessions.call(CONSOLE, body, sessions.Call(on=localdate())))


def agreed(body: Body, **values: Any) -> StandardVersion:
    return standards.agree(CONSOLE, standards.consult(CONSOLE, proposed(body, **values)), held(body))


def test_a_member_proposes_and_comments_and_the_body_answers_and_agrees(
    body: Body, new_person: Callable[..., Any]
) -> None:
    somebody, seat = new_person(ONE), body.members.get()
    version = proposed(body, by=somebody)
    assert version.member == seat
    with pytest.raises(RefusedError, match="in consultation"):
        standards.comment(somebody, version, seat, "Falta la moneda")
    with pytest.raises(RefusedError, match="only the secretariat"):
        standards.consult(somebody, version)
    version = standards.consult(CONSOLE, version)
    said = standards.comment(somebody, version, seat, "Falta la moneda", "monto")
    with pytest.raises(RefusedError, match="not answered"):
        standards.agree(CONSOLE, version, held(body))
    standards.answer(CONSOLE, said, "Se agrega en la versión 2")
    session = held(body)
    with pytest.raises(RefusedError, match="session of its body"):
        standards.agree(CONSOLE, version, Session.objects.get(pk="mesa-2025-11-20"))
    assert standards.agree(CONSOLE, version, session).agreed_in == session


def test_a_later_agreed_version_replaces_the_one_before(body: Body) -> None:
    first, second = agreed(body), agreed(body, fields=[*COLUMNS, {"name": "moneda", "type": "string"}])
    assert [(each.number, each.state) for each in Standard.objects.get(pk="contratos").versions.all()] == [
        (1, "replaced"),
        (2, "agreed"),
    ]
    with pytest.raises(RefusedError, match="cannot become"):
        standards.give_up(CONSOLE, first, "Ya no")
    with pytest.raises(DatabaseError), transaction.atomic():
        StandardVersion.objects.filter(pk=second.pk).update(content="{}")
    with pytest.raises(DatabaseError), transaction.atomic():
        StandardVersion.objects.filter(pk=first.pk).delete()


@pytest.mark.parametrize(
    ("content", "why"),
    [
        ("", "give its content"),
        ("no es JSON", "no JSON"),
        ("[]", "no Table Schema"),
        ('{"fields": [{"type": "number"}]}', "no Table Schema"),
        ('{"fields": [{"name": "a", "type": "money"}]}', "no Table Schema"),
    ],
)
def test_what_is_no_schema_is_refused_with_what_to_do(body: Body, content: str, why: str) -> None:
    said = standards.Proposed(title="Contratos", kind="schema", content=content)
    with pytest.raises(RefusedError, match=why):
        standards.propose(CONSOLE, body, "contratos", said)


def test_a_standard_of_the_register_is_taken_up_once_and_stays_as_people_made_it(body: Body) -> None:
    row = Standard.objects.get(pk="contratos-de-muestra")
    with pytest.raises(RefusedError, match="no body has taken up"):
        standards.consult(CONSOLE, row.versions.get())
    assert standards.take_up(CONSOLE, row, body).body == body
    with pytest.raises(RefusedError, match="already"):
        standards.take_up(CONSOLE, row, body)
    assert standards.begin([("contratos-de-muestra", {"fields": []})]) == []
    assert row.versions.count() == 1


def test_a_stranger_changes_nothing(body: Body, new_person: Callable[..., Any]) -> None:
    somebody, version = new_person(), standards.consult(CONSOLE, proposed(body))
    for act in (
        lambda: proposed(body, by=somebody),
        lambda: standards.comment(somebody, version, body.members.get(), "x"),
        lambda: standards.agree(somebody, version, held(body)),
        lambda: standards.give_up(somebody, version, "x"),
    ):
        with pytest.raises(RefusedError):
            act()


def test_the_page_shows_what_came_and_went_and_a_form_takes_a_file(
    body: Body, new_client: Callable[..., Client], new_person: Callable[..., Any]
) -> None:
    agreed(body)
    client = new_client()
    client.force_login(new_person({"role": "analyst"}))
    given = json.dumps({"fields": [COLUMNS[0], {"name": "moneda"}]})
    from django.core.files.uploadedfile import SimpleUploadedFile  # noqa: PLC0415

    fields = {"identifier": "contratos", "title": "Contratos", "kind": "schema"}
    answer = client.post(
        "/secretaria/organos/comite-de-normas/proponer/",
        {**fields, "file": SimpleUploadedFile("esquema.json", given.encode())},
    )
    assert answer.status_code == 302, answer.content.decode()
    wrong = client.post(
        "/secretaria/organos/comite-de-normas/proponer/",
        {**fields, "file": SimpleUploadedFile("x.json", b"\xff\xfe\x00")},
    )
    assert "El archivo no es texto en UTF-8" in wrong.content.decode()
    text = client.get("/normas/contratos/").content.decode()
    assert "Columnas nuevas: moneda" in text
    assert "Columnas que se fueron: fecha" in text
    assert json.loads(client.get("/normas/contratos/2/").content) == json.loads(given)
    assert client.get("/secretaria/normas/contratos/").status_code == 200

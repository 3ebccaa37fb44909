"""What an institution has not sent is its own: by no address, list, search, file, API or guessed number does anybody else see or
change it; and what it did send is changed by nobody but those who rule on it."""

from collections.abc import Callable
from datetime import timedelta
from itertools import product
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from atalaya.portal.accounts.rules import may
from atalaya.portal.accounts.services import RefusedError
from atalaya.portal.observatory.models import DutyVerdict, Edition, Institution
from atalaya.portal.reviews import certificates, services
from atalaya.portal.reviews.models import Certificate, ComingFinding, Reply, ReplyPeriod
from atalaya.portal.reviews.rules import visible
from atalaya.portal.reviews.services import Said
from atalaya.portal.reviews.things import Thing, coming_thing, duty_thing
from tests.portal.api.test_roles import PREFIXES, REVIEWS
from tests.portal.api.test_routes import EVERY
from tests.portal.conftest import CERTIFIED, ROLES
from tests.portal.reviews.making import a_finding, say

SECRET = "palabrasecreta"
"""In everything that was written and not sent."""

HIDDEN = "razonpordecidir"
"""In what was sent and not ruled on yet: analysts read it, nobody else does."""

COMING = "titulovenidero"
"""The title of a finding that is not published yet."""

LISTS = (("focal_point", "mi-institucion/"), ("focal_point", "mi-institucion/pendientes/"), ("analyst", "revision/"))
"""Who may read which list at all."""

STEPS = ("send", "take_back", "confirm")
ELSE = [name for name, role in ROLES.items() if name != "nobody"]
Made = dict[str, Any]


@pytest.fixture
def made(new_person: Callable[..., Any], missing_duty: DutyVerdict) -> Made:
    """One institution's answers: a draft of every kind, a dispute that was sent, and a finding that is to come."""
    unit = missing_duty.institution
    assert unit not in {(role or {}).get("institution") for role in ROLES.values()}
    focal = new_person({"role": "focal_point", "institution": unit})
    said = Said(text=f"{SECRET} y lo demás", ground=f"{SECRET}, artículo 3", url=f"https://{SECRET}.example/")
    now = timezone.now()
    period = ReplyPeriod.objects.create(
        observation="zz-coming", as_of=now.date(), opens=now, closes=now + timedelta(days=3)
    )
    coming = {"check_id": "x", "check_version": 1, "subject": "s", "reason": "r", "title": COMING, "evidence": {}}
    ComingFinding.objects.create(period=period, finding="coming1", institution=unit, **coming)
    draft = services.dispute(focal, a_finding(unit), said)
    duty = services.not_concerned(focal, duty_thing(unit, missing_duty.duty, say()), said)
    comment = services.comment(focal, coming_thing("coming1"), said)
    hidden = Said(text=f"{HIDDEN} y lo demás", url=f"https://{HIDDEN}.example/")
    sent = services.step(focal, services.dispute(focal, a_finding(unit), hidden), "send")
    return {"focal": focal, "unit": unit, "drafts": [draft, duty, comment], "sent": sent, "duty": missing_duty.duty}


def body(answer: Any) -> str:
    return (b"".join(answer.streaming_content) if answer.streaming else answer.content).decode("utf-8", "replace")


def queries(made: Made) -> list[str]:
    slug = Institution.objects.get(id=made["unit"]).slug
    units = [f"institucion={slug}", f"institucion={made['unit']}", "q=demás", "q=artículo"]
    kinds = ["tipo=finding", "tipo=duty", "tipo=answer", "tipo=dispute", "cola=impugnaciones", "cola=no-corresponde"]
    plain = [f"{unit}&{kind}" for unit, kind in product(units, kinds)]
    return ["", *plain[::2], *(f"{each}&formato=json" for each in plain[1::2])]


def private_places(made: Made) -> list[str]:
    """Every address of reviews with everything of the institution put in, and numbers next to those that are there."""
    answers = [*made["drafts"], made["sent"]]
    numbers = {each.pk + away for each in answers for away in (-1, 0, 1)}
    filled = {
        "{finding}": {each.thing for each in answers},
        "{duty}": {made["duty"], *(each.thing for each in answers)},
        "{reply}": {str(number) for number in numbers} | {"0", "99999999"},
    }
    places = []
    for place, _ in REVIEWS.values():
        name = next((mark for mark in filled if mark in place), "")
        places += [place.replace(name, each) for each in sorted(filled[name])] if name else [place]
    return places


def test_nobody_else_reads_what_was_not_sent(everybody: dict[str, Client], made: Made) -> None:
    tried = 0
    for name, client in everybody.items():
        for prefix, place in product(PREFIXES.values() if name == "focal_point" else [""], private_places(made)):
            deep = queries(made) if (name, place) in LISTS and not prefix else [""]
            for query in deep:
                answer = client.get(f"/{prefix}{place}?{query}")
                text = body(answer)
                assert answer.status_code < 500, (name, place, query)
                assert SECRET not in text, (name, place, query)
                assert COMING not in text, (name, place, query)
                if name != "analyst":
                    assert HIDDEN not in text, (name, place, query)
                tried += 1
    assert tried > 150
    own = Client()
    own.force_login(made["focal"])
    assert all(SECRET in body(own.get(f"/mi-institucion/{part}/{each.thing}/")) for part, each in _own_places(made))


def _own_places(made: Made) -> list[tuple[str, Reply]]:
    return [("obligaciones" if each.kind == "not_concerned" else "hallazgos", each) for each in made["drafts"]]


def test_no_public_address_tells_what_was_not_sent(
    everybody: dict[str, Client], known: dict[str, str], made: Made
) -> None:
    """That public pages are the same for all roles is held elsewhere, so one of them asks."""
    client = everybody["focal_point"]
    slug = Institution.objects.get(id=made["unit"]).slug
    for answer in (*made["drafts"], made["sent"]):
        filled = {**known, "slug": slug, "finding": answer.thing, "duty": made["duty"]}
        for route, (place, _, _) in EVERY.items():
            if "{finding}" in place or (answer is made["sent"] and ("{duty}" in place or "{slug}" in place)):
                text = body(client.get(f"/{place.format(**filled)}"))
                assert not any(word in text for word in (SECRET, HIDDEN, COMING)), route
    for place in ("respuestas/", "hallazgos/", "buscar/", "datos/", "obligaciones/", "api/v1/findings"):
        for query in queries(made):
            text = body(client.get(f"/{place}?{query}"))
            assert not any(word in text for word in (SECRET, HIDDEN, COMING)), (place, query)


def test_nobody_else_changes_anything_by_any_form(everybody: dict[str, Client], made: Made) -> None:
    answers = [*made["drafts"], made["sent"]]
    before = _rows()
    for name, client in everybody.items():
        if name == "nobody":
            continue
        for place in private_places(made):
            for reply in answers:
                for step in STEPS if name in ("focal_point", "analyst") else STEPS[:1]:
                    client.post(f"/{place}", {"reply": reply.pk, "step": step, "why": "x" * 40, "outcome": "unknown"})
            for kind in ("mending", "dispute", "not_concerned", "comment", "recheck"):
                fields = {
                    "say": kind,
                    "text": "palabras de otro, y son bastantes",
                    "ground": "otro",
                    "day": "2030-01-01",
                }
                client.post(f"/{place}", {**fields, "send": "1"})
    after = {key: row for key, row in _rows().items() if key in before}
    assert after == before
    assert not Reply.objects.filter(institution=made["unit"]).exclude(pk__in=before)


def _rows() -> dict[int, dict[str, Any]]:
    return {row["id"]: row for row in Reply.objects.values()}


@pytest.mark.parametrize("role", ELSE)
def test_no_service_lets_others_in(new_person: Callable[..., Any], made: Made, role: str) -> None:
    person, before = new_person(ROLES[role]), _rows()
    told = Said(text="palabras de otro, y son bastantes", ground="otro")
    thing = Thing("t", made["unit"], "t", "o", "check", 1, "s", "r")
    duty, coming = Thing("d", made["unit"], "d", "o"), coming_thing("coming1")
    for act in (
        lambda: services.claim(person, thing, timezone.localdate()),
        lambda: services.dispute(person, thing, told),
        lambda: services.not_concerned(person, duty, told),
        lambda: services.comment(person, coming, told),
        lambda: services.ask_again(person, thing),
        lambda: services.step(person, made["drafts"][0], "send"),
        lambda: services.step(person, made["sent"], "take_back"),
        lambda: certificates.certify(person, Institution.objects.get(id=made["unit"]), Edition.shown()),
    ):
        with pytest.raises(RefusedError, match="only those who speak for the institution"):
            act()
    assert _rows() == before
    assert not Certificate.objects.filter(institution=made["unit"]).exclude(number=CERTIFIED)


def test_the_list_and_the_predicate_say_the_same_of_everybody_and_everything(
    new_person: Callable[..., Any], made: Made
) -> None:
    people = [*(new_person(role) for name, role in ROLES.items() if name != "nobody"), made["focal"]]
    people += [new_person(ROLES["analyst"], second_step=False), new_person(ROLES["focal_point"], second_step=False)]
    services.claim(made["focal"], a_finding(made["unit"]), timezone.localdate())
    told = {person: {each.pk for each in visible(person)} for person in people}
    for person in people:
        assert told[person] == {each.pk for each in Reply.objects.all() if may(person, "reviews.see", each)}
    assert {len(each) for each in told.values()} == {0, 1, 5}

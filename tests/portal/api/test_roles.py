"""Every address by every role: what is public is the same for all, and what is not is for those alone whose it is."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import get_resolver
from django.utils import timezone, translation
from django.utils.timezone import localdate

from atalaya.portal.accounts.models import Membership, User
from atalaya.portal.commitments.models import Commitment
from atalaya.portal.commitments.services import Said, read, withdraw
from atalaya.portal.commitments.services.uploads import upload
from atalaya.portal.files.services import take
from atalaya.portal.meetings.models import Member
from atalaya.portal.meetings.services.agreements import Agreed, agree
from atalaya.portal.meetings.services.bodies import Described, found
from atalaya.portal.meetings.services.sessions import Call, call, hold
from atalaya.portal.news.models import Communique
from atalaya.portal.observatory.models import Dataset, Duty
from atalaya.portal.post import following
from atalaya.portal.post.models import Follow
from atalaya.portal.post.subjects import subject_of as subject_to_follow
from atalaya.portal.reports.services import send
from atalaya.portal.reports.subjects import subject_of
from atalaya.portal.rounds.models import Publication, Round, Trial
from atalaya.publish.words import words
from tests.portal.api.test_routes import EVERY, routes
from tests.portal.conftest import ANNOUNCED, PASSWORD, ROLES, made_person
from tests.portal.files.hostile import picture
from tests.portal.publishing.made import publish_one
from tests.portal.reviews.making import disputed


def row(nobody: int, **others: int) -> dict[str, int]:
    """Statuses by role: `signed_in` for all who have an account, others by their name."""
    signed_in = others.pop("signed_in", nobody)
    return {**dict.fromkeys(ROLES, signed_in), "nobody": nobody, **others}


ALL, OWN, ENTRANCE = row(200), row(302, signed_in=200), row(200, signed_in=302)
AGAIN = row(302)
"""Pages that ask once more who it is, or lead on."""

NO_STEP, NO_CODES = row(302, public=404), row(302, signed_in=404)
"""Those of a second step, which `public` does not have, and of recovery codes, which nobody made here."""

ADMINISTRATORS = row(302, signed_in=403, administrator=200)

# Address under /cuenta/ → what each role gets by GET; `{…}` is put in from what is there.
ACCOUNTS = {
    "": ("", OWN),
    "entrar/": ("entrar/", ENTRANCE),
    "salir/": ("salir/", OWN),
    "crear/": ("crear/", ENTRANCE),
    "cerrada/": ("cerrada/", ALL),
    "confirmar/": ("confirmar/", OWN),
    "correo/": ("correo/", OWN),
    "correo/enviado/": ("correo/enviado/", ALL),
    "^correo/confirmar/(?P<key>[-:\\w]+)/$": ("correo/confirmar/none/", ALL),
    "clave/": ("clave/", row(302, signed_in=200)),
    "clave/primera/": ("clave/primera/", AGAIN),
    "clave/olvidada/": ("clave/olvidada/", ALL),
    "clave/olvidada/enviada/": ("clave/olvidada/enviada/", ALL),
    "^clave/nueva/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$": ("clave/nueva/1-none/", ALL),
    "clave/lista/": ("clave/lista/", ALL),
    "segundo-paso/": ("segundo-paso/", AGAIN),
    "segundo-paso/confirmar/": ("segundo-paso/confirmar/", row(302, signed_in=200, public=302)),
    "seguridad/": ("seguridad/", OWN),
    "seguridad/aplicacion/": ("seguridad/aplicacion/", AGAIN),
    "seguridad/aplicacion/quitar/": ("seguridad/aplicacion/quitar/", NO_STEP),
    "seguridad/codigos/": ("seguridad/codigos/", NO_CODES),
    "seguridad/codigos/nuevos/": ("seguridad/codigos/nuevos/", AGAIN),
    "seguridad/codigos/archivo/": ("seguridad/codigos/archivo/", NO_CODES),
    "seguridad/llaves/": ("seguridad/llaves/", OWN),
    "seguridad/llaves/agregar/": ("seguridad/llaves/agregar/", AGAIN),
    "seguridad/llaves/confirmar/": ("seguridad/llaves/confirmar/", AGAIN),
    "seguridad/llaves/<int:pk>/quitar/": ("seguridad/llaves/{key}/quitar/", AGAIN),
    "seguridad/llaves/<int:pk>/nombre/": ("seguridad/llaves/{key}/nombre/", AGAIN),
    "personas/": ("personas/", ADMINISTRATORS),
    "personas/<int:pk>/": ("personas/{person}/", ADMINISTRATORS),
    "personas/roles/<int:pk>/terminar/": ("personas/roles/{role}/terminar/", ADMINISTRATORS),
    "registro/": ("registro/", ADMINISTRATORS),
}
REVIEWERS = row(302, signed_in=403, focal_point=200, analyst=200, administrator=200)
REPORTS = {
    "": ("?asunto={subject}", ALL),
    "revisar/": ("revisar/", REVIEWERS),
    "revisar/<slug:number>/": ("revisar/{number}/", REVIEWERS),
    "<slug:number>/": ("{number}/", ALL),
}
WRITERS = row(302, signed_in=403, focal_point=200, analyst=200, administrator=200)
NEWS = {
    "": ("", WRITERS),
    "nuevo/": ("nuevo/", WRITERS),
    "<int:pk>/": ("{communique}/", WRITERS),
    "<int:pk>/fotos/": ("{communique}/fotos/", WRITERS),
    "<int:pk>/texto/": ("{communique}/texto/", WRITERS),
}
SPEAKERS, RULING = row(302, signed_in=403, focal_point=200), row(302, signed_in=403, analyst=200)
REVIEWS = {
    "mi-institucion/": ("mi-institucion/", SPEAKERS),
    "mi-institucion/pendientes/": ("mi-institucion/pendientes/", SPEAKERS),
    "mi-institucion/constancia/": ("mi-institucion/constancia/", SPEAKERS),
    "mi-institucion/hallazgos/<str:identifier>/": ("mi-institucion/hallazgos/{finding}/", SPEAKERS),
    "mi-institucion/obligaciones/<slug:identifier>/": ("mi-institucion/obligaciones/{duty}/", SPEAKERS),
    "revision/": ("revision/", RULING),
    "revision/<int:pk>/": ("revision/{reply}/", RULING),
}
EDITORS = row(302, signed_in=403, analyst=200, administrator=200)
"""Of a body that named no secretariat, and of whose members nobody here speaks for any."""

DESK = {
    "": ("", OWN),
    "acuerdos/<int:pk>/": ("acuerdos/{agreement}/", EDITORS),
    "asientos/<int:pk>/": ("asientos/{seat}/", EDITORS),
    "cumplimiento/": ("cumplimiento/", EDITORS),
    "normas/<slug:identifier>/": ("normas/contratos-de-muestra/", EDITORS),
    "organo-nuevo/": ("organo-nuevo/", EDITORS),
    "organos/<slug:identifier>/": ("organos/mesa-tecnica/", EDITORS),
    "organos/<slug:identifier>/convocar/": ("organos/mesa-tecnica/convocar/", EDITORS),
    "organos/<slug:identifier>/proponer/": ("organos/mesa-tecnica/proponer/", EDITORS),
    **{
        f"sesiones/<slug:identifier>/{page}": (f"sesiones/mesa-2025-11-20/{page}", EDITORS)
        for page in ("", "acta/", "acuerdos/", "asistencia/", "informes/")
    },
}
PLANS = {
    "": ("", REVIEWERS),
    "comentarios/": ("comentarios/", EDITORS),
    "importar/": ("importar/", EDITORS),
    "importar/<int:pk>/": ("importar/{upload}/", row(302, signed_in=403, analyst=404, administrator=404)),
    "lecturas/<int:reading>/retirar/": ("lecturas/{reading}/retirar/", EDITORS),
    "<int:number>/autoevaluacion/<slug:term>/": ("1/autoevaluacion/medio-termino/", EDITORS),
    "<int:number>/sesion/": ("1/sesion/", EDITORS),
    "<int:number>/compromisos/<int:commitment>/comentar/": ("1/compromisos/1/comentar/", OWN),
    "<int:number>/compromisos/<int:commitment>/lectura/": ("1/compromisos/1/lectura/", EDITORS),
    "<int:number>/compromisos/<int:commitment>/version/": ("1/compromisos/1/version/", EDITORS),
}
THEIRS = row(404, focal_point=200, analyst=200, administrator=200)
FILES = {
    "<slug:key>/": ("{file}/", THEIRS),
    "<slug:key>/<slug:size>/": ("{picture}/small/", THEIRS),
}
FOLLOWING = {
    "": ("?asunto={subject}", ALL),
    "mio/": ("mio/", OWN),
    "mio/<str:mark>/": ("mio/{mark}/", ALL),
    "confirmar/<str:mark>/": ("confirmar/{asked}/", ALL),
    "dejar/<str:mark>/": ("dejar/{mark}/", ALL),
}
"""Whoever has the link of a letter is its reader, signed in or not."""

CONTACTS = {"": ("", REVIEWERS)}
LETTERS = {"": ("", ADMINISTRATORS)}
ANALYSTS = row(302, signed_in=403, analyst=200, administrator=200)
ROUNDS = {
    "": ("", ANALYSTS),
    "nueva/": ("nueva/", row(302, signed_in=403, analyst=302, administrator=302)),
    "<int:pk>/": ("{round}/", ANALYSTS),
    "ediciones/<slug:observation>/": ("ediciones/{publication}/", ANALYSTS),
    "metodologias/": ("metodologias/", ANALYSTS),
    "metodologias/<int:pk>/": ("metodologias/{trial}/", ANALYSTS),
}
PUBLISHERS = row(302, signed_in=403, focal_point=200, analyst=200)
SENDERS = row(302, signed_in=403, focal_point=200)
PUBLISHING = {
    "": ("", PUBLISHERS),
    "nuevo/": ("nuevo/", SENDERS),
    "tablas/": ("tablas/", PUBLISHERS),
    "tablas/<str:identity>.<slug:form>": ("tablas/none.csv", row(302, signed_in=403, focal_point=404, analyst=404)),
    "<int:pk>/": ("{version}/", PUBLISHERS),
    "<int:pk>/archivo/": ("{version}/archivo/", SENDERS),
}
EVERY_PRIVATE = {
    start + route: (start + place, wanted)
    for start, table in (
        ("", REVIEWS),
        ("contactos/", CONTACTS),
        ("correspondencia/", LETTERS),
        ("archivos/", FILES),
        ("cuenta/", ACCOUNTS),
        ("gestion/planes/", PLANS),
        ("publicar/", PUBLISHING),
        ("redaccion/", NEWS),
        ("reportar/", REPORTS),
        ("rondas/gestion/", ROUNDS),
        ("secretaria/", DESK),
        ("seguir/", FOLLOWING),
    )
    for route, (place, wanted) in table.items()
}
PREFIXES = {"es": "", "en": "en/"}


@pytest.fixture(scope="module")
def things(everybody: dict[str, Client]) -> dict[str, object]:
    """Somebody else's: an account with a role and a key, and a report on the institution of the focal point."""
    other = made_person(ROLES["analyst"], second_step=True)
    key = Authenticator.objects.create(user=other, type="webauthn", data={"name": "ajena"})
    subject = f"conjunto:{Dataset.objects.filter(institution='zz:uno').first().id}"
    report = send(subject_of(subject, words("es", "zz", "portal")), "Falta una columna.", "es")
    dispute = disputed(made_person(ROLES["focal_point"], second_step=True))
    answered = {"finding": dispute.thing, "reply": dispute.pk, "duty": Duty.objects.first().id}
    things = {**answered, "person": other.pk, "role": other.memberships.get().pk, "key": key.pk}
    things |= {
        "file": _file(other, "notas.txt", b"Notas de los datos.\n"),
        "picture": _file(other, "foto.png", picture()),
        "version": publish_one(Path(settings.ATALAYA_HOME), "zz:uno", "gasto-de-uno").pk,
    }
    following.ask("ajena@inventada.example", subject_to_follow(subject, words("es", "zz", "portal")), "es")
    asked = Follow.objects.get(follower__email="ajena@inventada.example")
    marks = {"mark": following.mark_of(asked.follower), "asked": following.confirm_mark(asked)}
    announced = Communique.objects.get(slug=ANNOUNCED["id"]).pk
    return {
        **things,
        "subject": subject,
        "number": report.number,
        **marks,
        **_of_plans(other),
        **_of_meetings(),
        "communique": announced,
        **_of_rounds(),
    }


def _file(by: User, name: str, data: bytes) -> str:
    """The key of a file that somebody sent for the institution of the focal point."""
    row = take(by, SimpleUploadedFile(name, data), purpose="evidence", institution="zz:uno")
    return str(row.key)


def _of_plans(other: User) -> dict[str, object]:
    """A reading that was taken back, so that no page says more of its milestone than others expect, and somebody's upload."""
    commitment = Commitment.objects.get(plan=1, number=3)
    reading = read(None, commitment, Said(milestone="1", voice="technical_table", level="started", on=localdate()))
    return {"reading": withdraw(None, reading, "error").pk, "upload": upload(other, 1, "plan.xlsx", {}).pk}


def _of_meetings() -> dict[str, object]:
    """A seat, and an agreement of a body that nobody here runs."""
    seat = Member.objects.filter(body="mesa-tecnica", until=None).first()
    body = found(None, "organo-ajeno", Described(name="Órgano ajeno inventado", kind="other"))
    agreement = agree(None, hold(None, call(None, body, Call(on=localdate()))), Agreed(text="Un acuerdo inventado"))
    return {"seat": seat.pk, "agreement": agreement.pk}


def _of_rounds() -> dict[str, object]:
    """A round that could not be run, an edition on its way, and a methodology that is tried."""
    now = timezone.now()
    round_ = Round.objects.create(country="zz", as_of="2020-01-01T00:00:00Z", state="failed", asked=now)
    made = Publication.objects.create(observation="zz-20200101T000000Z", country="zz", made=now, changed=now)
    text = {"methodology": "inventada/1", "text": "index: inventada", "sha256": "0" * 64}
    trial = Trial.objects.create(country="zz", asked=now, **text)
    return {"round": round_.pk, "publication": made.observation, "trial": trial.pk}


@pytest.mark.parametrize("language", PREFIXES)
def test_every_address_has_a_row_by_role(language: str) -> None:
    with translation.override(language):
        there = set(routes(get_resolver()))
    assert there == set(EVERY) | {PREFIXES[language] + route for route in EVERY_PRIVATE}


@pytest.mark.parametrize("route", EVERY)
def test_what_is_public_is_the_same_for_every_role(
    everybody: dict[str, Client], known: dict[str, str], route: str
) -> None:
    place, status, _ = EVERY[route]
    answers = {name: client.get(f"/{place.format(**known)}") for name, client in everybody.items()}
    bodies = set()
    for name, answer in answers.items():
        assert (name, answer.status_code) == (name, status)
        assert not answer.cookies
        assert "Cookie" not in answer.headers.get("Vary", "")
        bodies.add(b"".join(answer.streaming_content) if answer.streaming else answer.content)
    assert len(bodies) == 1


@pytest.mark.parametrize("language", PREFIXES)
@pytest.mark.parametrize("route", EVERY_PRIVATE)
def test_what_each_role_gets_of_what_is_private(
    everybody: dict[str, Client], things: dict[str, object], route: str, language: str
) -> None:
    place, wanted = EVERY_PRIVATE[route]
    address = f"/{PREFIXES[language]}{place.format(**things)}"
    for name, client in everybody.items():
        answer = client.get(address)
        assert (name, answer.status_code) == (name, wanted[name])
        assert answer.headers["Cache-Control"] == "private, no-store"
        assert "Cookie" in answer.headers["Vary"]
        assert "Access-Control-Allow-Origin" not in answer.headers
        assert answer.headers["X-Frame-Options"] == "DENY"
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
        if answer.status_code == 302:
            place = answer.headers["Location"]
            assert place.startswith("/en/") is (language == "en")
            assert not place.startswith("//")
        elif not answer.headers["Content-Type"].startswith(("text/plain", "image/")):
            assert f'<html lang="{language}">' in answer.content.decode()
        answer.close()


@pytest.mark.parametrize("route", [each for each, (_, wanted) in ACCOUNTS.items() if wanted is ADMINISTRATORS])
def test_nobody_else_changes_what_is_for_administrators(
    everybody: dict[str, Client], things: dict[str, object], route: str
) -> None:
    before = (User.objects.count(), Membership.objects.filter(until=None).count())
    fields = {"email": "colada@inventada.example", "role": "administrator"}
    for name, client in everybody.items():
        if name != "administrator":
            for method in ("post", "put", "delete", "patch"):
                answer = getattr(client, method)(f"/cuenta/{ACCOUNTS[route][0].format(**things)}", fields)
                assert (name, answer.status_code) in ((name, 302), (name, 403), (name, 429))
    assert (User.objects.count(), Membership.objects.filter(until=None).count()) == before


def test_nobody_reaches_somebody_elses_keys(
    new_client: Callable[..., Client], new_person: Callable[..., Any], things: dict[str, object]
) -> None:
    person, client = new_person(), new_client()
    client.force_login(person)
    client.post("/cuenta/confirmar/", {"password": PASSWORD})
    for part in ("quitar", "nombre"):
        for answer in (
            client.get(f"/cuenta/seguridad/llaves/{things['key']}/{part}/"),
            client.post(f"/cuenta/seguridad/llaves/{things['key']}/{part}/", {"name": "robada"}),
        ):
            assert answer.status_code == 404
    assert Authenticator.objects.get(pk=things["key"]).data == {"name": "ajena"}


def test_a_closed_account_is_nobody(new_client: Callable[..., Client], new_person: Callable[..., Any]) -> None:
    person, client = new_person(ROLES["administrator"]), new_client()
    client.force_login(person)
    assert client.get("/cuenta/registro/").status_code == 200
    person.is_active = False
    person.save()
    assert client.get("/cuenta/registro/").status_code == 302


def test_there_is_no_administration_of_django(visitor: Client) -> None:
    for place in ("admin/", "admin/login/", "en/admin/", "accounts/login/", "cuenta/admin/"):
        assert visitor.get(f"/{place}").status_code == 404
    assert not [route for route in routes(get_resolver()) if re.search("admin|debug", route)]

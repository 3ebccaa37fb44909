"""The portal over its own database, loaded once with two rounds of the small country, and a visitor to ask it."""

import asyncio
import tempfile
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from importlib import import_module, resources
from itertools import count
from pathlib import Path
from socketserver import ThreadingMixIn
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import django
import psycopg
import pytest
import yaml
from django.conf import settings
from django.core import mail
from django.core.wsgi import get_wsgi_application
from django.db import connections
from django.test import Client

from atalaya.commitments.bodies import body_of
from atalaya.commitments.documents import plan_of, session_of
from atalaya.countries.pack import CountryPack, Division
from atalaya.countries.reader import read_pack
from atalaya.history.read import Sealed
from atalaya.news.communique import communique_of, period_from
from atalaya.portal.database import connection_settings, serving_database
from atalaya.portal.migrating import migrate, portal_on
from atalaya.publish.dumps.making import make_dump
from atalaya.publish.read_model import load
from atalaya.store.parts import canonical_json

# Django is set up before the tests import its models; the database is named when it runs, by `published_portal`.
with pytest.MonkeyPatch.context() as _environment:
    _environment.setenv("DJANGO_SETTINGS_MODULE", "atalaya.portal.configuration")
    _environment.setenv("ATALAYA_DATABASE_URL", "postgresql://nobody@nowhere.invalid/none")
    _environment.setenv("ATALAYA_HOSTS", "testserver,localhost,127.0.0.1")
    _environment.setenv("ATALAYA_SECRET", "only for tests")
    _environment.setenv(
        "ATALAYA_CLIENT_RATE", "1e6"
    )  # all tests ask from one address; those of the limits set their own
    django.setup()

# These hold models, which can be had only after that.
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

from atalaya.portal.accounts import services
from atalaya.portal.jobs import working
from atalaya.portal.observatory.models import Edition
from atalaya.portal.reviews.certificates import FORMAT, hash_of
from atalaya.portal.reviews.models import Certificate
from tests.portal.publishing.made import publish_one

_ADDRESSES = count(1)


settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
mail.outbox = []  # the backend makes it with its first letter, and tests count letters before there is one
settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # the real one is slow on purpose

ROLES = {
    "nobody": None,
    "public": None,
    "organisation": {"role": "organisation", "organisation": "Organización Inventada"},
    "focal_point": {"role": "focal_point", "institution": "zz:uno"},
    "analyst": {"role": "analyst"},
    "administrator": {"role": "administrator"},
}
"""What each of the people of the tests is; `nobody` did not sign in, `public` has an account and no role."""

PASSWORD = "caballo correcto grapa"

PERIODS = (
    {
        "id": "2020-2024",
        "title": {"es": "Gobierno de antes", "en": "Government before"},
        "since": "2020-01-14",
        "until": "2024-01-14",
    },
    {
        "id": "2024-2028",
        "title": {"es": "Gobierno de ahora", "en": "Government of now"},
        "since": "2024-01-14",
        "until": "2048-01-14",
    },
)
ANNOUNCED = {
    "id": "2025-03-14-anuncio-inventado",
    "issuer": "uno",
    "on": "2025-03-14",
    "title": "Anuncio inventado sobre contrataciones",
    "summary": "Un anuncio que nadie hizo.",
    "body": """## De qué trata

Un texto **inventado**, con [un enlace](https://inventada.example/nota).

| Hito | Estado |
|---|---|
| 1 | listo |
""",
    "tags": ["inventado"],
    "video": "https://video.example/ver?v=1",
    "attachments": [{"title": "Acta inventada", "url": "https://inventada.example/acta.pdf"}],
    "about": {
        "plans": [{"plan": 1, "commitment": 1, "milestones": ["1"]}],
        "sessions": ["mesa-2025-11-20"],
        "institutions": ["uno"],
    },
    "note": "Nadie lo comunicó.",
    "sources": ["Documento inventado"],
}
"""A communiqué of the first institution of the small country, with something of everything, and the periods around it."""

ZZ = Path(__file__).parents[1] / "fixtures" / "countries" / "zz"


def _with_a_law(pack: CountryPack) -> CountryPack:
    """The small country with the invented law of another one."""
    other = read_pack(ZZ)
    wanted = (
        "laws",
        "duties",
        "update_rules",
        "obliged_classes",
        "deadlines",
        "letters",
        "calendar",
        "topics",
        "international",
        "translated_into",
        "translations",
    )
    return replace(pack, **{name: getattr(other, name) for name in wanted})


def _with_a_map(pack: CountryPack) -> CountryPack:
    """Two parts of the country as tiles; the first institution lies in a place of the first, the second in the first itself."""
    divisions = (
        Division(code="A", name="Arriba", level=1, row=1, column=1),
        Division(code="B", name="Abajo", level=1, row=2, column=1),
        Division(code="A1", name="Enmedio", level=2, parent="A"),
    )
    first, second, *others = sorted(pack.institutions, key=lambda body: body.id)
    bodies = (replace(first, division="A1"), replace(second, division="A"), *others)
    return replace(pack, divisions=divisions, institutions=bodies)


def _judge(connection: psycopg.Connection) -> None:
    """A verdict on each duty for the first institution, as a round over its site would have left them."""
    connection.execute(
        """INSERT INTO published.verdict
           SELECT (SELECT min(id) FROM published.institution), duty.id, '', standing, reason, late, NULL, 2, said, '["2024-02"]',
                  '[{"url": "https://sitio.example/ley", "sha256": null}]'
           FROM (VALUES (0, 'justified', 'justified', NULL, 'No aplica'), (1, 'late', 'older', 12, ''))
                AS made (place, standing, reason, late, said)
           JOIN published.duty ON duty.place = made.place"""
    )


def _promise(address: str, home: Path) -> None:
    """The invented plan of the sample country, with the body that follows it and its session."""
    texts = resources.files("atalaya") / "data" / "samples"
    plan, body, session = (
        yaml.safe_load((texts / f"{name}.yml").read_text(encoding="utf-8")) for name in ("plan", "body", "session")
    )
    with portal_on(address, home):
        import_module("atalaya.portal.commitments.services").begin([plan_of(plan)])
        import_module("atalaya.portal.meetings.services.bodies").begin([body_of(body)], [session_of(session)])
        schema = {"title": "Contratos de muestra", "fields": [{"name": "monto", "type": "number"}, {"name": "fecha"}]}
        import_module("atalaya.portal.meetings.services.standards").begin([("contratos-de-muestra", schema)])
        import_module("atalaya.portal.news.services").begin([communique_of(ANNOUNCED, "zz")], map(period_from, PERIODS))


def load_rounds(connection: psycopg.Connection, pack: Path, rounds: list[Sealed]) -> None:
    """Load the read model that all tests share: the rounds, a map, a law, and verdicts on it."""
    load(connection, rounds, _with_a_map(_with_a_law(read_pack(pack))))
    _judge(connection)


CERTIFIED = "MUESTRA22222"
"""The number of the certificate that every test finds."""


def _certify() -> None:
    """A certificate of something that was never broken, as an institution would have it made."""
    edition = Edition.shown()
    assert edition is not None
    told = {
        "format": FORMAT,
        "number": CERTIFIED,
        "institution": {"id": "zz:uno", "name": "Institución inventada"},
        "edition": {
            "observation": edition.observation,
            "as_of": edition.as_of.isoformat(),
            "manifest_sha256": edition.manifest_sha256,
        },
        "made": "2026-03-02T12:00:00+00:00",
        "mended": [
            {
                "finding": "inventado",
                "title": "Un archivo inventado",
                "check": "reachable@1",
                "verdict": "pass",
                "observation": edition.observation,
                "seen": "2026-03-02T11:00:00+00:00",
            }
        ],
    }
    document = canonical_json(told)
    Certificate.objects.create(
        number=told["number"],
        institution="zz:uno",
        observation=edition.observation,
        made=datetime(2026, 3, 2, 12, tzinfo=UTC),
        document=document,
        sha256=hash_of(document),
    )


@pytest.fixture(scope="session")
def published_portal(two_small_rounds: tuple[Path, list[Sealed]]) -> Iterator[str]:
    """An embedded database that holds two published rounds, and Django asking it; gives the database's address.

    The folder is a short one of the system's own: the path of a Unix socket has a limit of 107 characters.
    """
    pack, rounds = two_small_rounds
    with (
        tempfile.TemporaryDirectory(prefix="atalaya-", ignore_cleanup_errors=True) as folder,
        serving_database(Path(folder), "") as address,
    ):
        migrate(address, Path(folder))
        with psycopg.connect(address, autocommit=True) as connection:
            load_rounds(connection, pack, rounds)
        _promise(address, Path(folder))
        connections.settings["default"].update(connection_settings(address))
        home = rounds[-1].folder.parents[2]
        for each in rounds:
            make_dump(home, each)
        settings.ATALAYA_HOME = home
        settings.KEPT_ANSWERS = Path(folder) / "answers"
        publish_one(home)
        _certify()
        yield address
        connections.close_all()


@pytest.fixture
def new_client(published_portal: str) -> Callable[..., Client]:
    """Makes a browser that has an address of its own, so that what is counted by address is counted for each test apart."""

    def make(**options: object) -> Client:
        number = next(_ADDRESSES)
        return Client(REMOTE_ADDR=f"10.{number >> 16}.{number >> 8 & 255}.{number & 255}", **options)

    return make


@pytest.fixture
def new_person(published_portal: str) -> Callable[..., Any]:
    """Makes an account with an address and password of its own, with a role and a second step where that is asked."""

    def make(role: dict[str, str] | None = None, *, second_step: bool = True, password: str = PASSWORD) -> Any:
        return made_person(role, second_step=second_step, password=password)

    return make


def made_person(role: dict[str, str] | None, *, second_step: bool, password: str = PASSWORD) -> Any:
    user = services.add_user(f"persona{next(_ADDRESSES)}@inventada.example")
    user.set_password(password)
    user.save()
    if role:
        services.grant(services.CONSOLE, user, services.Grant(**role))
        if second_step:
            TOTP.activate(user, generate_totp_secret())
    return user


@pytest.fixture(scope="session")
def everybody(published_portal: str) -> dict[str, Client]:
    """A browser for each of `ROLES`, signed in where it has an account."""
    clients = {}
    for name, role in ROLES.items():
        number = next(_ADDRESSES)
        address = f"10.{number >> 16}.{number >> 8 & 255}.{number & 255}"
        clients[name] = Client(raise_request_exception=False, REMOTE_ADDR=address)
        if name != "nobody":
            clients[name].force_login(made_person(role, second_step=True))
    return clients


@pytest.fixture
def done(published_portal: str) -> Callable[[], None]:
    """Does all jobs that are due, as a worker would, and comes back when none is left. Those of cron are not enqueued."""

    def work_off() -> None:
        asyncio.run(working.work(working.Pace(once=True, cron=False)))

    return work_off


@pytest.fixture
def visitor(published_portal: str) -> Client:
    """Somebody of the public, without an account; a fault of ours is answered with 500 as it would be to them."""
    return Client(raise_request_exception=False)


class _Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name of the parent
        del format, args


class _Threads(ThreadingMixIn, WSGIServer):
    daemon_threads = True

    def process_request_thread(self, request: object, client_address: object) -> None:
        super().process_request_thread(request, client_address)
        connections.close_all()


@pytest.fixture(scope="session")
def site(published_portal: str) -> Iterator[str]:
    """The portal on loopback; gives its address."""
    with make_server("127.0.0.1", 0, get_wsgi_application(), _Threads, _Quiet) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()

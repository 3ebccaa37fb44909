"""The portal over its own database, loaded once with two rounds of the small country, and a visitor to ask it."""

import tempfile
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from socketserver import ThreadingMixIn
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import django
import psycopg
import pytest
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.db import connections
from django.test import Client

from atalaya.countries.pack import CountryPack, Division
from atalaya.countries.reader import read_pack
from atalaya.history.read import Sealed
from atalaya.portal.database import connection_settings, serving_database
from atalaya.portal.migrating import migrate
from atalaya.publish.read_model import load

# Django is set up before the tests import its models; the database is named when it runs, by `published_portal`.
with pytest.MonkeyPatch.context() as _environment:
    _environment.setenv("DJANGO_SETTINGS_MODULE", "atalaya.portal.configuration")
    _environment.setenv("ATALAYA_DATABASE_URL", "postgresql://nobody@nowhere.invalid/none")
    _environment.setenv("ATALAYA_HOSTS", "testserver,localhost,127.0.0.1")
    _environment.setenv("ATALAYA_SECRET", "only for tests")
    django.setup()


ZZ = Path(__file__).parents[1] / "fixtures" / "countries" / "zz"


def _with_a_law(pack: CountryPack) -> CountryPack:
    """The small country with the invented law of another one."""
    other = read_pack(ZZ)
    wanted = ("laws", "duties", "update_rules", "obliged_classes", "deadlines", "letters", "calendar", "topics")
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
            load(connection, rounds, _with_a_map(_with_a_law(read_pack(pack))))
            _judge(connection)
        connections.settings["default"].update(connection_settings(address))
        settings.KEPT_ANSWERS = Path(folder) / "answers"
        yield address
        connections.close_all()


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

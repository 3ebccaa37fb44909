"""The portal over its own database, loaded once with two rounds of the small country, and a visitor to ask it."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import django
import psycopg
import pytest
from django.db import connections
from django.test import Client

from atalaya.countries.reader import read_pack
from atalaya.history.read import Sealed
from atalaya.portal.database import connection_settings, serving_database
from atalaya.publish.read_model import load

# Django is set up before the tests import its models; the database is named when it runs, by `published_portal`.
with pytest.MonkeyPatch.context() as _environment:
    _environment.setenv("DJANGO_SETTINGS_MODULE", "atalaya.portal.configuration")
    _environment.setenv("ATALAYA_DATABASE_URL", "postgresql://nobody@nowhere.invalid/none")
    _environment.setenv("ATALAYA_HOSTS", "testserver,localhost,127.0.0.1")
    _environment.setenv("ATALAYA_SECRET", "only for tests")
    django.setup()


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
        with psycopg.connect(address, autocommit=True) as connection:
            load(connection, rounds, read_pack(pack))
        connections.settings["default"].update(connection_settings(address))
        yield address
        connections.close_all()


@pytest.fixture
def visitor(published_portal: str) -> Client:
    """Somebody of the public, without an account; a fault of ours is answered with 500 as it would be to them."""
    return Client(raise_request_exception=False)

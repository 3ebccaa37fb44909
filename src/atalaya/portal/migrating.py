"""Brings the tables of people to the shape that this version wants. They stand in the default schema of the portal's database."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import django
import psycopg
from django.apps import apps
from django.core.management import call_command
from django.db import connections
from django.db.migrations.loader import MigrationLoader

from atalaya.exceptions import StoreError
from atalaya.portal.database import connection_settings
from atalaya.store.home import mark_format
from atalaya.version import __version__

LOCK = 0x41544C4D
"""The advisory lock that keeps two migrations apart: the letters ATLM."""


def migrate(address: str, home: Path) -> list[str]:
    """Apply what migrations are missing in the database at an address; gives their names.

    It may be run twice, or by several at once. The home folder is where the key of signatures is. Raises StoreError where the
    database does not answer, or a later version of Atalaya has migrated it or written to the home folder.
    """
    mark_format(home)
    try:
        holder = psycopg.connect(address, autocommit=True)
    except psycopg.OperationalError as error:
        told = str(error).strip().partition("\n")[0]
        raise StoreError(f"the portal's database does not answer ({told}); look at ATALAYA_DATABASE_URL") from error
    with holder, portal_on(address, home):
        holder.execute("SELECT pg_advisory_lock(%s)", (LOCK,))
        before = _applied(holder)
        _refuse_later(before)
        call_command("migrate", interactive=False, verbosity=0)
        return sorted(_applied(holder) - before)


@contextmanager
def portal_on(address: str, home: Path) -> Iterator[None]:
    """Django set up, and asking the database at an address for as long as the context lasts."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "atalaya.portal.configuration")
    if not apps.ready:
        with _environment(ATALAYA_DATABASE_URL=address, ATALAYA_HOME=str(home)):
            django.setup()
    settings = connections.settings["default"]
    kept = dict(settings)
    connections["default"].close()
    settings.update(connection_settings(address))
    try:
        yield
    finally:
        connections["default"].close()
        settings.update(kept)


@contextmanager
def _environment(**values: str) -> Iterator[None]:
    """Variables of the environment for as long as Django reads its settings: no process that is started later inherits them."""
    kept = {name: os.environ.get(name) for name in values}
    os.environ.update(values)
    try:
        yield
    finally:
        for name, value in kept.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


def _refuse_later(applied: set[str]) -> None:
    """Raise StoreError where the database has migrations of our apps that this version does not know."""
    loader = MigrationLoader(None, ignore_no_migrations=True)
    known = {f"{app}.{name}" for app, name in loader.disk_migrations}
    known |= {f"{app}.{name}" for migration in loader.disk_migrations.values() for app, name in migration.replaces}
    ours = {config.label for config in apps.get_app_configs() if config.name.startswith("atalaya.")}
    later = sorted(name for name in applied - known if name.partition(".")[0] in ours)
    if later:
        raise StoreError(
            f"a later version of Atalaya has changed the portal's database ({', '.join(later[:3])}), and this is {__version__}: "
            "install that version, or restore the backup that was made before the upgrade"
        )


def _applied(connection: psycopg.Connection[tuple[object, ...]]) -> set[str]:
    there = connection.execute("SELECT to_regclass('django_migrations')").fetchone()
    if there is None or there[0] is None:
        return set()
    return {f"{app}.{name}" for app, name in connection.execute("SELECT app, name FROM django_migrations")}

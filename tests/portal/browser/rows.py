"""Tables of some apps as they were before a test, so that what a visitor of a whole path leaves behind goes with the test."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.apps import apps
from django.db import connection


@contextmanager
def put_back(*labels: str) -> Iterator[None]:
    """Let rows of these apps be written, and put every table of theirs, the trails too, back to what it was.

    The database's own triggers are off while that is done: approved minutes do not go otherwise, and it would stand in the trail.
    Numbers of rows are never given again, so that no answer that is kept under the newest of them is taken for another.
    """
    tables = [each._meta.db_table for label in labels for each in apps.get_app_config(label).get_models()]
    with connection.cursor() as cursor:
        for name in tables:
            cursor.execute(f'CREATE TABLE "before_{name}" AS TABLE "{name}"')
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SET session_replication_role = replica")
            for name in tables:
                columns = ", ".join(_columns(name))
                cursor.execute(f'DELETE FROM "{name}"')
                cursor.execute(
                    f'INSERT INTO "{name}" ({columns}) OVERRIDING SYSTEM VALUE SELECT {columns} FROM "before_{name}"'
                )
                cursor.execute(f'DROP TABLE "before_{name}"')
            cursor.execute("SET session_replication_role = DEFAULT")


def _columns(table: str) -> list[str]:
    """The columns that are written, not computed by the database."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT quote_ident(column_name) FROM information_schema.columns"
            " WHERE table_schema = current_schema() AND table_name = %s AND is_generated = 'NEVER'",
            (table,),
        )
        return [name for (name,) in cursor.fetchall()]

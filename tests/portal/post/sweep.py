"""Searches every table of the database for a text."""

from django.db import connection


def found_anywhere(text: str) -> list[str]:
    """The tables of all schemas, those of the system left out, in which any column of a row holds a text."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT format('%I.%I', table_schema, table_name) FROM information_schema.tables
            WHERE table_type = 'BASE TABLE' AND table_schema NOT IN ('pg_catalog', 'information_schema')"""
        )
        tables = [name for (name,) in cursor.fetchall()]
        found = []
        for table in tables:
            cursor.execute(
                f"SELECT count(*) FROM {table} AS row WHERE strpos(lower(row::text), %s) > 0", (text.lower(),)
            )
            if cursor.fetchone()[0]:
                found.append(table)
    return found

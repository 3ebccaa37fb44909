"""SQLite and GeoPackage: every table and view as rows, with the geometry that a GeoPackage declares of them (OGC 12-128r18)."""

from __future__ import annotations

import sqlite3
from contextlib import closing

from atalaya.inspection.natives.messages import chunks, fault, table
from atalaya.inspection.natives.wkb import geometry_text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from atalaya.inspection.natives.messages import Budget, Message

_LEAST_STEPS = 20_000_000
_STEPS_A_BYTE = 20
"""Steps of SQLite's machine that one table or view may take: a plain reading takes one or two for each cell."""
_MOST_TABLES = 500
_OWN = ("sqlite_", "gpkg_", "rtree_", "android_metadata", "spatial_ref_sys", "geometry_columns", "idx_")
"""How the names of tables begin that SQLite, GeoPackage and SpatiaLite keep for themselves."""
_WAL = b"\x02\x02"
"""Versions in the header of a database in write-ahead mode: without its log beside it, it is read like any other."""


def read(data: bytes, _budget: Budget) -> Iterator[Message]:
    """Every table, then every view."""
    cut = missing_pages(data)
    if cut is not None:
        yield fault("truncated", "file", cut)
    plain = data[:18] + b"\x01\x01" + data[20:] if data[18:20] == _WAL else data
    try:
        with closing(sqlite3.connect(":memory:")) as connection:
            connection.deserialize(plain)
            connection.text_factory = as_text
            connection.execute("PRAGMA trusted_schema = OFF")
            layers = _layers(connection)
            listed = _listed(connection)
            steps = max(_LEAST_STEPS, _STEPS_A_BYTE * len(data))
            if len(listed) > _MOST_TABLES:
                yield fault("bomb", "file", f"{len(listed)} tables are more than are read")
            for name, kind in listed[:_MOST_TABLES]:
                yield from _read_table(connection, name, kind, layers.get(name.lower()), steps)
    except (sqlite3.Error, OverflowError) as error:
        if cut is None:
            yield fault("unreadable", "file", f"the database cannot be read: {type(error).__name__}")


def missing_pages(data: bytes) -> str | None:
    """What a database that ends too early lacks, None for whole ones (file format §1.3.8: the size counts where both counters
    agree)."""
    size = int.from_bytes(data[16:18], "big")
    size = 65_536 if size == 1 else size
    pages = int.from_bytes(data[28:32], "big")
    if size < 512 or not pages or data[24:28] != data[92:96] or len(data) >= size * pages:
        return None
    return f"{len(data) // size} of {pages} stated pages are there"


def as_text(raw: bytes) -> str:
    """Text of a database: UTF-8 as the format demands, else what programs of Western Windows wrote."""
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("cp1252", "replace")


def _listed(connection: sqlite3.Connection) -> list[tuple[str, str]]:
    rows = connection.execute(
        "SELECT name, type FROM sqlite_master WHERE type IN ('table', 'view') AND sql NOT LIKE 'CREATE VIRTUAL%'"
        " ORDER BY type, name"
    ).fetchall()
    return [(str(name), str(kind)) for name, kind in rows if not str(name).startswith(_OWN)]


def _layers(connection: sqlite3.Connection) -> dict[str, tuple[str, str, str]]:
    """Column, kind and reference system of the geometry, by table in lower case; empty for databases that declare none."""
    try:
        rows = connection.execute(
            "SELECT g.table_name, g.column_name, g.geometry_type_name, s.organization, s.organization_coordsys_id"
            " FROM gpkg_geometry_columns g LEFT JOIN gpkg_spatial_ref_sys s ON s.srs_id = g.srs_id"
        ).fetchall()
    except sqlite3.Error:
        return {}
    found = {}
    for name, column, kind, organization, code in rows:
        crs = f"{organization}:{code}" if organization and str(organization).upper() != "NONE" else ""
        found[str(name).lower()] = (str(column), str(kind).upper(), crs)
    return found


def _read_table(
    connection: sqlite3.Connection, name: str, kind: str, layer: tuple[str, str, str] | None, steps: int
) -> Iterator[Message]:
    """One table or view. A view that does not run is told; the others are read all the same."""
    connection.set_progress_handler(Steps(steps), 10_000)
    quoted = '"' + name.replace('"', '""') + '"'
    try:
        cursor = connection.execute(f"SELECT * FROM {quoted}")  # noqa: S608 - a table of the file itself, quoted
        names = [str(column[0]) for column in cursor.description or ()]
        place = next((at for at, each in enumerate(names) if layer and each.lower() == layer[0].lower()), -1)
        facts: dict[str, object] = {"note": "a view"} if kind == "view" else {}
        if layer is not None:
            facts["geometry"] = layer
        yield table(name, names, facts)
        yield from chunks(_plain(row, place) for row in cursor)
    except (sqlite3.Error, OverflowError) as error:
        slow = "interrupted" in str(error)
        detail = "it takes more steps than are allowed" if slow else f"it cannot be read: {type(error).__name__}"
        yield fault("bomb" if slow else "unreadable", f"{kind} {name}", detail)


def _plain(row: Sequence[object], geometry: int) -> list[object]:
    return [
        cell if not isinstance(cell, bytes) else geometry_text(cell) if at == geometry else "blob"
        for at, cell in enumerate(row)
    ]


class Steps:
    """Stops a query that takes too many steps: called every 10,000 of them, it says no when they are spent."""

    def __init__(self, steps: int) -> None:
        self._left = steps // 10_000

    def __call__(self) -> int:
        """Whether to stop, as SQLite asks for it."""
        self._left -= 1
        return int(self._left < 0)

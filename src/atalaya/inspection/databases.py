"""Tables with a schema of their own, of the dBase and SQLite families (GeoPackage too)."""

import sqlite3
import struct
from collections.abc import Iterator, Sequence
from contextlib import closing

from atalaya.inspection.findings import Defect
from atalaya.inspection.kinds import Cell
from atalaya.inspection.limits import Limits
from atalaya.inspection.material import Findings, Material
from atalaya.inspection.tables import Profile, gather, profile_rows
from atalaya.inspection.text import decode

_CODE_PAGES = {
    0x01: "cp437",
    0x02: "cp850",
    0x03: "cp1252",
    0x04: "mac_roman",
    0x57: "cp1252",
    0x58: "cp1252",
    0x59: "cp1252",
    0x64: "cp852",
}
"""Language driver ids of the dBase header."""
_STEPS = 20_000_000
"""Steps of SQLite's machine that one file may take."""


def read_dbf(material: Material) -> Findings:
    """A dBase table: names and widths from its header, rows as text, deleted rows left out."""
    data = material.data
    stated, header, length = struct.unpack_from("<IHH", data, 4)
    fields: list[tuple[str, int]] = []
    for place in range(32, header - 1, 32):
        if data[place : place + 1] == b"\r" or place + 32 > len(data):
            break
        name = data[place : place + 11].split(b"\0", 1)[0]
        fields.append((name.decode("cp1252", "replace"), data[place + 16]))
    body = data[header : header + stated * length]
    encoding = _encoding_of_dbf(data[29], body)
    defects = []
    if len(body) < stated * length:
        detail = f"{len(body) // length} of {stated} stated rows are there"
        defects.append(Defect(code="truncated", place="file", detail=detail))
    rows = _dbf_rows(body, length, fields, encoding)
    profile = profile_rows(rows, "", material.limits, names=tuple(name for name, _ in fields))
    found = gather([profile] if profile is not None else [])
    return Findings(
        encoding={"cp437": "ibm437", "cp850": "ibm850", "mac_roman": "macroman", "cp852": "ibm852"}.get(
            encoding, encoding
        ),
        tables=found.tables,
        defects=(*defects, *found.defects),
        content_sha256=found.content_sha256,
    )


def _encoding_of_dbf(driver: int, body: bytes) -> str:
    """The driver id is often wrong: text that is UTF-8 is UTF-8, else the id, else what the letters say."""
    try:
        body.decode("utf-8")
    except UnicodeDecodeError:
        if driver in _CODE_PAGES:
            return _CODE_PAGES[driver]
        decoded = decode(body[:1_000_000])
        names = {"ibm850": "cp850", "ibm437": "cp437", "macroman": "mac_roman"}
        return names.get(decoded.encoding, "cp1252") if decoded is not None else "cp1252"
    return "utf-8"


def _dbf_rows(body: bytes, length: int, fields: Sequence[tuple[str, int]], encoding: str) -> Iterator[list[Cell]]:
    for start in range(0, len(body) - length + 1, length):
        if body[start : start + 1] == b"*":
            continue
        row: list[Cell] = []
        place = start + 1
        for _, width in fields:
            row.append(body[place : place + width].split(b"\0", 1)[0].decode(encoding, "replace").strip())
            place += width
        yield row


def read_sqlite(material: Material) -> Findings:
    """The tables of a SQLite file, read from memory with a bound on the work; its own bookkeeping tables are left out."""
    profiles: list[Profile] = []
    try:
        with closing(sqlite3.connect(":memory:")) as connection:
            connection.deserialize(material.data)
            connection.set_progress_handler(_Budget(), 10_000)
            connection.text_factory = lambda raw: raw.decode("utf-8", "replace")
            connection.execute("PRAGMA trusted_schema = OFF")
            for name in _table_names(connection):
                profile = _profile_table(connection, name, material.limits)
                if profile is not None:
                    profiles.append(profile)
    except (sqlite3.Error, OverflowError) as error:
        found = gather(profiles)
        why = Defect(code="unreadable", place="file", detail=f"the database cannot be read: {type(error).__name__}")
        return Findings(tables=found.tables, defects=(*found.defects, why))
    return gather(profiles)


class _Budget:
    """Stops a query that takes too many steps: called every 10,000 of them, it says no when they are spent."""

    def __init__(self) -> None:
        self._left = _STEPS // 10_000

    def __call__(self) -> int:
        self._left -= 1
        return int(self._left < 0)


def _table_names(connection: sqlite3.Connection) -> list[str]:
    listed = connection.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%' ORDER BY name"
    )
    own = ("sqlite_", "gpkg_", "rtree_", "android_metadata")
    return [str(row[0]) for row in listed.fetchall() if not str(row[0]).startswith(own)]


def _profile_table(connection: sqlite3.Connection, name: str, limits: Limits) -> Profile | None:
    quoted = '"' + name.replace('"', '""') + '"'
    cursor = connection.execute(f"SELECT * FROM {quoted}")  # noqa: S608 - a table of the file itself, quoted
    names = tuple(str(column[0]) for column in cursor.description or ())
    rows = ([value if not isinstance(value, bytes) else "blob" for value in row] for row in cursor)
    return profile_rows(rows, name, limits, names=names)

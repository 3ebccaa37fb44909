"""dBase, SQLite and Parquet: names from the schema, rows counted, damage said."""

import io
import sqlite3
import struct
from contextlib import closing

import pyarrow as pa
import pyarrow.parquet as pq

from atalaya.inspection.inspector import inspect_bytes


def dbf(rows: list[tuple[str, int]], encoding: str, driver: int) -> bytes:
    fields = b"".join(
        name.encode().ljust(11, b"\0") + kind.encode() + b"\0" * 4 + bytes([width]) + b"\0" * 15
        for name, kind, width in (("LUGAR", "C", 20), ("CASOS", "N", 6))
    )
    body = b"".join(b" " + text.encode(encoding).ljust(20) + str(number).rjust(6).encode() for text, number in rows)
    header = (
        struct.pack("<BBBBIHH", 3, 120, 1, 1, len(rows), 33 + len(fields), 27) + b"\0" * 17 + bytes([driver]) + b"\0\0"
    )
    return header + fields + b"\r" + body + b"\x1a"


def test_dbf_in_its_code_page() -> None:
    inspection = inspect_bytes(dbf([("Cobán", 1), ("Petén", 2)], "cp850", 0x02))
    assert (inspection.format, inspection.encoding) == ("dbf", "ibm850")
    (table,) = inspection.tables
    assert (table.rows, [(column.name, column.kind) for column in table.columns]) == (
        2,
        [("LUGAR", "text"), ("CASOS", "integer")],
    )


def test_dbf_that_lost_rows() -> None:
    whole = dbf([(f"Pueblo {n}", n) for n in range(50)], "cp1252", 0x03)
    inspection = inspect_bytes(whole[:700])
    assert [defect.code for defect in inspection.defects] == ["truncated"]


def test_sqlite_tables() -> None:
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute("CREATE TABLE lugares (nombre TEXT, casos INT)")
        connection.executemany("INSERT INTO lugares VALUES (?, ?)", [("Flores", 1), ("Cobán", None)])
        connection.execute('CREATE TABLE "con ""comillas" (a)')
        data = connection.serialize()
    inspection = inspect_bytes(data)
    empty, places = inspection.tables
    assert (empty.name, empty.rows) == ('con "comillas', 0)
    assert [(column.name, column.filled) for column in places.columns] == [("nombre", 2), ("casos", 1)]


def test_parquet_counts_every_value() -> None:
    table = pa.table(
        {"lugar": ["Flores", "Cobán", None], "casos": [1, 2, 3], "tasa": [0.5, None, 1.5], "lista": [[1], [2], None]}
    )
    out = io.BytesIO()
    pq.write_table(table, out)
    inspection = inspect_bytes(out.getvalue())
    shown = [(column.name, column.kind, column.filled, column.distinct) for column in inspection.tables[0].columns]
    assert shown == [
        ("lugar", "text", 2, 2),
        ("casos", "integer", 3, 3),
        ("tasa", "number", 2, 2),
        ("lista", "text", 2, None),
    ]


def test_parquet_cut_short() -> None:
    out = io.BytesIO()
    pq.write_table(pa.table({"a": list(range(100))}), out)
    assert [defect.code for defect in inspect_bytes(out.getvalue()[:-20]).defects] == ["truncated"]


def test_rewritten_parquet_has_the_same_content() -> None:
    first, second = io.BytesIO(), io.BytesIO()
    pq.write_table(pa.table({"a": [1, 2, 3], "b": ["x", "y", "z"]}), first)
    pq.write_table(pa.table({"a": [3, 1, 2], "b": ["z", "x", "y"]}), second, compression="gzip")
    assert inspect_bytes(first.getvalue()).content_sha256 == inspect_bytes(second.getvalue()).content_sha256

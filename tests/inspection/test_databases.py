"""dBase, SQLite and Parquet: names from the schema, rows counted, damage said."""

import io
import sqlite3
import struct
from collections.abc import Sequence
from contextlib import closing
from decimal import Decimal

import pyarrow as pa
import pyarrow.parquet as pq

from atalaya.inspection.inspector import inspect_bytes
from atalaya.inspection.limits import Limits


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
        ("lista", "text", 2, 2),
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


def database(script: str, rows: Sequence[Sequence[object]] = ()) -> bytes:
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.executescript(script)
        if rows:
            connection.executemany(f"INSERT INTO t VALUES ({', '.join('?' * len(rows[0]))})", rows)
            connection.commit()
        return connection.serialize()


def test_views_are_read_and_broken_ones_told() -> None:
    data = database(
        "CREATE TABLE t (a INT); CREATE VIEW v AS SELECT a, a * 2 AS doble FROM t; CREATE VIEW rota AS SELECT * FROM nada;",
        [(n,) for n in range(5)],
    )
    inspection = inspect_bytes(data)
    assert [(table.name, table.rows, len(table.columns)) for table in inspection.tables] == [("t", 5, 1), ("v", 5, 2)]
    assert [(defect.code, defect.place) for defect in inspection.defects] == [("unreadable", "view rota")]


def test_a_view_without_end_is_stopped() -> None:
    data = database(
        "CREATE TABLE t (a INT); INSERT INTO t VALUES (1);"
        "CREATE VIEW sin_fin AS WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT count(*) FROM n;"
    )
    inspection = inspect_bytes(data)
    assert [(defect.code, defect.place) for defect in inspection.defects] == [("bomb", "view sin_fin")]
    assert [table.rows for table in inspection.tables][:1] == [1]


def test_a_database_in_write_ahead_mode_is_read_without_its_log() -> None:
    plain = database("CREATE TABLE t (a TEXT)", [("Flores",)])
    inspection = inspect_bytes(plain[:18] + b"\x02\x02" + plain[20:])
    assert ([table.rows for table in inspection.tables], inspection.defects) == ([1], ())


def test_a_database_that_lost_its_end() -> None:
    data = database("CREATE TABLE t (a TEXT)", [("x" * 500,) for _ in range(500)])
    defects = inspect_bytes(data[: len(data) // 2]).defects
    assert "truncated" in {defect.code for defect in defects}


def test_a_database_without_a_table_is_empty() -> None:
    data = database("CREATE TABLE t (a); DROP TABLE t")
    assert [defect.code for defect in inspect_bytes(data).defects] == ["empty_file"]


def test_parquet_values_of_every_kind() -> None:
    table = pa.table(
        {
            "dia": pa.array(["2024-01-31", None]).cast(pa.date32()),
            "hora": pa.array([0, 3_600_000_000], pa.timestamp("us")),
            "monto": pa.array([Decimal("1.50"), Decimal("2.00")], pa.decimal128(10, 2)),
            "tipo": pa.array(["a", None]).dictionary_encode(),
            "crudo": pa.array([b"texto", b"\xff\xfe"]),
            "si": [True, False],
            "nada": pa.nulls(2),
        }
    )
    out = io.BytesIO()
    pq.write_table(table, out)
    (found,) = inspect_bytes(out.getvalue()).tables
    shown = {column.name: (column.kind, column.filled) for column in found.columns}
    assert shown == {
        "dia": ("date", 1), "hora": ("date", 2), "monto": ("number", 2), "tipo": ("text", 1), "crudo": ("text", 2),
        "si": ("boolean", 2), "nada": ("empty", 0),
    }  # fmt: skip


def test_parquet_beyond_the_limit_is_told() -> None:
    out = io.BytesIO()
    pq.write_table(pa.table({"a": list(range(100))}), out)
    inspection = inspect_bytes(out.getvalue(), limits=Limits(column_cells=50))
    assert ([defect.code for defect in inspection.defects], inspection.tables) == (["too_large"], ())


def dbf_of(fields: Sequence[tuple[str, str, int]], records: Sequence[bytes]) -> bytes:
    described = b"".join(
        name.encode().ljust(11, b"\0") + kind.encode() + b"\0" * 4 + bytes([width]) + b"\0" * 15
        for name, kind, width in fields
    )
    length = 1 + sum(width for *_, width in fields)
    head = (
        struct.pack("<BBBBIHH", 0x30, 120, 1, 1, len(records), 33 + len(described), length) + b"\0" * 17 + b"\x03\0\0"
    )
    return head + described + b"\r" + b"".join(b" " + record for record in records) + b"\x1a"


def test_dbf_fields_that_are_not_written_out() -> None:
    record = b"20240131" + struct.pack("<i", 7) + struct.pack("<II", 2460341, 3_600_000) + struct.pack("<q", 12_500)
    data = dbf_of([("DIA", "D", 8), ("N", "I", 4), ("MOMENTO", "T", 8), ("MONTO", "Y", 8)], [record, record])
    (table,) = inspect_bytes(data).tables
    assert [(column.name, column.kind, column.filled) for column in table.columns] == [
        ("DIA", "date", 2), ("N", "integer", 2), ("MOMENTO", "date", 2), ("MONTO", "number", 2),
    ]  # fmt: skip

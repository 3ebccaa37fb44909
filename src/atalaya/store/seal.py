"""Sealing: the parts of a finished round become sorted Parquet tables with their hashes.

Rows are sorted by DuckDB, which spills to disk, and hashed and written in one pass; a killed seal leaves tables without a
manifest, which the next run makes again.
"""

import hashlib
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from atalaya.exceptions import StoreError
from atalaya.store.ledger import Ledger
from atalaya.store.manifest import TableEntry
from atalaya.store.parts import canonical_json, read_part
from atalaya.store.tables import STAGES, TABLES, Row, TableShape

FOLDER = "tables"
BATCH = 20_000
ROWS_A_FILE = 1_000_000
MOST_FILES = 20
SQL_TYPES = {"text": "VARCHAR", "json": "VARCHAR", "integer": "BIGINT", "number": "DOUBLE", "boolean": "BOOLEAN"}
ARROW_TYPES = {
    "text": pa.string(),
    "json": pa.string(),
    "integer": pa.int64(),
    "number": pa.float64(),
    "boolean": pa.bool_(),
}


def connect(spill: Path | None = None) -> duckdb.DuckDBPyConnection:
    """An in-memory DuckDB that loads no extension and reaches no network; large sorts spill into `spill`."""
    connection = duckdb.connect(
        ":memory:", config={"autoinstall_known_extensions": False, "autoload_known_extensions": False, "threads": 2}
    )
    if spill is not None:
        connection.execute(f"SET temp_directory = {_quoted(str(spill))}")
    return connection


def arrow_schema(shape: TableShape) -> pa.Schema:
    """The Arrow schema of a table; JSON columns are text."""
    return pa.schema([(name, ARROW_TYPES[kind]) for name, kind in shape.columns.items()])


def seal_tables(folder: Path) -> tuple[TableEntry, ...]:
    """Write every table of an open observation under `folder/tables` and return their manifest entries, by name.

    Raises StoreError where two rows share a key or a key is empty: units must not overlap.
    """
    target = folder / FOLDER
    shutil.rmtree(target, ignore_errors=True)
    spill = folder / "sealing"
    shutil.rmtree(spill, ignore_errors=True)
    target.mkdir(parents=True)
    spill.mkdir()
    with connect(spill) as connection:
        _load(connection, Ledger(folder))
        entries = tuple(_write(connection, TABLES[name], target) for name in sorted(TABLES))
    shutil.rmtree(spill)
    return entries


def _load(connection: duckdb.DuckDBPyConnection, ledger: Ledger) -> None:
    """Insert the rows of all parts into one DuckDB table each."""
    for shape in TABLES.values():
        columns = ", ".join(f"{_name(column)} {SQL_TYPES[kind]}" for column, kind in shape.columns.items())
        connection.execute(f"CREATE TABLE {_name(shape.name)} ({columns})")
    pending: dict[str, list[Row]] = {name: [] for name in TABLES}
    for stage in STAGES:
        for path in ledger.parts(stage):
            for table, row in read_part(path):
                pending[table].append(row)
                if len(pending[table]) >= BATCH:
                    _insert(connection, TABLES[table], pending[table])
    for name, rows in pending.items():
        _insert(connection, TABLES[name], rows)


def _insert(connection: duckdb.DuckDBPyConnection, shape: TableShape, rows: list[Row]) -> None:
    if not rows:
        return
    columns = {
        column: pa.array([_cell(row.get(column), kind) for row in rows], ARROW_TYPES[kind])
        for column, kind in shape.columns.items()
    }
    connection.register("incoming", pa.table(columns))
    connection.execute(f"INSERT INTO {_name(shape.name)} SELECT * FROM incoming")
    connection.unregister("incoming")
    rows.clear()


def _cell(value: object, kind: str) -> object:
    return canonical_json(value) if kind == "json" and value is not None else value


@dataclass
class _Seal:
    """The running state of one table: its content hash, its last key and its row count."""

    shape: TableShape
    rows: int = 0
    last: tuple[object, ...] | None = None

    def __post_init__(self) -> None:
        self.digest = hashlib.sha256((canonical_json(list(self.shape.columns)) + "\n").encode())

    def add(self, batch: pa.RecordBatch) -> None:
        names = list(self.shape.columns)
        for row in batch.to_pylist():
            key = tuple(row[name] for name in self.shape.key)
            if not self.shape.volatile and (key == self.last or None in key):
                raise StoreError(
                    f"two units wrote the row {key} of {self.shape.name}, or its key is empty: units overlap"
                )
            self.last = key
            self.digest.update((canonical_json([row[name] for name in names]) + "\n").encode())
        self.rows += batch.num_rows


def _write(connection: duckdb.DuckDBPyConnection, shape: TableShape, target: Path) -> TableEntry:
    seal = _Seal(shape)
    files = []
    for number, batches in enumerate(_files(connection, shape)):
        path = target / f"{shape.name}-{number:02d}.parquet"
        with pq.ParquetWriter(path, arrow_schema(shape), compression="zstd") as writer:
            for batch in batches:
                seal.add(batch)
                writer.write_batch(batch)
        files.append({"name": f"{FOLDER}/{path.name}", "file_sha256": file_sha256(path)})
    content = None if shape.volatile else seal.digest.hexdigest()
    return TableEntry(name=shape.name, rows=seal.rows, files=tuple(files), content_sha256=content)


def _files(connection: duckdb.DuckDBPyConnection, shape: TableShape) -> Iterator[Iterator[pa.RecordBatch]]:
    """The sorted rows of a table as one stream of batches a file; an empty table still has its file, for its schema."""
    [(total,)] = connection.execute(f"SELECT count(*) FROM {_name(shape.name)}").fetchall()
    rows_a_file = max(ROWS_A_FILE, -(-total // MOST_FILES))
    order = ", ".join(_name(column) for column in shape.key)
    for offset in range(0, max(total, 1), rows_a_file):
        query = f"SELECT * FROM {_name(shape.name)} ORDER BY {order} LIMIT {rows_a_file} OFFSET {offset}"
        reader = connection.sql(query).to_arrow_reader(BATCH)
        yield (batch.cast(arrow_schema(shape)) for batch in reader)


def file_sha256(path: Path) -> str:
    """The sha256 of a file, read in pieces."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _name(identifier: str) -> str:
    return '"' + identifier.replace('"', '""') + '"'


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"

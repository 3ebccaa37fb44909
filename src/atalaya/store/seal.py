"""Sealing: the parts of a finished round become sorted Parquet tables with their hashes.

Rows are sorted by DuckDB, which spills to disk, and hashed and written in one pass, outcomes in a way of their own
(`store.outcome_seal`); a killed seal leaves tables without a manifest, which the next run makes again.
"""

import hashlib
import shutil
import tempfile
import uuid
from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from atalaya.store.content import ContentHash
from atalaya.store.ledger import Ledger
from atalaya.store.manifest import TableEntry
from atalaya.store.outcome_blocks import TABLE as OUTCOMES
from atalaya.store.outcome_seal import OutcomeSeal, blocks, write_outcomes
from atalaya.store.parts import canonical_json, read_part
from atalaya.store.tables import STAGES, TABLES, Row, TableShape

FOLDER = "tables"
BATCH = 5_000
"""Rows that are written at once, and of a group in a file; a page with its links takes a kilobyte."""

HASHED = 500
"""Rows that are hashed at once: hashing holds them several times over."""

LOADED = 1_000
"""Rows of a table that wait in memory before DuckDB has them: descriptions are long."""

MEMORY = "200MB"
"""What DuckDB may hold before it spills to disk."""

SORTED = 100_000
"""Rows that are sorted at once, about: a record with its descriptions takes some kilobytes."""

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
    """A DuckDB that loads no extension and reaches no network. Its tables lie in `spill`, and what is too large for it as well.

    Without one it reads: rows then come in the order in which files hold them, and what spills lies with temporary files.
    """
    connection = duckdb.connect(
        str(spill / "tables.duckdb") if spill else ":memory:",
        config={
            "autoinstall_known_extensions": False,
            "autoload_known_extensions": False,
            "threads": 1 if spill else 2,  # a sort holds a share of its rows for each thread
            "memory_limit": MEMORY,
        },
    )
    folder = spill or Path(tempfile.gettempdir()) / f"atalaya-{uuid.uuid4().hex}"
    connection.execute(f"SET temp_directory = {_quoted(str(folder))}")
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
    ledger = Ledger(folder)
    pa.default_memory_pool().release_unused()  # what the stages before have left
    with connect(spill) as connection:
        _load(connection, ledger)
        entries = [_write(connection, TABLES[name], target) for name in TABLES if name != OUTCOMES]
        entries.append(_write_outcomes(connection, ledger, target, spill))
    shutil.rmtree(spill)
    return tuple(sorted(entries, key=lambda entry: entry.name))


def _load(connection: duckdb.DuckDBPyConnection, ledger: Ledger) -> None:
    """Insert the rows of all parts but outcomes into one DuckDB table each."""
    names = [name for name in TABLES if name != OUTCOMES]
    for shape in map(TABLES.__getitem__, names):
        columns = ", ".join(f"{_name(column)} {SQL_TYPES[kind]}" for column, kind in shape.columns.items())
        connection.execute(f"CREATE TABLE {_name(shape.name)} ({columns})")
    pending: dict[str, list[Row]] = {name: [] for name in names}
    for stage in STAGES:
        for path in ledger.parts(stage):
            for table, row in read_part(path, names):
                pending[table].append(row)
                if len(pending[table]) >= LOADED:
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


def _write(connection: duckdb.DuckDBPyConnection, shape: TableShape, target: Path) -> TableEntry:
    """Write the files of one table; a table without rows still has one, for its schema."""
    content = ContentHash(shape)
    [(total,)] = connection.execute(f"SELECT count(*) FROM {_name(shape.name)}").fetchall()
    paths: list[Path] = []
    for batches in _files(_sorted(connection, shape, total), _rows_a_file(total)):
        paths.append(target / f"{shape.name}-{len(paths):02d}.parquet")
        with pq.ParquetWriter(paths[-1], arrow_schema(shape), compression="zstd") as writer:
            for batch in batches:
                whole = batch.cast(arrow_schema(shape))
                for first in range(0, whole.num_rows, HASHED):
                    content.add(whole.slice(first, HASHED))
                writer.write_batch(whole)
    connection.execute(f"DROP TABLE {_name(shape.name)}")
    pa.default_memory_pool().release_unused()
    return _entry(shape, content, paths)


def _sorted(connection: duckdb.DuckDBPyConnection, shape: TableShape, total: int) -> Iterator[pa.RecordBatch]:
    """The rows of a table in order of its key, a range at a time: a sort of all rows at once may need any memory."""
    table, first = _name(shape.name), _name(shape.key[0])
    order = ", ".join(_name(column) for column in shape.key)
    bounds: list[str] = []
    if total > SORTED:
        keys = connection.sql(
            f"SELECT {first} FROM {table} WHERE {first} IS NOT NULL ORDER BY {first}"
        ).to_arrow_reader(SORTED)
        bounds = sorted({batch.column(0)[0].as_py() for batch in keys if batch.num_rows})[1:]
    for low, high in pairwise([None, *bounds, None]):
        wanted = [f"{first} >= $low"] if low is not None else []
        wanted += [f"{first} < $high"] if high is not None else []
        where = f"({' AND '.join(wanted) or 'true'})" + (f" OR {first} IS NULL" if high is None else "")
        values = {name: value for name, value in (("low", low), ("high", high)) if value is not None}
        query = f"SELECT * FROM {table} WHERE {where} ORDER BY {order}"
        yield from connection.sql(query, params=values).to_arrow_reader(BATCH)


def _files(reader: Iterable[pa.RecordBatch], rows_a_file: int) -> Iterator[Iterator[pa.RecordBatch]]:
    """The batches of each file, at least one file; each must be read to its end before the next is asked for."""
    batches = iter(reader)
    held = next(batches, None)

    def one() -> Iterator[pa.RecordBatch]:
        nonlocal held
        left = rows_a_file
        while held is not None and left > 0:
            here = held.slice(0, left)
            left -= here.num_rows
            held = held.slice(here.num_rows) if here.num_rows < held.num_rows else next(batches, None)
            yield here

    yield one()
    while held is not None:
        yield one()


def _write_outcomes(connection: duckdb.DuckDBPyConnection, ledger: Ledger, target: Path, spill: Path) -> TableEntry:
    content = ContentHash(TABLES[OUTCOMES])
    seal = OutcomeSeal(connection, spill)
    for block in blocks(ledger):
        seal.add(block)
    return _entry(TABLES[OUTCOMES], content, write_outcomes(seal, content, target, _rows_a_file(seal.rows)))


def _rows_a_file(total: int) -> int:
    return max(ROWS_A_FILE, -(-total // MOST_FILES))


def _entry(shape: TableShape, content: ContentHash, paths: list[Path]) -> TableEntry:
    files = tuple({"name": f"{FOLDER}/{path.name}", "file_sha256": file_sha256(path)} for path in paths)
    hashed = None if shape.volatile else content.hexdigest()
    return TableEntry(name=shape.name, rows=content.rows, files=files, content_sha256=hashed)


def file_sha256(path: Path) -> str:
    """The sha256 of a file, read in pieces."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _name(identifier: str) -> str:
    return '"' + identifier.replace('"', '""') + '"'


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"

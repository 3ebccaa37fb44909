"""Sealing outcomes: the blocks of all parts become the table `outcomes`, sorted by check and subject, a check at a time.

There may be thirty million outcomes of a million subjects, so nothing here grows with their product. Subjects are sorted once
for each level, by DuckDB, and laid down; what a check says of them is laid down as one number a subject and its classes beside.
Then, check by check, subjects stream by and meet their classes in whole columns.
"""

import hashlib
import json
from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from atalaya.catalogue.identity import LENGTH, PART
from atalaya.exceptions import StoreError
from atalaya.store.content import ContentHash, as_json
from atalaya.store.ledger import Ledger
from atalaya.store.outcome_blocks import FAIL, SUBJECT_COLUMNS, TABLE, Column, OutcomeBlock, blocks_of
from atalaya.store.parts import read_blocks, read_part
from atalaya.store.tables import STAGES, TABLES

BATCH = 50_000
"""Subjects that meet their outcomes at once, and rows of a group in a file."""

PENDING = 1 << 18
"""Numbers of a check that wait in memory before they go to its file."""

ABSENT = 0xFFFF_FFFF
"""The number of a subject that a check says nothing of."""

CODED = ("check_id", "level", "institution_id", "source_id", "table", "verdict", "reason", "evidence")
"""Columns of few values, written as numbers of a dictionary."""

CLASS_SCHEMA = pa.schema(
    [
        ("check_version", pa.int64()), ("verdict", pa.string()), ("reason", pa.string()), ("passed", pa.int64()),
        ("applied", pa.int64()), ("evidence", pa.string()),
    ]
)  # fmt: skip
_CODE = pa.dictionary(pa.int32(), pa.string())
_WHOLE = ("check_version", "passed", "applied")
SCHEMA = pa.schema(
    [
        (name, _CODE if name in CODED else pa.int64() if name in _WHOLE else pa.string())
        for name in TABLES[TABLE].columns
    ]
)


def blocks(ledger: Ledger) -> Iterator[OutcomeBlock]:
    """All outcomes of a round, those that stand as rows too."""
    for stage in STAGES:
        for path in ledger.parts(stage):
            yield from read_blocks(path)
            yield from blocks_of(row for _, row in read_part(path, (TABLE,), blocks=False))


class OutcomeSeal:
    """The table `outcomes` of one observation: first every block is added, then the rows come out."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, spill: Path) -> None:
        self._connection, self._spill = connection, spill
        self._checks: dict[str, _Spool] = {}
        self._sizes: dict[str, int] = {}
        columns = ", ".join(f'"{name}" VARCHAR' for name in ("level", *SUBJECT_COLUMNS))
        connection.execute(f'CREATE TABLE subjects ("place" UINTEGER, {columns})')
        self._waiting: list[pa.Table] = []

    def add(self, block: OutcomeBlock) -> None:
        """Lay down one block."""
        start = self._sizes.setdefault(block.level, 0)
        self._sizes[block.level] += len(block)
        found = {name: pa.array(block.subjects[name], pa.string()) for name in SUBJECT_COLUMNS}
        if found["subject_id"].null_count:
            checks = ", ".join(column.check_id for column in block.columns)
            raise StoreError(f"a unit wrote outcomes of {checks} without a subject: its key is empty")
        places = pa.array(range(start, start + len(block)), pa.uint32())
        levels = pa.repeat(pa.scalar(block.level), len(block))
        self._waiting.append(pa.table({"place": places, "level": levels, **found}))
        if sum(table.num_rows for table in self._waiting) >= BATCH:
            self._lay_down()
        for column in block.columns:
            spool = self._checks.get(column.check_id)
            if spool is None:
                spool = self._checks[column.check_id] = _Spool(self._spill / f"check-{len(self._checks)}", block.level)
            if spool.level != block.level:
                raise StoreError(
                    f"the check {column.check_id} judged cases of two levels: {spool.level}, {block.level}"
                )
            spool.add(start, column)

    @property
    def rows(self) -> int:
        """How many outcomes there are."""
        return sum(spool.rows for spool in self._checks.values())

    def batches(self, content: ContentHash) -> Iterator[pa.RecordBatch]:
        """The rows in order of their key, hashed on the way."""
        self._lay_down()
        levels = {level: self._sorted(level) for level in sorted(self._sizes)}
        for check_id in sorted(self._checks):
            spool = self._checks[check_id]
            said = spool.classes()
            numbers = spool.numbers(self._sizes[spool.level])
            for subjects in _batches(levels[spool.level]):
                yield from _outcomes(check_id, spool, said, numbers, subjects, content)
            pa.default_memory_pool().release_unused()

    def _lay_down(self) -> None:
        if self._waiting:
            self._connection.register("incoming", pa.concat_tables(self._waiting))
            self._connection.execute("INSERT INTO subjects SELECT * FROM incoming")
            self._connection.unregister("incoming")
            self._waiting = []

    def _sorted(self, level: str) -> Path:
        """The subjects of a level, sorted, with what their rows say of them as JSON."""
        path = self._spill / f"subjects-{len(list(self._spill.glob('subjects-*')))}"
        query = "SELECT * EXCLUDE (level) FROM subjects WHERE level = ? ORDER BY subject_id"
        reader = self._connection.sql(query, params=[level]).to_arrow_reader(BATCH)
        writer: pa.RecordBatchStreamWriter | None = None
        with path.open("wb") as stream:
            for batch in reader:
                prepared = _prepared(batch)
                writer = writer or pa.ipc.new_stream(stream, prepared.schema)
                writer.write_batch(prepared)
            if writer is not None:
                writer.close()
        return path


class _Spool:
    """What one check says, on disk: a number for each subject of its level, and the classes that the numbers mean."""

    def __init__(self, path: Path, level: str) -> None:
        self.level = level
        self.rows = 0
        self.complete = True
        self._path = path
        self._numbers = array("I")
        self._laid = 0
        self._known = 0
        self._classes: list[tuple[object, ...]] = []
        self._writer: pa.RecordBatchStreamWriter | None = None

    def add(self, start: int, column: Column) -> None:
        """Add what the check says of the subjects from a place on."""
        missing = start - self._laid - len(self._numbers)
        if missing < 0:
            raise StoreError(f"two units wrote outcomes of the check {column.check_id} for one subject: units overlap")
        if missing:
            self.complete = False
            self._numbers.extend([ABSENT] * missing)
        known = self._known
        self._numbers.extend([number + known for number in column.numbers] if known else column.numbers)
        self._classes += [(column.version, *class_) for class_ in column.classes]
        self._known += len(column.classes)
        self.rows += len(column.numbers)
        if len(self._numbers) >= PENDING:
            self._lay_down()

    def _lay_down(self) -> None:
        with self._path.with_suffix(".numbers").open("ab") as stream:
            self._numbers.tofile(stream)
        self._laid += len(self._numbers)
        self._numbers = array("I")
        if self._writer is None:
            self._writer = pa.ipc.new_stream(str(self._path.with_suffix(".classes")), CLASS_SCHEMA)
        columns = list(zip(*self._classes, strict=True)) or [()] * len(CLASS_SCHEMA)
        arrays = [pa.array(values, kind.type) for values, kind in zip(columns, CLASS_SCHEMA, strict=True)]
        self._writer.write_batch(pa.record_batch(arrays, CLASS_SCHEMA))
        self._classes = []

    def numbers(self, size: int) -> pa.Array:
        """The numbers of all subjects of the level."""
        if self._laid + len(self._numbers) < size:
            self.complete = False
            self._numbers.extend([ABSENT] * (size - self._laid - len(self._numbers)))
        self._lay_down()
        data = self._path.with_suffix(".numbers").read_bytes()
        return pa.Array.from_buffers(pa.uint32(), len(data) // 4, [None, pa.py_buffer(data)])

    def classes(self) -> "_Classes":
        """The classes that the numbers mean."""
        self._lay_down()
        assert self._writer is not None
        self._writer.close()
        self._writer = None
        with pa.ipc.open_stream(str(self._path.with_suffix(".classes"))) as reader:
            table = reader.read_all().combine_chunks()
        columns = {name: _whole(table.column(name)) for name in CLASS_SCHEMA.names}
        written = [as_json(columns[name]) for name in ("verdict", "reason", "passed", "applied", "evidence")]
        return _Classes(
            columns={
                name: column.dictionary_encode() if pa.types.is_string(column.type) else column
                for name, column in columns.items()
            },
            version=as_json(columns["check_version"]),
            said=pc.binary_join_element_wise(*written, ","),
            fails=pc.equal(columns["verdict"], FAIL),
        )


@dataclass(frozen=True)
class _Classes:
    """The classes of a check by number: their columns, the same as JSON, and whether they are findings."""

    columns: dict[str, pa.Array]
    version: pa.Array
    said: pa.Array
    fails: pa.Array


def _whole(column: pa.ChunkedArray) -> pa.Array:
    return column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column


def _prepared(batch: pa.RecordBatch) -> pa.RecordBatch:
    """Sorted subjects with their identifier and what else is said of them as JSON."""
    columns = {name: batch.column(name).cast(pa.string()) for name in SUBJECT_COLUMNS}
    about = [as_json(columns[name]) for name in SUBJECT_COLUMNS[1:]]
    kept = {
        name: column.dictionary_encode().cast(_CODE) if name in CODED else column for name, column in columns.items()
    }
    return pa.record_batch(
        {
            "place": batch.column("place"), **kept,
            "subject": as_json(columns["subject_id"]), "about": pc.binary_join_element_wise(*about, ","),
        }
    )  # fmt: skip


def _batches(path: Path) -> Iterator[pa.RecordBatch]:
    with path.open("rb") as stream, pa.ipc.open_stream(stream) as reader:
        yield from reader


def _outcomes(
    check_id: str, spool: _Spool, said: _Classes, numbers: pa.Array, subjects: pa.RecordBatch, content: ContentHash
) -> Iterator[pa.RecordBatch]:
    """The rows of one check on some subjects."""
    found = pc.take(numbers, subjects.column("place"))
    if not spool.complete:
        there = pc.not_equal(found, pa.scalar(ABSENT, pa.uint32()))
        found, subjects = found.filter(there), subjects.filter(there)
    size = len(found)
    if not size:
        return
    fails = pc.take(said.fails, found)
    failing = subjects.column("subject_id").filter(fails).to_pylist()
    ids = pa.array(finding_ids(check_id, failing), pa.string())
    findings = pc.replace_with_mask(pa.nulls(size, pa.string()), fails, ids)
    columns = {
        "check_id": _constant(check_id, size),
        "level": _constant(spool.level, size),
        **{name: subjects.column(name) for name in SUBJECT_COLUMNS},
        **{name: _taken(column, found) for name, column in said.columns.items()},
        "finding_id": findings,
    }
    batch = pa.record_batch([columns[name] for name in SCHEMA.names], SCHEMA)
    check, level = (pa.scalar(json.dumps(text, ensure_ascii=False)) for text in (check_id, spool.level))
    version, class_ = pc.take(said.version, found), pc.take(said.said, found)
    content.add(
        batch, [check, subjects.column("subject"), version, level, subjects.column("about"), class_, as_json(findings)]
    )
    yield batch


def _constant(text: str, size: int) -> pa.DictionaryArray:
    return pa.DictionaryArray.from_arrays(pa.repeat(pa.scalar(0, pa.int32()), size), pa.array([text], pa.string()))


def _taken(column: pa.Array, places: pa.Array) -> pa.Array:
    if pa.types.is_dictionary(column.type):
        return pa.DictionaryArray.from_arrays(pc.take(column.indices, places), column.dictionary)
    return pc.take(column, places)


_DIGITS = "abcdefghijklmnopqrstuvwxyz234567"
_THREE = [a + b + c for a in _DIGITS for b in _DIGITS for c in _DIGITS]
"""Three digits of base 32 for each number of 15 bits."""


def finding_ids(check_id: str, subject_ids: Iterable[str]) -> list[str]:
    """The ids of the findings of a check, as `digest_id(check_id, subject_id)` gives each."""
    start = hashlib.sha256(f"{check_id}{PART}".encode())
    three, found = _THREE, []
    for subject_id in subject_ids:
        digest = start.copy()
        digest.update(subject_id.encode())
        bits = int.from_bytes(digest.digest()[:17], "big")  # 136 bits: nine times three digits, and one bit
        high, low = bits >> 76, (bits >> 1) & 0x7FFF_FFFF_FFFF_FFFF_FFF
        found.append(
            f"{three[high >> 45]}{three[high >> 30 & 32767]}{three[high >> 15 & 32767]}{three[high & 32767]}"
            f"{three[low >> 60]}{three[low >> 45 & 32767]}{three[low >> 30 & 32767]}{three[low >> 15 & 32767]}"
            f"{three[low & 32767]}"[:LENGTH]
        )
    return found


def write_outcomes(seal: OutcomeSeal, content: ContentHash, target: Path, rows_a_file: int) -> list[Path]:
    """Write the files of the table; a table without rows still has one, for its schema."""
    paths: list[Path] = []
    writer: pq.ParquetWriter | None = None
    rows = 0
    for batch in seal.batches(content):
        if writer is None or rows >= rows_a_file:
            if writer is not None:
                writer.close()
            rows = 0
            paths.append(target / f"{TABLE}-{len(paths):02d}.parquet")
            writer = _writer(paths[-1])
        writer.write_batch(batch)
        rows += batch.num_rows
    if writer is None:
        paths.append(target / f"{TABLE}-00.parquet")
        writer = _writer(paths[0])
    writer.close()
    return paths


def _writer(path: Path) -> pq.ParquetWriter:
    return pq.ParquetWriter(
        path, SCHEMA, compression="zstd", compression_level=1, use_dictionary=list(CODED), store_schema=False
    )

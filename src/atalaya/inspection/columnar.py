"""Columnar files: Parquet, counted column by column as Arrow holds it."""

import io
from collections import Counter
from dataclasses import dataclass, field

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv
import pyarrow.parquet as pq

from atalaya.inspection.canonical import RowsHash, is_volatile
from atalaya.inspection.findings import Column, Defect, Table
from atalaya.inspection.kinds import cell_kind, column_kind, is_sure_boolean
from atalaya.inspection.limits import Limits
from atalaya.inspection.material import Findings, Material

_BATCH = 65_536
"""Rows held at once."""


@dataclass(slots=True)
class _Tally:
    """What is counted of one column over all batches."""

    kinds: Counter[str] = field(default_factory=Counter)
    distinct: set[str] | None = field(default_factory=set)
    sure_booleans: int = 0


def read_parquet(material: Material) -> Findings:
    """A Parquet file as one table; names come from its schema, so no row is a header."""
    try:
        source = pq.ParquetFile(io.BytesIO(material.data))
        return _read(source, material.limits)
    except (pa.ArrowException, OSError, ValueError) as error:
        cut = not material.data.endswith(b"PAR1")
        detail = f"the file cannot be read: {type(error).__name__}"
        return Findings(defects=(Defect(code="truncated" if cut else "unreadable", place="file", detail=detail),))


def _read(source: pq.ParquetFile, limits: Limits) -> Findings:
    names = tuple(source.schema_arrow.names)
    cells = source.metadata.num_rows * max(len(names), 1)
    if cells > limits.column_cells:
        return Findings(
            defects=(Defect(code="too_large", place="file", detail=f"{cells} cells are more than are read"),)
        )
    tallies = [_Tally() for _ in names]
    stable = [place for place, name in enumerate(names) if not is_volatile(name)]
    hashed = RowsHash()
    rows = 0
    for batch in source.iter_batches(batch_size=_BATCH):
        rows += batch.num_rows
        for tally, column in zip(tallies, batch.columns, strict=True):
            _count(tally, column, limits)
        _hash_rows(batch.select(stable), hashed)
    columns = tuple(
        _column(place, name, tally, rows) for place, (name, tally) in enumerate(zip(names, tallies, strict=True), 1)
    )
    reason = "the format names its columns"
    table = Table(
        name="", header_row=None, first_data_row=1 if rows else None, rows=rows, columns=columns, reason=reason
    )
    empty = Defect(code="header_only", place="table", detail="there is a header and no row below it")
    content = hashed.digest([names[place] for place in stable])
    return Findings(tables=(table,), defects=() if rows else (empty,), content_sha256=content)


def _count(tally: _Tally, column: pa.Array, limits: Limits) -> None:
    """Count each distinct value of a batch once and weigh it by how often it occurs."""
    if pa.types.is_nested(column.type) or pa.types.is_binary(column.type) or pa.types.is_large_binary(column.type):
        tally.kinds["empty"] += column.null_count
        tally.kinds["text"] += len(column) - column.null_count
        tally.distinct = None
        return
    for entry in pc.value_counts(column):
        value, number = entry["values"].as_py(), entry["counts"].as_py()
        kind = cell_kind(value)
        tally.kinds[kind] += number
        if kind == "empty":
            continue
        tally.sure_booleans += kind == "boolean" and (not isinstance(value, str) or is_sure_boolean(value))
        if tally.distinct is not None:
            tally.distinct.add(str(value))
            if len(tally.distinct) > limits.distinct:
                tally.distinct = None


def _hash_rows(batch: pa.RecordBatch, hashed: RowsHash) -> None:
    """Rows as Arrow writes them to text; nested values, which it does not write, as their Python form."""
    flat = [
        pa.array([None if value is None else str(value) for value in column.to_pylist()], pa.string())
        if pa.types.is_nested(column.type) or pa.types.is_decimal(column.type)
        else column
        for column in batch.columns
    ]
    if not flat:
        return
    sink = io.BytesIO()
    named = pa.RecordBatch.from_arrays(flat, names=[str(place) for place in range(len(flat))])
    pyarrow.csv.write_csv(named, sink, pyarrow.csv.WriteOptions(include_header=False))
    for line in sink.getvalue().split(b"\n"):
        if line:
            hashed.add([line.decode("utf-8", "replace")])


def _column(place: int, name: str, tally: _Tally, rows: int) -> Column:
    missing = tally.kinds["empty"]
    distinct = len(tally.distinct) if tally.distinct is not None else None
    kind = column_kind(dict(tally.kinds), tally.sure_booleans > 0)
    return Column(position=place, name=name, kind=kind, filled=rows - missing, missing=missing, distinct=distinct)

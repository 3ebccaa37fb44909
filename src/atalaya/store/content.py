"""The content hash of a table, made from whole columns at once.

It is the sha256 over the canonical JSON of the column names and then of each row, as a list of its values in order of the
columns, one a line, rows sorted by key. A table of thirty million outcomes is hashed here without a Python object for each
value: texts are written as JSON once for each different one, or as they are where no character needs an escape, and rows are
joined and hashed by the batch.
"""

import hashlib
import struct
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from atalaya.exceptions import StoreError
from atalaya.store.parts import canonical_json
from atalaya.store.tables import TableShape

ESCAPED = r'[\x00-\x1f"\\]'
"""Characters that JSON writes otherwise than they are."""


class ContentHash:
    """The running hash of one table; batches come in order of the key, with the columns of its shape."""

    def __init__(self, shape: TableShape) -> None:
        self.shape = shape
        self.rows = 0
        self._last: list[pa.Array] | None = None
        self._digest = hashlib.sha256((canonical_json(list(shape.columns)) + "\n").encode())

    def add(self, batch: pa.RecordBatch, written: list[Any] | None = None) -> None:
        """Hash a batch; `written` are its columns, or runs of them, as JSON already.

        Raises StoreError where two rows share a key or a key is empty, OrderError where rows are not in order of their key.
        """
        self.rows += batch.num_rows
        if self.shape.volatile or batch.num_rows == 0:
            return
        self._follow(batch)
        pieces = written if written is not None else [as_json(batch.column(name)) for name in self.shape.columns]
        values = pc.binary_join_element_wise(*pieces, ",")
        lines = pc.binary_join_element_wise(pa.scalar("["), values, pa.scalar("]\n"), "")
        self._digest.update(text_of(lines))

    def hexdigest(self) -> str:
        """The hash so far."""
        return self._digest.hexdigest()

    def _follow(self, batch: pa.RecordBatch) -> None:
        """Hold the order of the key, and that no two rows have the same."""
        keys = [plain(batch.column(name)) for name in self.shape.key]
        if any(key.null_count for key in keys):
            raise self._overlap(keys, next(pc.index(key.is_null(), True).as_py() for key in keys if key.null_count))
        before = [key.slice(0, len(key) - 1) for key in keys]
        if self._last is not None:
            keys = [pa.concat_arrays([last, key]) for last, key in zip(self._last, keys, strict=True)]
            before = [key.slice(0, len(key) - 1) for key in keys]
        self._last = [key.slice(len(key) - 1) for key in keys]
        if not len(before[0]):
            return
        after = [key.slice(1) for key in keys]
        same, ahead = _compared(before, after)
        if pc.any(same).as_py():
            raise self._overlap(after, pc.index(same, True).as_py())
        if not pc.all(ahead).as_py():
            raise OrderError(f"the rows of {self.shape.name} are not in order of their key")

    def _overlap(self, keys: list[pa.Array], place: int) -> StoreError:
        key = tuple(column[place].as_py() for column in keys)
        return StoreError(f"two units wrote the row {key} of {self.shape.name}, or its key is empty: units overlap")


class OrderError(StoreError):
    """Raised by `store.content` where rows to hash are not in order of their key."""


def _compared(before: list[pa.Array], after: list[pa.Array]) -> tuple[pa.Array, pa.Array]:
    """Whether each key equals the one that follows, and whether it is less."""
    same, ahead = pa.scalar(True), pa.scalar(False)
    for one, other in zip(before, after, strict=True):
        ahead = pc.or_(ahead, pc.and_(same, pc.less(one, other)))
        same = pc.and_(same, pc.equal(one, other))
    return same, ahead


def as_json(column: pa.Array) -> pa.Array:
    """Each value of a column as canonical JSON."""
    if pa.types.is_dictionary(column.type):
        return pc.fill_null(pc.take(as_json(column.dictionary), column.indices), "null")
    if pa.types.is_string(column.type):
        return pc.fill_null(_quoted(column), "null")
    if pa.types.is_floating(column.type):  # Python writes numbers its own way
        return pa.array([canonical_json(value) for value in column.to_pylist()], pa.string())
    return pc.fill_null(pc.cast(column, pa.string()), "null")


def _quoted(column: pa.Array) -> pa.Array:
    if not pc.any(pc.match_substring_regex(column, ESCAPED)).as_py():
        return pc.binary_join_element_wise(pa.scalar('"'), column, pa.scalar('"'), "")
    coded = column.dictionary_encode()
    written = [canonical_json(text) for text in coded.dictionary.to_pylist()]
    return pc.take(pa.array(written, pa.string()), coded.indices)


def plain(column: pa.Array) -> pa.Array:
    """A column without its dictionary."""
    return pc.cast(column, column.type.value_type) if pa.types.is_dictionary(column.type) else column


def text_of(texts: pa.StringArray) -> memoryview:
    """The bytes of all texts one after another, as they lie in memory."""
    _, offsets, data = texts.buffers()
    first, last = (
        struct.unpack_from("=i", offsets, 4 * place)[0] for place in (texts.offset, texts.offset + len(texts))
    )
    return memoryview(data)[first:last]

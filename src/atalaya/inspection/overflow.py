"""The rows of a table that outgrew its frame: all of them in DuckDB, counted and hashed as those of a small one are."""

from collections.abc import Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory

import pyarrow as pa

from atalaya.inspection.arrow_texts import plain_array, text_array, values_array
from atalaya.inspection.bulk_table import BulkTable
from atalaya.inspection.canonical import RowsHash
from atalaya.inspection.frame import FrameBuilder
from atalaya.inspection.held_rows import count_texts, hash_rows
from atalaya.inspection.kinds import Cell
from atalaya.inspection.tallies import Tally

WIDEST = 400
"""Columns above which queries over all of them take longer than they save."""
_TOGETHER = 20_000
"""Rows that are handed over together."""
_HELD = 96 * 1024 * 1024
"""Bytes of rows that are held in memory; where there are more, all go to the database."""

Beyond = Mapping[int, Sequence[str]]
"""Texts beyond the columns of a table, by row from 0."""


class Overflow:
    """Takes the rows of a frame over, with what stands beyond its columns, and then more of them. Close it.

    Rows are made ready in a thread of its own while the next ones are read. `volatile` are the columns that do not count in the
    hash.
    """

    def __init__(self, frame: FrameBuilder, beyond: Beyond, volatile: Sequence[int]) -> None:
        self._open = ExitStack()
        folder = self._open.enter_context(TemporaryDirectory(prefix="atalaya-"))
        self._table = self._open.enter_context(BulkTable(len(frame.columns), Path(folder)))
        self._thread = self._open.enter_context(ThreadPoolExecutor(1))
        self._running: Future[None] | None = None
        self._hashing: Future[RowsHash] | None = None
        self._volatile = volatile
        self._held: list[pa.RecordBatch] = []
        self._bytes = 0
        self._rows = 0
        self._is_handed_over = False
        rows = len(frame.numbers)
        for start in range(0, rows, _TOGETHER):
            end = min(start + _TOGETHER, rows)
            arrays = [values_array(column.values(), start, end) for column in frame.columns]
            self._take(arrays, {row - start: texts for row, texts in beyond.items() if start <= row < end})

    def close(self) -> None:
        """Let go of everything."""
        self._open.close()

    def add(self, columns: Sequence[Sequence[Cell]], beyond: Beyond) -> None:
        """Take some rows, given by column."""
        self._settle()
        self._running = self._thread.submit(self._convert, columns, dict(beyond))

    def add_texts(self, arrays: "Sequence[pa.Array]") -> None:
        """Take some rows, given by column as texts."""
        self._settle()
        self._running = self._thread.submit(self._take, arrays, {})

    def _convert(self, columns: Sequence[Sequence[Cell]], beyond: Beyond) -> None:
        self._take(list(map(text_array, columns)), beyond)

    def _settle(self) -> None:
        """Wait for the rows that are being made ready."""
        if self._running is not None:
            self._running.result()
            self._running = None

    def tallies(self) -> tuple[Tally, ...]:
        """What is counted of each column, once all rows are there."""
        self._settle()
        held = pa.Table.from_batches(self._held)
        if self._is_handed_over:
            self._hand_over()
            self._table.gather()
        else:
            self._table.take_counts(count_texts(held.columns[:-1]), len(held))
        padded = self._table.padded()
        if not self._is_handed_over:
            self._hashing = self._thread.submit(hash_rows, held, padded, self._volatile)
        return self._table.tallies()

    def hashed(self) -> RowsHash:
        """The hash of all rows; ask for the tallies first."""
        return self._table.hashed(self._volatile) if self._hashing is None else self._hashing.result()

    def _take(self, arrays: Sequence["pa.Array"], beyond: Beyond) -> None:
        rows = len(arrays[0])
        texts = [("\x1f".join(beyond[row]) if row in beyond else None) for row in range(rows)] if beyond else None
        behind = pa.nulls(rows, pa.string()) if texts is None else plain_array(texts)
        batch = pa.RecordBatch.from_arrays([*arrays, behind], names=[*self._table.names, "beyond"])
        self._held.append(batch)
        self._bytes += batch.nbytes
        self._rows += rows
        if self._bytes > _HELD if not self._is_handed_over else self._rows >= _TOGETHER:
            self._hand_over()

    def _hand_over(self) -> None:
        """Give the rows at hand to the database."""
        if not self._is_handed_over:
            self._table.begin()
            self._is_handed_over = True
        if self._held:
            self._table.add(pa.Table.from_batches(self._held))
        self._held.clear()
        self._rows = 0

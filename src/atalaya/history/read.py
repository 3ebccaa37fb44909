"""Reading sealed observations: rows of their tables through DuckDB, as the store wrote them."""

import json
import os
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb

from atalaya.store.manifest import Manifest, read_manifest
from atalaya.store.observations import observation_folder
from atalaya.store.seal import FOLDER, connect
from atalaya.store.tables import TABLES, Row

BATCH = 10_000


class _Engine:
    """One DuckDB for all reads of a process, each in a connection of its own: to start one takes as long as many small reads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._running: duckdb.DuckDBPyConnection | None = None

    @contextmanager
    def reading(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """A connection, closed afterwards."""
        with self._lock:
            if self._running is None:
                self._running = connect()
            connection = self._running.cursor()
        try:
            yield connection
        finally:
            connection.close()

    def let_go(self) -> None:
        """Let go of it before a process forks: its threads would be missing in the other one. Nobody starts it until `go_on`.

        It ends with the last read under way, or at once where there is none.
        """
        self._lock.acquire()
        self._running = None  # closing it would close the connections of those reads

    def go_on(self) -> None:
        """Let it be started again, in either process, by who reads next."""
        self._lock.release()


_ENGINE = _Engine()
os.register_at_fork(before=_ENGINE.let_go, after_in_parent=_ENGINE.go_on, after_in_child=_ENGINE.go_on)


@dataclass(frozen=True, slots=True)
class Sealed:
    """A sealed observation: its folder and its manifest."""

    folder: Path
    manifest: Manifest

    def files(self, table: str) -> list[str]:
        """The Parquet files of a table."""
        return [str(path) for path in sorted((self.folder / FOLDER).glob(f"{table}-*.parquet"))]

    def rows(
        self, table: str, where: str = "true", parameters: Sequence[object] = (), columns: Sequence[str] = ()
    ) -> Iterator[Row]:
        """Rows of a table in key order, which is that of its files, JSON columns decoded.

        `where` is SQL with `?` for each of the parameters.

        An older observation that lacks a column gives null for it.
        """
        shape = TABLES[table]
        wanted = list(columns or shape.columns)
        kinds = [shape.columns[name] for name in wanted]
        for values in self.values(table, wanted, where, parameters):
            yield {name: _decoded(value, kind) for name, value, kind in zip(wanted, values, kinds, strict=True)}

    def values(
        self, table: str, columns: Sequence[str], where: str = "true", parameters: Sequence[object] = ()
    ) -> Iterator[tuple[object, ...]]:
        """The same as tuples of these columns, JSON columns as text."""
        files = self.files(table)
        if not files:
            return  # an older observation that has no such table
        with _ENGINE.reading() as connection:
            known = connection.execute("SELECT * FROM read_parquet(?) LIMIT 0", [files]).description or ()
            there = {column[0] for column in known}
            wanted = ", ".join(f'"{name}"' if name in there else f'NULL AS "{name}"' for name in columns)
            query = f"SELECT {wanted} FROM read_parquet(?) WHERE {where}"
            source = connection.execute(query, [files, *parameters])
            while batch := source.fetchmany(BATCH):
                yield from batch

    def count(self, table: str, where: str = "true", parameters: Sequence[object] = ()) -> int:
        """How many rows of a table satisfy a condition."""
        with _ENGINE.reading() as connection:
            query = f"SELECT count(*) FROM read_parquet(?) WHERE {where}"
            [(total,)] = connection.execute(query, [self.files(table), *parameters]).fetchall()
        return int(total)


def _decoded(value: object, kind: str) -> object:
    return json.loads(value) if kind == "json" and isinstance(value, str) else value


def open_sealed(folder: Path) -> Sealed:
    """Open a sealed observation. Raises NotSealedError where it has no manifest."""
    return Sealed(folder, read_manifest(folder))


def open_parent(home: Path, country: str, observation: str | None) -> Sealed | None:
    """The observation that another one continues, if any."""
    return open_sealed(observation_folder(home, country, observation)) if observation else None

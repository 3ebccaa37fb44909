"""Rows by a key, on disk: what a stage asks of another for a few thousand subjects at a time, however many there are in all.

A lookup is one SQLite file that is written once and then only read, from any process. It can be made again from the parts at
any time, so it is not made to outlive a crash.
"""

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from os import getpid
from pathlib import Path

CACHE = 16_000
"""KiB of a file that SQLite keeps in memory."""

AT_ONCE = 500
"""Keys in one query; SQLite takes at least 999."""

Values = tuple[object, ...]


class Lookup:
    """A file of rows; the first value is the key, and several rows may have the same."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._connection: sqlite3.Connection | None = None
        self._owner = 0

    @classmethod
    def build(cls, path: Path, width: int, rows: Iterable[Values]) -> "Lookup":
        """Write the file anew from rows of `width` values, the key among them; another process may do the same meanwhile."""
        path.parent.mkdir(parents=True, exist_ok=True)
        unfinished = path.with_name(f"{path.name}.{getpid()}")
        unfinished.unlink(missing_ok=True)
        names = ", ".join(["key", *(f"value_{place}" for place in range(1, width))])
        marks = ", ".join("?" * width)
        with closing(sqlite3.connect(unfinished, isolation_level=None)) as connection:
            for pragma in ("journal_mode = OFF", "synchronous = OFF", f"cache_size = -{CACHE}"):
                connection.execute(f"PRAGMA {pragma}")
            connection.execute(f"CREATE TABLE rows ({names})")
            connection.execute("BEGIN")
            connection.executemany(f"INSERT INTO rows VALUES ({marks})", rows)  # noqa: S608 - question marks
            connection.execute("CREATE INDEX by_key ON rows (key)")
            connection.execute("COMMIT")
        unfinished.replace(path)
        return cls(path)

    def many(self, keys: Iterable[str]) -> dict[str, list[Values]]:
        """The rows of these keys, in the order in which they were written; keys without any are left out."""
        found: defaultdict[str, list[Values]] = defaultdict(list)
        wanted = list(dict.fromkeys(keys))
        for start in range(0, len(wanted), AT_ONCE):
            some = wanted[start : start + AT_ONCE]
            marks = ", ".join("?" * len(some))
            query = f"SELECT * FROM rows WHERE key IN ({marks}) ORDER BY rowid"  # noqa: S608 - question marks
            for row in self._read(query, some):
                found[str(row[0])].append(row)
        return found

    def others(self, keys: Iterable[str]) -> Iterator[Values]:
        """The rows of all other keys, in order of their keys."""
        self._read("CREATE TEMP TABLE IF NOT EXISTS seen (key PRIMARY KEY) WITHOUT ROWID", ())
        self._read("DELETE FROM seen", ())
        self._connected().executemany("INSERT OR IGNORE INTO seen VALUES (?)", ((key,) for key in keys))
        return self._read("SELECT * FROM rows WHERE key NOT IN (SELECT key FROM seen) ORDER BY key", ())

    def _read(self, query: str, values: Sequence[object]) -> Iterator[Values]:
        return self._connected().execute(query, values)

    def _connected(self) -> sqlite3.Connection:
        """The connection of this process: one that was open before a fork is not used after it."""
        if self._connection is None or self._owner != getpid():
            self._connection = sqlite3.connect(self.path, isolation_level=None)
            self._connection.execute(f"PRAGMA cache_size = -{CACHE}")
            self._owner = getpid()
        return self._connection

    def close(self) -> None:
        """Close the connection of this process."""
        if self._connection is not None and self._owner == getpid():
            self._connection.close()
        self._connection = None

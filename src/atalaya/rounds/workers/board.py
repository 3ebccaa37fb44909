"""The board: which rounds want workers, and which units of them are taken by whom. Tables of the schema `engine` in PostgreSQL.

A *share* is a list of units that one worker does in order, so that what it learned of a host holds for all of them. Who takes one
has a lease on it, which it renews; a worker that dies, or is cut off, loses its share to another, which goes on after the last
unit that was finished.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final

import psycopg

from atalaya.exceptions import StoreError
from atalaya.fetch.gate_table import make_table

LEASE: Final = 60.0
"""Seconds after which a share whose worker gave no sign of life is another's; the sign is given three times as often."""

LOCK: Final = 0x41544C57
"""The advisory lock under which the tables are made: the letters ATLW."""

TABLES: Final = """
CREATE TABLE IF NOT EXISTS engine.rounds (
    observation text PRIMARY KEY,
    country text NOT NULL,
    facts jsonb NOT NULL,
    open boolean NOT NULL DEFAULT true,
    made timestamptz NOT NULL DEFAULT now()
);
CREATE TABLE IF NOT EXISTS engine.shares (
    observation text NOT NULL REFERENCES engine.rounds ON DELETE CASCADE,
    number integer NOT NULL,
    units text[] NOT NULL,
    finished text[] NOT NULL DEFAULT '{}',
    worker text,
    until timestamptz,
    taken integer NOT NULL DEFAULT 0,
    PRIMARY KEY (observation, number)
);
"""

_TAKE: Final = """
UPDATE engine.shares SET worker = %(worker)s, until = now() + %(lease)s * interval '1 second', taken = taken + 1
WHERE (observation, number) = (
    SELECT observation, number FROM engine.shares JOIN engine.rounds USING (observation)
    WHERE observation = %(observation)s AND open AND cardinality(finished) < cardinality(units)
      AND (worker IS NULL OR until < now())
    ORDER BY taken, number LIMIT 1 FOR UPDATE OF shares SKIP LOCKED
) RETURNING number, units, finished, taken
"""


@dataclass(frozen=True, slots=True)
class Posted:
    """A round that wants workers: its observation, and what a worker must know of it."""

    observation: str
    facts: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Share:
    """A share that was taken: its number, the units still to do in order, and how often it was taken."""

    number: int
    units: tuple[str, ...]
    taken: int


class Board:
    """The board in a database, for one thread at a time. Every method raises StoreError where the database does not answer."""

    def __init__(self, address: str) -> None:
        self._address = address
        self._connection: psycopg.Connection[tuple[Any, ...]] | None = None

    def post(self, observation: str, country: str, facts: Mapping[str, Any], shares: Sequence[Sequence[str]]) -> None:
        """Ask for workers. A round that stands there already keeps what was finished."""
        with self._open() as connection, connection.transaction():
            connection.execute(
                "INSERT INTO engine.rounds (observation, country, facts) VALUES (%s, %s, %s) "
                "ON CONFLICT (observation) DO UPDATE SET facts = excluded.facts, open = true",
                (observation, country, json.dumps(facts)),
            )
            for number, units in enumerate(shares):
                connection.execute(
                    "INSERT INTO engine.shares (observation, number, units) VALUES (%s, %s, %s) "
                    "ON CONFLICT (observation, number) DO NOTHING",
                    (observation, number, list(units)),
                )

    def shares(self, observation: str) -> tuple[tuple[str, ...], ...]:
        """The units of every share of a round that stands on the board, by number."""
        with self._open() as connection:
            rows = connection.execute(
                "SELECT units FROM engine.shares WHERE observation = %s ORDER BY number", (observation,)
            ).fetchall()
        return tuple(tuple(units) for (units,) in rows)

    def wanted(self, country: str) -> tuple[Posted, ...]:
        """The rounds of a country that want workers, oldest first."""
        with self._open() as connection:
            rows = connection.execute(
                "SELECT observation, facts FROM engine.rounds WHERE country = %s AND open ORDER BY made, observation",
                (country,),
            ).fetchall()
        return tuple(Posted(observation, facts) for observation, facts in rows)

    def take(self, observation: str, worker: str, lease: float = LEASE) -> Share | None:
        """Take a share that nobody works on; None where there is none now."""
        with self._open() as connection:
            row = connection.execute(_TAKE, {"worker": worker, "lease": lease, "observation": observation}).fetchone()
        if row is None:
            return None
        number, units, finished, taken = row
        return Share(number, tuple(unit for unit in units if unit not in set(finished)), taken)

    def renew(self, worker: str, lease: float = LEASE) -> None:
        """Give a sign of life for every share of a worker."""
        with self._open() as connection:
            connection.execute(
                "UPDATE engine.shares SET until = now() + %s * interval '1 second' WHERE worker = %s", (lease, worker)
            )

    def finish(self, observation: str, number: int, unit: str, worker: str) -> bool:
        """Note that a unit is done; False where the share is another's meanwhile."""
        with self._open() as connection:
            done = connection.execute(
                "UPDATE engine.shares SET finished = array_append(finished, %(unit)s) WHERE observation = %(observation)s "
                "AND number = %(number)s AND worker = %(worker)s AND NOT %(unit)s = ANY(finished)",
                {"unit": unit, "observation": observation, "number": number, "worker": worker},
            )
        return done.rowcount == 1

    def release(self, observation: str, number: int, worker: str) -> None:
        """Give a share back, done or not."""
        with self._open() as connection:
            connection.execute(
                "UPDATE engine.shares SET worker = NULL, until = NULL WHERE observation = %s AND number = %s AND worker = %s",
                (observation, number, worker),
            )

    def release_all(self, worker: str) -> None:
        """Give back every share of a worker."""
        with self._open() as connection:
            connection.execute("UPDATE engine.shares SET worker = NULL, until = NULL WHERE worker = %s", (worker,))

    def finished(self, observation: str) -> tuple[frozenset[str], int]:
        """The units of a round that are done, and how many it has."""
        with self._open() as connection:
            rows = connection.execute(
                "SELECT finished, cardinality(units) FROM engine.shares WHERE observation = %s", (observation,)
            ).fetchall()
        return frozenset(unit for units, _ in rows for unit in units), sum(size for _, size in rows)

    def close_round(self, observation: str) -> None:
        """Take a round off the board."""
        with self._open() as connection:
            connection.execute("DELETE FROM engine.rounds WHERE observation = %s", (observation,))

    def close(self) -> None:
        """Give up the connection."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    @contextmanager
    def _open(self) -> Iterator[psycopg.Connection[tuple[Any, ...]]]:
        try:
            if self._connection is None or self._connection.closed:
                self._connection = psycopg.connect(self._address, autocommit=True, connect_timeout=10)
                make_table(self._connection)
                with self._connection.transaction():
                    self._connection.execute("SELECT pg_advisory_xact_lock(%s)", (LOCK,))
                    self._connection.execute(TABLES)
            yield self._connection
        except psycopg.Error as error:
            self.close()
            told = str(error).strip().partition("\n")[0] or type(error).__name__
            raise StoreError(f"the database in ATALAYA_ENGINE does not answer ({told})") from error

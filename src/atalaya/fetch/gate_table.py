"""What the gate knows of hosts and addresses, in the table `engine.gate` of a PostgreSQL: processes of several machines share it.

Moments stand there by the clock of the database: the clocks of machines differ, and a pace is only kept by one clock.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Final

import psycopg

from atalaya.exceptions import StoreError
from atalaya.fetch.gate_states import State

MEASURED_EVERY: Final = 60.0
"""Seconds after which the distance between the clocks is measured again."""

PATIENCE: Final = "30s"
"""How long a row may be held by another process: it holds it for as long as two statements take."""

TABLE = """
CREATE SCHEMA IF NOT EXISTS engine;
CREATE TABLE IF NOT EXISTS engine.gate (
    key text PRIMARY KEY,
    next double precision NOT NULL DEFAULT 0,
    blocked double precision NOT NULL DEFAULT 0,
    failures integer NOT NULL DEFAULT 0
);
"""
LOCK: Final = 0x41544C47
"""The advisory lock under which the table is made: the letters ATLG."""

Connection = psycopg.Connection[tuple[object, ...]]


class TableStates:
    """The states in the table. Used by one thread at a time; `now` is the gate's own clock."""

    def __init__(self, address: str, now: Callable[[], datetime]) -> None:
        self._address, self._now = address, now
        self._connection: Connection | None = None
        self._shift = 0.0
        self._measured = float("-inf")

    @contextmanager
    def open(self, keys: tuple[str, ...]) -> Iterator[list[State]]:
        """As `States.open`. A connection that broke is made anew. Raises StoreError where the database does not answer."""
        try:
            connection, states = self._begin(sorted(keys))
            before = [state.values() for state in states]
            try:
                yield states
            except BaseException:
                connection.rollback()
                raise
            for state, was in zip(states, before, strict=True):
                if state.values() != was:
                    connection.execute(
                        "UPDATE engine.gate SET next = %s, blocked = %s, failures = %s WHERE key = %s",
                        (self._there(state.next), self._there(state.blocked), state.failures, state.key),
                    )
            connection.commit()
        except psycopg.Error as error:
            self.close()
            raise StoreError(f"the gate in ATALAYA_ENGINE does not answer ({_told(error)})") from error

    def _begin(self, keys: list[str]) -> tuple[Connection, list[State]]:
        """A connection in a transaction that holds the states."""
        try:
            connection = self._ready()
            return connection, self._locked(connection, keys)
        except psycopg.OperationalError:
            self.close()
            connection = self._ready()
            return connection, self._locked(connection, keys)

    def close(self) -> None:
        """Give up the connection."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _ready(self) -> Connection:
        if self._connection is None or self._connection.closed:
            connection = psycopg.connect(self._address, connect_timeout=10, options=f"-c lock_timeout={PATIENCE}")
            make_table(connection)
            connection.commit()
            self._connection = connection
            self._measured = float("-inf")
        if time.monotonic() - self._measured > MEASURED_EVERY:
            self._measure(self._connection)
        return self._connection

    def _measure(self, connection: Connection) -> None:
        """How far the database's clock is ahead of ours, in seconds."""
        start = self._now().timestamp()
        row = connection.execute("SELECT extract(epoch FROM clock_timestamp())::double precision").fetchone()
        assert row is not None
        self._shift = float(str(row[0])) - (start + self._now().timestamp()) / 2
        connection.commit()
        self._measured = time.monotonic()

    def _locked(self, connection: Connection, keys: list[str]) -> list[State]:
        query = "SELECT key, next, blocked, failures FROM engine.gate WHERE key = ANY(%s) ORDER BY key FOR UPDATE"
        rows = connection.execute(query, (keys,)).fetchall()
        if len(rows) < len(set(keys)):
            for key in keys:
                connection.execute("INSERT INTO engine.gate (key) VALUES (%s) ON CONFLICT DO NOTHING", (key,))
            rows = connection.execute(query, (keys,)).fetchall()
        known = {
            str(key): State(str(key), self._here(next_), self._here(blocked), int(str(failures)))
            for key, next_, blocked, failures in rows
        }
        return [known[key] for key in keys]

    def _here(self, moment: object) -> float:
        """A moment of the database by our clock; 0 is no moment."""
        seconds = float(str(moment))
        return seconds - self._shift if seconds else 0.0

    def _there(self, moment: float) -> float:
        return moment + self._shift if moment else 0.0


def make_table(connection: Connection) -> None:
    """Make the table where it is not there; several may do so at once."""
    with connection.transaction():
        connection.execute("SELECT pg_advisory_xact_lock(%s)", (LOCK,))
        connection.execute(TABLE)


def _told(error: psycopg.Error) -> str:
    return str(error).strip().partition("\n")[0] or type(error).__name__

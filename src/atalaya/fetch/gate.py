"""The politeness gate: every request passes here, whoever makes it, in whatever process.

State stands in one locked file per host and per address under the home folder, or in a table that several machines share
(`gate_states`, `gate_table`): when the next request may go, until when the host asked to be left alone, how often it failed in
a row. A request goes when the states of its host and of its address both allow it; it then books the next moment, or, of hosts
that may be asked often, a span of 50 ms (`leases`). Nothing more is
booked ahead, so a killed process leaves no debt to speak of.
The gate keeps the *pacing clock*: its waiting never reaches a hashed column.
"""

import asyncio
import re
from collections import Counter
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Final

from atalaya.clock import Clock
from atalaya.fetch.gate_states import FileStates, State, States
from atalaya.fetch.leases import Leases
from atalaya.fetch.robots import Robots
from atalaya.settings import Settings

RETRY_AFTER_CAP: Final = 3600.0
"""Seconds of the longest Retry-After or rate-limit reset that is obeyed; what asks for more is asked again after this."""

BACK_OFF_CAP: Final = 30.0
"""Seconds of the longest pause after failures in a row, which begins at two intervals and doubles."""

OVERLOADED: Final = frozenset({429, 503})
"""Statuses by which a host says that it is asked too much."""

LOW_QUOTA: Final = 0.1
"""Share of an announced quota below which what is left of it is spread over the time until it is renewed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """How one source, or the resources of a host, may be asked.

    The documented API of a declared source has `obey_robots` False and its own declared rate; resources and crawls obey
    robots.txt. `local` permits private and loopback addresses. `body_limit` in bytes: larger bodies keep head and tail.
    `patience`, `total_seconds` and `backoff` in seconds: the longest wait for a host that asked for one before the request
    is postponed, the longest that one answer may take, and the first pause before an attempt is repeated.
    `head_seconds` is the longest until the headers are there; `least_rate` the bytes a second that a body must bring on average
    once `grace` seconds are over; after `stream_limit` bytes reading stops with a failure, after `cut` bytes with what came.
    """

    requests_per_second: float = 1.0
    connections: int = 2
    obey_robots: bool = True
    local: bool = False
    body_limit: int = 104_857_600
    attempts: int = 3
    patience: float = 120.0
    total_seconds: float = 900.0
    backoff: float = 1.0
    head_seconds: float = 120.0
    least_rate: float = 512.0
    grace: float = 60.0
    stream_limit: int = 4_294_967_296
    cut: int | None = None

    @property
    def interval(self) -> float:
        """Seconds between two requests."""
        return 1.0 / self.requests_per_second


def limits_of(settings: Settings) -> Policy:
    """A policy with the limits that the settings declare; everything else is as by default."""
    return Policy(
        body_limit=settings.body_limit,
        total_seconds=settings.answer_seconds,
        head_seconds=settings.head_seconds,
        least_rate=settings.least_rate,
        grace=2 * settings.timeout,
        stream_limit=settings.stream_limit,
    )


@dataclass(slots=True)
class Turn:
    """A permit for one request, or word that the host asked for longer than the policy waits (`postponed_until`)."""

    keys: tuple[str, ...]
    interval: float
    failures: int = 0
    postponed_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class _Claim:
    """What asking for a moment gave: the seconds to wait, 0 for a booked request; whether the host asked for the wait; and how
    often it failed in a row before."""

    wait: float
    blocked: bool = False
    failures: int = 0


class Gate:
    """The gate over the folder `home/gate`, shared by any number of processes; over `states` where it stands elsewhere.

    What robots.txt files said is kept in the folder in any case.
    """

    def __init__(self, folder: Path, settings: Settings, clock: Clock, states: States | None = None) -> None:
        self.folder = folder
        self._states = FileStates(folder) if states is None else states
        self.clock = clock
        self.robots = Robots(folder / "robots", clock, settings.user_agent.partition("/")[0], settings.crawl_delay_cap)
        self._slots = asyncio.Semaphore(settings.connections)
        self._active: Counter[str] = Counter()
        self._queued: Counter[str] = Counter()
        self._changed: dict[str, asyncio.Condition] = {}
        self._leases = Leases()
        self._silent: dict[str, float] = {}

    @asynccontextmanager
    async def turn(self, host: str, address: str | None, policy: Policy, delay: float = 0.0) -> AsyncIterator[Turn]:
        """Wait for a connection and for the pace of a host (and of its address, where known), then hold the connection.

        `delay` is a crawl delay in seconds that robots.txt asks for. Report the result with `answered` or `failed`.
        Raises StoreError when the folder cannot be used.
        """
        keys = (f"host {host}",) if address is None else (f"host {host}", f"address {address}")
        await self._connect(host, policy.connections)
        try:
            interval = max(policy.interval, delay)
            turn = await self._wait(keys, interval, policy.patience)
            try:
                yield turn
            finally:
                if turn.postponed_until is None:
                    self._slots.release()
        finally:
            self._active[host] -= 1
            if self._queued[host]:
                changed = self._changed[host]
                async with changed:
                    changed.notify_all()

    async def _connect(self, host: str, connections: int) -> None:
        """Take one of the connections to a host, in turn where others wait for one."""
        if self._queued[host] or self._active[host] >= connections:
            changed = self._changed.setdefault(host, asyncio.Condition())
            self._queued[host] += 1
            try:
                async with changed:
                    await changed.wait_for(lambda: self._active[host] < connections)
                    self._active[host] += 1
            finally:
                self._queued[host] -= 1
        else:
            self._active[host] += 1

    def answered(self, turn: Turn, status: int, headers: Mapping[str, str]) -> None:
        """Note a status and what its headers ask for; only statuses that speak of load count as failures in a row.

        A broken page of a healthy host answers 500 as long as it likes: that says nothing of the pace the host can bear.
        """
        if self._silent:
            for key in turn.keys:
                self._silent.pop(key, None)
        now = self.clock.now().timestamp()
        hold, spread = _asked_pause(status, headers, now)
        troubled = status in OVERLOADED
        if not (troubled or hold or spread or turn.failures):
            return
        with self._open(turn.keys) as states:
            for state in states:
                self._count(state, troubled, turn.interval, now)
                state.blocked = max(state.blocked, now + hold) if hold else state.blocked
                state.next = max(state.next, now + min(spread, BACK_OFF_CAP))

    def failed(self, turn: Turn) -> None:
        """Note that no answer came: the pause before the next request to this host doubles."""
        self._silent.update(dict.fromkeys(turn.keys, turn.interval))
        now = self.clock.now().timestamp()
        with self._open(turn.keys) as states:
            for state in states:
                self._count(state, True, turn.interval, now)

    def forgive(self) -> None:
        """Take back the failures that this process noted and no answer has ended since: its own line was down."""
        now = self.clock.now().timestamp()
        for key, interval in self._silent.items():
            with self._open((key,)) as (state,):
                state.failures = 0
                state.next = min(state.next, now + interval)
        self._silent.clear()

    def _count(self, state: State, troubled: bool, interval: float, now: float) -> None:
        state.failures = state.failures + 1 if troubled else 0
        if troubled:
            pause = min(BACK_OFF_CAP, interval * 2 ** min(state.failures, 16))
            state.next = max(state.next, now + pause)

    async def _wait(self, keys: tuple[str, ...], interval: float, patience: float) -> Turn:
        """Wait until every file allows a request and book it; give up with the moment where that would take too long.

        One of the slots over all hosts is held only while a request runs, so that a slow host keeps none from the others.
        A clock that stands still is believed to have slept, so that a fixed clock never waits for ever.
        """
        moment = start = self.clock.now().timestamp()
        while True:
            await self._slots.acquire()
            claim = self._claim(keys, moment, interval)
            if claim.wait <= 0:
                return Turn(keys, interval, claim.failures)
            self._slots.release()
            if claim.blocked and moment + claim.wait - start > patience:
                return Turn(keys, interval, postponed_until=datetime.fromtimestamp(moment + claim.wait, UTC))
            await self.clock.sleep(claim.wait)
            moment = max(self.clock.now().timestamp(), moment + claim.wait)

    def _claim(self, keys: tuple[str, ...], moment: float, interval: float) -> _Claim:
        """Book a request at this moment, or tell how long to wait."""
        leased = self._leases.book(keys, moment, interval)
        if leased is not None:
            return _Claim(leased)
        with self._open(keys) as states:
            for state in states:
                # A moment further away than any rule allows was written under another clock.
                state.next = min(state.next, moment + max(BACK_OFF_CAP, interval))
                state.blocked = min(state.blocked, moment + RETRY_AFTER_CAP)
            pace = max(state.next for state in states) - moment
            asked = max(state.blocked for state in states) - moment
            if max(pace, asked) > 0:
                return _Claim(max(pace, asked), asked > 0)
            failures = max(state.failures for state in states)
            for state in states:
                # While a host fails every request asks the file, so that a success ends the row of failures.
                state.next = moment + interval if failures else self._leases.begin(state.key, moment, interval)
            return _Claim(0.0, failures=failures)

    @contextmanager
    def _open(self, keys: tuple[str, ...]) -> Iterator[list[State]]:
        """The states of several keys, locked in one order by every process, our leases given back; written at the end."""
        with self._states.open(keys) as states:
            for state in states:
                state.next = self._leases.give_back(state.key, state.next)
            yield states


def _asked_pause(status: int, headers: Mapping[str, str], now: float) -> tuple[float, float]:
    """Seconds of silence that an answer asks for, and the interval that its announced quota leaves; both capped."""
    hold = 0.0
    if status in (429, 503) or 300 <= status < 400:
        hold = retry_after(headers.get("retry-after"), now) or 0.0
    remaining = _number(headers.get("x-ratelimit-remaining") or headers.get("ratelimit-remaining"))
    if remaining is None:
        return min(hold, RETRY_AFTER_CAP), 0.0
    reset = _reset(headers.get("x-ratelimit-reset") or headers.get("ratelimit-reset"), now)
    limit = _number(headers.get("x-ratelimit-limit") or headers.get("ratelimit-limit"))
    if remaining < 1:
        return min(max(hold, reset), RETRY_AFTER_CAP), 0.0
    low = limit is not None and remaining < limit * LOW_QUOTA
    return min(hold, RETRY_AFTER_CAP), reset / remaining if low else 0.0


def retry_after(value: str | None, now: float) -> float | None:
    """Seconds that a Retry-After asks for, as a number or as a date (RFC 9110 §10.2.3); None where it cannot be read."""
    seconds = _number(value)
    if seconds is not None:
        return max(0.0, seconds)
    try:
        moment = parsedate_to_datetime(value or "")
    except ValueError:
        return None
    aware = moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)
    return max(0.0, aware.timestamp() - now)


def _reset(value: str | None, now: float) -> float:
    """Seconds until a quota is renewed; servers write them, or a moment since 1970. A minute where nothing is said."""
    seconds = _number(value)
    if seconds is None:
        return 60.0
    return max(0.0, seconds - now) if seconds > 10**8 else max(0.0, seconds)


def _number(value: str | None) -> float | None:
    found = re.match(r"\s*(\d{1,12}(?:\.\d{1,6})?)\s*(?:[;,]|$)", value or "")
    return float(found[1]) if found else None

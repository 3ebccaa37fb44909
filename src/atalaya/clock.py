"""The only source of time. A clock is built in `cli` and handed down; nothing else asks the machine.

A round has two: the *observation clock*, which `--as-of` may fix and which alone reaches hashed columns, and the *pacing
clock* of the machine, which the politeness gate uses and which reaches only volatile columns.
"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime


@dataclass(frozen=True)
class Clock:
    """Time as two functions: `now()` gives an aware UTC datetime, `sleep(seconds)` waits."""

    now: Callable[[], datetime]
    sleep: Callable[[float], Awaitable[None]]


def system_clock() -> Clock:
    """The machine's own time."""
    return Clock(now=lambda: datetime.now(UTC), sleep=asyncio.sleep)


def fixed_clock(moment: datetime) -> Clock:
    """A clock that always tells `moment`; its sleep yields to other tasks and returns at once.

    Raises ValueError when `moment` has no time zone.
    """
    if moment.tzinfo is None:
        raise ValueError(f"the moment {moment.isoformat()} has no time zone; write it with an offset, such as Z")
    utc = moment.astimezone(UTC)
    return Clock(now=lambda: utc, sleep=lambda _seconds: asyncio.sleep(0))


def stamp(moment: datetime) -> str:
    """A moment as every table writes it: `2026-01-31T08:00:00Z`, UTC, whole seconds."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")

"""A clock by which waits for a publisher pass in a twentieth of their time, the same for everything in a process."""

import asyncio
from datetime import UTC, datetime

from atalaya.clock import Clock

TIMES = 20
_BEGAN = datetime.now(UTC)


def hurried_clock() -> Clock:
    """Moments and sleeps that fit each other, so that paces, pauses and retries follow the same rules as ever."""
    return Clock(
        now=lambda: _BEGAN + TIMES * (datetime.now(UTC) - _BEGAN),
        sleep=lambda seconds: asyncio.sleep(seconds / TIMES),
    )

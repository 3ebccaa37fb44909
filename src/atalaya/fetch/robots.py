"""robots.txt: fetched once a day for each origin, kept in the gate's folder, obeyed as RFC 9309 says."""

import asyncio
import fcntl
import hashlib
import json
import os
import re
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from protego import Protego

from atalaya.clock import Clock
from atalaya.exceptions import StoreError
from atalaya.fetch.answers import Failure

DAY: Final = 86_400.0
"""Seconds for which a robots.txt is believed (RFC 9309 §2.4)."""

HOUR: Final = 3600.0
"""Seconds after which a robots.txt that was answered with 429 or 5xx is asked for again."""

SILENCE: Final = 600.0
"""Seconds for which a host that gave no answer is not asked again: its other addresses share its failure."""

SIZE: Final = 512_000
"""Bytes of a robots.txt that are read (RFC 9309 §2.5 asks for at least 500 KiB)."""


@dataclass(frozen=True, slots=True)
class RobotsText:
    """What asking for a robots.txt gave. `status` is None where no answer came, for the reason in `failure`."""

    status: int | None
    text: str = ""
    failure: Failure | None = None
    detail: str | None = None


@dataclass(frozen=True, slots=True)
class Ruling:
    """Whether an address may be asked for, the crawl delay in seconds, and otherwise the failure and its reason."""

    failure: Failure | None = None
    detail: str | None = None
    delay: float = 0.0


class Robots:
    """The robots.txt of every origin, cached in a folder that processes share."""

    def __init__(self, folder: Path, clock: Clock, agent: str, delay_cap: float) -> None:
        self._folder, self._clock, self._agent, self._delay_cap = folder, clock, agent, delay_cap
        self._locks: dict[str, asyncio.Lock] = {}
        self._parsed: dict[str, tuple[str, Protego, float]] = {}
        self._read: dict[str, tuple[float, RobotsText]] = {}

    async def ruling(self, origin: str, url: str, ask: Callable[[], Awaitable[RobotsText]]) -> Ruling:
        """What the origin's robots.txt says of an address; `ask` fetches the file when no fresh copy is kept."""
        found = self._remembered(origin)
        if found is None:
            async with self._locks.setdefault(origin, asyncio.Lock()):
                found = self._cached(origin) or await self._ask(origin, ask)
        if found.status is None:
            return Ruling(found.failure, found.detail)
        if found.status >= 500 or found.status == 429:
            reason = (
                f"robots.txt answers {found.status}: until it can be read nothing may be crawled (RFC 9309 §2.3.1.4)"
            )
            return Ruling(Failure.ROBOTS, reason)
        if found.status >= 400:
            return Ruling()
        rules, delay = self._rules(origin, found.text)
        if not rules.can_fetch(url, self._agent):
            return Ruling(Failure.ROBOTS, "robots.txt forbids this address")
        return Ruling(delay=delay)

    def _delay(self, rules: Protego) -> float:
        """Seconds between requests that the file asks for, up to the cap."""
        delay = float(rules.crawl_delay(self._agent) or 0.0)
        rate = rules.request_rate(self._agent)
        if rate is not None and rate.requests:
            delay = max(delay, rate.seconds / rate.requests)
        return min(delay, self._delay_cap)

    def known(self, origin: str) -> RobotsText | None:
        """What asking for the robots.txt of an origin gave while that is fresh; None where nobody asked."""
        return self._cached(origin)

    def _rules(self, origin: str, text: str) -> tuple[Protego, float]:
        """The rules of a text and the delay that they ask for, read once."""
        known = self._parsed.get(origin)
        if known is None or known[0] != text:
            rules = Protego.parse(text)
            known = self._parsed[origin] = (text, rules, self._delay(rules))
        return known[1:]

    async def _ask(self, origin: str, ask: Callable[[], Awaitable[RobotsText]]) -> RobotsText:
        """Ask once, while other processes that need the same file wait for it."""
        with self._claim(origin) as mine:
            for _ in range(0 if mine else 300):
                await self._clock.sleep(0.1)
                if (found := self._cached(origin)) is not None:
                    return found
            found = await ask()
            self._write(origin, found)
        return found

    @contextmanager
    def _claim(self, origin: str) -> Iterator[bool]:
        """Whether this process is the one that asks."""
        path = self._path(origin).with_suffix(".lock")
        with _our_fault(path):
            path.parent.mkdir(parents=True, exist_ok=True)
            stream = path.open("ab")
        with stream:
            mine = False
            with suppress(BlockingIOError):
                fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
                mine = True
            yield mine

    def _remembered(self, origin: str) -> RobotsText | None:
        """The copy in memory while it is fresh."""
        known = self._read.get(origin)
        return known[1] if known is not None and self._fresh(*known) else None

    def _cached(self, origin: str) -> RobotsText | None:
        """The kept copy while it is fresh, from memory or from the file. A damaged copy is none."""
        remembered = self._remembered(origin)
        if remembered is not None:
            return remembered
        try:
            record = json.loads(self._path(origin).read_bytes())
            fetched = float(record.pop("fetched"))
            failure = record.pop("failure")
            found = RobotsText(failure=Failure(failure) if failure else None, **record)
            fresh = self._fresh(fetched, found)
        except (OSError, ValueError, TypeError, KeyError, AttributeError):
            return None
        if fresh:
            self._read[origin] = (fetched, found)
        return found if fresh else None

    def _fresh(self, fetched: float, found: RobotsText) -> bool:
        age = self._clock.now().timestamp() - fetched
        unread = found.status is not None and (found.status >= 500 or found.status == 429)
        limit = SILENCE if found.status is None else HOUR if unread else DAY
        return 0 <= age < limit

    def _write(self, origin: str, found: RobotsText) -> None:
        path = self._path(origin)
        record = {"fetched": self._clock.now().timestamp(), **asdict(found)}
        temporary = path.with_suffix(f".{os.getpid()}")
        with _our_fault(path):
            temporary.write_bytes(json.dumps(record).encode())
            temporary.replace(path)

    def _path(self, origin: str) -> Path:
        return self._folder / file_name(origin)


def file_name(key: str) -> str:
    """A file name for a host or an address: readable, and different for different keys.

    >>> file_name("host datos.gob.example")
    'host-datos.gob.example-8647590c.json'
    """
    readable = re.sub(r"[^a-z0-9.]+", "-", key.lower())[:80].strip("-.")
    return f"{readable}-{hashlib.sha256(key.encode()).hexdigest()[:8]}.json"


@contextmanager
def _our_fault(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise StoreError(f"{path} cannot be used: {error.strerror}; the gate needs a writable home folder") from error

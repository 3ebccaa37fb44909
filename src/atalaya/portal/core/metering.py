"""How often each route was asked, how it was answered and how long that took: counts alone, of nobody in particular.

Each process counts in memory and writes its counts into the folder `metrics` of the home folder every few seconds at most, so
that whichever process is asked can tell the sum of all. What a process counted stays there after its end: counters never go back.
"""

import json
import os
import secrets
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from atalaya.store.parts import write_atomic

BOUNDS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
"""Seconds up to which an answer falls into each bar of the histogram."""

WRITTEN_EVERY = 2.0
"""Seconds between two writings of the counts."""

UNROUTED = "none"
"""What is counted of addresses that no route has, and of files of style."""


@dataclass(slots=True)
class Counts:
    """Requests by (method, route, status class), and by route: answers in each bar of BOUNDS, and seconds in all."""

    requests: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    bars: Counter[tuple[str, int]] = field(default_factory=Counter)
    seconds: Counter[str] = field(default_factory=Counter)

    def add(self, method: str, route: str, status: int, seconds: float) -> None:
        """Count one answer."""
        known = method if method in ("GET", "HEAD", "POST", "OPTIONS") else "other"
        self.requests[known, route, f"{status // 100}xx"] += 1
        self.bars[route, sum(seconds > bound for bound in BOUNDS)] += 1
        self.seconds[route] += seconds  # type: ignore[assignment]

    def merge(self, other: "Counts") -> None:
        """Add what another process counted."""
        self.requests.update(other.requests)
        self.bars.update(other.bars)
        self.seconds.update(other.seconds)

    def document(self) -> dict[str, list[list[object]]]:
        """As JSON."""
        return {
            "requests": [[*key, count] for key, count in self.requests.items()],
            "bars": [[*key, count] for key, count in self.bars.items()],
            "seconds": [[key, count] for key, count in self.seconds.items()],
        }


def read_counts(document: dict[str, list[list[object]]]) -> Counts:
    """The counts that `Counts.document` wrote. Raises KeyError, TypeError or ValueError where they are none."""
    found = Counts()
    for method, route, status, count in document["requests"]:
        found.requests[str(method), str(route), str(status)] += int(str(count))
    for route, bar, count in document["bars"]:
        found.bars[str(route), int(str(bar))] += int(str(count))
    for route, seconds in document["seconds"]:
        found.seconds[str(route)] += float(str(seconds))  # type: ignore[assignment]
    return found


class Meter:
    """The counts of this process. Of several threads one at a time."""

    def __init__(self) -> None:
        self._counts, self._lock = Counts(), threading.Lock()
        self._name, self._pid, self._written = "", 0, 0.0

    def add(self, method: str, route: str, status: int, seconds: float) -> None:
        """Count one answer, and write the counts where they were not written for a while."""
        with self._lock:
            self._counts.add(method, route, status, seconds)
            due = time.monotonic() - self._written > WRITTEN_EVERY
            if due:
                self._written = time.monotonic()
        if due:
            self.write()

    def write(self) -> None:
        """Write the counts; a disk that refuses them costs nobody a page."""
        with self._lock:
            if self._pid != os.getpid():
                self._pid, self._name = os.getpid(), f"{os.getpid()}-{secrets.token_hex(4)}.json"
            document = json.dumps(self._counts.document()).encode()
            name = self._name
        try:
            write_atomic(folder() / name, [document], durable=False)
        except OSError:
            return

    def total(self) -> Counts:
        """What all processes counted."""
        self.write()
        found = Counts()
        for each in _documents(sorted(folder().glob("*.json"))):
            found.merge(each)
        return found


def folder() -> Path:
    """Where the counts of all processes stand."""
    return Path(settings.ATALAYA_HOME) / "metrics"


def _documents(paths: Iterable[Path]) -> Iterable[Counts]:
    for path in paths:
        try:
            yield read_counts(json.loads(path.read_bytes()))
        except (OSError, ValueError, KeyError, TypeError):
            continue


METER = Meter()


def metered(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Count every answer by its route, never by its address: addresses hold words of people."""

    def answer(request: HttpRequest) -> HttpResponse:
        start = time.perf_counter()
        response = get_response(request)
        METER.add(request.method or "", route_of(request), response.status_code, time.perf_counter() - start)
        return response

    return answer


def route_of(request: HttpRequest) -> str:
    """The route that a request took, as it is declared."""
    match = getattr(request, "resolver_match", None)
    return str(match.route) or "/" if match is not None else UNROUTED

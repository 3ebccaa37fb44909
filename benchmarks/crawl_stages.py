"""What measures of crawls share: a server in a process of its own, countries made of sites, and processor time by stage."""

import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from atalaya.countries.pack import SITE, CountryPack, Group, Institution, Source
from atalaya.countries.reader import find_pack, read_pack
from benchmarks.process_tree import PROC, descendants

TICKS = os.sysconf("SC_CLK_TCK")
DAY = datetime(2026, 1, 5, 12, tzinfo=UTC)


class Stages:
    """Processor and other time of every stage of a round, by what its progress tells."""

    def __init__(self, without: int) -> None:
        self.spent: dict[str, tuple[float, float]] = {}
        self._meter = Meter(without)
        self._last = (0.0, time.monotonic())

    def told(self, stage: str, _done: int, _total: int) -> None:
        """Add what has passed since the last word to the stage that speaks."""
        now = (self._meter.seconds(), time.monotonic())
        processor, seconds = self.spent.get(stage, (0.0, 0.0))
        self.spent[stage] = (processor + now[0] - self._last[0], seconds + now[1] - self._last[1])
        self._last = now

    def close(self) -> None:
        """Stop watching."""
        self._meter.close()


class Meter:
    """Processor time of this process and all that descend from it but one, also of those that nobody waits for."""

    def __init__(self, without: int) -> None:
        self._without = without
        self._known: dict[int, float] = {}
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._watch)
        self._thread.start()

    def seconds(self) -> float:
        """Seconds of processor so far; of processes that ended, as they were seen last."""
        self._look()
        return time.process_time() + sum(self._known.values())

    def _watch(self) -> None:
        while not self._over.wait(0.25):
            self._look()

    def close(self) -> None:
        """Stop watching."""
        self._over.set()
        self._thread.join()

    def _look(self) -> None:
        for process in descendants(os.getpid()):
            if process != self._without:
                with suppress(OSError, IndexError, ValueError):
                    after_name = (PROC / str(process) / "stat").read_text().rpartition(")")[2].split()
                    self._known[process] = sum(map(int, after_name[11:15])) / TICKS


@contextmanager
def serving(command: list[str], told: Path) -> Iterator[tuple[str, int]]:
    """A server of `benchmarks` in a process of its own; gives its port and its process."""
    with subprocess.Popen([sys.executable, "-m", *command]) as server:
        try:
            while not told.exists():
                if server.poll() is not None:
                    raise SystemExit(f"the server {command[0]} ended before it served")
                time.sleep(0.05)
            yield told.read_text(), server.pid
        finally:
            server.kill()


def country_of(urls: list[str], rate: float, law: str | None) -> CountryPack:
    """A country of one institution for each site; its law is that of a country pack where one is named."""
    laws = read_pack(find_pack(law)) if law is not None else None
    bodies = tuple(
        Institution(id=f"zz:b{n:04d}", name=f"Institución inventada {n}", kind="ministry", branch="executive", site=url)
        for n, url in enumerate(urls)
    )
    sources = tuple(
        Source(id=f"zz:site-b{n:04d}", title={"es": body.name}, protocol=SITE, url=urls[n], institution=body.id, local=True,
               requests_per_second=rate)
        for n, body in enumerate(bodies)
    )  # fmt: skip
    group = Group(id="all", title={"es": "Todas"}, branches=("executive",), headline=True)
    pack = CountryPack(
        code="zz", name={"es": "Zeta"}, languages=("es",), folder=Path(), sha256="x", groups=(group,), institutions=bodies,
        divisions=(), sources=sources,
    )  # fmt: skip
    if laws is None:
        return pack
    return replace(
        pack,
        laws=laws.laws,
        duties=laws.duties,
        obliged_classes=laws.obliged_classes,
        update_rules=laws.update_rules,
    )

"""How fast one host is asked, seen from the host: rounds and single clients in several processes that share a home folder.

A part of `make bench`. The server notes when each request reaches it; of all windows of one second the fullest counts, beside the
declared rate and one more, as both ends of a window may hold a request. Names that lie on one address share its pace.
"""

import argparse
import asyncio
import json
import subprocess
import sys
import tempfile
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from atalaya.clock import system_clock
from atalaya.fetch.client import Client
from atalaya.fetch.gate import Gate, Policy
from atalaya.fetch.loop import run
from atalaya.settings import read_settings
from atalaya.store.archive import Archive
from benchmarks.fetching import stages, write_catalogue, write_files
from benchmarks.lines import Line
from benchmarks.loopback import ARRIVALS, Loopback, serving_files
from benchmarks.material import ROOT

WINDOW = 1.0
SECONDS = 4.0
"""How long each measurement lasts."""

STALL = 1.05
"""What is asked of rates whose interval is shorter than the stalls of a busy machine: requests sent in their turn may be held
up on the way and arrive together."""


def fullest(moments: Sequence[float], window: float = WINDOW) -> int:
    """The most moments that any window of that many seconds holds.

    >>> fullest([0.0, 0.5, 1.0, 1.1, 3.0])
    3
    """
    ordered, most, start = sorted(moments), 0, 0
    for end, moment in enumerate(ordered):
        while moment - ordered[start] > window:
            start += 1
        most = max(most, end - start + 1)
    return most


def arrivals(server: Loopback) -> Mapping[str, list[float]]:
    """Host → the moments at which it was asked since this was last called."""
    with urllib.request.urlopen(server.origin(0) + ARRIVALS) as answer:
        found: dict[str, list[float]] = json.load(answer)
    return found


async def _loopback(_host: str, _port: int) -> list[str]:
    return ["127.0.0.1"]


async def ask(home: Path, rate: float, urls: Sequence[str]) -> None:
    """Ask for addresses through the gate of a home folder, as a recheck does; every name lies on 127.0.0.1."""
    settings = replace(read_settings({}, home), requests_per_second=rate)
    policy = Policy(requests_per_second=rate, local=True)
    pacing = system_clock()
    gate = Gate(home / "gate", settings, pacing)
    async with Client(settings, Archive(home / "archive"), gate, pacing, lookup=_loopback) as client:
        answers = await asyncio.gather(*(client.fetch(url, policy) for url in urls))
    assert all(answer.ok for answer in answers), "every request must be answered"


def run_together(commands: Sequence[Sequence[str]]) -> None:
    """Run this module several times side by side, to the end."""
    running = [subprocess.Popen([sys.executable, "-m", "benchmarks.arrivals", *each], cwd=ROOT) for each in commands]
    failed = [process.wait() for process in running if process.wait()]
    assert not failed, "a process that asks has failed"


def _line(what: str, moments: Sequence[float], rate: float, expected: int) -> Line:
    assert len(moments) >= expected, f"{len(moments)} requests came of {expected}"
    return Line(
        what=f"{what}: most requests in one second",
        value=fullest(moments),
        yardstick="declared rate and one",
        yardstick_value=rate * WINDOW + 1,
        unit="requests",
        most=1.0 if rate <= 1 / 0.05 else STALL,
    )


def bench_lines() -> Iterator[Line]:
    """One, two and four processes; two names on one address; a round and two single clients."""
    with tempfile.TemporaryDirectory(prefix="atalaya-") as name:
        folder = Path(name)
        (folder / "files").mkdir()
        names = write_files(folder / "files", 40)
        with serving_files(folder / "files") as server:
            urls = write_catalogue(folder / "files", server, names)
            for rate, processes in ((10.0, 1), (10.0, 2), (10.0, 4), (200.0, 4)):
                yield _several(folder / f"home-{rate:g}-{processes}", server, urls, rate, processes)
            yield _names(folder / "home-names", server, names)
            yield _mixed(folder / "home-mixed", server, urls)


def _several(home: Path, server: Loopback, urls: Sequence[str], rate: float, processes: int) -> Line:
    count = int(rate * SECONDS / processes)
    run_together([["client", str(home), f"{rate}", str(count), *urls]] * processes)
    moments = arrivals(server)["127.0.0.1"]
    asking = "1 process" if processes == 1 else f"{processes} processes"
    return _line(f"{asking} at {rate:g} a second", moments, rate, count * processes)


def _names(home: Path, server: Loopback, names: Sequence[str]) -> Line:
    """Two processes, each asking a name of its own; both names lie on one address."""
    rate, count = 10.0, int(5 * SECONDS)
    commands = [
        ["client", str(home), f"{rate}", str(count), *(f"http://{host}.example:{server.port}/{name}" for name in names)]
        for host in ("uno", "dos")
    ]
    run_together(commands)
    moments = [moment for each in arrivals(server).values() for moment in each]
    return _line("2 names on one address, 2 processes at 10 a second", moments, rate, 2 * count)


def _mixed(home: Path, server: Loopback, urls: Sequence[str]) -> Line:
    """A round and two clients that ask for single resources again."""
    rate, count = 20.0, int(5 * SECONDS)
    client = ["client", str(home), f"{rate}", str(count), *urls]
    run_together([["round", str(home), f"{rate}", str(len(urls)), server.origin(0)], client, client])
    return _line(
        "a round and 2 single clients at 20 a second", arrivals(server)["127.0.0.1"], rate, len(urls) + 2 * count
    )


def main() -> None:
    """One of the processes that ask."""
    reader = argparse.ArgumentParser(description=__doc__)
    reader.add_argument("role", choices=("client", "round"))
    reader.add_argument("home", type=Path)
    reader.add_argument("rate", type=float)
    reader.add_argument("count", type=int)
    reader.add_argument("urls", nargs="+")
    told = reader.parse_args()
    if told.role == "round":
        run(stages(told.home, f"{told.urls[0]}/data.json", told.count, told.rate))
    else:
        # Different queries, as equal addresses asked for at the same time share one request.
        urls = [f"{told.urls[n % len(told.urls)]}?{n}" for n in range(told.count)]
        asyncio.run(ask(told.home, told.rate, urls))


if __name__ == "__main__":
    main()

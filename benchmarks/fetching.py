"""Small resources fetched, hashed, archived, inspected and checked, beside a bare client that asks for the same addresses.

    python -m benchmarks.bench --only fetching

A part of `make bench`. A server in another process gives 4,000 small files, all different, on eight loopback addresses. The bare
client reads every body whole over as many connections as a round has, and does nothing with it. The round asks with politeness
off (a rate that never waits), obeys robots.txt, and goes through its usual gate, guard, archive and parts, in the processes that
a round takes. Both run in turns; the medians count.
"""

import asyncio
import json
import random
import resource
import statistics
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import aiohttp

from atalaya.clock import fixed_clock, stamp, system_clock
from atalaya.fetch.client import Client
from atalaya.fetch.gate import Gate
from atalaya.fetch.loop import run
from atalaya.rounds.catalogues import pack_of_sources
from atalaya.rounds.checking import check
from atalaya.rounds.context import Round
from atalaya.rounds.crew import Apart
from atalaya.rounds.fetching import fetch
from atalaya.rounds.harvesting import harvest
from atalaya.rounds.identifying import identify_records
from atalaya.rounds.inspecting import inspect
from atalaya.rounds.opening import Request, held, open_round
from atalaya.rounds.run import collecting_rarely
from atalaya.settings import read_settings
from atalaya.store.archive import Archive
from benchmarks.lines import Line
from benchmarks.loopback import Loopback, serving_files

ADDRESSES = tuple(f"127.0.0.{number}" for number in range(1, 9))
COUNT = 4_000
TURNS = 3
RESOURCES = 2
"""Resources of a dataset."""

ROUND_CONNECTIONS = 16
"""Requests at once, of the bare client and of the round: two to each address, as a round has."""

AS_OF = datetime(2026, 1, 5, 12, tzinfo=UTC)
PLACES = (
    "Arriba",
    "Abajo",
    "Enmedio",
    "San Andrés",
    "Santa María",
    "El Llano",
    "Río Hondo",
    "La Unión",
    "Peñas",
    "Güisma",
)
HEADERS = (
    ("municipio", "anio", "poblacion"),
    ("fecha", "unidad", "monto", "proveedor"),
    ("codigo", "nombre", "latitud", "longitud", "abierto"),
)


@dataclass(slots=True)
class Spent:
    """Seconds on the clock and of the processors, of this process and of those it waited for."""

    seconds: float = 0.0
    processor: float = 0.0


@dataclass(frozen=True, slots=True)
class Turn:
    """One turn: the bare client and the stages of a round over the same resources."""

    bare: Spent
    fetch: Spent
    inspect: Spent
    check: Spent


def write_files(folder: Path, count: int, seed: int = 1) -> list[str]:
    """Write that many small files, one in eight JSON, the rest CSV of 1 to 20 KB; gives their names. All differ."""
    chance = random.Random(seed)
    names = []
    for number in range(count):
        header, size = chance.choice(HEADERS), chance.randint(1_000, 20_000)
        rows: list[list[object]] = []
        written = 0
        while written < size:
            row = [_cell(name, chance) for name in header]
            written += len(",".join(map(str, row))) + 1
            rows.append(row)
        rows[0][0] = f"{rows[0][0]} {number}"
        json_file = number % 8 == 7
        name = f"{number:05d}.{'json' if json_file else 'csv'}"
        names.append(name)
        if json_file:
            body = json.dumps([dict(zip(header, row, strict=True)) for row in rows], ensure_ascii=False)
        else:
            body = "\n".join(",".join(map(str, row)) for row in (header, *rows)) + "\n"
        (folder / name).write_text(body, encoding="utf-8")
    return names


def _cell(name: str, chance: random.Random) -> object:
    if name in ("anio", "poblacion", "codigo"):
        return chance.randint(2000, 2026) if name == "anio" else chance.randint(1, 99_999)
    if name in ("monto", "latitud", "longitud"):
        return round(chance.uniform(-90, 90_000 if name == "monto" else 90), 4)
    if name == "fecha":
        return f"{chance.randint(2015, 2025)}-{chance.randint(1, 12):02d}-{chance.randint(1, 28):02d}"
    if name == "abierto":
        return chance.choice(("sí", "no"))
    return f"{chance.choice(PLACES)} {chance.choice(PLACES)}"


def write_catalogue(folder: Path, server: Loopback, names: list[str]) -> list[str]:
    """Write `data.json`, which lists the files on every address in turn; gives their addresses."""
    urls = [f"{server.origin(number)}/{name}" for number, name in enumerate(names)]
    datasets = [
        {
            "identifier": f"d{start}",
            "title": f"Serie {start} por municipio",
            "description": "Serie anual por municipio, con un renglón por municipio y por año.",
            "keyword": ["censo"],
            "modified": "2025-12-01",
            "license": "https://creativecommons.org/licenses/by/4.0/",
            "distribution": [
                {
                    "downloadURL": url,
                    "mediaType": "application/json" if url.endswith("json") else "text/csv",
                    "title": url[-10:],
                }
                for url in urls[start : start + RESOURCES]
            ],
        }
        for start in range(0, len(urls), RESOURCES)
    ]
    (folder / "data.json").write_text(json.dumps({"conformsTo": "x", "dataset": datasets}), encoding="utf-8")
    return urls


async def bare(urls: list[str]) -> Spent:
    """Ask for every address and read every body, and nothing else."""
    waiting = iter(urls)

    async def work(session: aiohttp.ClientSession) -> None:
        for url in waiting:
            async with session.get(url) as answer:
                await answer.read()

    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=ROUND_CONNECTIONS)) as session:
        with measuring() as spent:
            await asyncio.gather(*(work(session) for _ in range(ROUND_CONNECTIONS)))
    return spent


async def stages(home: Path, catalogue: str, count: int, rate: float = 1e9) -> tuple[Spent, Spent, Spent]:
    """The fetch, inspect and check stages of a round over the catalogue, in a new home."""
    settings = replace(read_settings({}, home), requests_per_second=rate, connections=ROUND_CONNECTIONS)
    pack = pack_of_sources([catalogue], local=True)
    request = Request(pack=pack, as_of=stamp(AS_OF), as_of_stated=True)
    folder, opening = open_round(home, settings, request)
    archive = Archive(home / "archive")
    pacing = system_clock()
    with held(folder) as ledger, collecting_rarely():
        async with Client(settings, archive, Gate(home / "gate", settings, pacing), pacing) as client:
            apart = Apart(settings=settings, resolve=None, opening=opening, folder=folder, pack=pack)
            round_ = Round(
                opening=opening, folder=folder, home=home, pack=pack, settings=settings, ledger=ledger, archive=archive,
                client=client, clock=fixed_clock(AS_OF), previous=None, apart=apart,
            )  # fmt: skip
            await harvest(round_)
            identify_records(round_)
            with measuring() as fetched:
                await fetch(round_)
            good = sum(1 for _, row in ledger.rows("fetch", "probes") if row["status"] == 200 and row["sha256"])
            assert good == count, f"{good} of {count} resources were fetched"
        with measuring() as inspected:
            inspect(round_)
        with measuring() as checked:
            check(round_)
    return fetched, inspected, checked


@contextmanager
def measuring() -> Iterator[Spent]:
    """What the block spends."""
    spent = Spent()
    clock, processor = time.perf_counter(), _processor()
    yield spent
    spent.seconds, spent.processor = time.perf_counter() - clock, _processor() - processor


def _processor() -> float:
    used = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(usage.ru_utime + usage.ru_stime for usage in used)


def turns(count: int = COUNT, repeats: int = TURNS) -> Iterator[Turn]:
    """Bare client and round, one after the other, several times."""
    with tempfile.TemporaryDirectory(prefix="atalaya-") as name:
        folder = Path(name)
        (folder / "files").mkdir()
        names = write_files(folder / "files", count)
        with serving_files(folder / "files", ADDRESSES) as server:
            urls = write_catalogue(folder / "files", server, names)
            for number in range(repeats):
                spent = asyncio.run(bare(urls))
                yield Turn(spent, *run(stages(folder / f"home-{number}", f"{server.origin(0)}/data.json", count)))


def bench_lines() -> Iterator[Line]:
    """Rates beside the bare client's rate, and processor time beside the bare client's."""
    found = list(turns())
    bare_rate = COUNT / statistics.median(turn.bare.seconds for turn in found)
    fetched = statistics.median(turn.fetch.seconds for turn in found)
    inspected = statistics.median(turn.inspect.seconds for turn in found)
    checked = statistics.median(turn.check.seconds for turn in found)
    yardstick = "aiohttp reading the same addresses"
    yield Line(
        what=f"{COUNT:,} resources fetched, hashed and archived", value=COUNT / fetched, unit="a second",
        yardstick=yardstick, yardstick_value=bare_rate, least=0.15,
    )  # fmt: skip
    yield Line(
        what="fetched, archived, inspected and checked", value=COUNT / (fetched + inspected + checked), unit="a second",
        yardstick=yardstick, yardstick_value=bare_rate, least=0.03,
    )  # fmt: skip
    bare_processor = statistics.median(turn.bare.processor for turn in found) / COUNT * 1000
    for name in ("fetch", "inspect", "check"):
        used = statistics.median(getattr(turn, name).processor for turn in found) / COUNT * 1000
        yield Line(
            what=f"processor time of a resource, {name}",
            value=used,
            yardstick=yardstick,
            yardstick_value=bare_processor,
            unit="ms",
        )

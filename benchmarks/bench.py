"""Speed and memory as ratios to a yardstick of the same run; writes docs/explanation/performance.md.

    python -m benchmarks.bench

Absolute seconds on shared machines mean little: they are reported, never asserted. A ratio of 3 means three times the time of
the yardstick beside it.
"""

import asyncio
import csv
import io
import json
import platform
import resource
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import aiohttp
import pyoxigraph
import yaml
from rich.console import Console
from rich.table import Table

from atalaya.cli.demo import observe_sample
from atalaya.harvest.datajson import read_data_json
from atalaya.harvest.dcat_rdf import read_rdf
from atalaya.inspection.inspector import inspect_bytes
from atalaya.replay.server import Served, serve
from atalaya.samples.sample import write_sample
from benchmarks.material import ROOT, corpora

PAGE = ROOT / "docs" / "explanation" / "performance.md"
REPEATS = 3


@dataclass(frozen=True, slots=True)
class Line:
    """One measured thing beside its yardstick; seconds are the best of several runs."""

    what: str
    seconds: float
    yardstick: str
    yardstick_seconds: float

    @property
    def ratio(self) -> float:
        """How many times the yardstick's time."""
        return self.seconds / self.yardstick_seconds


def best(work: Callable[[], object], repeats: int = REPEATS) -> float:
    """Seconds of the fastest of a few runs."""
    times = []
    for _ in range(repeats):
        started = time.perf_counter()
        work()
        times.append(time.perf_counter() - started)
    return min(times)


def readers(folder: Path) -> Iterator[Line]:
    """Catalogue readers beside the bare parser of their format."""
    pod = (folder / "catalogues" / "datajson_us" / "hhs_2021-12-05.data.json").read_bytes()
    yield Line(
        "data.json, 1,808 datasets", best(lambda: read_data_json(pod)), "json.loads", best(lambda: json.loads(pod))
    )
    rdf = (folder / "catalogues" / "dcat_rdf" / "govdata" / "rostock-catalog-original-input.rdf").read_bytes()

    def parse() -> object:
        return list(pyoxigraph.parse(rdf, format=pyoxigraph.RdfFormat.RDF_XML, base_iri="https://a.example/"))

    yield Line("DCAT-AP RDF/XML, 17,714 triples", best(lambda: read_rdf(rdf)), "pyoxigraph.parse", best(parse))


def inspections(folder: Path) -> Iterator[Line]:
    """Inspection beside the bare reader of the same bytes."""
    table = (folder / "perf" / "frictionless_table-10x10k.csv").read_bytes()

    def rows(data: bytes) -> int:
        return sum(1 for _ in csv.reader(io.StringIO(data.decode("utf-8", errors="replace"))))

    yield Line(
        "inspect a CSV of 10,000 × 10", best(lambda: inspect_bytes(table)), "csv.reader", best(lambda: rows(table))
    )
    small = b"municipio,poblacion\n" + b"".join(b"Municipio %d,%d\n" % (n, n * 7) for n in range(700))
    many = best(lambda: [inspect_bytes(small) for _ in range(100)])
    yield Line("inspect 100 CSV of 12 KB", many, "csv.reader", best(lambda: [rows(small) for _ in range(100)]))


def rounds() -> Iterator[Line]:
    """A whole round over the sample country beside a bare client that asks for the same addresses."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_sample(folder / "yardstick", 1)
        started = time.perf_counter()
        observe_sample(folder / "demo", 1, quiet=True)
        seconds = (time.perf_counter() - started) / 2
        bare = asyncio.run(_bare(folder / "yardstick" / "day-1"))
    yield Line("one round over the sample country", seconds, "aiohttp asking for the same addresses", bare)


async def _bare(replay: Path) -> float:
    urls = [route["url"] for route in yaml.safe_load((replay / "replay.yml").read_text(encoding="utf-8"))["routes"]]
    async with serve(replay) as served, aiohttp.ClientSession() as session:
        started = time.perf_counter()
        await asyncio.gather(*(_ask(session, served, url) for url in urls))
        return time.perf_counter() - started


async def _ask(session: aiohttp.ClientSession, served: Served, url: str) -> None:
    scheme, _, rest = url.partition("://")
    host, _, path = rest.partition("/")
    headers = {"Host": host, "X-Forwarded-Proto": scheme}
    timeout = aiohttp.ClientTimeout(total=2.0)
    try:
        async with session.get(f"http://127.0.0.1:{served.port}/{path}", headers=headers, timeout=timeout) as answer:
            await answer.read()
    except (aiohttp.ClientError, TimeoutError):
        return


def page(lines: list[Line], megabytes: float) -> str:
    """The page of results."""
    rows = "".join(
        f"| {line.what} | {line.seconds:.3f} | {line.yardstick} | {line.yardstick_seconds:.3f} | {line.ratio:.1f} |\n"
        for line in lines
    )
    return (
        "# Performance\n\nWritten by `make bench`: ratios to a yardstick of the same run.\n\n"
        f"Python {platform.python_version()}, {platform.machine()}; greatest memory of the run {megabytes:.0f} MB.\n\n"
        "| what | seconds | yardstick | seconds | ratio |\n|---|---|---|---|---|\n" + rows
    )


def main() -> None:
    """Measure, print and write the page."""
    folder = corpora()
    lines = [
        *(readers(folder) if folder.is_dir() else ()),
        *(inspections(folder) if folder.is_dir() else ()),
        *rounds(),
    ]
    table = Table("what", "seconds", "yardstick", "seconds", "ratio")
    for line in lines:
        table.add_row(
            line.what, f"{line.seconds:.3f}", line.yardstick, f"{line.yardstick_seconds:.3f}", f"{line.ratio:.1f}"
        )
    Console().print(table)
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    PAGE.write_text(page(lines, megabytes), encoding="utf-8")


if __name__ == "__main__":
    main()

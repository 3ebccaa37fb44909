"""Speed and memory of harvest, identify and check over every recorded catalogue, beside the bare parse of the same files.

    python -m benchmarks.recorded_speed [--times 10]

Three processes, so that each is measured alone: the replay that serves the catalogues on loopback, the round, and the bare
parse (`json.loads`, pyoxigraph, ElementTree), which is the yardstick of the same run. Resources are not asked for. `--times`
serves every source that often, under other ids and hosts. Memory is the proportional set size of the round's processes together,
sampled ten times a second. The seconds of `wall` are those of the whole machine: the replay has its share of them, told beside.
On a busy machine they say little; the CPU of the round over its cores is what the wall would be at best.
"""

import argparse
import asyncio
import gzip
import json
import os
import subprocess
import sys
import tempfile
import time
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path

import pyoxigraph
import yaml
from rich.console import Console
from rich.table import Table

from atalaya.clock import fixed_clock, stamp, system_clock
from atalaya.countries.reader import read_pack
from atalaya.rounds.checking import check
from atalaya.rounds.context import Round
from atalaya.rounds.harvesting import harvest
from atalaya.rounds.identifying import identify_records
from atalaya.rounds.opening import Request
from atalaya.rounds.run import Plan, opened
from atalaya.settings import read_settings
from benchmarks.lines import Line
from benchmarks.material import corpora
from benchmarks.recorded_replay import RoutedSource, read_routing, write_replay, write_sources
from benchmarks.recorded_round import AS_OF, COUNTRY

GRAPHS = {".ttl": pyoxigraph.RdfFormat.TURTLE, ".rdf": pyoxigraph.RdfFormat.RDF_XML}
SAMPLE_SECONDS = 0.1
MOST_RATIO = 8.0
"""Times the bare parse that harvest, identify and check may take together."""
MOST_SECONDS = 90.0
MOST_MEGABYTES = {1: 500.0, 10: 600.0}
TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """What one stage took: seconds of wall, and of CPU in all processes of the round."""

    name: str
    wall: float
    cpu: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """One run: its stages, the seconds of the bare parse, the replay's CPU, the greatest memory in MB, what was read."""

    stages: tuple[Stage, ...]
    bare: float
    replay_cpu: float
    megabytes: float
    sources: int
    datasets: int
    resources: int

    @property
    def wall(self) -> float:
        """Seconds of all stages."""
        return sum(stage.wall for stage in self.stages)


def measure(folder: Path, material: Path, times: int = 1) -> Measured:
    """Serve, run and measure every recorded catalogue, so many times over, in `folder`, which must be empty."""
    _prepare(folder, material, times)
    with _child("replay", folder) as replay:
        assert replay.stdout is not None
        replay.stdout.readline()  # it tells its port once everything is served
        started = cpu_seconds(replay.pid)
        bare = _bare_seconds(folder)
        with _child("run", folder) as run:
            megabytes = _greatest_memory(run)
            told = json.loads(run.stdout.read()) if run.stdout is not None and run.returncode == 0 else None
        if told is None:
            raise SystemExit("the round failed; its error stands above")
        bare = min(bare, _bare_seconds(folder))
        served = cpu_seconds(replay.pid) - started
    stages = tuple(Stage(**stage) for stage in told.pop("stages"))
    return Measured(stages=stages, bare=bare * times, replay_cpu=served, megabytes=megabytes, **told)


def _prepare(folder: Path, material: Path, times: int) -> None:
    """The replay, the country pack that declares its sources, and the list of files for the yardstick."""
    replay, pack = folder / "replay", folder / "country"
    for place in (replay, pack / "sources", pack / "institutions"):
        place.mkdir(parents=True)
    sources = write_replay(replay, material)
    document = yaml.safe_load((replay / "replay.yml").read_text(encoding="utf-8"))
    for number in range(1, times):
        write_sources(pack / "sources", (_elsewhere(source, number) for source in sources))
    for name, key in (("routes", "url"), ("services", "base")):
        document[name] += [
            {**entry, key: _other_host(entry[key], number)} for number in range(1, times) for entry in document[name]
        ]
    # JSON is YAML, and ten times faster to write.
    (replay / "replay.yml").write_text(json.dumps(document), encoding="utf-8")
    write_sources(pack / "sources", sources)
    (pack / "country.yml").write_text(yaml.safe_dump(COUNTRY, allow_unicode=True), encoding="utf-8")
    institution = [{"slug": "nobody", "name": "Nobody", "kind": "publisher"}]
    (pack / "institutions" / "all.yml").write_text(yaml.safe_dump(institution), encoding="utf-8")
    files = sorted({str(material / file) for source in read_routing() for file in source.files})
    (folder / "files.json").write_text(json.dumps(files), encoding="utf-8")


def _elsewhere(source: RoutedSource, number: int) -> RoutedSource:
    return replace(source, id=f"copy{number}-{source.id}", url=_other_host(source.url, number))


def _other_host(url: str, number: int) -> str:
    return url.replace("://", f"://copy{number}.", 1)


@contextmanager
def _child(role: str, folder: Path) -> Iterator["subprocess.Popen[bytes]"]:
    """A process of this benchmark, ended with the context."""
    if role == "replay":
        command = ["-m", "atalaya", "replay", str(folder / "replay"), "--resolve-file", str(folder / "resolve.json")]
    else:
        command = ["-m", "benchmarks.recorded_speed", f"--{role}", str(folder)]
    child = subprocess.Popen([sys.executable, *command], stdout=subprocess.PIPE)
    try:
        yield child
    finally:
        if child.poll() is None:
            child.terminate()
        child.wait()


def _bare_seconds(folder: Path) -> float:
    with _child("bare", folder) as child:
        assert child.stdout is not None
        return float(child.stdout.read())


def parse_bare(files: list[Path]) -> float:
    """Seconds of CPU (on an idle machine those of the wall) to parse every file that holds JSON, RDF or XML as a whole."""
    bodies = [(_ending(file), _body(file)) for file in files]
    started = time.process_time()
    for ending, body in bodies:
        with suppress(ValueError, SyntaxError, RecursionError):
            if ending in (".json", ".jsonld"):
                json.loads(body)
            elif ending == ".jsonl":
                for line in body.splitlines():
                    json.loads(line)
            elif ending in GRAPHS:
                list(pyoxigraph.parse(body, format=GRAPHS[ending], base_iri="https://a.example/"))
            elif ending == ".xml":
                ElementTree.fromstring(body)
    return time.process_time() - started


def _ending(file: Path) -> str:
    return Path(file.name.removesuffix(".gz")).suffix


def _body(file: Path) -> bytes:
    body = file.read_bytes()
    return gzip.decompress(body) if body[:2] == b"\x1f\x8b" else body


async def run_stages(folder: Path) -> tuple[list[Stage], Round]:
    """Harvest, identify and check what the replay serves; the round stays open."""
    settings = replace(read_settings({}, folder / "home"), timeout=5.0, requests_per_second=1000.0)
    plan = Plan(settings=settings, clock=fixed_clock(AS_OF), pacing=system_clock(), resolve=folder / "resolve.json")
    stages = []
    async with opened(plan, Request(pack=read_pack(folder / "country"), as_of=stamp(AS_OF))) as round_:
        for name, stage in (("harvest", harvest), ("identify", identify_records), ("check", check)):
            wall, cpu = time.perf_counter(), cpu_seconds(os.getpid())
            waiting = stage(round_)
            if waiting is not None:
                await waiting
            wall, cpu = time.perf_counter() - wall, cpu_seconds(os.getpid()) - cpu
            stages.append(Stage(name=name, wall=wall, cpu=cpu))
    return stages, round_


def cpu_seconds(pid: int) -> float:
    """CPU seconds of a process and everything below it, ended children included; from proc(5), in hundredths."""
    total = 0
    for each in family(pid):
        with suppress(OSError):
            fields = Path(f"/proc/{each}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
            total += sum(int(field) for field in fields[11:15])
    return total / TICKS


def family(pid: int) -> list[int]:
    """A process and all processes below it that live."""
    found = [pid]
    for each in found:
        for task in Path(f"/proc/{each}/task").glob("*/children"):
            with suppress(OSError):
                found += [int(child) for child in task.read_text(encoding="utf-8").split()]
    return found


def _greatest_memory(run: "subprocess.Popen[bytes]") -> float:
    """The greatest proportional set size of a process and everything below it while it lives, in MB."""
    greatest = 0
    while run.poll() is None:
        greatest = max(greatest, sum(_kilobytes(pid) for pid in family(run.pid)))
        time.sleep(SAMPLE_SECONDS)
    return greatest / 1024


def _kilobytes(pid: int) -> int:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="utf-8").splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)


def print_measured(measured: Measured, times: int, out: Console) -> bool:
    """The table for people; gives whether every bound is kept."""
    table = Table("stage", "wall seconds", "CPU seconds", "times the bare parse")
    for stage in measured.stages:
        table.add_row(stage.name, f"{stage.wall:.2f}", f"{stage.cpu:.2f}", f"{stage.wall / measured.bare:.2f}")
    cpu = sum(stage.cpu for stage in measured.stages)
    ratio = measured.wall / measured.bare
    table.add_row("together", f"{measured.wall:.2f}", f"{cpu:.2f}", f"{ratio:.2f}")
    out.print(table)
    cores = len(os.sched_getaffinity(0))
    out.print(f"CPU over {cores} cores: {cpu / cores / measured.bare:.2f} times the bare parse")
    out.print(
        f"{measured.sources:,} sources, {measured.datasets:,} datasets, {measured.resources:,} resources; bare parse "
        f"{measured.bare:.2f} s, replay {measured.replay_cpu:.2f} s of CPU; greatest memory {measured.megabytes:.0f} MB"
    )
    memory = measured.megabytes <= MOST_MEGABYTES.get(times, float("inf"))
    return ratio <= MOST_RATIO and (times > 1 or measured.wall <= MOST_SECONDS) and memory


def bench_lines() -> Iterator[Line]:
    """The lines of `make bench`: the ratio to the bare parse, the limit of seconds, and memory at one and ten times."""
    material = corpora()
    if not material.is_dir():
        return
    for times in MOST_MEGABYTES:
        with tempfile.TemporaryDirectory(prefix="atalaya-") as name:
            found = measure(Path(name), material, times)
        what = f"{found.datasets:,} datasets, {found.resources:,} resources harvested and checked"
        cpu = sum(stage.cpu for stage in found.stages) / len(os.sched_getaffinity(0))
        if times == 1:
            yield Line(
                what=what,
                value=found.wall,
                yardstick="the bare parse of the same files",
                yardstick_value=found.bare,
                most=MOST_RATIO,
            )
            yield Line(
                what="the same", value=found.wall, yardstick="seconds allowed", yardstick_value=MOST_SECONDS, most=1
            )
        each = ", ".join(f"{stage.name} {stage.cpu:.1f}" for stage in found.stages)
        yield Line(
            what=f"processor time over the cores at {times}×, of which in all: {each}",
            value=cpu,
            yardstick="the bare parse of the same files",
            yardstick_value=found.bare,
        )
        yield Line(
            what=f"greatest memory of the process tree at {times}×: {what}",
            value=found.megabytes,
            yardstick="allowed",
            yardstick_value=MOST_MEGABYTES[times],
            unit="MB",
            most=1,
        )


def _run(folder: Path) -> None:
    """The process of the round: prints what it measured as JSON."""
    stages, round_ = asyncio.run(run_stages(folder))
    rows = [row for _, row in round_.ledger.rows("harvest", "sources")]
    said = {
        "stages": [{"name": stage.name, "wall": stage.wall, "cpu": stage.cpu} for stage in stages],
        "sources": len(rows),
        "datasets": sum(int(str(row["datasets"])) for row in rows),
        "resources": sum(int(str(row["resources"])) + int(str(row["derived"])) for row in rows),
    }
    sys.stdout.write(json.dumps(said))


def main() -> None:
    """Measure and print; status 1 where a bound is broken, 2 where the recorded material is absent."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--times", type=int, default=1, help="how often every source is served")
    parser.add_argument("--run", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--bare", type=Path, help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.run is not None:
        _run(chosen.run)
        return
    if chosen.bare is not None:
        files = [Path(name) for name in json.loads((chosen.bare / "files.json").read_text(encoding="utf-8"))]
        sys.stdout.write(str(parse_bare(files)))
        return
    material = corpora()
    if not material.is_dir():
        Console(stderr=True).print("recorded material absent: set ATALAYA_CORPORA to its folder")
        sys.exit(2)
    with tempfile.TemporaryDirectory(prefix="atalaya-") as name:
        measured = measure(Path(name), material, chosen.times)
    sys.exit(0 if print_measured(measured, chosen.times, Console(width=120)) else 1)


if __name__ == "__main__":
    main()

"""Rounds over a replay with random faults, one after the other in one process, and whether anything grows.

    python -m benchmarks.soak --minutes 30 --seed 1

Every round observes the sample country anew in the same home, so that what an observation carries on is carried on all the
time; its publishers answer with faults drawn from the seed and the number of the round: broken connections, answers that
stall or stop, errors, hosts that are gone, loops of redirects, bombs. Every tenth round observes a few recorded catalogues
where they are at hand. Politeness runs on a clock that is faster than the machine's; nothing else is changed.

Memory is flat where, after the warm-up, the slope of the rounds (Theil–Sen: the median of the slopes of all pairs, which a
few odd rounds do not move) stays below `SLOPE` of the median in an hour and the median of the last quarter below `RISE` times
that of the first. Open files, threads, children and temporary files may not grow at all. Ends with status 1 otherwise.
Writes docs/explanation/soak.md when asked for with --write.
"""

import argparse
import asyncio
import platform
import random
import shutil
import statistics
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import combinations
from pathlib import Path
from typing import Any

import yaml

from atalaya.clock import Clock, fixed_clock, stamp
from atalaya.countries.pack import CountryPack
from atalaya.countries.reader import read_pack
from atalaya.exceptions import RoundAborted
from atalaya.replay.server import serving, write_resolve
from atalaya.rounds.opening import Request
from atalaya.rounds.run import Plan, observe
from atalaya.samples.sample import write_sample
from atalaya.settings import read_settings
from benchmarks import monsters
from benchmarks.material import ROOT, corpora
from benchmarks.process_tree import Holding, Watch, holding
from benchmarks.recorded_replay import write_replay, write_sources
from benchmarks.recorded_round import COUNTRY

PAGE = ROOT / "docs" / "explanation" / "soak.md"
START = datetime(2026, 1, 5, 12, tzinfo=UTC)
HASTE = 10.0
"""How many times faster than the machine's the clock of politeness runs."""

WARM_UP = 0.2
"""Share of the time at the start that is not judged: caches fill and libraries are loaded."""

SLOPE = 0.10
"""Most that memory may grow in an hour, as a share of its median."""

RISE = 1.10
"""Most that the median of the last quarter may be, as a multiple of the first quarter's."""

FAULTY = 0.25
"""Share of the addresses that misbehave in a round."""

RECORDED_EVERY = 10
RECORDED = ("ckan", "datajson", "dcat_rdf")
"""Protocols whose recorded catalogues take part, the first of each."""

SMALL_MONSTERS = (
    "crowded.zip", "deep.json", "escaping.tar", "gzip-of-gzip.csv.gz", "laughs.rdf", "long-number.json", "nested.zip",
    "quadratic.xml", "span.xlsx",
)  # fmt: skip
"""Hostile files that are cheap to read, as thousands of them are read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One round: seconds since the start, its greatest memory in bytes, and what was held after it."""

    second: float
    peak: int
    after: Holding


@dataclass(frozen=True, slots=True)
class Judgement:
    """One thing that may not grow: the clause that says what was found, and whether it is flat."""

    told: str
    flat: bool


def hasty_clock(haste: float = HASTE) -> Clock:
    """A clock on which every second takes the tenth part of one."""
    started, moment = time.monotonic(), datetime.now(UTC)

    async def sleep(seconds: float) -> None:
        await asyncio.sleep(seconds / haste)

    return Clock(now=lambda: moment + timedelta(seconds=(time.monotonic() - started) * haste), sleep=sleep)


class Country:
    """A country with its replay, whose faults change from round to round."""

    def __init__(self, folder: Path, pack: CountryPack, days: Sequence[Path], hostile: Path) -> None:
        self.home, self._folder, self._pack, self._hostile = folder / "home", folder, pack, hostile
        self._days = [(day, yaml.safe_load((day / "replay.yml").read_text(encoding="utf-8"))) for day in days]

    def observe(self, number: int, chance: random.Random, clock: Clock) -> None:
        """One round, `number` days after the first. Raises RoundAborted where no source could be reached."""
        day, document = self._days[number % len(self._days)]
        text = yaml.safe_dump(spoiled(document, chance, self._hostile), sort_keys=False, allow_unicode=True)
        (day / "replay.yml").write_text(text, encoding="utf-8")
        moment = START + timedelta(days=number)
        settings = replace(read_settings({}, self.home), timeout=1.0)
        with serving(day) as served:
            resolve = self._folder / "resolve.json"
            write_resolve(served, resolve)
            plan = Plan(settings=settings, clock=fixed_clock(moment), pacing=clock, resolve=resolve)
            request = Request(pack=self._pack, as_of=stamp(moment), as_of_stated=True, seed=1)
            asyncio.run(observe(plan, request))

    def forget_old(self, kept: int = 3) -> None:
        """Remove all but the last observations, as a deployer with little disk would."""
        for country in (self.home / "observations").iterdir():
            for old in sorted(country.iterdir())[:-kept]:
                shutil.rmtree(old)


Fault = Callable[[dict[str, Any], random.Random, Path], dict[str, Any]]
"""A route, the chance and the folder of hostile files → the faulty route."""


def _status(route: dict[str, Any], chance: random.Random, _hostile: Path) -> dict[str, Any]:
    return {**route, "status": chance.choice((403, 404, 410, 429, 500, 502, 503, 504))}


def _broken(route: dict[str, Any], chance: random.Random, _hostile: Path) -> dict[str, Any]:
    return {**route, "fault": chance.choice(("reset", "truncate", "stall"))}


def _late(route: dict[str, Any], chance: random.Random, _hostile: Path) -> dict[str, Any]:
    return {**route, "delay": round(chance.uniform(0.05, 0.5), 2)}


def _loop(route: dict[str, Any], _chance: random.Random, _hostile: Path) -> dict[str, Any]:
    return {"url": route["url"], "status": 302, "headers": {"Location": route["url"]}}


def _away(route: dict[str, Any], chance: random.Random, _hostile: Path) -> dict[str, Any]:
    places = (
        "http://169.254.169.254/latest/meta-data/",
        "file:///etc/passwd",
        "http://[::ffff:10.0.0.1]/",
        "http://0x7f.1/",
    )
    return {"url": route["url"], "status": 302, "headers": {"Location": chance.choice(places)}}


def _miscoded(route: dict[str, Any], chance: random.Random, _hostile: Path) -> dict[str, Any]:
    coding = chance.choice(("gzip", "br", "deflate, gzip", "zstd", ",".join(["gzip"] * 9)))
    return {**route, "headers": {**route.get("headers", {}), "Content-Encoding": coding}}


def _monster(route: dict[str, Any], chance: random.Random, hostile: Path) -> dict[str, Any]:
    return {"url": route["url"], "file": str(hostile / chance.choice(SMALL_MONSTERS))}


FAULTS: tuple[Fault, ...] = (_status, _broken, _late, _loop, _away, _miscoded, _monster)


def spoiled(document: dict[str, Any], chance: random.Random, hostile: Path) -> dict[str, Any]:
    """A `replay.yml` of which some answers are faulty."""
    plain = [route for route in document["routes"] if "fault" not in route]
    chosen = {route["url"] for route in plain if chance.random() < FAULTY}
    routes = [
        chance.choice(FAULTS)(route, chance, hostile) if route["url"] in chosen else route
        for route in document["routes"]
    ]
    services = [dict(service) for service in document.get("services", ())]
    for service in services:
        if service["kind"] == "ckan" and chance.random() < FAULTY:
            service["fail"] = {chance.choice(("package_search", "package_list", "package_show")): 500}
    return {**document, "routes": routes, "services": services}


def write_monsters(folder: Path) -> None:
    """The hostile files that routes point at."""
    folder.mkdir(exist_ok=True)
    for name in SMALL_MONSTERS:
        (folder / name).write_bytes(monsters.FILES[name]())


def sample_country(folder: Path, seed: int) -> Country:
    """The sample country in a folder of its own."""
    sample = folder / "sample"
    write_sample(sample, seed)
    write_monsters(sample / "monsters")
    return Country(folder, read_pack(sample / "country"), sorted(sample.glob("day-*")), sample / "monsters")


def recorded_country(folder: Path, material: Path) -> Country:
    """A country of a few recorded catalogues; their resources lie on hosts that do not resolve here."""
    replay, pack = folder / "replay", folder / "country"
    for place in (replay, pack / "sources", pack / "institutions"):
        place.mkdir(parents=True)
    sources = write_replay(replay, material)
    first = {source.protocol: source.id for source in reversed(sources) if source.protocol in RECORDED}
    sources = write_replay(replay, material, sorted(first.values()))
    write_monsters(folder / "monsters")
    write_sources(pack / "sources", sources)
    (pack / "country.yml").write_text(yaml.safe_dump(COUNTRY, allow_unicode=True), encoding="utf-8")
    institution = [{"slug": "nobody", "name": "Nobody", "kind": "publisher"}]
    (pack / "institutions" / "all.yml").write_text(yaml.safe_dump(institution), encoding="utf-8")
    return Country(folder.resolve(), read_pack(pack), [replay], folder.resolve() / "monsters")


def soak(folder: Path, minutes: float, seed: int, tell: Callable[[str], None]) -> tuple[list[Reading], Counter[str]]:
    """Run rounds for so many minutes; gives a reading a round and how many rounds ended how."""
    (folder / "sample-country").mkdir()
    temporary = folder / "temporary"
    temporary.mkdir()
    tempfile.tempdir = str(temporary)
    sample = sample_country(folder / "sample-country", seed)
    recorded = recorded_country(folder / "recorded", corpora()) if corpora().is_dir() else None
    clock, started = hasty_clock(), time.monotonic()
    readings: list[Reading] = []
    ends: Counter[str] = Counter()
    with Watch() as watch:
        while (second := time.monotonic() - started) < minutes * 60:
            number = sum(ends.values())
            country = recorded if recorded is not None and number % RECORDED_EVERY == RECORDED_EVERY - 1 else sample
            try:
                country.observe(number, random.Random(f"{seed}-{number}"), clock)
                ends["sealed" if country is sample else "sealed, recorded catalogues"] += 1
            except RoundAborted:
                ends["aborted: no source answered"] += 1
            country.forget_old()
            readings.append(Reading(second=second, peak=watch.take_peak(), after=holding(temporary)))
            tell(_line(number, readings[-1]))
    return readings, ends


def _line(number: int, reading: Reading) -> str:
    after = reading.after
    return (
        f"{reading.second:7.0f} s  round {number:4}  {after.memory / 1e6:6.1f} MB after, {reading.peak / 1e6:6.1f} MB at most, "
        f"{after.files} files, {after.threads} threads, {after.children} children, {after.leftovers} left over"
    )


def judged(readings: Sequence[Reading], minutes: float) -> tuple[Judgement, ...]:
    """What may not grow, after the warm-up. Too few rounds judge nothing and count as not flat."""
    warm = [reading for reading in readings if reading.second >= WARM_UP * minutes * 60]
    if len(warm) < 8:
        return (Judgement(f"{len(warm)} rounds after the warm-up are too few to judge", False),)
    seconds = [reading.second for reading in warm]
    return (
        *_memory("memory after a round", seconds, [reading.after.memory for reading in warm]),
        *_memory("greatest memory of a round", seconds, [reading.peak for reading in warm]),
        _count("open files", [reading.after.files for reading in warm]),
        _count("threads", [reading.after.threads for reading in warm]),
        _count("children", [reading.after.children for reading in warm]),
        _count("temporary files", [reading.after.leftovers for reading in warm]),
    )


def _memory(name: str, seconds: Sequence[float], bytes_: Sequence[int]) -> Iterator[Judgement]:
    middle = statistics.median(bytes_)
    share = theil_sen(seconds, bytes_) * 3600 / middle
    yield Judgement(
        f"{name}: median {middle / 1e6:.1f} MB, slope {share:+.1%} an hour (at most {SLOPE:.0%})", share <= SLOPE
    )
    first, last = _quarters(bytes_)
    ratio = last / first
    yield Judgement(
        f"{name}: last quarter {last / 1e6:.1f} MB, {ratio:.3f} times the first (at most {RISE:.2f})", ratio <= RISE
    )


def _count(name: str, numbers: Sequence[int]) -> Judgement:
    quarter = max(1, len(numbers) // 4)
    first, last = max(numbers[:quarter]), max(numbers[-quarter:])
    return Judgement(f"{name}: at most {first} in the first quarter, {last} in the last", last <= first)


def _quarters(numbers: Sequence[float]) -> tuple[float, float]:
    quarter = max(1, len(numbers) // 4)
    return statistics.median(numbers[:quarter]), statistics.median(numbers[-quarter:])


def theil_sen(places: Sequence[float], values: Sequence[float]) -> float:
    """The median of the slopes of all pairs of points (Sen 1968): a third of them may be wild and it stays.

    >>> theil_sen([0, 1, 2, 3], [0, 2, 4, 99])
    2.0
    """
    points = list(zip(places, values, strict=True))
    return statistics.median((v - u) / (q - p) for (p, u), (q, v) in combinations(points, 2) if q != p)


def chart(readings: Sequence[Reading], width: int = 72, height: int = 10) -> str:
    """Memory over time in characters: `#` after a round, `+` the greatest within one."""
    end = max(reading.second for reading in readings) or 1.0
    top = max(reading.peak for reading in readings) or 1
    cells = [[" "] * width for _ in range(height)]
    for mark, values in (("+", [r.peak for r in readings]), ("#", [r.after.memory for r in readings])):
        for reading, value in zip(readings, values, strict=True):
            row = height - 1 - min(height - 1, int(value / top * (height - 0.001)))
            cells[row][min(width - 1, int(reading.second / end * width))] = mark
    rows = [f"{top / 1e6 * (height - n) / height:7.0f} MB |{''.join(row)}".rstrip() for n, row in enumerate(cells)]
    return "\n".join([*rows, f"{'':11}+{'-' * width}", f"{'':12}0{f'{end / 60:.0f} minutes':>{width - 1}}"])


def page(readings: Sequence[Reading], ends: Counter[str], judgements: Sequence[Judgement], minutes: float) -> str:
    """The page of results."""
    rows = "".join(f"| {judgement.told} | {'yes' if judgement.flat else '**no**'} |\n" for judgement in judgements)
    rounds = ", ".join(f"{number} {how}" for how, number in sorted(ends.items()))
    return (
        "# Soak\n\nWritten by `make soak`: rounds over a replay with random faults, one after the other in one process. A "
        f"quarter of the addresses misbehave in each round: {', '.join(TOLD)}.\n\n"
        f"Python {platform.python_version()}, {platform.machine()}; {minutes:g} minutes; "
        f"{sum(ends.values())} rounds: {rounds}.\n\n"
        f"| after the first {WARM_UP:.0%} of the time | flat |\n|---|---|\n{rows}\n"
        f"Memory of the process tree; `#` after a round, `+` the greatest within one:\n\n```text\n{chart(readings)}\n```\n"
    )


TOLD = (
    "errors", "broken, stalled and truncated answers", "late ones", "loops of redirects",
    "redirects to private addresses and files", "false content codings", "bombs and other hostile files",
)  # fmt: skip


def main() -> None:
    """Soak, print, write the page where asked to, and end with status 1 where anything grows."""
    parser = argparse.ArgumentParser(description="Rounds with random faults in one process: does anything grow?")
    parser.add_argument("--minutes", type=float, default=30.0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--write", action="store_true", help="write docs/explanation/soak.md")
    options = parser.parse_args()

    def tell(line: str) -> None:
        sys.stdout.write(line + "\n")
        sys.stdout.flush()

    with tempfile.TemporaryDirectory(prefix="atalaya-soak-") as name:
        readings, ends = soak(Path(name), options.minutes, options.seed, tell)
        tempfile.tempdir = None
    judgements = judged(readings, options.minutes)
    tell(chart(readings))
    for judgement in judgements:
        tell(f"{'flat ' if judgement.flat else 'GROWS'}  {judgement.told}")
    if options.write:
        PAGE.write_text(page(readings, ends, judgements, options.minutes), encoding="utf-8")
    sys.exit(0 if all(judgement.flat for judgement in judgements) else 1)


if __name__ == "__main__":
    main()

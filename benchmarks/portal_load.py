"""The portal of a large country under load: how long visitors wait, a fifth of them for what nobody asked before.

    python -m benchmarks.portal_load [--seconds 120] [--rate 50] [--institutions 1000] [--workers 2] [--json FILE]

Fills a database of its own, serves the portal as `atalaya portal serve` does, and asks it in an open loop: the moments of the
requests are fixed before, and waiting is counted from the moment that was planned. Absolute times are told, never judged.
"""

import argparse
import gzip
import json
import os
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from importlib import import_module
from itertools import chain
from pathlib import Path
from random import Random

import psycopg
from rich.console import Console
from rich.table import Table

from atalaya.countries.pack import CountryPack
from atalaya.countries.reader import find_pack, read_pack
from atalaya.portal.database import serving_database
from atalaya.portal.migrating import migrate, portal_on
from atalaya.publish.read_model.loading import fill
from benchmarks.large_portal.further_rows import further_contents
from benchmarks.large_portal.rows import Country, Size
from benchmarks.lines import Line
from benchmarks.material import ROOT
from benchmarks.process_tree import descendants, resident

FRESH = 0.2
"""Share of requests for addresses that nobody has asked before."""
SHARES = {"page": 0.6, "machine": 0.35, "download": 0.05}
"""Shares of what is asked for: pages that people read, answers for programs, lists as files. Types of each are asked equally."""
UP_WITHIN = 120.0
TICK = os.sysconf("SC_CLK_TCK")

Plan = list[tuple[float, str, bool, str]]


@dataclass(frozen=True)
class Answer:
    """One answer: `wait` in milliseconds from the planned moment, `size` in bytes as transferred."""

    type: str
    fresh: bool
    status: int
    wait: float
    size: int
    path: str


@dataclass(frozen=True)
class Run:
    """What a run brought: answers, seconds of processor time of the portal and of its database, and their memory in bytes."""

    answers: tuple[Answer, ...]
    seconds: float
    load_seconds: float
    load_processor: float
    portal_processor: float
    database_processor: float
    portal_memory: tuple[int, ...]
    dropped: tuple[str, ...]
    missing: tuple[str, ...]


def percentile(values: Sequence[float], share: float) -> float:
    """The value below or at which that share of the values lie (nearest rank); 0 of none.

    >>> percentile([1.0, 2.0, 3.0, 4.0], 0.5), percentile([5.0], 0.99)
    (2.0, 5.0)
    """
    ordered = sorted(values)
    return ordered[max(0, -(-int(len(ordered) * share * 1e6) // 1_000_000) - 1)] if ordered else 0.0


def measure(size: Size, seconds: float, rate: float, workers: int, home: Path, again: int = 8) -> Run:
    """Fill, serve, warm, ask and look."""
    country = Country(size, read_pack(find_pack("gt")))
    with serving_database(home, "") as address:
        with psycopg.connect(address, autocommit=True) as connection:
            started, processor = time.perf_counter(), time.process_time()
            if connection.execute("SELECT to_regclass('published.edition') IS NULL").fetchone() == (True,):
                fill(connection, chain(country.contents(), further_contents(country)))
            _promise(address, home, country.pack)
            load = time.perf_counter() - started, time.process_time() - processor
        with _served(home, address, workers) as (base, portal), psycopg.connect(address) as connection:
            plan, known, dropped, missing = _plan(base, address, connection, Random(size.seed), seconds, rate, again)
            _ask(home, base, known)
            before = _spent(portal.pid), _spent(_postmaster(home))
            answers = _ask(home, base, plan)
            after = _spent(portal.pid), _spent(_postmaster(home))
            memory = tuple(resident(pid) for pid in descendants(portal.pid))
    return Run(
        answers, seconds, *load, after[0] - before[0], after[1] - before[1], memory, tuple(dropped), tuple(missing)
    )


def _promise(address: str, home: Path, pack: CountryPack) -> None:
    """What the pack brings to the tables that people write to: plans, sessions, communiqués."""
    migrate(address, home)
    with portal_on(address, home):
        import_module("atalaya.portal.beginning").begin(pack)


@contextmanager
def _served(home: Path, database: str, workers: int) -> Iterator[tuple[str, "subprocess.Popen[str]"]]:
    """The portal in processes of its own; gives its address."""
    command = [
        sys.executable,
        "-m",
        "atalaya",
        "portal",
        "serve",
        "--port",
        "0",
        "--home",
        str(home),
        "--workers",
        str(workers),
    ]
    environment = {**os.environ, "ATALAYA_DATABASE_URL": database, "ATALAYA_SECRET": "only for the benchmark"}
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as portal:
        try:
            assert portal.stdout is not None
            told = next((line for line in portal.stdout if "http://" in line), "")
            if not told:
                raise RuntimeError("the portal has not come up; run `atalaya portal serve` to see why")
            yield told[told.index("http://") :].split()[0].rstrip("/"), portal
        finally:
            portal.terminate()
            portal.wait(timeout=30)


def _plan(
    base: str,
    address: str,
    connection: "psycopg.Connection[tuple[object, ...]]",
    chance: Random,
    seconds: float,
    rate: float,
    again: int,
) -> tuple[Plan, Plan, list[str], list[str]]:
    """What is asked when; what is asked before, so that it is known; types that the public does not get, or without address."""
    os.environ["ATALAYA_DATABASE_URL"] = address
    os.environ["DJANGO_SETTINGS_MODULE"] = "atalaya.portal.configuration"
    # Django's addresses can be listed once its settings are told, which name the database.
    import django  # noqa: PLC0415

    django.setup()
    from benchmarks.large_portal.addresses import BLANKS, Asked, types  # noqa: PLC0415

    connection.execute("SET search_path TO published")

    def values(query: str) -> list[str]:
        return [str(row[0]) for row in connection.execute(query.encode()).fetchall()]

    found = types(lambda path: _get(base, path), values, chance)
    usable = [each for each in found if each.paths and not each.dropped]
    asked = Asked(usable, {name: values(query) for name, query in BLANKS.items()}, chance, again)
    by_kind = {kind: [each for each in usable if each.kind == kind] for kind in SHARES}
    known = [
        (n / 50, each.name, False, path)
        for n, (each, path) in enumerate((t, p) for t in usable for p in asked.popular(t))
    ]
    plan: Plan = []
    moment = 0.0
    while (moment := moment + chance.expovariate(rate)) < seconds:
        kind = chance.choices(list(SHARES), list(SHARES.values()))[0]
        each, fresh = chance.choice(by_kind[kind]), chance.random() < FRESH
        plan.append((moment, each.name, fresh, asked.fresh(each) if fresh else chance.choice(asked.popular(each))))
    dropped = [f"{each.name} {each.dropped}" for each in found if each.dropped]
    return plan, known, dropped, [each.name for each in found if not each.paths]


def _ask(home: Path, base: str, plan: Plan) -> tuple[Answer, ...]:
    """Ask a plan from a process of its own."""
    told, results = home / "plan.json", home / "results.json"
    told.write_text(json.dumps(plan))
    command = [sys.executable, "-m", "benchmarks.large_portal.asking", base, str(told), str(results)]
    subprocess.run(command, cwd=ROOT, check=True)
    return tuple(Answer(*each) for each in json.loads(results.read_text()))


def _get(base: str, path: str) -> tuple[int, str, bytes]:
    request = urllib.request.Request(base + path, headers={"Accept-Encoding": "gzip"})
    try:
        with urllib.request.urlopen(request, timeout=60) as answer:
            body, packed = answer.read(), answer.headers.get("Content-Encoding") == "gzip"
            return answer.status, answer.headers.get("Content-Type", ""), gzip.decompress(body) if packed else body
    except urllib.error.HTTPError as error:
        return error.code, error.headers.get("Content-Type", ""), error.read()


def _postmaster(home: Path) -> int:
    return int((home / "database" / "postmaster.pid").read_text().split()[0])


def _spent(root: int) -> float:
    """Seconds of processor time of a process and its descendants, those that have ended among them."""
    total = 0
    for pid in (root, *descendants(root)):
        try:
            fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        total += sum(int(fields[place]) for place in (11, 12, 13, 14))
    return total / TICK


def report(run: Run, out: Console) -> None:
    """The waits by type, worst first, and what it took."""
    by_type: defaultdict[str, list[Answer]] = defaultdict(list)
    for each in run.answers:
        by_type[each.type].append(each)
    table = Table("type", "asked", "p50 ms", "p95 ms", "p99 ms", "max ms", "fresh p95", "errors", "KB median", "KB max")
    rows = [(name or "(home)", answers) for name, answers in by_type.items()]
    for name, answers in sorted(rows, key=lambda row: -percentile([each.wait for each in row[1]], 0.95)):
        table.add_row(name, *_cells(answers))
    table.add_section()
    table.add_row("all", *_cells(run.answers))
    out.print(table)
    asked = len(run.answers)
    out.print(
        f"{asked} requests in {run.seconds:g} s; processor: portal {run.portal_processor / run.seconds:.0%} of a core, database "
        f"{run.database_processor / run.seconds:.0%}, {run.portal_processor / asked * 1000:.1f} + "
        f"{run.database_processor / asked * 1000:.1f} ms a request; memory of the portal's processes "
        f"{', '.join(f'{each / 2**20:.0f} MB' for each in run.portal_memory)}; load {run.load_seconds:.0f} s "
        f"({run.load_processor:.0f} s of processor time of the loading process)"
    )
    for title, names in (("answers of other statuses", run.dropped), ("no address known", run.missing)):
        if names:
            out.print(f"not asked, {title}: {', '.join(names)}")
    bad = [each for each in run.answers if each.status != 200][:10]
    for each in bad:
        out.print(f"error: {each.status} {each.path}")


def _cells(answers: Sequence[Answer]) -> tuple[str, ...]:
    waits, sizes = [each.wait for each in answers], [each.size / 1024 for each in answers]
    fresh = [each.wait for each in answers if each.fresh]
    return (
        str(len(answers)),
        *(f"{percentile(waits, share):.0f}" for share in (0.5, 0.95, 0.99, 1.0)),
        f"{percentile(fresh, 0.95):.0f}" if fresh else "",
        str(sum(each.status != 200 for each in answers)),
        *(f"{percentile(sizes, share):.1f}" for share in (0.5, 1.0)),
    )


SMALL = Size(institutions=200, datasets=4_000, resources=20_000, findings=30_000, rounds=6)


def bench_lines() -> Iterator[Line]:
    """A tenth of the time over a fifth of the country: how long an answer made anew is waited for, beside one that is known."""
    with tempfile.TemporaryDirectory(prefix="atalaya-", ignore_cleanup_errors=True) as name:
        run = measure(SMALL, seconds=12, rate=50, workers=2, home=Path(name))
    known = [each.wait for each in run.answers if not each.fresh]
    fresh = [each.wait for each in run.answers if each.fresh]
    yield Line(
        what="an answer that nobody has asked before, 95 of 100",
        value=percentile(fresh, 0.95),
        yardstick="the bar of issue 8",
        yardstick_value=100.0,
        unit="ms",
    )
    yield Line(
        what="half of the answers made anew",
        value=percentile(fresh, 0.5),
        yardstick="half of those known",
        yardstick_value=percentile(known, 0.5),
        unit="ms",
    )
    yield Line(
        what="answers with an error",
        value=sum(each.status != 200 for each in run.answers),
        yardstick="all answers",
        yardstick_value=len(run.answers),
        unit="answers",
        most=0.0,
    )


def main() -> None:
    """Measure and tell; ends with status 1 where an answer was an error."""
    reader = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    reader.add_argument("--seconds", type=float, default=120.0)
    reader.add_argument("--rate", type=float, default=50.0, help="requests a second")
    reader.add_argument("--workers", type=int, default=2, help="processes of the portal")
    reader.add_argument("--again", type=int, default=8, help="addresses of a type that are asked again and again")
    reader.add_argument(
        "--home", type=Path, help="a folder to keep, which is filled once; by default one that goes at the end"
    )
    reader.add_argument("--json", type=Path, help="where every answer is written")
    for name in ("institutions", "datasets", "resources", "findings", "rounds", "periods", "seed"):
        reader.add_argument(f"--{name}", type=int, default=getattr(Size(), name))
    told = vars(reader.parse_args())
    size = replace(Size(), **{name: told[name] for name in vars(Size()) if name in told})
    with tempfile.TemporaryDirectory(prefix="atalaya-", ignore_cleanup_errors=True) as name:
        run = measure(size, told["seconds"], told["rate"], told["workers"], told["home"] or Path(name), told["again"])
    report(run, Console(width=160))
    if told["json"]:
        told["json"].write_text(json.dumps([vars(each) for each in run.answers]))
    sys.exit(1 if any(each.status != 200 for each in run.answers) else 0)


if __name__ == "__main__":
    main()

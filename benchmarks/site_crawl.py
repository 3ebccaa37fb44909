"""How long it takes to read the web sites of many institutions, each on an address of its own, politely.

    python -m benchmarks.site_crawl --sites 60 [--pages 40] [--documents 25] [--rate 2] [--match] [--traps]

Every site answers on its own address of 127.0.0.0/8, from one process that is not measured, with pages of a real size (about
30 kB of markup), PDF, Word, Excel and CSV documents among them. One round reads them all at RATE requests a second a host. Told
are seconds, sites an hour, and processor time by stage; and what 1,300 sites would take, by the pace and by the processor.
`--match` judges the duties of the country pack on what was read and tells its share. `--traps` reads one site of 10,000 pages
full of traps instead, and tells its memory.
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from atalaya.clock import fixed_clock, stamp, system_clock
from atalaya.countries.pack import SITE, CountryPack, Group, Institution, Source
from atalaya.countries.reader import find_pack, read_pack
from atalaya.duties.matching import compile_matcher, match_all
from atalaya.fetch.loop import run
from atalaya.history.read import Sealed
from atalaya.rounds.mentions import mentions_of_observation
from atalaya.rounds.opening import Request
from atalaya.rounds.run import Plan, observe
from atalaya.settings import read_settings
from benchmarks.process_tree import PROC, descendants

COUNTRY = 1_300
"""Sites of a country of the size that the project is made for, and the seconds that reading them may take (issue 7)."""
ALLOWED = 7_200
CORES = 2
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


def read_sites(pack: CountryPack, home: Path, stages: Stages) -> Sealed:
    """One round over the sites of a pack."""
    settings = replace(read_settings({}, home), browser="off", connections=64)
    plan = Plan(settings=settings, clock=fixed_clock(DAY), pacing=system_clock(), progress=stages.told)
    return run(observe(plan, Request(pack=pack, as_of=stamp(DAY), as_of_stated=True)))


def measure(asked: argparse.Namespace, folder: Path) -> dict[str, object]:
    """Read the sites, and tell what it took."""
    told = folder / "port"
    command = ["benchmarks.sites_served", str(asked.pages), str(asked.documents), str(told)]
    with serving(command, told) as (port, server):
        urls = [f"http://{address_of(n)}:{port}/" for n in range(asked.sites)]
        stages, begin = Stages(server), time.monotonic()
        with closing(stages):
            sealed = read_sites(country_of(urls, asked.rate, "gt" if asked.match else None), folder / "home", stages)
        seconds = time.monotonic() - begin
    sites = list(sealed.rows("sites"))
    requests = sum(1 for row in sealed.rows("attempts"))
    crawl = sum(stages.spent.get(name, (0.0, 0.0))[0] for name in ("crawl", "contents"))
    crawling = stages.spent["crawl"][1]
    pace = requests / asked.sites / asked.rate
    processor = sum(spent for spent, _ in stages.spent.values())
    scaled = COUNTRY / asked.sites
    return {
        "sites": asked.sites,
        "complete": sum(row["state"] == "complete" for row in sites),
        "pages": sum(int(str(row["pages_read"])) for row in sites),
        "documents": sum(int(str(row["documents"])) for row in sites),
        "requests": requests,
        "seconds": round(seconds, 1),
        "seconds_of_crawl": round(crawling, 1),
        "sites_an_hour": round(3600 * asked.sites / seconds),
        "processor_by_stage": {name: round(spent, 2) for name, (spent, _) in stages.spent.items()},
        "milliseconds_a_request": round(1000 * crawl / requests, 2),
        "share_of_two_cores_while_crawling": round(stages.spent["crawl"][0] / crawling / CORES, 3),
        **(matching(sealed, crawl) if asked.match else {}),
        "seconds_of_one_site_by_pace": round(pace, 1),
        "country_by_processor": round(scaled * processor / CORES),
        "country_by_pace": round(-(-COUNTRY // 48) * pace),
        "country_allowed": ALLOWED,
        "memory_megabytes": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
    }


def matching(sealed: Sealed, crawl: float) -> dict[str, object]:
    """What it takes to match every mention of the sites, beside what reading them took."""
    matcher = compile_matcher(read_pack(find_pack("gt")))
    count = matched = 0
    taken = 0.0
    for row in sealed.rows("sites"):
        mentions = list(mentions_of_observation(sealed, str(row["source_id"])))
        begin = time.process_time()
        matched += sum(bool(found) for _, found in match_all(mentions, matcher))
        taken += time.process_time() - begin
        count += len(mentions)
    return {
        "mentions": count,
        "matched": matched,
        "matching_seconds": round(taken, 2),
        "matching_share_of_crawl": round(taken / crawl, 3),
    }


def address_of(number: int) -> str:
    """The address of a site: 127.1.0.1 and on, never one that anything else listens at."""
    return f"127.{1 + number // 50_000}.{number // 250 % 200}.{1 + number % 250}"


def traps(folder: Path, pages: int) -> dict[str, object]:
    """Read one site of so many pages with traps, and tell what it took."""
    told = folder / "port"
    with serving(["benchmarks.trap_site", str(pages), str(told)], told) as (port, server):
        stages, begin = Stages(server), time.monotonic()
        pack = country_of([f"http://127.0.0.1:{port}/"], 5_000.0, None)
        crawled: list[int] = []

        def watched(stage: str, done: int, total: int) -> None:
            stages.told(stage, done, total)
            if stage == "fetch" or (stage == "crawl" and done == total):
                crawled.append(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)

        settings = replace(read_settings({}, folder / "home"), browser="off", site_pages=12_000, site_documents=3_000)
        plan = Plan(settings=settings, clock=fixed_clock(DAY), pacing=system_clock(), progress=watched)
        with closing(stages):
            sealed = run(observe(plan, Request(pack=pack, as_of=stamp(DAY), as_of_stated=True)))
        seconds = time.monotonic() - begin
    (site,) = sealed.rows("sites")
    urls = [str(row["url"]) for row in sealed.rows("site_pages", columns=("url",))]
    return {
        "state": site["state"],
        "pages": site["pages"],
        "true_pages": sum("/pagina-" in url for url in urls),
        "twice": len(urls) - len(set(urls)),
        "left_out": site["left_out"],
        "seconds": round(seconds, 1),
        "processor": round(sum(spent for spent, _ in stages.spent.values()), 1),
        "memory_megabytes_while_crawling": round(crawled[0] / 1024),
        "memory_megabytes": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
    }


def main() -> None:
    """Measure, and print one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sites", type=int, default=60)
    parser.add_argument("--pages", type=int, default=40)
    parser.add_argument("--documents", type=int, default=25)
    parser.add_argument("--rate", type=float, default=2.0, help="requests a second a host")
    parser.add_argument("--match", action="store_true", help="match what was read to the duties of a law")
    parser.add_argument("--traps", type=int, metavar="PAGES", help="one site of so many pages full of traps instead")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="atalaya-sites-") as name:
        found = traps(Path(name), asked.traps) if asked.traps else measure(asked, Path(name))
    print(json.dumps(found, indent=1, ensure_ascii=False))


if __name__ == "__main__":
    main()

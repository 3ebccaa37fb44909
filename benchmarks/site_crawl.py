"""How long it takes to read the web sites of many institutions, each on an address of its own, politely.

    python -m benchmarks.site_crawl --sites 60 [--pages 40] [--documents 25] [--rate 2] [--at-once 48] [--match]
    python -m benchmarks.site_crawl --traps 10000 [--kills 3]

Every site answers on its own address of 127.0.0.0/8, from one process that is not measured, with pages of a real size (about
30 kB of markup), PDF, Word, Excel and CSV documents among them. One round reads them all at RATE requests a second a host. Told
are seconds, sites an hour, and processor time by stage; and what 1,300 sites would take, by the pace and by the processor.
`--match` judges the duties of the country pack on what was read and tells its share. `--traps` reads one site of 10,000 pages
full of traps instead, and tells its memory; with `--kills` it is read once more, in processes that are killed in its middle.
"""

import argparse
import json
import resource
import tempfile
import time
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from atalaya.clock import fixed_clock, stamp, system_clock
from atalaya.countries.pack import CountryPack
from atalaya.countries.reader import find_pack, read_pack
from atalaya.duties.matching import compile_matcher, match_all
from atalaya.fetch.loop import run
from atalaya.history.read import Sealed
from atalaya.rounds.mentions import mentions_of_sites
from atalaya.rounds.opening import Request
from atalaya.rounds.run import Plan, observe
from atalaya.settings import read_settings
from benchmarks.crawl_stages import DAY, Stages, country_of, serving
from benchmarks.trap_crawl import traps

COUNTRY = 1_300
"""Sites of a country of the size that the project is made for, and the seconds that reading them may take (issue 7)."""
ALLOWED = 7_200
CORES = 2
LINKS = 100_000
"""Links whose matching may take a tenth of the processor time of their crawl (issue 7)."""
TOGETHER = 50
"""Sites whose mentions are read from the sealed tables at once."""


def read_sites(pack: CountryPack, home: Path, stages: Stages, at_once: int) -> Sealed:
    """One round over the sites of a pack, so many at once."""
    settings = replace(read_settings({}, home), browser="off", connections=max(64, at_once), sites_at_once=at_once)
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
            sealed = read_sites(
                country_of(urls, asked.rate, "gt" if asked.match else None), folder / "home", stages, asked.at_once
            )
        seconds = time.monotonic() - begin
    sites = list(sealed.rows("sites"))
    requests, received = totals(sealed)
    spent = {name: processor for name, (processor, _) in stages.spent.items()}
    crawl = spent["crawl"] + spent["contents"]
    crawling = stages.spent["crawl"][1]
    pace = requests / asked.sites / asked.rate
    processor = sum(spent.values())
    scaled = COUNTRY / asked.sites
    return {
        "sites": asked.sites,
        "at_once": asked.at_once,
        "complete": sum(row["state"] == "complete" for row in sites),
        "pages": sum(int(str(row["pages_read"])) for row in sites),
        "documents": sum(int(str(row["documents"])) for row in sites),
        "requests": requests,
        "megabytes_received": round(received / 1e6),
        "seconds": round(seconds, 1),
        "seconds_by_stage": {name: round(passed, 1) for name, (_, passed) in stages.spent.items()},
        "sites_an_hour": round(3600 * asked.sites / seconds),
        "processor": round(processor, 1),
        "processor_by_stage": {name: round(each, 2) for name, each in spent.items()},
        "share_of_processor": {name: round(each / processor, 3) for name, each in spent.items()},
        "milliseconds_a_request": round(1000 * crawl / requests, 2),
        "share_of_two_cores": round(processor / seconds / CORES, 3),
        "share_of_two_cores_while_crawling": round(spent["crawl"] / crawling / CORES, 3),
        **(matching(sealed, crawl, spent["crawl"]) if asked.match else {}),
        "seconds_of_one_site_by_pace": round(pace, 1),
        "country_by_processor": round(scaled * processor / CORES),
        "country_by_pace": round(-(-COUNTRY // asked.at_once) * pace),
        "country_allowed": ALLOWED,
        "memory_megabytes": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
    }


def totals(sealed: Sealed) -> tuple[int, int]:
    """Requests made, and bytes that came."""
    sizes = [row["received_bytes"] for row in sealed.rows("attempts", columns=("received_bytes",))]
    return len(sizes), sum(size for size in sizes if isinstance(size, int))


def matching(sealed: Sealed, crawl: float, asking: float) -> dict[str, object]:
    """What it takes to match the first 100,000 mentions of the sites, or all, beside the processor time of their crawl.

    `crawl` is reading sites and their documents, `asking` reading the sites alone.
    """
    matcher = compile_matcher(read_pack(find_pack("gt")))
    count = matched = read = 0
    taken = 0.0
    sites = [str(row["source_id"]) for row in sealed.rows("sites")]
    for first in range(0, len(sites), TOGETHER):
        for _, mentions in mentions_of_sites(sealed, sites[first : first + TOGETHER]):
            listed = list(mentions)
            begin = time.process_time()
            matched += sum(bool(found) for _, found in match_all(listed, matcher))
            taken += time.process_time() - begin
            count += len(listed)
            read += 1
        if count >= LINKS:
            break
    share = read / len(sites)
    return {
        "mentions": count,
        "mentions_of_sites": read,
        "matched": matched,
        "matching_seconds": round(taken, 2),
        "matching_100000_seconds": round(taken / count * LINKS, 2),
        "matching_share_of_crawl_and_documents": round(taken / (crawl * share), 3),
        "matching_share_of_crawl": round(taken / (asking * share), 3),
    }


def address_of(number: int) -> str:
    """The address of a site: 127.1.0.1 and on, never one that anything else listens at."""
    return f"127.{1 + number // 50_000}.{number // 250 % 200}.{1 + number % 250}"


def main() -> None:
    """Measure, and print one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sites", type=int, default=60)
    parser.add_argument("--pages", type=int, default=40)
    parser.add_argument("--documents", type=int, default=25)
    parser.add_argument("--rate", type=float, default=2.0, help="requests a second a host")
    parser.add_argument("--at-once", type=int, default=read_settings({}).sites_at_once, help="sites read side by side")
    parser.add_argument("--match", action="store_true", help="match what was read to the duties of a law")
    parser.add_argument("--traps", type=int, metavar="PAGES", help="one site of so many pages full of traps instead")
    parser.add_argument(
        "--kills", type=int, default=0, metavar="N", help="with --traps: read it again, killed so many times"
    )
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="atalaya-sites-") as name:
        found = traps(Path(name), asked.traps, asked.kills) if asked.traps else measure(asked, Path(name))
    print(json.dumps(found, indent=1, ensure_ascii=False))


if __name__ == "__main__":
    main()

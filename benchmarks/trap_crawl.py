"""One site of many pages full of traps: what a round over it takes, and that its death loses nothing and asks for little again.

`benchmarks.site_crawl --traps PAGES [--kills N]` runs it. An undisturbed round is read in this process and tells its memory. With
kills another round over the same site is read in processes of their own: each but the last is killed with SIGKILL at a share of
the requests that the undisturbed round made, and the next goes on. The site counts what it is asked for.

    python -m benchmarks.trap_crawl ADDRESS HOME [--resume]     one such process
"""

import argparse
import json
import resource
import signal
import subprocess
import sys
import time
import urllib.request
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from atalaya.clock import fixed_clock, stamp, system_clock
from atalaya.fetch.loop import run
from atalaya.history.read import Sealed
from atalaya.rounds.opening import Request
from atalaya.rounds.run import Plan, observe
from atalaya.settings import read_settings
from benchmarks.crawl_stages import DAY, Stages, country_of, serving

RATE = 5_000.0
"""Requests a second that the site is asked at most: the pace is not what is measured."""
LOOK = 0.02
"""Seconds between two looks at how many requests came."""
_OFTEN = ("/circulo", "/robots.txt")
"""Addresses that any round asks for again: a circle of redirects, and the rules, which every process reads for itself."""

Progress = Callable[[str, int, int], None]


def read_traps(address: str, home: Path, progress: Progress, *, resume: bool = False) -> Sealed:
    """One round over the site, or what is left of it."""
    settings = replace(read_settings({}, home), browser="off", site_pages=12_000, site_documents=3_000)
    plan = Plan(settings=settings, clock=fixed_clock(DAY), pacing=system_clock(), progress=progress)
    pack = country_of([address], RATE, None)
    return run(observe(plan, Request(pack=pack, as_of=stamp(DAY), as_of_stated=True, resume=resume)))


def traps(folder: Path, pages: int, kills: int) -> dict[str, object]:
    """Read the site, and tell what it took; and again with so many deaths."""
    told = folder / "port"
    with serving(["benchmarks.trap_site", str(pages), str(told)], told) as (port, server):
        address = f"http://127.0.0.1:{port}/"
        found, sealed = undisturbed(address, folder / "whole", server)
        return {**found, **(disturbed(address, folder / "dead", sealed, kills) if kills else {})}


def undisturbed(address: str, home: Path, server: int) -> tuple[dict[str, object], Sealed]:
    """A round that nothing happens to: what it found and took, and its observation."""
    stages, begin = Stages(server), time.monotonic()
    crawled: list[int] = []

    def watched(stage: str, done: int, total: int) -> None:
        stages.told(stage, done, total)
        if stage == "fetch" or (stage == "crawl" and done == total):
            crawled.append(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)

    with closing(stages):
        sealed = read_traps(address, home, watched)
    seconds = time.monotonic() - begin
    (site,) = sealed.rows("sites")
    urls = [str(row["url"]) for row in sealed.rows("site_pages", columns=("url",))]
    return {
        "state": site["state"],
        "pages": site["pages"],
        "true_pages": sum("/pagina-" in url for url in urls),
        "twice": len(urls) - len(set(urls)),
        "asked_twice": len(_again(asked(address), Counter())),
        "left_out": site["left_out"],
        "seconds": round(seconds, 1),
        "processor": round(sum(spent for spent, _ in stages.spent.values()), 1),
        "memory_megabytes_while_crawling": round(crawled[0] / 1024),
        "memory_megabytes": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
    }, sealed


def disturbed(address: str, home: Path, whole: Sealed, kills: int) -> dict[str, object]:
    """A round that dies so many times: what was asked again, and whether it ends as the one that nothing happened to."""
    before = asked(address)
    made = sum(before.values())
    moments = [made * (kill + 1) // (kills + 1) for kill in range(kills)]
    died_at = [_die(address, home, made + moment, resume=place > 0) - made for place, moment in enumerate(moments)]
    last = subprocess.run(_command(address, home, resume=True), check=True, capture_output=True, text=True)
    ended = json.loads(last.stdout)
    again = _again(asked(address), before)
    return {
        "killed_after_requests": died_at,
        "asked_again": sum(again.values()),
        "asked_again_at_most": kills,
        "most_times_one_address": 1 + max(again.values(), default=0),
        "asked_in_all": sum(asked(address).values()) - made,
        "asked_undisturbed": made,
        "state_after_deaths": ended["state"],
        "same_content": ended["hashes"] == whole.manifest.content_hashes(),
        "memory_megabytes_after_deaths": ended["memory_megabytes"],
    }


def asked(address: str) -> Counter[str]:
    """How often each address of the site was asked for until now."""
    with urllib.request.urlopen(f"{address}asked") as answer:
        return Counter(json.load(answer)["asked"])


def _again(after: Counter[str], before: Counter[str]) -> dict[str, int]:
    """Addresses that were asked for more than once since, with how often more."""
    counts = {path: count - 1 for path, count in (after - before).items() if not path.startswith(_OFTEN)}
    return {path: more for path, more in counts.items() if more}


def _command(address: str, home: Path, *, resume: bool) -> list[str]:
    return [sys.executable, "-m", "benchmarks.trap_crawl", address, str(home), *(["--resume"] if resume else [])]


def _die(address: str, home: Path, requests: int, *, resume: bool) -> int:
    """Let a round go on until the site has had so many requests, and kill it; how many there were."""
    with subprocess.Popen(_command(address, home, resume=resume), stdout=subprocess.DEVNULL) as child:
        while _made(address) < requests:
            if child.poll() is not None:
                raise SystemExit("the round ended before it could be killed; ask for more pages")
            time.sleep(LOOK)
        child.send_signal(signal.SIGKILL)
        child.wait()
    return _made(address)


def _made(address: str) -> int:
    with urllib.request.urlopen(f"{address}made") as answer:
        return int(json.load(answer))


def main() -> None:
    """One process of a round; what it ended with as one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("address")
    parser.add_argument("home", type=Path)
    parser.add_argument("--resume", action="store_true")
    given = parser.parse_args()
    sealed = read_traps(given.address, given.home, lambda _stage, _done, _total: None, resume=given.resume)
    (site,) = sealed.rows("sites")
    memory = round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
    ended = {"state": site["state"], "hashes": sealed.manifest.content_hashes(), "memory_megabytes": memory}
    print(json.dumps(ended))


if __name__ == "__main__":
    main()

"""One round by several workers: same content hashes, the pace of every host kept over all of them, a cut line survived.

    python -m benchmarks.many_workers                     # 2,000 resources of 40 hosts, by 1, 2 and 4 workers
    python -m benchmarks.many_workers --resources 200 --workers 2

Lead and workers are processes of their own, each with a folder of its own and behind a relay of its own on loopback; parts and
bytes go through a storage that all share (`--storage`: a folder, or any address of fsspec), units and pace through an
embedded PostgreSQL. The same round on one machine alone gives the hashes that all must equal. The pace is measured at the
servers: for every host, how fast it was asked at most, whoever asked. With two workers and more the round is run once
more, and one relay is cut in the middle and never mended.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import yaml

from atalaya.portal.database import serving_database
from atalaya.replay.server import Asked, serving
from atalaya.store.manifest import read_manifest
from benchmarks.relays import Relay, relays

MOMENT = "2026-01-05T12:00:00Z"
TOGETHER = 8
"""Requests in a row over which the pace is measured at a server."""

SLACK = 0.25
"""Seconds that so many requests may arrive closer together than they were sent: on a busy machine one waits for the processor,
or for its connection to be made, and the next does not. The pace over them is kept all the same, or they would drift apart."""


@dataclass(frozen=True, slots=True)
class Figures:
    """What one run gave. `fastest` is the highest pace at which a host was asked over TOGETHER requests, in shares of its rate,
    and `answers` how many came through the line of each worker."""

    workers: int
    seconds: float
    answers: dict[str, int]
    hashes: dict[str, str]
    requests: int
    fastest: float
    cut: bool


def write_country(folder: Path, resources: int, hosts: int, rate: float) -> tuple[Path, Path]:
    """An invented country whose one catalogue lists files of many hosts; gives its pack and its replay folder."""
    pack, replay = folder / "country", folder / "replay"
    names = [f"h{number:02d}.many.example" for number in range(hosts)]
    files: dict[str, object] = {
        "country.yml": {
            "code": "zz", "name": {"es": "País inventado", "en": "Invented country"}, "languages": ["es"],
            "groups": [{"id": "all", "title": {"es": "Todas", "en": "All"}, "kinds": ["ministry"], "headline": True}],
            "rates": dict.fromkeys(names, rate),
        },
        "institutions/all.yml": [{"slug": "uno", "name": "Ministerio Uno", "kind": "ministry", "domains": ["cat.many.example"]}],
        "sources/uno.yml": {
            "title": {"es": "uno"}, "protocol": "datajson", "url": "https://cat.many.example/data.json",
            "institution": "uno", "requests_per_second": 50,
        },
    }  # fmt: skip
    for path, body in files.items():
        (pack / path).parent.mkdir(parents=True, exist_ok=True)
        (pack / path).write_text(yaml.safe_dump(body, allow_unicode=True), encoding="utf-8")
    datasets = []
    for number in range(resources):
        name = names[number % hosts]
        (replay / name).mkdir(parents=True, exist_ok=True)
        text = f"municipio,poblacion,serie\nArriba,{number},a\nAbajo,{number * 7 % 1000},b\n"
        (replay / name / f"{number}.csv").write_text(text, encoding="utf-8")
        # Some are gone, so that failures of publishers are among what must be equal.
        path = f"{number}.csv" if number % 17 else f"gone-{number}.csv"
        datasets.append(
            {
                "identifier": f"d{number}", "title": f"Serie {number}", "description": "Serie por municipio.",
                "distribution": [{"downloadURL": f"https://{name}/{path}", "mediaType": "text/csv", "title": "CSV"}],
            }
        )  # fmt: skip
    (replay / "data.json").write_text(json.dumps({"conformsTo": "x", "dataset": datasets}), encoding="utf-8")
    document = {
        "format": 1,
        "routes": [
            {
                "url": "https://cat.many.example/data.json",
                "file": "data.json",
                "headers": {"Content-Type": "application/json"},
            }
        ],
        "services": [{"kind": "folder", "base": f"https://{name}/", "folder": name} for name in names],
    }
    (replay / "replay.yml").write_text(yaml.safe_dump(document), encoding="utf-8")
    return pack, replay


def observe(folder: Path, pack: Path, resolve: Mapping[str, Any], more: Mapping[str, str]) -> subprocess.Popen[bytes]:
    """Start the lead of a round with a home folder of its own, or with no workers the whole round."""
    words = ["observe", "--country", str(pack), "--as-of", MOMENT, *(["--workers"] if more else []), "--json"]
    return _start(folder, words, resolve, more)


def assist(
    folder: Path, pack: Path, resolve: Mapping[str, Any], more: Mapping[str, str], lease: float
) -> subprocess.Popen[bytes]:
    """Start a worker with a home folder of its own."""
    words = ["assist", "--country", str(pack), "--wait", "20", "--lease", str(lease), "--at-once", "2", "--json"]
    return _start(folder, words, resolve, more)


def _start(
    folder: Path, words: list[str], resolve: Mapping[str, Any], more: Mapping[str, str]
) -> subprocess.Popen[bytes]:
    folder.mkdir(parents=True, exist_ok=True)
    place = folder / "resolve.json"
    place.write_text(json.dumps(resolve), encoding="utf-8")
    command = [sys.executable, "-m", "atalaya", *words, "--home", str(folder / "home"), "--resolve", str(place)]
    environment = {**os.environ, "ATALAYA_BROWSER": "off", **more}
    with (folder / "said").open("wb") as said, (folder / "errors").open("wb") as errors:
        return subprocess.Popen(command, env=environment, stdout=said, stderr=errors)


def _said(folder: Path) -> str:
    return "".join((folder / name).read_text(encoding="utf-8") for name in ("said", "errors"))


def hashes_of(folder: Path) -> dict[str, str]:
    """The content hashes of the one sealed observation of a home folder."""
    (place,) = (folder / "home").glob("observations/*/*/manifest.json")
    return read_manifest(place.parent).content_hashes()


def fastest(log: Sequence[Asked], rate: float) -> float:
    """The highest pace at which any host of files was asked over TOGETHER requests in a row, in shares of its rate."""
    moments: defaultdict[str, list[float]] = defaultdict(list)
    for entry in log:
        moments[urlsplit(entry.url).hostname or ""].append(entry.moment)
    moments.pop("cat.many.example", None)
    spans = [
        later - sooner
        for each in map(sorted, moments.values())
        for sooner, later in zip(each, each[TOGETHER - 1 :], strict=False)
    ]
    return (TOGETHER - 1) / rate / (min(spans) + SLACK) if spans else 0.0


@contextmanager
def _engine() -> Iterator[str]:
    with (
        tempfile.TemporaryDirectory(prefix="engine-", ignore_cleanup_errors=True) as folder,
        serving_database(Path(folder), "") as address,
    ):
        yield address


def run_workers(
    folder: Path, country: tuple[Path, Path], engine: str, storage: str, workers: int, rate: float, *, cut: bool = False
) -> Figures:
    """One round by so many workers; with `cut` the first one's line is cut when it has asked for some files."""
    pack, replay = country
    more = {"ATALAYA_ENGINE": engine, "ATALAYA_STORAGE": storage}
    start = time.monotonic()
    with serving(replay) as served, relays(served.resolve, workers + 1) as lines:
        lead = observe(folder / "lead", pack, lines[0].resolve, more)
        helpers = [assist(folder / f"worker-{n}", pack, line.resolve, more, 6) for n, line in enumerate(lines[1:], 1)]
        try:
            if cut:
                _cut_in_the_middle(lines[1], lead)
            if lead.wait(600):
                raise SystemExit(f"the lead ended with {lead.returncode}: {_said(folder / 'lead')}")
            seconds = time.monotonic() - start
        finally:
            for process in (lead, *helpers):
                process.terminate()
                process.wait()
        log = list(served.log)
    return Figures(
        workers=workers,
        seconds=seconds,
        answers={f"worker-{n}": line.answers for n, line in enumerate(lines[1:], 1)},
        hashes=hashes_of(folder / "lead"),
        requests=len(log),
        fastest=fastest(log, rate),
        cut=cut and lines[1].cut,
    )


def _cut_in_the_middle(line: Relay, lead: subprocess.Popen[bytes]) -> None:
    while line.answers < 30:
        if lead.poll() is not None:
            raise SystemExit("the round ended before the line could be cut: give more resources")
        time.sleep(0.02)
    line.cut_off()


def alone(folder: Path, country: tuple[Path, Path]) -> dict[str, str]:
    """The hashes of the round on one machine."""
    pack, replay = country
    with serving(replay) as served:
        lead = observe(folder, pack, served.resolve, {})
        if lead.wait(600):
            raise SystemExit(f"the round alone ended with {lead.returncode}: {_said(folder)}")
    return hashes_of(folder)


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--resources", type=int, default=2000)
    parser.add_argument("--hosts", type=int, default=40)
    parser.add_argument("--rate", type=float, default=5.0, help="requests a second that each host permits")
    parser.add_argument("--workers", type=int, nargs="+", default=[1, 2, 4])
    parser.add_argument("--storage", help="shared storage; a folder of its own where none is named")
    given = parser.parse_args(arguments)
    failed = False
    with tempfile.TemporaryDirectory(prefix="many-workers-") as name, _engine() as engine:
        folder = Path(name)
        country = write_country(folder, given.resources, given.hosts, given.rate)
        expected = alone(folder / "alone", country)
        for workers in given.workers:
            for cut in (False, True) if workers > 1 else (False,):
                place = folder / f"{workers}{'-cut' if cut else ''}"
                storage = f"{given.storage}/{place.name}" if given.storage else str(place / "storage")
                found = run_workers(place, country, engine, storage, workers, given.rate, cut=cut)
                same = found.hashes == expected
                failed |= not same or found.fastest > 1 or (cut and not found.cut)
                print(
                    f"{workers} workers{', one cut off' if cut else ''}: {found.seconds:.1f} s, {found.requests} requests, "
                    f"content hashes {'equal' if same else 'DIFFER'}, fastest pace at a host "
                    f"{found.fastest:.2f} of its rate, answers {found.answers}",
                    flush=True,
                )
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())

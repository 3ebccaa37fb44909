"""Hostile bytes into every reader for a bounded time: mutated recordings and made-up files. Nothing may raise.

    python -m benchmarks.fuzz --seconds 60 --seed 1

Ends with status 1 where anything raised or took longer than the limit, naming the seed file and the round so that it can be
made again.
"""

import argparse
import asyncio
import hashlib
import random
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from rich.console import Console
from rich.table import Table

from atalaya.catalogue.identity import identify
from atalaya.countries.pack import Source
from atalaya.fetch.answers import Answer
from atalaya.harvest.protocol import Harvest, Protocol
from atalaya.harvest.registry import PROTOCOLS
from atalaya.inspection.inspector import inspect_bytes
from atalaya.store.archive import Blob
from benchmarks.material import corpora

MOST_BYTES = 200_000
SLOW_SECONDS = 20.0
TRICKS: tuple[bytes, ...] = (
    b"\x00", b"\xff\xfe", b"\xef\xbb\xbf", b"PK\x03\x04", b"%PDF-", b"<!DOCTYPE x [", b'"', b",,,,", b"[" * 500, b"{" * 500,
    b"\r", b"&a;", b"<?xml version='1.0'?>", b"NaN", b"1e999", b"@context", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
)  # fmt: skip


def mutate(data: bytes, chance: random.Random) -> bytes:
    """A few random edits: flips, cuts, doublings and tricks."""
    body = bytearray(data)
    for _ in range(chance.randint(1, 8)):
        place = chance.randint(0, len(body))
        match chance.randint(0, 4):
            case 0 if body:
                body[place % len(body)] = chance.randint(0, 255)
            case 1:
                del body[place : place + chance.randint(1, 2000)]
            case 2:
                body[place:place] = chance.choice(TRICKS)
            case 3:
                body[place:place] = body[: chance.randint(0, 1000)]
            case _:
                del body[chance.randint(0, len(body)) :]
    return bytes(body)


def seeds(folder: Path) -> list[Path]:
    """Recorded files small enough to be mutated many times."""
    places = ("catalogues", "groundtruth", "latam_tables", "guatemala")
    found = (path for place in places for path in (folder / place).rglob("*"))
    return sorted(path for path in found if path.is_file() and 0 < path.stat().st_size <= MOST_BYTES)


def _harvester(known: Protocol) -> Callable[[bytes], object]:
    """A protocol as a reader of one document that answers every address it asks."""
    source = Source(id="zz:fuzz", title={}, protocol=known.id, url="https://catalogue.example/x")

    def read(body: bytes) -> object:
        async def get(url: str, /) -> tuple[Answer, bytes | None]:
            blob = Blob(hashlib.sha256(body).hexdigest(), len(body)) if body else None
            return Answer(requested_url=url, final_url=url, status=200, blob=blob), body or None

        async def run() -> Harvest:
            return await known.harvest(source, get)

        return identify(source.id, asyncio.run(run()).datasets)

    return read


READERS: dict[str, Callable[[bytes], object]] = {
    "inspection": inspect_bytes,
    **{known.id: _harvester(known) for known in PROTOCOLS},
}


def main() -> None:
    """Run for the time given and print what was done."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    files = seeds(corpora())
    if not files:
        Console(stderr=True).print("recorded material absent: set ATALAYA_CORPORA to its folder")
        sys.exit(2)
    chance = random.Random(options.seed)
    done: Counter[str] = Counter()
    bad = []
    end = time.monotonic() + options.seconds
    while time.monotonic() < end:
        path = chance.choice(files)
        data = mutate(path.read_bytes(), chance)
        for name in ("inspection", *chance.sample(sorted(READERS.keys() - {"inspection"}), 4)):
            reader = READERS[name]
            started = time.monotonic()
            try:
                reader(data)
            except Exception as error:  # noqa: BLE001 - finding what raises is the purpose
                bad.append(f"{name}: {type(error).__name__} after {sum(done.values())} runs, from {path.name}")
            if time.monotonic() - started > SLOW_SECONDS:
                bad.append(f"{name}: slow after {sum(done.values())} runs, from {path.name}")
            done[name] += 1
    table = Table("reader", "executions")
    for name, count in sorted(done.items()):
        table.add_row(name, str(count))
    Console().print(table)
    for line in bad:
        Console().print(line, markup=False)
    sys.exit(1 if bad else 0)


if __name__ == "__main__":
    main()

"""Runs one round many times, each time killed with SIGKILL at another moment and then resumed; prints the content hashes.

Usage: dying_rounds.py PACK RESOLVE FOLDER. Everything is imported once; every run is a forked child. Prints one JSON object:
moment → {"killed": bool, "hashes": {...}}, with the uninterrupted round under "none".
"""

import asyncio
import json
import os
import signal
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyarrow.parquet

import atalaya.fetch.client
import atalaya.rounds.checking
import atalaya.rounds.harvesting
import atalaya.rounds.inspecting
import atalaya.rounds.judging
import atalaya.rounds.sealing
import atalaya.store.ledger
import atalaya.store.parts
from atalaya.clock import fixed_clock, stamp, system_clock
from atalaya.countries.reader import read_pack
from atalaya.history.read import Sealed
from atalaya.rounds.opening import Request
from atalaya.rounds.run import Plan, observe
from atalaya.settings import read_settings
from atalaya.store.manifest import read_manifest

AS_OF = datetime(2026, 1, 5, 12, tzinfo=UTC)

# (stage, module or class, function, nth call, before or after it)
MOMENTS: list[tuple[str, object, str, int, str]] = [
    *(("harvest", atalaya.fetch.client.Client, "fetch", n, when) for n, when in ((1, "before"), (2, "after"), (3, "after"))),
    ("harvest", atalaya.store.ledger, "write_part", 2, "before"),
    ("harvest", atalaya.store.parts, "sync_folder", 3, "before"),
    ("harvest", atalaya.store.ledger, "write_part", 4, "after"),
    *(("fetch", atalaya.fetch.client.Client, "fetch", n, when) for n, when in ((6, "before"), (12, "after"), (30, "before"))),
    ("fetch", atalaya.store.ledger, "write_part", 7, "before"),
    ("fetch", atalaya.store.parts, "sync_folder", 7, "before"),
    *(("inspect", atalaya.rounds.inspecting, "inspect_bytes", n, "before") for n in (1, 2, 14)),
    ("inspect", atalaya.rounds.inspecting, "inspect_bytes", 20, "after"),
    ("inspect", atalaya.store.ledger, "write_part", 10, "before"),
    *(("check", atalaya.rounds.judging.Sitting, "judge", n, "before") for n in (1, 9, 40)),
    ("check", atalaya.rounds.judging.Sitting, "judge", 70, "after"),
    ("check", atalaya.rounds.checking, "advance", 20, "after"),
    ("seal", atalaya.rounds.sealing, "seal_tables", 1, "before"),
    ("seal", pyarrow.parquet.ParquetWriter, "write_batch", 3, "before"),
    ("seal", atalaya.rounds.sealing, "seal_tables", 1, "after"),
    ("seal", atalaya.rounds.sealing, "write_manifest", 1, "before"),
    ("seal", atalaya.rounds.sealing, "write_manifest", 1, "after"),
    ("seal", atalaya.rounds.sealing, "sign", 1, "after"),
]  # fmt: skip


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def arm(place: object, name: str, nth: int, when: str) -> None:
    """Make the nth call of a function the last thing that the process does, just before or just after it."""
    original: Callable[..., Any] = getattr(place, name)
    calls = 0

    def count() -> bool:
        nonlocal calls
        calls += 1
        return calls == nth

    if asyncio.iscoroutinefunction(original):

        async def later(*args: Any, **kwargs: Any) -> Any:
            now = count()
            if now and when == "before":
                die()
            result = await original(*args, **kwargs)
            if now:
                die()
            return result

        setattr(place, name, later)
        return

    def wrapped(*args: Any, **kwargs: Any) -> Any:
        now = count()
        if now and when == "before":
            die()
        result = original(*args, **kwargs)
        if now:
            die()
        return result

    setattr(place, name, wrapped)


def run(pack: Path, resolve: Path, home: Path, *, resume: bool) -> Sealed:
    settings = replace(read_settings({}, home), timeout=5.0)
    plan = Plan(settings=settings, clock=fixed_clock(AS_OF), pacing=system_clock(), resolve=resolve)
    request = Request(pack=read_pack(pack), as_of=stamp(AS_OF), as_of_stated=True, resume=resume)
    return asyncio.run(observe(plan, request))


def child(work: Callable[[], None]) -> int:
    """Run in a forked child; gives its wait status."""
    pid = os.fork()
    if pid == 0:
        code = 1
        try:
            work()
            code = 0
        finally:
            os._exit(code)
    return os.waitpid(pid, 0)[1]


def main() -> None:
    pack, resolve, folder = (Path(argument) for argument in sys.argv[1:4])

    def finish(home: Path, resume: bool) -> dict[str, str]:
        result = home.with_suffix(".json")

        def work() -> None:
            result.write_text(json.dumps(run(pack, resolve, home, resume=resume).manifest.content_hashes()))

        status = child(work)
        return json.loads(result.read_text()) if status == 0 else {"failed": str(status)}

    found: dict[str, object] = {"none": {"killed": False, "hashes": finish(folder / "none", resume=False)}}
    for stage, place, name, nth, when in MOMENTS:
        moment = f"{stage}: {when} call {nth} of {name}"
        home = folder / f"{len(found):02d}"

        def interrupted(home: Path = home, at: tuple[object, str, int, str] = (place, name, nth, when)) -> None:
            arm(*at)
            run(pack, resolve, home, resume=False)

        status = child(interrupted)
        killed = os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL
        sealed = any(home.rglob("manifest.json"))
        parts = sorted({path.parent.name for path in home.rglob("*.jsonl.zst")})
        if sealed:
            hashes = read_manifest(next(home.rglob("manifest.json")).parent).content_hashes()
        else:
            hashes = finish(home, resume=True)
        found[moment] = {"killed": killed, "sealed": sealed, "stages": parts, "hashes": hashes}
    sys.stdout.write(json.dumps(found))


if __name__ == "__main__":
    main()

"""A process that runs what the portal asked for (`requests`). Started as a module, never by people."""

import json
import os
import shutil
import sys
import threading
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from atalaya.clock import fixed_clock, system_clock
from atalaya.countries.pack import CountryPack
from atalaya.countries.reader import find_pack, read_pack
from atalaya.exceptions import AtalayaError
from atalaya.fetch.loop import run
from atalaya.history.read import Sealed, open_sealed
from atalaya.history.rechecks import seen_again, seen_anew
from atalaya.rounds.opening import Request
from atalaya.rounds.rechecking import Recheck, recheck
from atalaya.rounds.run import Plan, observe
from atalaya.settings import read_settings
from atalaya.store.observations import OPENING, find, observation_folder, observation_id, state_of

PAUSE = 0.5
"""Seconds between two words of how far it is."""


def main() -> None:
    """Read what is asked for from the standard input, do it, and tell what came of it."""
    size = int.from_bytes(sys.stdin.buffer.read(8))
    order = json.loads(sys.stdin.buffer.read(size))
    threading.Thread(target=_end_with_parent, daemon=True).start()
    doing = {"round": do_round, "recheck": do_recheck}
    try:
        _tell(doing[order["order"]](order))
    except AtalayaError as error:
        _tell({"failed": type(error).__name__, "error": str(error)})
    sys.stdout.flush()
    os._exit(0)  # the thread that waits for the other process to end would keep the interpreter from ending in order


def do_round(order: dict[str, Any]) -> dict[str, Any]:
    """Run the round of a moment, or what is left of it; where it is sealed already, that is told."""
    plan, pack = _plan(order, datetime.fromisoformat(order["as_of"])), _pack(order)
    home = plan.settings.home
    folder = observation_folder(home, pack.code, observation_id(pack.code, order["as_of"]))
    if state_of(folder) == "sealed":
        return _of_round(open_sealed(folder))
    if order["fresh"]:
        shutil.rmtree(folder, ignore_errors=True)
    request = Request(
        pack=pack,
        as_of=order["as_of"],
        as_of_stated=True,
        resume=(folder / OPENING).exists(),
        sites=order["sites"],
    )
    return _of_round(run(observe(plan, request)))


def do_recheck(order: dict[str, Any]) -> dict[str, Any]:
    """Look again at findings, or tell what was seen where that is sealed already."""
    plan, pack = _plan(order, system_clock().now()), _pack(order)
    asked = Recheck(
        pack=pack,
        observation=order["observation"],
        findings=tuple(order["findings"]),
        key=order["key"],
        records=tuple(order["records"]),
    )
    done = run(recheck(plan, asked))
    before = open_sealed(find(plan.settings.home, asked.observation))
    seen = [
        {"finding": each.finding_id, "verdict": each.verdict, "reason": each.reason, "version": each.check_version}
        for each in (*seen_again(before, done, asked.findings), *seen_anew(before, done, asked.findings))
    ]
    return {"sealed": done.manifest.observation, "as_of": done.manifest.as_of, "seen": seen}


def _of_round(done: Sealed) -> dict[str, Any]:
    columns = ("source_id", "reason", "detail", "answered", "datasets")
    held = list(done.rows("sources", "state = 'held'", columns=columns))
    return {"sealed": done.manifest.observation, "held": held}


def _pack(order: dict[str, Any]) -> CountryPack:
    return read_pack(find_pack(order["pack"]))


def _plan(order: dict[str, Any], moment: datetime) -> Plan:
    return Plan(
        settings=read_settings(os.environ, Path(order["home"])),
        clock=fixed_clock(moment.astimezone(UTC)),
        pacing=system_clock(),
        resolve=Path(order["resolve"]) if order["resolve"] else None,
        progress=_Progress(),
    )


class _Progress:
    """Tells how far it is, not too often."""

    def __init__(self) -> None:
        self._told, self._stage = 0.0, ""

    def __call__(self, stage: str, done: int, total: int) -> None:
        now = time.monotonic()
        if stage != self._stage or now - self._told >= PAUSE or done == total:
            self._told, self._stage = now, stage
            _tell({"stage": stage, "done": done, "total": total})


def _tell(said: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(said) + "\n")
    sys.stdout.flush()


def _end_with_parent() -> None:
    """The standard input stays open as long as the other process lives: whatever ends it ends this one."""
    os.read(sys.stdin.fileno(), 1)
    os._exit(1)


if __name__ == "__main__":
    main()

"""What the portal may ask of the engine: that a round or a recheck be run, in a process of its own, and that a ruling be kept.

The process ends with the one that asked for it, whatever ends that; asked for again, it goes on where it was.
"""

import json
import subprocess
import sys
from collections.abc import Generator, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from atalaya.store.decisions import Decision, record

DOER = "atalaya.rounds.requested"
"""The module that runs what is asked for, started as a process."""
RELEASE = "release"
"""The kind of a decision that the next answer of a held source is accepted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundOrder:
    """A round over a country, as of a moment (as `clock.stamp` writes it): run once, however often it is asked for.

    `pack`: code of a country, or the folder of its pack; `resolve`: the file of a resolve map. `fresh`: what was begun of it is
    thrown away first.
    """

    home: str
    pack: str
    as_of: str
    sites: bool = False
    fresh: bool = False
    resolve: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RecheckOrder:
    """Findings and whole datasets of an observation, by their ids, to be looked at again; `key` names the recheck, so that it is
    done once."""

    home: str
    pack: str
    observation: str
    findings: tuple[str, ...]
    key: str
    records: tuple[str, ...] = ()
    resolve: str | None = None


def carry_out(order: RoundOrder | RecheckOrder) -> Generator[dict[str, Any], None, None]:
    """Have it done, and tell what comes of it, as it comes.

    `{"stage", "done", "total"}` while it goes on. The last one is `{"sealed": id, "held": […]}` of a round, with the sources that
    are held and why, `{"sealed": id, "seen": […]}` of a recheck, or `{"failed": kind, "error": text}`, `kind` the name of an
    error of ours, `died` where the process ended without a word.
    """
    kind = "round" if isinstance(order, RoundOrder) else "recheck"
    body = json.dumps({"order": kind, **asdict(order)}).encode()
    command = [sys.executable, "-m", DOER]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)  # noqa: S603 - our own program
    assert process.stdin is not None
    assert process.stdout is not None
    last: dict[str, Any] = {}
    try:
        with suppress(BrokenPipeError):
            process.stdin.write(len(body).to_bytes(8) + body)
            process.stdin.flush()
        for line in process.stdout:
            last = json.loads(line)
            yield last
        status = process.wait()
        if "sealed" not in last and "failed" not in last:
            yield {"failed": "died", "error": f"its process ended with status {status}"}
    finally:
        if process.poll() is None:
            process.kill()
        process.wait()
        with suppress(BrokenPipeError):
            process.stdin.close()
        process.stdout.close()


def release(home: Path, country: str, source: str, ruling: Mapping[str, str], told: tuple[str, str, str]) -> None:
    """Record that a held source is accepted in the next round: what it answered in `ruling["observation"]`, or more.

    `told` is who (a post, never a name), when (as `clock.stamp` writes it) and why.
    """
    who, moment, why = told
    kept: dict[str, str | bool | None] = dict(ruling)
    record(home, country, Decision(kind=RELEASE, subject=source, ruling=kept, who=who, moment=moment, why=why))

"""Has a file examined in a process of its own, which is ended when it takes too long; a few at once. Django-free."""

import contextlib
import fcntl
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from atalaya.portal.files.refusals import Refusal

SLOTS = 2
"""Files that are examined at once over all processes of the portal."""
PATIENCE = 20
"""Seconds that somebody waits for a place."""


def examined(path: Path, name: str, purpose: str, folder: Path, seconds: float) -> dict[str, Any]:
    """What `worker` tells of a file. Raises Refusal where it refuses it, takes too long, or nobody is free."""
    with slot(path.parent):
        done = run("atalaya.portal.files.worker", (str(path), name, purpose, str(folder)), seconds)
    verdict = folder / "verdict.json"
    if not done or not verdict.is_file():
        raise Refusal("too_long" if done is None else "broken")
    told: dict[str, Any] = json.loads(verdict.read_bytes())
    if "refused" in told:
        raise Refusal(told["refused"], told["values"])
    return told


def run(module: str, arguments: Sequence[str], seconds: float) -> bool | None:
    """Run a module of ours by itself: whether it ended well; None where it was ended because it took too long."""
    quiet = {"ATALAYA_DATABASE_URL": "", "ATALAYA_SECRET": ""}
    with subprocess.Popen(  # noqa: S603 - our own program
        [sys.executable, "-m", module, *arguments], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL, start_new_session=True, env={**os.environ, **quiet},
    ) as process:  # fmt: skip
        try:
            return process.wait(seconds) == 0
        except subprocess.TimeoutExpired:
            return None
        finally:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)


@contextlib.contextmanager
def slot(folder: Path) -> Iterator[None]:
    """One of the places for those who examine something. Raises Refusal where none gets free in time."""
    ends = time.monotonic() + PATIENCE
    while True:
        for number in range(SLOTS):
            with (folder.parent / f"slot-{number}").open("ab") as lock:
                try:
                    fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                except OSError:
                    continue
                yield
                return
        if time.monotonic() > ends:
            raise Refusal("busy")
        time.sleep(0.2)

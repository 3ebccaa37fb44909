"""Makes a derived file once, in a process of its own with bounded time and memory; keeps it by hash and version of the rule.

At most `SLOTS` are made at once over all processes of the portal: who comes then is asked to come again. What could not be made
is remembered for a day, so that nobody makes the portal try for ever.
"""

import contextlib
import fcntl
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

RULE = 1
"""Version of what is made; a new one makes everything again."""
SLOTS = 1
"""Those who ask wait in a thread of the server, and a few threads must stay free for pages."""
SECONDS = 40
"""Longest that one file may take: somebody waits for it."""
LARGEST = 20_000_000
"""Bytes of the largest archived file that is read for a page: it takes some seconds and ten times its size of memory."""
MEMORY = 2 << 30
"""Bytes that the process may take, and processor seconds a little beyond its time."""
REMEMBERED = 86_400
"""Seconds for which a failure is remembered."""
BUDGET = 2_000_000_000
"""Bytes that are kept; beyond them the oldest are forgotten."""

KINDS = {"check": "json", "preview": "json", "compare": "json", "repair": "zip"}
"""What can be made, and the ending of its file."""


class Unmade(Exception):
    """Nothing was made: `code` is `too_large`, `busy`, `too_long` or `failed`."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def derived(home: Path, country: str, kind: str, hashes: Sequence[str], size: int) -> Path:
    """The derived file of these archived bytes, made where it is not there. `size` is that of the largest of them.

    Raises Unmade where it is too large, nobody is free to make it, it takes too long, or cannot be made.
    """
    folder = home / "derived" / str(RULE) / kind
    path = folder / f"{'-'.join(hashes)}.{KINDS[kind]}"
    failed = path.with_suffix(".failed")
    if path.is_file():
        return path
    if failed.is_file() and time.time() - failed.stat().st_mtime < REMEMBERED:
        raise Unmade(failed.read_text(encoding="utf-8"))
    if size > LARGEST:
        raise Unmade("too_large")
    folder.mkdir(parents=True, exist_ok=True)
    with _slot(home / "derived"):
        if path.is_file():
            return path
        code = _made(home, country, kind, hashes, path)
        if code:
            failed.write_text(code, encoding="utf-8")
            raise Unmade(code)
        _hold_budget(home / "derived")
    return path


@contextlib.contextmanager
def _slot(folder: Path) -> Iterator[None]:
    """One of the places for those who make something. Raises Unmade where none is free."""
    for number in range(SLOTS):
        with (folder / f"slot-{number}").open("ab") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                continue
            yield
            return
    raise Unmade("busy")


def _made(home: Path, country: str, kind: str, hashes: Sequence[str], path: Path) -> str:
    """Make the file; empty where it is there, else why not."""
    work = path.with_name(f".{path.name}.{os.getpid()}")
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir()
    command = [sys.executable, "-m", "atalaya.portal.derived.worker", kind, str(home), country, str(work), *hashes]
    quiet = {"ATALAYA_DATABASE_URL": "", "ATALAYA_SECRET": ""}
    try:
        with subprocess.Popen(  # noqa: S603 - our own program; hashes are hexadecimal
            command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            start_new_session=True, env={**os.environ, **quiet},
        ) as process:  # fmt: skip
            try:
                status = process.wait(SECONDS)
            except subprocess.TimeoutExpired:
                return "too_long"
            finally:
                with contextlib.suppress(ProcessLookupError):
                    os.killpg(process.pid, signal.SIGKILL)
        made = work / f"made.{KINDS[kind]}"
        if status or not made.is_file():
            return "failed"
        made.replace(path)
    finally:
        shutil.rmtree(work, ignore_errors=True)
    return ""


def _hold_budget(folder: Path) -> None:
    files = [(path.stat(), path) for path in folder.rglob("*") if path.is_file() and not path.name.startswith("slot-")]
    over = sum(status.st_size for status, _ in files) - BUDGET
    for status, path in sorted(files, key=lambda each: each[0].st_mtime):
        if over <= 0:
            return
        path.unlink(missing_ok=True)
        over -= status.st_size


def read_made(path: Path) -> dict[str, object]:
    """What a derived JSON file says."""
    found: dict[str, object] = json.loads(path.read_bytes())
    return found

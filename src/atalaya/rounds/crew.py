"""More than one process for harvest and fetch: reading what comes is work for a processor, and Python uses one a process.

Every process claims the units of one host at a time, so that no host is asked by two, and writes their parts; the gate keeps
its pace in files that all processes share. A process that was started ends with the one that started it, whatever ends that.
"""

import asyncio
import base64
import json
import os
import pickle
import sys
import tempfile
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from atalaya.countries.pack import CountryPack, Source
from atalaya.exceptions import RoundAborted
from atalaya.harvest.values import host
from atalaya.rounds.processes import processors
from atalaya.settings import Settings
from atalaya.store.observations import Opening

WORKER = "atalaya.rounds.crew_worker"
LEAST_SOURCES = 12
"""Sources that are worth another process: it takes about a second to start, and most of a harvest is waiting for hosts."""


class Work(StrEnum):
    """What a crew can do."""

    HARVEST = "harvest"
    FETCH = "fetch"


@dataclass(frozen=True, slots=True, kw_only=True)
class Apart:
    """What another process needs to open the same round. Its clock for politeness is the machine's."""

    settings: Settings
    resolve: Path | None
    opening: Opening
    folder: Path
    pack: CountryPack


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """What several processes share: the work, the groups of its units, and how many groups one process has at once."""

    work: Work
    groups: Sequence[Sequence[str]]
    at_once: int


@dataclass(frozen=True, slots=True)
class Share:
    """What a process that was started is told: the round, the task that all share, and where groups are claimed."""

    apart: Apart
    task: Task
    claims: Path


def processes_for(apart: Apart | None, sources: int) -> int:
    """How many processes harvest so many sources, this one included."""
    return 1 if apart is None else max(1, min(processors(), sources // LEAST_SOURCES))


def by_host(sources: Sequence[Source]) -> list[list[str]]:
    """The ids of sources, those of one host together."""
    groups: dict[str, list[str]] = {}
    for source in sources:
        groups.setdefault(host(source.url), []).append(source.id)
    return list(groups.values())


def claimed(groups: Sequence[Sequence[str]], claims: Path) -> Iterator[Sequence[str]]:
    """The groups that no other process has claimed before, one after the other."""
    for number, group in enumerate(groups):
        try:
            os.close(os.open(claims / str(number), os.O_CREAT | os.O_EXCL | os.O_WRONLY))
        except FileExistsError:
            continue
        yield group


@asynccontextmanager
async def helped(
    apart: Apart | None, task: Task, others: int, done: Callable[[], None]
) -> AsyncIterator[Iterator[Sequence[str]]]:
    """So many other processes work while the context lasts, and it ends when they have; gives this one's groups.

    `done` is told of each unit that another process did. Raises what they raised: the first error ends them all.
    """
    with tempfile.TemporaryDirectory(prefix="atalaya-claims-") as name:
        claims = Path(name)
        async with asyncio.TaskGroup() as crew:
            for _ in range(others if apart is not None else 0):
                assert apart is not None
                crew.create_task(_other(Share(apart, task, claims), done))
            yield claimed(task.groups, claims)


async def _other(share: Share, done: Callable[[], None]) -> None:
    """One other process, from its start to its end."""
    pipe = asyncio.subprocess.PIPE
    process = await asyncio.create_subprocess_exec(sys.executable, "-m", WORKER, stdin=pipe, stdout=pipe)
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        body = pickle.dumps(share)
        process.stdin.write(len(body).to_bytes(8) + body)
        async for line in process.stdout:
            told = json.loads(line)
            if "failed" in told:
                raise pickle.loads(base64.b64decode(told["failed"]))  # noqa: S301 - our own process wrote it
            done()
        if status := await process.wait():
            raise RoundAborted(f"a process that worked for this round ended with status {status}; go on with --resume")
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
        process.stdin.close()


def tell(error: BaseException | None = None) -> None:
    """Tell the process that started this one that a unit is done, or what ended the work."""
    said = {} if error is None else {"failed": base64.b64encode(_pickled(error)).decode()}
    sys.stdout.write(json.dumps(said) + "\n")
    sys.stdout.flush()


def _pickled(error: BaseException) -> bytes:
    """An error as bytes; one that cannot be carried over as its text."""
    try:
        body = pickle.dumps(error)
        pickle.loads(body)  # noqa: S301 - written in the line above
    except Exception:  # noqa: BLE001 - whatever an error of any library does when it is carried over
        return pickle.dumps(RoundAborted(f"{type(error).__name__}: {error}"))
    return body

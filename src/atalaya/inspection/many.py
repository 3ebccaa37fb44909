"""Many files inspected side by side, in as many processes as there are processors: what is told of each is what is told of it
alone, in the order given.

A file over which a process dies is tried once more in a process of its own; where that dies too, its death is what is told of it.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from atalaya.exceptions import ProcessDied
from atalaya.inspection.findings import Inspection
from atalaya.inspection.inspector import inspect_file, unread
from atalaya.inspection.limits import DEFAULT, Limits
from atalaya.inspection.workers import Worker, processors, ready

TOGETHER = 16
TOGETHER_BYTES = 1 << 20
"""Files, and their bytes, that are handed to a process at once."""
LARGE = 16 << 20
"""Bytes of a file that is inspected while no other of its size is: inspecting takes several times its size of memory."""
_AHEAD = 4
"""Jobs for each process that may be done before their turn."""
_SHARES = 4
"""Jobs for each process that few files are parted into."""


@dataclass(frozen=True, slots=True)
class Target:
    """A file to inspect; `url` is where it was published, `media_type` what the server called it: both only break ties."""

    path: Path
    url: str | None = None
    media_type: str | None = None


Outcome = Inspection | OSError
"""What a file is, or why it cannot be opened."""


@dataclass(frozen=True, slots=True)
class _Job:
    """Files that one process inspects one after the other; `large` ones are alone, and wait for each other."""

    targets: tuple[Target, ...]
    large: bool = False


def inspect_files(
    files: Iterable[Path | str | Target], *, limits: Limits = DEFAULT, processes: int | None = None
) -> Iterator[tuple[Path, Inspection]]:
    """What many files are, each with its path, in the order given; a folder stands for the files in it (`files_in`).

    `processes` inspect at once, as many as there are processors where it is not said. Where processes cannot be forked (other
    systems than Linux, programs with threads), a script that calls this needs `if __name__ == "__main__":` around the call.
    Raises OSError when the turn of a file comes that cannot be opened.
    """
    targets = [target for each in files for target in _targets(each)]
    at_once = processors() if processes is None else processes
    if len(targets) < 2 or at_once < 1:
        outcomes = iter(_inspect(limits, tuple(targets)))
    else:
        outcomes = _spread(_jobs(targets, at_once), partial(_inspect, limits), at_once)
    for target, outcome in zip(targets, outcomes, strict=True):
        if isinstance(outcome, OSError):
            raise outcome
        yield target.path, outcome


def files_in(folder: Path) -> list[Path]:
    """The files of a folder and of the folders in it, in the order of their paths, without hidden ones."""
    found = (each for each in folder.rglob("*") if not _is_hidden(each.relative_to(folder)) and each.is_file())
    return sorted(found)


def _is_hidden(path: Path) -> bool:
    return any(part.startswith(".") for part in path.parts)


def _targets(given: Path | str | Target) -> list[Target]:
    if isinstance(given, Target):
        return [given]
    path = Path(given)
    return list(map(Target, files_in(path))) if path.is_dir() else [Target(path)]


def _jobs(targets: Sequence[Target], processes: int) -> list[_Job]:
    """The files in their order, some at a time."""
    most = max(1, min(TOGETHER, len(targets) // (_SHARES * processes)))
    jobs: list[_Job] = []
    taken: list[Target] = []
    held = 0
    for target in targets:
        size = 0
        with suppress(OSError):  # told when its turn comes
            size = target.path.stat().st_size
        if taken and (len(taken) == most or held + size > min(TOGETHER_BYTES, LARGE)):
            jobs.append(_Job(tuple(taken)))
            taken, held = [], 0
        if size > LARGE:
            jobs.append(_Job((target,), large=True))
            continue
        taken.append(target)
        held += size
    return [*jobs, _Job(tuple(taken))] if taken else jobs


def _inspect(limits: Limits, targets: tuple[Target, ...]) -> list[Outcome]:
    return [_outcome(limits, target) for target in targets]


def _outcome(limits: Limits, target: Target) -> Outcome:
    try:
        return inspect_file(target.path, url=target.url, media_type=target.media_type, limits=limits)
    except OSError as error:
        return error


Work = Callable[[tuple[Target, ...]], list[Outcome]]
Hand = Worker[tuple[Target, ...], list[Outcome]]


def _spread(jobs: Sequence[_Job], work: Work, processes: int) -> Iterator[Outcome]:
    """The outcomes of all jobs in order, made by so many processes."""
    left = dict(enumerate(jobs))
    done: dict[int, list[Outcome]] = {}
    free: list[Hand] = []
    busy: dict[Hand, int] = {}

    def begin(turn: int) -> None:
        while len(busy) < processes and (number := _next(left, turn, processes, jobs, busy.values())) is not None:
            worker = free.pop() if free else Worker(work)
            busy[worker] = number
            worker.give(left.pop(number).targets)

    def collect() -> None:
        for worker in ready(list(busy)):
            number = busy[worker]
            try:
                done[number] = worker.take()
                free.append(worker)
            except ProcessDied:
                worker.end()
                done[number] = [_alone(work, target) for target in jobs[number].targets]
            del busy[worker]

    try:
        for turn in range(len(jobs)):
            begin(turn)
            while turn not in done:
                collect()
                begin(turn)
            yield from done.pop(turn)
    finally:
        for worker in (*free, *busy):
            worker.end()


def _next(left: dict[int, _Job], turn: int, processes: int, jobs: Sequence[_Job], running: Iterable[int]) -> int | None:
    """The first job that may begin: not too far ahead of its turn, and no large one beside another."""
    crowded = any(jobs[number].large for number in running)
    ahead = range(turn, min(len(jobs), turn + _AHEAD * processes))
    return next((number for number in ahead if number in left and not (crowded and left[number].large)), None)


def _alone(work: Work, target: Target) -> Outcome:
    """What a file is that is inspected by a process of its own."""
    worker: Hand = Worker(work)
    try:
        worker.give((target,))
        return worker.take()[0]
    except ProcessDied:
        return unread(target.path)
    finally:
        worker.end()

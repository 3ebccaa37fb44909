"""Work spread over processes: all of it is done, and what goes wrong is said here."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from atalaya.exceptions import ProcessDied, StoreError
from atalaya.rounds.processes import spread


def leave(folder: Path, number: int) -> None:
    (folder / str(number)).write_text(str(os.getpid()))


@pytest.mark.parametrize(("processes", "jobs"), [(1, 9), (2, 9), (4, 2), (3, 0)])
def test_every_job_is_done_and_told(tmp_path: Path, processes: int, jobs: int) -> None:
    told = []
    spread(partial(leave, tmp_path), range(jobs), processes, lambda: told.append(1))
    assert sorted(int(path.name) for path in tmp_path.iterdir()) == list(range(jobs))
    assert len(told) == jobs
    here = {path.read_text() == str(os.getpid()) for path in tmp_path.iterdir()}
    assert here == ({processes == 1} if jobs else set())


def refuse(number: int) -> None:
    if number == 3:
        raise StoreError("the disk is full; free some space and resume")


def die(number: int) -> None:
    if number == 3:
        os.kill(os.getpid(), signal.SIGKILL)


@pytest.mark.parametrize("processes", [1, 2])
def test_what_a_job_raises_is_raised(processes: int) -> None:
    with pytest.raises(StoreError, match="the disk is full"):
        spread(refuse, range(50), processes, lambda: None)


def test_a_process_that_is_killed_is_named() -> None:
    with pytest.raises(ProcessDied, match="ended with code -9"):
        spread(die, range(50), 2, lambda: None)


def test_jobs_are_made_as_they_are_needed(tmp_path: Path) -> None:
    made: list[int] = []
    done: list[int] = []

    def jobs() -> Iterator[int]:
        for number in range(20):
            made.append(number)
            assert len(made) - len(done) <= 3
            yield number

    spread(partial(leave, tmp_path), jobs(), 2, lambda: done.append(1))


def linger(folder: Path, number: int) -> None:
    (folder / f"{number}.pid").write_text(str(os.getpid()))
    time.sleep(0.2)


LINGERING = """
import sys
from functools import partial
from pathlib import Path
from atalaya.rounds.processes import spread
from tests.rounds.test_processes import linger
spread(partial(linger, Path(sys.argv[1])), range(1000), 2, lambda: None)
"""


def test_processes_end_with_the_one_that_started_them(project: Path, tmp_path: Path) -> None:
    parent = subprocess.Popen([sys.executable, "-c", LINGERING, str(tmp_path)], cwd=project)
    while len(list(tmp_path.glob("*.pid"))) < 2:
        assert parent.poll() is None, "the parent ended before it could be killed"
        time.sleep(0.05)
    parent.kill()
    parent.wait()
    pids = {int(path.read_text() or 0) for path in tmp_path.glob("*.pid")} - {0}
    deadline = time.monotonic() + 30
    while any(alive(pid) for pid in pids) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert not [pid for pid in pids if alive(pid)]


def alive(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"

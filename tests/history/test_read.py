"""Reading sealed tables: many reads at once, and processes that fork among them."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from atalaya.history.read import Sealed
from tests.patience import PATIENCE

FORKING = """
import os, sys
from pathlib import Path
from atalaya.history.read import open_sealed

sealed = open_sealed(Path(sys.argv[1]))
wanted = list(sealed.rows("outcomes"))
for depth in range(2):
    if child := os.fork():
        assert os.waitpid(child, 0)[1] == 0, f"the child at depth {depth} did not end well"
        break
    assert list(sealed.rows("outcomes")) == wanted
else:
    sys.exit(0)
under_way = sealed.rows("outcomes")
read = [next(under_way)]
if child := os.fork():
    assert os.waitpid(child, 0)[1] == 0, "the child of a read under way did not read well"
    assert read + list(under_way) == wanted
else:
    os._exit(list(sealed.rows("outcomes")) != wanted)
"""
"""Forks that read and fork again and end as interpreters do, and one while a read is under way."""


def test_a_process_may_fork_whatever_it_read(two_small_rounds: tuple[Path, list[Sealed]]) -> None:
    _, (one, _) = two_small_rounds
    command = [sys.executable, "-c", FORKING, str(one.folder)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE)
    assert (done.returncode, done.stderr) == (0, "")


def test_many_threads_read_at_once(two_small_rounds: tuple[Path, list[Sealed]]) -> None:
    _, rounds = two_small_rounds
    wanted = [list(sealed.rows("outcomes")) for sealed in rounds]
    assert wanted[0] != wanted[1]
    with ThreadPoolExecutor(8) as threads:
        read = list(threads.map(lambda number: list(rounds[number % 2].rows("outcomes")), range(40)))
    assert read == wanted * 20


def test_reads_that_are_left_do_not_disturb_those_that_follow(two_small_rounds: tuple[Path, list[Sealed]]) -> None:
    _, (one, two) = two_small_rounds
    left = one.rows("outcomes")
    next(left)
    assert len(list(two.rows("outcomes"))) == two.count("outcomes")
    left.close()
    assert len(list(one.rows("outcomes"))) == one.count("outcomes")

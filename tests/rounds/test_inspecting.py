"""Inspecting in several processes: the same parts as in one, whatever dies."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

from atalaya.countries.pack import Division
from atalaya.exceptions import StoreError
from atalaya.fetch.answers import Answer
from atalaya.inspection.findings import Inspection
from atalaya.rounds import inspecting
from atalaya.rounds.context import Round, silent
from atalaya.rounds.rows import probe_row
from atalaya.store.archive import Archive
from atalaya.store.ledger import Ledger
from atalaya.store.parts import read_part
from atalaya.store.tables import Row
from tests.inspection.test_personal import NUMBER, valid_numbers

UNITS = 7


def opened(folder: Path) -> Round:
    """A round of which only what the stage uses is there."""
    divisions = (Division(code="01", name="Uno", level=1),)
    pack = SimpleNamespace(identifiers=(NUMBER,), divisions=divisions, place_words=(), identities=())
    archive, ledger = Archive(folder / "archive"), Ledger(folder / "round")
    round_ = SimpleNamespace(archive=archive, ledger=ledger, progress=silent, pack=pack, as_of="2026-03-31T00:00:00Z")
    return cast(Round, cast(Any, round_))


def probe(archive: Archive, number: int, body: bytes, status: int = 200) -> Row:
    url = f"https://a.example/{number}.csv"
    answer = Answer(
        requested_url=url, final_url=url, status=status, headers={"content-type": "text/csv"}, blob=archive.keep(body)
    )
    return probe_row(f"r{number:03d}", url, answer, second_look=False)


@pytest.fixture
def fetched(tmp_path: Path) -> Round:
    """Units of five answers each: tables, a document, prose, an error page; the first has numbers of persons as well."""
    round_ = opened(tmp_path)
    persons = "llave;monto\n" + "".join(f"{number};{n}\n" for n, number in enumerate(valid_numbers(40)))
    for unit in range(UNITS):
        numbers = range(unit * 5, unit * 5 + 5)
        bodies = [b"a;b\n" + b"%d;x\n" % n * 9 for n in numbers[:3]] + [b'[{"a": 1}]', "Sólo prosa aquí.".encode()]
        rows = [("probes", probe(round_.archive, n, body)) for n, body in zip(numbers, bodies, strict=True)]
        rows.append(("probes", probe(round_.archive, 900 + unit, b"<html>gone</html>", 404)))
        if unit == 0:
            rows.append(("probes", probe(round_.archive, 800, persons.encode())))
        round_.ledger.write("fetch", f"unit-{unit}", rows)
    return round_


def parts(round_: Round) -> dict[str, list[tuple[str, Row]]]:
    """The rows of every part; the order of the names in a row depends on who wrote it, and says nothing."""
    return {path.name: list(read_part(path)) for path in round_.ledger.parts("inspect")}


def in_one(round_: Round, monkeypatch: pytest.MonkeyPatch) -> dict[str, list[tuple[str, Row]]]:
    """The parts that one process writes, which are removed again."""
    with monkeypatch.context() as patched:
        patched.setattr(inspecting, "ALONE", UNITS)
        inspecting.inspect(round_)
    found = parts(round_)
    for path in round_.ledger.parts("inspect"):
        path.unlink()
    return found


@pytest.fixture
def beside(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inspecting, "ALONE", 0)
    monkeypatch.setattr(inspecting, "PROCESSES", 2)


@pytest.mark.usefixtures("beside")
def test_several_processes_write_the_parts_of_one(fetched: Round, monkeypatch: pytest.MonkeyPatch) -> None:
    expected = in_one(fetched, monkeypatch)
    inspecting.inspect(fetched)
    assert len(expected) == UNITS
    assert parts(fetched) == expected
    columns = [row for _, row in fetched.ledger.rows("inspect", "columns") if row["resource_id"] == "r800"]
    assert [row["personal"] for row in columns] == ["identity_number", None]


@pytest.mark.usefixtures("beside")
def test_large_bodies_are_inspected_one_after_the_other_and_alike(
    fetched: Round, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = in_one(fetched, monkeypatch)
    monkeypatch.setattr(inspecting, "LARGE", 1)
    inspecting.inspect(fetched)
    assert parts(fetched) == expected


@pytest.mark.usefixtures("beside")
def test_units_of_a_process_that_dies_are_inspected_here(fetched: Round, monkeypatch: pytest.MonkeyPatch) -> None:
    expected = in_one(fetched, monkeypatch)
    here, original = os.getpid(), inspecting.inspect_bytes

    def dying(data: bytes, **more: Any) -> Inspection:
        if os.getpid() != here:
            os.kill(os.getpid(), signal.SIGKILL)
        return original(data, **more)

    monkeypatch.setattr(inspecting, "inspect_bytes", dying)
    inspecting.inspect(fetched)
    assert parts(fetched) == expected


@pytest.mark.usefixtures("beside")
def test_bytes_that_the_archive_lost_are_our_own_fault(fetched: Round) -> None:
    for path in fetched.archive.folder.glob("blobs/*/*"):
        path.unlink()
    with pytest.raises(StoreError, match="archive"):
        inspecting.inspect(fetched)


DYING = """
import os, signal, sys
from pathlib import Path
sys.path.insert(0, sys.argv[2])
from atalaya.rounds import inspecting, processes
from tests.rounds.test_inspecting import opened
inspecting.ALONE, inspecting.PROCESSES = 0, 2
round_ = opened(Path(sys.argv[1]))
original = processes._Worker.__init__
def started(worker, work):
    original(worker, work)
    print(worker.process.pid, flush=True)
processes._Worker.__init__ = started
def told(stage, done, total):
    if done == 3:
        os.kill(os.getpid(), signal.SIGKILL)
object.__setattr__(round_, "progress", told)
inspecting.inspect(round_)
"""


def test_a_killed_round_goes_on_and_its_processes_end(
    fetched: Round, tmp_path: Path, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = in_one(fetched, monkeypatch)
    command = [sys.executable, "-c", DYING, str(tmp_path), str(project)]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=False)
    assert done.returncode == -signal.SIGKILL
    assert 3 <= len(parts(fetched)) < UNITS
    helpers = [int(line) for line in done.stdout.split()]
    assert len(helpers) == 2
    deadline = time.monotonic() + 30
    while any(map(runs, helpers)):
        assert time.monotonic() < deadline, "a process outlives its round"
        time.sleep(0.05)
    inspecting.inspect(fetched)
    assert parts(fetched) == expected


def runs(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    stat = Path(f"/proc/{pid}/stat")
    return not stat.exists() or stat.read_text().rpartition(")")[2].split()[0] != "Z"

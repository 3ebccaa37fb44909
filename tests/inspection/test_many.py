"""Many files side by side: what is told of each is what is told of it alone, in order, whatever happens to the processes."""

import os
import pickle
import signal
import sys
from datetime import date
from pathlib import Path

import pytest

from atalaya.cli.inspect import limits_of
from atalaya.countries.reader import find_pack, read_pack
from atalaya.inspection import many, workers
from atalaya.inspection.inspector import inspect_file
from atalaya.inspection.limits import Limits
from atalaya.inspection.many import Target, inspect_files

forks = pytest.mark.skipif(sys.platform != "linux", reason="processes are not forked here")


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    """Files of several kinds; that of the highest number comes first."""
    paths = [tmp_path / f"{number:02}.csv" for number in range(40, 0, -1)]
    for number, path in enumerate(paths):
        path.write_text("codigo;monto\n" + "".join(f"{row:03};{row * number}\n" for row in range(number)))
    (tmp_path / "07.csv").write_bytes(b"PK\x03\x04 no archive")
    (tmp_path / "09.csv").write_bytes(b"")
    return paths


def forked(monkeypatch: pytest.MonkeyPatch, deadly: str) -> None:
    """Let every process die over a file of this name."""
    parent = os.getpid()

    def inspect(path: Path, **options: object) -> object:
        if path.name == deadly:
            assert os.getpid() != parent
            os.kill(os.getpid(), signal.SIGKILL)
        return inspect_file(path, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(workers, "method", lambda: "fork")
    monkeypatch.setattr(many, "inspect_file", inspect)


@pytest.mark.parametrize("processes", [1, 3])
def test_each_is_told_as_it_is_alone_and_in_order(processes: int, files: list[Path]) -> None:
    assert list(inspect_files(files, processes=processes)) == [(path, inspect_file(path)) for path in files]


def test_processes_that_share_nothing_tell_the_same(files: list[Path], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "method", lambda: "spawn")
    limits = limits_of(read_pack(find_pack("gt")), date(2025, 1, 1))
    told = list(inspect_files(files[:4], limits=limits, processes=2))
    assert told == [(path, inspect_file(path, limits=limits)) for path in files[:4]]


@forks
def test_a_file_over_which_a_process_dies_is_told_so(files: list[Path], monkeypatch: pytest.MonkeyPatch) -> None:
    forked(monkeypatch, files[11].name)
    told = dict(inspect_files(files, processes=2))
    assert list(told) == files
    dead = told.pop(files[11])
    assert [defect.code for defect in dead.defects] == ["unreadable"]
    assert dead.tables == ()
    assert (dead.size, dead.sha256) == (files[11].stat().st_size, inspect_file(files[11]).sha256)
    assert told == {path: inspect_file(path) for path in files if path != files[11]}


@forks
def test_a_process_that_dies_once_changes_nothing(
    files: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    once = tmp_path / "once"

    def inspect(path: Path, **options: object) -> object:
        if path == files[5] and not once.exists():
            once.touch()
            os.kill(os.getpid(), signal.SIGKILL)
        return inspect_file(path, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(workers, "method", lambda: "fork")
    monkeypatch.setattr(many, "inspect_file", inspect)
    assert [found for _, found in inspect_files(files, processes=2)] == list(map(inspect_file, files))


def test_a_file_that_cannot_be_opened_is_raised_in_its_turn(files: list[Path]) -> None:
    told = inspect_files([*files[:3], files[0].with_name("nothing.csv"), files[4]], processes=2)
    assert [path for path, _ in (next(told), next(told), next(told))] == files[:3]
    with pytest.raises(FileNotFoundError, match=r"nothing\.csv"):
        next(told)


def test_what_our_own_fault_raises_is_raised(files: list[Path], monkeypatch: pytest.MonkeyPatch) -> None:
    def inspect(_path: Path, **_options: object) -> object:
        raise RuntimeError("a fault of ours")

    monkeypatch.setattr(many, "inspect_file", inspect)
    monkeypatch.setattr(workers, "method", lambda: "fork")
    with pytest.raises(RuntimeError, match="a fault of ours"):
        list(inspect_files(files, processes=2))


def test_a_folder_stands_for_its_files(files: list[Path], tmp_path: Path) -> None:
    (tmp_path / "inside").mkdir()
    (tmp_path / "inside" / "a.csv").write_text("a,b\n1,2\n3,4\n")
    (tmp_path / ".hidden").write_text("x")
    found = [path for path, _ in inspect_files([str(tmp_path)], limits=Limits(described=False))]
    assert found == [*sorted(files), tmp_path / "inside" / "a.csv"]


def test_a_name_and_a_media_type_break_ties(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("a,b\n")
    (tmp_path / "b.csv").write_text("a,b\n")
    told = inspect_files([Target(tmp_path / "a", media_type="text/csv"), tmp_path / "b.csv"], processes=2)
    assert [found.format for _, found in told] == ["csv", "csv"]
    assert inspect_file(tmp_path / "a").format == "txt"


def test_large_files_are_inspected_one_after_the_other(files: list[Path], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(many, "LARGE", 300)
    jobs = many._jobs(list(map(Target, files)), 2)
    assert [target.path for job in jobs for target in job.targets] == files
    large = [number for number, job in enumerate(jobs) if job.large]
    assert large
    assert all(len(jobs[number].targets) == 1 for number in large)
    left = {number: jobs[number] for number in range(large[0], len(jobs))}
    assert many._next(left, large[0], 50, jobs, []) == large[0]
    left.pop(large[0])
    assert many._next(left, large[0], 50, jobs, [large[0]]) not in large


def test_what_a_country_knows_can_be_given_to_processes() -> None:
    limits = limits_of(read_pack(find_pack("gt")), date(2025, 1, 1))
    again = pickle.loads(pickle.dumps(limits))
    assert len(limits.identities) == len(again.identities) > 0
    assert again.knowledge.as_of == date(2025, 1, 1)

"""Small bodies that wait: readable at once, durable together, lost as a whole or not at all."""

import hashlib
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import pytest

import atalaya.store.settling
from atalaya.exceptions import StoreError
from atalaya.store.archive import Archive, Blob
from atalaya.store.blobfile import PIECE

MOMENT = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    return Archive(tmp_path / "archive")


def later(archive: Archive, body: bytes) -> Blob:
    with archive.writer(10 * PIECE, later=True) as writer:
        writer.write(body)
        return writer.commit()


def on_disk(archive: Archive) -> set[str]:
    return set(Archive(archive.folder).hashes())


def test_a_waiting_body_is_read_before_it_is_on_the_disk(archive: Archive) -> None:
    blob = later(archive, b"a,b\n1,2\n")
    assert on_disk(archive) == set()
    assert archive.has(blob.sha256)
    assert archive.read(blob.sha256) == b"a,b\n1,2\n"
    assert archive.blob(blob.sha256) == blob
    assert archive.ends(blob.sha256) == (b"a,b\n1,2\n", b"")


def test_settling_brings_all_that_waits_to_the_disk(archive: Archive) -> None:
    blobs = [later(archive, b"body %d" % number) for number in range(150)]
    archive.settle()
    other = Archive(archive.folder)
    assert set(other.hashes()) == {blob.sha256 for blob in blobs}
    assert other.verify().faults == ()
    assert [other.read(blob.sha256) for blob in blobs] == [b"body %d" % number for number in range(150)]
    assert list(archive.folder.glob("tmp/*")) == []


def test_a_settled_file_is_the_file_of_a_body_kept_at_once(archive: Archive, tmp_path: Path) -> None:
    blob = later(archive, b"x" * 5000)
    archive.settle()
    other = Archive(tmp_path / "other")
    other.keep(b"x" * 5000)
    name = f"blobs/{blob.sha256[:2]}/{blob.sha256}.zst"
    assert (archive.folder / name).read_bytes() == (other.folder / name).read_bytes()


@pytest.mark.parametrize("size", [PIECE, PIECE + 1, 20 * PIECE])
def test_long_bodies_do_not_wait(archive: Archive, size: int) -> None:
    assert later(archive, b"x" * size).sha256 in on_disk(archive)


def test_bodies_above_what_may_wait_are_written_at_once(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(atalaya.store.settling, "MOST", 10)
    first, second = later(archive, b"8 bytes."), later(archive, b"8 more b")
    assert on_disk(archive) == {second.sha256}
    archive.settle()
    assert on_disk(archive) == {first.sha256, second.sha256}


def test_what_was_withdrawn_while_it_waited_is_not_written(archive: Archive) -> None:
    blob = later(archive, b"private")
    archive.withdraw(blob.sha256, "asked", MOMENT)
    archive.settle()
    assert archive.verify().faults == ()
    assert not archive.has(blob.sha256)
    assert later(archive, b"private").kept == "withdrawn"


def test_a_file_without_its_end_is_replaced(archive: Archive) -> None:
    blob = archive.keep(b"whole again")
    (path,) = archive.folder.glob("blobs/*/*")
    path.write_bytes(path.read_bytes()[:20])
    later(archive, b"whole again")
    archive.settle()
    assert Archive(archive.folder).read(blob.sha256) == b"whole again"


def test_a_disk_that_refuses_leaves_bodies_waiting(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    blob = later(archive, b"kept")

    def refuse(_handle: int) -> None:
        raise OSError(28, "no space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", refuse)
        with pytest.raises(StoreError, match="no space"):
            archive.settle()
    assert archive.read(blob.sha256) == b"kept"
    archive.settle()
    assert on_disk(archive) == {blob.sha256}


def test_settling_in_many_threads_returns_when_all_is_durable(archive: Archive) -> None:
    def one(number: int) -> bool:
        blob = later(archive, b"body %d" % (number % 40))
        archive.settle()
        return (archive.folder / "blobs" / blob.sha256[:2] / f"{blob.sha256}.zst").exists()

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(one, range(80)))
    assert archive.verify().faults == ()


DYING = """
import os, signal, sys
from pathlib import Path
from atalaya.store.archive import Archive
import atalaya.store.settling
archive = Archive(Path(sys.argv[1]))
for number in range(100):
    with archive.writer(1000, later=True) as writer:
        writer.write(b"body %d" % number)
        writer.commit()
    if number == 49:
        archive.settle()
calls = 0
settling = atalaya.store.settling
place, name = {"fsync": (os, "fsync"), "move": (settling, "move"), "sync": (settling, "sync_folder")}[sys.argv[2]]
original = getattr(place, name)
def dying(*args):
    global calls
    calls += 1
    if calls == 20:
        os.kill(os.getpid(), signal.SIGKILL)
    return original(*args)
setattr(place, name, dying)
archive.settle()
"""


@pytest.mark.parametrize("moment", ["fsync", "move", "sync"])
def test_death_while_settling_leaves_only_whole_blobs(tmp_path: Path, moment: str) -> None:
    folder = tmp_path / "archive"
    done = subprocess.run([sys.executable, "-c", DYING, str(folder), moment], check=False)
    assert done.returncode == -9
    archive = Archive(folder)
    acknowledged = {hashlib.sha256(b"body %d" % number).hexdigest() for number in range(50)}
    assert acknowledged <= set(archive.hashes())
    assert archive.verify().faults == ()
    archive.keep(b"the next process sweeps what the dead one left")
    assert list(folder.glob("tmp/*")) == []

"""The archive keeps bytes once, whole or by their ends, and survives death at any moment."""

import hashlib
import itertools
import json
import os
import random
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from atalaya.exceptions import IntegrityError, StoreError
from atalaya.store.archive import END, Archive, Blob
from atalaya.store.blobfile import CLOSING

MOMENT = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
LIMIT = 3 * END


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    return Archive(tmp_path / "archive")


def noise(size: int, seed: int = 1) -> bytes:
    return random.Random(seed).randbytes(size)


def files(archive: Archive) -> list[Path]:
    return sorted(path for path in archive.folder.rglob("*") if path.is_file() and path.name != "lock")


@pytest.mark.parametrize("size", [0, 1, 1000, 131_071, 131_072, 131_073, END, LIMIT])
def test_a_body_up_to_the_limit_is_kept_whole(archive: Archive, size: int) -> None:
    body = noise(size)
    blob = archive.keep(body, LIMIT)
    assert blob == Blob(hashlib.sha256(body).hexdigest(), size, "whole")
    assert archive.read(blob.sha256) == body
    assert archive.blob(blob.sha256) == blob
    assert archive.verify().faults == ()


def test_a_body_above_the_limit_keeps_head_and_tail(archive: Archive) -> None:
    body = noise(LIMIT + 1)
    blob = archive.keep(body, LIMIT)
    assert blob == Blob(hashlib.sha256(body).hexdigest(), LIMIT + 1, "ends")
    assert archive.ends(blob.sha256) == (body[:END], body[-END:])
    assert archive.read(blob.sha256) == body[:END] + body[-END:]
    assert archive.verify().faults == ()


@settings(max_examples=40, deadline=None)
@given(body=st.binary(max_size=600), limit=st.integers(2, 500), cuts=st.lists(st.integers(0, 600), max_size=6))
def test_how_a_body_arrives_changes_nothing(
    tmp_path_factory: pytest.TempPathFactory, body: bytes, limit: int, cuts: list[int]
) -> None:
    archive = Archive(tmp_path_factory.mktemp("archive"))
    edges = [0, *sorted(min(cut, len(body)) for cut in cuts), len(body)]
    with archive.writer(limit) as writer:
        for start, end in itertools.pairwise(edges):
            writer.write(body[start:end])
        blob = writer.commit()
    whole = len(body) <= limit
    assert blob == Blob(hashlib.sha256(body).hexdigest(), len(body), "whole" if whole else "ends")
    end = limit // 2
    assert archive.read(blob.sha256) == (body if whole else body[:end] + body[-end:])


def test_the_same_bytes_give_the_same_file_however_they_arrive(tmp_path: Path) -> None:
    body = noise(700_000) + b"datos abiertos " * 40_000
    stored = []
    for name, step in (("a", 1_000_003), ("b", 1_217)):
        archive = Archive(tmp_path / name)
        with archive.writer(LIMIT) as writer:
            for start in range(0, len(body), step):
                writer.write(body[start : start + step])
            writer.commit()
        stored.append([path.read_bytes() for path in files(archive)])
    assert stored[0] == stored[1]


def test_a_blob_is_read_by_any_zstandard_tool(archive: Archive, tmp_path: Path) -> None:
    blob = archive.keep(b"codigo,nombre\n01,Guatemala\n")
    (path,) = files(archive)
    tool = subprocess.run(["zstd", "-dc", str(path)], capture_output=True, check=False)
    if tool.returncode == 127:  # pragma: no cover - the tool is absent
        pytest.skip("zstd is not installed")
    assert hashlib.sha256(tool.stdout).hexdigest() == blob.sha256


def test_without_commit_nothing_stays(archive: Archive) -> None:
    with archive.writer(LIMIT) as writer:
        writer.write(noise(500_000))
    assert files(archive) == []


def test_an_error_inside_leaves_nothing(archive: Archive) -> None:
    def break_off() -> None:
        with archive.writer(LIMIT) as writer:
            writer.write(b"half")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        break_off()
    assert files(archive) == []


def test_the_same_body_twice_is_stored_once(archive: Archive) -> None:
    archive.keep(noise(5000))
    before = [(path, path.stat().st_mtime_ns) for path in files(archive)]
    archive.keep(noise(5000))
    assert [(path, path.stat().st_mtime_ns) for path in files(archive)] == before


def test_a_whole_copy_replaces_ends_and_never_the_other_way(archive: Archive) -> None:
    body = noise(9000)
    assert archive.keep(body, 4000).kept == "ends"
    assert archive.keep(body, 9000).kept == "whole"
    assert archive.keep(body, 4000).kept == "whole"
    assert archive.read(hashlib.sha256(body).hexdigest()) == body


def test_extract_writes_a_real_file(archive: Archive, tmp_path: Path) -> None:
    blob = archive.keep(noise(300_000))
    archive.extract(blob.sha256, tmp_path / "out")
    assert (tmp_path / "out").read_bytes() == noise(300_000)


def test_what_was_never_kept_is_an_error_of_ours(archive: Archive) -> None:
    absent = hashlib.sha256(b"absent").hexdigest()
    assert not archive.has(absent)
    for ask in (archive.blob, archive.open, archive.read):
        with pytest.raises(StoreError, match="is not in the archive"):
            ask(absent)


def test_a_withdrawn_blob_leaves_a_tombstone_that_verification_accepts(archive: Archive) -> None:
    kept, gone = archive.keep(b"public"), archive.keep(b"private")
    archive.withdraw(gone.sha256, "a person asked for it", MOMENT)
    archive.withdraw(gone.sha256, "twice", MOMENT)
    assert (archive.class_of(kept.sha256), archive.class_of(gone.sha256)) == ("public", "withdrawn")
    assert not archive.has(gone.sha256)
    assert archive.blob(gone.sha256) == Blob(gone.sha256, 7, "withdrawn")
    with pytest.raises(StoreError, match="is withdrawn in the archive"):
        archive.open(gone.sha256)
    seen = archive.verify()
    assert (seen.blobs, seen.withdrawn, seen.faults) == (1, 1, ())
    (tombstone,) = archive.folder.glob("classes/*/*.json")
    record = json.loads(tombstone.read_text())
    assert (record["reason"], record["moment"]) == ("a person asked for it", "2026-03-02T08:00:00Z")


def test_withdrawn_bytes_do_not_come_back_with_the_next_round(archive: Archive) -> None:
    blob = archive.keep(b"private")
    archive.withdraw(blob.sha256, "a person asked for it", MOMENT)
    assert archive.keep(b"private").kept == "withdrawn"
    assert list(archive.folder.glob("blobs/*/*")) == []


def test_a_restricted_blob_stays_readable_and_may_be_public_again(archive: Archive) -> None:
    blob = archive.keep(b"with names")
    archive.classify(blob.sha256, "restricted", "under review", MOMENT)
    assert (archive.class_of(blob.sha256), archive.read(blob.sha256)) == ("restricted", b"with names")
    archive.classify(blob.sha256, "public", "reviewed", MOMENT)
    assert archive.class_of(blob.sha256) == "public"
    assert archive.verify().faults == ()


def spoil(path: Path, place: int) -> None:
    data = bytearray(path.read_bytes())
    data[place] ^= 0xFF
    path.write_bytes(data)


@pytest.mark.parametrize("kept", ["whole", "ends"])
@pytest.mark.parametrize("place", [30, 900, -CLOSING + 20, -CLOSING - 3])
def test_verification_finds_a_changed_byte(archive: Archive, kept: str, place: int) -> None:
    blob = archive.keep(noise(4000), 4000 if kept == "whole" else 3000)
    assert blob.kept == kept
    (path,) = files(archive)
    spoil(path, place)
    (fault,) = archive.verify().faults
    assert fault.sha256 == blob.sha256


def test_verification_finds_bytes_under_a_false_name(archive: Archive) -> None:
    blob = archive.keep(b"true")
    (path,) = files(archive)
    false = hashlib.sha256(b"false").hexdigest()
    target = archive.folder / "blobs" / false[:2] / f"{false}.zst"
    target.parent.mkdir(exist_ok=True)
    path.rename(target)
    (fault,) = archive.verify().faults
    assert (fault.code, fault.sha256) == ("hash_differs", false)
    assert not archive.has(blob.sha256)


def test_verification_finds_a_withdrawal_that_a_dying_process_left(archive: Archive) -> None:
    blob = archive.keep(b"private")
    (path,) = files(archive)
    stored = path.read_bytes()
    archive.withdraw(blob.sha256, "asked", MOMENT)
    path.write_bytes(stored)
    assert [fault.code for fault in archive.verify().faults] == ["withdrawal_unfinished"]
    archive.withdraw(blob.sha256, "asked", MOMENT)
    assert archive.verify().faults == ()


def test_a_truncated_blob_is_told_when_it_is_read(archive: Archive) -> None:
    blob = archive.keep(noise(400_000))
    (path,) = files(archive)
    spoil(path, 100_000)
    with pytest.raises(IntegrityError, match="damaged"):
        archive.read(blob.sha256)


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "archive").write_text("a file")
    with pytest.raises(StoreError, match=str(tmp_path / "archive")):
        Archive(tmp_path / "archive").keep(b"x")


def test_many_writers_at_once_keep_every_body(archive: Archive) -> None:
    bodies = [noise(3000 + n % 7, seed=n % 11) for n in range(60)]
    with ThreadPoolExecutor(8) as pool:
        blobs = list(pool.map(archive.keep, bodies))
    assert {blob.sha256 for blob in blobs} == set(archive.hashes())
    assert archive.verify().faults == ()
    assert list(archive.folder.glob("tmp/*")) == []


WRITER = """
import sys
from pathlib import Path
from atalaya.store.archive import Archive
archive = Archive(Path(sys.argv[1]))
number = 0
while True:
    with archive.writer(400_000) as writer:
        for _ in range(20):
            writer.write(number.to_bytes(4, "big") * 8_000)
        if number == 0:
            print("begun", flush=True)
        writer.commit()
    number += 1
"""


@pytest.mark.parametrize("moment", range(6))
def test_death_at_any_moment_leaves_only_whole_blobs(tmp_path: Path, moment: int) -> None:
    folder = tmp_path / "archive"
    process = subprocess.Popen([sys.executable, "-c", WRITER, str(folder)], stdout=subprocess.PIPE)
    assert process.stdout is not None
    with process, process.stdout:
        process.stdout.readline()
        time.sleep(0.02 + 0.013 * moment)
        os.kill(process.pid, signal.SIGKILL)
    archive = Archive(folder)
    assert archive.verify().faults == ()
    archive.keep(b"the next process sweeps what the dead one left")
    assert list(folder.glob("tmp/*")) == []


def test_sweeping_spares_the_files_of_the_living(archive: Archive) -> None:
    with archive.writer(LIMIT) as writer:
        writer.write(noise(200_000))
        Archive(archive.folder).keep(b"another process begins")
        blob = writer.commit()
    assert archive.read(blob.sha256) == noise(200_000)

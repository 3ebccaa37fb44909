"""Backups: what is copied, what is copied once, what is found damaged, and what a killed process leaves."""

import json
import os
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from atalaya.cli import atalaya
from atalaya.exceptions import IntegrityError, StoreError
from atalaya.store import home as home_module
from atalaya.store.archive import Archive
from atalaya.store.backup_manifest import backup_names, read_manifest
from atalaya.store.backups import Copier, claim_place, keep_newest, kept_files, verify, without_withdrawn
from atalaya.store.depots import depot_at
from atalaya.store.restoring import new_home
from atalaya.store.sealed_keys import seal, unseal
from tests.patience import PATIENCE

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home folder with something of everything, and no portal."""
    home = tmp_path / "home"
    archive = Archive(home / "archive")
    for number in range(5):
        archive.keep(f"a,b\n{number},2\n".encode())
    for name in ("observations/zz/one/manifest.json", "decisions/zz.jsonl", "files/ab/upload", "mail/letter.log"):
        (home / name).parent.mkdir(parents=True, exist_ok=True)
        (home / name).write_text(name)
    for name in ("gate/host", "answers/page", "derived/1/file", "observations/zz/one/parts/a.jsonl.zst.7.unfinished"):
        (home / name).parent.mkdir(parents=True, exist_ok=True)
        (home / name).write_text("made anew")
    (home / "keys").mkdir()
    (home / "keys" / "ed25519.pem").write_text("a secret")
    (home / "portal.key").write_text("another secret")
    return home


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    path = tmp_path / "passphrase"
    path.write_text("correct horse battery\n")
    return path


def run(*words: object) -> Result:
    return CliRunner().invoke(atalaya, [str(word) for word in words])


def told(result: Result) -> dict[str, object]:
    assert result.exit_code == 0, (result.output, result.exception)
    found: dict[str, object] = json.loads(result.output)
    return found


def contents(home: Path) -> dict[str, bytes]:
    """Everything of a home folder that must come back."""
    lost = ("gate", "answers", "derived")
    return {
        path.relative_to(home).as_posix(): path.read_bytes()
        for path in home.rglob("*")
        if path.is_file()
        and path.relative_to(home).parts[0] not in lost
        and path.name != "lock"
        and path.suffix != ".unfinished"
    }


def make(home: Path, place: Path, *more: object) -> dict[str, object]:
    time.sleep(1.01)  # a backup is named after its second
    return told(run("backup", place, "--keys", "left-out", "--home", home, "--json", *more))


@pytest.mark.parametrize("address", ["{}/backups", "file://{}/backups", "memory://{}/backups"])
def test_a_home_comes_back_with_its_keys(home: Path, secret: Path, tmp_path: Path, address: str) -> None:
    place = address.format(tmp_path)
    before = contents(home)
    keys = ("--passphrase-file", secret)
    made = told(run("backup", place, "--keys", "encrypted", *keys, "--home", home, "--json"))
    assert made["keys"] == "encrypted"
    back = told(run("restore", place, *keys, "--home", tmp_path / "back", "--json"))
    assert back["keys"] == ["keys/ed25519.pem", "portal.key"]
    assert contents(tmp_path / "back") == before
    assert (tmp_path / "back" / "portal.key").stat().st_mode & 0o777 == 0o600
    assert not Archive(tmp_path / "back" / "archive").verify().faults


def test_no_key_stands_in_the_open(home: Path, secret: Path, tmp_path: Path) -> None:
    told(run("backup", tmp_path / "b", "--keys", "encrypted", "--passphrase-file", secret, "--home", home, "--json"))
    for path in (tmp_path / "b").rglob("*"):
        assert not path.is_file() or b"secret" not in path.read_bytes()


def test_keys_left_out_are_told(home: Path, tmp_path: Path) -> None:
    result = run("backup", tmp_path / "b", "--keys", "left-out", "--home", home)
    assert "keys are NOT in it" in result.output
    assert run("restore", tmp_path / "b", "--home", tmp_path / "back").exit_code == 0
    assert not (tmp_path / "back" / "keys").exists()
    refused = run("backup", tmp_path / "c", "--home", home)
    assert refused.exit_code == 2
    assert "--keys" in refused.output


def test_only_what_is_new_is_copied(home: Path, tmp_path: Path) -> None:
    first = make(home, tmp_path / "b")
    (home / "mail" / "second.log").write_text("another letter")
    (home / "mail" / "third.log").write_text("another letter")
    second = make(home, tmp_path / "b")
    assert second["files"] == int(str(first["files"])) + 2
    assert second["copied"] == 1


def test_a_file_of_the_same_age_and_size_is_seen_by_a_thorough_backup(home: Path, tmp_path: Path) -> None:
    make(home, tmp_path / "b")
    letter = home / "mail" / "letter.log"
    moment = letter.stat().st_mtime_ns
    letter.write_text("x" * letter.stat().st_size)
    os.utime(letter, ns=(moment, moment))
    assert make(home, tmp_path / "b")["copied"] == 0
    assert make(home, tmp_path / "b", "--thorough")["copied"] == 1


def test_damage_is_found_before_anything_is_restored(home: Path, tmp_path: Path) -> None:
    make(home, tmp_path / "b")
    victim = max((tmp_path / "b" / "objects").rglob("*"), key=lambda path: path.is_file() and path.stat().st_size)
    body = victim.read_bytes()
    for damaged in (body[:-1] + b"?", b"", None):
        victim.unlink(missing_ok=True)
        if damaged is not None:
            victim.write_bytes(damaged)
        assert isinstance(run("backups", "verify", tmp_path / "b").exception, IntegrityError)
        refused = run("restore", tmp_path / "b", "--home", tmp_path / "back")
        assert isinstance(refused.exception, IntegrityError)
        assert victim.name in str(refused.exception) or "lacks the bytes" in str(refused.exception)
        assert not (tmp_path / "back").exists()
        assert not list(tmp_path.glob("back*"))
    victim.write_bytes(body)
    assert run("backups", "verify", tmp_path / "b").exit_code == 0


def test_a_changed_manifest_is_refused(home: Path, tmp_path: Path) -> None:
    made = make(home, tmp_path / "b")
    place = tmp_path / "b" / "backups" / f"{made['backup']}.json"
    place.write_text(place.read_text().replace("mail/letter.log", "mail/../../x.log"))
    assert "was changed" in str(run("restore", tmp_path / "b", "--home", tmp_path / "back").exception)


def test_nothing_is_overwritten(home: Path, tmp_path: Path) -> None:
    make(home, tmp_path / "b")
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "mine").write_text("mine")
    assert "is not empty" in str(run("restore", tmp_path / "b", "--home", tmp_path / "other").exception)
    assert "no backups" in str(run("backup", tmp_path / "other", "--keys", "left-out", "--home", home).exception)
    assert [path.name for path in (tmp_path / "other").iterdir()] == ["mine"]
    inside = run("backup", home / "backups", "--keys", "left-out", "--home", home)
    assert "lies in the home folder" in str(inside.exception)


def test_another_passphrase_opens_nothing() -> None:
    envelope = seal({"keys/a": b"secret"}, "correct horse battery")
    assert unseal(envelope, "correct horse battery") == {"keys/a": b"secret"}
    with pytest.raises(StoreError, match="do not open"):
        unseal(envelope, "correct horse batterie")
    with pytest.raises(IntegrityError):
        unseal(envelope[:-40], "correct horse battery")
    with pytest.raises(StoreError, match="longer"):
        seal({}, "short")


def test_only_the_newest_stay(home: Path, tmp_path: Path) -> None:
    make(home, tmp_path / "b")
    (home / "mail" / "letter.log").write_text("changed")
    second = make(home, tmp_path / "b")
    kept = told(run("backups", "keep", tmp_path / "b", 1, "--json"))
    assert (len(kept["removed"]), kept["removed_objects"]) == (1, 1)  # type: ignore[arg-type]
    assert backup_names(depot_at(str(tmp_path / "b"))) == (second["backup"],)
    assert run("backups", "verify", tmp_path / "b").exit_code == 0


def test_nothing_is_removed_while_a_backup_is_made(home: Path, tmp_path: Path) -> None:
    make(home, tmp_path / "b")
    depot = depot_at(str(tmp_path / "b"))
    depot.write("running/x.json", lambda stream: stream.write(b'{"began": "2026-03-01T11:00:00Z"}'))
    with pytest.raises(StoreError, match="being written to"):
        keep_newest(depot, 1, NOON)
    assert keep_newest(depot, 1, NOON.replace(day=9)) == ((), 0)


def test_a_blob_withdrawn_meanwhile_stays_a_tombstone(home: Path, tmp_path: Path) -> None:
    depot = depot_at(str(tmp_path / "b"))
    claim_place(depot)
    copier, archive = Copier(depot, {}), Archive(home / "archive")
    victim = archive.hashes()[0]
    entries = []
    for path in kept_files(home):
        if path.name == "lock" or (path.parent.name and path.parts[-3:-2] == ("classes",)):
            continue
        entries.append(copier.add_file(home, path))
    archive.withdraw(victim, "asked for", NOON)
    entries += [copier.add_file(home, path) for path in kept_files(home) if "classes" in path.parts]
    found = without_withdrawn((entry for entry in entries if entry is not None), home)
    assert f"archive/classes/{victim[:2]}/{victim}.json" in {entry.path for entry in found}
    assert f"archive/blobs/{victim[:2]}/{victim}.zst" not in {entry.path for entry in found}


def test_a_later_version_s_home_is_refused(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (home / "format.json").write_text('{"format": 2, "version": "9.0"}')
    result = run("backup", tmp_path / "b", "--keys", "left-out", "--home", home)
    assert "install 9.0 or later" in str(result.exception)
    monkeypatch.setattr(home_module, "FORMAT", 2)
    made = make(home, tmp_path / "b")
    monkeypatch.undo()
    assert read_manifest(depot_at(str(tmp_path / "b")), str(made["backup"])).home_format == 2
    refused = run("restore", tmp_path / "b", "--home", tmp_path / "back")
    assert "restore it with" in str(refused.exception)


def test_a_killed_backup_is_none_and_the_next_one_is_whole(home: Path, tmp_path: Path) -> None:
    first = make(home, tmp_path / "b")
    for number in range(3_000):
        (home / "mail" / f"{number}.log").write_text(f"letter {number}")
    command = [
        sys.executable,
        "-m",
        "atalaya",
        "backup",
        str(tmp_path / "b"),
        "--keys",
        "left-out",
        "--home",
        str(home),
    ]
    time.sleep(1.01)  # as in `make`
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    before = sum(1 for _ in (tmp_path / "b" / "objects").rglob("*"))
    until = time.monotonic() + PATIENCE
    while sum(1 for _ in (tmp_path / "b" / "objects").rglob("*")) < before + 200:
        assert process.poll() is None, "the backup ended before it could be killed"
        assert time.monotonic() < until
        time.sleep(0.02)
    process.send_signal(signal.SIGKILL)
    process.wait()
    depot = depot_at(str(tmp_path / "b"))
    assert backup_names(depot) == (first["backup"],)
    verify(depot, read_manifest(depot, str(first["backup"])))
    second = make(home, tmp_path / "b")
    assert 0 < int(str(second["copied"])) < 3_000
    verify(depot, read_manifest(depot, str(second["backup"])))


def test_a_restore_that_fails_leaves_no_home(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError), new_home(tmp_path / "home") as folder:
        (folder / "no such folder" / "half").write_text("half")
    assert list(tmp_path.iterdir()) == []
    (tmp_path / "home.restoring").mkdir()  # of a killed process
    (tmp_path / "home.restoring" / "half").write_text("half")
    with new_home(tmp_path / "home") as folder:
        (folder / "whole").write_text("whole")
    assert [path.name for path in (tmp_path / "home").iterdir()] == ["whole"]

"""Derived files are made once by a process that can be ended; what cannot be made is remembered, and nobody waits for ever."""

import fcntl
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from atalaya.portal.derived import making
from atalaya.portal.derived.making import Unmade, derived, read_made
from atalaya.store.archive import Archive
from tests.patience import PATIENCE

BODY = b"municipio,poblacion\n" + b"".join(b"M%d,%d\n" % (n, n * 3) for n in range(30))


@pytest.fixture
def kept(tmp_path: Path) -> tuple[Path, str]:
    return tmp_path, Archive(tmp_path / "archive").keep(BODY).sha256


def code(*arguments: object) -> str:
    with pytest.raises(Unmade) as raised:
        derived(*arguments)
    return raised.value.code


def test_made_once_and_then_kept(kept: tuple[Path, str], monkeypatch: pytest.MonkeyPatch) -> None:
    home, sha256 = kept
    path = derived(home, "zz", "check", [sha256], len(BODY))
    assert read_made(path) == {"read": True, "personal": False}
    monkeypatch.setattr(subprocess, "Popen", lambda *_, **__: pytest.fail("made again"))
    assert derived(home, "zz", "check", [sha256], len(BODY)) == path
    assert [each.name for each in path.parent.iterdir()] == [path.name]


def test_two_versions_are_compared_without_their_values(kept: tuple[Path, str]) -> None:
    home, sha256 = kept
    other = Archive(home / "archive").keep(BODY.replace(b"M3,9", b"M3,987654")).sha256
    path = derived(home, "zz", "compare", [sha256, other], len(BODY))
    found = read_made(path)
    assert not found["same"]
    assert any("1 row changed" in said for said in found["en"][0]["said"])
    assert any("cambió" in said for said in found["es"][0]["said"])
    assert "987654" not in path.read_text()


def test_what_is_too_large_is_not_begun(kept: tuple[Path, str]) -> None:
    home, sha256 = kept
    assert code(home, "zz", "check", [sha256], making.LARGEST + 1) == "too_large"


def test_what_takes_too_long_is_ended_and_remembered(kept: tuple[Path, str], monkeypatch: pytest.MonkeyPatch) -> None:
    home, sha256 = kept
    monkeypatch.setattr(making, "SECONDS", 0.5)
    monkeypatch.setattr(making, "sys", type("S", (), {"executable": _sleeper(home)}))
    started = time.monotonic()
    assert code(home, "zz", "check", [sha256], 1) == "too_long"
    assert code(home, "zz", "check", [sha256], 1) == "too_long"
    assert time.monotonic() - started < 10
    left = [path for path in (home / "derived").rglob("*") if path.is_file()]
    assert {path.suffix for path in left if path.parent.name == "check"} == {".failed"}
    [failed] = [path for path in left if path.suffix == ".failed"]
    old = time.time() - making.REMEMBERED - 1
    os.utime(failed, (old, old))
    monkeypatch.undo()
    assert derived(home, "zz", "check", [sha256], 1).is_file()


def _sleeper(folder: Path) -> str:
    """A program that does nothing for a long time, and so does its child."""
    path = folder / "sleeper"
    path.write_text("#!/bin/sh\nsleep 60 &\nsleep 60\n")
    path.chmod(0o755)
    return str(path)


def test_what_cannot_be_made_is_said(kept: tuple[Path, str]) -> None:
    home, _ = kept
    assert code(home, "zz", "repair", [Archive(home / "archive").keep(b"\x89PNG\r\n\x1a\n").sha256], 8) == "failed"
    assert code(home, "zz", "check", ["0" * 64], 8) == "failed"


def test_who_comes_while_another_file_is_made_is_told(kept: tuple[Path, str]) -> None:
    home, sha256 = kept
    (home / "derived").mkdir()
    with (home / "derived" / "slot-0").open("ab") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        assert code(home, "zz", "check", [sha256], 1) == "busy"
    assert derived(home, "zz", "check", [sha256], 1).is_file()


def test_the_oldest_are_forgotten_beyond_the_budget(kept: tuple[Path, str], monkeypatch: pytest.MonkeyPatch) -> None:
    home, sha256 = kept
    first = derived(home, "zz", "check", [sha256], 1)
    os.utime(first, (1, 1))
    monkeypatch.setattr(making, "BUDGET", 40)
    second = derived(home, "zz", "check", [Archive(home / "archive").keep(BODY + b"Z,1\n").sha256], 1)
    assert second.is_file()
    assert not first.exists()


def test_a_process_of_a_home_without_archive_fails_and_writes_nothing(tmp_path: Path) -> None:
    command = [
        sys.executable,
        "-m",
        "atalaya.portal.derived.worker",
        "check",
        str(tmp_path),
        "zz",
        str(tmp_path),
        "0" * 64,
    ]
    assert subprocess.run(command, capture_output=True, timeout=PATIENCE, check=False).returncode != 0
    assert not (tmp_path / "made.json").exists()

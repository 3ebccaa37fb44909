"""The class of archived bytes on the command line."""

import json
import os
import subprocess
import sys
from pathlib import Path

from atalaya.store.archive import Archive
from tests.patience import PATIENCE


def run(home: Path, *arguments: str, code: int = 0) -> dict[str, object]:
    command = [sys.executable, "-m", "atalaya", "archive", *arguments, "--home", str(home), "--json"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE, env=dict(os.environ), check=False)
    assert done.returncode == code, done.stdout + done.stderr
    found: dict[str, object] = json.loads(done.stdout)
    return found


def test_a_file_is_shown_restricted_opened_and_withdrawn(tmp_path: Path) -> None:
    sha256 = Archive(tmp_path / "archive").keep(b"bytes").sha256
    assert run(tmp_path, "show", sha256)["class"] == "public"
    assert run(tmp_path, "restrict", sha256, "--reason", "holds names")["class"] == "restricted"
    told = run(tmp_path, "open", sha256, "--reason", "looked at")
    assert (told["class"], told["reason"]) == ("public", "looked at")
    gone = run(tmp_path, "withdraw", sha256, "--reason", "a court asked")
    assert (gone["class"], gone["kept"], gone["size"]) == ("withdrawn", "withdrawn", 5)
    assert not Archive(tmp_path / "archive").has(sha256)
    assert "was withdrawn" in str(run(tmp_path, "open", sha256, "--reason", "x", code=2)["error"])


def test_what_is_not_there_is_said(tmp_path: Path) -> None:
    assert "no SHA-256" in str(run(tmp_path, "show", "../../x", code=2)["error"])
    assert "not in the archive" in str(run(tmp_path, "show", "0" * 64, code=2)["error"])

"""A dump on the command line: made, verified and computed again by whoever has only the package."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from atalaya.history.read import Sealed
from tests.patience import PATIENCE


def run(*arguments: object, code: int = 0) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "atalaya", *(str(argument) for argument in arguments)]
    environment = {**os.environ, "ATALAYA_HOME": "/nowhere/at/all"}
    done = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE, env=environment)
    assert done.returncode == code, done.stdout + done.stderr
    return done


@pytest.fixture(scope="module")
def told(two_small_rounds: tuple[Path, list[Sealed]], tmp_path_factory: pytest.TempPathFactory) -> dict[str, object]:
    """What the command says of the dump that it made."""
    home = two_small_rounds[1][-1].folder.parents[2]
    folder = tmp_path_factory.mktemp("dump") / "made"
    done = run("observation", "dump", "latest", "--to", folder, "--home", home, "--json")
    found: dict[str, object] = json.loads(done.stdout)
    return found


def test_the_zip_alone_is_verified_and_computed_again(told: dict[str, object], tmp_path: Path) -> None:
    archive = shutil.copy(str(told["archive"]), tmp_path / "download.zip")
    checked = json.loads(run("observation", "verify", archive, "--json").stdout)
    assert checked["holds"]
    assert checked["observation"] == told["observation"]
    run("observation", "verify", archive, "--key", checked["fingerprint"])
    assert "not the one demanded" in run("observation", "verify", archive, "--key", "00" * 32, code=1).stdout
    found = json.loads(run("index", "recompute", archive, "--json").stdout)["methodologies"]
    assert found
    assert all(each["compared"] > 0 == each["differing"] for each in found)


def test_what_was_kept_back_is_told(told: dict[str, object]) -> None:
    assert told["kept_back"]["validators"] == "is of use to the reading programs only"
    assert told["kept_back"]["statements"] == {"value": "holds people's own words"}


def test_a_changed_byte_is_named_and_nothing_is_computed(told: dict[str, object], tmp_path: Path) -> None:
    folder = shutil.copytree(str(told["folder"]), tmp_path / "dump")
    path = folder / "tables" / "measures-00.parquet"
    body = bytearray(path.read_bytes())
    body[100] ^= 1
    path.write_bytes(body)
    assert "tables/measures-00.parquet was altered" in run("observation", "verify", folder, code=1).stdout
    done = run("index", "recompute", folder, code=2)
    assert "tables/measures-00.parquet was altered" in done.stderr.replace("\n", "")


def test_what_is_no_dump_is_said(tmp_path: Path) -> None:
    path = tmp_path / "x.zip"
    path.write_bytes(b"<html>not found</html>")
    for command in (("observation", "verify"), ("index", "recompute")):
        assert "cannot be unpacked" in run(*command, path, code=2).stderr.replace("\n", " ")

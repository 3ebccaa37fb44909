"""The portal's commands where something is wrong: each ends with what, where and what to do, and shows no password."""

import os
import socket
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from atalaya.exceptions import SettingsError, StoreError
from atalaya.history.read import Sealed
from tests.patience import PATIENCE


def run(*arguments: object, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "atalaya", "portal", *(str(argument) for argument in arguments)]
    return subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE, env={**os.environ, **environment})


def test_nothing_observed_is_said_with_what_to_do(tmp_path: Path) -> None:
    done = run("load", "--home", tmp_path)
    assert done.returncode == 2
    assert "holds no sealed observation of gt; run `atalaya observe` first" in done.stderr


def test_a_port_that_is_taken_is_named(tmp_path: Path) -> None:
    with closing(socket.socket()) as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = run("serve", "--port", port, "--home", tmp_path, ATALAYA_DATABASE_URL="postgresql://u@127.0.0.1:1/x")
    assert done.returncode == 2
    assert f"port {port} of 127.0.0.1 cannot be had" in done.stderr


@pytest.mark.parametrize(
    ("address", "error", "told"),
    [
        ("mysql://u:geheim@db.example/x", SettingsError, "no address of PostgreSQL"),
        ("postgresql://u:geheim@127.0.0.1:1/x", StoreError, "does not answer"),
    ],
)
def test_a_database_that_cannot_be_used_is_said_without_its_password(
    two_small_rounds: tuple[Path, list[Sealed]], address: str, error: type, told: str
) -> None:
    pack, rounds = two_small_rounds
    home = rounds[-1].folder.parents[2]
    done = run("load", "--home", home, "--country", pack, "--json", ATALAYA_DATABASE_URL=address)
    assert done.returncode == 2
    assert told in done.stdout
    assert error.__name__ in done.stdout
    assert "geheim" not in done.stdout + done.stderr

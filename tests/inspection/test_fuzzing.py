"""The harnesses of coverage-guided fuzzing: every one runs, under atheris where it is installed, and tells what it is given."""

import importlib.util
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.fuzzing.harnesses import HARNESSES, Broken, values
from tests.patience import PATIENCE

NEEDS_ATHERIS = pytest.mark.skipif(importlib.util.find_spec("atheris") is None, reason="atheris is for Linux")

BODIES = (
    b"",
    b"a,b\n1,2\n",
    b"\xff\xfe\x00",
    b"PK\x03\x04",
    b"{",
    b"<a>",
    b"1.234,5\n1,234.5\n31/12/19\n",
    b'"' * 50,
    b"\x1f\x8b\x08",
)


@pytest.mark.parametrize("name", HARNESSES)
def test_every_harness_takes_any_bytes(name: str) -> None:
    harness, _ = HARNESSES[name]
    for body in BODIES:
        harness(body)


def test_a_harness_sees_a_broken_promise(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("benchmarks.fuzzing.harnesses.parse_number", lambda _text, _mark: float("nan"))
    with pytest.raises(Broken):
        values(b"1\n2")


@NEEDS_ATHERIS
@pytest.mark.parametrize("name", ["delimited", "structured", "values"])
def test_a_short_run(name: str, project: Path, tmp_path: Path) -> None:
    for number, body in enumerate(BODIES):
        (tmp_path / str(number)).write_bytes(body)
    command = [
        sys.executable,
        "-m",
        "benchmarks.fuzzing.target",
        name,
        str(tmp_path),
        "-atheris_runs=1500",
        "-seed=1",
        "-max_len=200",
    ]
    done = subprocess.run(
        command, capture_output=True, text=True, check=False, cwd=project, timeout=PATIENCE, errors="replace"
    )
    assert done.returncode == 0, done.stderr[-2000:]
    assert "Done 1500" in done.stdout + done.stderr

"""What the repository must not hold: machine paths, download addresses, large files, leftovers."""

import re
import subprocess
from pathlib import Path

import pytest

# Written in pieces so that this file does not find itself.
MACHINE_PATH = re.compile(
    "|".join(["/wo" + "rk/", "/ho" + r"me/[a-z]+/", "/ro" + "ot/", "/Us" + "ers/", "/t" + r"mp/[a-z]+/"])
)
ADDRESS = re.compile(
    r"""(resolved["']?\s*[:=]|url\s*=\s*["']https?:|--(extra-)?index-url|registry\s*=\s*["']https?:)"""
)
MOST_BYTES = 1 << 20


@pytest.fixture(scope="module")
def tracked(project: Path) -> list[Path]:
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    done = subprocess.run(command, cwd=project, capture_output=True)
    if done.returncode:
        pytest.skip("not a git checkout")
    return [project / name for name in done.stdout.decode().split("\0") if name and (project / name).is_file()]


def text_of(path: Path) -> str:
    data = path.read_bytes()
    return "" if b"\0" in data[:4096] else data.decode("utf-8", errors="replace")


def test_no_path_of_a_machine(tracked: list[Path], project: Path) -> None:
    found = [str(path.relative_to(project)) for path in tracked if MACHINE_PATH.search(text_of(path))]
    assert not found


def test_locks_hold_no_address(project: Path) -> None:
    for lock in (project / "requirements").glob("*.lock"):
        text = lock.read_text(encoding="utf-8")
        assert "://" not in text
        assert not ADDRESS.search(text)
        assert text.count("--hash=sha256:") >= text.count("==")


def test_no_large_file(tracked: list[Path], project: Path) -> None:
    large = {
        str(path.relative_to(project)): path.stat().st_size for path in tracked if path.stat().st_size > MOST_BYTES
    }
    assert not large


def test_no_leftover(tracked: list[Path]) -> None:
    words = re.compile("\\b(TO" + "DO|FIX" + "ME|XX" + "X)\\b")
    found = [path.name for path in tracked if path.suffix == ".py" and words.search(text_of(path))]
    assert not found

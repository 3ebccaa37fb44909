"""The page that tells a newcomer how to add a check does what it says, in a copy of the project."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import atalaya
from tests.patience import PATIENCE

BLOCK = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def test_a_newcomer_adds_a_check(project: Path, tmp_path: Path) -> None:
    ignored = shutil.ignore_patterns("__pycache__", "samples")
    shutil.copytree(Path(atalaya.__file__).parent, tmp_path / "src" / "atalaya", ignore=ignored)
    shutil.copytree(project / "tests" / "checks", tmp_path / "tests" / "checks", ignore=ignored)
    for name in ("pyproject.toml", "tests/conftest.py"):
        shutil.copy(project / name, tmp_path / name)
    page = (project / "docs" / "howto" / "add-a-check.md").read_text(encoding="utf-8")
    script = "set -e\n" + re.sub(r"^\$ ", "", "".join(BLOCK.findall(page)), flags=re.MULTILINE)
    environment = {
        **os.environ,
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": str(tmp_path / "src"),
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    done = subprocess.run(
        ["sh", "-c", script], cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=PATIENCE
    )
    assert done.returncode == 0, done.stdout + done.stderr
    asked = "from atalaya.checks.registry import by_id; print(by_id('landing_page_present').version)"
    ran = subprocess.run(
        [sys.executable, "-c", asked], env=environment, capture_output=True, text=True, timeout=PATIENCE
    )
    assert ran.stdout.strip() == "1", ran.stderr
    broken = tmp_path / "src" / "atalaya" / "checks" / "dataset" / "forgotten.py"
    broken.write_text('"""A check that nobody registered."""\n')
    contract = [sys.executable, "-m", "pytest", "-q", "tests/checks/test_contract.py"]
    again = subprocess.run(contract, cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=PATIENCE)
    assert again.returncode == 1
    assert "test_every_module_is_registered" in again.stdout

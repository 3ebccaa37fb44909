"""The tutorial's commands run as they stand, in order, in an empty folder."""

import os
import re
import subprocess
import sys
from pathlib import Path

from tests.patience import PATIENCE

BLOCK = re.compile(r"^```console\n(.*?)^```", re.MULTILINE | re.DOTALL)


def test_the_first_observation_runs_as_written(project: Path, tmp_path: Path) -> None:
    page = (project / "docs" / "tutorials" / "first-observation.md").read_text(encoding="utf-8")
    commands = [line for block in BLOCK.findall(page) for line in block.splitlines()]
    assert len(commands) >= 6
    environment = {**os.environ, "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}
    for command in commands:
        done = subprocess.run(
            command.split(), cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=PATIENCE
        )
        assert done.returncode == 0, f"{command}\n{done.stdout[-1000:]}{done.stderr[-2000:]}"
    assert (tmp_path / "tables" / "outcomes.csv").stat().st_size > 100_000

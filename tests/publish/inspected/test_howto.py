"""The page that tells how to inspect a file: its commands run as they stand and show what it says."""

import os
import re
import subprocess
import sys
from pathlib import Path

from tests.patience import PATIENCE

BLOCK = re.compile(r"^```console\n(.*?)^```", re.MULTILINE | re.DOTALL)


def test_commands_run_as_written(project: Path, tmp_path: Path) -> None:
    page = (project / "docs" / "howto" / "inspect-a-file.md").read_text(encoding="utf-8")
    script = "set -e\n" + re.sub(r"^\$ ", "", "".join(BLOCK.findall(page)), flags=re.MULTILINE)
    program = tmp_path / "bin" / "atalaya"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m atalaya "$@"\n')
    program.chmod(0o755)
    environment = {**os.environ, "PATH": f"{program.parent}{os.pathsep}{os.environ['PATH']}", "COLUMNS": "80"}
    done = subprocess.run(
        ["sh"], input=script, cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=PATIENCE
    )
    assert done.returncode == 0, done.stderr[-2000:]
    told = " ".join(done.stdout.split())
    for text in (
        "compras.xls: CSV", "A name of another format (named_otherwise)", "header 3, data 4–6, notes 7", "delimiter “;”",
        "missing: 1 with “N/D”", "1,200.5", "faltan: 1 con «N/D»",
        "Both versions say the same.", "Rows were compared by A, B: together no values repeat", "1 row came (rows 6)",
        "Figures of periods before 2024 were rewritten: 1", "C3: 80 → 180", "they differ",
    ):  # fmt: skip
        assert text in told, text
    assert '<html lang="es">' in (tmp_path / "compras.html").read_text(encoding="utf-8")
    assert "datos/compras.csv" not in (tmp_path / "todo.html").read_text(encoding="utf-8")

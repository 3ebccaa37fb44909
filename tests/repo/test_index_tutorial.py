"""The tutorial of the first index does what it says: its files, its commands in order, and its lines of Python."""

import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from atalaya.cli import atalaya


def test_the_first_index_runs_as_written(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    page = (project / "docs" / "tutorials" / "first-index.md").read_text(encoding="utf-8")
    found = {
        kind: re.findall(rf"^```{kind}\n(.*?)^```", page, re.MULTILINE | re.DOTALL)
        for kind in ("csv", "yaml", "console", "python", "text")
    }
    monkeypatch.chdir(tmp_path)
    (table,), (methodology,), (commands,) = found["csv"], found["yaml"], found["console"]
    Path("towns.csv").write_text(table, encoding="utf-8")
    Path("towns.yml").write_text(methodology, encoding="utf-8")
    for line in commands.splitlines():
        done = CliRunner().invoke(atalaya, shlex.split(line)[1:], catch_exceptions=False)
        assert done.exit_code == 0, done.output
    assert Path("results/index.en.html").is_file()
    names: dict[str, object] = {}
    told = []
    for block in found["python"]:
        exec(block, names)
        told.append(capsys.readouterr().out)
    assert told[0] == found["text"][0]
    assert "office would bring" in told[2]
    assert Path("again/uncertainty.csv").is_file()

"""`atalaya sample` as a user runs it."""

import json
from pathlib import Path

from click.testing import CliRunner

from atalaya.cli.sample import COMMAND


def test_the_command_writes_a_country_and_tells_its_counts(tmp_path: Path) -> None:
    done = CliRunner().invoke(COMMAND, [str(tmp_path / "new"), "--seed", "7", "--json"])
    assert done.exit_code == 0
    told = json.loads(done.output)
    assert told["seed"] == 7
    assert told["counts"]["institutions"] == 18
    assert {path.name for path in (tmp_path / "new").iterdir()} >= {
        "country",
        "day-1",
        "day-2",
        "files",
        "labels.jsonl",
    }


def test_the_command_tells_people_the_same(tmp_path: Path) -> None:
    done = CliRunner().invoke(COMMAND, [str(tmp_path / "new")])
    assert done.exit_code == 0
    assert "institutions: 18" in done.output

"""The main job as a newcomer runs it by the tutorial: a sample country observed twice, a report that explains itself."""

import json
import os
import re
import subprocess
import sys
from collections import Counter
from contextlib import nullcontext
from html.parser import HTMLParser
from pathlib import Path

import pytest
from click.testing import CliRunner

from atalaya.cli.demo import COMMAND
from atalaya.cli.summary import summary
from atalaya.countries.reader import read_pack
from atalaya.history.read import Sealed, open_sealed
from tests.patience import PATIENCE

BLOCK = re.compile(r"^```console\n(.*?)^```", re.MULTILINE | re.DOTALL)


class Words(HTMLParser):
    """The words of a page, and the tags that must not be there."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.words = ""
        self.tags: Counter[str] = Counter()
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags[tag] += 1

    def handle_data(self, data: str) -> None:
        self.words += " " + data


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty folder in which the tutorial is followed."""
    return tmp_path_factory.mktemp("tutorial")


def run(command: list[str], folder: Path) -> str:
    environment = {**os.environ, "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, timeout=PATIENCE)
    assert done.returncode == 0, f"{' '.join(command)}\n{done.stdout[-1000:]}{done.stderr[-2000:]}"
    return done.stdout


@pytest.fixture(scope="module")
def commands(project: Path) -> list[list[str]]:
    """The commands of the tutorial, in order."""
    page = (project / "docs" / "tutorials" / "first-observation.md").read_text(encoding="utf-8")
    return [line.split() for block in BLOCK.findall(page) for line in block.splitlines()]


@pytest.fixture(scope="module")
def demo(folder: Path, commands: list[list[str]]) -> tuple[Path, list[dict[str, object]]]:
    """The demo that the tutorial begins with, as written there, and what its two observations say of themselves."""
    assert commands[0][:3] == ["atalaya", "demo", "demo"]
    assert "200" in run(commands[0], folder)
    sealed = sorted((folder / "demo" / "home" / "observations" / "xm").iterdir())
    return folder / "demo", [summary(open_sealed(place)) for place in sealed]


@pytest.mark.usefixtures("demo")
def test_what_follows_in_the_tutorial_runs_as_written(folder: Path, commands: list[list[str]]) -> None:
    assert len(commands) >= 6
    for command in commands[1:]:
        run(command, folder)
    assert (folder / "tables" / "outcomes.csv").stat().st_size > 100_000


def test_it_answers_in_json_what_each_observation_says(
    two_small_rounds: tuple[Path, list[Sealed]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The whole way is walked above; here everything is there already, and the answer alone is made."""
    pack, observed = two_small_rounds
    monkeypatch.setattr("atalaya.cli.demo.observe_sample", lambda *_, **__: observed)
    monkeypatch.setattr("atalaya.cli.demo.read_pack", lambda _: read_pack(pack))
    monkeypatch.setattr(
        "atalaya.cli.demo.serving_database", lambda *_: nullcontext("postgresql://nowhere.invalid/none")
    )
    for step in ("dump_all", "publish"):
        monkeypatch.setattr(f"atalaya.cli.demo.{step}", lambda *_: None)
    told = CliRunner().invoke(COMMAND, [str(tmp_path / "demo"), "--json"])
    assert told.exit_code == 0, told.output
    assert json.loads(told.stdout) == json.loads(json.dumps([summary(observation) for observation in observed]))


def test_two_observations_are_sealed_two_days_apart(demo: tuple[Path, list[dict[str, object]]]) -> None:
    _, (one, two) = demo
    assert (one["as_of"], two["as_of"]) == ("2026-01-05T12:00:00Z", "2026-01-07T12:00:00Z")
    assert two["previous"] == one["observation"]
    assert 100 <= int(str(two["datasets"])) <= 170
    assert 330 <= int(str(two["resources"])) <= 550


@pytest.mark.parametrize(
    ("name", "sentences"),
    [
        ("report.html", ("La cifra nacional", "La mejor", "La peor", "Lo primero por mejorar", "Qué cambió")),
        ("report.en.html", ("The national figure", "The best", "The worst", "The first thing to mend", "What changed")),
    ],
)
def test_the_report_names_best_worst_and_what_to_mend(
    demo: tuple[Path, list[dict[str, object]]], name: str, sentences: tuple[str, ...]
) -> None:
    folder, (_, last) = demo
    page = Words(
        (folder / "home" / "observations" / "xm" / str(last["observation"]) / name).read_text(encoding="utf-8")
    )
    assert [sentence for sentence in sentences if sentence not in page.words] == []
    assert page.tags["script"] == page.tags["iframe"] == page.tags["link"] == 0
    ranked = [score for score in last["scores"] if score["ranked"] and score["name"]]  # type: ignore[attr-defined]
    headline = sorted((score for score in ranked if score["group"] == "ejecutivo"), key=lambda score: score["value"])
    assert headline[0]["name"] in page.words
    assert headline[-1]["name"] in page.words
    assert min(score["value"] for score in ranked) == 0, "the institution that publishes nothing is ranked, not skipped"


def test_a_demo_replaces_only_a_demo(demo: tuple[Path, list[dict[str, object]]], tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("keep me")
    command = [sys.executable, "-m", "atalaya", "demo", str(tmp_path), "--once"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE)
    assert done.returncode == 2
    assert "no earlier demo" in done.stderr
    assert (tmp_path / "mine.txt").read_text() == "keep me"

"""What was observed, when something is wrong with it: damaged, open, aborted; and all its findings."""

import json
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from atalaya.history.read import open_sealed
from atalaya.indices.editions import HEADLINE
from atalaya.indices.language.reading import read_shipped_index
from atalaya.replay.server import serving, write_resolve
from atalaya.rounds.rulings import SEPARATOR
from atalaya.store.decisions import Decision, record
from atalaya.store.observations import Opening, folders, mark_aborted, write_opening
from tests.patience import PATIENCE

COUNTRY = Callable[..., tuple[Path, Path]]


def run(*arguments: object, code: int = 0) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "atalaya", *(str(argument) for argument in arguments)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE)
    assert done.returncode == code, done.stderr[-2000:] + done.stdout[-2000:]
    return done


def opened(home: Path, moment: str) -> Path:
    folder = home / "observations" / "zz" / f"zz-{moment}"
    folder.mkdir(parents=True)
    opening = Opening(
        observation=folder.name, kind="round", country="zz", as_of="2026-02-01T00:00:00Z", seed=0, parent=None,
        pack_sha256="", methodologies={}, settings={},
    )  # fmt: skip
    write_opening(folder, opening)
    return folder


def test_rounds_that_never_ended_are_listed_and_latest_says_how_to_go_on(tmp_path: Path) -> None:
    opened(tmp_path, "20260201T000000Z")
    mark_aborted(opened(tmp_path, "20260202T000000Z"), "2026-02-02T00:00:00Z", "no line")
    (opened(tmp_path, "20260203T000000Z") / "manifest.json").write_text("{")
    listed = json.loads(run("observation", "list", "--home", tmp_path, "--json").stdout)["observations"]
    assert [row["state"] for row in listed] == ["open", "aborted", "damaged"]
    text = run("observation", "list", "--home", tmp_path).stdout
    assert "zz-20260203T000000Z" in text
    refused = run("observation", "show", "latest", "--home", tmp_path, code=2).stderr
    assert "--resume" in refused
    assert "zz-20260201T000000Z (open)" in refused


@pytest.fixture
def observed(small_country: COUNTRY, tmp_path: Path) -> Path:
    """A home with two observations of the small country; between them a person gave one source's records to another."""
    pack, replay = small_country()
    home = tmp_path / "home"
    for day in ("2026-01-05", "2026-01-07"):
        with serving(replay) as served:
            write_resolve(served, tmp_path / "resolve.json")
            flags = ("--home", home, "--as-of", day, "--resolve", tmp_path / "resolve.json")
            run("observe", "--country", pack, *flags, "--json")
        sealed = open_sealed(folders(home)[-1])
        for key in {(str(row["source_id"]), str(row["publisher_key"] or "")) for row in sealed.rows("attributions")}:
            decision = Decision(
                kind="attribution", subject=SEPARATOR.join(key), ruling={"institution": "zz:dos"}, who="analyst",
                moment="2026-01-06T00:00:00Z", why="test",
            )  # fmt: skip
            record(home, "zz", decision)
    return home


def told_findings(home: Path) -> list[dict[str, str]]:
    told = json.loads(run("observation", "findings", "latest", "--home", home, "--json").stdout)
    return list(told["findings"])


def test_findings_are_listed_whole_and_verification_is_short(observed: Path) -> None:
    home = ("--home", observed)
    told = json.loads(run("observation", "findings", "latest", *home, "--json").stdout)
    one = told["findings"][0]
    assert one["sentence"]
    assert one["remedy"]
    assert one["probe"] or one["evidence"] is not None
    owner = one["institution_id"]
    mine = json.loads(run("observation", "findings", "latest", *home, "--institution", owner, "--json").stdout)
    assert mine["findings"] == [row for row in told["findings"] if row["institution_id"] == owner]
    assert (
        f"{len(mine['findings'])} findings."
        in run("observation", "findings", "latest", *home, "--institution", owner).stdout
    )
    assert "zz:nobody" in run("observation", "findings", *home, "--institution", "zz:nobody", code=2).stderr

    short = run("observation", "verify", *home).stdout
    assert "checks hold" in short
    assert "files of records" not in short
    assert "files of records" in run("observation", "verify", "--verbose", *home).stdout
    result = json.loads(run("observation", "verify", *home, "--json").stdout)
    assert result["holds"] is True
    assert result["fingerprint"] in short
    run("observation", "verify", *home, "--key", result["public_key"])
    assert "unknown key" in run("observation", "verify", *home, "--key", "00", code=1).stdout

    points = json.loads(run("observation", "points", *home, "--datasets", "--json").stdout)
    assert Counter(unit["kind"] for unit in points["units"]) == {"institution": 3, "source": 3}
    for unit in points["units"]:
        parts = [node for node in unit["nodes"] if "passed" in node]
        assert len(parts) == 23
        assert unit["low"] == pytest.approx(sum(node["low"] for node in parts))
        assert unit["high"] == pytest.approx(sum(node["high"] for node in parts))
        assert 0 <= unit["low"] <= unit["high"] <= unit["of"] == sum(node["of"] for node in parts) == 405
    held = sum(unit["nodes"][1]["passed"] + unit["nodes"][1]["applied"] > 0 for unit in points["units"])
    assert held >= 4, "three sources and at least one institution have datasets"
    assert len(points["datasets"]) == 16
    assert all(0 <= row["low"] <= row["high"] <= 405 for row in points["datasets"])
    told = run("observation", "points", *home, "--unit", "zz:dos", "--language", "es").stdout
    assert "Palabras clave" in told
    assert told.count("405") == 2, "the institution and the source of the same id"
    assert "European points" in run("observation", "show", *home).stdout
    judged = {
        (unit["kind"], unit["id"]) for unit in points["units"] if any(node.get("applied") for node in unit["nodes"])
    }
    shown_ids = {
        (row["kind"], row["id"]) for row in json.loads(run("observation", "show", *home, "--json").stdout)["points"]
    }
    assert shown_ids == judged, "who has nothing that could be judged has no points to show"
    listed = run("observation", "points", *home).stdout
    assert ("nothing could" in listed) == any((unit["kind"], unit["id"]) not in judged for unit in points["units"])
    page = (folders(observed)[-1] / "report.en.html").read_text(encoding="utf-8")
    assert 'id="points"' in page
    found = {row["check"].partition("@")[0] for row in told_findings(observed)}
    shown = page.partition('id="institutions"')[2].partition('id="sources"')[0]
    cited = {measure.partition("@")[0] for measure in read_shipped_index(HEADLINE).measures}
    apart = {check for check in found - cited if check.startswith("mqa_")}
    assert apart, "the list of findings has them"
    assert not [check for check in apart if f"r-{check}" in shown], "the page does not repeat them for each institution"
    assert "zz:nobody" in run("observation", "points", *home, "--unit", "zz:nobody", code=2).stderr
    assert points["datasets"][0]["record_id"] in run("observation", "points", *home, "--datasets").stdout

    compared = run("observation", "compare", "zz-20260105", "latest", *home).stdout
    assert "Given to another institution, with no change in the data:" in compared
    assert "→ Ministerio Dos" in compared
    assert "institution: Ministerio Uno: " in compared
    moved = json.loads(run("observation", "compare", "zz-20260105", "latest", *home, "--json").stdout)
    assert moved["counts"]["changed_datasets"] == moved["counts"]["new_datasets"] == 0
    assert {row["after"] for row in moved["moved_attributions"]} == {"zz:dos"}
    assert moved["counts"]["moved_attributions"] == len(moved["moved_attributions"]) > 0
    assert any(row["before"] != row["after"] for row in moved["scores"])

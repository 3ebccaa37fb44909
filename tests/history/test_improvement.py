"""Improvement plans of a sealed observation: their findings really bring what is told, and are followed into a later one."""

import csv
import json
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from io import StringIO
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner, Result

from atalaya.checks.check import finding_id
from atalaya.cli import atalaya
from atalaya.exceptions import AtalayaError, MethodologyError, StoreError
from atalaya.history.amending import Judged
from atalaya.history.follow_up import Became, follow_up
from atalaya.history.improvement import ImprovementPlan, find_institution, goal_of, improvement_plan
from atalaya.history.read import Sealed
from atalaya.history.recompute import measures_of
from atalaya.indices.engine import compute
from atalaya.indices.language.definition import Index
from atalaya.indices.language.reading import read_shipped_index
from atalaya.publish.plans import COLUMNS, REASONS, STATES
from atalaya.store.tables import Row
from atalaya.translations import missing


@dataclass(frozen=True, slots=True)
class Altered(Sealed):
    """The same observation with other rows where `change` says so; None leaves a row out."""

    changes: dict[str, object] = field(default_factory=dict)

    def rows(self, table: str, *rest: object, **more: object) -> Iterator[Row]:
        for row in Sealed.rows(self, table, *rest, **more):  # type: ignore[arg-type]
            change = self.changes.get(table)
            changed = change(row) if callable(change) else row
            if changed is not None:
                yield changed


def later(sealed: Sealed, **changes: object) -> Altered:
    """The same country a day later."""
    manifest = replace(sealed.manifest, observation="later", as_of="2026-01-06T12:00:00Z")
    return Altered(sealed.folder, manifest, changes)


def test_a_plan_brings_what_it_tells(small_observation: Sealed, tmp_path: Path) -> None:
    sealed, index = small_observation, read_shipped_index("open-data-national/1")
    bodies = [str(row["institution_id"]) for row in sealed.rows("institutions")]
    assert Judged(sealed, tuple(bodies)).differing() == ()
    institution = find_institution(sealed, bodies[0].partition(":")[2])
    assert institution == bodies[0]
    plan = improvement_plan(sealed, index, institution, 6)
    assert 0 < len(plan.steps) <= 6
    table = measures_of(sealed)
    place = table.units.index(institution)
    whole = compute(index, table)
    assert plan.now.score == whole.scores.values[place]
    placed = whole.ranks[index.rankings[0].id]
    assert (plan.now.rank, plan.now.rank_low, plan.now.rank_high) == tuple(
        ends[place] for ends in (placed.rank, placed.best, placed.worst)
    )
    # The points of the steps add up to those of the set, which was computed from the amended outcomes themselves.
    assert sum(step.points for step in plan.steps) == pytest.approx(plan.points)
    assert plan.steps[-1].standing.score == pytest.approx(plan.reached.score)
    # No single finding beyond the plan pays more than the least of it: the index is a mean of means.
    assert min(step.alone for step in plan.steps) > 0
    assert {step.finding_id for step in plan.steps} == {
        finding_id(step.check_id, step.subject.id) for step in plan.steps
    }
    longer = improvement_plan(sealed, index, institution, 500)
    assert longer.reached.score == pytest.approx(longer.best.score)
    assert longer.points > plan.points
    goal = goal_of(index, score=(plan.reached.score or 0.0) - 1e-6)
    aimed = improvement_plan(sealed, index, institution, None, goal)
    assert aimed.goal_reached
    assert len(aimed.steps) == len(plan.steps)
    easy = improvement_plan(sealed, index, institution, 500, efforts={"low"})
    assert {step.effort for step in easy.steps} == {"low"}
    followed_through(sealed, plan)
    written_and_told(sealed, institution, tmp_path)
    nothing_published_or_measured(sealed, institution)
    refused(sealed)


def followed_through(sealed: Sealed, plan: ImprovementPlan) -> None:
    """What becomes of the findings of a plan, one of each kind."""
    index = read_shipped_index("open-data-national/1")
    keys = [(step.check_id, step.subject.id) for step in plan.steps]
    verdicts = dict(zip(keys, ("pass", "unknown", "not_applicable", None), strict=False))

    def judged(row: Row) -> Row | None:
        key = (str(row["check_id"]), str(row["subject_id"]))
        if key not in verdicts:
            return row
        return None if verdicts[key] is None else {**row, "verdict": verdicts[key]}

    found = follow_up(plan, sealed, later(sealed, outcomes=judged), index)
    became = [found.fates[step.finding_id].became for step in plan.steps]
    assert became[:3] == [Became.MENDED, Became.UNSEEN, Became.NOT_APPLICABLE]
    assert set(became[4:]) <= {Became.OPEN}
    source = plan.steps[3].subject.source_id
    state = next(row["state"] for row in sealed.rows("sources") if row["source_id"] == source)
    assert became[3] is (Became.GONE if state == "complete" else Became.UNREAD)
    assert found.new == ()
    assert found.standing is not None
    hidden = later(sealed, outcomes=judged, sources=lambda row: {**row, "state": "failed"})
    assert follow_up(plan, sealed, hidden, index).fates[plan.steps[3].finding_id].became is Became.UNREAD
    with pytest.raises(StoreError, match="does not come after"):
        follow_up(plan, sealed, sealed, index)


def written_and_told(sealed: Sealed, institution: str, tmp_path: Path) -> None:
    """The command tells the plan in both languages, and writes it for people and machines."""
    out = tmp_path / "plan"
    words = ["index", "plan", sealed.folder.name, institution, "--home", str(tmp_path / "home"), "--steps", "3"]
    told = json.loads(run(*words, "--out", str(out), "--json").stdout)
    assert told == {**json.loads((out / "plan.json").read_text(encoding="utf-8")), "written": told["written"]}
    assert len(told["steps"]) == 3
    for step in told["steps"]:
        assert set(step["texts"]) == {"es", "en"}
        assert all(texts["remedy"] and texts["why"] for texts in step["texts"].values())
        assert step["time"] in ("minutes", "hours", "days")
        assert step["help"].startswith("docs/")
    (spanish,), (english,) = (list(out.glob(f"plan.{each}.csv")) for each in ("es", "en"))
    rows = list(csv.DictReader(StringIO(spanish.read_text(encoding="utf-8-sig"))))
    assert [row["hallazgo"] for row in rows] == [step["finding"] for step in told["steps"]]
    assert "what to do" in english.read_text(encoding="utf-8-sig").splitlines()[0]
    book = openpyxl.load_workbook(out / "plan.es.xlsx")
    assert book.sheetnames == ["plan", "dónde está"]
    assert book["plan"].max_row == 4
    text = run(*words, "--language", "es", "--to-score", "1000")
    assert text.exit_code == 1
    assert "La meta no se alcanza" in text.stdout
    assert told["steps"][0]["finding"] in text.stdout


def run(*words: str) -> Result:
    return CliRunner(env={"COLUMNS": "200"}).invoke(atalaya, list(words))


def refused(sealed: Sealed) -> None:
    """What cannot be planned is refused with what to do."""
    index = read_shipped_index("open-data-national/1")
    with pytest.raises(StoreError, match="has no institution 'nobody'"):
        find_institution(sealed, "nobody")
    with pytest.raises(MethodologyError, match="has no band 'heaven'"):
        goal_of(index, band="heaven")
    institution = str(next(sealed.rows("institutions"))["institution_id"])

    def higher(row: Row) -> Row:
        wrong = row["measure_id"] == "licence_open@3" and row.get("institution_id") == institution
        return {**row, "applied": 1_000_000} if wrong else row

    with pytest.raises(AtalayaError, match="do not come out of its outcomes"):
        improvement_plan(Altered(sealed.folder, sealed.manifest, {"measures": higher}), index, institution)
    lost = Altered(sealed.folder, sealed.manifest, {"measures": lambda row: None})
    with pytest.raises(MethodologyError, match="which open-data-national/1 reads"):
        improvement_plan(lost, index, institution)


def nothing_published_or_measured(sealed: Sealed, institution: str) -> None:
    """Who publishes nothing begins, and who was not measured has no plan."""
    index = read_shipped_index("open-data-national/1")
    without = Altered(
        sealed.folder,
        sealed.manifest,
        {
            "measures": lambda row: silent(row) if row.get("institution_id") == institution else row,
        },
    )
    plan = _unheld(without, index, institution)
    (step,) = plan.steps
    assert (step.check_id, step.finding_id) == ("publishes", finding_id("publishes", institution))
    assert step.at_least
    assert plan.now.score == 0.0
    assert plan.points == step.points > 0
    unseen = Altered(
        sealed.folder, sealed.manifest, {"measures": lambda row: {**silent(row), "value": None, "unknown": 1}}
    )
    nothing = _unheld(unseen, index, institution)
    assert (nothing.steps, nothing.reason, nothing.now.score) == ((), "nothing_measured", None)


def silent(row: Row) -> Row:
    """The measure of who publishes nothing."""
    if row["measure_id"] == "publishes@1":
        return {
            **row,
            "value": 0.0,
            "low": 0.0,
            "high": 0.0,
            "passed": 0,
            "applied": 1,
            "unknown": 0,
            "reason": "no_datasets",
        }
    return {
        **row,
        "value": None,
        "low": None,
        "high": None,
        "passed": 0,
        "applied": 0,
        "unknown": 0,
        "not_applicable": 0,
    }


def _unheld(sealed: Sealed, index: Index, institution: str) -> ImprovementPlan:
    """The plan of altered measures, which do not come out of the outcomes any more."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Judged, "held", lambda self: self)
        return improvement_plan(sealed, index, institution)


def test_every_text_of_a_plan_is_there_in_spanish() -> None:
    texts = (
        *COLUMNS.values(),
        *STATES.values(),
        *REASONS.values(),
        "now",
        "after this plan",
        "place",
        "best place",
        "worst place",
        "at least",
        "new",
    )
    assert missing(texts, "es", "index") == ()

"""The plans of all institutions at once are those that are made one by one; measures of duties are left as they are stored."""

from collections.abc import Iterator

import pytest

from atalaya.history import amending
from atalaya.history.amending import Judged
from atalaya.history.improvement import ImprovementPlan, findings_in, improvement_plan, improvement_plans, mendable_of
from atalaya.history.mendables import mendables, trials_of
from atalaya.history.read import Sealed
from atalaya.history.recompute import measures_of
from atalaya.indices.engine import compute
from atalaya.indices.language.definition import Index
from atalaya.indices.language.reading import read_shipped_index
from atalaya.measures.facts import Facts
from atalaya.store.tables import Row


@pytest.fixture(scope="module")
def index() -> Index:
    return read_shipped_index("open-data-national/1")


def owned(sealed: Sealed) -> list[Row]:
    """The failing outcomes with the institution that the attribution of their record names."""
    owners = {str(row["record_id"]): row["institution_id"] for row in sealed.rows("attributions")}
    return [
        {**row, "institution_id": owners.get(str(row["record_id"])) if row["record_id"] else row["institution_id"]}
        for row in sealed.rows("outcomes", "verdict = 'fail'")
    ]


def test_stored_shares_at_their_best_are_those_made_of_mended_outcomes(small_observation: Sealed, index: Index) -> None:
    found = mendables(small_observation, index)
    assert found
    for row in small_observation.rows("institutions"):
        unit = str(row["institution_id"])
        judged = Judged(small_observation, (unit,)).held()
        made = mendable_of(judged, findings_in(judged.findings, index), unit)
        assert [(each.measure, each.count) for each in found.get(unit, ())] == [(e.measure, e.count) for e in made]
        for mine, other in zip(found.get(unit, ()), made, strict=True):
            assert {key: mine.best[key] for key in other.best} == other.best
            assert {key: mine.now[key] for key in other.now} == other.now


def told(plan: ImprovementPlan) -> Iterator[object]:
    yield from (plan.institution, plan.now, plan.best, plan.findings, plan.reason, plan.ranked_units)
    yield round(plan.reached.score or 0.0, 9)
    for step in plan.steps:
        yield step.finding_id, step.subject, step.together, step.likewise, step.effort, step.at_least
        yield round(step.points, 9), round(step.alone, 9), step.standing.rank, round(step.standing.score or 0.0, 9)


def test_all_plans_at_once_are_those_made_one_by_one(small_observation: Sealed, index: Index) -> None:
    computed = compute(index, measures_of(small_observation))
    plans = list(
        improvement_plans(small_observation, trials_of(small_observation, computed), owned(small_observation), 7)
    )
    assert [plan.institution for plan in plans] == list(computed.table.units)
    assert any(plan.steps for plan in plans)
    for plan in plans:
        alone = improvement_plan(small_observation, index, plan.institution, 7)
        assert list(told(plan)) == list(told(alone))


def test_measures_of_duties_are_not_made_of_outcomes(
    small_observation: Sealed, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A site was read, so that stored measures of duties tell what no outcome of a check does."""

    def as_if_read(facts: Facts) -> list[dict[str, object]]:
        rows = made(facts)
        return [{**row, "unknown": 30} if str(row["measure_id"]).startswith("duties_") else row for row in rows]

    made, unit = amending.measure, str(next(small_observation.rows("institutions"))["institution_id"])
    monkeypatch.setattr(amending, "measure", as_if_read)
    judged = Judged(small_observation, (unit,)).held()
    assert not any(name.startswith("duties_") for name, _ in judged.measures())
    assert any(name == "licence_open@3" for name, _ in judged.measures())

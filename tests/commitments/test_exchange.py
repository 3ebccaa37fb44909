"""Plans to tables and back: nothing is lost, an edit is that edit alone, and a bad row changes nothing and is named."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from atalaya.commitments.documents import plan_of, plan_value
from atalaya.commitments.exchange import SHEETS, Table, plan_from, tables_of
from atalaya.commitments.partial_dates import DateRange, PartialDate
from atalaya.commitments.plan import (
    ABSENT,
    Axis,
    Commitment,
    Event,
    Kind,
    Listing,
    Measured,
    Milestone,
    Plan,
    Promise,
    Review,
    Stage,
    StandIn,
    Version,
)
from atalaya.commitments.template import COMMITMENT, MILESTONE

LETTERS = st.characters(
    codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp", "Zs"), exclude_characters="\ufeff\ufffe\uffff"
)
WORDS = st.lists(st.text(LETTERS, min_size=1, max_size=6), min_size=1, max_size=3).map(" ".join)
MARKED = st.sampled_from(
    ["=1+1", "-5", "@x", "[absent]", "[stand-in] x", "\\", "\\=", "…", "2.10", "1", "true", "[]", "'a", "+502"]
)
TEXTS = st.one_of(WORDS, MARKED, st.tuples(WORDS, WORDS).map("\n".join))
ITEMS = st.one_of(WORDS, MARKED.filter(lambda text: text != "…"))
MONTHS = st.builds(PartialDate, st.integers(2011, 2030), st.integers(1, 12))
DAYS = st.builds(PartialDate, st.integers(2011, 2030), st.integers(1, 12), st.integers(1, 28))
DATES = st.one_of(st.builds(PartialDate, st.integers(2011, 2030)), MONTHS, DAYS)
RANGES = st.tuples(DATES, DATES).map(lambda ends: DateRange(*sorted(ends, key=lambda end: (end.first(), end.last()))))
VALUES: dict[str, Any] = {
    "short": st.one_of(st.none(), st.just(ABSENT), st.builds(StandIn, WORDS), TEXTS),
    "date": st.one_of(st.none(), st.just(ABSENT), RANGES),
    "names": st.one_of(
        st.none(), st.just(ABSENT), st.builds(Listing, st.lists(ITEMS, max_size=3).map(tuple), st.booleans())
    ),
}
VALUES["long"] = VALUES["short"]
FEW = st.one_of(st.none(), st.floats(0.5, 1000, allow_nan=False).map(lambda number: round(number, 2)))


def _milestones(number: str) -> st.SearchStrategy[Milestone]:
    return st.builds(
        Milestone,
        number=st.just(number),
        weight=st.sampled_from([1.0, 2.0, 0.5]),
        promises=st.lists(
            st.builds(
                Promise,
                kind=st.sampled_from(list(Kind)),
                text=TEXTS,
                quantity=FEW,
                unit=st.one_of(st.none(), TEXTS),
                items=st.lists(ITEMS, max_size=2).map(tuple),
            ),
            max_size=2,
        ).map(tuple),
        measured=st.lists(st.builds(Measured, kind=st.just("index"), id=TEXTS, target=FEW), max_size=1).map(tuple),
        **{field.name: VALUES[field.kind] for field in MILESTONE},
    )


def _versions(identifier: str) -> st.SearchStrategy[Version]:
    return st.builds(
        Version,
        id=st.just(identifier),
        published=st.one_of(st.none(), DATES),
        substance=st.booleans(),
        note=st.one_of(st.just(""), TEXTS),
        all_milestones=st.booleans(),
        milestones=st.tuples(_milestones("1.1"), _milestones("2.10")).map(lambda both: both[: len(both)]),
        **{field.name: VALUES[field.kind] for field in COMMITMENT},
    )


REVIEWS = st.builds(
    Review,
    report=st.one_of(st.none(), TEXTS),
    as_of=st.one_of(st.none(), DATES),
    verifiable=st.sampled_from([None, "yes", "no"]),
    completion=st.sampled_from(["pending", "complete"]),
    starred=st.sampled_from([None, True, False]),
    recommended=st.lists(ITEMS, max_size=2).map(tuple),
)
AXES = st.builds(Axis, code=st.just("a"), name=TEXTS, stated=st.one_of(st.none(), st.integers(0, 9)))
STAGES = st.builds(Stage, count=st.integers(0, 99), title=st.one_of(st.just(""), TEXTS))
EVENTS = st.builds(Event, title=TEXTS, when=st.one_of(st.none(), RANGES))
PLANS = st.builds(
    Plan,
    number=st.integers(1, 99),
    title=TEXTS,
    start=st.one_of(st.none(), RANGES),
    presented=st.one_of(st.none(), DATES),
    stated_commitments=st.one_of(st.none(), st.integers(0, 50)),
    axes=st.lists(
        st.builds(Axis, code=st.just("a"), name=TEXTS, stated=st.one_of(st.none(), st.integers(0, 9))), max_size=1
    ).map(tuple),
    funnel=st.lists(st.builds(Stage, count=st.integers(0, 99), title=st.one_of(st.just(""), TEXTS)), max_size=2).map(
        tuple
    ),
    roadmap=st.lists(st.builds(Event, title=TEXTS, when=st.one_of(st.none(), RANGES)), max_size=1).map(tuple),
    commitments=st.tuples(
        st.builds(
            Commitment,
            number=st.just(1),
            title=st.one_of(st.none(), st.builds(StandIn, WORDS), TEXTS),
            code=st.one_of(st.none(), TEXTS),
            versions=st.tuples(_versions("2021-12"), _versions("=vigente")),
            reviews=st.lists(REVIEWS, max_size=1).map(tuple),
            sources=st.lists(ITEMS, max_size=2).map(tuple),
        )
    ),
    note=st.one_of(st.just(""), TEXTS),
)


@settings(max_examples=100, deadline=None)
@given(PLANS)
def test_any_plan_comes_back_from_its_tables_and_values(plan: Plan) -> None:
    assert plan_of(plan_value(plan)) == plan
    found = plan_from(tables_of(plan))
    assert found.problems == ()
    assert found.plan == plan


def test_every_plan_of_the_pack_comes_back(plans: dict[int, Plan]) -> None:
    for plan in plans.values():
        assert plan_from(tables_of(plan)).plan == plan


def test_a_table_that_is_not_given_stays_as_it_is(plans: dict[int, Plan]) -> None:
    tables = tables_of(plans[5])
    tables["commitments"][0]["title"] = "Otro título"
    found = plan_from({"commitments": tables["commitments"]}, plans[5])
    first = replace(plans[5].commitments[0], title="Otro título")
    assert found.plan == replace(plans[5], commitments=(first, *plans[5].commitments[1:]))


def test_a_month_that_a_spreadsheet_made_a_day_of_is_still_that_month(plans: dict[int, Plan]) -> None:
    tables = tables_of(plans[5])
    row = next(row for row in tables["milestones"] if row["end"] == "2023-06")
    for cell in (date(2023, 6, 1), datetime(2023, 6, 1, tzinfo=UTC)):
        row["end"] = cell
        assert plan_from(tables, plans[5]).plan == plans[5]
    row["end"] = date(2023, 6, 2)
    changed = plan_from(tables, plans[5]).plan
    assert changed is not None
    assert str(changed.commitments[1].versions[0].milestones[0].end) == "2023-06-02"


def bad(tables: dict[str, Table], plan: Plan) -> list[str]:
    found = plan_from(tables, plan)
    assert found.plan is None
    return [str(problem) for problem in found.problems]


def test_a_bad_row_changes_nothing_and_is_named_with_its_reason(plans: dict[int, Plan]) -> None:
    tables = tables_of(plans[5])
    tables["milestones"][0]["end"] = "mañana"
    tables["milestones"][1]["of_version"] = "otra"
    tables["versions"][0]["id"] = None
    tables["versions"][1]["substance"] = "quizá"
    found = bad(tables, plans[5])
    assert any(each.startswith("milestones, row 2, end: 'mañana' is no date") for each in found)
    assert "versions, row 2, id: is empty; fill it in" in found
    assert any(each.startswith("versions, row 3, substance: 'quizá' is neither") for each in found)


@pytest.mark.parametrize(
    ("table", "change", "said"),
    [
        ("milestones", {"of_version": "otra"}, "no row of versions is of_commitment 1, of_version otra"),
        ("commitments", {"number": "uno"}, "'uno' is no number"),
        ("commitments", {"number": 1.5}, "no whole number"),
        ("commitments", {"number": 2}, "stands twice"),
        ("commitments", {"titulo": "x"}, "is no column"),
        ("plan", {"title": "[absent]"}, "cannot be absent"),
        ("plan", {"presented": "2022/2023"}, "two dates"),
        ("promises", {"kind": "wish"}, "is none of"),
        ("versions", {"title": "a\x07b"}, "control character"),
    ],
)
def test_every_kind_of_bad_row(plans: dict[int, Plan], table: str, change: dict[str, Any], said: str) -> None:
    tables = tables_of(plans[5])
    tables[table][0].update(change)
    assert any(said in each for each in bad(tables, plans[5]))


def test_a_table_that_no_plan_has_is_told(plans: dict[int, Plan]) -> None:
    assert "people, row 1, : is no table of a plan" in bad({**tables_of(plans[5]), "people": []}, plans[5])[0]


def test_two_plans_at_once_are_refused(plans: dict[int, Plan]) -> None:
    tables = tables_of(plans[5])
    tables["plan"] = tables["plan"] * 2
    assert "2 rows stand where one must" in bad(tables, plans[5])[0]


def test_every_table_stands_after_its_parent() -> None:
    names = [sheet.name for sheet in SHEETS]
    assert all(sheet.parent is None or names.index(sheet.parent) < names.index(sheet.name) for sheet in SHEETS)

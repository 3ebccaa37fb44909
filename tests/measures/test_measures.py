"""Measures: what the cases of an institution come to, in every state."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from atalaya.checks.registry import CHECKS as CHECKS_THAT_EXIST
from atalaya.indices.editions import HEADLINE, MQA
from atalaya.indices.language.reading import read_shipped_index
from atalaya.indices.scores import Unit, score_units, unit_table
from atalaya.indices.what_if import what_if
from atalaya.measures import duties, presence, shares, unattributed
from atalaya.measures.facts import CheckRule, Facts
from atalaya.measures.registry import FAMILIES, measure, measure_ids

CHECKS = (
    CheckRule("licence_open", 1, "dataset"),
    CheckRule("reachable", 2, "resource"),
    CheckRule("header_meaningful", 1, "table"),
    CheckRule("catalogue_readable", 1, "catalogue"),
)

DUTIES = duties.FAMILY.measure_ids(CHECKS)


def source(name="portal", state="complete", institution=None, covers=()):
    return {"source_id": f"x:{name}", "state": state, "institution_id": institution, "covers": list(covers)}


def attribution(record, institution, origin="portal"):
    return {"record_id": record, "source_id": f"x:{origin}", "institution_id": institution}


def outcome(check, verdict, record="r1", resource=None, table=None, level="dataset", version=1, institution=None):
    return {
        "check_id": check,
        "check_version": version,
        "subject_id": "/".join(filter(None, (record, resource, table))),
        "level": level,
        "institution_id": institution,
        "source_id": "x:portal",
        "record_id": record,
        "resource_id": resource,
        "table": table,
        "verdict": verdict,
    }


READ = (source(),)


def measured(outcomes=(), attributions=(), sources=READ, institutions=("x:a", "x:b"), checks=CHECKS):
    facts = Facts("x", tuple(institutions), tuple(checks), tuple(sources), tuple(attributions), tuple(outcomes))
    return {(row["measure_id"], row["institution_id"]): row for row in measure(facts)}


def test_share_of_decided_cases_with_bounds():
    verdicts = ["pass", "pass", "fail", "unknown", "not_applicable"]
    rows = measured(
        [outcome("licence_open", v, f"r{n}") for n, v in enumerate(verdicts)],
        [attribution(f"r{n}", "x:a") for n in range(5)],
    )
    assert rows["licence_open@1", "x:a"] == {
        "measure_id": "licence_open@1",
        "institution_id": "x:a",
        "value": 2 / 3,
        "passed": 2,
        "applied": 3,
        "unknown": 1,
        "not_applicable": 1,
        "low": 2 / 4,
        "high": 3 / 4,
        "reason": "cases",
    }


@pytest.mark.parametrize(
    ("verdict", "value", "low", "high", "reason"),
    [
        ("unknown", None, 0.0, 1.0, "undecided"),
        ("not_applicable", None, None, None, "not_applicable"),
        ("pass", 1.0, 1.0, 1.0, "cases"),
        ("fail", 0.0, 0.0, 0.0, "cases"),
    ],
)
def test_one_case(verdict, value, low, high, reason):
    row = measured([outcome("licence_open", verdict)], [attribution("r1", "x:a")])["licence_open@1", "x:a"]
    assert (row["value"], row["low"], row["high"], row["reason"]) == (value, low, high, reason)


def test_a_case_counts_for_who_its_record_is_attributed_to():
    rows = measured(
        [
            outcome("licence_open", "pass", "r1", institution="x:b"),
            outcome("licence_open", "fail", "r2", institution="x:b"),
        ],
        [attribution("r1", "x:a"), attribution("r2", None)],
    )
    assert rows["licence_open@1", "x:a"]["passed"] == 1
    assert rows["licence_open@1", "x:b"]["applied"] == 0


def test_a_case_of_a_source_counts_for_its_institution():
    row = outcome("catalogue_readable", "fail", record=None, level="catalogue", institution="x:b")
    assert measured([row])["catalogue_readable@1", "x:b"]["value"] == 0


def test_a_version_that_nobody_declared_is_measured_apart():
    rows = measured([outcome("licence_open", "pass", version=3)], [attribution("r1", "x:a")])
    assert rows["licence_open@3", "x:a"]["value"] == 1
    assert rows["licence_open@1", "x:a"]["reason"] == "no_cases"


@pytest.mark.parametrize(
    ("sources", "value", "bounds", "reason"),
    [
        ([source()], 0, (0, 0), "no_datasets"),
        ([source(state="failed")], None, (0, 1), "sources_unread:x:portal=failed"),
        ([source(state="partial")], None, (0, 1), "sources_unread:x:portal=partial"),
        ([source(state="held")], None, (0, 1), "sources_unread:x:portal=held"),
        (
            [source(), source("z", "unreachable"), source("y", "later")],
            None,
            (0, 1),
            "sources_unread:x:y=later,x:z=unreachable",
        ),
        ([source(), source("own", "failed", institution="x:a")], None, (0, 1), "sources_unread:x:own=failed"),
        ([source(), source("own", "failed", covers=["x:a", "x:c"])], None, (0, 1), "sources_unread:x:own=failed"),
        ([source(), source("other", "failed", institution="x:b")], 0, (0, 0), "no_datasets"),
        ([source(), source("other", "failed", covers=["x:b"])], 0, (0, 0), "no_datasets"),
        ([source("other", institution="x:b")], None, (0, 1), "no_source"),
        ([], None, (0, 1), "no_source"),
    ],
)
def test_absence_is_concluded_only_from_what_was_read(sources, value, bounds, reason):
    row = measured(sources=sources)["publishes@1", "x:a"]
    assert (row["value"], (row["low"], row["high"]), row["reason"]) == (value, bounds, reason)


def test_presence_needs_one_dataset_whatever_failed():
    row = measured([], [attribution("r1", "x:a")], [source(state="failed")])["publishes@1", "x:a"]
    assert (row["value"], row["low"], row["high"], row["reason"]) == (1, 1, 1, "datasets")


def test_publishing_nothing_makes_the_rest_not_applicable():
    row = measured()["licence_open@1", "x:a"]
    assert (row["value"], row["low"], row["reason"]) == (None, None, "publishes_nothing")


def test_unknown_presence_makes_the_rest_unknown():
    row = measured(sources=[source(state="failed")])["licence_open@1", "x:a"]
    assert (row["value"], row["low"], row["high"], row["reason"]) == (None, 0, 1, "sources_unread:x:portal=failed")


def test_files_that_nobody_could_open_are_unknown_cases_of_tables():
    rows = measured(
        [
            outcome("reachable", "unknown", resource="f1", level="resource", version=2),
            outcome("reachable", "fail", resource="f2", level="resource", version=2),
            outcome("reachable", "pass", resource="f3", level="resource", version=2),
            outcome("licence_open", "unknown", resource="f3", level="resource"),
            outcome("header_meaningful", "pass", resource="f3", table="t", level="table"),
        ],
        [attribution("r1", "x:a")],
    )
    row = rows["header_meaningful@1", "x:a"]
    assert (row["passed"], row["applied"], row["unknown"], row["low"], row["high"]) == (1, 1, 1, 0.5, 1)


def test_files_without_tables_do_not_concern_the_checks_of_tables():
    rows = measured(
        [outcome("reachable", "pass", resource="f1", level="resource", version=2)], [attribution("r1", "x:a")]
    )
    assert rows["header_meaningful@1", "x:a"]["reason"] == "no_cases"
    assert rows["header_meaningful@1", "x:a"]["low"] is None


@pytest.mark.parametrize(
    ("owners", "value", "passed", "applied"),
    [([], None, 0, 0), (["x:a"], 0, 0, 1), ([None, "x:a", None, "x:b"], 0.5, 2, 4)],
)
def test_unattributed_share(owners, value, passed, applied):
    row = measured([], [attribution(f"r{n}", owner) for n, owner in enumerate(owners)])["unattributed@1", "x"]
    assert (row["value"], row["passed"], row["applied"]) == (value, passed, applied)


def test_no_institutions_leaves_the_country_only():
    assert [*measured(institutions=())] == [("unattributed@1", "x")]


def test_rows_are_sorted_and_one_for_each_measure_and_institution():
    keys = [*measured()]
    assert keys == sorted(keys)
    assert len(keys) == 2 * (len(CHECKS) + len(DUTIES) + 1) + 1


def test_the_ids_that_a_methodology_may_cite():
    assert measure_ids(CHECKS) == (
        "catalogue_readable@1",
        *DUTIES,
        "header_meaningful@1",
        "licence_open@1",
        "publishes@1",
        "reachable@2",
        "unattributed@1",
    )


def test_families_are_registered_in_order():
    assert FAMILIES == (duties.FAMILY, presence.FAMILY, shares.FAMILY, unattributed.FAMILY)
    assert [family.id for family in FAMILIES] == sorted(family.id for family in FAMILIES)
    assert all(family.text for family in FAMILIES)


@settings(deadline=None)
@given(st.lists(st.sampled_from(["pass", "fail", "unknown", "not_applicable"]), max_size=30))
def test_bounds_hold_whatever_the_unknown_turn_out_to_be(verdicts):
    rows = [outcome("licence_open", v, f"r{n}") for n, v in enumerate(verdicts)]
    owners = [attribution(f"r{n}", "x:a") for n in range(len(verdicts))]
    row = measured(rows, owners)["licence_open@1", "x:a"]
    assert row["passed"] + (row["applied"] - row["passed"]) + row["unknown"] + row["not_applicable"] == len(verdicts)
    if row["low"] is None:
        assert row["value"] is None
        return
    for turned in ("pass", "fail"):
        settled = measured(
            [{**r, "verdict": turned if r["verdict"] == "unknown" else r["verdict"]} for r in rows], owners
        )
        assert row["low"] <= settled["licence_open@1", "x:a"]["value"] <= row["high"]
    assert row["value"] is None or row["low"] <= row["value"] <= row["high"]


def test_the_national_index_cites_measures_that_exist():
    known = measure_ids(CheckRule(check.id, check.version, check.level.value) for check in CHECKS_THAT_EXIST)
    index = read_shipped_index(HEADLINE, known)
    assert set(index.measures) <= set(known)
    assert index.measures_under(index.gates[0].node) == (presence.MEASURE,)


ORPHAN = "unattributed:x:portal=1"


def test_a_no_is_not_final_while_a_source_has_unattributed_records():
    rows = measured([], [attribution("r1", None)], [source(), source("own", institution="x:b")])
    row = rows["publishes@1", "x:a"]
    assert (row["value"], row["low"], row["high"], row["reason"]) == (0, 0, 1, ORPHAN)
    assert (row["applied"], row["unknown"]) == (1, 0)
    licence = rows["licence_open@1", "x:a"]
    assert (licence["value"], licence["low"], licence["high"], licence["unknown"]) == (None, 0, 1, 0)


@pytest.mark.parametrize(
    ("attributions", "sources"),
    [
        ([attribution("r1", None, "other")], [source(), source("other", institution="x:b")]),
        ([{**attribution("r1", None), "method": "decision"}], [source()]),
    ],
)
def test_records_that_cannot_be_its_own_leave_the_no_final(attributions, sources):
    row = measured([], attributions, sources)["publishes@1", "x:a"]
    assert (row["value"], row["high"], row["reason"]) == (0, 0, "no_datasets")


def test_unattributed_cases_widen_the_bounds_and_nothing_else():
    rows = measured(
        [
            outcome("licence_open", "pass", "r1"),
            outcome("licence_open", "fail", "r2"),
            outcome("licence_open", "pass", "r3"),
            outcome("licence_open", "fail", "r4"),
            outcome("licence_open", "fail", "r5"),
        ],
        [
            attribution("r1", "x:a"),
            attribution("r2", "x:a"),
            *(attribution(r, None) for r in ("r3", "r4", "r5")),
        ],
    )
    row = rows["licence_open@1", "x:a"]
    assert (row["value"], row["applied"], row["unknown"]) == (0.5, 2, 0)
    assert (row["low"], row["high"]) == (1 / 4, 2 / 3)


VERDICTS = st.sampled_from(["pass", "fail", "unknown", "not_applicable"])
DECIDED = st.lists(
    st.tuples(
        st.sampled_from([None, "x:a", "x:b", "x:c"]),
        st.sampled_from(["x:a", "x:b", "x:c", None]),
        VERDICTS,
        VERDICTS,
        VERDICTS,
    ),
    max_size=8,
)
"""Records: their institution now, the one that a person then gives to those without, and three verdicts."""


@pytest.mark.parametrize("reference", [HEADLINE, "open-data-national/0", MQA])
@settings(deadline=None, max_examples=60)
@given(DECIDED)
def test_a_decision_applied_afterwards_stays_inside_the_earlier_intervals(reference, records):
    methodology = read_shipped_index(reference)
    checks = tuple(
        CheckRule(cited.partition("@")[0], int(cited.partition("@")[2]), "dataset")
        for cited in methodology.measures
        if cited != presence.MEASURE
    )
    outcomes = [
        {**outcome(check.id, verdicts[number % 3], f"r{place}", version=check.version), "level": "dataset"}
        for place, (_, _, *verdicts) in enumerate(records)
        for number, check in enumerate(checks)
    ]
    units = [Unit(name, ("group",)) for name in ("x:a", "x:b", "x:c")]

    def scored(owners):
        attributions = tuple(attribution(f"r{place}", owner) for place, owner in enumerate(owners))
        facts = Facts("x", ("x:a", "x:b", "x:c"), checks, READ, attributions, tuple(outcomes))
        return {(row["unit_id"], row["node"]): row for row in score_units(methodology, measure(facts), units)}

    before = scored([now for now, *_ in records])
    after = scored([now or then for now, then, *_ in records])
    for key, row in after.items():
        was = before[key]
        if row["low"] is not None and was["low"] is not None:
            assert was["low"] - 1e-9 <= row["low"], key
            assert row["high"] <= was["high"] + 1e-9, key
        if row["value"] is not None:
            assert was["low"] - 1e-9 <= row["value"] <= was["high"] + 1e-9, key


def test_the_silent_keep_their_rank_and_coverage_and_show_how_far_they_could_rise():
    methodology = read_shipped_index(HEADLINE)
    cited = [measure_id for measure_id in methodology.measures if measure_id != presence.MEASURE]
    versions = (measure_id.split("@") for measure_id in cited)
    checks = tuple(CheckRule(check_id, int(version), "dataset") for check_id, version in versions)
    facts = Facts("x", ("x:a",), checks, READ, (attribution("r1", None),), ())
    measures = measure(facts)
    [row] = [
        r
        for r in score_units(methodology, measures, [Unit("x:a", ("g",))])
        if r["unit_id"] == "x:a" and r["node"] == "index"
    ]
    assert (row["value"], row["low"], row["high"], row["coverage"], row["ranked"]) == (0, 0, 100, 1, True)
    assert row["detail"]["gates"] == [{"node": "publishes", "state": "closed"}]
    [gain] = what_if(methodology, unit_table(measures, [Unit("x:a")]))["x:a"]
    assert (gain.indicator, gain.at_least, gain.points) == ("publishes", True, pytest.approx(15 * 50 / 65))


def test_what_a_check_of_the_record_does_not_know_hides_no_table():
    """A file without tables whose address nobody asked of: only checks that look into files tell of hidden tables."""
    blind = CheckRule("mqa_known_license", 1, "resource", reads_bytes=False)
    rows = [outcome("mqa_known_license", "unknown", resource="f", level="resource")]
    found = measured(rows, [attribution("r1", "x:a")], checks=(*CHECKS, blind))
    assert found["header_meaningful@1", "x:a"]["unknown"] == 0
    rows.append(outcome("reachable", "unknown", resource="f", level="resource", version=2))
    found = measured(rows, [attribution("r1", "x:a")], checks=(*CHECKS, blind))
    assert found["header_meaningful@1", "x:a"]["unknown"] == 1

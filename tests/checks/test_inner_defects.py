"""Checks on defects inside tables: one for each kind but those that other checks judge, verdicts by what was found and searched,
and evidence without values that are anybody's own."""

from dataclasses import replace

import pytest

from atalaya.checks.check import AnyCheck, Level, explain
from atalaya.checks.example_cases import table_case
from atalaya.checks.outcomes import Outcome, Verdict
from atalaya.checks.registry import by_id, by_level
from atalaya.inspection.defects.cells import CellDefect
from atalaya.inspection.defects.registry import KINDS
from atalaya.inspection.findings import Table

CHECKS = {
    "codes_contradict_names": "codes_match_names",
    "duplicate_keys": "keys_unique",
    "duplicate_rows": "rows_distinct",
    "headers_meaningless": "header_meaningful",
    "identities_broken": "sums_hold",
    "magnitude_outlying": "magnitudes_alike",
    "mojibake": "letters_intact",
    "negative_values": "negatives_absent",
    "number_formats_mixed": "number_format_single",
    "numbers_as_text": "numbers_typed",
    "periods_as_columns": "periods_in_rows",
    "total_rows_inside": "totals_apart",
    "totals_wrong": "totals_add_up",
    "units_mixed": "unit_single",
    "years_impossible": "dates_possible",
}
"""Kinds of defect → the check that judges them; `header_meaningful` is older than its kind and reads the names itself."""

NEW = {kind: check for kind, check in CHECKS.items() if check != "header_meaningful"}
each_kind = pytest.mark.parametrize(
    ("kind", "check"), [(kind, by_id(check)) for kind, check in NEW.items()], ids=list(NEW)
)


def sound(check: AnyCheck) -> Table:
    """The table of the example that passes, made long."""
    shown: Table = next(example.case.table for example in check.examples if example.reason == "ok")
    return replace(shown, rows=200, examined=200)


def judged(check: AnyCheck, table: Table) -> Outcome:
    form = next(example.case.inspection.format for example in check.examples if example.reason == "ok")
    outcome: Outcome = check.rule(table_case(table, form))
    return outcome


def defect(kind: str, **changes: object) -> CellDefect:
    whole = CellDefect(id=kind, columns=(2,), count=7, cells=("B3", "B9"), rows=(3, 9), detail="")
    return replace(whole, **changes)  # type: ignore[arg-type]


def test_every_kind_is_judged_once() -> None:
    assert {kind.id for kind in KINDS} == set(CHECKS)
    assert len(set(CHECKS.values())) == len(CHECKS)
    assert set(CHECKS.values()) <= {check.id for check in by_level(Level.TABLE)}


@each_kind
def test_the_remedy_and_the_thresholds_are_those_of_the_kind(kind: str, check: AnyCheck) -> None:
    known = next(each for each in KINDS if each.id == kind)
    assert (check.remedy, check.thresholds) == (known.remedy, known.thresholds)


@each_kind
def test_a_defect_of_its_kind_and_no_other_fails(kind: str, check: AnyCheck) -> None:
    base = sound(check)
    others = tuple(defect(each) for each in CHECKS if each not in (kind, "total_rows_inside"))
    assert judged(check, replace(base, defects=(*base.defects, *others))).verdict is Verdict.PASS
    found = judged(check, replace(base, defects=(*base.defects, *others, defect(kind))))
    if "found" in check.reasons:
        assert found.verdict is Verdict.FAIL
        assert found.passed < found.applied
        assert (found.evidence["count"], found.evidence["cells"]) == (7, "B3, B9")


@pytest.mark.parametrize("kind", ["identities_broken", "magnitude_outlying"])
def test_what_only_the_source_can_tell_stays_open(kind: str) -> None:
    check = by_id(CHECKS[kind])
    base = sound(check)
    doubtful = judged(check, replace(base, defects=(defect(kind, doubtful=True),)))
    assert (doubtful.verdict, doubtful.reason, doubtful.evidence["count"]) == (Verdict.UNKNOWN, "doubtful", 7)


def test_a_certain_defect_beside_a_doubtful_one_fails_alone() -> None:
    check = by_id("sums_hold")
    both = (defect("identities_broken", doubtful=True), defect("identities_broken", cells=("D4",), count=1))
    outcome = judged(check, replace(sound(check), defects=both))
    assert (outcome.verdict, outcome.evidence["count"], outcome.evidence["cells"]) == (Verdict.FAIL, 1, "D4")


@each_kind
def test_what_was_not_searched_is_unknown(kind: str, check: AnyCheck) -> None:
    base = sound(check)
    assert judged(check, replace(base, examined=None)).reason == "not_searched"
    part = judged(check, replace(base, rows=900_000, examined=40_000))
    if kind == "periods_as_columns":
        assert part.verdict is Verdict.PASS
    else:
        assert (part.verdict, part.reason) == (Verdict.UNKNOWN, "too_large")


def test_a_defect_in_the_part_that_was_searched_fails() -> None:
    check = by_id("rows_distinct")
    large = replace(sound(check), rows=900_000, examined=40_000, defects=(defect("duplicate_rows"),))
    outcome = judged(check, large)
    assert (outcome.verdict, outcome.passed, outcome.applied) == (Verdict.FAIL, 39_993, 40_000)
    assert outcome.evidence["rows"] == 40_000


@each_kind
@pytest.mark.parametrize("content", ["fields", "placeholder"])
def test_tables_without_data_of_their_own_are_not_judged(kind: str, check: AnyCheck, content: str) -> None:
    assert judged(check, replace(sound(check), content=content)).reason == "no_data"
    assert judged(check, replace(sound(check), rows=0)).reason == "no_rows"


def test_passed_of_applied_counts_rows_or_columns() -> None:
    base = sound(by_id("rows_distinct"))
    rows = judged(by_id("rows_distinct"), replace(base, defects=(defect("duplicate_rows"),)))
    assert (rows.passed, rows.applied) == (193, 200)
    columns = judged(by_id("letters_intact"), replace(base, defects=(defect("mojibake"),)))
    assert (columns.passed, columns.applied) == (1, 2)


def test_many_defects_count_together_and_the_first_cells_are_named() -> None:
    check = by_id("unit_single")
    several = tuple(defect("units_mixed", cells=tuple(f"B{row}" for row in range(n, n + 4))) for n in (3, 30))
    outcome = judged(check, replace(sound(check), defects=several))
    assert (outcome.evidence["count"], outcome.evidence["cells"]) == (14, "B3, B4, B5, B6, B30")


def test_a_value_is_shown_only_where_everybody_may_see_it() -> None:
    check = by_id("letters_intact")
    base = sound(check)
    quiet = judged(check, replace(base, defects=(defect("mojibake", example=("Niï¿½ez",)),)))
    assert "Niï¿½ez" not in str(quiet.evidence)
    told = judged(check, replace(base, defects=(defect("mojibake", shown="EducaciÃ³n"),)))
    assert told.evidence["example"] == "EducaciÃ³n"
    assert 'B3, B9 ("EducaciÃ³n")' in explain(check, told, "es")


def test_columns_are_named_and_those_without_a_name_by_their_place() -> None:
    check = by_id("unit_single")
    columns = tuple(replace(each, name="") for each in sound(check).columns)
    outcome = judged(check, replace(sound(check), columns=columns, defects=(defect("units_mixed"),)))
    assert outcome.evidence["columns"] == "[2]"

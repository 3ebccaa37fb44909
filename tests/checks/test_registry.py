"""Running checks by level, and the table of rules."""

import pytest

from atalaya.checks.cases import Case
from atalaya.checks.example_cases import catalogue_case, dataset_case, resource_case, table, table_case
from atalaya.checks.registry import CHECKS, by_id, by_level, level_of, rules_table, run_checks
from atalaya.store.tables import TABLES
from atalaya.translations import LANGUAGES


@pytest.mark.parametrize("case", [catalogue_case(), dataset_case(), resource_case(), table_case(table())])
def test_every_check_of_the_level_runs(case: Case) -> None:
    assert tuple(check for check, _ in run_checks(case)) == by_level(level_of(case))


def test_unknown_ids_are_our_fault() -> None:
    with pytest.raises(KeyError):
        by_id("no_such_check")


def test_rules_fill_their_table() -> None:
    rows = rules_table()
    assert [row["id"] for row in rows] == [check.id for check in CHECKS]
    for row in rows:
        assert row.keys() == TABLES["rules"].columns.keys()
        for column in ("title", "text", "remedy"):
            texts = row[column]
            assert isinstance(texts, dict)
            assert set(texts) == set(LANGUAGES)
            assert all(texts.values())


def test_rules_explain_their_outcomes_without_the_code() -> None:
    rows = {row["id"]: row for row in rules_table()}
    for check in CHECKS:
        row = rows[check.id]
        assert row["effort"] == check.effort.value
        assert row["formats"] == list(check.formats)
        for example in check.examples:
            outcome = check.rule(example.case)
            for language in LANGUAGES:
                reasons = row["reasons"]
                assert isinstance(reasons, dict)
                reasons[language][outcome.reason].format(**outcome.evidence)

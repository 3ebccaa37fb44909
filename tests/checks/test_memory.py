"""What is remembered of checks changes no outcome: the memory and the rules agree on any cases in any order."""

import dataclasses
from collections.abc import Callable
from datetime import date

import pytest

from atalaya.checks import memory
from atalaya.checks.cases import DatasetCase, ResourceCase
from atalaya.checks.check import Level
from atalaya.checks.example_cases import dataset_case, resource_case, resource_in
from atalaya.checks.memory import Judge, class_of, outcome_of
from atalaya.checks.outcomes import Outcome, Verdict, failed, passed
from atalaya.checks.registry import CHECKS, by_level, run_checks


@pytest.mark.parametrize("level", list(Level))
@pytest.mark.parametrize("window", [2, 7, 500])
def test_examples_of_all_checks_have_the_outcomes_of_their_rules(
    level: Level, window: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(memory, "WINDOW", window)
    monkeypatch.setattr(memory, "WIDE", window)
    cases = [example.case for check in CHECKS if check.level is level for example in check.examples]
    judge = Judge(level)
    for case in cases * 4:
        assert judge.outcomes(case) == run_checks(case)


def judged(rule: Callable[[ResourceCase], Outcome], cases: list[ResourceCase]) -> tuple[list[Outcome], int]:
    """The outcomes of a rule by way of a judge, and how often it ran on the cases themselves."""
    runs = 0

    def counted(case: ResourceCase) -> Outcome:
        nonlocal runs
        runs += isinstance(case, ResourceCase) and type(case) is ResourceCase
        return rule(case)

    check = dataclasses.replace(by_level(Level.RESOURCE)[0], rule=counted)
    judge = Judge(Level.RESOURCE, (check,))
    found = [outcome for case in cases for _, outcome in judge.outcomes(case)]
    assert found == [rule(case) for case in cases]
    return found, runs


def formats(*names: str) -> list[ResourceCase]:
    return [resource_in("csv", format=name) for name in names]


def test_a_rule_runs_once_for_what_it_reads() -> None:
    found, runs = judged(lambda case: passed(case.distribution.format or ""), formats("csv", "xlsx", "csv") * 50)
    assert runs == 2
    assert found[2].reason == "csv"


def test_what_is_not_read_tells_no_cases_apart() -> None:
    cases = [resource_in("csv", title={"es": str(number)}, format="csv") for number in range(50)]
    assert judged(lambda case: passed(case.distribution.format or ""), cases)[1] == 1


def test_a_rule_that_compares_whole_objects_is_not_remembered() -> None:
    other = resource_in("csv", format="csv").distribution
    _, runs = judged(lambda case: passed() if case.distribution == other else failed("other"), formats("csv", "x") * 5)
    assert runs == 10


def test_a_rule_with_a_place_for_every_text_runs_on_each_case(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(memory, "WIDE", 4)
    cases = [resource_in("csv", download_url=f"https://a.example/{number}") for number in range(40)]
    _, runs = judged(lambda case: passed(case.distribution.download_url or ""), cases * 2)
    assert runs == 80


def test_a_place_in_a_tuple_is_told_from_another() -> None:
    def rule(case: DatasetCase) -> Outcome:
        return passed(",".join(each.distribution.format or "" for each in case.resources))

    check = dataclasses.replace(by_level(Level.DATASET)[0], rule=rule)
    judge = Judge(Level.DATASET, (check,))
    for names in (("csv", "pdf"), ("pdf", "csv"), ("csv",), ("csv", "pdf"), ("pdf", "csv"), ()):
        case = dataset_case()
        resources = tuple(resource_in("csv", format=name) for name in names)
        [(_, outcome)] = judge.outcomes(dataclasses.replace(case, resources=resources))
        assert outcome.reason == ",".join(names)


def test_everything_may_be_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(memory, "MOST", 3)
    judge = Judge(Level.RESOURCE)
    for case in formats("csv", "xlsx", "pdf") * 3:
        judge.forget()
        assert judge.outcomes(case) == run_checks(case)


def test_equal_numbers_that_are_written_otherwise_are_two_outcomes() -> None:
    values = {"a": 1, "b": 1.0, "c": True}
    found, _ = judged(lambda case: passed("ok", value=values[case.distribution.format or ""]), formats("a", "b", "c"))
    assert [repr(outcome.evidence["value"]) for outcome in found] == ["1", "1.0", "True"]


def test_a_class_says_the_outcome() -> None:
    outcome = Outcome(Verdict.FAIL, "late", {"ñ": 1, "a": None}, 1, 2)
    assert class_of(outcome) == ("fail", "late", 1, 2, '{"a":null,"ñ":1}')
    assert outcome_of(class_of(outcome)) == outcome


def test_the_day_is_one_of_the_things_that_a_rule_reads() -> None:
    days = [dataclasses.replace(resource_case(), as_of=date(2026, 1, day)) for day in (1, 2, 1)]
    found, runs = judged(lambda case: passed(case.as_of.isoformat()), days)
    assert [outcome.reason for outcome in found] == ["2026-01-01", "2026-01-02", "2026-01-01"]
    assert runs == 2

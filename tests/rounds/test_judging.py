"""Numbers stand for what checks say: equal for equal outcomes, and nothing is lost on the way."""

import dataclasses
from collections.abc import Callable

import pytest

from atalaya.checks.cases import Case, ResourceCase
from atalaya.checks.check import AnyCheck, Level
from atalaya.checks.example_cases import resource_in
from atalaya.checks.outcomes import Outcome, Verdict, passed
from atalaya.checks.registry import CHECKS, by_level, run_checks
from atalaya.rounds import judging
from atalaya.rounds.judging import Class, Judge, class_of


def said(judge: Judge, case: Case) -> list[tuple[AnyCheck, Class]]:
    numbers = judge.judge(case)
    return [(check, judge.classes(place, numbers[place : place + 1])[0]) for place, check in enumerate(judge.checks)]


@pytest.mark.parametrize("level", list(Level))
def test_examples_of_all_checks_are_told_as_their_rules_say(level: Level) -> None:
    cases = [example.case for check in CHECKS if check.level is level for example in check.examples]
    judge = Judge(level)
    for case in cases * 2:
        assert said(judge, case) == [(check, class_of(outcome)) for check, outcome in run_checks(case)]


def judge_of(rule: Callable[[ResourceCase], Outcome]) -> Judge:
    return Judge(Level.RESOURCE, (dataclasses.replace(by_level(Level.RESOURCE)[0], rule=rule),))


def test_equal_outcomes_have_one_number() -> None:
    judge = judge_of(lambda case: passed("ok", format=case.distribution.format))
    numbers = [judge.judge(resource_in("csv", format=name))[0] for name in ("csv", "pdf", "csv")]
    assert numbers == [0, 1, 0]


def test_equal_numbers_that_are_written_otherwise_are_two_outcomes() -> None:
    values = {"a": 1, "b": 1.0, "c": True}
    judge = judge_of(lambda case: passed("ok", value=values[case.distribution.format or ""]))
    found = [said(judge, resource_in("csv", format=name))[0][1][4] for name in values]
    assert found == ['{"value":1}', '{"value":1.0}', '{"value":true}']


def test_numbers_may_begin_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(judging, "MOST", 3)
    judge = Judge(Level.RESOURCE)
    for name in ("csv", "xlsx", "pdf") * 3:
        judge.forget()
        case = resource_in("csv", format=name)
        assert said(judge, case) == [(check, class_of(outcome)) for check, outcome in run_checks(case)]


def test_a_class_says_the_outcome() -> None:
    outcome = Outcome(Verdict.FAIL, "late", {"ñ": 1, "a": None}, 1, 2)
    assert class_of(outcome) == ("fail", "late", 1, 2, '{"a":null,"ñ":1}')

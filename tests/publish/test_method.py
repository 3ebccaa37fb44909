"""What the method page says of itself: figures that can be, commands and documents that are there, both languages."""

import re
from pathlib import Path

import pytest

from atalaya.checks.registry import CHECKS
from atalaya.publish.method import Accuracy, Fault, accuracies, faults


@pytest.mark.parametrize("each", accuracies(), ids=lambda each: each.id)
def test_a_measurement_can_be_repeated_and_is_possible(each: Accuracy, project: Path) -> None:
    module = re.match(r"python -m benchmarks\.(\w+)", each.command)
    assert module
    assert (project / "benchmarks" / f"{module[1]}.py").is_file()
    text = (project / each.where).read_text(encoding="utf-8")
    assert {"es", "en"} <= set(each.title) & set(each.labels)
    assert re.fullmatch(r"20\d\d-\d\d", each.measured)
    for figure in each.figures:
        assert 0 <= figure.value <= 1
        if figure.of:
            right, cases = figure.of
            assert figure.value == pytest.approx(right / cases, abs=0.0006)
            assert re.sub(r"(?<=\d),(?=\d)", "", text).count(f"{right} of {cases}"), (
                "the document states the same cases"
            )
        else:
            assert f"{figure.value:.3f}" in text, "the document states the same figure"


@pytest.mark.parametrize("each", faults(), ids=lambda each: each.id)
def test_a_fault_names_checks_and_documents_that_are_there(each: Fault, project: Path) -> None:
    assert set(each.checks) <= {check.id for check in CHECKS}
    assert (project / each.where).is_file()
    assert {"es", "en"} <= set(each.title) & set(each.text)


def test_ids_stand_once() -> None:
    for items in (accuracies(), faults()):
        assert len({each.id for each in items}) == len(items)

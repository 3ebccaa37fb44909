"""What holds of every kind of defect: its examples, its texts, its place in the registry, and how it speaks of cells."""

import ast
import re
from dataclasses import replace
from pathlib import Path

import pytest

from atalaya.inspection import defects
from atalaya.inspection.defects.cells import MOST_CELLS, CellDefect
from atalaya.inspection.defects.declaration import DefectKind, ExampleTable
from atalaya.inspection.defects.registry import KINDS, kind_of
from atalaya.inspection.limits import DEFAULT
from atalaya.inspection.tables import profile_rows

FOLDER = Path(defects.__file__).parent
EXAMPLES = [(kind, example) for kind in KINDS for example in kind.examples]


def found_in(example: ExampleTable) -> tuple[CellDefect, ...]:
    """The defects of an example."""
    limits = replace(DEFAULT, knowledge=example.knowledge)
    profile = profile_rows([list(example.names), *map(list, example.rows)], "", limits)
    assert profile is not None
    return profile.table.defects


@pytest.mark.parametrize(
    ("kind", "example"), EXAMPLES, ids=[f"{kind.id}: {example.note}" for kind, example in EXAMPLES]
)
def test_examples_show_what_they_say(kind: DefectKind, example: ExampleTable) -> None:
    found = [defect for defect in found_in(example) if defect.id == kind.id]
    cells = {cell for defect in found for cell in defect.cells}
    assert bool(found) == bool(example.faults)
    assert set(example.faults) <= cells


def test_ids_are_sorted_and_distinct() -> None:
    ids = [kind.id for kind in KINDS]
    assert ids == sorted(set(ids))
    assert all(re.fullmatch(r"[a-z]+(?:_[a-z]+)*", each) for each in ids)


def test_every_module_with_a_kind_is_registered() -> None:
    declared = {
        path.stem
        for path in FOLDER.glob("*.py")
        if any(
            isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "KIND"
            for node in ast.parse(path.read_text(encoding="utf-8")).body
        )
    }
    assert declared == {kind.id for kind in KINDS}


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.id)
def test_kinds_say_what_they_are(kind: DefectKind) -> None:
    assert kind_of(kind.id) is kind
    assert kind.version >= 1
    assert all(text.endswith(".") for text in (kind.told(), kind.remedy))
    assert not kind.title.endswith(".")
    assert "{" not in kind.told() + kind.remedy + kind.title
    assert any(example.faults for example in kind.examples), "no example with the defect"
    assert any(not example.faults for example in kind.examples), "no example without it"


@pytest.mark.parametrize(
    ("kind", "example"), EXAMPLES, ids=[f"{kind.id}: {example.note}" for kind, example in EXAMPLES]
)
def test_details_hold_no_value_of_a_cell(kind: DefectKind, example: ExampleTable) -> None:
    values = {str(cell) for row in example.rows for cell in row if len(str(cell)) > 3}
    for defect in found_in(example):
        assert not [value for value in values if value in defect.detail], defect.detail
        assert len(defect.cells) <= MOST_CELLS
        assert len(defect.rows) <= MOST_CELLS
        assert all(re.fullmatch(r"[A-Z]+[1-9]\d*", cell) for cell in defect.cells)
        assert defect.columns == tuple(sorted(set(defect.columns)))

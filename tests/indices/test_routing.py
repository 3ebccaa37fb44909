"""When a node applies, and figures that are made of the nodes of a level."""

import re

import pytest

from atalaya.exceptions import MethodologyError
from atalaya.indices.engine import compute
from atalaya.indices.language.reading import parse_index
from atalaya.indices.series import State
from atalaya.indices.table import table_of

TEXT = """
format: 2
id: trial
version: 1
title: Trial
units: {id: body}
cells: {values: {"Y": 100, "N": 0}, not_applicable: ["NA"], unknown: ["?"]}
tree:
  id: index
  children:
    - {id: a, source: {column: a}, range: [0, 100], applies_when: CONDITION}
    - {id: b, source: {column: b}, range: [0, 100]}
"""

ONE = "{column: gate, in: [Y]}"
BOTH = "[{column: gate, in: [Y]}, {column: list, has: [7, 8]}]"
V, NA, UNKNOWN = State.VALUE, State.NOT_APPLICABLE, State.UNKNOWN


def state(condition: str, **cells: str) -> State:
    index = parse_index(TEXT.replace("CONDITION", condition))
    row = {"body": "x", "gate": "", "list": "", "size": "", "b": "Y", "a": "Y", **cells}
    return State(compute(index, table_of([row], index)).nodes["a"].state[0])


@pytest.mark.parametrize(
    ("condition", "cells", "expected"),
    [
        (ONE, {"gate": "Y"}, V),
        (ONE, {"gate": "N"}, NA),
        (ONE, {"gate": "NA"}, NA),
        (ONE, {"gate": ""}, V),  # nobody answered: nothing is set aside
        (ONE, {"gate": "?", "a": ""}, UNKNOWN),
        (ONE, {"gate": "N", "a": ""}, NA),
        ("{column: gate, not_in: [Y]}", {"gate": "Y"}, NA),
        ("{column: gate, not_in: [Y]}", {"gate": "N"}, V),
        ("{column: list, has: [7]}", {"list": "5, 7;9"}, V),
        ("{column: list, has: [7]}", {"list": "17 71"}, NA),
        ("{column: list, has: [7]}", {"list": ""}, V),
        ("{column: size, at_least: 10}", {"size": "10"}, V),
        ("{column: size, at_least: 10}", {"size": "9.5"}, NA),
        ("{column: size, below: 10}", {"size": "10"}, NA),
        ("{column: size, below: 10}", {"size": ""}, V),
        ("{column: size, below: 10}", {"size": "large"}, NA),
        (BOTH, {"gate": "Y", "list": "8"}, V),
        (BOTH, {"gate": "Y", "list": "9"}, NA),
        (BOTH, {"gate": "N", "list": "8"}, NA),
        (BOTH, {"gate": "", "list": "9"}, NA),
    ],
)
def test_conditions(condition: str, cells: dict[str, str], expected: State) -> None:
    assert state(condition, **cells) == expected


@pytest.mark.parametrize("condition", ["{column: gate}", "{column: gate, in: [Y], has: [Y]}", "[]"])
def test_conditions_that_say_nothing_or_two_things_are_refused(condition: str) -> None:
    with pytest.raises(MethodologyError, match="line 11, column 67"):
        state(condition)


LEVELS = """
format: 2
id: trial
version: 1
title: Trial
units: {id: body}
cells: {values: {"Y": 100, "N": 0}, not_applicable: ["NA"]}
tree:
  id: index
  aggregation: {method: arithmetic, of: duty}
  children:
    - id: large
      weight: 2
      children:
        - {id: d1, level: duty, children: [{id: a, source: {column: a}}, {id: b, source: {column: b}}]}
        - {id: d2, level: duty, children: [{id: c, source: {column: c}}]}
    - id: small
      weight: 1
      children:
        - {id: d3, level: duty, children: [{id: d, source: {column: d}}]}
    - id: beside
      weight: 0
      children:
        - {id: d4, level: duty, children: [{id: e, source: {column: e}}]}
"""


def test_a_figure_made_of_the_nodes_of_a_level_by_hand() -> None:
    """x: duties 50, 0, 100 and one beside that weighs nothing: index 50, though its branches are 25 and 100.

    y: the second duty does not apply: (50 + 100) / 2. z: only what weighs nothing applies, so the index does not."""
    rows = [
        {"body": "x", "a": "Y", "b": "N", "c": "N", "d": "Y", "e": "N"},
        {"body": "y", "a": "Y", "b": "N", "c": "NA", "d": "Y", "e": "N"},
        {"body": "z", "a": "NA", "b": "NA", "c": "NA", "d": "NA", "e": "N"},
    ]
    index = parse_index(LEVELS)
    found = compute(index, table_of(rows, index))
    assert found.scores.values[:2].tolist() == pytest.approx([50, 75])
    assert found.scores.state.tolist() == [V, V, NA]
    assert found.nodes["large"].values[0] == 25
    assert found.nodes["d4"].values.tolist() == [0, 0, 0]


@pytest.mark.parametrize(
    ("old", "new"),
    [("level: duty, children: [{id: c", "level: task, children: [{id: c"), ("of: duty", "of: thing")],
)
def test_an_indicator_outside_every_node_of_the_level_is_refused(old: str, new: str) -> None:
    with pytest.raises(MethodologyError, match=re.escape("is below none")):
        parse_index(LEVELS.replace(old, new, 1))

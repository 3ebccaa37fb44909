"""Other weights: by hand, and as a methodology that says so itself would be computed."""

import pytest

from atalaya.exceptions import MethodologyError
from atalaya.indices.engine import compute
from atalaya.indices.language.reading import parse_index
from atalaya.indices.table import UnitTable
from atalaya.indices.weighing import reweighed, weighed

TEXT = """format: 2
id: trial
version: 1
title: {{es: Prueba, en: Trial}}
units: {{id: unit}}
scale: {{low: 0, high: 100}}
steps: [{{scale: {{multiply: 100}}}}]
tree:
  id: index
  children:
    - {{id: a, weight: {a}, range: [0, 1], source: {{measure: a@1}}}}
    - {{id: b, weight: {b}, range: [0, 1], source: {{measure: b@1}}}}
"""


def share(value: float, low: float) -> dict[str, object]:
    return {"value": value, "low": low, "high": 1.0, "passed": 1, "applied": 2, "unknown": 1, "not_applicable": 0}


TABLE = UnitTable(
    ("u", "v"),
    ("u", "v"),
    {},
    {"a@1": {"u": share(0.2, 0.1), "v": share(0.8, 0.5)}, "b@1": {"u": share(0.9, 0.7), "v": share(0.1, 0.0)}},
)


def test_other_weights_by_hand() -> None:
    computed = compute(parse_index(TEXT.format(a=1, b=1)), TABLE)
    assert computed.scores.values == pytest.approx([55.0, 45.0])
    again = weighed(computed, {"a": 3.0})
    assert again.scores.values == pytest.approx([(3 * 20 + 90) / 4, (3 * 80 + 10) / 4])
    assert list(again.ranks[again.index.rankings[0].id].rank) == [2, 1]


@pytest.mark.parametrize(("a", "b"), [(1, 1), (3, 1), (0, 2), (7, 0), (0.5, 99)])
def test_a_trial_is_the_methodology_that_says_so(a: float, b: float) -> None:
    computed = compute(parse_index(TEXT.format(a=1, b=1)), TABLE)
    told = compute(parse_index(TEXT.format(a=a, b=b)), TABLE) if a and b else None
    again = weighed(computed, {"a": a, "b": b})
    if told is not None:
        for name in ("values", "low", "high", "coverage"):
            assert list(getattr(again.scores, name)) == list(getattr(told.scores, name))
    else:
        assert again.scores.values == pytest.approx([90.0, 10.0] if a == 0 else [20.0, 80.0])
    assert computed.index.root.present[0].weight == 1  # the index itself is as it was


@pytest.mark.parametrize(
    ("weights", "said"),
    [
        ({"c": 1.0}, "no node 'c' below its root"),
        ({"a": -1.0}, "the weight of a is -1.0"),
        ({"a": float("nan")}, "the weight of a is nan"),
        ({"a": 0.0, "b": 0.0}, "all weights are 0"),
    ],
)
def test_weights_that_cannot_be_are_named(weights: dict[str, float], said: str) -> None:
    with pytest.raises(MethodologyError, match=said):
        reweighed(parse_index(TEXT.format(a=1, b=1)), weights)

"""The European points in the second form of the language: the same figures as the first form, whatever was measured."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from atalaya.indices.engine import Computed, compute
from atalaya.indices.language.definition import Index
from atalaya.indices.language.reading import parse_index
from atalaya.indices.methodology import Methodology
from atalaya.indices.reader import read_shipped
from atalaya.indices.scores import evaluate
from atalaya.indices.table import of_measures

Row = dict[str, object]


def second_form(methodology: Methodology) -> str:
    """A methodology of points as YAML of the second form. The whole is made of indicators, so that coverage weighs by points."""
    lines = [
        "format: 2",
        f"id: {methodology.name}",
        f"version: {methodology.version}",
        "title: Points",
        "units: {id: institution_id}",
        f"scale: {{low: {methodology.low}, high: {methodology.high}}}",
        "missing: {not_applicable: zero, unknown: interval}",
        f"coverage: {{floor: {methodology.floor}, counts: {methodology.counts}}}",
        "aggregation: sum",
        "rankings: [{id: all, decimals: 1, ties: min}]",
        f"bands: [{', '.join(f'{{id: {band.id}, from: {band.start}}}' for band in methodology.bands)}]",
        "tree:",
        "  id: index",
        "  aggregation: {method: sum, of: leaves}",
        f"  after: [{{scale: {{multiply: {methodology.high}}}}}]",
        "  children:",
    ]
    for dimension in methodology.root.children:
        points = sum(leaf.weight for leaf in dimension.children)
        lines += [f"    - id: {dimension.id}", f"      weight: {points}", "      children:"]
        lines += [
            f"        - {{id: {leaf.id}, weight: {leaf.weight}, range: [0, 1], source: {{measure: {leaf.measure}}}}}"
            for leaf in dimension.children
        ]
    return "\n".join(lines) + "\n"


@pytest.fixture(scope="module")
def forms() -> dict[str, tuple[Methodology, Index]]:
    shipped = {reference: read_shipped(reference) for reference in ("mqa/1", "mqa-norway/1")}
    return {reference: (first, parse_index(second_form(first))) for reference, first in shipped.items()}


def row(measure: str, passed: int, failed: int, unknown: int, aside: int, waiting: bool = False) -> Row:
    decided, cases = passed + failed, passed + failed + unknown
    return {
        "measure_id": measure,
        "institution_id": "x:u",
        "value": passed / decided if decided else None,
        "low": passed / cases if cases else 0.0 if waiting else None,
        "high": (passed + unknown) / cases if cases else 1.0 if waiting else None,
        "passed": passed,
        "applied": decided,
        "unknown": unknown,
        "not_applicable": aside,
        "reason": "cases",
    }


def figures(computed: Computed, node: str) -> tuple[float | None, float, float, float]:
    series = computed.nodes[node]
    value = float(series.values[0])
    ends = float(series.low[0]), float(series.high[0])
    return None if value != value else value, *ends, float(series.coverage[0])


def assert_same(first: Methodology, second: Index, measures: list[Row]) -> None:
    """Every figure of every node by both forms: value, ends and how much was measured; and the band."""
    expected = evaluate(first, {str(each["measure_id"]): each for each in measures})
    found = compute(second, of_measures(measures, ["x:u"]))
    points = {leaf.id: leaf.weight for leaf in second.leaves}
    for node, figure in expected.items():
        name = node.partition(":")[2] or "index"
        value, low, high, coverage = figures(found, name)
        weight = points.get(name, 1.0)
        assert figure.coverage == pytest.approx(coverage, abs=1e-9), node
        assert (low * weight, high * weight) == pytest.approx((figure.low, figure.high), abs=1e-9), node
        assert (value is None) == (figure.value is None), node
        assert value is None or value * weight == pytest.approx(figure.value, abs=1e-9), node
        if name == "index" and value is not None:
            assert second.band(value).id == first.band(value).id


CASES = st.tuples(*[st.integers(0, 4)] * 4, st.booleans())


@pytest.mark.parametrize("reference", ["mqa/1", "mqa-norway/1"])
@settings(max_examples=30, deadline=None)
@given(data=st.data())
def test_both_forms_give_the_same_figures(forms, reference: str, data: st.DataObject) -> None:
    first, second = forms[reference]
    measures = [
        row(measure, *data.draw(CASES)) for measure in first.measures if data.draw(st.integers(0, 9)) > 0
    ]  # now and then nobody measured it
    assert_same(first, second, measures)


@pytest.mark.parametrize(
    "cases",
    [(3, 1, 1, 0), (0, 0, 0, 0), (0, 0, 3, 0), (0, 0, 0, 2), (0, 0, 0, 0, True), (4, 0, 0, 0), (0, 4, 0, 1)],
)
def test_both_forms_agree_on_every_kind_of_measure(forms, cases: tuple[int, ...]) -> None:
    first, second = forms["mqa/1"]
    measures = [row(measure, 1, 1, 0, 0) for measure in first.measures]
    measures[3] = row(first.measures[3], *cases)
    assert_same(first, second, measures)


def test_points_by_hand(forms) -> None:
    """Half of every indicator is 202.5 of 405; all of it 405 and excellent, none of it 0 and bad."""
    _, second = forms["mqa/1"]
    for passed, failed, total, band in ((1, 1, 202.5, "sufficient"), (1, 0, 405.0, "excellent"), (0, 1, 0.0, "bad")):
        measures = [row(measure, passed, failed, 0, 0) for measure in second.measures]
        value, low, high, coverage = figures(compute(second, of_measures(measures, ["x:u"])), "index")
        assert (value, low, high, coverage) == pytest.approx((total, total, total, 1.0))
        assert second.band(value or 0.0).id == band

"""Points that add up: one unit worked by hand, what the language refuses, and the tables of the MQA against their sources."""

import os
import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from random import Random

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from atalaya.exceptions import MethodologyError
from atalaya.indices.language.definition import Index
from atalaya.indices.language.reading import parse_index, read_shipped_index
from atalaya.indices.scores import Unit, score_units
from benchmarks.mqa_scoring import compare

POINTS = """
format: 2
id: trial
version: 0
title: {es: Prueba, en: Trial}
units: {id: institution_id}
scale: {low: 0, high: 100}
missing: {not_applicable: zero, unknown: interval}
coverage: {floor: 0.6, counts: cases}
aggregation: sum
rounding: {decimals: 1}
rankings: [{id: all, decimals: 1, ties: min}]
bands:
  - {id: low, from: 0, title: {es: Baja, en: Low}}
  - {id: high, from: 50, title: {es: Alta, en: High}}
tree:
  id: index
  aggregation: {method: sum, of: leaves}
  after: [{scale: {multiply: 100}}, {round: {decimals: 9}}]
  weights_sum: 100
  children:
    - id: first
      weight: 70
      weights_sum: 70
      children:
        - {id: a, weight: 50, range: [0, 1], source: {measure: a@1}}
        - {id: b, weight: 20, range: [0, 1], source: {measure: b@1}}
    - id: second
      weight: 30
      weights_sum: 30
      children:
        - {id: c, weight: 30, range: [0, 1], source: {measure: c@1}}
"""

Points = tuple[float | None, float, float, float]
"""Value, lower and upper end, and how much was measured."""


@cache
def shipped(reference: str) -> Index:
    return read_shipped_index(reference)


def row(measure: str, passed: int, failed: int = 0, unknown: int = 0, aside: int = 0) -> dict[str, object]:
    decided, cases = passed + failed, passed + failed + unknown
    return {
        "measure_id": measure,
        "institution_id": "x:u",
        "value": passed / decided if decided else None,
        "low": passed / cases if cases else None,
        "high": (passed + unknown) / cases if cases else None,
        "passed": passed,
        "applied": decided,
        "unknown": unknown,
        "not_applicable": aside,
        "reason": "cases",
    }


def points_of(index: Index, measures: Iterable[dict[str, object]]) -> dict[str, Points]:
    """The figures of one unit by node, all in points."""
    found = {}
    for each in score_units(index, measures, [Unit("x:u")]):
        item = index.items[str(each["node"])]
        times = item.weight if item.is_leaf else 1.0
        value, low, high = (None if each[name] is None else float(str(each[name])) * times for name in ENDS)
        found[item.id] = (value, low or 0.0, high or 0.0, float(str(each["coverage"])))
    return found


ENDS = ("value", "low", "high")


def test_one_unit_worked_by_hand() -> None:
    """a: 3 of 4 cases decided pass, one unknown: 50 × 3/4 = 37.5, from 50 × 3/5 = 30 to 50 × 4/5 = 40. b: 20 × 1/2 = 10.
    c: no case, so no points. Together 47.5, from 40 to 50."""
    index = parse_index(POINTS)
    measures = [row("a@1", 3, 1, 1), row("b@1", 1, 1), row("c@1", 0)]
    figures = points_of(index, measures)
    assert {name: figure[:3] for name, figure in figures.items()} == {
        "index": pytest.approx((47.5, 40.0, 50.0)),
        "first": pytest.approx((47.5, 40.0, 50.0)),
        "a": pytest.approx((37.5, 30.0, 40.0)),
        "b": (10.0, 10.0, 10.0),
        "second": (0.0, 0.0, 0.0),
        "c": (0.0, 0.0, 0.0),
    }
    assert figures["index"][3] == pytest.approx(0.7 * (5 / 7 * 0.8 + 2 / 7) + 0.3)
    rows = {str(r["node"]): r for r in score_units(index, measures, [Unit("x:u")])}
    assert rows["index"]["detail"]["band"] == "low"
    assert [(c["weight"], c["points"]) for c in rows["first"]["detail"]["contributions"]] == [(50, 37.5), (20, 10)]


@pytest.mark.parametrize(
    ("given_", "figure"),
    [
        (None, (None, 0.0, 50.0, 0.0)),  # nobody measured it
        (row("a@1", 1, 1), (25.0, 25.0, 25.0, 1.0)),
        (row("a@1", 0, 0, 3), (None, 0.0, 50.0, 0.0)),  # nothing could be decided
        (row("a@1", 0), (0.0, 0.0, 0.0, 1.0)),  # no case at all brings nothing
        (row("a@1", 0, aside=2), (None, 0.0, 50.0, 0.0)),  # all cases set aside: open
        ({**row("a@1", 0), "low": 0.0, "high": 1.0}, (0.0, 0.0, 50.0, 1.0)),  # records wait for an institution
    ],
)
def test_the_points_of_one_indicator(given_: dict[str, object] | None, figure: Points) -> None:
    rows = [row("b@1", 1), row("c@1", 1), *([] if given_ is None else [given_])]
    found = points_of(parse_index(POINTS), rows)
    assert found["a"] == figure
    value, low, high, coverage = figure
    assert found["index"] == pytest.approx(
        (None if value is None else value + 50, low + 50, high + 50, (coverage + 1) / 2), abs=1e-9
    )


CASES = st.tuples(*[st.integers(0, 4)] * 4, st.booleans())


@pytest.mark.parametrize("reference", ["mqa/1", "mqa-norway/1"])
@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_every_figure_equals_a_short_computation(reference: str, data: st.DataObject) -> None:
    """Value, ends, coverage and band of every node, whatever was measured and whatever waits for an institution."""
    index = shipped(reference)
    measures: dict[str, dict[str, object]] = {}
    for name in index.measures:
        if data.draw(st.integers(0, 9)):  # now and then nobody measured it
            *counts, waiting = data.draw(CASES)
            measures[name] = row(name, *counts)
            if waiting and measures[name]["low"] is None:
                measures[name] |= {"low": 0.0, "high": 1.0}
    found = points_of(index, measures.values())
    for item in index.root.walk():
        parts = [short(measures.get(leaf.measure or ""), leaf.weight) for leaf in item.leaves]
        most = sum(leaf.weight for leaf in item.leaves)
        value = None if any(part[0] is None for part in parts) else sum(part[0] or 0.0 for part in parts)
        low, high = (sum(part[end] for part in parts) for end in (1, 2))
        coverage = sum(part[3] * leaf.weight for part, leaf in zip(parts, item.leaves, strict=True)) / most
        assert found[item.id] == pytest.approx((value, low, high, coverage), abs=1e-8), item.id
        assert 0 <= found[item.id][1] <= found[item.id][2] <= most + 1e-9


def short(measure: dict[str, object] | None, weight: float) -> Points:
    """The points of one indicator from the counts of its cases alone."""
    if measure is None:
        return (None, 0.0, weight, 0.0)
    passed, decided, unknown, aside = (float(str(measure[name])) for name in COUNTED)
    if decided:
        cases = decided + unknown
        return (
            weight * passed / decided,
            weight * passed / cases,
            weight * (passed + unknown) / cases,
            decided / cases,
        )
    if unknown or aside:
        return (None, 0.0, weight, 0.0)
    return (0.0, 0.0, weight if measure["high"] == 1.0 else 0.0, 1.0)


COUNTED = ("passed", "applied", "unknown", "not_applicable")


def test_points_that_do_not_add_up_are_refused() -> None:
    for old, new, told in (
        ("weight: 50", "weight: 40", "the weights below first add up to 60 and not to 70"),
        ("weight: 70", "weight: 60", "the weights below index add up to 90 and not to 100"),
    ):
        with pytest.raises(MethodologyError, match=told):
            parse_index(POINTS.replace(old, new, 1))


@pytest.mark.parametrize("points", [121, 221, 351, 405])
def test_whole_points_stay_whole(points: int) -> None:
    """What binary arithmetic leaves in the sixteenth digit moves nobody into the band below."""
    index = shipped("mqa/1")
    weights = {leaf.measure: leaf.weight for leaf in index.leaves}
    for seed in range(40):
        chance, left, measures = Random(seed), points, []
        for name in chance.sample(sorted(weights), len(weights)):
            passes = min(left, weights[name])
            left -= passes
            measures.append(row(name, int(passes), int(weights[name] - passes)))
        assert points_of(index, measures)["index"][0] == points
        [whole] = [r for r in score_units(index, measures, [Unit("x:u")]) if r["node"] == "index"]
        assert whole["detail"]["band"] == {121: "sufficient", 221: "good", 351: "excellent", 405: "excellent"}[points]


def indicators(index: Index) -> Iterator[tuple[str, str, float]]:
    """Dimension, indicator and points, names as the source writes them."""
    for dimension in index.root.present:
        for leaf in dimension.leaves:
            yield dimension.id, re.sub(r"_(\w)", lambda found: found[1].upper(), leaf.id), leaf.weight


def test_every_indicator_of_the_mqa_cites_the_check_of_its_name() -> None:
    for leaf in shipped("mqa/1").leaves:
        assert leaf.measure == f"mqa_{leaf.id}@1"


@pytest.mark.parametrize(
    ("points", "band"),
    [(0, "bad"), (120, "bad"), (120.9, "bad"), (121, "sufficient"), (220, "sufficient"), (221, "good"), (350, "good"),
     (351, "excellent"), (405, "excellent")],
)  # fmt: skip
def test_bands_of_the_mqa(points: float, band: str) -> None:
    """A perfect 405 is excellent, which one published reporter calls n/a."""
    found = shipped("mqa/1").band(points)
    assert found is not None
    assert found.id == band


@pytest.fixture(scope="session")
def peers(corpora: Path) -> str:
    """The description of the peers, which lies beside the recorded material."""
    path = corpora.parent / "reference" / "observatory-peers.md"
    if path.is_file():
        return path.read_text(encoding="utf-8")
    if os.environ.get("ATALAYA_CORPORA"):
        pytest.fail(f"{path.name} does not lie in reference/ beside the recorded material")
    return pytest.skip("the description of the peers is absent")


@pytest.mark.real
def test_the_points_are_those_of_the_description_line_by_line(peers: str) -> None:
    section = peers.partition("### 1.1")[2].partition("\n### ")[0]
    lines = [[cell.strip(" *") for cell in line.split("|")[1:-1]] for line in section.splitlines() if line[:1] == "|"]
    described, dimension, most = [], "", {}
    for name, indicator, _, points, _ in lines:
        if match := re.match(r"(\w+) \((\d+)\)", name):
            dimension = match[1].lower()
            most[dimension] = int(match[2])
        if re.fullmatch(r"\d+", points) and indicator:
            described.append((dimension, indicator, float(points)))
    index = shipped("mqa/1")
    assert list(indicators(index)) == described
    assert len(described) == 23
    assert {each.id: each.weight for each in index.root.present} == most
    [stated] = re.findall(r"\*\*Total\*\* \| \| \| \*\*(\d+)\*\*", section)
    assert index.high == int(stated)
    bands = re.findall(r"(Excellent|Good|Sufficient|Bad) (\d+)–(\d+)", section)
    assert [(b.title["en"], b.start) for b in reversed(index.bands)] == [(n, int(low)) for n, low, _ in bands]
    for name, low, high in bands:
        assert {band.title["en"] for end in (low, high) if (band := index.band(int(end)))} == {name}


def scored_metrics(path: Path, space: str) -> dict[str, float]:
    """The points of every metric in a vocabulary, by its name; one of the two writes licence where the other writes license."""
    store = ox.Store()
    store.load(path=str(path), format=ox.RdfFormat.TURTLE)
    quads = list(store.quads_for_pattern(None, ox.NamedNode(f"{space}trueScore"), None))
    points = {str(quad.subject).strip("<>").removeprefix(space): quad.object for quad in quads}
    return {name.replace("icence", "icense"): float(str(score).split('"')[1]) for name, score in points.items()}


@pytest.mark.real
@pytest.mark.parametrize(
    ("reference", "file", "space"),
    [
        ("mqa/1", "vocab/eu/piveau-dqv-vocabulary.ttl", "https://piveau.eu/ns/voc#"),
        (
            "mqa-norway/1",
            "mqa/dcatno-mqa-vocabulary-default-score-values.ttl",
            "https://data.norge.no/vocabulary/dcatno-mqa#",
        ),
    ],
)
def test_the_points_are_those_of_the_published_vocabularies(
    corpora: Path, reference: str, file: str, space: str
) -> None:
    published = scored_metrics(corpora / "reference" / file, space)
    assert {name: points for _, name, points in indicators(shipped(reference))} == published
    assert sum(published.values()) == shipped(reference).high


@pytest.mark.real
def test_the_norwegian_scores_come_out_the_same(corpora: Path) -> None:
    compared = compare(corpora)
    assert [item for item in compared if item.published != item.computed] == []
    assert len(compared) == 93
    assert {item.unit: item.computed[0] for item in compared if item.node == "index"} == {
        "https://dataset.foo": 70,
        "https://distribution.a": 50,
        "https://distribution.b": 0,
    }

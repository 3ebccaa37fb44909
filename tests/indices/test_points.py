"""Points that add up: one unit worked by hand, what the language refuses, and the tables of the MQA against their sources."""

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from atalaya.exceptions import MethodologyError
from atalaya.indices.figures import Figure, points_of, total
from atalaya.indices.methodology import Methodology
from atalaya.indices.reader import parse_methodology, read_shipped
from atalaya.indices.scores import Unit, compute, evaluate
from benchmarks.mqa_scoring import compare

POINTS = """
format: 1
id: trial
version: 0
title: {es: Prueba, en: Trial}
units: institution
scale: {low: 0, high: 100}
missing: {not_applicable: no_points, unknown: interval}
coverage: {floor: 0.6, counts: cases}
aggregation: {nodes: sum, groups: arithmetic}
rounding: {decimals: 1}
ranking: {order: descending, decimals: 1, ties: min}
bands:
  - {id: low, from: 0, title: {es: Baja, en: Low}}
  - {id: high, from: 50, title: {es: Alta, en: High}}
dimensions:
  - id: first
    title: {es: Primera, en: First}
    weight: 70
    indicators:
      - {id: a, measure: a@1, weight: 50, title: {es: A, en: A}}
      - {id: b, measure: b@1, weight: 20, title: {es: B, en: B}}
  - id: second
    title: {es: Segunda, en: Second}
    weight: 30
    indicators:
      - {id: c, measure: c@1, weight: 30, title: {es: C, en: C}}
"""


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


def test_one_unit_worked_by_hand() -> None:
    """a: 3 of 4 cases decided pass, one unknown: 50 × 3/4 = 37.5, from 50 × 3/5 = 30 to 50 × 4/5 = 40. b: 20 × 1/2 = 10.
    c: no case, so no points. Together 47.5, from 40 to 50."""
    measures = [row("a@1", 3, 1, 1), row("b@1", 1, 1), row("c@1", 0)]
    rows = {str(r["node"]): r for r in compute(parse_methodology(POINTS), measures, [Unit("x:u", ("g",))])
            if r["unit_id"] == "x:u"}  # fmt: skip
    figures = {name: (r["value"], r["low"], r["high"]) for name, r in rows.items()}
    assert figures == {
        "index": (47.5, 40.0, 50.0),
        "dimension:first": (47.5, 40.0, 50.0),
        "indicator:a": (37.5, 30.0, 40.0),
        "indicator:b": (10.0, 10.0, 10.0),
        "dimension:second": (0.0, 0.0, 0.0),
        "indicator:c": (0.0, 0.0, 0.0),
    }
    assert rows["index"]["coverage"] == pytest.approx(0.7 * (5 / 7 * 0.8 + 2 / 7) + 0.3)
    detail = rows["index"]["detail"]
    assert isinstance(detail, dict)
    assert detail["band"] == "low"
    assert [(c["weight"], c["points"]) for c in detail["contributions"]] == [(70, 47.5), (30, 0.0)]


@pytest.mark.parametrize(
    ("given_", "figure"),
    [
        (None, Figure(None, 0.0, 20.0, 0.0)),  # nobody measured it
        (row("a@1", 1, 1), Figure(10.0, 10.0, 10.0, 1.0)),
        (row("a@1", 0, 0, 3), Figure(None, 0.0, 20.0, 0.0)),  # nothing could be decided
        (row("a@1", 0), Figure(0.0, 0.0, 0.0, 1.0)),  # no case at all brings nothing
        (row("a@1", 0, aside=2), Figure(None, 0.0, 20.0, 0.0)),  # all cases set aside: open
        ({**row("a@1", 0), "low": 0.0, "high": 1.0}, Figure(0.0, 0.0, 20.0, 1.0)),  # records wait for an institution
    ],
)
def test_the_points_of_one_indicator(given_: dict[str, object] | None, figure: Figure) -> None:
    assert points_of(given_, 20.0, "cases") == figure


def test_unknown_points_are_neither_won_nor_lost() -> None:
    whole = total([Figure(30.0, 30.0, 30.0, 1.0), Figure(None, 0.0, 20.0, 0.0)], [30.0, 20.0])
    assert (whole.value, whole.low, whole.high) == (None, 30.0, 50.0)
    assert whole.coverage == pytest.approx(0.6)
    assert whole.state == "unknown"


COUNTS = st.tuples(*[st.integers(0, 6)] * 4)


@settings(max_examples=60, deadline=None)
@given(st.lists(COUNTS, min_size=3, max_size=3))
def test_every_figure_stands_in_its_interval_and_no_more_than_its_points(
    counts: list[tuple[int, int, int, int]],
) -> None:
    methodology = parse_methodology(POINTS)
    measures = {name: row(name, *cases) for name, cases in zip(("a@1", "b@1", "c@1"), counts, strict=True)}
    figures = evaluate(methodology, measures)
    most = {"index": 100.0, "dimension:first": 70.0, "dimension:second": 30.0, "indicator:a": 50.0, "indicator:b": 20.0}
    for name, figure in figures.items():
        assert figure.low is not None
        assert figure.high is not None
        assert 0 <= figure.low <= figure.high <= most.get(name, 30.0) + 1e-9
        if figure.value is not None:
            assert figure.low - 1e-9 <= figure.value <= figure.high + 1e-9
    unknown = any(not passed + failed and unknown + aside for passed, failed, unknown, aside in counts)
    assert (figures["index"].value is None) == unknown


@pytest.mark.parametrize(
    ("old", "new", "line", "told"),
    [
        ("weight: 50", "weight: 40", 19, "the indicators of first bring 60 points and the dimension says 70"),
        ("weight: 70", "weight: 60", 19, "the indicators of first bring 70 points and the dimension says 60"),
        ("high: 100", "high: 90", 7, "all points together are 100 and the scale ends at 90"),
        ("low: 0,", "low: -5,", 7, "points start at -5"),
        ("no_points", "renormalise", 8, "sum does not go with renormalise"),
        ("nodes: sum", "nodes: arithmetic", 8, "arithmetic does not go with no_points"),
    ],
)  # fmt: skip
def test_points_that_do_not_add_up_are_refused(old: str, new: str, line: int, told: str) -> None:
    text = POINTS.replace(old, new, 1).replace("from: 0", "from: -5" if "-5" in new else "from: 0")
    with pytest.raises(MethodologyError, match=re.escape(told)) as refused:
        parse_methodology(text)
    assert f"line {line}," in str(refused.value)


def indicators(methodology: Methodology) -> Iterator[tuple[str, str, float]]:
    """Dimension, indicator and points, names as the source writes them."""
    for dimension in methodology.root.children:
        for leaf in dimension.children:
            yield dimension.id, re.sub(r"_(\w)", lambda found: found[1].upper(), leaf.id), leaf.weight


def test_every_indicator_of_the_mqa_cites_the_check_of_its_name() -> None:
    for leaf in read_shipped("mqa/1").root.walk():
        assert leaf.measure is None or leaf.measure == f"mqa_{leaf.id}@1"


@pytest.mark.parametrize(
    ("points", "band"),
    [(0, "bad"), (120, "bad"), (120.9, "bad"), (121, "sufficient"), (220, "sufficient"), (221, "good"), (350, "good"),
     (351, "excellent"), (405, "excellent")],
)  # fmt: skip
def test_bands_of_the_mqa(points: float, band: str) -> None:
    """A perfect 405 is excellent, which one published reporter calls n/a."""
    assert read_shipped("mqa/1").band(points).id == band


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
    methodology = read_shipped("mqa/1")
    assert list(indicators(methodology)) == described
    assert len(described) == 23
    assert {each.id: each.weight for each in methodology.root.children} == most
    [stated] = re.findall(r"\*\*Total\*\* \| \| \| \*\*(\d+)\*\*", section)
    assert methodology.high == int(stated)
    bands = re.findall(r"(Excellent|Good|Sufficient|Bad) (\d+)–(\d+)", section)
    assert [(b.title["en"], b.start) for b in reversed(methodology.bands)] == [(n, int(low)) for n, low, _ in bands]
    for name, low, high in bands:
        assert methodology.band(int(low)).title["en"] == methodology.band(int(high)).title["en"] == name


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
    assert {name: points for _, name, points in indicators(read_shipped(reference))} == published
    assert sum(published.values()) == read_shipped(reference).high


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

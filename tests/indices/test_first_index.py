"""The first index, with one institution worked by hand: docs/explanation/first-index.md shows the same figures."""

import pytest

from atalaya.indices.language.reading import read_shipped_index
from atalaya.indices.scores import Unit, score_units, unit_table
from atalaya.indices.what_if import what_if

INDEX = "open-data-national/0"

COUNTS = {
    "publishes@1": (1, 1, 0),
    "licence_open@3": (6, 10, 0),
    "machine_readable@2": (8, 10, 0),
    "open_format@1": (9, 10, 0),
    "format_true@2": (6, 8, 2),
    "five_stars@2": (0, 0, 0),
    "reachable@1": (10, 10, 0),
    "available_to_machines@2": (10, 10, 0),
    "tls_valid@1": (0, 0, 10),
    "data_downloadable@1": (5, 10, 0),
    "data_present@2": (9, 10, 0),
    "current_declared@3": (0, 0, 10),
    "current_observed@3": (0, 0, 10),
    "described@3": (4, 10, 0),
    "metadata_present@2": (2, 10, 0),
    "contact_present@1": (6, 10, 0),
    "identifier_unique@1": (10, 10, 0),
    "header_meaningful@2": (0, 0, 0),
    "encoding_utf8@1": (8, 10, 0),
}


@pytest.fixture
def rows(share):
    return [share(measure, *counts) for measure, counts in COUNTS.items()]


def _nodes(rows):
    scores = score_units(read_shipped_index(INDEX), rows, [Unit("x:u", ("main",))])
    return {row["node"]: row for row in scores if row["unit_id"] == "x:u"}


def gained(rows, unit="x:u"):
    return what_if(read_shipped_index(INDEX), unit_table(rows, [Unit(unit)]))[unit]


@pytest.mark.parametrize(
    ("node", "value", "low", "high", "coverage"),
    [
        ("publication", 100, 100, 100, 1),
        ("legal_openness", 60, 60, 60, 1),
        ("technical_openness", 245 / 3, 230 / 3, 250 / 3, 2.8 / 3),
        ("availability", 85, 68, 88, 0.8),
        ("timeliness", None, 0, 100, 0),
        ("description", 60, 60, 60, 1),
        ("index", 77.3333333333, 60.7777777778, 81.8888888889, 0.7888888889),
    ],
)
def test_hand_worked(rows, node, value, low, high, coverage):
    row = _nodes(rows)[node]
    assert (row["value"] is None) == (value is None)
    assert row["value"] is None or row["value"] == pytest.approx(value, abs=1e-9)
    assert row["low"] == pytest.approx(low, abs=1e-9)
    assert row["high"] == pytest.approx(high, abs=1e-9)
    assert row["coverage"] == pytest.approx(coverage, abs=1e-9)


def test_hand_worked_gains(rows):
    gains = gained(rows)
    assert [gain.indicator for gain in gains[:5]] == [
        "licence_open",
        "metadata_present",
        "data_downloadable",
        "described",
        "format_true",
    ]
    assert [gain.points for gain in gains[:5]] == pytest.approx([8, 3.2, 2.5, 2.4, 5 / 3], abs=1e-8)
    assert gains[0].failing == 4


def test_contributions_add_up(rows):
    nodes = _nodes(rows)
    points = [c["points"] for c in nodes["index"]["detail"]["contributions"] if c["points"] is not None]
    assert sum(points) == pytest.approx(nodes["index"]["value"])
    assert sum(c["weight"] for c in nodes["index"]["detail"]["contributions"]) == pytest.approx(1)


def test_publishing_nothing_scores_zero_and_is_ranked_last(share, rows):
    silent = [share("publishes@1", 0, 1, unit="x:v")]
    silent += [share(measure, unit="x:v") for measure in COUNTS if measure != "publishes@1"]
    units = [Unit("x:u", ("main",)), Unit("x:v", ("main",))]
    scores = score_units(read_shipped_index(INDEX), rows + silent, units)
    row = next(r for r in scores if r["unit_id"] == "x:v" and r["node"] == "index")
    assert (row["value"], row["low"], row["high"], row["coverage"]) == (0, 0, 0, 1)
    assert (row["ranked"], row["rank"], row["rank_low"], row["rank_high"]) == (True, 2, 2, 2)
    assert row["detail"]["gates"] == [{"node": "publishes", "state": "closed"}]


def test_publishing_nothing_gains_at_least_the_weight_of_publication(share):
    silent = {m: share(m) for m in COUNTS} | {"publishes@1": share("publishes@1", 0, 1)}
    gains = gained(silent.values())
    assert [(g.indicator, g.at_least) for g in gains] == [("publishes", True)]
    assert gains[0].points == pytest.approx(100 / 6, abs=1e-8)


def test_unmeasured_is_listed_not_ranked(share):
    hidden = [share(measure, unknown=1, unit="x:w") for measure in COUNTS]
    scores = score_units(read_shipped_index(INDEX), hidden, [Unit("x:w", ("main",))])
    row = next(r for r in scores if r["unit_id"] == "x:w" and r["node"] == "index")
    assert (row["value"], row["low"], row["high"], row["coverage"]) == (None, 0, 100, 0)
    assert (row["ranked"], row["rank"]) == (False, None)
    assert gained(hidden, "x:w") == ()


def test_equal_weights_at_every_level():
    root = read_shipped_index(INDEX).root
    assert {node.weight for node in root.walk()} == {1.0}
    assert [len(dimension.children) for dimension in root.children] == [1, 1, 4, 5, 2, 6]

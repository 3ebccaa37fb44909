"""A whole round over every recorded catalogue, over real HTTP: nothing misread, nothing dropped, no point miscounted."""

import re
from collections import Counter
from pathlib import Path

import pyoxigraph as ox
import pytest
from rich.console import Console

from atalaya.history.read import Sealed
from atalaya.history.verify import verify
from benchmarks.recorded_round import lines, observe_recorded, print_lines

pytestmark = [pytest.mark.real, pytest.mark.slow]


def test_every_recorded_catalogue_is_read_as_the_manifest_counts_it(corpora: Path, tmp_path: Path) -> None:
    observation, sources = observe_recorded(tmp_path, corpora)
    found = list(lines(observation, sources, corpora))
    print_lines(found, Console(width=150))
    assert [line.id for line in found if not line.agrees] == []
    assert sum(line.expected[0] is not None for line in found) == len(found), "every file has a count"
    assert sum(len(line.files) for line in found if line.counted is not None) == 156
    assert observation.count("records") == sum(line.read[0] for line in found)
    assert observation.count("distributions", "NOT derived") == sum(line.read[1] for line in found)
    assert [check.what for check in verify(tmp_path / "home", observation.folder) if not check.holds] == []
    assert_points(observation, published_points(corpora))


def published_points(corpora: Path) -> dict[str, float]:
    """The points of each check of the MQA, from the vocabulary that data.europa.eu publishes, not from our file."""
    space, store = "https://piveau.eu/ns/voc#", ox.Store()
    store.load(
        path=str(corpora / "reference" / "vocab" / "eu" / "piveau-dqv-vocabulary.ttl"), format=ox.RdfFormat.TURTLE
    )
    found = {}
    for quad in store.quads_for_pattern(None, ox.NamedNode(f"{space}trueScore"), None):
        name = str(quad.subject).strip("<>").removeprefix(space).replace("icence", "icense")
        found[f"mqa_{re.sub('([A-Z])', lambda each: '_' + each[1].lower(), name)}"] = float(
            str(quad.object).split('"')[1]
        )
    return found


def assert_points(observation: Sealed, points: dict[str, float]) -> None:
    """The European points of every source are the share of decided cases times the points of each indicator, summed.

    Computed once more from the outcomes alone. An indicator of which nothing was decided is open from none of its points to all,
    and one without any case brings none.
    """
    assert sum(points.values()) == 405
    cases: Counter[tuple[str, str, str]] = Counter()
    for row in observation.rows("outcomes", "check_id LIKE 'mqa_%'", columns=("source_id", "check_id", "verdict")):
        cases[str(row["source_id"]), str(row["check_id"]), str(row["verdict"])] += 1
    assert {check for _, check, _ in cases} == set(points)
    where = "methodology_id = 'mqa/1' AND kind = 'source' AND node = 'index'"
    scores = {str(row["unit_id"]).removeprefix("source:"): row for row in observation.rows("scores", where)}
    states = {str(row["source_id"]): row["state"] for row in observation.rows("sources")}
    assert len(scores) > 100
    for source, score in scores.items():
        low, value, high, sure = 0.0, 0.0, 0.0, True
        for check, most in points.items():
            passed, failed, unknown, idle = (
                cases[source, check, verdict] for verdict in ("pass", "fail", "unknown", "not_applicable")
            )
            low += most * passed / max(passed + failed + unknown, 1)
            if passed + failed:
                value += most * passed / (passed + failed)
                high += most * (passed + unknown) / (passed + failed + unknown)
            elif unknown or idle or states[source] != "complete":
                high, sure = high + most, False
        assert score["low"] == pytest.approx(low, abs=1e-6), source
        assert score["high"] == pytest.approx(high, abs=1e-6), source
        assert score["value"] == (pytest.approx(value, abs=1e-6) if sure else None), source

"""The Norwegian scores of the metadata quality assessment, summed again by the index engine.

    python -m benchmarks.mqa_scoring

data.norge.no published, with its scoring service, an assessment and the scores that it made of it. The points table
`mqa-norway/1` and the engine must give every figure of them: indicators, dimensions and totals of the dataset and of each
distribution. Ends with status 1 where a figure differs, with status 2 where the recorded material is absent.
"""

import json
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyoxigraph as ox
from rich.console import Console
from rich.table import Table

from atalaya.indices.language.definition import Index, Item
from atalaya.indices.language.reading import read_shipped_index
from atalaya.indices.scores import Unit, node_name, score_units
from benchmarks.material import corpora

METHODOLOGY = "mqa-norway/1"
SPACE = "https://data.norge.no/vocabulary/dcatno-mqa#"
DQV = "http://www.w3.org/ns/dqv#"


@dataclass(frozen=True, slots=True)
class Compared:
    """One figure of one unit: what was published and what was computed. Figures are points, the most possible, and whether it
    was scored at all (None for sums)."""

    unit: str
    node: str
    published: tuple[float, float, bool | None]
    computed: tuple[float, float, bool | None]


def compare(folder: Path) -> list[Compared]:
    """Every figure of the published scores beside ours, in the order of the file."""
    material = folder / "groundtruth" / "mqa_scoring" / "new_dataset"
    index = read_shipped_index(METHODOLOGY)
    measures = list(_measures(index, material / "assessment.ttl"))
    units = [Unit(name) for name in sorted({str(row["institution_id"]) for row in measures})]
    computed = {(str(row["unit_id"]), str(row["node"])): row for row in score_units(index, measures, units, "dataset")}
    items = {_metric(item): item for item in index.root.walk()}
    published = json.loads((material / "scores.json").read_text(encoding="utf-8"))
    return [
        Compared(unit, metric, said, _figure(computed[unit, node_name(index, items[metric])], items[metric], said[2]))
        for unit, metric, said in _published([published["dataset"], *published["distributions"]])
    ]


def _published(units: list[Any]) -> Iterator[tuple[str, str, tuple[float, float, bool | None]]]:
    for unit in units:
        yield unit["id"], "index", (unit["score"], unit["max_score"], None)
        for dimension in unit["dimensions"]:
            yield unit["id"], dimension["id"].removeprefix(SPACE), (dimension["score"], dimension["max_score"], None)
            for metric in dimension["metrics"]:
                said = (metric["score"], metric["max_score"], metric["is_scored"])
                yield unit["id"], metric["id"].removeprefix(SPACE), said


def _figure(row: dict[str, object], item: Item, scored: bool | None) -> tuple[float, float, bool | None]:
    """A figure in points: a sum is in points already, an indicator a share of its own."""
    detail: Any = row["detail"]
    value, most = row["value"], sum(leaf.weight for leaf in item.leaves)
    assert isinstance(value, int | float)
    return value * (most if item.is_leaf else 1.0), most, None if scored is None else bool(detail["applied"])


def _measures(index: Index, path: Path) -> Iterator[dict[str, object]]:
    """A row for each indicator of each assessed node: its score as a share of its points; no case where it has none."""
    store = ox.Store()
    store.load(path=str(path), format=ox.RdfFormat.TURTLE)
    assessments = store.quads_for_pattern(None, ox.NamedNode(f"{SPACE}assessmentOf"), None)
    for assessment, node in [(quad.subject, quad.object) for quad in assessments]:
        assert isinstance(node, ox.NamedNode)
        scores = dict(_scores(store, assessment))
        for leaf in index.leaves:
            yield _row(leaf, node.value, scores.get(_metric(leaf)))


def _scores(store: ox.Store, assessment: Any) -> Iterator[tuple[str, float]]:
    """The metric and the score of every measurement of an assessment that has one."""
    for measurement in _objects(store, assessment, f"{SPACE}containsQualityMeasurement"):
        metrics = _objects(store, measurement, f"{DQV}isMeasurementOf")
        scores = _objects(store, measurement, f"{SPACE}score")
        for metric, score in zip(metrics, scores, strict=False):
            yield metric.value.removeprefix(SPACE), float(score.value)


def _objects(store: ox.Store, subject: Any, predicate: str) -> list[Any]:
    return [quad.object for quad in store.quads_for_pattern(subject, ox.NamedNode(predicate), None)]


def _row(leaf: Item, unit: str, score: float | None) -> dict[str, object]:
    value = None if score is None else score / leaf.weight
    counts = {"applied": int(score is not None), "unknown": 0, "not_applicable": 0}
    return {"measure_id": leaf.measure, "institution_id": unit, "value": value, "low": value, "high": value, **counts}


def _metric(node: Item) -> str:
    """The name of a node in the source's vocabulary: `format_match` is `formatMatch`; the whole is `index`."""
    return re.sub(r"_(\w)", lambda match: match[1].upper(), node.id)


def main() -> None:
    """Print the table; end with status 1 where a figure differs."""
    folder, out = corpora(), Console(width=120)
    if not folder.is_dir():
        Console(stderr=True).print("recorded material absent: set ATALAYA_CORPORA to its folder")
        sys.exit(2)
    compared = compare(folder)
    table = Table("unit", "sum", "published", "computed")
    for item in compared:
        if item.published[2] is None:
            table.add_row(item.unit, item.node, *(f"{f[0]:g} of {f[1]:g}" for f in (item.published, item.computed)))
    out.print(table)
    met = sum(item.published == item.computed for item in compared)
    out.print(f"{met} of {len(compared)} figures of the Norwegian scores are met exactly")
    sys.exit(0 if compared and met == len(compared) else 1)


if __name__ == "__main__":
    main()

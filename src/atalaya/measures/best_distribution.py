"""The points of one dataset: those of its record and those of its best distribution.

Distributions are taken for the same content in several forms, so the one with most points stands for all, as in the scoring of
data.europa.eu. Where something could not be seen, the points lie between the best that is sure and the best that is possible.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from atalaya.checks.outcomes import Verdict
from atalaya.indices.engine import figures
from atalaya.indices.language.definition import Index
from atalaya.indices.table import UnitTable
from atalaya.measures.facts import Counts, Row, share

COUNTS = {
    Verdict.PASS: Counts(passed=1, applied=1),
    Verdict.FAIL: Counts(applied=1),
    Verdict.UNKNOWN: Counts(unknown=1),
    Verdict.NOT_APPLICABLE: Counts(not_applicable=1),
}
NO_CASE = Counts()


@dataclass(frozen=True, slots=True)
class DatasetPoints:
    """The points of a dataset, its value where they are sure, and the resource that gives most; None without resources."""

    record_id: str
    low: float
    high: float
    best: str | None

    @property
    def value(self) -> float | None:
        """The points, None while something unknown could change them."""
        return self.low if self.low == self.high else None


def dataset_points(index: Index, outcomes: Iterable[Row]) -> list[DatasetPoints]:
    """The points of every dataset that the outcomes tell of, by record id.

    Outcomes are rows of the table `outcomes`; those of checks that the methodology does not cite are left out. Indicators of a
    resource bring nothing to a dataset that has none.
    """
    records: dict[str, dict[str, Row]] = defaultdict(dict)
    resources: dict[str, dict[str, dict[str, Row]]] = defaultdict(lambda: defaultdict(dict))
    cited = set(index.measures)
    for row in outcomes:
        measure = f"{row['check_id']}@{row['check_version']}"
        if measure not in cited or row.get("record_id") is None:
            continue
        record, resource = str(row["record_id"]), row.get("resource_id")
        case = share(measure, str(row["subject_id"]), COUNTS[Verdict(str(row["verdict"]))], str(row["reason"]))
        (records[record] if resource is None else resources[record][str(resource)])[measure] = case
    found: dict[str, dict[str | None, tuple[float, float]]] = defaultdict(dict)
    everything = sorted(records.keys() | resources.keys())
    candidates: list[tuple[str, str | None]] = []
    for record in everything:
        own = sorted(resources.get(record, {}))
        candidates += [(record, resource) for resource in own] or [(record, None)]
    cases = [
        {**records[record], **(resources[record][resource] if resource else {})} for record, resource in candidates
    ]
    for (record, resource), ends in zip(candidates, _ends(index, cases), strict=True):
        found[record][resource] = ends
    return [_best(record, found[record]) for record in everything]


def _ends(index: Index, cases: Sequence[Mapping[str, Row]]) -> list[tuple[float, float]]:
    """The points of records with one resource each, from what is sure to what is possible, by their cases by measure."""
    names = tuple(str(number) for number in range(len(cases)))
    nothing = {measure: share(measure, "", NO_CASE, "no_cases") for measure in index.measures}
    measured = {
        measure: {name: case.get(measure, idle) for name, case in zip(names, cases, strict=True)}
        for measure, idle in nothing.items()
    }
    whole = figures(index, UnitTable(names, names, {}, measured))[index.root.id]
    lows, highs = (np.nan_to_num(end).tolist() for end in (whole.low, whole.high))
    return list(zip(lows, highs, strict=True))


def _best(record: str, ends: Mapping[str | None, tuple[float, float]]) -> DatasetPoints:
    best = max(ends, key=lambda resource: ends[resource])
    return DatasetPoints(record, ends[best][0], max(high for _, high in ends.values()), best)

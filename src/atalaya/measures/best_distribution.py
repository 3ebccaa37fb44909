"""The points of one dataset: those of its record and those of its best distribution.

Distributions are taken for the same content in several forms, so the one with most points stands for all, as in the scoring of
data.europa.eu. Where something could not be seen, the points lie between the best that is sure and the best that is possible.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from atalaya.checks.outcomes import Verdict
from atalaya.indices.methodology import Methodology
from atalaya.indices.scores import evaluate
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


def dataset_points(methodology: Methodology, outcomes: Iterable[Row]) -> list[DatasetPoints]:
    """The points of every dataset that the outcomes tell of, by record id.

    Outcomes are rows of the table `outcomes`; those of checks that the methodology does not cite are left out. Indicators of a
    resource bring nothing to a dataset that has none.
    """
    records: dict[str, dict[str, Row]] = defaultdict(dict)
    resources: dict[str, dict[str, dict[str, Row]]] = defaultdict(lambda: defaultdict(dict))
    cited = set(methodology.measures)
    for row in outcomes:
        measure = f"{row['check_id']}@{row['check_version']}"
        if measure not in cited or row.get("record_id") is None:
            continue
        record, resource = str(row["record_id"]), row.get("resource_id")
        case = share(measure, str(row["subject_id"]), COUNTS[Verdict(str(row["verdict"]))], str(row["reason"]))
        (records[record] if resource is None else resources[record][str(resource)])[measure] = case
    return [
        _points(methodology, record, records[record], resources.get(record, {}))
        for record in sorted(records.keys() | resources.keys())
    ]


def _points(
    methodology: Methodology, record: str, own: dict[str, Row], resources: dict[str, dict[str, Row]]
) -> DatasetPoints:
    nothing = {measure: share(measure, record, NO_CASE, "no_cases") for measure in methodology.measures}
    ends: dict[str | None, tuple[float, float]] = {}
    candidates: list[str | None] = [*sorted(resources)]
    for resource in candidates or [None]:
        figure = evaluate(methodology, {**nothing, **own, **(resources[resource] if resource else {})})["index"]
        ends[resource] = (figure.low or 0.0, figure.high or 0.0)
    best = max(ends, key=lambda resource: ends[resource])
    return DatasetPoints(record, ends[best][0], max(high for _, high in ends.values()), best)

"""MQA spatialAvailability: the dataset states dct:spatial."""

from atalaya.checks.cases import DatasetCase
from atalaya.checks.check import Check, Dimension, Effort, Example, Level
from atalaya.checks.example_cases import dataset_case
from atalaya.checks.mqa import says, stated
from atalaya.checks.outcomes import Outcome, Verdict


def rule(case: DatasetCase) -> Outcome:
    """The outcome of one dataset."""
    return stated(any(says(place) for place in case.dataset.spatial))


CHECK = Check(
    id="mqa_spatial_availability",
    version=1,
    level=Level.DATASET,
    dimension=Dimension.METADATA,
    title="MQA: the record names the place",
    text="The record says which place or area the data are about. One of the 23 indicators of the European "
    "assessment of metadata quality (MQA).",
    remedy="Write in the catalogue the place that the data cover: the country, the department, the "
    "municipality, or the area on a map.",
    effort=Effort.LOW,
    fields=("dataset.spatial",),
    reasons={
        "ok": "The record names the place that the data are about.",
        "missing": "The record does not say which place the data are about.",
    },
    rule=rule,
    examples=(
        Example(dataset_case(), Verdict.PASS, "ok", "a place"),
        Example(dataset_case(spatial=()), Verdict.FAIL, "missing", "no place"),
    ),
)

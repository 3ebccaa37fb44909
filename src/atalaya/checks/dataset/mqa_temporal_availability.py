"""MQA temporalAvailability: the dataset states dct:temporal."""

from atalaya.catalogue.records import Period
from atalaya.checks.cases import DatasetCase
from atalaya.checks.check import Check, Dimension, Effort, Example, Level
from atalaya.checks.example_cases import dataset_case
from atalaya.checks.mqa import says, stated
from atalaya.checks.outcomes import Outcome, Verdict


def rule(case: DatasetCase) -> Outcome:
    """The outcome of one dataset."""
    return stated(any(says(span.start) or says(span.end) for span in case.dataset.temporal))


CHECK = Check(
    id="mqa_temporal_availability",
    version=1,
    level=Level.DATASET,
    dimension=Dimension.METADATA,
    title="MQA: the record names the period",
    text="The record says which period the data are about, with at least one of its ends. One of the 23 "
    "indicators of the European assessment of metadata quality (MQA).",
    remedy="Write in the catalogue the first and the last day that the data cover.",
    effort=Effort.LOW,
    fields=("dataset.temporal", "dataset.temporal.start", "dataset.temporal.end"),
    reasons={
        "ok": "The record names the period that the data are about.",
        "missing": "The record does not say which period the data are about.",
    },
    rule=rule,
    examples=(
        Example(dataset_case(), Verdict.PASS, "ok", "a period with both ends"),
        Example(dataset_case(temporal=()), Verdict.FAIL, "missing", "no period"),
        Example(dataset_case(temporal=(Period(start="2020-01-01"),)), Verdict.PASS, "ok", "a period that goes on"),
    ),
)

"""MQA publisherAvailability: the dataset states dct:publisher."""

from atalaya.catalogue.records import Agent
from atalaya.checks.cases import DatasetCase
from atalaya.checks.check import Check, Dimension, Effort, Example, Level
from atalaya.checks.example_cases import dataset_case
from atalaya.checks.mqa import says, stated
from atalaya.checks.outcomes import Outcome, Verdict


def rule(case: DatasetCase) -> Outcome:
    """The outcome of one dataset."""
    publisher = case.dataset.publisher
    return stated(
        publisher is not None and any(says(text) for text in (publisher.name, publisher.uri, publisher.native_id))
    )


CHECK = Check(
    id="mqa_publisher_availability",
    version=1,
    level=Level.DATASET,
    dimension=Dimension.METADATA,
    title="MQA: the record names the publisher",
    text="The record names who publishes the dataset, by name or by an address. One of the 23 indicators of "
    "the European assessment of metadata quality (MQA).",
    remedy="Write in the catalogue the name of the institution that publishes the data.",
    effort=Effort.LOW,
    fields=("dataset.publisher", "dataset.publisher.name", "dataset.publisher.uri", "dataset.publisher.native_id"),
    reasons={
        "ok": "The record names who publishes the dataset.",
        "missing": "The record does not say who publishes the dataset.",
    },
    rule=rule,
    examples=(
        Example(dataset_case(), Verdict.PASS, "ok", "a publisher by name"),
        Example(dataset_case(publisher=None), Verdict.FAIL, "missing", "no publisher"),
        Example(dataset_case(publisher=Agent()), Verdict.FAIL, "missing", "a publisher without a name"),
    ),
)

"""MQA accessRightsAvailability: the dataset states dct:accessRights."""

from atalaya.checks.cases import DatasetCase
from atalaya.checks.check import Check, Dimension, Effort, Example, Level
from atalaya.checks.example_cases import dataset_case
from atalaya.checks.mqa import says, stated
from atalaya.checks.outcomes import Outcome, Verdict


def rule(case: DatasetCase) -> Outcome:
    """The outcome of one dataset."""
    return stated(says(case.dataset.access_rights))


CHECK = Check(
    id="mqa_access_rights_availability",
    version=1,
    level=Level.DATASET,
    dimension=Dimension.METADATA,
    title="MQA: the record states who may have the data",
    text="The record says who has access to the data: everyone, some, or nobody outside. One of the 23 "
    "indicators of the European assessment of metadata quality (MQA).",
    remedy="Write in the catalogue that access to the data is public, if it is; where it is limited, say so.",
    effort=Effort.LOW,
    fields=("dataset.access_rights",),
    reasons={
        "ok": "The record says who has access to the data.",
        "missing": "The record does not say who has access to the data.",
    },
    rule=rule,
    examples=(
        Example(dataset_case(access_rights="public"), Verdict.PASS, "ok", "public, in a word"),
        Example(dataset_case(access_rights=None), Verdict.FAIL, "missing", "nothing said"),
    ),
)

"""MQA keywordAvailability: the dataset states at least one dcat:keyword."""

from atalaya.checks.cases import DatasetCase
from atalaya.checks.check import Check, Dimension, Effort, Example, Level
from atalaya.checks.example_cases import dataset_case
from atalaya.checks.mqa import says, stated
from atalaya.checks.outcomes import Outcome, Verdict


def rule(case: DatasetCase) -> Outcome:
    """The outcome of one dataset."""
    return stated(any(says(word) for word in case.dataset.keywords))


CHECK = Check(
    id="mqa_keyword_availability",
    version=1,
    level=Level.DATASET,
    dimension=Dimension.METADATA,
    title="MQA: the record has keywords",
    text="The record of the dataset has at least one keyword. One of the 23 indicators of the European "
    "assessment of metadata quality (MQA).",
    remedy="Write in the catalogue a few words that people would search for.",
    effort=Effort.LOW,
    fields=("dataset.keywords",),
    reasons={"ok": "The record has keywords.", "missing": "The record has no keyword."},
    rule=rule,
    examples=(
        Example(dataset_case(), Verdict.PASS, "ok", "two keywords"),
        Example(dataset_case(keywords=()), Verdict.FAIL, "missing", "no keyword"),
        Example(dataset_case(keywords=(" ",)), Verdict.FAIL, "missing", "a keyword without a letter"),
    ),
)

"""The record has an identifier that no other record of its source has."""

from atalaya.checks.cases import DatasetCase
from atalaya.checks.check import Check, Dimension, Effort, Example, Level
from atalaya.checks.example_cases import dataset_case
from atalaya.checks.outcomes import Outcome, Verdict, failed, passed


def rule(case: DatasetCase) -> Outcome:
    """The outcome of one dataset; of records that share an identifier, all but the first fail."""
    if not (case.dataset.native_id or "").strip():
        return failed("missing")
    return failed("repeated", occurrence=case.occurrence) if case.occurrence > 1 else passed()


CHECK = Check(
    id="identifier_unique",
    version=1,
    level=Level.DATASET,
    dimension=Dimension.METADATA,
    title="The identifier is the record's own",
    text="The record has an identifier, and no record before it in the same source has the same one. Without that, "
    "links break and histories mix.",
    remedy="Give every dataset an identifier that is never reused and never changes; if a dataset was published twice, "
    "remove one of the two.",
    effort=Effort.LOW,
    fields=("dataset.native_id", "occurrence"),
    reasons={
        "ok": "The record has an identifier of its own.",
        "missing": "The record has no identifier.",
        "repeated": "The identifier repeats one of the same source; this is occurrence number {occurrence}.",
    },
    rule=rule,
    examples=(
        Example(dataset_case(), Verdict.PASS, "ok", "an identifier of its own"),
        Example(dataset_case(native_id=None), Verdict.FAIL, "missing", "no identifier"),
        Example(dataset_case(occurrence=2), Verdict.FAIL, "repeated", "the same identifier a second time"),
    ),
)

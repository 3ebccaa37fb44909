"""The record has the identifier that it had in the observation before.

A dataset that came back under another identifier is recognised by what it says and holds; whoever had linked to it or
kept its history has lost it. Nothing can be said of a dataset that is seen for the first time.
"""

from atalaya.checks.cases import DatasetCase, Prior
from atalaya.checks.check import Check, Dimension, Effort, Example, Level
from atalaya.checks.example_cases import dataset_case
from atalaya.checks.outcomes import Outcome, Verdict, failed, passed, unknown


def rule(case: DatasetCase) -> Outcome:
    """The outcome of one dataset."""
    if case.former_id is not None:
        return failed("changed")
    if case.prior.observations == 0:
        return unknown("first_sight")
    return passed("ok", observations=case.prior.observations)


CHECK = Check(
    id="identifier_lasting",
    version=1,
    level=Level.DATASET,
    dimension=Dimension.METADATA,
    title="The identifier stays the same",
    text="The record has the same identifier as in the observation before. A dataset is recognised under another "
    "identifier by its title, publisher, addresses and content.",
    remedy="Keep the identifiers when the portal changes its software, address or numbering: let the export write the "
    "old ones, and let old addresses lead to the new ones.",
    effort=Effort.MEDIUM,
    fields=("former_id", "prior.observations"),
    reasons={
        "ok": "The identifier is the same as in {observations} earlier observations.",
        "first_sight": "The dataset is seen for the first time.",
        "changed": "The dataset was listed under another identifier in the observation before.",
    },
    rule=rule,
    examples=(
        Example(dataset_case(prior=Prior(observations=3)), Verdict.PASS, "ok", "the same for the fourth time"),
        Example(dataset_case(), Verdict.UNKNOWN, "first_sight", "a new dataset"),
        Example(
            dataset_case(prior=Prior(observations=3), among={"former_id": "a7"}),
            Verdict.FAIL,
            "changed",
            "the same dataset under a new identifier",
        ),
    ),
)

"""No other dataset of the same publisher in the same source has the same title.

Titles are compared without case, accents and punctuation. Whoever looks for the data could not tell the two apart.
"""

from atalaya.catalogue.folding import fold
from atalaya.catalogue.records import preferred
from atalaya.checks.cases import DatasetCase
from atalaya.checks.check import Check, Dimension, Effort, Example, Level
from atalaya.checks.example_cases import dataset_case
from atalaya.checks.outcomes import Outcome, Verdict, failed, not_applicable, passed
from atalaya.checks.quotation import quote


def rule(case: DatasetCase) -> Outcome:
    """The outcome of one dataset; all that share a title fail, because nothing tells which came first."""
    title = preferred(case.dataset.title) or ""
    if not fold(title):
        return not_applicable("missing")
    return failed("repeated", others=case.same_title, title=quote(title)) if case.same_title > 0 else passed()


CHECK = Check(
    id="title_unique",
    version=2,
    level=Level.DATASET,
    dimension=Dimension.METADATA,
    title="The title is the dataset's own",
    text="No other dataset of the same publisher in the same catalogue has the same title; case, accents and "
    "punctuation make no difference.",
    remedy="Add to the title what tells the datasets apart (year, place, version). If it is the same dataset twice, "
    "remove one of the two.",
    effort=Effort.LOW,
    fields=("dataset.title", "same_title"),
    reasons={
        "ok": "No other dataset of the publisher bears this title.",
        "missing": "There is no title to compare.",
        "repeated": "The title “{title}” stands on other datasets of the publisher too ({others}).",
    },
    rule=rule,
    examples=(
        Example(dataset_case(), Verdict.PASS, "ok", "a title of its own"),
        Example(dataset_case(among={"same_title": 2}), Verdict.FAIL, "repeated", "three datasets under one title"),
        Example(dataset_case(title={}), Verdict.NOT_APPLICABLE, "missing", "no title"),
    ),
)

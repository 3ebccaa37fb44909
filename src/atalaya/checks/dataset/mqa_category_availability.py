"""MQA categoryAvailability: the dataset states at least one dcat:theme, from whatever list."""

from atalaya.catalogue.vocabularies.european import Table, look_up
from atalaya.checks.cases import DatasetCase
from atalaya.checks.check import Check, Dimension, Effort, Example, Level
from atalaya.checks.example_cases import dataset_case
from atalaya.checks.mqa import says
from atalaya.checks.outcomes import Outcome, Verdict, failed, passed


def rule(case: DatasetCase) -> Outcome:
    """The outcome of one dataset."""
    themes = [theme for theme in case.dataset.themes if says(theme)]
    if not themes:
        return failed("missing")
    return passed("ok", themes=len(themes), european=sum(look_up(Table.THEME, t).code is not None for t in themes))


CHECK = Check(
    id="mqa_category_availability",
    version=1,
    level=Level.DATASET,
    dimension=Dimension.METADATA,
    title="MQA: the record has a theme",
    text="The record names at least one theme of the dataset, from any list. One of the 23 indicators of the "
    "European assessment of metadata quality (MQA).",
    remedy="Choose in the catalogue the theme that the data belong to, best from the European list of themes.",
    effort=Effort.LOW,
    fields=("dataset.themes",),
    reasons={
        "ok": "The record names {themes} themes, {european} of them from the European list.",
        "missing": "The record names no theme.",
    },
    rule=rule,
    examples=(
        Example(dataset_case(), Verdict.PASS, "ok", "a theme of the European list"),
        Example(dataset_case(themes=("finanzas",)), Verdict.PASS, "ok", "a theme of the catalogue's own"),
        Example(dataset_case(themes=()), Verdict.FAIL, "missing", "no theme"),
    ),
)

"""The record has what people search and filter by.

These are the properties that DCAT-AP 3 (SEMIC, 2024) recommends for every dataset, less those that have a check of
their own: contact point (`contact_present`) and distribution (`data_downloadable`). Its two mandatory ones, title and
description, are judged by `described`.
"""

from collections.abc import Mapping

from atalaya.catalogue.folding import fold
from atalaya.catalogue.records import Dataset
from atalaya.catalogue.vocabularies.themes import Theme, read_theme
from atalaya.checks.cases import DatasetCase
from atalaya.checks.check import Check, Dimension, Effort, Example, Level
from atalaya.checks.example_cases import dataset_case
from atalaya.checks.outcomes import Evidence, Outcome, Verdict
from atalaya.checks.placeholders import says_nothing

WANTED: Mapping[str, str] = {
    "keywords": "keywords",
    "publisher": "publisher",
    "spatial": "place covered",
    "temporal": "period covered",
    "themes": "theme",
}
"""Code of a property (also the name of its attribute) → its English name."""


def rule(case: DatasetCase) -> Outcome:
    """The outcome of one dataset; `passed` of `applied` counts properties."""
    there = _present(case.dataset)
    missing = [code for code in WANTED if not there[code]]
    filled = len(WANTED) - len(missing)
    evidence: Evidence = {"filled": filled, "wanted": len(WANTED), "missing": ", ".join(missing)}
    if missing:
        return Outcome(Verdict.FAIL, "missing", evidence, filled, len(WANTED))
    return Outcome(Verdict.PASS, "ok", evidence, filled, len(WANTED))


def _present(record: Dataset) -> dict[str, bool]:
    publisher = record.publisher
    return {
        "keywords": any(_says(word) for word in record.keywords),
        "publisher": publisher is not None and bool(publisher.name or publisher.uri or publisher.native_id),
        "spatial": any(_says(place) for place in record.spatial),
        "temporal": any(_says(bound) for period in record.temporal for bound in (period.start, period.end)),
        "themes": any(read_theme(theme) is not Theme.NOTHING for theme in record.themes),
    }


def _says(text: str | None) -> bool:
    """Whether a field holds more than what forms put where nothing was written ("n/a")."""
    return text is not None and bool(text.strip()) and not says_nothing(fold(text))


CHECK = Check(
    id="metadata_present",
    version=2,
    level=Level.DATASET,
    dimension=Dimension.METADATA,
    title="The record has what people search by",
    text="The record names keywords, theme, publisher, and the place and period that the data cover: the properties "
    "that the European application profile DCAT-AP recommends and that have no check of their own.",
    remedy="Fill the missing fields of the record in the catalogue. They can be filled for many datasets at once with "
    "a table.",
    effort=Effort.LOW,
    fields=(
        "dataset.keywords",
        "dataset.publisher",
        "dataset.publisher.name",
        "dataset.publisher.uri",
        "dataset.publisher.native_id",
        "dataset.spatial",
        "dataset.temporal.start",
        "dataset.temporal.end",
        "dataset.themes",
    ),
    reasons={
        "ok": "All {wanted} recommended fields are filled.",
        "missing": "{filled} of {wanted} recommended fields are filled; missing: {missing}.",
    },
    terms=WANTED,
    rule=rule,
    examples=(
        Example(dataset_case(), Verdict.PASS, "ok", "everything filled"),
        Example(dataset_case(keywords=()), Verdict.FAIL, "missing", "no keywords"),
        Example(dataset_case(keywords=("N/A",)), Verdict.FAIL, "missing", "what a form writes for nothing"),
        Example(
            dataset_case(keywords=("",), themes=(), spatial=(), temporal=(), publisher=None),
            Verdict.FAIL,
            "missing",
            "a bare record",
        ),
    ),
)

"""The period that the data cover can be true: it begins before it ends, and not only after today.

Data about what is to come (projections, plans, forecasts) may cover a future period where the record says so.
"""

import re

from atalaya.catalogue.folding import fold
from atalaya.catalogue.records import Period
from atalaya.catalogue.vocabularies.periods import read_period
from atalaya.checks.cases import DatasetCase
from atalaya.checks.check import Check, Dimension, Effort, Example, Level
from atalaya.checks.example_cases import dataset_case
from atalaya.checks.outcomes import Outcome, Verdict, failed, not_applicable, passed, unknown
from atalaya.checks.quotation import quote

_TO_COME = re.compile(
    r"\b(?:proyecci\w*|proyectad\w*|projection\w*|projected|projec[ao]\w*|pronostic\w*|forecast\w*|prevision\w*|previs\w*|escenario\w*|scenario\w*|scenari\w*|"
    r"plan\w*|program\w*|calendario\w*|calendar\w*|agenda\w*|futur\w*|prospect\w*|presupuest\w*|budget\w*|orcament\w*|"
    r"convocatoria\w*|estimaci\w*|estimat\w*|predic\w*)\b"
)
"""Words of data about what is to come, in Spanish, English, Portuguese and French."""


def rule(case: DatasetCase) -> Outcome:
    """The outcome of one dataset; the first period that cannot be true gives the reason."""
    periods = [period for period in case.dataset.temporal if (period.start or period.end)]
    if not periods:
        return not_applicable("none")
    unread = None
    for period in periods:
        reading = read_period(period.start, period.end)
        start, end = reading.start, reading.end
        if start is not None and end is not None and start.earliest > end.latest:
            return failed("backwards", start=start.earliest.isoformat(), end=end.latest.isoformat())
        begins = start or end
        if begins is not None and begins.earliest > case.as_of and not _to_come(case):
            return failed("ahead", start=begins.earliest.isoformat())
        unread = unread or reading.unread
    return passed() if unread is None else unknown("unreadable", written=quote(unread))


def _to_come(case: DatasetCase) -> bool:
    record = case.dataset
    texts = (*record.title.values(), *record.description.values(), *record.keywords)
    return any(_TO_COME.search(fold(text)) for text in texts)


CHECK = Check(
    id="period_valid",
    version=2,
    level=Level.DATASET,
    dimension=Dimension.METADATA,
    title="The period covered can be true",
    text="Where the record says which period the data cover, the beginning and the end are dates, the beginning is "
    "not after the end, and the period does not lie wholly in the future unless the data are about what is to come.",
    remedy="Correct the period in the catalogue: the first and the last day that the data speak of, written as "
    "year-month-day.",
    effort=Effort.LOW,
    fields=(
        "as_of",
        "dataset.temporal",
        "dataset.temporal.start",
        "dataset.temporal.end",
        "dataset.title",
        "dataset.description",
        "dataset.keywords",
    ),
    reasons={
        "ok": "The period covered can be true.",
        "none": "The record names no period.",
        "backwards": "The period begins on {start}, after its end on {end}.",
        "ahead": "The period begins only on {start}, and nothing says that the data are about what is to come.",
        "unreadable": "“{written}” is no date of a period that we can read.",
    },
    rule=rule,
    examples=(
        Example(dataset_case(), Verdict.PASS, "ok", "six years"),
        Example(dataset_case(temporal=(Period(start="2020"),)), Verdict.PASS, "ok", "a period that goes on"),
        Example(
            dataset_case(
                title={"es": "Proyecciones de población"}, temporal=(Period(start="2027-01-01", end="2050-12-31"),)
            ),
            Verdict.PASS,
            "ok",
            "projections are about what is to come",
        ),
        Example(dataset_case(temporal=()), Verdict.NOT_APPLICABLE, "none", "no period"),
        Example(
            dataset_case(temporal=(Period(start="2024-12-31", end="2024-01-01"),)),
            Verdict.FAIL,
            "backwards",
            "end and beginning exchanged",
        ),
        Example(
            dataset_case(
                title={"es": "Nacimientos por municipio"},
                description={"es": "Nacimientos inscritos."},
                keywords=(),
                temporal=(Period(start="2030-01-01", end="2031-12-31"),),
            ),
            Verdict.FAIL,
            "ahead",
            "births of years to come",
        ),
        Example(
            dataset_case(temporal=(Period(start="desde siempre"),)), Verdict.UNKNOWN, "unreadable", "words, no dates"
        ),
    ),
)

"""The dates of the record can all be true: they are dates, and none of them lies in the future.

A date may mean more than one day ("2024-03"); it fails only where no day that it may mean is possible. Data that were last
changed before they were issued stay unknown: a file that is finished in May and published in June bears such dates rightly, and
many portals write both by themselves.
"""

from datetime import date, timedelta

from atalaya.catalogue.vocabularies.dates import DateReading, read_date
from atalaya.checks.cases import DatasetCase
from atalaya.checks.check import Check, Dimension, Effort, Example, Level
from atalaya.checks.example_cases import dataset_case, distribution
from atalaya.checks.outcomes import Outcome, Verdict, failed, not_applicable, passed, unknown
from atalaya.checks.quotation import quote

AHEAD = timedelta(days=1)
"""A date one day ahead may only be another time zone, and so may a change one day before the issue."""


def rule(case: DatasetCase) -> Outcome:
    """The outcome of one dataset."""
    record = case.dataset
    pairs = [(record.issued, record.modified)]
    pairs += [(each.issued, each.modified) for each in record.distributions if not each.derived]
    written = list(dict.fromkeys(text for pair in pairs for text in pair if text and text.strip()))
    if not written:
        return not_applicable("none")
    readings = {text: read_date(text) for text in written}
    ahead = _ahead(readings, case.as_of + AHEAD)
    if ahead is not None:
        return failed("ahead", date=ahead.isoformat())
    for issued, modified in dict.fromkeys(pairs):
        first, last = readings.get(issued or ""), readings.get(modified or "")
        if first is not None and last is not None and first.earliest > last.latest + AHEAD:
            return unknown("changed_before_issue", issued=first.earliest.isoformat(), modified=last.latest.isoformat())
    unread = next((text for text in written if readings[text] is None), None)
    return passed("ok", dates=len(written)) if unread is None else unknown("unreadable", written=quote(unread))


def _ahead(readings: dict[str, DateReading | None], latest: date) -> date | None:
    """The first written date of which even the earliest meaning lies after `latest`."""
    return next((each.earliest for each in readings.values() if each is not None and each.earliest > latest), None)


CHECK = Check(
    id="dates_consistent",
    version=2,
    level=Level.DATASET,
    dimension=Dimension.METADATA,
    title="The dates of the record agree",
    text="The dates of issue and of last change, of the dataset and of its resources, are dates, and none lies in the "
    "future. A last change before the issue counts neither way: the file may have been finished earlier.",
    remedy="Correct the dates in the catalogue, written as year-month-day (2024-03-15). The date of issue is the first "
    "time that the data were published, and stays as it is.",
    effort=Effort.LOW,
    fields=(
        "as_of",
        "dataset.issued",
        "dataset.modified",
        "dataset.distributions.derived",
        "dataset.distributions.issued",
        "dataset.distributions.modified",
    ),
    reasons={
        "ok": "All {dates} dates of the record agree.",
        "none": "The record bears no date.",
        "ahead": "A date of the record ({date}) lies in the future.",
        "changed_before_issue": "The record says that it was last changed on {modified}, before it was issued on {issued}: "
        "either the file was finished earlier, or one of the dates is wrong.",
        "unreadable": "“{written}” is no date that we can read.",
    },
    rule=rule,
    examples=(
        Example(dataset_case(), Verdict.PASS, "ok", "issued, and changed later"),
        Example(
            dataset_case(issued="2024", modified="2024-03-01"), Verdict.PASS, "ok", "a year may mean any day of it"
        ),
        Example(dataset_case(issued=None, modified=None), Verdict.NOT_APPLICABLE, "none", "no dates"),
        Example(
            dataset_case(distributions=(distribution(modified="2031-01-01"),)),
            Verdict.FAIL,
            "ahead",
            "a resource from the future",
        ),
        Example(
            dataset_case(issued="2026-01-10", modified="2021-05-02"),
            Verdict.UNKNOWN,
            "changed_before_issue",
            "changed years before it was issued",
        ),
        Example(dataset_case(modified="hace poco"), Verdict.UNKNOWN, "unreadable", "words instead of a date"),
    ),
)

"""The declared date of the last change keeps the declared frequency.

A fifth of the period is allowed on top. This is what the record says of itself; `current_observed` says what was seen.
"""

from datetime import timedelta

from atalaya.catalogue.records import Period
from atalaya.catalogue.vocabularies.dates import DateReading, read_date
from atalaya.checks.cases import DatasetCase
from atalaya.checks.check import Check, Dimension, Effort, Example, Level
from atalaya.checks.example_cases import dataset_case
from atalaya.checks.outcomes import Outcome, Verdict, failed, passed, unknown
from atalaya.checks.promise import PROMISE_FIELDS, PROMISE_REASONS, TOLERANCE, promise
from atalaya.checks.quotation import quote

AHEAD = timedelta(days=1)
"""A date one day ahead may only be another time zone."""


def rule(case: DatasetCase) -> Outcome:
    """The outcome of one dataset."""
    promised = promise(case)
    if isinstance(promised, Outcome):
        return promised
    dates = _dates(case)
    if not dates:
        written = case.dataset.modified or case.dataset.issued
        return unknown("date_unreadable", written=quote(written)) if written else failed("date_missing")
    ahead = max(reading.earliest for reading in dates)
    if ahead > case.as_of + AHEAD:
        return failed("date_ahead", date=ahead.isoformat())
    latest = min(max(reading.latest for reading in dates), case.as_of)
    days = (case.as_of - latest).days
    verdict, reason = (failed, "late") if days > promised.allowed else (passed, "ok")
    return verdict(reason, date=latest.isoformat(), days=days, allowed=promised.allowed, frequency=promised.frequency)


def _dates(case: DatasetCase) -> list[DateReading]:
    """The declared dates of change, of the dataset and its resources; the date of issue where nothing was ever
    changed."""
    record = case.dataset
    changed = [record.modified, *(d.modified for d in record.distributions if not d.derived)]
    readings = [reading for text in changed if (reading := read_date(text)) is not None]
    issued = read_date(record.issued)
    return readings or ([issued] if issued is not None and not any(changed) else [])


CHECK = Check(
    id="current_declared",
    version=3,
    level=Level.DATASET,
    dimension=Dimension.CURRENCY,
    title="The declared date keeps the declared frequency",
    text="The date of the last change in the record is not older than the declared frequency, with a tolerance of "
    "{tolerance} times the period. “Irregular” and no frequency at all earn no credit; a closed series must say which "
    "finished period it covers.",
    remedy="Renew the data as often as the record promises, or declare the frequency that you really keep. Write the "
    "date of every renewal in the record.",
    effort=Effort.MEDIUM,
    thresholds={"tolerance": TOLERANCE},
    fields=(
        *PROMISE_FIELDS,
        "dataset.modified",
        "dataset.issued",
        "dataset.distributions.modified",
        "dataset.distributions.derived",
    ),
    reasons={
        **PROMISE_REASONS,
        "ok": "Last changed on {date}, {days} days ago; the frequency “{frequency}” allows {allowed}.",
        "late": "Last changed on {date}, {days} days ago; the frequency “{frequency}” allows only {allowed}.",
        "date_missing": "The record has no date of the last change.",
        "date_unreadable": "The declared date “{written}” is no date that we can read.",
        "date_ahead": "The declared date of the last change ({date}) lies in the future.",
    },
    rule=rule,
    examples=(
        Example(dataset_case(), Verdict.PASS, "ok", "monthly, changed three weeks ago"),
        Example(
            dataset_case(frequency="anual", modified="2025"), Verdict.PASS, "ok", "a year alone means any day of it"
        ),
        Example(dataset_case(modified="2025-11-02"), Verdict.FAIL, "late", "monthly, changed five months ago"),
        Example(dataset_case(modified="2031-01-01"), Verdict.FAIL, "date_ahead", "a date in the future"),
        Example(dataset_case(modified=None, issued=None), Verdict.FAIL, "date_missing", "no date"),
        Example(dataset_case(modified="hace poco"), Verdict.UNKNOWN, "date_unreadable", "words instead of a date"),
        Example(dataset_case(frequency=None), Verdict.FAIL, "frequency_missing", "no promise"),
        Example(dataset_case(frequency="eventual"), Verdict.FAIL, "frequency_irregular", "a promise of nothing"),
        Example(
            dataset_case(frequency="según el clima"), Verdict.UNKNOWN, "frequency_unrecognised", "words in no table"
        ),
        Example(
            dataset_case(frequency="nunca", temporal=(Period(start="2018-01-01", end="2018-12-31"),)),
            Verdict.NOT_APPLICABLE,
            "closed_series",
            "the figures of one finished year",
        ),
        Example(
            dataset_case(frequency="nunca", temporal=()),
            Verdict.FAIL,
            "closed_without_period",
            "never renewed, of no stated period",
        ),
    ),
)

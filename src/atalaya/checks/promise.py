"""How often a dataset promises to be renewed: the ground that the checks of declared and observed currency share.

A promise is needed, because without one nothing can be late. "Irregular" promises nothing and earns nothing, and so
does silence: otherwise the way to a good mark would be to promise less. A closed series (never renewed) is set aside
only where the record says which finished period it covers; without that, nothing tells it from an abandoned one.
"""

import math
import re
from dataclasses import dataclass
from datetime import date

from atalaya.catalogue.records import Dataset
from atalaya.catalogue.vocabularies.dates import read_date
from atalaya.catalogue.vocabularies.frequencies import FrequencyKind, read_frequency
from atalaya.checks.cases import DatasetCase
from atalaya.checks.outcomes import Outcome, failed, not_applicable, unknown
from atalaya.checks.quotation import quote

TOLERANCE = 1.2
"""A fifth of the period is allowed on top of it, as in Argentina's national indicators of its data portals
(pydatajson)."""

LEAST_DAYS = 1
"""Promises shorter than a day are judged by the day: records carry dates, and rounds see a source once a day at
most."""

PROMISE_FIELDS = ("as_of", "dataset.frequency", "dataset.title", "dataset.temporal.start", "dataset.temporal.end")
PROMISE_REASONS = {
    "frequency_missing": "The record does not say how often the data are renewed.",
    "frequency_irregular": "The record declares the frequency “{frequency}”, which promises no date and earns no "
    "credit.",
    "frequency_unrecognised": "The declared frequency “{frequency}” is in none of our tables, so nothing can be "
    "measured against it.",
    "closed_series": "The record describes a closed series that is not renewed any more.",
    "closed_without_period": "The record says that the data are never renewed, but not which finished period they "
    "cover.",
}
"""Reasons of `promise`, for the declarations of the checks that use it."""

_YEAR = re.compile(r"(?<!\d)(1[5-9]\d\d|20\d\d)(?!\d)")


@dataclass(frozen=True, slots=True)
class Promise:
    """The days that may pass between two renewals: `period` as declared, `allowed` with the tolerance."""

    period: float
    allowed: int
    frequency: str


def promise(case: DatasetCase) -> Promise | Outcome:
    """The promise of a dataset, or the outcome of every check that would need one."""
    declared = case.dataset.frequency
    reading = read_frequency(declared)
    if reading.kind is FrequencyKind.UNSTATED:
        return failed("frequency_missing")
    if reading.kind is FrequencyKind.IRREGULAR:
        return failed("frequency_irregular", frequency=quote(declared))
    if reading.kind is FrequencyKind.NEVER:
        covered = _covers_finished_period(case.dataset, case.as_of)
        return not_applicable("closed_series") if covered else failed("closed_without_period")
    if reading.days is None:
        return unknown("frequency_unrecognised", frequency=quote(declared))
    period = max(reading.days, LEAST_DAYS)
    return Promise(period, math.ceil(period * TOLERANCE), quote(declared))


def _covers_finished_period(dataset: Dataset, as_of: date) -> bool:
    """A covered period that has ended, or a past year in a title ("Censo 2018")."""
    bounds = [reading for p in dataset.temporal if (reading := read_date(p.end or p.start)) is not None]
    if any(reading.earliest <= as_of for reading in bounds):
        return True
    years = [int(year) for title in dataset.title.values() for year in _YEAR.findall(title)]
    return any(year <= as_of.year for year in years)

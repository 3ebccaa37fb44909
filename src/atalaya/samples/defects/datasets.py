"""Defects of descriptions: what a catalogue leaves out, says badly or says untruly of a dataset."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from atalaya.catalogue.records import Dataset
from atalaya.checks.outcomes import Verdict
from atalaya.samples.facts import texts
from atalaya.samples.frequencies import PROMISES, irregular
from atalaya.samples.plan import DatasetPlan

WRITERS = frozenset({"ckan", "datajson", "jsonld", "rdfxml", "turtle"})
Verdicts = Mapping[str, Verdict]


@dataclass(frozen=True, slots=True, kw_only=True)
class DatasetDefect:
    """Something wrong with the description of a dataset, and what it means for each check that it touches.

    `plant` changes the record that the catalogue writes; it knows the plan and the form of the catalogue. `licence` says
    whether the licence is still open (pass), closed (fail) or not to be decided (unknown). `daily` makes it promise
    daily data and keeps its bytes, `empty` drops its resources, `twin` repeats the identifier of a sibling, `stale` dates it
    long before its promise. `aspects` are what it touches: marks of these aspects do not meet it.
    """

    code: str
    note: str
    plant: Callable[[Dataset, DatasetPlan, str], Dataset]
    verdicts: Verdicts
    quota: int
    aspects: frozenset[str]
    licence: Verdict = Verdict.PASS
    writers: frozenset[str] = WRITERS
    daily: bool = False
    empty: bool = False
    twin: bool = False
    stale: bool = False


_NO_PROMISE = {"current_declared": Verdict.FAIL, "current_observed": Verdict.FAIL}
"""Of a dataset that promises no date: irregular frequency earns nothing, and silence no more than it."""


def _as_it_is(record: Dataset, _plan: DatasetPlan, _writer: str) -> Dataset:
    return record


def _no_description(record: Dataset, _plan: DatasetPlan, _writer: str) -> Dataset:
    return replace(record, description={})


def _short_description(record: Dataset, plan: DatasetPlan, _writer: str) -> Dataset:
    choices = texts()["short_descriptions"]
    return replace(record, description={"es": choices[len(plan.title) % len(choices)]})


def _repeated_title(record: Dataset, _plan: DatasetPlan, _writer: str) -> Dataset:
    return replace(record, description=record.title)


def _no_licence(record: Dataset, _plan: DatasetPlan, _writer: str) -> Dataset:
    return _licensed(record, None)


def _closed_licence(record: Dataset, plan: DatasetPlan, _writer: str) -> Dataset:
    choices = texts()["closed_licences"]
    return _licensed(record, choices[plan.licence % len(choices)])


def _unclear_licence(record: Dataset, plan: DatasetPlan, _writer: str) -> Dataset:
    choices = texts()["unclear_licences"]
    return _licensed(record, choices[plan.licence % len(choices)])


def _licensed(record: Dataset, licence: str | None) -> Dataset:
    distributions = tuple(replace(item, licence=licence if item.licence else None) for item in record.distributions)
    on_dataset = licence if record.licence else None
    return replace(record, licence=on_dataset, licence_title=None, distributions=distributions)


def _no_contact(record: Dataset, _plan: DatasetPlan, _writer: str) -> Dataset:
    return replace(record, contact=None)


def _bare(record: Dataset, _plan: DatasetPlan, _writer: str) -> Dataset:
    return replace(
        record, keywords=(), themes=(), spatial=(), temporal=(), issued=None, languages=(), landing_page=None
    )


def _no_frequency(record: Dataset, _plan: DatasetPlan, _writer: str) -> Dataset:
    return replace(record, frequency=None)


def _irregular(record: Dataset, _plan: DatasetPlan, writer: str) -> Dataset:
    return replace(record, frequency=irregular(writer))


def overdue(plan: DatasetPlan, as_of: datetime) -> datetime:
    """A date of last change four promised periods (at least twenty days) before the observation."""
    return as_of - max(4 * PROMISES[plan.frequency].period, timedelta(days=20))


DATASET_DEFECTS: Mapping[str, DatasetDefect] = {
    defect.code: defect
    for defect in (
        DatasetDefect(
            code="contact_missing",
            note="nobody to write to",
            aspects=frozenset({"contact"}),
            plant=_no_contact,
            verdicts={"contact_present": Verdict.FAIL},
            quota=4,
        ),
        DatasetDefect(
            code="description_missing",
            note="no description",
            aspects=frozenset({"description"}),
            plant=_no_description,
            verdicts={"described": Verdict.FAIL},
            quota=2,
        ),
        DatasetDefect(
            code="description_repeated",
            note="the description repeats the title",
            aspects=frozenset({"description"}),
            plant=_repeated_title,
            verdicts={"described": Verdict.FAIL},
            quota=2,
        ),
        DatasetDefect(
            code="description_short",
            note="a description of a word or two",
            aspects=frozenset({"description"}),
            plant=_short_description,
            verdicts={"described": Verdict.FAIL},
            quota=2,
        ),
        DatasetDefect(
            code="frequency_irregular",
            note="promises no rhythm",
            aspects=frozenset({"frequency"}),
            plant=_irregular,
            verdicts=_NO_PROMISE,
            quota=2,
        ),
        DatasetDefect(
            code="frequency_missing",
            note="does not say how often it is updated",
            aspects=frozenset({"frequency"}),
            plant=_no_frequency,
            verdicts=_NO_PROMISE,
            quota=2,
        ),
        DatasetDefect(
            code="frozen",
            note="promises daily data, dates them every day and never changes them",
            aspects=frozenset({"frequency", "dates", "content"}),
            plant=_as_it_is,
            verdicts={},
            quota=5,
            daily=True,
        ),
        DatasetDefect(
            code="identifier_repeated",
            note="repeats the identifier of another dataset of its catalogue",
            aspects=frozenset({"identifier"}),
            plant=_as_it_is,
            verdicts={"identifier_unique": Verdict.FAIL},
            quota=3,
            writers=frozenset({"datajson"}),
            twin=True,
        ),
        DatasetDefect(
            code="licence_closed",
            note="a licence that forbids uses",
            aspects=frozenset({"licence"}),
            plant=_closed_licence,
            verdicts={"licence_open": Verdict.FAIL},
            licence=Verdict.FAIL,
            quota=3,
        ),
        DatasetDefect(
            code="licence_missing",
            note="no licence",
            aspects=frozenset({"licence"}),
            plant=_no_licence,
            verdicts={"licence_open": Verdict.FAIL},
            licence=Verdict.FAIL,
            quota=3,
        ),
        DatasetDefect(
            code="licence_unclear",
            note="terms of use that name no licence",
            aspects=frozenset({"licence"}),
            plant=_unclear_licence,
            verdicts={"licence_open": Verdict.UNKNOWN},
            licence=Verdict.UNKNOWN,
            quota=3,
        ),
        DatasetDefect(
            code="metadata_bare",
            note="no keywords, themes, place, period, language or date of issue",
            aspects=frozenset({"keywords", "themes", "spatial", "temporal", "dates", "languages", "landing_page"}),
            plant=_bare,
            verdicts={"metadata_present": Verdict.FAIL},
            quota=4,
        ),
        DatasetDefect(
            code="resources_missing",
            note="a dataset without a single resource",
            aspects=frozenset({"resources", "content"}),
            plant=_as_it_is,
            verdicts={"data_downloadable": Verdict.FAIL, "five_stars": Verdict.FAIL},
            quota=3,
            empty=True,
        ),
        DatasetDefect(
            code="stale",
            note="last changed long before its promise",
            aspects=frozenset({"dates", "content"}),
            plant=_as_it_is,
            verdicts={"current_declared": Verdict.FAIL},
            quota=4,
            stale=True,
        ),
    )
}
"""Defects of datasets by code."""

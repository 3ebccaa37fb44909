"""What every check should say of every case of the sample country, from what was planted and from nothing else.

Neither the checks nor the inspector are asked: a label is what the planter meant. Labels are complete: every active source
and every dataset and resource listed on a day has one for every check of its level. The oldest checks have their labels
here; those of all others come from `families`.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass

from atalaya.catalogue.identity import IdentifiedDataset, digest_id
from atalaya.checks.outcomes import Verdict
from atalaya.samples.defects.datasets import DATASET_DEFECTS
from atalaya.samples.defects.registry import RESOURCE_DEFECTS
from atalaya.samples.defects.sources import SOURCE_DEFECTS
from atalaya.samples.families.registry import DATASET_MARKS, RESOURCE_MARKS, is_aside
from atalaya.samples.family_labels import bytes_seen, expected, family_subjects, table_key, table_planned
from atalaya.samples.frequencies import PROMISES
from atalaya.samples.handing import deliver
from atalaya.samples.kinds import KINDS, RESOURCE_CHECKS
from atalaya.samples.plan import AS_OF, DAYS, CountryPlan, DatasetPlan, ResourcePlan, SourcePlan
from atalaya.samples.records import listed_records

ENOUGH_STARS = 3
"""Stars from which a dataset counts as open data in an open format (Berners-Lee, Linked Data design issues)."""

ALLOWANCE = 1.2
"""Promised periods may be overrun by a fifth, counted in whole days: a dataset carries a date, not an hour."""

CATALOGUE_CHECKS = ("catalogue_readable", "catalogue_complete")
DATASET_CHECKS = (
    "contact_present",
    "current_declared",
    "current_observed",
    "data_downloadable",
    "described",
    "five_stars",
    "identifier_unique",
    "licence_open",
    "metadata_present",
)
"""Checks labelled for every dataset on every day; those of resources are in `kinds`, that of tables is `header_meaningful`."""

_SUMMED = ("data_downloadable", "five_stars")
"""Checks of a dataset whose verdict follows from its resources."""

TABLE_CHECK = "header_meaningful"


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """The verdict expected of a check on a subject on a day, and the defect that explains it."""

    day: int
    check_id: str
    subject_id: str
    verdict: Verdict
    defect: str | None = None
    note: str | None = None


def country_labels(country: CountryPlan) -> tuple[Label, ...]:
    """Every label, ordered by day, check and subject."""
    sources = [(source, day) for day in DAYS for source in country.sources if source.state == "active"]
    found = [label for source, day in sources for label in (*_source_labels(source, day), *_family_labels(source, day))]
    return tuple(sorted(found, key=lambda label: (label.day, label.check_id, label.subject_id)))


def _source_labels(source: SourcePlan, day: int) -> Iterator[Label]:
    defect = None if source.defect is None else SOURCE_DEFECTS[source.defect]
    verdicts = (Verdict.PASS, Verdict.PASS)
    if defect is not None:
        verdicts = (defect.readable[day - 1], defect.complete[day - 1])
    for check_id, verdict in zip(CATALOGUE_CHECKS, verdicts, strict=True):
        yield Label(
            day=day,
            check_id=check_id,
            subject_id=source.id,
            verdict=verdict,
            defect=None if defect is None else defect.code,
            note=None if defect is None else defect.note,
        )
    for plan, identified in zip(source.listed(day), listed_records(source, day), strict=True):
        if is_aside(plan.marks):
            continue
        yield from _dataset_labels(plan, identified, day)
        for resource, item in zip(plan.resources, identified.distributions, strict=True):
            yield from _resource_labels(resource, item.resource_id, day)


def _family_labels(source: SourcePlan, day: int) -> Iterator[Label]:
    """What the families expect of the source, its datasets, their resources and tables."""
    for level, subject_id, subject, (code, note) in family_subjects(source, day, resource_verdicts):
        for check_id, verdict in expected(level, subject).items():
            cause = (None, None) if verdict is Verdict.PASS else (code, note)
            yield Label(
                day=day, check_id=check_id, subject_id=subject_id, verdict=verdict, defect=cause[0], note=cause[1]
            )


def resource_verdicts(resource: ResourcePlan, day: int) -> dict[str, Verdict]:
    """What the checks of a resource should say on a day: of its kind, then of its defect; plain hosts have no certificate."""
    verdicts = dict(KINDS[resource.kind].verdicts)
    if resource.host.certificate is not None:
        verdicts["tls_valid"] = Verdict.FAIL
    code = resource.defect(day)
    if code is not None:
        verdicts |= RESOURCE_DEFECTS[code].verdicts(_look(resource, day))
    for mark in resource.marks:
        verdicts |= RESOURCE_MARKS[mark].others(day)
    if resource.host.plain:
        verdicts["tls_valid"] = Verdict.NOT_APPLICABLE
    return verdicts


def _look(resource: ResourcePlan, day: int) -> int:
    """1 at the first sight of what is wrong, 2 where the day before it was already so."""
    return 2 if day > 1 and resource.defect(day - 1) == resource.defect(day) else 1


def _resource_labels(resource: ResourcePlan, subject_id: str, day: int) -> Iterator[Label]:
    code = resource.defect(day)
    defect = None if code is None else RESOURCE_DEFECTS[code]
    verdicts = resource_verdicts(resource, day)
    for check_id in RESOURCE_CHECKS:
        touched = defect is not None and check_id in defect.verdicts(_look(resource, day))
        cause = code if touched else None
        note = defect.note if defect is not None and touched else None
        if check_id == "tls_valid" and verdicts[check_id] is Verdict.FAIL:
            cause, note = f"tls_{resource.host.certificate}", "the certificate of the host is not valid"
        yield Label(
            day=day, check_id=check_id, subject_id=subject_id, verdict=verdicts[check_id], defect=cause, note=note
        )
    yield from _table_labels(resource, subject_id, day)


def _table_labels(resource: ResourcePlan, subject_id: str, day: int) -> Iterator[Label]:
    """The one table of a CSV, of a workbook, or of a page in place of a file; labelled where the planned table is there."""
    code = resource.defect(day)
    defect = None if code is None else RESOURCE_DEFECTS[code]
    if not table_planned(resource, day):
        return
    spoiled = [mark for mark in resource.marks if RESOURCE_MARKS[mark].others(day).get(TABLE_CHECK) is Verdict.FAIL]
    lost = (defect is not None and defect.header_lost) or bool(spoiled)
    yield Label(
        day=day,
        check_id=TABLE_CHECK,
        subject_id=digest_id(subject_id, table_key(resource, day)),
        verdict=Verdict.FAIL if lost else Verdict.PASS,
        defect=(spoiled[0] if spoiled else code) if lost else None,
        note=RESOURCE_MARKS[spoiled[0]].note if spoiled else defect.note if defect is not None and lost else None,
    )


def _dataset_labels(plan: DatasetPlan, identified: IdentifiedDataset, day: int) -> Iterator[Label]:
    defect = None if plan.defect is None else DATASET_DEFECTS[plan.defect]
    verdicts = dict.fromkeys(DATASET_CHECKS, Verdict.PASS)
    verdicts["data_downloadable"] = _downloadable(plan, day)
    verdicts["five_stars"] = _starred(plan, day)
    verdicts["current_observed"] = _observed(plan, day)
    touched = {} if defect is None else dict(defect.verdicts)
    for mark in plan.marks:
        verdicts |= DATASET_MARKS[mark].others(day)
    for check_id, verdict in (verdicts | touched).items():
        code, note = None, None
        if defect is not None and (
            check_id in touched or (check_id == "five_stars" and defect.licence != Verdict.PASS)
        ):
            code, note = defect.code, defect.note
        elif check_id in _SUMMED and verdict is not Verdict.PASS:
            code, note = "resources", "follows from what its resources are"
        yield Label(
            day=day, check_id=check_id, subject_id=identified.record_id, verdict=verdict, defect=code, note=note
        )


def _waiting(plan: DatasetPlan, day: int) -> bool:
    """Whether a resource gave no bytes and is not yet known to be lost."""
    return any(resource_verdicts(resource, day)["reachable"] is Verdict.UNKNOWN for resource in plan.resources)


def _downloadable(plan: DatasetPlan, day: int) -> Verdict:
    """Pass with one resource that hands over data for programs, unknown while one of them may still, else fail."""
    for resource in plan.resources:
        verdicts = resource_verdicts(resource, day)
        if verdicts["data_present"] is verdicts["machine_readable"] is Verdict.PASS:
            return Verdict.PASS
    return Verdict.UNKNOWN if _waiting(plan, day) else Verdict.FAIL


def _starred(plan: DatasetPlan, day: int) -> Verdict:
    """The best resource under the licence: the first star is the licence's, the next two the file's."""
    licence = Verdict.PASS if plan.defect is None else DATASET_DEFECTS[plan.defect].licence
    if licence is Verdict.FAIL:
        return licence
    stars = [resource_stars(resource, day) for resource in plan.resources if bytes_seen(resource, day)]
    if max(stars, default=0) >= ENOUGH_STARS:
        return licence
    return Verdict.UNKNOWN if _waiting(plan, day) else Verdict.FAIL


def resource_stars(resource: ResourcePlan, day: int) -> int:
    """Stars that a file earns under an open licence."""
    marked = [stars for mark in resource.marks if (stars := RESOURCE_MARKS[mark].stars) is not None]
    if marked:
        return min(marked)
    code = resource.defect(day)
    remaining = None if code is None else RESOURCE_DEFECTS[code].stars
    return KINDS[resource.kind].stars if remaining is None else remaining


def _observed(plan: DatasetPlan, day: int) -> Verdict:
    """Pass where bytes seen on both days differ; without a change, fail once the promise has been watched out."""
    both = [resource for resource in plan.resources if bytes_seen(resource, 1) and bytes_seen(resource, 2)]
    if day == DAYS[0] or plan.days != DAYS or not both:
        return Verdict.UNKNOWN
    steady = [resource for resource in both if not any(RESOURCE_MARKS[mark].restless for mark in resource.marks)]
    if any(deliver(plan, resource, 1).body != deliver(plan, resource, 2).body for resource in steady):
        return Verdict.PASS
    allowed = math.ceil(PROMISES[plan.frequency].period.days * ALLOWANCE)
    return Verdict.FAIL if (AS_OF[2] - AS_OF[1]).days > allowed else Verdict.UNKNOWN

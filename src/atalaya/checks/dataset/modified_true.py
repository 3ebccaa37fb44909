"""The declared date of last change moves when the data change, and only then.

Compared are two observations: the latest date of change that record and resources declare, and the content of the
files, whatever order and dates of export. A date that moved is untrue where every file was read both times and is the
same, and the record says the same too: programs that export a catalogue stamp the moment of reading on it. A date that
stayed is untrue where rows of a table changed after the observation before and the date is older than that.
"""

from datetime import date, timedelta

from atalaya.catalogue.changes import last_change
from atalaya.checks.cases import DatasetCase, Prior, ResourceCase
from atalaya.checks.check import Check, Dimension, Effort, Example, Level
from atalaya.checks.contents import is_service, stands_in
from atalaya.checks.example_cases import AS_OF, dataset_case, distribution, inspection, resource_case
from atalaya.checks.outcomes import Outcome, Verdict, failed, not_applicable, passed, unknown

NEAR = timedelta(days=1)
"""A declared date this near to the observation is its moment: it may be another time zone."""


def rule(case: DatasetCase) -> Outcome:
    """The outcome of one dataset."""
    now, before = last_change(case.dataset), case.prior
    if now is None:
        return not_applicable("undated")
    if before.last_seen is None or before.declared is None:
        return unknown("first_sight")
    moved, changed = now > before.declared, _changed(case)
    if changed and (moved or now >= before.last_seen - NEAR):
        return passed("moved_with_change", date=now.isoformat())
    if changed:
        return failed("stayed", date=now.isoformat(), seen=before.last_seen.isoformat())
    if not _all_read(case):
        return unknown("not_read")
    if not moved:
        return passed("stayed_without_change", date=now.isoformat())
    if case.described is None or case.described != before.described:
        return unknown("record_changed")
    stamped = case.as_of - now <= NEAR and before.last_seen - before.declared <= NEAR
    return failed("stamped" if stamped else "touched", date=now.isoformat(), before=before.declared.isoformat())


def _changed(case: DatasetCase) -> bool:
    """Whether rows of a table changed since the observation before."""
    return any(each.prior.changed == case.as_of and _holds_rows(each) for each in case.resources)


def _holds_rows(resource: ResourceCase) -> bool:
    found = resource.inspection
    return found is not None and found.format != "html" and any(table.rows for table in found.data_tables)


def _all_read(case: DatasetCase) -> bool:
    """Whether the content of every resource is known now and from before, and no resource came or went.

    What lies behind a service is never seen whole.
    """
    asked = [each for each in case.resources if not each.distribution.derived]
    if not asked or case.prior.changed == case.as_of:
        return False
    return all(
        each.inspection is not None
        and each.inspection.content_sha256 is not None
        and each.prior.content_sha256 is not None
        and not stands_in(each)
        and not is_service(each.distribution)
        for each in asked
    )


_WEEK_AGO = AS_OF - timedelta(days=7)
_READ = inspection(content_sha256="a" * 64)


def _seen(
    modified: str, *, declared: date, changed: bool = False, read: bool = True, described: str = "same"
) -> DatasetCase:
    prior = Prior(
        observations=1,
        last_seen=_WEEK_AGO,
        content_sha256="a" * 64,
        declared=declared,
        described="same",
        changed=AS_OF if changed else None,
    )
    resource = resource_case(prior=prior, inspection=_READ if read else None, distribution=distribution())
    return dataset_case(modified=modified, prior=prior, resources=(resource,), among={"described": described})


CHECK = Check(
    id="modified_true",
    version=2,
    level=Level.DATASET,
    dimension=Dimension.CURRENCY,
    title="The date of last change is true",
    text="From one observation to the next the declared date of last change moves when the data change, and stays "
    "when they do not. A date that is written anew at every export, or that is not moved when new data are "
    "published, misleads whoever relies on it.",
    remedy="Let the catalogue write the date when the data themselves change, instead of the moment of the export or "
    "of the last edit, and move it with every renewal.",
    effort=Effort.MEDIUM,
    fields=(
        "as_of",
        "dataset.modified",
        "dataset.distributions.modified",
        "dataset.distributions.derived",
        "described",
        "prior.changed",
        "prior.declared",
        "prior.described",
        "prior.last_seen",
        "resources",
        "resources.dataset",
        "resources.distribution",
        "resources.distribution.derived",
        "resources.distribution.format",
        "resources.distribution.media_type",
        "resources.inspection",
        "resources.inspection.content_sha256",
        "resources.inspection.defects.code",
        "resources.inspection.format",
        "resources.inspection.tables",
        "resources.inspection.tables.content",
        "resources.inspection.tables.rows",
        "resources.prior.changed",
        "resources.prior.content_sha256",
    ),
    reasons={
        "moved_with_change": "The data changed, and the record dates the change ({date}).",
        "stayed_without_change": "Neither the data nor the declared date ({date}) changed.",
        "undated": "The record bears no date of last change that we can read.",
        "first_sight": "The declared date was not seen before, so nothing tells yet whether it is true.",
        "not_read": "Not every file could be read both times, so a change may have gone unseen.",
        "record_changed": "The date moved and the files are the same, but other words of the record changed: the date "
        "may mean those.",
        "stayed": "The data changed after {seen}, and the record still says {date}.",
        "touched": "The record moved its date from {before} to {date}, and every file is the same.",
        "stamped": "The record dates its last change to the moment of each reading ({before}, now {date}), and every "
        "file is the same.",
    },
    rule=rule,
    examples=(
        Example(
            _seen("2026-03-29", declared=date(2026, 3, 1), changed=True),
            Verdict.PASS,
            "moved_with_change",
            "new rows and a new date",
        ),
        Example(
            _seen("2026-03-01", declared=date(2026, 3, 1)), Verdict.PASS, "stayed_without_change", "nothing happened"
        ),
        Example(
            _seen("2026-03-01", declared=date(2026, 3, 1), changed=True),
            Verdict.FAIL,
            "stayed",
            "new rows, an old date",
        ),
        Example(_seen("2026-03-12", declared=date(2026, 3, 1)), Verdict.FAIL, "touched", "a new date on the same rows"),
        Example(
            _seen("2026-03-31", declared=date(2026, 3, 24)), Verdict.FAIL, "stamped", "always the day of the reading"
        ),
        Example(
            _seen("2026-03-12", declared=date(2026, 3, 1), described="other"),
            Verdict.UNKNOWN,
            "record_changed",
            "another description",
        ),
        Example(
            _seen("2026-03-12", declared=date(2026, 3, 1), read=False),
            Verdict.UNKNOWN,
            "not_read",
            "a file did not come",
        ),
        Example(dataset_case(), Verdict.UNKNOWN, "first_sight", "a new dataset"),
        Example(dataset_case(modified=None), Verdict.NOT_APPLICABLE, "undated", "no date"),
    ),
)

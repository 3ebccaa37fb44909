"""The data really change as often as the record promises, by what earlier observations saw of their content.

Content is compared by a hash that ignores order and dates of export, so that touching a record or exporting the same
rows again is no renewal. Unknown until the dataset has been watched for as long as its promise allows.
"""

from datetime import date, timedelta

from atalaya.catalogue.records import Period
from atalaya.checks.cases import DatasetCase, Prior
from atalaya.checks.check import Check, Dimension, Effort, Example, Level
from atalaya.checks.example_cases import AS_OF, dataset_case, resource_case
from atalaya.checks.outcomes import Outcome, Verdict, failed, passed, unknown
from atalaya.checks.promise import PROMISE_FIELDS, PROMISE_REASONS, TOLERANCE, promise


def rule(case: DatasetCase) -> Outcome:
    """The outcome of one dataset."""
    promised = promise(case)
    if isinstance(promised, Outcome):
        return promised
    if all(resource.inspection is None for resource in case.resources):
        return unknown("not_read")
    priors = (case.prior, *(resource.prior for resource in case.resources))
    changed = max((day for prior in priors if prior.changes and (day := prior.changed) is not None), default=None)
    if changed is not None and (case.as_of - changed).days <= promised.allowed:
        return passed("ok", date=changed.isoformat(), frequency=promised.frequency)
    watched = _watched(case.as_of, priors)
    if watched <= promised.allowed:
        return unknown("watched_too_briefly", days=watched, allowed=promised.allowed)
    since = (case.as_of - changed).days if changed is not None else watched
    return failed("unchanged", days=since, allowed=promised.allowed, frequency=promised.frequency)


def _watched(as_of: date, priors: tuple[Prior, ...]) -> int:
    """Days since the dataset or any of its resources was first seen."""
    seen = [prior.first_seen for prior in priors if prior.first_seen is not None]
    return (as_of - min(seen)).days if seen else 0


def _seen(days: int, changed: int | None = None) -> Prior:
    return Prior(
        first_seen=AS_OF - timedelta(days=days),
        observations=days // 7,
        changed=AS_OF - timedelta(days=changed) if changed is not None else None,
        changes=0 if changed is None else 1,
    )


CHECK = Check(
    id="current_observed",
    version=3,
    level=Level.DATASET,
    dimension=Dimension.CURRENCY,
    title="The data change as often as promised",
    text="Between observations the content of the data changed within the declared frequency, with a tolerance of "
    "{tolerance} times the period. New dates on the same rows are no change. Nothing is said before one such period "
    "has been watched.",
    remedy="Publish the new data when they are due. If the process that loads them stopped, start it again; if the "
    "promise was too high, declare the frequency that you really keep.",
    effort=Effort.HIGH,
    thresholds={"tolerance": TOLERANCE},
    fields=(
        *PROMISE_FIELDS,
        "prior.first_seen",
        "prior.changed",
        "prior.changes",
        "resources",
        "resources.inspection",
        "resources.prior.first_seen",
        "resources.prior.changed",
        "resources.prior.changes",
    ),
    reasons={
        **PROMISE_REASONS,
        "ok": "The content changed on {date}, within the frequency “{frequency}”.",
        "not_read": "No file of the dataset could be read in this round, so a change could not be seen.",
        "watched_too_briefly": "Watched for {days} days without a change; nothing can be said before {allowed}.",
        "unchanged": "The content has not changed for {days} days; the frequency “{frequency}” allows only {allowed}.",
    },
    rule=rule,
    examples=(
        Example(dataset_case(prior=_seen(90, changed=10)), Verdict.PASS, "ok", "monthly, changed ten days ago"),
        Example(dataset_case(prior=_seen(90)), Verdict.FAIL, "unchanged", "monthly, the same rows for three months"),
        Example(
            dataset_case(prior=_seen(200, changed=80)), Verdict.FAIL, "unchanged", "monthly, last changed 80 days ago"
        ),
        Example(dataset_case(prior=_seen(10)), Verdict.UNKNOWN, "watched_too_briefly", "watched for ten days"),
        Example(
            dataset_case(prior=_seen(90), resources=(resource_case(inspection=None),)),
            Verdict.UNKNOWN,
            "not_read",
            "nothing came",
        ),
        Example(dataset_case(frequency=None), Verdict.FAIL, "frequency_missing", "no promise"),
        Example(dataset_case(frequency="irregular"), Verdict.FAIL, "frequency_irregular", "a promise of nothing"),
        Example(
            dataset_case(frequency="según el clima"), Verdict.UNKNOWN, "frequency_unrecognised", "words in no table"
        ),
        Example(
            dataset_case(frequency="NEVER", temporal=(Period(start="2018", end="2018"),)),
            Verdict.NOT_APPLICABLE,
            "closed_series",
            "the figures of one finished year",
        ),
        Example(
            dataset_case(frequency="NEVER", temporal=()),
            Verdict.FAIL,
            "closed_without_period",
            "never renewed, of no stated period",
        ),
    ),
)

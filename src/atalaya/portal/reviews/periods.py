"""The right of reply: for a while before an observation is published, institutions see their findings in it and answer them."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from itertools import islice

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from atalaya.history.finding_subjects import subjects_of
from atalaya.history.read import Sealed
from atalaya.portal.accounts.services import RefusedError
from atalaya.portal.observatory.models import Edition
from atalaya.portal.reviews.models import ComingFinding, ReplyPeriod
from atalaya.store.tables import Row

SOME = 2_000
"""Findings that are read and written at a time."""


def open_period(observation: Sealed, closes: datetime) -> ReplyPeriod:
    """Open the right of reply to the findings of a sealed observation until a moment, or move that moment.

    Raises RefusedError where the moment is past, or the observation is published.
    """
    now, name = timezone.now(), observation.manifest.observation
    if closes <= now:
        raise RefusedError("a right of reply ends on a day to come")
    if Edition.is_there() and Edition.objects.filter(observation=name).exists():
        raise RefusedError("{said} is published: the right of reply comes before", said=name)
    with transaction.atomic():
        defaults = {"as_of": date.fromisoformat(observation.manifest.as_of[:10]), "opens": now, "closes": closes}
        period: ReplyPeriod
        period, made = ReplyPeriod.objects.get_or_create(observation=name, defaults=defaults)
        if not made:
            period.closes = closes
            period.save(update_fields=["closes"])
            return period
        rows = iter(_addressed(observation))
        while some := list(islice(rows, SOME)):
            ComingFinding.objects.bulk_create(_coming(period, observation, some))
    return period


def period_open() -> ReplyPeriod | None:
    """The right of reply that holds now; None where there is none."""
    now = timezone.now()
    found: ReplyPeriod | None = ReplyPeriod.objects.filter(opens__lte=now, closes__gt=now).first()
    return found


def coming_of(institution: str) -> QuerySet[ComingFinding]:
    """The coming findings of an institution to which it may answer now."""
    now = timezone.now()
    found: QuerySet[ComingFinding] = ComingFinding.objects.filter(
        institution=institution, period__opens__lte=now, period__closes__gt=now
    )
    return found


def _addressed(observation: Sealed) -> Iterator[Row]:
    """The findings that have an institution: its own, or that of the record that they are about."""
    owners = {
        str(row["record_id"]): row["institution_id"]
        for row in observation.rows(
            "attributions", "institution_id IS NOT NULL", columns=("record_id", "institution_id")
        )
    }
    for row in observation.rows("outcomes", "verdict = 'fail'"):
        owner = owners.get(str(row["record_id"])) if row["record_id"] is not None else row["institution_id"]
        if owner is not None:
            yield {**row, "institution_id": owner}


def _coming(period: ReplyPeriod, observation: Sealed, rows: list[Row]) -> Iterable[ComingFinding]:
    subjects = subjects_of(observation, rows)
    for row in rows:
        about = subjects[str(row["check_id"]), str(row["subject_id"])]
        evidence = row["evidence"]
        yield ComingFinding(
            period=period,
            finding=str(row["finding_id"]),
            institution=str(row["institution_id"]),
            check_id=str(row["check_id"]),
            check_version=int(str(row["check_version"])),
            subject=str(row["subject_id"]),
            reason=str(row["reason"]),
            title=next(iter(about.title.values()), "")[:300] or str(row["check_id"]),
            address=about.address[:1000],
            evidence=evidence if isinstance(evidence, dict) else {},
        )

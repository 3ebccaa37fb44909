"""Self-assessments: begun from readings, edited, published; a published one is never changed."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from atalaya.portal.accounts.services import CONSOLE, RefusedError
from atalaya.portal.commitments.assessing import LONGEST, assessed, written
from atalaya.portal.commitments.models import Assessment, Plan
from atalaya.portal.commitments.models.assessments import TERMS
from atalaya.portal.commitments.services.plans import editor
from atalaya.portal.commitments.stored import readings_of, stored_plan


def begin(by: Any, number: int, term: str, as_of: date) -> Assessment:
    """Begin a version of the self-assessment of a plan from the readings until a day, with the texts of the version before.

    Raises RefusedError where `by` may not, there is a draft already, the day is to come, or there is no such plan or term.
    """
    editor(by)
    plan = stored_plan(number)
    if plan is None or term not in TERMS:
        raise RefusedError("there is no such plan or term")
    if as_of > timezone.localdate():
        raise RefusedError("the day has not come yet")
    with transaction.atomic():
        home = Plan.objects.select_for_update().get(number=number)
        rows = list(home.assessments.filter(term=term).order_by("number"))
        if any(row.published is None for row in rows):
            raise RefusedError("there is a draft already; publish it first")
        made: Assessment = Assessment.objects.create(
            plan=home,
            term=term,
            number=len(rows) + 1,
            as_of=as_of,
            document=assessed(plan, readings_of(number), as_of, rows[-1].document if rows else None),
            by=None if by is CONSOLE else by,
        )
    return made


def refresh(by: Any, draft: Assessment, as_of: date) -> Assessment:
    """Take the figures of a draft anew, on a day; the texts stay. Raises RefusedError as `begin` does."""
    editor(by)
    if as_of > timezone.localdate():
        raise RefusedError("the day has not come yet")
    with transaction.atomic():
        row = _draft(draft)
        plan = stored_plan(row.plan_id)
        if plan is None:
            raise RefusedError("there is no such plan or term")
        row.as_of = as_of
        row.document = assessed(plan, readings_of(row.plan_id), as_of, row.document)
        row.save()
    return row


def write(by: Any, draft: Assessment, texts: Mapping[str, str], mark: str) -> Assessment:
    """Keep the texts of a draft; `mark` is what it said when its editor began (`mark_of`).

    Raises RefusedError where `by` may not, a text is too long, or somebody else wrote meanwhile.
    """
    editor(by)
    if any(len(text) > LONGEST for text in texts.values()):
        raise RefusedError("the text is longer than {most} characters; shorten it", most=LONGEST)
    with transaction.atomic():
        row = _draft(draft)
        if mark_of(row) != mark:
            raise RefusedError(
                "somebody else wrote in this draft meanwhile; your texts stand below: compare them and save again"
            )
        row.document = written(row.document, texts)
        row.save()
    return row


def publish(by: Any, draft: Assessment) -> Assessment:
    """Publish a draft. Raises RefusedError where `by` may not or it is published."""
    editor(by)
    with transaction.atomic():
        row = _draft(draft)
        row.published = timezone.now()
        row.save()
    return row


def mark_of(row: Assessment) -> str:
    """What tells whether a draft is still as somebody saw it."""
    return str(row.changed.isoformat())


def _draft(draft: Assessment) -> Assessment:
    row: Assessment = Assessment.objects.select_for_update().get(pk=draft.pk)
    if row.published is not None:
        raise RefusedError("it is published already; begin a further version")
    return row

"""That a duty of membership was fulfilled, where no other table tells of it."""

from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from atalaya.commitments.membership import member_duties
from atalaya.portal.accounts.rules import may
from atalaya.portal.accounts.services import CONSOLE, RefusedError
from atalaya.portal.meetings.models import Fulfilment

DUTIES = {each.id: each for each in member_duties() if each.told_by == "records"}
"""The duties that people record, by their ids."""


def record(by: Any, duty: str, on: date, title: str, url: str) -> Fulfilment:
    """Record that a duty was fulfilled on a day. Raises RefusedError where `by` may not, the duty is none that is recorded, the
    day is to come, nothing is given that it rests on, or it stands there already."""
    if by is not CONSOLE and not may(by, "meetings.record_fulfilment"):
        raise RefusedError("only analysts and administrators record this")
    if duty not in DUTIES:
        raise RefusedError("there is no duty {said} that people record", said=duty)
    if on > timezone.localdate():
        raise RefusedError("it was fulfilled on a day that has been")
    if not title.strip() or not url.strip():
        raise RefusedError("say what was done, and the address where it can be seen")
    try:
        with transaction.atomic():
            made: Fulfilment = Fulfilment.objects.create(duty=duty, on=on, title=title.strip(), url=url.strip())
    except IntegrityError as error:
        raise RefusedError("this is recorded already") from error
    return made

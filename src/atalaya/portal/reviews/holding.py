"""What is taken from the queues of reviewers: by one person at a time, until they let it go, decide, or a day has passed."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from atalaya.portal.accounts.services import RefusedError
from atalaya.portal.reviews.models import Hold

REPLIES, REPORTS, MATCHES, ATTRIBUTIONS = "replies", "reports", "matches", "attributions"

LAPSES = timedelta(hours=24)
"""A taken item that nobody decided is anybody's again the next day."""


def take(by: Any, queue: str, item: str) -> Hold:
    """Take an item, or keep it. Raises RefusedError where somebody else has it."""
    now = timezone.now()
    with transaction.atomic():
        Hold.objects.filter(queue=queue, item=item, since__lt=now - LAPSES).delete()
        held: tuple[Hold, bool] = Hold.objects.get_or_create(
            queue=queue, item=item, defaults={"holder": by, "since": now}
        )
    if held[0].holder_id != by.pk:
        raise RefusedError("somebody else has taken this; choose another, or wait until they let it go")
    return held[0]


def release(by: Any, queue: str, item: str) -> None:
    """Let go what one has taken; what somebody else has stays theirs."""
    Hold.objects.filter(queue=queue, item=item, holder=by).delete()


def release_all(queue: str, item: str) -> None:
    """Let an item go that was decided, whoever had it."""
    Hold.objects.filter(queue=queue, item=item).delete()


def holders(queue: str, items: Iterable[str]) -> dict[str, int]:
    """Who has which of some items: item → account."""
    since = timezone.now() - LAPSES
    rows = Hold.objects.filter(queue=queue, item__in=list(items), since__gte=since)
    return {str(item): int(holder) for item, holder in rows.values_list("item", "holder")}

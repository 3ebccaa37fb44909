"""What writes letters and decides about those that are held: each a rule, a transaction and a trail."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone

from atalaya.portal.accounts.rules import may
from atalaya.portal.accounts.services import RefusedError
from atalaya.portal.jobs.services import enqueue
from atalaya.portal.post.kinds import composed
from atalaya.portal.post.models import Letter
from atalaya.portal.post.states import FAILED, HANDING, HELD, SENT, WAITING
from atalaya.portal.post.telling import tell
from atalaya.translations import LANGUAGES

__all__ = ["RefusedError", "forget", "send", "settle", "tell"]


def send(
    kind: str, to: Any, values: Mapping[str, Any], *, key: str, language: str = "es", due: datetime | None = None
) -> bool:
    """Write a letter in the caller's transaction: it goes when that is committed, and never where it is not.

    `to` is an account, whose address is taken when it is sent, or an address. `key` says what the letter is about, such as
    `report-answered:7:2026-01-31`; whether it is new is given back: a second letter of the same key is never written. Values are
    texts, numbers and days; nothing of them stays once it was sent. Raises KeyError where there is no such kind or a value is
    lacking, RefusedError where the address is none or stands in the key.
    """
    if "@" in key:
        raise RefusedError("a key says what a letter is about and never to whom; take the number of a row")
    if language not in LANGUAGES:
        raise RefusedError("no letter is written in {language}", language=language)
    composed(kind, values, language, settings.PORTAL_ADDRESS)
    address = "" if hasattr(to, "pk") else _checked(str(to))
    now = timezone.now()
    first = {
        "kind": kind,
        "language": language,
        "account": None if address else to,
        "address": address,
        "values": dict(values),
        "made": now,
        "due": due or now,
    }
    with transaction.atomic():
        _, new = Letter.objects.get_or_create(key=key, defaults=first)
        # After the commit, so that no two transactions wait for each other over the queue; what dies before, cron makes up for.
        transaction.on_commit(lambda: enqueue("post.send", key="due"), robust=True)
    return bool(new)


def settle(by: Any, letter: Letter, decision: str) -> Letter:
    """Decide about a held letter: `waiting` sends it again, `sent` and `failed` let it rest.

    Raises RefusedError where `by` may not, or it is not held.
    """
    if not may(by, "post.settle"):
        raise RefusedError("only administrators decide about letters that are held")
    if decision not in (WAITING, SENT, FAILED):
        raise RefusedError("a held letter is sent again, or rests as sent or as not sent")
    now = timezone.now()
    with transaction.atomic():
        found: Letter | None = Letter.objects.select_for_update().filter(pk=letter.pk, state=HELD).first()
        if found is None:
            raise RefusedError("this letter is not held any more")
        found.state, found.claim, found.claimed, found.tries = decision, None, None, 0
        if decision == WAITING:
            found.due = now
        else:
            found.address, found.values, found.settled = "", {}, now
        found.save()
    return found


def forget(address: str, kind: str = "") -> int:
    """Delete an address from all letters that were not sent yet, or from those of a kind; they are not sent. Gives how many."""
    mine = Letter.objects.filter(address__iexact=address.strip(), **({"kind": kind} if kind else {}))
    with transaction.atomic():
        list(
            mine.select_for_update().values_list("pk")
        )  # held still: none passes to another state between the two steps
        dropped = mine.exclude(state=HANDING).update(
            state=FAILED, address="", values={}, fault="forgotten", settled=timezone.now()
        )
        handed = mine.filter(state=HANDING).update(address="", values={})
    return int(dropped + handed)


def _checked(address: str) -> str:
    try:
        validate_email(address)
    except ValidationError as error:
        raise RefusedError("this is no e-mail address; write name@host") from error
    return address

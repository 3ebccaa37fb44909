"""Rechecks: what waits to be looked at again, and what was seen. Whoever looks, looks with the engine and tells it here."""

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from atalaya.portal.accounts.services import RefusedError
from atalaya.portal.reviews.models import Reply
from atalaya.portal.reviews.states import ASKED, MACHINE, RECHECK, RUNNING, move

VERDICTS = ("pass", "fail", "unknown", "not_applicable")


def waiting() -> QuerySet[Reply]:
    """The rechecks that were asked for and not done, oldest first. Those that are running may have died: they are in it too."""
    found: QuerySet[Reply] = Reply.objects.filter(kind=RECHECK, state__in=(ASKED, RUNNING)).order_by("made", "id")
    return found


def start(key: int) -> Reply:
    """Say that a recheck has begun. Raises RefusedError where it has begun, or is done, already."""
    return _moved(key, "start")


def finish(key: int, verdict: str, observation: str) -> Reply:
    """Say what a recheck saw, and in which observation. Raises RefusedError where that was said already, or for no verdict."""
    if verdict not in VERDICTS or not observation:
        raise RefusedError("{said} is no verdict; one is {known}", said=verdict, known=", ".join(VERDICTS))
    return _moved(key, "finish", outcome=verdict, seen_in=observation)


def fail(key: int, why: str) -> Reply:
    """Say why a recheck could not be done. Raises RefusedError where it is done already."""
    return _moved(key, "fail", why=why[:500])


def _moved(key: int, name: str, **told: str) -> Reply:
    with transaction.atomic():
        found: Reply = Reply.objects.select_for_update().get(pk=key, kind=RECHECK)
        step = move(found.kind, found.state, name)
        if step is None or step.who != MACHINE:
            raise RefusedError("this recheck is {state} already", state=found.state)
        found.state, found.changed = step.after, timezone.now()
        for column, value in told.items():
            setattr(found, column, value)
        found.save(update_fields=["state", "changed", *told])
    return found

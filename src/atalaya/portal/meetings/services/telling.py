"""Tells followers of a body, and of the table of a plan, what happened, in the transaction in which it did."""

from django.urls import reverse
from django.utils import timezone

from atalaya.portal.meetings.models import Session
from atalaya.portal.post import services as post


def tell_call(session: Session) -> None:
    """A session was called, or is on another day now."""
    _tell("session", session)


def tell_cancelled(session: Session) -> None:
    """A session was cancelled."""
    _tell("session_cancelled", session)


def tell_minutes(session: Session) -> None:
    """The minutes of a session were approved."""
    _tell("minutes", session)


def _tell(event: str, session: Session) -> None:
    values = {"day": session.on.isoformat(), "link": reverse("es:meeting", args=(session.pk,))}
    table = () if session.plan is None else (f"mesa:{session.plan}",)
    post.tell(f"organo:{session.body_id}", event, values, timezone.localdate(), also=table)

"""Tells followers of a body, of its technical table and of the plan what happened to its sessions, in the same transaction."""

from django.urls import reverse
from django.utils import timezone

from atalaya.portal.meetings.models import Session
from atalaya.portal.meetings.states import CALLED, CANCELLED, HELD
from atalaya.portal.post import services as post

MINUTES = "minutes"
_EVENTS = {CALLED: "session_called", CANCELLED: "session_cancelled", HELD: "session", MINUTES: "minutes"}


def tell_session(session: Session, what: str) -> None:
    """A session was called, cancelled or held, or its minutes were approved: `what` is its state, or `MINUTES`."""
    also = (f"mesa:{session.plan}", f"plan:{session.plan}") if session.plan is not None else ()
    values = {"day": session.on.isoformat(), "link": reverse("es:meeting", args=(session.identifier,))}
    post.tell(f"organo:{session.body_id}", _EVENTS[what], values, timezone.localdate(), also=also)

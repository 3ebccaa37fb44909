"""Tells followers of plans, commitments and technical tables what happened to them, in the transaction in which it did."""

from datetime import date

from django.urls import reverse
from django.utils import timezone

from atalaya.commitments.sessions import Session
from atalaya.commitments.wording import DOMAIN, LEVELS, VOICES
from atalaya.portal.commitments.models import Commitment, Reading
from atalaya.portal.post import services as post
from atalaya.translations import LANGUAGES, translate


def tell_version(commitment: Commitment, identifier: str) -> None:
    """A version of a commitment was published."""
    values = {**_of(commitment), "version": identifier}
    post.tell(_subject(commitment), "commitment_version", values, timezone.localdate(), also=_plan(commitment))


def tell_reading(reading: Reading) -> None:
    """A voice said how a milestone stands."""
    values = {
        **_of(reading.commitment),
        "milestone": reading.milestone,
        "voice": _spoken(VOICES[reading.voice]),
        "level": _spoken(LEVELS.get(reading.level, reading.level)),
        "reading": reading.pk,
    }
    post.tell(_subject(reading.commitment), "reading", values, reading.on, also=_plan(reading.commitment))


def tell_session(session: Session, today: date) -> None:
    """A session about a plan was held; one that is to come is no news yet."""
    if session.plan is not None and session.on <= today:
        link = reverse("es:sessions", args=(session.plan,))
        values = {"day": session.on.isoformat(), "link": link}
        post.tell(f"mesa:{session.plan}", "session", values, session.on, also=(f"plan:{session.plan}",))


def _of(commitment: Commitment) -> dict[str, object]:
    link = reverse("es:commitment", args=(commitment.plan_id, commitment.number))
    return {"number": commitment.number, "link": link}


def _subject(commitment: Commitment) -> str:
    return f"compromiso:{commitment.plan_id}-{commitment.number}"


def _plan(commitment: Commitment) -> tuple[str]:
    return (f"plan:{commitment.plan_id}",)


def _spoken(text: str) -> dict[str, str]:
    return {language: translate(text, language, DOMAIN) for language in LANGUAGES}

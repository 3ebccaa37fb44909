"""Tells followers of plans and commitments what happened to them, in the transaction in which it did."""

from django.urls import reverse
from django.utils import timezone

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


def _of(commitment: Commitment) -> dict[str, object]:
    link = reverse("es:commitment", args=(commitment.plan_id, commitment.number))
    return {"number": commitment.number, "link": link}


def _subject(commitment: Commitment) -> str:
    return f"compromiso:{commitment.plan_id}-{commitment.number}"


def _plan(commitment: Commitment) -> tuple[str]:
    return (f"plan:{commitment.plan_id}",)


def _spoken(text: str) -> dict[str, str]:
    return {language: translate(text, language, DOMAIN) for language in LANGUAGES}

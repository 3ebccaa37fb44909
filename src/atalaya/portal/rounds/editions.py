"""How an edition is published: after the right of reply, by two people, each step in the trail. Pages show nothing before."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from atalaya.portal.accounts.rules import may
from atalaya.portal.accounts.services import RefusedError
from atalaya.portal.jobs.services import announce, enqueue
from atalaya.portal.rounds.models import Observed, Publication
from atalaya.portal.rounds.services import pack_of
from atalaya.portal.rounds.states import EDITION_MOVES, IN_REPLY, PUBLISHED, Move, moves_from

LONGEST = 2000
"""Characters of a reason."""


def reply_period_open(observation: str) -> bool:
    """Whether institutions may answer now to what an observation found, before it is published."""
    now = timezone.now()
    found = Publication.objects.filter(observation=observation, state=IN_REPLY)
    return bool(found.filter(reply_from__lte=now, reply_until__gt=now).exists())


def in_reply() -> Publication | None:
    """The edition whose right of reply is open now; the newest where there are several."""
    now = timezone.now()
    found: Publication | None = Publication.objects.filter(
        state=IN_REPLY, reply_from__lte=now, reply_until__gt=now
    ).first()
    return found


def withheld_of(observations: Sequence[str]) -> frozenset[str]:
    """Those of these observations that may not be shown: they are on their way, and not published yet.

    What was observed by hand, and never begun here, is not held back: whoever loads it decides.
    """
    waiting = Publication.objects.filter(observation__in=list(observations)).exclude(state=PUBLISHED)
    return frozenset(waiting.values_list("observation", flat=True))


def move(by: Any, publication: Publication, name: str, why: str = "") -> Publication:
    """Lead an edition to its next state. Raises RefusedError where `by` may not, its state does not permit the step, the right
    of reply is still open, or it is the same person who approved it.
    """
    if not may(by, "rounds.publish"):
        raise RefusedError("only analysts and administrators publish editions")
    with transaction.atomic():
        found: Publication = Publication.objects.select_for_update().get(pk=publication.pk)
        step = next((each for each in moves_from(EDITION_MOVES, found.state) if each.id == name), None)
        if step is None:
            raise RefusedError("an edition that is {state} does not permit this step", state=found.state)
        _permitted(by, found, step, why)
        now = timezone.now()
        found.state, found.changed = step.after, now
        found.reason = why.strip()[:LONGEST] if step.reasoned else found.reason
        _EFFECTS.get(step.id, _nothing)(by, found)
        found.save()
    return found


def _permitted(by: Any, found: Publication, step: Move, why: str) -> None:
    now = timezone.now()
    if step.reasoned and not why.strip():
        raise RefusedError("say why")
    if step.id == "approve" and found.reply_until is not None and now < found.reply_until:
        raise RefusedError("institutions may still answer; approve it once the right of reply has ended")
    if step.id == "publish" and found.approved_by_id == by.pk:
        raise RefusedError("you approved this edition; somebody else publishes it")


def _nothing(by: Any, found: Publication) -> None:
    """Steps that only change the state."""
    del by, found


def _open_reply(by: Any, found: Publication) -> None:
    """The right of reply lasts as many days as the pack of the country says."""
    del by
    days = pack_of(Observed.objects.get(code=found.country)).schedule.reply_days
    found.reply_from = timezone.now()
    found.reply_until = found.reply_from + timedelta(days=days)
    announce("rounds.reply_opened", {"observation": found.observation, "until": found.reply_until.isoformat()})


def _approve(by: Any, found: Publication) -> None:
    found.approved_by, found.approved = by, timezone.now()


def _publish(by: Any, found: Publication) -> None:
    found.published_by, found.published = by, timezone.now()
    enqueue("rounds.show", {"observation": found.observation}, key=found.observation)


def _resume(by: Any, found: Publication) -> None:
    """It begins anew, as if nobody had approved it."""
    del by
    found.reply_from = found.reply_until = found.approved = found.approved_by = None


_EFFECTS = {"open_reply": _open_reply, "approve": _approve, "publish": _publish, "resume": _resume}

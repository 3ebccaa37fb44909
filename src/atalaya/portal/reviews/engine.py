"""What the engine does for answers, as jobs: it tells what a recheck saw, and opens the right of reply. Done twice, done once."""

from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from atalaya.history.read import open_sealed
from atalaya.portal.reviews import looking
from atalaya.portal.reviews.models import Reply, ReplyPeriod
from atalaya.portal.reviews.periods import open_period
from atalaya.portal.reviews.states import ASKED
from atalaya.portal.rounds.models import Recheck
from atalaya.portal.rounds.states import DONE
from atalaya.store.observations import find


def tell(recheck: int) -> None:
    """Tell the answers that asked for a recheck what was seen, or why it could not be done."""
    done = Recheck.objects.filter(pk=recheck).first()
    if done is None:
        return
    seen = {str(each["finding"]): str(each["verdict"]) for each in done.seen}
    for reply in looking.waiting().filter(thing__in=done.findings, made__lte=done.asked):
        if reply.state == ASKED:
            looking.start(reply.pk)
        _tell(reply, done, seen.get(reply.thing))


def _tell(reply: Reply, done: Recheck, verdict: str | None) -> None:
    if done.state == DONE and verdict is not None:
        looking.finish(reply.pk, verdict, done.seen_in)
    else:
        looking.fail(reply.pk, done.reason or "the finding is not in the observation any more")


def open_reply(observation: str, until: str) -> None:
    """Let institutions see and answer what an observation found, until a moment (ISO 8601); one that is past opens nothing."""
    closes = datetime.fromisoformat(until)
    known = ReplyPeriod.objects.filter(observation=observation, closes=closes).exists()
    if not known and closes > timezone.now():
        open_period(open_sealed(find(Path(settings.ATALAYA_HOME), observation)), closes)

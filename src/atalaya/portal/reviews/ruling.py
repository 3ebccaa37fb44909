"""Rulings on what institutions answer: proposed by one analyst, confirmed or sent back by another, handed on to the engine."""

import logging
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from atalaya.clock import stamp
from atalaya.exceptions import AtalayaError
from atalaya.portal.accounts.rules import may
from atalaya.portal.accounts.services import RefusedError
from atalaya.portal.files import services as files
from atalaya.portal.post import services as post
from atalaya.portal.reviews import holding
from atalaya.portal.reviews.models import Reply, Ruling
from atalaya.portal.reviews.models.replies import LONGEST
from atalaya.portal.reviews.services import SHORTEST
from atalaya.portal.reviews.states import ACCEPTED, DISPUTE, NOT_CONCERNED, OUTCOMES, STANDS, move
from atalaya.rounds.rulings import DISPUTE as DISPUTE_DECISION
from atalaya.rounds.rulings import NOT_CONCERNED as CONCERN_DECISION
from atalaya.rounds.rulings import concern_subject, deposit, dispute_ruling
from atalaya.store.decisions import Decision

WHO = "analyst"
"""The post that decides; no decision names a person."""

log = logging.getLogger(__name__)


def propose(by: Any, reply: Reply, outcome: str, why: str) -> Reply:
    """Propose a ruling with its reason. Raises RefusedError where `by` may not, somebody else has it, or it is not whole."""
    with transaction.atomic():
        found = _taken(by, reply, "propose")
        if outcome not in OUTCOMES[found.kind]:
            raise RefusedError("choose what is ruled")
        found.outcome, found.why = outcome, _reason(why)
        found.proposed_by, found.returned = by, ""
        return _moved(found, "propose")


def confirm(by: Any, reply: Reply, country: str) -> Reply:
    """Confirm the ruling that another analyst proposed: it is published, and the engine is told.

    Raises RefusedError where `by` proposed it, may not, or somebody else has taken it.
    """
    with transaction.atomic():
        found = _taken(by, reply, "confirm")
        _another(by, found)
        found.decided_by, found.decided = by, timezone.now()
        moved = _moved(found, "confirm")
        if moved.file is not None and moved.file.withdrawn is None:
            files.publish(moved.file)
        _tell(moved)
        decision = decision_of(moved)
        if decision is not None:
            keep_decision(by, country, decision, reply=moved)
    return moved


def _tell(reply: Reply) -> None:
    """Tell who wrote an answer that it was ruled on; once."""
    if reply.author is not None:
        with override("es"):
            link = reverse("desk_duty" if reply.kind == NOT_CONCERNED else "desk_finding", args=(reply.thing,))
        post.send("answer_ruled", reply.author, {"title": reply.title, "link": link}, key=f"answer-ruled:{reply.pk}")


def send_back(by: Any, reply: Reply, why: str) -> Reply:
    """Send a proposed ruling back, with the reason. Raises RefusedError as `confirm` does."""
    with transaction.atomic():
        found = _taken(by, reply, "send_back")
        _another(by, found)
        found.returned = _reason(why)
        found.outcome, found.why, found.proposed_by = "", "", None
        return _moved(found, "send_back")


def decision_of(reply: Reply) -> Decision | None:
    """The decision that a ruling is for the engine; None where nothing changes for it."""
    moment = stamp(reply.decided)
    if reply.kind == DISPUTE and reply.outcome != STANDS:
        ruling = dispute_ruling(
            verdict=reply.outcome,
            check=reply.check_id,
            version=reply.check_version,
            subject=reply.subject,
            reason=reply.reason,
            observation=reply.observation,
        )
        return Decision(
            kind=DISPUTE_DECISION, subject=reply.thing, ruling=dict(ruling), who=WHO, moment=moment, why=reply.why
        )
    if reply.outcome == ACCEPTED:
        return Decision(
            kind=CONCERN_DECISION,
            subject=concern_subject(reply.institution, reply.thing),
            ruling={"concerns": False, "words": reply.ground},
            who=WHO,
            moment=moment,
            why=reply.why,
        )
    return None


def keep_decision(by: Any, country: str, decision: Decision, *, reply: Reply | None = None) -> Ruling:
    """Keep a decision in this transaction; once that holds, it is put among the decisions of the store."""
    made: Ruling = Ruling.objects.create(
        reply=reply,
        country=country,
        kind=decision.kind,
        subject=decision.subject,
        ruling=decision.ruling,
        why=decision.why,
        moment=decision.moment,
        by=by,
        decision=decision.id,
    )
    transaction.on_commit(_deposit_or_tell)
    return made


def deposit_rulings(home: Path) -> int:
    """Put the decisions that wait among those of the store at `home`, each once however often this runs; gives how many.

    Raises StoreError or OSError where the store cannot be read or written; what was not put there waits on.
    """
    count = 0
    for key in Ruling.objects.filter(deposited=None).values_list("pk", flat=True):
        with transaction.atomic():
            row = Ruling.objects.select_for_update().filter(pk=key, deposited=None).first()
            if row is not None:
                count += deposit(home, row.country, _decision(row))
                row.deposited = timezone.now()
                row.save(update_fields=["deposited"])
    return count


def deposit_waiting() -> None:
    """The job that hands on what waits: see `deposit_rulings`."""
    deposit_rulings(settings.ATALAYA_HOME)


def _deposit_or_tell() -> None:
    """Put decisions where they belong at once; where that fails they wait for the next time."""
    try:
        deposit_rulings(settings.ATALAYA_HOME)
    except (AtalayaError, OSError) as error:
        log.error("rulings wait to be put among the decisions of the store: %s", error)


def _decision(row: Ruling) -> Decision:
    return Decision(
        kind=row.kind, subject=row.subject, ruling=dict(row.ruling), who=WHO, moment=row.moment, why=row.why
    )


def _taken(by: Any, reply: Reply, name: str) -> Reply:
    """The answer, locked, where `by` may take this step now."""
    found: Reply = Reply.objects.select_for_update().get(pk=reply.pk)
    if not may(by, "reviews.rule", found):
        raise RefusedError("only analysts rule, and never on what they wrote or on an institution that they speak for")
    if move(found.kind, found.state, name) is None:
        raise RefusedError("where this answer stands, that can not be done")
    holding.take(by, holding.REPLIES, str(found.pk))
    return found


def _another(by: Any, reply: Reply) -> None:
    if reply.proposed_by_id is None or reply.proposed_by_id == by.pk:
        raise RefusedError("a ruling is confirmed or sent back by another analyst than the one who proposed it")


def _moved(found: Reply, name: str) -> Reply:
    wanted = move(found.kind, found.state, name)
    if wanted is None:
        raise RefusedError("where this answer stands, that can not be done")
    found.state, found.changed = wanted.after, timezone.now()
    found.save()
    holding.release_all(holding.REPLIES, str(found.pk))
    return found


def _reason(why: str) -> str:
    said = why.strip()
    if not SHORTEST <= len(said) <= LONGEST:
        raise RefusedError("write the reason, in {least} to {most} characters", least=SHORTEST, most=LONGEST)
    return said

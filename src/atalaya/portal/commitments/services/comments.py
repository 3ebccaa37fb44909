"""What citizens say: sent, then shown or not shown by a moderator, each as a reading of its own."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from atalaya.commitments.changes import short_number
from atalaya.portal.accounts.rules import may
from atalaya.portal.accounts.services import CONSOLE, RefusedError
from atalaya.portal.commitments.models import Comment, Commitment
from atalaya.portal.commitments.models.comments import HELD, LONGEST, REFUSED, SHOWN
from atalaya.portal.commitments.services.readings import (
    READABLE,
    Said,
    kept,
    milestones_of,
    sound_address,
)

LEVELS = tuple(level for level in READABLE if level in ("no_evidence", "not_started", "started", "complete"))
"""Levels that citizens choose from: those of the tracker, and that nothing can be seen."""


def comment(by: Any, commitment: Commitment, milestone: str, level: str, text: str, url: str = "") -> Comment:
    """Take a comment; it is held until a moderator decides. Raises RefusedError where it cannot be taken."""
    if by is CONSOLE or not may(by, "commitments.comment"):
        raise RefusedError("sign in to comment")
    if short_number(milestone) not in milestones_of(commitment):
        raise RefusedError("the commitment has no milestone {said}", said=milestone)
    if level not in LEVELS:
        raise RefusedError("there is no level {said}; known are {known}", said=level, known=", ".join(LEVELS))
    if not text.strip():
        raise RefusedError("say what you saw")
    if len(text) > LONGEST:
        raise RefusedError("the text is longer than {most} characters; shorten it", most=LONGEST)
    if url:
        sound_address(url)
    with transaction.atomic():
        made: Comment = Comment.objects.create(
            commitment=commitment,
            milestone=short_number(milestone),
            level=level,
            text=text.strip(),
            url=url,
            by=by,
        )
    return made


def decide(by: Any, found: Comment, *, show: bool, why: str = "") -> Comment:
    """Show a comment as a reading of the citizens' voice, or say why it is not shown.

    Raises RefusedError where `by` may not, it is decided already, or no reason is given for not showing it.
    """
    if by is not CONSOLE and not may(by, "commitments.moderate"):
        raise RefusedError("only analysts and administrators decide what is shown")
    if not show and not why.strip():
        raise RefusedError("say why it is not shown")
    with transaction.atomic():
        row: Comment = Comment.objects.select_for_update(of=("self",)).select_related("commitment").get(pk=found.pk)
        if row.state != HELD:
            raise RefusedError("this comment was decided already")
        row.state, row.why = (SHOWN, "") if show else (REFUSED, why.strip()[:LONGEST])
        row.decided, row.decided_by = timezone.now(), None if by is CONSOLE else by
        if show:
            row.reading = kept(CONSOLE, row.commitment, _said(row))
        else:
            # What is not shown is not kept: only that there was something, and why it was not shown.
            row.text, row.url = "", ""
        row.save()
    return row


def _said(row: Comment) -> Said:
    urls = (row.url,) if row.url else ()
    day = timezone.localdate(row.made)
    return Said(milestone=row.milestone, voice="citizens", level=row.level, on=day, note=row.text, urls=urls)

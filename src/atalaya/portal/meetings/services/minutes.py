"""What changes minutes: drafted from the record of a session, circulated, amended, approved, and corrected beside them."""

from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from atalaya.commitments.bodies import MEMBER, sits
from atalaya.portal.accounts.rules import may
from atalaya.portal.accounts.services import CONSOLE, RefusedError
from atalaya.portal.meetings.models import Amendment, Approval, Body, Correction, Member, Minutes, Session
from atalaya.portal.meetings.records import hash_of, record_of
from atalaya.portal.meetings.services.bodies import runs
from atalaya.portal.meetings.services.telling import MINUTES, tell_session
from atalaya.portal.meetings.states import (
    ACCEPTED,
    AMENDMENT_MOVES,
    AMENDMENT_STATES,
    APPROVALS,
    APPROVED,
    CIRCULATED,
    DRAFT,
    HELD,
    MINUTES_STATES,
    PROPOSED,
    REJECTED,
    WITHDRAWN,
)


def draft(by: Any, session: Session, text: str = "") -> Minutes:
    """Draft the minutes of a session from its record, or draw the record anew; what was approved of them so far counts no more.

    Raises RefusedError where `by` may not, the session was not held, or its minutes are approved.
    """
    runs(by, session.body)
    with transaction.atomic():
        row: Session = Session.objects.select_for_update().select_related("body").get(pk=session.pk)
        if row.state != HELD:
            raise RefusedError("say first that the session was held")
        made: Minutes
        made, _ = Minutes.objects.get_or_create(session=row, defaults={"record": {}})
        _changeable(made)
        made.record, made.text, made.state = record_of(row), text.strip(), DRAFT
        made.save()
        made.approvals.all().delete()
    return made


def circulate(by: Any, minutes: Minutes) -> Minutes:
    """Hand a draft to the members, with the record as it is now. Raises RefusedError where `by` may not, or it is no draft."""
    runs(by, minutes.session.body)
    with transaction.atomic():
        row = _locked(minutes)
        if row.state != DRAFT:
            raise RefusedError("these minutes are {state}; only a draft is circulated", state=MINUTES_STATES[row.state])
        row.record, row.state = record_of(row.session), CIRCULATED
        row.save()
    return row


def propose(by: Any, minutes: Minutes, member: Member, text: str, passage: str = "") -> Amendment:
    """Propose an amendment for a member. Raises RefusedError where `by` does not speak for it, it has no vote in the body, the
    minutes are not circulated, or nothing is said."""
    speaks(by, minutes.session.body, member)
    if not text.strip():
        raise RefusedError("say what is to be written instead")
    with transaction.atomic():
        row = _locked(minutes)
        if row.state != CIRCULATED:
            raise RefusedError("amendments are proposed while the minutes are circulated")
        made: Amendment = Amendment.objects.create(
            minutes=row, member=member, passage=passage.strip(), text=text.strip()
        )
    return made


def decide(by: Any, amendment: Amendment, state: str, answer: str = "") -> Amendment:
    """Accept or reject an amendment (the secretariat), or take it back (its member). The text is changed with `write`.

    Raises RefusedError where `by` may not, it was decided, or a rejection gives no reason.
    """
    if state == WITHDRAWN:
        speaks(by, amendment.minutes.session.body, amendment.member)
    else:
        runs(by, amendment.minutes.session.body)
    with transaction.atomic():
        _changeable(_locked(amendment.minutes))
        row: Amendment = Amendment.objects.select_for_update().get(pk=amendment.pk)
        if state not in AMENDMENT_MOVES[row.state]:
            raise RefusedError("this amendment is {state} already", state=AMENDMENT_STATES[row.state])
        if state == REJECTED and not answer.strip():
            raise RefusedError("say why the amendment is rejected")
        row.state, row.answer = state, answer.strip()
        row.save(update_fields=["state", "answer"])
        if state == ACCEPTED:
            row.minutes.approvals.all().delete()
    return row


def write(by: Any, minutes: Minutes, text: str) -> Minutes:
    """Change the text of minutes that are not approved; approvals of the former text count no more. Raises RefusedError."""
    runs(by, minutes.session.body)
    with transaction.atomic():
        row = _locked(minutes)
        _changeable(row)
        if row.text != text.strip():
            row.text = text.strip()
            row.save(update_fields=["text", "changed"])
            row.approvals.all().delete()
    return row


def approve(by: Any, minutes: Minutes, member: Member) -> Minutes:
    """Approve minutes for a member; they are approved once so many members did (`APPROVALS`), each through another account.

    Raises RefusedError where `by` does not speak for it, it has no vote, it approved already, or the minutes are not ready.
    """
    speaks(by, minutes.session.body, member)
    try:
        with transaction.atomic():
            row = _ready(minutes)
            account = None if by is CONSOLE else by
            Approval.objects.create(minutes=row, member=member, by=account, on=timezone.localdate())
            if row.approvals.count() >= APPROVALS:
                _seal(row)
    except IntegrityError as error:
        raise RefusedError("this member or this account approved the minutes already; another one has to") from error
    return row


def approve_in(by: Any, minutes: Minutes, later: Session) -> Minutes:
    """Say that a later session of the body approved the minutes. Raises RefusedError where `by` may not, that session
    was not held, was not later or is of another body, or the minutes are not ready."""
    runs(by, minutes.session.body)
    with transaction.atomic():
        row = _ready(minutes)
        after = (later.on, (later.starts and later.starts.isoformat()) or "") > (
            row.session.on,
            (row.session.starts and row.session.starts.isoformat()) or "",
        )
        if later.body_id != row.session.body_id or later.state != HELD or later.pk == row.session_id or not after:
            raise RefusedError("minutes are approved by a later session of the same body that was held")
        row.approved_in = later
        _seal(row)
    return row


def correct(by: Any, minutes: Minutes, text: str, why: str) -> Correction:
    """Write a correction beside approved minutes. Raises RefusedError where `by` may not, they are not approved, or it does
    not say what and why."""
    runs(by, minutes.session.body)
    if not text.strip() or not why.strip():
        raise RefusedError("say what is corrected, and why")
    if minutes.state != APPROVED:
        raise RefusedError("minutes that are not approved are changed, not corrected")
    made: Correction = Correction.objects.create(
        minutes=minutes, on=timezone.localdate(), text=text.strip(), why=why.strip()
    )
    return made


def _locked(minutes: Minutes) -> Minutes:
    rows = Minutes.objects.select_for_update(of=("self",)).select_related("session__body")
    found: Minutes = rows.get(pk=minutes.pk)
    return found


def _changeable(minutes: Minutes) -> None:
    if minutes.state == APPROVED:
        raise RefusedError("approved minutes do not change; write a correction")


def _ready(minutes: Minutes) -> Minutes:
    row = _locked(minutes)
    if row.state != CIRCULATED:
        raise RefusedError(
            "these minutes are {state}; only circulated ones are approved", state=MINUTES_STATES[row.state]
        )
    if row.amendments.filter(state=PROPOSED).exists():
        raise RefusedError("some amendments are not decided yet")
    if row.record != record_of(row.session):
        raise RefusedError(
            "the record of the session changed since they were circulated; draft and circulate them again"
        )
    return row


def _seal(row: Minutes) -> None:
    row.state, row.approved, row.sha256 = APPROVED, timezone.localdate(), hash_of(row)
    row.save()
    tell_session(row.session, MINUTES)


def speaks(by: Any, body: Body, member: Member) -> None:
    """Raises RefusedError where somebody does not speak for a member of a body with a vote today."""
    today = timezone.localdate()
    seated = member.seat == MEMBER and sits(member.since, member.until, today)
    if member.body_id != body.pk or not seated:
        raise RefusedError("only members of the body with a vote do this")
    if by is not CONSOLE and not may(by, "meetings.speak", member):
        raise RefusedError("you do not speak for this member")

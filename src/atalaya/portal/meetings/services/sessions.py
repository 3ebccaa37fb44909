"""What changes sessions: called, changed, cancelled, held; who was there; what was reported."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, time
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from atalaya.commitments.bodies import ATTENDANCES, MEMBER, PRESENT, Quorum, quorum
from atalaya.commitments.changes import short_number
from atalaya.commitments.partial_dates import read_range
from atalaya.portal.accounts.rules import may
from atalaya.portal.accounts.services import CONSOLE, RefusedError
from atalaya.portal.commitments.stored import stored_plan
from atalaya.portal.meetings.models import AgendaItem, Attendance, Body, Member, Report, Session
from atalaya.portal.meetings.services.bodies import members_on, runs
from atalaya.portal.meetings.services.telling import tell_session
from atalaya.portal.meetings.states import APPROVED, CALLED, CANCELLED, HELD, SESSION_MOVES, SESSION_STATES


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """A point of an agenda; `milestone` is its number within the commitment."""

    text: str
    commitment: int | None = None
    milestone: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """What a call says: when, where, about which plan, and the agenda in its order."""

    on: date
    title: str = ""
    starts: time | None = None
    ends: time | None = None
    place: str = ""
    link: str = ""
    plan: int | None = None
    convened_by: str = ""
    agenda: tuple[Point, ...] = ()


def call(by: Any, body: Body, said: Call) -> Session:
    """Call a session. Raises RefusedError where `by` may not, or the call is not whole."""
    runs(by, body)
    _whole(said)
    with transaction.atomic():
        Body.objects.select_for_update().get(pk=body.pk)
        values = asdict(said)
        values.pop("agenda")
        made: Session = Session.objects.create(identifier=_identifier(body, said.on), body=body, **values)
        _write_agenda(made, said.agenda)
        tell_session(made, CALLED)
    return made


def change_call(by: Any, session: Session, said: Call) -> Session:
    """Change a call; calendars that took it in renew it. Raises RefusedError where `by` may not, it is no longer a call, or it is
    not whole. Nothing changed leaves the call as it was, without another number."""
    runs(by, session.body)
    _whole(said)
    with transaction.atomic():
        row: Session = Session.objects.select_for_update().get(pk=session.pk)
        if row.state != CALLED:
            raise RefusedError("this session is {state}; only a call can be changed", state=SESSION_STATES[row.state])
        if _said(row) == said:
            return row
        values = asdict(said)
        values.pop("agenda")
        moved = row.on != said.on
        for name, value in values.items():
            setattr(row, name, value)
        row.sequence += 1
        row.save()
        row.agenda.all().delete()
        _write_agenda(row, said.agenda)
        if moved:
            tell_session(row, CALLED)
    return row


def cancel(by: Any, session: Session, why: str) -> Session:
    """Cancel a session with a reason, which calendars and pages show. Raises RefusedError where `by` may not, or it was held."""
    if not why.strip():
        raise RefusedError("say why the session is cancelled")
    return _move(by, session, CANCELLED, cancelled_why=why.strip())


def hold(by: Any, session: Session) -> Session:
    """Say that a session was held. Raises RefusedError before its day."""
    if session.on > timezone.localdate():
        raise RefusedError("a session cannot have been held before its day")
    return _move(by, session, HELD)


def attend(by: Any, session: Session, states: Mapping[int, str]) -> None:
    """Write down who was there, by the keys of members; a member without a state is left out.

    Raises RefusedError where `by` may not, the session was not held or its minutes are approved, or somebody had no seat then.
    """
    with transaction.atomic():
        row = open_record(by, session)
        seated = {each.pk: each for each in members_on(row.body, row.on)}
        for key, state in states.items():
            if key not in seated:
                raise RefusedError("one of them had no seat on the day of the session")
            if state and state not in ATTENDANCES:
                raise RefusedError(
                    "there is no attendance {said}; known are {known}", said=state, known="; ".join(ATTENDANCES)
                )
        held = {each.member_id: each for each in row.attendance.all()}
        for key, state in states.items():
            known = held.get(key)
            if known is not None and not state:
                known.delete()
            elif known is None and state:
                Attendance.objects.create(session=row, member=seated[key], state=state)
            elif known is not None and known.state != state:
                known.state = state
                known.save(update_fields=["state"])


def report(
    by: Any, session: Session, institution: str, commitment: int, milestones: Sequence[str], said: str = ""
) -> list[Report]:
    """Write down what an institution reported on milestones of a commitment; none: on the commitment as a whole.

    A member reports for itself, the secretariat for everybody. Raises RefusedError where `by` may not, the session was not
    held or its minutes are approved, or the plan has no such commitment or milestone.
    """
    with transaction.atomic():
        row = open_record(by, session, speaks_for=institution)
        numbers = [short_number(each) for each in milestones if each.strip()] or [""]
        _known(row, commitment, numbers)
        if not institution.strip():
            raise RefusedError("name the institution that reported")
        made = []
        for number in dict.fromkeys(numbers):
            each, _ = Report.objects.update_or_create(
                session=row,
                institution=institution.strip(),
                commitment=commitment,
                milestone=number,
                defaults={"said": said.strip()},
            )
            made.append(each)
    return made


def take_report_out(by: Any, report_: Report) -> None:
    """Take out a report that was written down by mistake; the trail keeps it. Raises RefusedError as `report` does."""
    with transaction.atomic():
        open_record(by, report_.session, speaks_for=report_.institution)
        report_.delete()


def announce_next(by: Any, session: Session, when: str) -> Session:
    """Say when the next session is to be: a day, month or stretch; empty: not said. Raises RefusedError where it is no date."""
    with transaction.atomic():
        row = open_record(by, session)
        row.next_session = written_date(when)
        row.save(update_fields=["next_session", "changed"])
    return row


def quorum_of(session: Session) -> Quorum:
    """Whether enough voting members were there, by the rule of the body and its members on the day."""
    voting = {each.pk for each in members_on(session.body, session.on, MEMBER)}
    present = sum(each.state == PRESENT and each.member_id in voting for each in session.attendance.all())
    return quorum(session.body.quorum, session.body.quorum_count, len(voting), present)


def own_names(by: Any, body: Body) -> list[str]:
    """The names of members for which somebody may report: their own, or all of them for a secretariat."""
    members = members_on(body, timezone.localdate(), MEMBER)
    if by is CONSOLE or may(by, "meetings.run", body):
        return [each.name for each in members]
    return [each.name for each in members if may(by, "meetings.speak", each)]


def open_record(by: Any, session: Session, speaks_for: str | None = None) -> Session:
    """The session, locked, where it was held and its record may still be written. In a transaction."""
    if speaks_for is None or not _is_own(by, session.body, speaks_for):
        runs(by, session.body)
    row: Session = Session.objects.select_for_update().select_related("body").get(pk=session.pk)
    if row.state != HELD:
        raise RefusedError("say first that the session was held")
    if hasattr(row, "minutes") and row.minutes.state == APPROVED:
        raise RefusedError("the minutes of this session are approved; write a correction instead")
    return row


def _is_own(by: Any, body: Body, institution: str) -> bool:
    if by is CONSOLE:
        return False
    wanted = institution.strip().casefold()
    return any(name.casefold() == wanted for name in own_names(by, body))


def _move(by: Any, session: Session, after: str, **values: str) -> Session:
    runs(by, session.body)
    with transaction.atomic():
        row: Session = Session.objects.select_for_update().get(pk=session.pk)
        if after not in SESSION_MOVES[row.state]:
            raise RefusedError(
                "a session that is {state} cannot become {after}",
                state=SESSION_STATES[row.state],
                after=SESSION_STATES[after],
            )
        row.state, row.sequence = after, row.sequence + 1
        for name, value in values.items():
            setattr(row, name, value)
        row.save()
        tell_session(row, after)
    return row


def _known(session: Session, commitment: int, numbers: Sequence[str]) -> None:
    plan = stored_plan(session.plan) if session.plan is not None else None
    if plan is None:
        raise RefusedError("the session is about no plan; say first about which one")
    found = next((each for each in plan.commitments if each.number == commitment), None)
    if found is None and not 1 <= commitment <= (plan.stated_commitments or 0):
        raise RefusedError("plan {plan} has no commitment {said}", plan=plan.number, said=commitment)
    version = found.current if found else None
    stated = {short_number(each.number) for each in version.milestones} if version else set()
    if version is not None and version.all_milestones and stated:
        for number in numbers:
            if number and number not in stated:
                raise RefusedError(
                    "commitment {commitment} has no milestone {said}", commitment=commitment, said=number
                )


def _whole(said: Call) -> None:
    if said.ends and (not said.starts or said.ends <= said.starts):
        raise RefusedError("a session ends after it starts")
    if any(not point.text.strip() for point in said.agenda):
        raise RefusedError("a point of the agenda says what it is about")
    if any(point.milestone and point.commitment is None for point in said.agenda):
        raise RefusedError("a point about a milestone names its commitment too")
    if said.plan is not None and stored_plan(said.plan) is None:
        raise RefusedError("there is no plan {said}", said=said.plan)


def _said(row: Session) -> Call:
    points = tuple(
        Point(text=each.text, commitment=each.commitment, milestone=each.milestone) for each in row.agenda.all()
    )
    names = ("on", "title", "starts", "ends", "place", "link", "plan", "convened_by")
    return Call(**{name: getattr(row, name) for name in names}, agenda=points)


def _write_agenda(session: Session, agenda: Sequence[Point]) -> None:
    AgendaItem.objects.bulk_create(
        AgendaItem(session=session, position=number, **asdict(point)) for number, point in enumerate(agenda, start=1)
    )


def _identifier(body: Body, on: date) -> str:
    """An identifier that says body and day; a second session of a day is numbered. It stays when the day changes."""
    start = f"{body.pk[:80]}-{on.isoformat()}"
    taken = set(Session.objects.filter(pk__startswith=start).values_list("pk", flat=True))
    names = (start, *(f"{start}-{number}" for number in range(2, len(taken) + 3)))
    return next(name for name in names if name not in taken)


def written_date(text: str) -> str:
    if not text.strip():
        return ""
    try:
        return str(read_range(text.strip()))
    except ValueError as error:
        raise RefusedError("write a date as 2023, 2023-06 or 2023-06-30, or two with / between them") from error


def next_number(session: Session) -> int:
    """The number of the next agreement of a session."""
    return int(session.agreements.aggregate(most=Max("number"))["most"] or 0) + 1


def member_named(body: Body, key: object) -> Member | None:
    """The member of a key, where it is one of the body."""
    return body.members.filter(pk=key).first() if str(key or "").isdigit() else None

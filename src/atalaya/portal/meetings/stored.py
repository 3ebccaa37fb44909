"""Sessions out of the portal's tables, as the objects that `atalaya.commitments` lays out and judges, and into them."""

from collections.abc import Iterable
from itertools import groupby

from django.db.models import QuerySet

from atalaya.commitments import bodies, sessions
from atalaya.commitments.partial_dates import read_range
from atalaya.portal.meetings.models import AgendaItem, Agreement, Body, Member, Report, Session
from atalaya.portal.meetings.states import HELD

UNNAMED = "sin-nombre"
"""The body of sessions whose documents do not name one."""


def stored_sessions(plan: int | None = None) -> list[sessions.Session]:
    """Every session that was held by day, of one plan where it is given."""
    rows = Session.objects.filter(state=HELD)
    return [session_of(row) for row in with_parts(rows if plan is None else rows.filter(plan=plan))]


def with_parts(rows: QuerySet[Session]) -> QuerySet[Session]:
    """Sessions with their agendas, reports and agreements, in four questions however many they are."""
    return rows.select_related("body").prefetch_related("agenda", "reports", "agreements")


def session_of(row: Session) -> sessions.Session:
    """A session as the engine takes it: reports of one institution about one commitment that follow each other are one."""
    told = groupby(row.reports.all(), key=lambda each: (each.institution, each.commitment))
    return sessions.Session(
        id=row.identifier,
        on=row.on,
        title=row.title,
        body=None if row.body_id == UNNAMED else row.body_id,
        plan=row.plan,
        convened_by=row.convened_by or None,
        agenda=tuple(each.text for each in row.agenda.all()),
        next_session=read_range(row.next_session) if row.next_session else None,
        reports=tuple(
            sessions.Report(
                institution=institution,
                commitment=commitment,
                milestones=tuple(each.milestone for each in group if each.milestone),
            )
            for (institution, commitment), group in told
        ),
        agreements=tuple(each.text for each in row.agreements.all()),
        sources=tuple(row.sources),
    )


def store_body(body: bodies.Body) -> Body:
    """Write a body with its members. In a transaction."""
    row: Body
    row, _ = Body.objects.update_or_create(
        identifier=body.id,
        defaults={
            "name": body.name,
            "kind": body.kind,
            "purpose": body.purpose,
            "legal_basis": body.legal_basis,
            "note": body.note,
            "plan": body.plan,
            "meets_every_months": body.meets_every_months,
            "quorum": body.quorum,
            "quorum_count": body.quorum_count,
            "rules_url": body.rules_url,
            "sources": list(body.sources),
        },
    )
    Member.objects.bulk_create(
        Member(
            body=row,
            name=each.name,
            sector=each.sector,
            seat=each.seat,
            post=each.post,
            institution=each.institution,
            since=each.since,
            until=each.until,
            ended=each.ended,
            reason=each.reason,
            source=each.source,
        )
        for each in body.members
    )
    return row


def store_session(session: sessions.Session) -> Session:
    """Write a session that was held and is not there yet, of a body that is made where nothing is known of it.

    In a transaction.
    """
    body, _ = Body.objects.get_or_create(identifier=session.body or UNNAMED)
    row: Session = Session.objects.create(
        identifier=session.id,
        body=body,
        on=session.on,
        title=session.title,
        plan=session.plan,
        convened_by=session.convened_by or "",
        state=HELD,
        next_session=str(session.next_session) if session.next_session else "",
        sources=list(session.sources),
    )
    AgendaItem.objects.bulk_create(
        AgendaItem(session=row, position=number, text=text) for number, text in enumerate(session.agenda, start=1)
    )
    Report.objects.bulk_create(_reports(row, session.reports))
    Agreement.objects.bulk_create(
        Agreement(session=row, number=number, text=text) for number, text in enumerate(session.agreements, start=1)
    )
    return row


def _reports(row: Session, reports: Iterable[sessions.Report]) -> list[Report]:
    told = {
        (each.institution, each.commitment, milestone): Report(
            session=row, institution=each.institution, commitment=each.commitment, milestone=milestone
        )
        for each in reports
        for milestone in (each.milestones or ("",))
    }
    return list(told.values())

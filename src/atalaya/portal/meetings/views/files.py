"""Sessions as files: the call as an event of a calendar, all sessions of a body to subscribe to, and the minutes as a PDF."""

from datetime import UTC, datetime, time
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from atalaya.portal.core.days import today
from atalaya.portal.core.pages import country_of, of_people, page, published, spoken, with_words
from atalaya.portal.meetings.marks import mark, words_of
from atalaya.portal.meetings.models import Body, Session
from atalaya.portal.meetings.records import record_of
from atalaya.portal.meetings.states import APPROVED, CANCELLED
from atalaya.portal.meetings.views.sessions import session_or_404
from atalaya.portal.observatory.reckoning import Busy, turn
from atalaya.publish.icalendar import Event, icalendar
from atalaya.publish.printing import PrintingError, to_pdf

MOST = 500
"""Sessions of one calendar, the newest ones; a calendar program is slow with more."""


@published
@of_people
@with_words(mark)
def body_calendar(request: HttpRequest, identifier: str) -> HttpResponse:
    """Give the sessions of a body, with those that were cancelled; 404 where there is no such body."""
    body = Body.objects.filter(pk=identifier).first()
    if body is None:
        raise Http404(identifier)
    rows = body.sessions.select_related("body").prefetch_related("agenda").order_by("-on", "-identifier")[:MOST]
    return _calendar(request, str(body), list(rows), f"sesiones-{identifier}")


@published
@of_people
@with_words(mark)
def meeting_calendar(request: HttpRequest, identifier: str) -> HttpResponse:
    """Give the call of a session; 404 where there is none."""
    row = session_or_404(identifier)
    return _calendar(request, str(row.body), [row], f"convocatoria-{identifier}")


@published
@of_people
@with_words(mark)
def meeting_pdf(request: HttpRequest, identifier: str) -> HttpResponse:
    """Print the approved minutes of a session; without any, what is known of it, marked as no minutes.

    404 where there is no such session, 503 where too many print at once or it takes too long.
    """
    row = session_or_404(identifier)
    minutes = getattr(row, "minutes", None)
    approved = minutes if minutes is not None and minutes.state == APPROVED else None
    values: dict[str, Any] = {
        "session": row,
        "minutes": approved,
        "record": approved.record if approved else record_of(row),
        "printed": approved.approved if approved else today(),
    }
    html = page(request, "meetings/minutes_print.html", **values, **words_of(request)).content.decode()
    try:
        with turn():
            made = to_pdf(html)
    except (Busy, PrintingError):
        refused = page(request, "fault.html", status=503)
        refused.headers["Retry-After"] = "5"
        return refused
    answer = HttpResponse(made, content_type="application/pdf")
    answer.headers["Content-Disposition"] = f'inline; filename="acta-{identifier}.pdf"'
    answer.headers["Content-Language"] = request.language
    return answer


def _calendar(request: HttpRequest, name: str, rows: list[Session], title: str) -> HttpResponse:
    events = [_event(request, row) for row in rows]
    stamp = max((row.changed for row in rows), default=datetime.combine(today(), time(), UTC))
    answer = HttpResponse(icalendar(f"Atalaya: {name}", events, stamp), content_type="text/calendar; charset=utf-8")
    answer.headers["Content-Disposition"] = f'inline; filename="{title}.ics"'
    return answer


def _event(request: HttpRequest, row: Session) -> Event:
    say = spoken(request)
    agenda = "\n".join(f"{each.position}. {each.text}" for each in row.agenda.all())
    why = f"{say.t('Cancelled: {why}', why=row.cancelled_why).unescape()}\n" if row.state == CANCELLED else ""
    return Event(
        uid=f"{row.identifier}@{country_of(request) or 'plans'}.atalaya",
        day=row.on,
        starts=row.starts,
        ends=row.ends,
        summary=f"{row.body}: {row.title}" if row.title else str(row.body),
        description=why + agenda,
        location="; ".join(filter(None, (row.place, row.link))),
        url=request.build_absolute_uri(reverse(f"{request.language}:meeting", args=(row.identifier,))),
        sequence=row.sequence,
        status="CANCELLED" if row.state == CANCELLED else "CONFIRMED",
    )

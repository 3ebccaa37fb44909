"""The sessions of all bodies, and the page of each: its call, who was there, what was reported and not, what was agreed."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils.http import urlencode

from atalaya.portal.commitments.standings import plan_now
from atalaya.portal.core.days import today
from atalaya.portal.core.downloads import Column, download, wanted_format
from atalaya.portal.core.pages import daily, of_people, page, published, with_words
from atalaya.portal.meetings.marks import mark, words_of
from atalaya.portal.meetings.models import Body, Session
from atalaya.portal.meetings.records import reports_of, silent_at
from atalaya.portal.meetings.services.agreements import agreements, tracked
from atalaya.portal.meetings.services.sessions import quorum_of
from atalaya.portal.meetings.states import APPROVED
from atalaya.portal.meetings.views.agreements import COLUMNS as AGREEMENTS
from atalaya.portal.news.finding import announced
from atalaya.portal.news.shown import news_mark

SHOWN = 40

COLUMNS = (
    Column("sesion", lambda each: each.identifier),
    Column("organo", lambda each: each.body_id),
    Column("fecha", lambda each: each.on),
    Column("inicia", lambda each: each.starts),
    Column("termina", lambda each: each.ends),
    Column("titulo", lambda each: each.title),
    Column("lugar", lambda each: each.place),
    Column("enlace", lambda each: each.link),
    Column("plan", lambda each: each.plan),
    Column("convoca", lambda each: each.convened_by),
    Column("estado", lambda each: each.state),
    Column("motivo_de_cancelacion", lambda each: each.cancelled_why),
    Column("proxima_sesion", lambda each: each.next_session),
    Column("fuentes", lambda each: each.sources),
)
ATTENDANCE = (
    Column("sesion", lambda each: each.session_id),
    Column("integrante", lambda each: each.member.name),
    Column("puesto", lambda each: each.member.post),
    Column("sector", lambda each: each.member.sector),
    Column("asiento", lambda each: each.member.seat),
    Column("asistencia", lambda each: each.state),
)
REPORTS = (
    Column("sesion", lambda each: each.session_id),
    Column("institucion", lambda each: each.institution),
    Column("compromiso", lambda each: each.commitment),
    Column("hito", lambda each: each.milestone),
    Column("informe", lambda each: each.said),
)
AGENDA = (
    Column("sesion", lambda each: each.session_id),
    Column("punto", lambda each: each.position),
    Column("texto", lambda each: each.text),
    Column("compromiso", lambda each: each.commitment),
    Column("hito", lambda each: each.milestone),
)


@published
@of_people
@daily
@with_words(mark)
def meetings(request: HttpRequest) -> HttpResponseBase:
    """Render every session, newest first, of one body where it is asked; or the list as a file."""
    wanted = request.GET.get("organo", "")[:100]
    rows = Session.objects.select_related("body").order_by("-on", "-identifier")
    if wanted:
        rows = rows.filter(body=wanted)
    form = wanted_format(request)
    if form:
        return download(form, "sesiones", COLUMNS, rows)
    return page(
        request,
        "meetings/sessions.html",
        shown=Paginator(rows, SHOWN).get_page(request.GET.get("pagina")),
        bodies=list(Body.objects.all()),
        wanted=wanted,
        today=today(),
        link=lambda **values: f"?{urlencode({'organo': wanted, **values})}",
        **words_of(request),
    )


@published
@of_people
@daily
@with_words(lambda request, **_: f"{mark(request)} {news_mark()}")
def meeting(request: HttpRequest, identifier: str) -> HttpResponseBase:
    """Render a session, or one of its lists as a file; 404 where there is none."""
    row = session_or_404(identifier)
    form = wanted_format(request)
    if form:
        return _list(row, form, request.GET.get("lista", ""))
    minutes = getattr(row, "minutes", None)
    plan = plan_now(row.plan) if row.plan is not None else None
    return page(
        request,
        "meetings/session.html",
        session=row,
        plan=plan,
        known={each.number for each in plan.commitments} if plan else set(),
        agenda=list(row.agenda.all()),
        attendance_rows=list(row.attendance.select_related("member")),
        quorum=quorum_of(row),
        reports=reports_of(row),
        silent=silent_at(row),
        agreements=[tracked(each, today()) for each in agreements().filter(session=row)],
        minutes=minutes,
        approved=minutes is not None and minutes.state == APPROVED,
        today=today(),
        announced=announced("session", identifier),
        **words_of(request),
    )


def session_or_404(identifier: str) -> Session:
    """The session of an address; 404 where there is none."""
    rows = Session.objects.select_related("body", "minutes__approved_in")
    found: Session | None = rows.filter(pk=identifier).first()
    if found is None:
        raise Http404(identifier)
    return found


def _list(session: Session, form: str, wanted: str) -> HttpResponseBase:
    if wanted == "asistencia":
        return download(form, f"asistencia-{session.pk}", ATTENDANCE, session.attendance.select_related("member"))
    if wanted == "agenda":
        return download(form, f"agenda-{session.pk}", AGENDA, session.agenda.all())
    if wanted == "acuerdos":
        rows = (tracked(each, today()) for each in agreements().filter(session=session))
        return download(form, f"acuerdos-{session.pk}", AGREEMENTS, rows)
    return download(form, f"informes-{session.pk}", REPORTS, session.reports.all())

"""A session, for those who run its body: its call, who was there, what was reported, what was agreed."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from atalaya.commitments.bodies import ATTENDANCES
from atalaya.portal.accounts.access import forbidden
from atalaya.portal.accounts.rules import may
from atalaya.portal.core.pages import page, spoken
from atalaya.portal.meetings.forms import AgreementForm, CallForm, ReportForm, StepForm, agenda_lines
from atalaya.portal.meetings.marks import words_of
from atalaya.portal.meetings.models import Session
from atalaya.portal.meetings.services import agreements as agreeing
from atalaya.portal.meetings.services import sessions as services
from atalaya.portal.meetings.services.bodies import members_on
from atalaya.portal.meetings.states import AGREEMENT_MOVES, AGREEMENT_STATES, CALLED, DROPPED
from atalaya.portal.meetings.views.desk import as_key, attempt, inside, with_session

CALL = ("title", "on", "starts", "ends", "place", "link", "plan", "convened_by")


@with_session("meetings.see_drafts")
def desk_session(request: HttpRequest, session: Session) -> HttpResponse:
    """Render what can be done with a session; change its call, cancel it, or say that it was held."""
    say, act, by = spoken(request), request.POST.get("act", ""), request.user
    told = {name: getattr(session, name) for name in CALL}
    initial = {**told, "agenda": agenda_lines(session.agenda.all())}
    form = CallForm(say, request.POST if act == "change" else None, initial=initial)
    refused: str | None = None
    if act == "change" and form.is_valid():
        refused = attempt(say, form, lambda: services.change_call(by, session, form.call()))
    elif act == "hold":
        refused = attempt(say, None, lambda: services.hold(by, session))
    elif act == "cancel":
        refused = attempt(say, None, lambda: services.cancel(by, session, request.POST.get("why", "")[:10_000]))
    if act and refused is None and not form.errors:
        return redirect("desk_session", identifier=session.pk)
    return page(
        request,
        "meetings/desk_session.html",
        session=session,
        form=form if session.state == CALLED else None,
        runs=may(by, "meetings.run", session.body),
        refused=refused if act in ("hold", "cancel") else None,
        minutes=getattr(session, "minutes", None),
        today=timezone.localdate(),
        **words_of(request),
    )


@with_session("meetings.run")
def desk_attendance(request: HttpRequest, session: Session) -> HttpResponse:
    """Render who had a seat on the day, or write down who was there."""
    members = members_on(session.body, session.on)
    refused = None
    if request.method == "POST":
        states = {each.pk: request.POST.get(f"member-{each.pk}", "") for each in members}
        refused = attempt(spoken(request), None, lambda: services.attend(request.user, session, states))
        if refused is None:
            return redirect("desk_session", identifier=session.pk)
    return page(
        request,
        "meetings/desk_attendance.html",
        session=session,
        members=members,
        held={each.member_id: each.state for each in session.attendance.all()},
        states=ATTENDANCES,
        refused=refused,
        **words_of(request),
    )


@with_session("meetings.see_drafts")
def desk_reports(request: HttpRequest, session: Session) -> HttpResponse:
    """Render what was reported; write a report down, or take one out."""
    say, act, by = spoken(request), request.POST.get("act", ""), request.user
    names = services.own_names(by, session.body)
    form = ReportForm(
        say, request.POST if act == "report" else None, initial={"institution": names[0] if names else ""}
    )
    refused: str | None = None
    if act == "report" and form.is_valid():
        said = form.cleaned_data
        refused = attempt(
            say,
            form,
            lambda: services.report(by, session, said["institution"], said["commitment"], form.numbers(), said["said"]),
        )
    elif act == "out":
        row = session.reports.filter(pk=as_key(request.POST.get("report"))).first()
        refused = attempt(say, None, lambda: services.take_report_out(by, row)) if row else None
    if act and refused is None and not form.errors:
        return redirect("desk_reports", identifier=session.pk)
    return page(
        request,
        "meetings/desk_reports.html",
        session=session,
        form=form,
        names=names,
        rows=list(session.reports.all()),
        runs=may(by, "meetings.run", session.body),
        refused=refused if act == "out" else None,
    )


@with_session("meetings.run")
def desk_agreements(request: HttpRequest, session: Session) -> HttpResponse:
    """Render what was agreed; write an agreement down, or when the next session is to be."""
    say, act, by = spoken(request), request.POST.get("act", ""), request.user
    form = AgreementForm(say, session.body, request.POST if act == "agree" else None)
    refused: str | None = None
    if act == "agree" and form.is_valid():
        member = services.member_named(session.body, form.cleaned_data["member"])
        said = agreeing.Agreed(**{**form.cleaned_data, "member": member})
        refused = attempt(say, form, lambda: agreeing.agree(by, session, said))
    elif act == "next":
        when = request.POST.get("next", "")[:25]
        refused = attempt(say, None, lambda: services.announce_next(by, session, when))
    if act and refused is None and not form.errors:
        return redirect("desk_agreements", identifier=session.pk)
    today = timezone.localdate()
    return page(
        request,
        "meetings/desk_agreements.html",
        session=session,
        form=form,
        rows=[agreeing.tracked(each, today) for each in agreeing.agreements().filter(session=session)],
        refused=refused if act == "next" else None,
        **words_of(request),
    )


@inside
def desk_agreement(request: HttpRequest, pk: int) -> HttpResponse:
    """Render the steps of an agreement, or add one; for the secretariat and the member that is to do it."""
    row = agreeing.agreements().filter(pk=pk).first()
    if row is None:
        raise Http404(pk)
    say, by = spoken(request), request.user
    runs = may(by, "meetings.run", row.session.body)
    if not runs and not may(by, "meetings.speak", row.member):
        return forbidden(request)
    now = agreeing.tracked(row, timezone.localdate())
    form = StepForm(say, request.POST or None)
    moves = [state for state in AGREEMENT_MOVES[now.state] if runs or state != DROPPED]
    form.fields["state"].choices = [(state, str(say.t(AGREEMENT_STATES[state]))) for state in moves]
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        if attempt(say, form, lambda: agreeing.tell(by, row, said["state"], said["text"], said["evidence"])) is None:
            return redirect("desk_agreement", pk=row.pk)
    return page(
        request, "meetings/desk_agreement.html", each=now, form=form, steps=row.steps.all(), **words_of(request)
    )

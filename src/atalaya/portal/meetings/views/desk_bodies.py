"""A body, for those who run it or sit in it: what it says of itself, its seats, and calling a session."""

from dataclasses import fields

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from atalaya.commitments.bodies import ENDS
from atalaya.portal.accounts.access import forbidden
from atalaya.portal.accounts.rules import may
from atalaya.portal.core.pages import page, spoken
from atalaya.portal.meetings.forms import BodyForm, CallForm, EndForm, SeatForm
from atalaya.portal.meetings.marks import words_of
from atalaya.portal.meetings.models import Body, Member
from atalaya.portal.meetings.services import bodies as services
from atalaya.portal.meetings.services import sessions
from atalaya.portal.meetings.views.desk import attempt, inside, with_body


@with_body("meetings.see_drafts")
def desk_body(request: HttpRequest, body: Body) -> HttpResponse:
    """Render a body with its forms, change what it says of itself, or give a seat."""
    say, act = spoken(request), request.POST.get("act", "")
    told = {each.name: getattr(body, each.name) for each in fields(services.Described)}
    describing = BodyForm(say, request.POST if act == "describe" else None, initial=told)
    seating = SeatForm(say, request.POST if act == "seat" else None)
    if act == "describe" and describing.is_valid():
        said = services.Described(**describing.cleaned_data)
        if attempt(say, describing, lambda: services.describe(request.user, body, said)) is None:
            return redirect("desk_body", identifier=body.pk)
    if act == "seat" and seating.is_valid():
        seat = services.Seated(**seating.cleaned_data)
        if attempt(say, seating, lambda: services.seat(request.user, body, seat)) is None:
            return redirect("desk_body", identifier=body.pk)
    return page(
        request,
        "meetings/desk_body.html",
        body=body,
        runs=may(request.user, "meetings.run", body),
        own={each.pk for each in body.members.all() if may(request.user, "meetings.speak", each)},
        members=list(body.members.filter(until=None)),
        sessions=list(body.sessions.order_by("-on", "-identifier")),
        describing=describing,
        seating=seating,
        **words_of(request),
    )


@inside
def desk_seat(request: HttpRequest, pk: int) -> HttpResponse:
    """Render how a seat is ended, or end it; 404 where there is none, or it has ended."""
    member = Member.objects.select_related("body").filter(pk=pk, until=None).first()
    if member is None:
        raise Http404(pk)
    runs = may(request.user, "meetings.run", member.body)
    if not runs and not may(request.user, "meetings.speak", member):
        return forbidden(request)
    say = spoken(request)
    form = EndForm(say, request.POST or None, initial={"on": timezone.localdate()})
    if not runs:
        form.fields["how"].choices = [each for each in form.fields["how"].choices if each[0] == ENDS[0]]
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        if (
            attempt(say, form, lambda: services.unseat(request.user, member, said["on"], said["how"], said["reason"]))
            is None
        ):
            return redirect("desk_body", identifier=member.body_id)
    return page(request, "meetings/desk_form.html", form=form, title="End a seat", about=str(member))


@with_body("meetings.run")
def desk_call(request: HttpRequest, body: Body) -> HttpResponse:
    """Render the form of a call, or call a session."""
    say = spoken(request)
    form = CallForm(say, request.POST or None, initial={"plan": body.plan})
    made: list[str] = []
    if request.method == "POST" and form.is_valid():
        call = form.call()
        if attempt(say, form, lambda: made.append(sessions.call(request.user, body, call).pk)) is None:
            return redirect("desk_session", identifier=made[0])
    return page(request, "meetings/desk_form.html", form=form, title="Call a session", about=str(body))

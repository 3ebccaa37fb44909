"""Where those who run bodies and take part in them begin; and what stands before each of their pages."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django import forms
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from atalaya.portal.accounts.access import forbidden
from atalaya.portal.accounts.rules import has_a_role, has_a_second_step, may
from atalaya.portal.accounts.services import RefusedError
from atalaya.portal.core.pages import page, spoken
from atalaya.portal.core.private import private
from atalaya.portal.meetings.forms import FulfilmentForm, NewBodyForm
from atalaya.portal.meetings.marks import words_of
from atalaya.portal.meetings.models import Body, Fulfilment, Minutes, Session
from atalaya.portal.meetings.services import bodies as services
from atalaya.portal.meetings.services.agreements import agreements, tracked
from atalaya.portal.meetings.services.fulfilments import DUTIES, record
from atalaya.portal.meetings.states import APPROVED, CALLED, OPEN
from atalaya.publish.words import Words

View = Callable[..., HttpResponse]


def inside(view: View) -> View:
    """A page for those who have an account; a role counts only with a second step, which is asked for first."""

    @private
    @wraps(view)
    def answer(request: HttpRequest, *arguments: Any, **named: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        if has_a_role(request.user) and not has_a_second_step(request.user):
            return redirect("mfa_index")
        return view(request, *arguments, **named)

    return answer


def with_body(permission: str) -> Callable[[View], View]:
    """A page about a body, for those who have the permission on it; 404 where there is no such body."""

    def decorate(view: View) -> View:
        @inside
        @wraps(view)
        def answer(request: HttpRequest, identifier: str, *arguments: Any) -> HttpResponse:
            body = Body.objects.filter(pk=identifier).first()
            if body is None:
                raise Http404(identifier)
            return view(request, body, *arguments) if may(request.user, permission, body) else forbidden(request)

        return answer

    return decorate


def with_session(permission: str) -> Callable[[View], View]:
    """A page about a session, for those who have the permission on its body; 404 where there is no such session."""

    def decorate(view: View) -> View:
        @inside
        @wraps(view)
        def answer(request: HttpRequest, identifier: str) -> HttpResponse:
            row = Session.objects.select_related("body", "minutes").filter(pk=identifier).first()
            if row is None:
                raise Http404(identifier)
            return view(request, row) if may(request.user, permission, row.body) else forbidden(request)

        return answer

    return decorate


def attempt(say: Words, form: forms.Form | None, act: Callable[[], object]) -> str | None:
    """Do what a form asks. None where it was done; what refused it else, which stands on the form too where there is one."""
    try:
        act()
    except RefusedError as error:
        values = {name: say.t(value) if isinstance(value, str) else value for name, value in error.values.items()}
        told = say.t(error.text, **values).unescape()  # the template escapes it, once
        if form is not None:
            form.add_error(None, told)
        return told
    return None


def as_key(text: str | None) -> int:
    """The number of a row as a form sent it; 0, which no row has, where it is none."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 18 else 0


@inside
def desk(request: HttpRequest) -> HttpResponse:
    """Render the bodies that somebody runs or takes part in, and what waits for them there."""
    mine = services.bodies_of(request.user)
    today = timezone.localdate()
    open_ones = [tracked(each, today) for each in agreements().filter(session__body__in=mine)]
    return page(
        request,
        "meetings/desk.html",
        bodies=mine,
        calls=list(Session.objects.filter(body__in=mine, state=CALLED).select_related("body")),
        minutes=list(
            Minutes.objects.filter(session__body__in=mine).exclude(state=APPROVED).select_related("session__body")
        ),
        agreements=[each for each in open_ones if each.state == OPEN],
        founds=may(request.user, "meetings.found"),
        **words_of(request),
    )


@inside
def new_body(request: HttpRequest) -> HttpResponse:
    """Render the form of a new body, or make one."""
    if not may(request.user, "meetings.found"):
        return forbidden(request)
    form = NewBodyForm(spoken(request), request.POST or None)
    if request.method == "POST" and form.is_valid():
        values = dict(form.cleaned_data)
        identifier = values.pop("identifier").lower()
        said = services.Described(**values)
        if attempt(form.say, form, lambda: services.found(request.user, identifier, said)) is None:
            return redirect("desk_body", identifier=identifier)
    return page(request, "meetings/desk_form.html", form=form, title="A new body", about=None)


@inside
def fulfilments(request: HttpRequest) -> HttpResponse:
    """Render what was recorded of duties of membership, or record one."""
    if not may(request.user, "meetings.record_fulfilment"):
        return forbidden(request)
    say = spoken(request)
    form = FulfilmentForm(say, request.POST or None)
    form.fields["duty"].choices = [(each.id, say.pick(each.title)) for each in DUTIES.values()]
    good = request.method == "POST" and form.is_valid()
    if good and attempt(say, form, lambda: record(request.user, **form.cleaned_data)) is None:
        return redirect("desk_fulfilments")
    return page(
        request, "meetings/desk_fulfilments.html", form=form, rows=list(Fulfilment.objects.all()), duties=DUTIES
    )

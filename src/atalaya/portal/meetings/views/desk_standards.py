"""Standards, for those who propose, comment, answer and agree on them."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from atalaya.portal.accounts.access import forbidden
from atalaya.portal.accounts.rules import may
from atalaya.portal.accounts.services import RefusedError
from atalaya.portal.core.pages import page, spoken
from atalaya.portal.files.uploading import takes_files
from atalaya.portal.meetings.forms import LARGEST, LONG, StandardForm
from atalaya.portal.meetings.marks import words_of
from atalaya.portal.meetings.models import Body, Standard, StandardVersion
from atalaya.portal.meetings.rules import seats_of
from atalaya.portal.meetings.services import standards as services
from atalaya.portal.meetings.services.bodies import bodies_of
from atalaya.portal.meetings.states import HELD
from atalaya.portal.meetings.views.desk import as_key, attempt, inside, with_body


@takes_files(LARGEST)
@with_body("meetings.see_drafts")
def desk_propose(request: HttpRequest, body: Body) -> HttpResponse:
    """Render the form of a proposal, or take one; a file may be given in place of the text."""
    say = spoken(request)
    form = StandardForm(say, request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        identifier, said = form.cleaned_data["identifier"].lower(), form.proposed()
        if attempt(say, form, lambda: services.propose(request.user, body, identifier, said)) is None:
            return redirect("desk_standard", identifier=identifier)
    return page(request, "meetings/desk_upload.html", form=form, title="Propose a schema or template", about=str(body))


@inside
def desk_standard(request: HttpRequest, identifier: str) -> HttpResponse:
    """Render a standard with what may be done with each version, or do it; 404 where there is none."""
    row = Standard.objects.select_related("body").filter(pk=identifier).first()
    if row is None:
        raise Http404(identifier)
    mine = bodies_of(request.user)
    if row.body not in mine and (row.body is not None or not mine):
        return forbidden(request)
    refused = None
    if request.method == "POST":
        refused = attempt(spoken(request), None, lambda: _act(request, row))
        if refused is None:
            return redirect("desk_standard", identifier=identifier)
    return page(
        request,
        "meetings/desk_standard.html",
        standard=row,
        versions=list(row.versions.order_by("-number").prefetch_related("comments__member")),
        runs=row.body is not None and may(request.user, "meetings.run", row.body),
        seats=seats_of(request.user, row.body) if row.body else [],
        takers=[body for body in mine if row.body is None and may(request.user, "meetings.run", body)],
        sessions=list(row.body.sessions.filter(state=HELD).order_by("-on")) if row.body else [],
        refused=refused,
        **words_of(request),
    )


def _act(request: HttpRequest, row: Standard) -> object:
    by, sent = request.user, request.POST
    act, text = sent.get("act", ""), sent.get("text", "")[:LONG]
    if act == "take_up":
        return services.take_up(by, row, _chosen(Body.objects.filter(pk=sent.get("body", "")[:100]).first()))
    version: StandardVersion = _chosen(row.versions.filter(pk=as_key(sent.get("version"))).first())
    acts: dict[str, Callable[[], object]] = {
        "consult": lambda: services.consult(by, version),
        "give_up": lambda: services.give_up(by, version, text),
        "agree": lambda: services.agree(by, version, _chosen(row.body.sessions.filter(pk=sent.get("session")).first())),
        "comment": lambda: services.comment(
            by,
            version,
            _chosen(row.body.members.filter(pk=as_key(sent.get("member"))).first()),
            text,
            sent.get("passage", "")[:300],
        ),
        "answer": lambda: services.answer(
            by, _chosen(version.comments.filter(pk=as_key(sent.get("comment"))).first()), text
        ),
    }
    if act not in acts or row.body is None:
        raise RefusedError("choose one that is offered")
    return acts[act]()


def _chosen(row: Any) -> Any:
    if row is None:
        raise RefusedError("choose one that is offered")
    return row

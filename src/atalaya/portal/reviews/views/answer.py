"""To answer a finding, or a duty: one page for each, with what can be said where it stands."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from atalaya.checks.registry import CHECKS
from atalaya.portal.accounts.access import needs
from atalaya.portal.accounts.rules import may
from atalaya.portal.accounts.services import RefusedError
from atalaya.portal.core.forms import Spoken
from atalaya.portal.core.pages import page, spoken
from atalaya.portal.files import services as files
from atalaya.portal.files.purposes import PURPOSES
from atalaya.portal.files.uploading import takes_files
from atalaya.portal.observatory.models import Duty, DutyVerdict, Finding
from atalaya.portal.observatory.queries import rules_of
from atalaya.portal.reviews import services
from atalaya.portal.reviews.forms import CommentForm, ConcernForm, DayForm, ReasonForm
from atalaya.portal.reviews.models import ComingFinding, Reply
from atalaya.portal.reviews.published import history_of
from atalaya.portal.reviews.rules import visible
from atalaya.portal.reviews.services import Said
from atalaya.portal.reviews.states import (
    COMMENT,
    DISPUTE,
    DRAFT,
    INSTITUTION,
    KINDS,
    MENDING,
    NOT_CONCERNED,
    OPEN,
    OUTCOMES,
    RECHECK,
    STATES,
    moves_from,
)
from atalaya.portal.reviews.things import Thing, coming_thing, duty_thing, finding_thing
from atalaya.portal.reviews.views.speaking import chosen
from atalaya.publish.sentences import explainer


@takes_files(PURPOSES["evidence"].largest)
@needs("reviews.desk")
def desk_finding(request: HttpRequest, identifier: str) -> HttpResponse:
    """Render what can be answered to a finding, or take it in; 404 where it is none of theirs."""
    thing = finding_thing(identifier, spoken(request)) or coming_thing(identifier)
    if thing is None or not may(request.user, "reviews.answer", thing.institution):
        thing = _gone(request, identifier)
    known = _forms(thing)
    return _answered(request, thing, known, "reviews/answer_finding.html", **_seen(request, thing))


@takes_files(PURPOSES["evidence"].largest)
@needs("reviews.desk")
def desk_duty(request: HttpRequest, identifier: str) -> HttpResponse:
    """Render what can be said of a duty, or take it in; 404 where no law has it."""
    institution = chosen(request)
    duty = Duty.objects.filter(id=identifier).first()
    if duty is None:
        raise Http404(identifier)
    thing = duty_thing(institution.id, identifier, spoken(request))
    verdict = DutyVerdict.objects.filter(institution=institution.id, duty=identifier, period="").first()
    about = thing or Thing(duty.id, institution.id, spoken(request).clean(duty.name), request.edition.observation)
    forms: dict[str, type[Spoken]] = {NOT_CONCERNED: ConcernForm} if thing is not None else {}
    return _answered(request, about, forms, "reviews/answer_duty.html", duty=duty, verdict=verdict)


_SAY: dict[str, Callable[[Any, Thing, dict[str, Any]], Reply]] = {
    MENDING: lambda by, thing, given: services.claim(by, thing, given.get("day")),
    DISPUTE: lambda by, thing, given: services.dispute(by, thing, Said(**given)),
    NOT_CONCERNED: lambda by, thing, given: services.not_concerned(by, thing, Said(**given)),
    COMMENT: lambda by, thing, given: services.comment(by, thing, Said(**given)),
    RECHECK: lambda by, thing, _: services.ask_again(by, thing),
}


def _forms(thing: Thing) -> dict[str, type[Spoken]]:
    if thing.coming:
        return {COMMENT: CommentForm}
    return {MENDING: DayForm, RECHECK: Spoken, DISPUTE: ReasonForm} if thing.check else {}


def _answered(
    request: HttpRequest, thing: Thing, known: dict[str, type[Spoken]], template: str, **values: Any
) -> HttpResponse:
    """The page of a thing with its forms; a good POST is redirected to it."""
    refused, bound = None, {}
    replies = list(visible(request.user).filter(thing=thing.id, institution=thing.institution))
    if request.method == "POST":
        name = request.POST.get("say", "")
        form = known[name](spoken(request), request.POST, request.FILES) if name in known else None
        try:
            if form is not None and form.is_valid():
                made = _SAY[name](request.user, thing, _with_file(request, thing, form.cleaned_data))
                if request.POST.get("send"):
                    services.step(request.user, made, "send")
                return redirect(request.get_full_path())
            if form is None:
                _step(request, replies)
                return redirect(request.get_full_path())
        except RefusedError as error:
            refused = spoken(request).t(error.text, **error.values)
        bound = {name: form} if form is not None else {}
        replies = list(visible(request.user).filter(thing=thing.id, institution=thing.institution))
    return page(
        request,
        template,
        thing=thing,
        replies=replies,
        histories=history_of(each.pk for each in replies),
        forms_of={kind: bound.get(kind) or _fresh(request, made, kind, replies) for kind, made in known.items()},
        open_kinds={each.kind for each in replies if each.state in OPEN and each.state != DRAFT},
        refused=refused,
        kinds=KINDS,
        states=STATES,
        outcomes=OUTCOMES,
        steps_of=lambda reply: moves_from(reply.kind, reply.state, INSTITUTION),
        **values,
    )


def _with_file(request: HttpRequest, thing: Thing, given: dict[str, Any]) -> dict[str, Any]:
    """What was given, its file taken in where there is one and the answer may be written."""
    if given.get("file") is None or not may(request.user, "reviews.answer", thing.institution):
        return {name: value for name, value in given.items() if name != "file"}
    return {**given, "file": files.take(request.user, given["file"], purpose="evidence", institution=thing.institution)}


def _step(request: HttpRequest, replies: list[Reply]) -> None:
    """Take a step with one of the answers on the page; another one is none that they can see."""
    wanted = next((each for each in replies if str(each.pk) == request.POST.get("reply")), None)
    if wanted is None:
        raise RefusedError("there is no such answer")
    services.step(request.user, wanted, request.POST.get("step", ""))


def _fresh(request: HttpRequest, made: type[Spoken], kind: str, replies: list[Reply]) -> Spoken:
    """An empty form, or one that holds the draft."""
    draft = next((each for each in replies if each.kind == kind and each.state == DRAFT), None)
    begun = {"text": draft.text, "ground": draft.ground, "url": draft.url} if draft is not None else {}
    return made(spoken(request), initial=begun, auto_id=f"{kind}-%s")


def _gone(request: HttpRequest, identifier: str) -> Thing:
    """A finding that is there no more, as its answers of somebody's institutions tell it; 404 where there are none."""
    last = visible(request.user).filter(thing=identifier).exclude(check_id="").first()
    if last is None or not may(request.user, "reviews.answer", last.institution):
        raise Http404(identifier)
    return Thing(last.thing, last.institution, last.title, last.observation)


def _seen(request: HttpRequest, thing: Thing) -> dict[str, Any]:
    """The finding with its sentence and remedy."""
    found: Any = Finding.objects.filter(id=thing.id).first() if not thing.coming else None
    if thing.coming:
        found = ComingFinding.objects.filter(finding=thing.id, period=thing.observation).first()
    explain = explainer(CHECKS, request.edition.country if request.edition else "")
    return {
        "finding": found,
        "rule": rules_of([found.check_id]).get(found.check_id) if found else None,
        "sentence": explain(found.as_row(), request.language) if found else None,
        "place": reverse(f"{request.language}:finding", args=(thing.id,)) if not thing.coming else "",
    }

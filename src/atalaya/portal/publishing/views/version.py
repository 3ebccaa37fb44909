"""One version with all that is done to it: what its file is, what a repair would change, its description, review and trail."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from atalaya.portal.accounts.access import needs
from atalaya.portal.accounts.rules import may
from atalaya.portal.accounts.services import RefusedError
from atalaya.portal.core.pages import page, spoken
from atalaya.portal.observatory.models import Duty
from atalaya.portal.observatory.queries import names_of
from atalaya.portal.publishing import decisions, services
from atalaya.portal.publishing.forms import DescriptionForm, WordsForm
from atalaya.portal.publishing.models import Version
from atalaya.portal.publishing.states import DRAFT, STATES
from atalaya.portal.publishing.telling import history_of, repair_told
from atalaya.publish.words import Words


@needs("publishing.list")
def version(request: HttpRequest, pk: int) -> HttpResponse:
    """Render a version, or take a step; 404 where they may not see it."""
    found = services.visible(request.user).filter(pk=pk).first()
    if found is None or not may(request.user, "publishing.see", found):
        raise Http404(str(pk))
    form = _form(request, found)
    refused = None
    if request.method == "POST":
        try:
            done = _step(request, found, form)
        except RefusedError as error:
            refused = spoken(request).t(error.text, **error.values)
        else:
            if done:
                return redirect("publishing_version", pk=found.pk)
    return page(request, "publishing/version.html", form=form, refused=refused, **_shown(request, found))


def _shown(request: HttpRequest, found: Version) -> dict[str, Any]:
    say, may_write = spoken(request), may(request.user, "publishing.write", found)
    writes = may_write and found.state == DRAFT
    return {
        "version": found,
        "institution": names_of([found.publication.institution]).get(found.publication.institution),
        "states": STATES,
        "report": found.report.get(say.language, {}),
        "repair": repair_told(found.report.get("repair"), say),
        "writes": writes,
        "may_write": may_write,
        "lacking": services.lacking(found) if writes else [],
        "moves": [each for each in decisions.moves_for(request.user, found) if each.id != "submit"],
        "barred": request.user.pk in found.hands,
        "history": history_of(found, request.user, say),
    }


def _form(request: HttpRequest, found: Version) -> DescriptionForm:
    say = spoken(request)
    duties = [(each.id, _duty(each, say)) for each in Duty.objects.all()] if request.edition else []
    described = request.POST if request.POST.get("step") == "describe" else None
    return DescriptionForm(say, duties, described, initial={name: getattr(found, name) for name in services.DESCRIBED})


def _duty(duty: Duty, say: Words) -> str:
    return f"{duty.article}.{duty.numeral} {say.pick(duty.name)}"[:90]


def _step(request: HttpRequest, found: Version, form: DescriptionForm) -> bool:
    """Take the step that was sent; whether it was one."""
    said = WordsForm(request.POST)
    if not said.is_valid():
        raise RefusedError("there is no such step; load the page again")
    name, words = said.cleaned_data["step"], said.cleaned_data["words"]
    steps: dict[str, Callable[[], object]] = {
        "choose": lambda: services.choose(request.user, found, request.POST.get("choice", "")),
        "ground": lambda: services.state_ground(request.user, found, words),
        "submit": lambda: services.submit(request.user, found),
    }
    if name == "describe":
        if not form.is_valid():
            return False
        services.describe(request.user, found, form.cleaned_data)
    elif name in steps:
        steps[name]()
    else:
        decisions.step(request.user, found, name, words)
    return True

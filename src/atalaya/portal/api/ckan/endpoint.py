"""`/api/3/action/<name>`: arguments in the address or as a JSON body, and the answer in CKAN's envelope."""

import json

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from atalaya.portal.api.answers import json_answer, machine
from atalaya.portal.api.ckan.arguments import Arguments
from atalaya.portal.api.ckan.asked import Asked
from atalaya.portal.api.ckan.faults import ActionError
from atalaya.portal.api.ckan.registry import ACTIONS

BODY = 1_000_000
"""Longest body of a request, in bytes."""


class BodyError(ValueError):
    """A body that holds no arguments. Raised and answered here."""


@machine("GET", "POST")
def action(request: HttpRequest, name: str) -> HttpResponse:
    """Answer an action: 200 with its result, or CKAN's status and error; 400 with a text where there is no such action."""
    run = ACTIONS.get(name)
    if run is None:
        return json_answer(f"Bad request: Action name not known: {name}. Known are {', '.join(ACTIONS)}", 400)
    help_at = request.build_absolute_uri(reverse("ckan-action", args=("help_show",))) + f"?name={name}"
    site = request.build_absolute_uri("/").rstrip("/")
    try:
        asked = Asked(request.edition, Arguments(_given(request)), site)
        return json_answer({"help": help_at, "success": True, "result": run(asked)})
    except BodyError as error:
        return json_answer(f"Bad request: JSON Error: {error}", 400)
    except ActionError as error:
        fault = {**error.fields(), "__type": error.kind}
        return json_answer({"help": help_at, "error": fault, "success": False}, error.status)


def _given(request: HttpRequest) -> dict[str, object]:
    """The arguments: of a POST its JSON object or its form, under those of the address."""
    given: dict[str, object] = {name: values[-1] for name, values in request.GET.lists() if values}
    for name in ("fq", "facet.field"):
        if len(values := request.GET.getlist(name)) > 1:
            given[name] = " ".join(values) if name == "fq" else values
    given.pop("callback", None)
    return {**given, **_body(request)} if request.method == "POST" else given


def _body(request: HttpRequest) -> dict[str, object]:
    length = request.headers.get("Content-Length") or "0"
    if length.isdigit() and int(length) > BODY:
        raise BodyError(f"the body has {length} bytes; send at most {BODY}")
    if request.content_type in ("application/x-www-form-urlencoded", "multipart/form-data") and request.POST:
        return dict(request.POST.items())
    raw = request.body
    if not raw.strip():
        return {}
    try:
        found = json.loads(raw)
    except (ValueError, RecursionError) as error:
        raise BodyError("the body is no JSON; send an object of arguments") from error
    if not isinstance(found, dict):
        raise BodyError("the body is no JSON object; send an object of arguments")
    return found

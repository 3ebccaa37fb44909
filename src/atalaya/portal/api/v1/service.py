"""`/api/v1/`: the operations put together, their errors as JSON, and their description at `/api/v1/openapi.json`."""

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError

from atalaya.portal.api.answers import machine, problem
from atalaya.portal.api.v1 import commitments, communiques, datasets, editions, findings, institutions, plans
from atalaya.version import __version__

DESCRIPTION = (
    "Everything that the observatory publishes, as JSON. Lists come in pages (`limit`, `offset`); every answer carries an ETag "
    "that changes with the edition, and may be read by pages of every origin. Errors are objects with `status` and `detail`."
)

api = NinjaAPI(
    title="Atalaya",
    version=__version__,
    description=DESCRIPTION,
    docs_url=None,
    openapi_url="/openapi.json",
    urls_namespace="api-v1",
)
for each in (editions, institutions, datasets, findings, plans, commitments, communiques):
    api.add_router("", each.router)


@api.exception_handler(ValidationError)
def _invalid(_request: HttpRequest, error: ValidationError) -> HttpResponse:
    """Arguments of another kind than the description says: which they are, and what is wrong with each."""
    faults = [
        {"argument": str(fault["loc"][-1]), "detail": str(fault["msg"])} for fault in error.errors if fault.get("loc")
    ]
    named = ", ".join(f"{fault['argument']}: {fault['detail']}" for fault in faults)
    return problem(422, f"{named}; see /api/v1/openapi.json", {"errors": faults})


@api.exception_handler(Http404)
def _missing(_request: HttpRequest, error: Http404) -> HttpResponse:
    return problem(404, str(error))


@api.exception_handler(HttpError)
def _refused(_request: HttpRequest, error: HttpError) -> HttpResponse:
    return problem(error.status_code, str(error))


def patterns() -> list[URLPattern]:
    """The addresses of the API, each answered as machines are: with ETag, for every origin, and only to be read."""
    return [
        URLPattern(each.pattern, machine("GET", live=_live(each))(each.callback), each.default_args, each.name)
        for each in api.urls[0]
    ]


def _live(pattern: URLPattern) -> bool:
    """Whether an answer is of what people write, which changes while an edition stands."""
    return str(pattern.pattern).startswith(("plans", communiques.PLACE))

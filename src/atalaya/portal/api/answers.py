"""How machines are answered: with an ETag and for a minute, open to every origin, and with errors as JSON."""

import hashlib
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from functools import partial, wraps
from http import HTTPStatus
from typing import Any

import orjson
from django.db import OperationalError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotModified
from django.utils.cache import patch_vary_headers

from atalaya.portal.core.kept import keep, kept
from atalaya.portal.core.pages import holds_zero, took_too_long
from atalaya.portal.observatory.models import Edition
from atalaya.version import __version__

View = Callable[..., HttpResponseBase]

JSON = "application/json; charset=utf-8"
NOTHING = "Nothing has been published here yet; the administrator publishes with `atalaya portal load`."

TOO_LONG = (
    "The answer took longer than it may; ask for less of it: fewer rows, fewer words, or a page that is not so deep."
)

MISSING = "Nothing has this address; /datos-abiertos/ lists what machines can read."

_OPEN = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag, Link",
    "Cross-Origin-Resource-Policy": "cross-origin",
}
_ASKED_FIRST = {
    "Access-Control-Allow-Methods": "GET, HEAD, POST, OPTIONS",
    "Access-Control-Allow-Headers": "Content-Type, If-None-Match, Authorization, X-CKAN-API-Key",
    "Access-Control-Max-Age": "86400",
}

LONGEST_ACCEPT = 1000
"""Characters of the header Accept that are looked at."""


def machine(*methods: str, negotiated: bool = False, live: bool = False) -> Callable[[View], View]:
    """A view over the newest edition for machines, asked by these methods (GET is HEAD too; browsers may ask OPTIONS first).

    `negotiated` tells that the header Accept chooses the syntax of an answer: each then has its own mark. `live` tells that an
    answer may change while the edition stands: it is made anew each time, and its mark is that of its bytes. Other answers with
    status 200 to GET carry an ETag that changes with the edition, and with what people did where the view is marked with
    `with_words`; without an edition the answer is 503.
    """
    allowed = (*methods, "HEAD", "OPTIONS") if "GET" in methods else (*methods, "OPTIONS")

    def decorate(view: View) -> View:
        @wraps(view)
        def answer(request: HttpRequest, *arguments: Any, **named: Any) -> HttpResponseBase:
            if request.method == "OPTIONS":
                return opened(HttpResponse(status=204, headers=_ASKED_FIRST))
            if request.method not in allowed:
                refused = problem(405, f"{request.method} is not answered here; use {' or '.join(methods)}")
                refused.headers["Allow"] = ", ".join(allowed)
                return refused
            if holds_zero(request):
                return problem(404, "the address holds the character zero (%00); leave it out")
            edition = Edition.shown()
            if edition is None:
                return problem(503, NOTHING)
            request.edition = edition
            request.wanted = request.headers.get("Accept", "")[:LONGEST_ACCEPT] if negotiated else ""
            request.said = view.words_of(request, *arguments, **named) if hasattr(view, "words_of") else ""
            try:
                make = partial(_asked, view, request, *arguments, **named)
                return _anew(request, make) if live else _once(request, make)
            except Http404:
                return problem(404, MISSING)
            except OperationalError as error:
                if took_too_long(error):
                    return problem(503, TOO_LONG)
                raise

        answer.csrf_exempt = True  # type: ignore[attr-defined]
        return answer

    return decorate


def _asked(view: View, request: HttpRequest, *arguments: Any, **named: Any) -> HttpResponseBase:
    """What a view answers; to HEAD what it answers to GET, of which servers leave the body out."""
    method = request.method
    request.method = "GET" if method == "HEAD" else method
    try:
        return view(request, *arguments, **named)
    finally:
        request.method = method


def opened(response: HttpResponseBase) -> HttpResponseBase:
    """An answer that pages of every origin may read."""
    for name, value in _OPEN.items():
        response.headers[name] = value
    return response


def json_answer(content: object, status: int = 200) -> HttpResponse:
    """Content as JSON; moments and days as ISO 8601."""
    return HttpResponse(orjson.dumps(content, option=orjson.OPT_NON_STR_KEYS), content_type=JSON, status=status)


def problem(status: int, detail: str, more: Mapping[str, object] | None = None) -> HttpResponseBase:
    """An error as JSON: its status, and what is wrong with what to do."""
    response = opened(json_answer({"status": status, "detail": detail, **(more or {})}, status))
    response.headers["Cache-Control"] = "no-store"
    return response


def _once(request: HttpRequest, make: Callable[[], HttpResponseBase]) -> HttpResponseBase:
    """The answer, made once for each edition and address as long as it is short enough to be kept."""
    if request.method not in ("GET", "HEAD"):
        response = opened(make())
        response.headers["Cache-Control"] = "no-store"
        return response
    etag = _etag(request)
    if _knows(request, etag):
        return _marked(HttpResponseNotModified(), etag)
    known = kept(request, etag)
    if known is not None:
        return _marked(known, etag)
    response = keep(request, etag, make())
    if response.status_code != HTTPStatus.OK:
        response.headers.setdefault("Cache-Control", "no-store")
        return opened(response)
    return _marked(response, etag)


def _anew(request: HttpRequest, make: Callable[[], HttpResponseBase]) -> HttpResponseBase:
    """The answer as it is now, known by its bytes; of HEAD the server sends none of them, and the view need not know it."""
    asked, request.method = request.method, "GET" if request.method == "HEAD" else request.method
    response = make()
    request.method = asked
    if response.status_code != HTTPStatus.OK or not isinstance(response, HttpResponse):
        response.headers.setdefault("Cache-Control", "no-store")
        return opened(response)
    etag = f'W/"{hashlib.sha256(response.content).hexdigest()[:32]}"'
    return _marked(HttpResponseNotModified() if _knows(request, etag) else response, etag)


def _etag(request: HttpRequest) -> str:
    place = f"{request.scheme}://{request.get_host()}{request.get_full_path()}"
    today = datetime.now(UTC).date() if "NOW" in place else ""  # a search may speak of today
    edition = request.edition
    mark = (
        f"machine|{today}|{edition.manifest_sha256}|{edition.loaded.timestamp()}|{__version__}|{request.wanted}|{place}"
        f"|{request.said}"
    )
    return f'W/"{hashlib.sha256(mark.encode(errors="surrogatepass")).hexdigest()[:32]}"'


def _knows(request: HttpRequest, etag: str) -> bool:
    """Whether the client says that it has this answer; a list of marks and `*` are understood (RFC 9110, 13.1.2)."""
    said = [mark.strip() for mark in request.headers.get("If-None-Match", "").split(",")]
    return etag in said or etag.removeprefix("W/") in said or said == ["*"]


def _marked(response: HttpResponseBase, etag: str) -> HttpResponseBase:
    response.headers["ETag"] = etag
    response.headers["Cache-Control"] = "public, max-age=60"
    patch_vary_headers(response, ["Accept-Encoding"])
    return opened(response)

"""Renders a page: in the language of its address, with the edition that it shows, cached as long as that edition stands."""

import hashlib
from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.db import OperationalError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotModified
from django.shortcuts import render
from django.urls import reverse
from psycopg.errors import QueryCanceled

from atalaya.portal.core import days
from atalaya.portal.core.kept import keep, kept
from atalaya.portal.core.navigation import footer, header
from atalaya.portal.observatory.models import Edition
from atalaya.publish.bars import bar
from atalaya.publish.words import Words, words
from atalaya.version import __version__

DOMAINS = (
    "portal",
    "accounts",
    "files",
    "meetings",
    "news",
    "plan_forms",
    "post",
    "publishing",
    "reviews",
    "rounds",
)
"""The gettext catalogues of the portal's texts, in the order in which they are asked."""

LONGEST_QUERY = 1000
"""Characters of a query that a link to the other language takes along."""

View = Callable[..., HttpResponseBase]


def page(request: HttpRequest, template: str, *, status: int = 200, **values: Any) -> HttpResponse:
    """Render a template with what every page has, and with values of its own."""
    return render(request, template, {**frame(request), **values}, status=status)


def frame(request: HttpRequest) -> dict[str, Any]:
    """What the template of every page is given: words, addresses, its twin in the other language, and the edition."""
    say = spoken(request)
    return {
        "w": say,
        "t": say.t,
        "n": say.plural,
        "lang": say.language,
        "url": lambda name, *parts: reverse(f"{say.language}:{name}", args=parts),
        "route": lambda name, *parts: reverse(name, args=parts),
        "twin": _twin(request),
        "absolute": request.build_absolute_uri,
        "path": request.path,
        "sections": header(),
        "further": footer(),
        "query": request.GET,
        "edition": getattr(request, "edition", None),
        "version": __version__,
        "bar_of": lambda score: bar(score.value, score.low, score.high, (0.0, 100.0)),
    }


def spoken(request: HttpRequest) -> Words:
    """The words of the request's language, numbers as the country of the edition writes them."""
    return words(request.language, country_of(request), *DOMAINS)


def country_of(request: HttpRequest) -> str:
    """The code of the country of the edition that a request shows; empty before the first one."""
    edition = getattr(request, "edition", None)
    return edition.country if edition else ""


def daily(view: View) -> View:
    """Mark a view, below `published`, whose page tells what falls due: kept for a day at most."""
    view.daily = True  # type: ignore[attr-defined]
    return view


def of_people(view: View) -> View:
    """Mark a view, below `published`, that shows what people write alone: it is there before the first edition too."""
    view.of_people = True  # type: ignore[attr-defined]
    return view


def with_words(words_of: Callable[..., str]) -> Callable[[View], View]:
    """Mark a view, below `published`, whose page also shows what people did: `words_of` of the request and the parts of the
    address gives a short text that changes when that does."""

    def mark(view: View) -> View:
        view.words_of = words_of  # type: ignore[attr-defined]
        return view

    return mark


def published(view: View) -> View:
    """A view over the newest edition: answered with its ETag, from the cache where it was rendered before.

    Without any edition the page says that nothing has been published yet, unless people alone write what it shows.
    """

    @wraps(view)
    def answer(request: HttpRequest, *arguments: Any, **named: Any) -> HttpResponseBase:
        if holds_zero(request):
            raise Http404(request.path)
        edition = Edition.shown()
        if edition is None and not getattr(view, "of_people", False):
            return page(request, "nothing.html", status=503)
        request.edition = edition
        shown = f"{edition.manifest_sha256}|{edition.loaded.timestamp()}" if edition else "none"
        mark = f"{shown}|{__version__}|{request.build_absolute_uri()}"
        if getattr(view, "daily", False):
            mark += f"|{days.today()}"
        if hasattr(view, "words_of"):
            mark += f"|{view.words_of(request, *arguments, **named)}"
        etag = f'W/"{hashlib.sha256(mark.encode()).hexdigest()[:32]}"'
        if request.method in ("GET", "HEAD") and request.headers.get("If-None-Match") == etag:
            return _marked(HttpResponseNotModified(), etag)
        known = kept(request, etag)
        if known is not None:
            return _marked(known, etag)
        try:
            response = keep(request, etag, view(request, *arguments, **named))
        except OperationalError as error:
            if took_too_long(error):
                return page(request, "fault.html", status=HTTPStatus.SERVICE_UNAVAILABLE)
            raise
        return _marked(response, etag) if response.status_code == HTTPStatus.OK else response

    return answer


def took_too_long(error: OperationalError) -> bool:
    """Whether the database broke off a question that took longer than it may (`database.LIMITS`)."""
    return isinstance(error.__cause__, QueryCanceled)


def live(view: View) -> View:
    """A view whose answer may change while the edition stands: it is made anew each time, and nobody keeps it."""

    @wraps(view)
    def answer(request: HttpRequest, *arguments: Any, **named: Any) -> HttpResponse:
        if holds_zero(request):
            raise Http404(request.path)
        edition = Edition.shown()
        if edition is None:
            return page(request, "nothing.html", status=503)
        request.edition = edition
        response = view(request, *arguments, **named)
        response.headers.setdefault("Cache-Control", "no-cache")
        return response

    return answer


def holds_zero(request: HttpRequest) -> bool:
    """Whether an address holds the character zero, which PostgreSQL cannot be asked for."""
    values = (value for name, said in request.GET.lists() for value in (name, *said))
    return "\0" in request.path_info or any("\0" in value for value in values)


def _marked(response: HttpResponseBase, etag: str) -> HttpResponseBase:
    response.headers["ETag"] = etag
    response.headers["Cache-Control"] = "public, max-age=60"
    return response


def _twin(request: HttpRequest) -> str:
    """The same page in the other language, with its query where that is of a sensible length."""
    path = request.get_full_path() if len(request.META.get("QUERY_STRING", "")) <= LONGEST_QUERY else request.path
    return "/" + path.removeprefix("/en").lstrip("/") if request.language == "en" else f"/en/{path.lstrip('/')}"

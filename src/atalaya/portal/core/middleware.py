"""What happens to every request before a view sees it."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import translation

from atalaya.portal.core.private import kept_private


def language(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Tell the page's language by its address: English under `/en/`, Spanish elsewhere; no cookie and no header decides."""

    def answer(request: HttpRequest) -> HttpResponse:
        request.language = "en" if request.path_info.startswith("/en/") else "es"
        with translation.override(request.language):
            response = get_response(request)
        response.headers.setdefault("Content-Language", request.language)
        return response

    return answer


def kept_by_nobody(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """What a private view raises in place of an answer is private too: a redirect, a refusal, a fault."""

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        return kept_private(response) if getattr(request, "is_private", False) else response

    return answer

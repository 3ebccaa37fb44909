"""What happens to every request before a view sees it."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import translation


def language(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Tell the page's language by its address: English under `/en/`, Spanish elsewhere; no cookie and no header decides."""

    def answer(request: HttpRequest) -> HttpResponse:
        request.language = "en" if request.path_info.startswith("/en/") else "es"
        with translation.override(request.language):
            response = get_response(request)
        response.headers.setdefault("Content-Language", request.language)
        return response

    return answer

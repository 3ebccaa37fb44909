"""Pages that depend on who asks, and forms: never kept by anybody but the one who asked, and not by a shared computer either."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers

from atalaya.portal.core.pages import holds_zero
from atalaya.portal.observatory.models import Edition

View = Callable[..., HttpResponse]


def private(view: View) -> View:
    """A view whose answer is for the one who asks: `Cache-Control: private, no-store`, `Vary: Cookie`.

    The newest edition stands in `request.edition`; None where nothing was published yet: such a page answers all the same.
    """

    @wraps(view)
    def answer(request: HttpRequest, *arguments: Any, **named: Any) -> HttpResponse:
        request.is_private = True
        if holds_zero(request):
            raise Http404(request.path)
        if not hasattr(request, "edition"):
            request.edition = Edition.shown()
        return kept_private(view(request, *arguments, **named))

    return answer


def kept_private(response: HttpResponse) -> HttpResponse:
    """An answer that no cache keeps."""
    response.headers["Cache-Control"] = "private, no-store"
    patch_vary_headers(response, ["Cookie"])
    del response.headers["Access-Control-Allow-Origin"]
    return response

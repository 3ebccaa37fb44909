"""Pages that belong to no app: health, the map of the site, and what is shown when there is nothing to show."""

from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse

from atalaya.portal.core.navigation import site
from atalaya.portal.core.pages import page, published
from atalaya.portal.core.private import private


def health(_request: HttpRequest) -> HttpResponse:
    """Whether the process answers and reaches its database."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return JsonResponse({"status": "ok"})


@published
def site_map(request: HttpRequest) -> HttpResponse:
    """Every page that has an address of its own, by group."""
    return page(request, "site_map.html", groups=site())


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """No page has this address."""
    del exception
    return page(request, "missing.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """A fault of ours; the page asks nothing of the database."""
    return page(request, "fault.html", status=500)


@private
def not_from_here(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that came without the mark that this portal gave it: from elsewhere, or after cookies were refused."""
    del reason
    return page(request, "not_from_here.html", status=403)

"""Pages of the public leave no cookie and may be kept by caches; private pages and forms are kept by nobody."""

import re

import pytest
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import CsrfViewMiddleware, get_token
from django.test import Client, RequestFactory

from atalaya.portal.core.private import private


@pytest.mark.parametrize("place", ["/", "/en/", "/datos/?q=x", "/api/3/action/package_search", "/no-hay", "/salud"])
def test_the_public_gets_no_cookie(visitor: Client, place: str) -> None:
    answer = visitor.get(place)
    assert not answer.cookies
    assert "Cookie" not in answer.headers.get("Vary", "")
    assert "private" not in answer.headers.get("Cache-Control", "")


def test_private_pages_are_kept_by_nobody(published_portal: str) -> None:
    @private
    def view(request: HttpRequest) -> HttpResponse:
        return HttpResponse(f"{request.edition.observation} {get_token(request)}")

    answer = view(RequestFactory().get("/"))
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert answer.headers["Vary"] == "Cookie"
    assert "ETag" not in answer.headers


def test_a_form_without_its_mark_is_refused_in_both_languages(published_portal: str) -> None:
    strict = Client(enforce_csrf_checks=True)
    for place, title in (("/", "El formulario no se aceptó"), ("/en/", "The form was not accepted")):
        answer = strict.post(place, {"x": "1"})
        assert answer.status_code == 403
        assert title in answer.content.decode()
        assert answer.headers["Cache-Control"] == "private, no-store"


def test_machines_need_no_mark(published_portal: str) -> None:
    strict = Client(enforce_csrf_checks=True)
    assert strict.post("/api/3/action/status_show", "{}", content_type="application/json").status_code == 200


def test_the_mark_of_a_form_is_a_cookie_that_scripts_do_not_see(published_portal: str) -> None:
    def form(request: HttpRequest) -> HttpResponse:
        return HttpResponse(get_token(request))

    shown = CsrfViewMiddleware(private(form))(RequestFactory().get("/"))
    (cookie,) = shown.cookies.values()
    assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Lax", "/")
    assert re.fullmatch(r"[A-Za-z0-9]{64}", shown.content.decode())

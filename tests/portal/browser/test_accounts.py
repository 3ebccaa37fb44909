"""The pages of accounts, as who may see each sees it: the same that is asked of every other page."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern
from django.urls.resolvers import RoutePattern

from atalaya.portal.accounts.urls import urlpatterns
from tests.portal.accounts.test_second_step import set_up
from tests.portal.accounts.test_signing_in import signed_in
from tests.portal.browser.windows import OF_COLOURS, Opener, faults, wider

COOKIE = "atalaya"


@pytest.fixture(params=["", "/en"], ids=["es", "en"])
def account_pages(
    request: pytest.FixtureRequest, new_client: Callable[..., Client], new_person: Callable[..., Any]
) -> tuple[dict[str, bool], str]:
    """Address of every page that stands alone → whether it is for who is signed in; and the session of an administrator."""
    person, inside, outside = new_person({"role": "administrator"}, second_step=False), new_client(), new_client()
    signed_in(inside, person.email, prefix=request.param)
    set_up(inside, request.param)
    found: dict[str, bool] = {}
    for each in urlpatterns:
        if isinstance(each, URLPattern) and isinstance(each.pattern, RoutePattern) and not each.pattern.converters:
            path = f"{request.param}/cuenta/{each.pattern}"
            for client in (inside, outside):
                answer = client.get(path)
                if answer.status_code == 200 and answer.headers["Content-Type"].startswith("text/html"):
                    found.setdefault(path, client is inside)
    return found, inside.cookies[COOKIE].value


def test_axe_finds_nothing_and_nothing_is_cut_off(
    open_page: Opener, account_pages: tuple[dict[str, bool], str]
) -> None:
    pages, session = account_pages
    assert len(pages) > 15
    assert set(pages.values()) == {True, False}
    found = {}
    for path, inside in pages.items():
        page = open_page(path, width=390, session=(COOKIE, session) if inside else None, color_scheme="light")
        told = faults(page) + wider(page)
        page.emulate_media(color_scheme="dark")
        found[path] = told + faults(page, OF_COLOURS)
        open_page.close()
    assert {path: told for path, told in found.items() if told} == {}

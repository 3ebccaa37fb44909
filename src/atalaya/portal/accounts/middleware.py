"""What is sent to the portal: so much from one client, and with who sent it for the trail of changes."""

import re
from collections.abc import Callable

import pghistory
from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, resolve

from atalaya.portal.accounts.allowances import FORMS, OWN_FORMS, wait
from atalaya.portal.core.clients import client_address
from atalaya.portal.core.limits import for_machines, too_many

_OF_ACCOUNTS = re.compile(r"/(en/)?cuenta/")
READING = ("GET", "HEAD", "OPTIONS", "TRACE")


def sent(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Count forms, and note who sends one, or looks at a page of accounts: the number of the account and the route.

    Forms are counted by account, and by network address where nobody signed in. The address that was asked is not noted: it may
    hold the key of a letter.
    """

    def answer(request: HttpRequest) -> HttpResponse:
        reading = request.method in READING
        if for_machines(request) or (reading and not _OF_ACCOUNTS.match(request.path_info)):
            return get_response(request)
        seconds = 0.0 if reading else _wait(request)
        if seconds:
            return too_many(request, seconds)
        with pghistory.context(account=request.user.pk, route=_route(request)):
            return get_response(request)

    return answer


def _wait(request: HttpRequest) -> float:
    """Seconds until this form may be sent; 0 where it may."""
    if request.user.is_authenticated:
        return wait(OWN_FORMS, request.user.pk)
    return wait(FORMS, client_address(request))


def _route(request: HttpRequest) -> str:
    try:
        return str(resolve(request.path_info).view_name)
    except Resolver404:
        return ""

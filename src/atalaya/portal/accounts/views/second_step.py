"""Codes of the second step: so many at one account, whoever tries them and wherever."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse

from atalaya.portal.accounts.allowances import SECOND_STEP, forget, wait
from atalaya.portal.core.limits import too_many

View = Callable[..., HttpResponse]


def checked(view: View) -> View:
    """Count what is tried; a code that was right gives the whole allowance back."""

    @wraps(view)
    def answer(request: HttpRequest, *arguments: Any, **named: Any) -> HttpResponse:
        account = _account(request)
        if request.method != "POST" or account is None:
            return view(request, *arguments, **named)
        seconds = wait(SECOND_STEP, account)
        if seconds:
            return too_many(request, seconds)
        response = view(request, *arguments, **named)
        if response.status_code == 302:
            forget(SECOND_STEP, account)
        return response

    return answer


def _account(request: HttpRequest) -> str | None:
    """The account whose second step it is: of a sign-in that waits for it, or of who confirms to be there still."""
    waiting = request.session.get("account_login")
    if isinstance(waiting, dict) and waiting.get("user_pk"):
        return str(waiting["user_pk"])
    return str(request.user.pk) if request.user.is_authenticated else None

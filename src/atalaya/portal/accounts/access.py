"""What stands before a page of accounts: that it is private, whose it is, and what its template is given."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from csp.constants import SELF
from csp.decorators import csp_update
from django.contrib.auth.views import redirect_to_login
from django.contrib.messages import get_messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse

from atalaya.portal.accounts.rules import has_a_role, has_a_second_step, may
from atalaya.portal.core.pages import frame, page
from atalaya.portal.core.private import private

View = Callable[..., HttpResponse]


def account_page(view: View) -> View:
    """A page of allauth's: private, and its template knows what every page here knows."""

    @private
    @wraps(view)
    def answer(request: HttpRequest, *arguments: Any, **named: Any) -> HttpResponse:
        response = view(request, *arguments, **named)
        if isinstance(response, TemplateResponse) and not response.is_rendered:
            response.context_data = {**frame(request), **told(request), **(response.context_data or {})}
        return response

    return answer


def with_script(view: View) -> View:
    """The pages of security keys: browsers reach those by script only, and it is one file of our own."""
    decorated: View = csp_update({"script-src": [SELF]})(view)
    return decorated


def needs(permission: str) -> Callable[[View], View]:
    """A page for those who have a permission that is about no thing; others sign in, set up their second step, or are refused."""

    def decorate(view: View) -> View:
        @private
        @wraps(view)
        def answer(request: HttpRequest, *arguments: Any, **named: Any) -> HttpResponse:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            if may(request.user, permission):
                return view(request, *arguments, **named)
            if has_a_role(request.user) and not has_a_second_step(request.user):
                return redirect("mfa_index")
            return forbidden(request)

        return answer

    return decorate


def signed_in(view: View) -> View:
    """A page for everybody who has an account."""

    @private
    @wraps(view)
    def answer(request: HttpRequest, *arguments: Any, **named: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        return view(request, *arguments, **named)

    return answer


def forbidden(request: HttpRequest) -> HttpResponse:
    """A page that somebody who signed in may not see."""
    return page(request, "account/forbidden.html", status=403)


def told(request: HttpRequest) -> dict[str, Any]:
    """The lines that earlier pages left for this one."""
    return {"lines": [str(each) for each in get_messages(request)]}

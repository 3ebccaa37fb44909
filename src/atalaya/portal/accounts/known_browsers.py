"""Browsers that signed in to an account before carry a mark that says so, kept from scripts and signed.

What strangers try at an account is counted apart from what such a browser tries: nobody can lock its owner out by guessing
(the "device cookies" of OWASP's Authentication Cheat Sheet).
"""

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

from atalaya.portal.core.clients import secret_name

SALT = "atalaya.known-browser"
DAYS = 180


def cookie_name() -> str:
    """The name of the mark; over HTTPS one that only this host may set."""
    return ("__Host-" if settings.SESSION_COOKIE_SECURE else "") + "atalaya-known"


def knows(request: HttpRequest, email: str) -> bool:
    """Whether the browser that asks signed in to the account of an address before."""
    try:
        said = signing.loads(request.COOKIES.get(cookie_name(), ""), salt=SALT, max_age=DAYS * 86_400)
    except signing.BadSignature:
        return False
    return isinstance(said, list) and _name(email) in said


def remember(request: HttpRequest, response: HttpResponse, email: str) -> None:
    """Mark the browser as one of this account, beside a few that it may know already."""
    try:
        said = signing.loads(request.COOKIES.get(cookie_name(), ""), salt=SALT, max_age=DAYS * 86_400)
    except signing.BadSignature:
        said = []
    names = [_name(email), *(each for each in said if each != _name(email))][:3]
    response.set_cookie(
        cookie_name(),
        signing.dumps(names, salt=SALT),
        max_age=DAYS * 86_400,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _name(email: str) -> str:
    return secret_name("browser", email.strip().lower())[:24]

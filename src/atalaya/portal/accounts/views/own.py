"""The first page of an account: what it is called, where its person may act, and where to change it."""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from atalaya.portal.accounts.access import signed_in, told
from atalaya.portal.accounts.rules import has_a_second_step, in_force, may
from atalaya.portal.accounts.views.roles import named
from atalaya.portal.core.desks import desks
from atalaya.portal.core.pages import page, spoken


@signed_in
def own(request: HttpRequest) -> HttpResponse:
    """Render the page."""
    held = list(request.user.memberships.filter(in_force(timezone.now())))
    return page(
        request,
        "account/own.html",
        account=request.user,
        roles=named(held, spoken(request)),
        protected=has_a_second_step(request.user),
        desks=desks(lambda permission: bool(held) and may(request.user, permission)),
        **told(request),
    )

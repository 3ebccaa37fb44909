"""The first page of an account: what it is called, what its person may do, and where to change it."""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from atalaya.portal.accounts.access import signed_in, told
from atalaya.portal.accounts.rules import has_a_second_step, in_force, may
from atalaya.portal.accounts.views.roles import named
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
        runs_rounds=may(request.user, "rounds.manage"),
        has_desk=may(request.user, "reviews.desk"),
        reviews=may(request.user, "reviews.queues"),
        publishes=may(request.user, "publishing.list"),
        sees_reports=may(request.user, "reports.list"),
        writes_news=may(request.user, "news.list"),
        sees_people=may(request.user, "accounts.see_people"),
        says_contacts=may(request.user, "post.contact"),
        settles_letters=may(request.user, "post.settle"),
        sees_trail=may(request.user, "accounts.see_trail"),
        **told(request),
    )

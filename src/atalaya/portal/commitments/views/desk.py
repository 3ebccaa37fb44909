"""Where those who keep plans begin: the commitments that they may speak of, what waits for them, and the ways in."""

from django.http import HttpRequest, HttpResponse

from atalaya.portal.accounts.access import needs
from atalaya.portal.accounts.rules import may, standing
from atalaya.portal.commitments.models import Comment, Commitment, Plan
from atalaya.portal.commitments.models.comments import HELD
from atalaya.portal.commitments.services.readings import led_by
from atalaya.portal.commitments.views.pages import said_by
from atalaya.portal.core.pages import page


@needs("commitments.work")
def desk(request: HttpRequest) -> HttpResponse:
    """Render the plans with the commitments that somebody may speak of."""
    editor = may(request.user, "commitments.edit")
    found = Commitment.objects.select_related("plan").prefetch_related("versions").order_by("-plan", "number")
    mine = list(found) if editor else led_by(standing(request.user).institutions, found)
    plans = {plan.number: plan.document["title"] for plan in Plan.objects.order_by("-number")}
    return page(
        request,
        "commitments/desk.html",
        plans={number: (title, [each for each in mine if each.plan_id == number]) for number, title in plans.items()},
        editor=editor,
        held=Comment.objects.filter(state=HELD).count() if may(request.user, "commitments.moderate") else 0,
        **said_by(request),
    )

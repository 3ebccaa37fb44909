"""To comment on a milestone as a citizen, and to decide what is shown of it."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from atalaya.portal.accounts.access import needs
from atalaya.portal.accounts.allowances import Allowance, wait
from atalaya.portal.accounts.services import RefusedError
from atalaya.portal.commitments.models import Comment
from atalaya.portal.commitments.models.comments import LONGEST, STATES
from atalaya.portal.commitments.refusals import told
from atalaya.portal.commitments.services import comments
from atalaya.portal.commitments.services.readings import milestones_of
from atalaya.portal.commitments.views.pages import commitment_or_404, said_by
from atalaya.portal.core.limits import too_many
from atalaya.portal.core.pages import page, spoken

COMMENTS = Allowance("comments", 20, 3600)
"""Comments that one account may send in an hour: whoever goes through a plan writes one a milestone."""

SHOWN = 30


@needs("commitments.comment")
def comment_form(request: HttpRequest, number: int, commitment: int) -> HttpResponse:
    """Render the form with what the same person sent before, or take the comment in."""
    home = commitment_or_404(number, commitment)
    refused = None
    if request.method == "POST":
        seconds = wait(COMMENTS, str(request.user.pk))
        if seconds:
            return too_many(request, seconds)
        sent = request.POST
        try:
            comments.comment(
                request.user,
                home,
                sent.get("milestone", ""),
                sent.get("level", ""),
                sent.get("text", ""),
                sent.get("url", "").strip(),
            )
        except RefusedError as error:
            refused = told(error, spoken(request))
        else:
            return redirect("commitment_comment", number=number, commitment=commitment)
    return page(
        request,
        "commitments/comment_form.html",
        home=home,
        title=home.document.get("title"),
        milestones=milestones_of(home),
        levels=comments.LEVELS,
        longest=LONGEST,
        sent=request.POST,
        chosen=request.POST.get("milestone", request.GET.get("hito", "")),
        mine=home.comments.filter(by=request.user).order_by("-made")[:SHOWN],
        states=STATES,
        refused=refused,
        **said_by(request),
    )


@needs("commitments.moderate")
def moderation(request: HttpRequest) -> HttpResponse:
    """Render the comments, those that wait first, or decide one; 404 where there is none of the number sent."""
    refused = None
    if request.method == "POST":
        number = request.POST.get("comment", "")
        found = Comment.objects.filter(pk=int(number)).first() if number.isdecimal() and len(number) < 19 else None
        if found is None:
            raise Http404(number)
        try:
            comments.decide(
                request.user, found, show=request.POST.get("act") == "show", why=request.POST.get("why", "")
            )
        except RefusedError as error:
            refused = told(error, spoken(request))
        else:
            return redirect("commitment_moderation")
    state = request.GET.get("estado", "held")
    state = state if state in STATES else "held"
    rows = Comment.objects.filter(state=state).select_related("commitment").order_by("made")
    return page(
        request,
        "commitments/moderation.html",
        shown=Paginator(rows, SHOWN).get_page(request.GET.get("pagina")),
        states=STATES,
        state=state,
        link=lambda **values: f"?estado={state}&pagina={values.get('pagina', 1)}",
        refused=refused,
        **said_by(request),
    )

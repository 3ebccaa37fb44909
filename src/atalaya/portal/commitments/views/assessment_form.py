"""To begin, edit and publish the self-assessment of a plan at a term."""

from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from atalaya.portal.accounts.access import needs
from atalaya.portal.accounts.services import RefusedError
from atalaya.portal.commitments.assessing import LONGEST, SCALE, written
from atalaya.portal.commitments.models import Assessment
from atalaya.portal.commitments.models.assessments import TERMS
from atalaya.portal.commitments.refusals import told
from atalaya.portal.commitments.services import assessments
from atalaya.portal.commitments.standings import plan_now
from atalaya.portal.commitments.views.assessment import SLUGS
from atalaya.portal.commitments.views.pages import said_by
from atalaya.portal.core.pages import page, spoken


@needs("commitments.edit")
def assessment_form(request: HttpRequest, number: int, term: str) -> HttpResponse:
    """Render the draft or the way to begin one, or take what was sent; 404 where there is no such plan or term."""
    plan = plan_now(number)
    if plan is None or term not in SLUGS:
        raise Http404(term)
    draft = Assessment.objects.filter(plan=number, term=SLUGS[term], published=None).first()
    refused, sent = None, {}
    if request.method == "POST":
        sent = {name: value for name, value in request.POST.items() if isinstance(value, str)}
        try:
            if _done(request, number, SLUGS[term], draft) == "publish":
                return redirect(f"{reverse(f'{request.language}:assessments', args=(number,))}?plazo={term}")
        except RefusedError as error:
            refused = told(error, spoken(request))
        else:
            return redirect("plan_assessment", number=number, term=term)
    if draft is not None and refused is not None:
        draft.document = written(draft.document, sent)
    return page(
        request,
        "commitments/assessment_form.html",
        plan=plan,
        row=draft,
        term=term,
        title=TERMS[SLUGS[term]],
        mark=assessments.mark_of(draft) if draft else "",
        longest=LONGEST,
        scale=(*SCALE, "unknown"),
        today=timezone.localdate(),
        published=Assessment.objects.filter(plan=number, term=SLUGS[term]).exclude(published=None).count(),
        refused=refused,
        **said_by(request),
    )


def _done(request: HttpRequest, number: int, term: str, draft: Assessment | None) -> str:
    """Do what was asked; gives its name. Raises RefusedError."""
    act = str(request.POST.get("act", "save"))
    if draft is None:
        assessments.begin(request.user, number, term, _day(request))
        return "begin"
    if act == "refresh":
        assessments.refresh(request.user, draft, _day(request))
        return act
    texts = {name: value.replace("\r\n", "\n") for name, value in request.POST.items() if isinstance(value, str)}
    kept = assessments.write(request.user, draft, texts, request.POST.get("mark", ""))
    if act == "publish":
        assessments.publish(request.user, kept)
    return act


def _day(request: HttpRequest) -> date:
    try:
        return date.fromisoformat(request.POST.get("as_of", ""))
    except ValueError as error:
        raise RefusedError("{said} is no day; choose one", said=request.POST.get("as_of", "")[:40]) from error

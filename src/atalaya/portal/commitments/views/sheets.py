"""Plans, commitments and self-assessments as sheets to print: PDF that screen readers can read, in either language."""

import hashlib
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils import timezone

from atalaya.commitments.template import COMMITMENT
from atalaya.portal.api.answers import problem
from atalaya.portal.commitments.assessing import SCALE
from atalaya.portal.commitments.behind import behind
from atalaya.portal.commitments.models.assessments import TERMS
from atalaya.portal.commitments.standing import commitment_standing
from atalaya.portal.commitments.standings import standing_now
from atalaya.portal.commitments.steps import steps_of
from atalaya.portal.commitments.stored import by_milestone, reading_rows, stored_commitment
from atalaya.portal.commitments.views.assessment import chosen
from atalaya.portal.commitments.views.pages import said_by
from atalaya.portal.core.kept import keep, kept
from atalaya.portal.core.pages import page, spoken
from atalaya.portal.observatory.reckoning import Busy, turn
from atalaya.publish.printing import PrintingError, to_pdf
from atalaya.version import __version__


def plan_sheet(request: HttpRequest, number: int) -> HttpResponseBase:
    """Print a plan; 404 where no plan has the number."""
    standing = standing_now(number)
    if standing is None:
        raise Http404(number)
    return _printed(request, "plan_sheet.html", f"plan-{number}", standing=standing)


def commitment_sheet(request: HttpRequest, number: int, commitment: int) -> HttpResponseBase:
    """Print a commitment; 404 where there is none."""
    plan = stored_commitment(number, commitment)
    if plan is None:
        raise Http404(commitment)
    found = plan.commitments[0]
    rows = reading_rows(number, commitment)
    standing = commitment_standing(plan, found, by_milestone(rows), timezone.localdate())
    fields = [(each.title, getattr(found.current, each.name)) for each in COMMITMENT] if found.current else []
    name = f"plan-{number}-compromiso-{commitment}"
    steps = steps_of(found, spoken(request))
    values = {"plan": plan, "standing": standing, "behind": behind(rows), "fields": fields, "steps": steps}
    return _printed(request, "commitment_sheet.html", name, **values)


def assessment_sheet(request: HttpRequest, number: int) -> HttpResponseBase:
    """Print the self-assessment that is asked for, else the newest; 404 where none is published."""
    row = chosen(number, request.GET.get("plazo", ""), request.GET.get("version", "")) if number < 2**31 else None
    if row is None:
        raise Http404(number)
    name = f"plan-{number}-autoevaluacion-{row.term}-{row.number}"
    return _printed(request, "assessment_sheet.html", name, row=row, terms=TERMS, scale=(*SCALE, "unknown"))


def _printed(request: HttpRequest, template: str, name: str, **values: Any) -> HttpResponseBase:
    """The PDF of a page, made once for what the page says."""
    today = timezone.localdate()
    html = page(request, f"commitments/{template}", today=today, **values, **said_by(request)).content.decode()
    mark = f'W/"{hashlib.sha256(f"sheet|{__version__}|{html}".encode()).hexdigest()[:32]}"'
    known = kept(request, mark)
    if known is not None:
        return known
    try:
        with turn():
            made = to_pdf(html)
    except (Busy, PrintingError) as error:
        refused = problem(
            503, f"the sheet could not be printed now ({str(error) or 'too many ask at once'}); try again"
        )
        refused.headers["Retry-After"] = "5"
        return refused
    answer = HttpResponse(made, content_type="application/pdf")
    answer.headers["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    answer.headers["Content-Language"] = request.language
    return keep(request, mark, answer)

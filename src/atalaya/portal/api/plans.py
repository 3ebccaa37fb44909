"""The improvement plan of an institution as a PDF: dated by its edition, in the language of its address."""

from datetime import timedelta

from django.http import HttpRequest, HttpResponse

from atalaya.portal.api.answers import machine, problem
from atalaya.portal.core.pages import page
from atalaya.portal.observatory.agenda import Stretch, items_of
from atalaya.portal.observatory.named import institution_or_404
from atalaya.portal.observatory.reckoning import Busy, turn
from atalaya.portal.observatory.views.plan import plan_values
from atalaya.publish.printing import PrintingError, to_pdf

AHEAD = timedelta(days=90)
"""What falls due in the quarter after the edition stands in its plan."""


@machine("GET")
def plan_pdf(request: HttpRequest, slug: str) -> HttpResponse:
    """Print the plan; 404 where the register has no such body, 503 where too many print at once or it takes too long."""
    found, edition = institution_or_404(slug), request.edition
    span = Stretch(edition.as_of, edition.as_of + AHEAD, stale=False)
    values = {**plan_values(request, found), "span": span, "items": items_of(found.id, span)}
    html = page(request, "observatory/plan_print.html", **values).content.decode()
    try:
        with turn():
            made = to_pdf(html)
    except (Busy, PrintingError) as error:
        refused = problem(503, f"the plan could not be printed now ({str(error) or 'too many ask at once'}); try again")
        refused.headers["Retry-After"] = "5"
        return refused
    answer = HttpResponse(made, content_type="application/pdf")
    answer.headers["Content-Disposition"] = f'inline; filename="plan-{slug}-{edition.observation}.pdf"'
    answer.headers["Content-Language"] = request.language
    return answer

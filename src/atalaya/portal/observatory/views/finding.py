"""One finding, at an address that stays: what was asked, what was answered, which rule, and how to mend it."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse

from atalaya.checks.registry import CHECKS
from atalaya.portal.core.pages import page, published, with_words
from atalaya.portal.observatory.models import Dataset, Finding, Institution, Resource, Source
from atalaya.portal.observatory.queries import rules_of
from atalaya.portal.reports.services import report_counts, report_mark
from atalaya.portal.reviews.published import answers_to, history_of, mark_of
from atalaya.portal.reviews.states import KINDS, STATES
from atalaya.publish.sentences import explainer


@published
@with_words(lambda _, identifier: f"{report_mark(f'hallazgo:{identifier}')}|{mark_of(identifier)}")
def finding(request: HttpRequest, identifier: str) -> HttpResponse:
    """Render the page, or of one that is there no more what was answered to it; 404 where it was never found or answered."""
    found = Finding.objects.filter(id=identifier).first()
    answers = answers_to(identifier)
    said: dict[str, Any] = {
        "answers": answers,
        "histories": history_of(each.id for each in answers),
        "kinds": KINDS,
        "states": STATES,
    }
    if found is None and answers:
        institution = Institution.objects.filter(id=answers[0].institution).first()
        return page(request, "reviews/gone.html", title=answers[0].title, institution=institution, **said)
    if found is None:
        raise Http404(identifier)
    explain = explainer(CHECKS, request.edition.country)
    return page(
        request,
        "observatory/finding.html",
        **said,
        reported=report_counts(f"hallazgo:{identifier}"),
        finding=found,
        rule=rules_of([found.check_id]).get(found.check_id),
        institution=Institution.objects.filter(id=found.institution).first(),
        dataset=Dataset.objects.filter(id=found.dataset).first(),
        resource=Resource.objects.filter(id=found.resource).first(),
        source=Source.objects.filter(id=found.source).first(),
        sentence=explain(found.as_row(), request.language),
    )

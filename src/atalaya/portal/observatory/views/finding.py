"""One finding, at an address that stays: what was asked, what was answered, which rule, and how to mend it."""

from django.http import Http404, HttpRequest, HttpResponse

from atalaya.checks.registry import CHECKS
from atalaya.portal.core.pages import page, published, with_words
from atalaya.portal.observatory.models import Dataset, Finding, Institution, Resource, Source
from atalaya.portal.observatory.queries import rules_of
from atalaya.portal.reports.services import report_counts, report_mark
from atalaya.publish.sentences import explainer


@published
@with_words(lambda _, identifier: report_mark(f"hallazgo:{identifier}"))
def finding(request: HttpRequest, identifier: str) -> HttpResponse:
    """Render the page; 404 where it was never found or has been mended."""
    found = Finding.objects.filter(id=identifier).first()
    if found is None:
        raise Http404(identifier)
    explain = explainer(CHECKS, request.edition.country)
    return page(
        request,
        "observatory/finding.html",
        reported=report_counts(f"hallazgo:{identifier}"),
        finding=found,
        rule=rules_of([found.check_id]).get(found.check_id),
        institution=Institution.objects.filter(id=found.institution).first(),
        dataset=Dataset.objects.filter(id=found.dataset).first(),
        resource=Resource.objects.filter(id=found.resource).first(),
        source=Source.objects.filter(id=found.source).first(),
        sentence=explain(found.as_row(), request.language),
    )

"""One dataset: what its record says, its resources as they really are, and what to mend."""

from collections import defaultdict

from django.http import Http404, HttpRequest, HttpResponse

from atalaya.checks.registry import CHECKS
from atalaya.portal.core.pages import page, published, with_words
from atalaya.portal.observatory.models import Dataset, Finding, Institution, Resource, Source
from atalaya.portal.observatory.queries import rules_of
from atalaya.portal.reports.services import report_counts, report_mark
from atalaya.publish.sentences import explainer


@published
@with_words(lambda _, identifier: report_mark(f"conjunto:{identifier}"))
def dataset(request: HttpRequest, identifier: str) -> HttpResponse:
    """Render the page; 404 where no dataset has this identifier."""
    found = Dataset.objects.filter(id=identifier).first()
    if found is None:
        raise Http404(identifier)
    findings = list(Finding.objects.filter(dataset=identifier))
    by_resource: defaultdict[str | None, list[Finding]] = defaultdict(list)
    for each in findings:
        by_resource[each.resource].append(each)
    explain = explainer(CHECKS, request.edition.country)
    return page(
        request,
        "observatory/dataset.html",
        reported=report_counts(f"conjunto:{identifier}"),
        dataset=found,
        institution=Institution.objects.filter(id=found.institution).first(),
        source=Source.objects.filter(id=found.source).first(),
        resources=Resource.objects.filter(dataset=identifier),
        findings=by_resource,
        rules=rules_of(each.check_id for each in findings),
        explain=lambda each: explain(each.as_row(), request.language),
    )

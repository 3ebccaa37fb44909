"""A certificate at its public address: as a page, as a PDF, and as the very text that its hash is of."""

import json
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase

from atalaya.portal.core.pages import live, page
from atalaya.portal.observatory.models import Institution
from atalaya.portal.observatory.reckoning import Busy, turn
from atalaya.portal.reviews.certificates import hash_of
from atalaya.portal.reviews.models import Certificate
from atalaya.publish.printing import PrintingError, to_pdf


@live
def certificate(request: HttpRequest, number: str) -> HttpResponse:
    """Render the certificate and whether its text still has its hash; 404 where nobody has this number."""
    return page(request, "reviews/certificate.html", **_values(number))


@live
def certificate_file(request: HttpRequest, number: str, form: str) -> HttpResponseBase:
    """Give the certificate as `pdf` or as its text, `json`; 404 otherwise."""
    values = _values(number)
    made: Certificate = values["certificate"]
    if form == "json":
        return HttpResponse(made.document, content_type="application/json; charset=utf-8")
    if form != "pdf":
        raise Http404(form)
    html = page(request, "reviews/certificate_print.html", **values).content.decode()
    try:
        with turn():
            printed = to_pdf(html)
    except (Busy, PrintingError):
        answer = page(request, "fault.html", status=503)
        answer.headers["Retry-After"] = "5"
        return answer
    answer = HttpResponse(printed, content_type="application/pdf")
    answer.headers["Content-Disposition"] = f'inline; filename="constancia-{made.number}.pdf"'
    answer.headers["Content-Language"] = request.language
    return answer


def _values(number: str) -> dict[str, Any]:
    found = Certificate.objects.filter(number=number.upper()).first()
    if found is None:
        raise Http404(number)
    return {
        "certificate": found,
        "told": json.loads(found.document),
        "holds": hash_of(found.document) == found.sha256,
        "institution": Institution.objects.filter(id=found.institution).first(),
    }

"""For machines: every address that programs read, with examples that can be followed."""

from django.http import HttpRequest, HttpResponse

from atalaya.portal.core.pages import page, published
from atalaya.portal.observatory.models import Dataset, Institution


@published
def open_data(request: HttpRequest) -> HttpResponse:
    """Render the page; its examples speak of datasets and institutions that are there."""
    return page(
        request,
        "observatory/open_data.html",
        site=request.build_absolute_uri("/").rstrip("/"),
        dataset=Dataset.objects.order_by("-findings", "id").first(),
        institution=Institution.objects.order_by("-datasets", "id").first(),
        prefix="/en" if request.language == "en" else "",
    )

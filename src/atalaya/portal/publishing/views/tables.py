"""Empty tables to be filled in: the list of a country's schemas, and each as a file."""

import tempfile
from pathlib import Path

from django.http import Http404, HttpRequest, HttpResponse

from atalaya.portal.accounts.access import needs
from atalaya.portal.core.files import safe_name
from atalaya.portal.core.pages import page, spoken
from atalaya.portal.observatory.models import Duty
from atalaya.portal.publishing.empty_tables import FORMATS, empty_table, schema_of, schemas_of


@needs("publishing.list")
def tables(request: HttpRequest) -> HttpResponse:
    """Render the schemas of the country, with the duties that each fulfils."""
    country = request.edition.country if request.edition else ""
    found = schemas_of(country)
    wanted = {duty for each in found for duty in each.duties}
    duties = {each.id: each for each in Duty.objects.filter(id__in=wanted)} if found else {}
    return page(request, "publishing/tables.html", schemas=found, duties=duties)


@needs("publishing.list")
def table(request: HttpRequest, identity: str, form: str) -> HttpResponse:
    """An empty table of a schema; 404 where there is no such schema or format."""
    schema = schema_of(identity) if form in FORMATS else None
    if schema is None:
        raise Http404(identity)
    with tempfile.TemporaryDirectory(prefix="atalaya-") as folder:
        body = empty_table(schema, form, spoken(request).language, Path(folder))
    response = HttpResponse(body, content_type=FORMATS[form])
    response.headers["Content-Disposition"] = f'attachment; filename="{safe_name(schema.id.rpartition(":")[2])}.{form}"'
    return response

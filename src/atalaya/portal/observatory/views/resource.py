"""One resource: what it is, its columns, its versions with their bytes, and what to mend."""

from dataclasses import dataclass
from itertools import groupby

from django.http import Http404, HttpRequest, HttpResponse

from atalaya.checks.registry import CHECKS
from atalaya.portal.core.downloads import Column, download, wanted_format
from atalaya.portal.core.pages import live, page, published
from atalaya.portal.derived.making import LARGEST, Unmade, derived, read_made
from atalaya.portal.observatory.archive import access_of, home
from atalaya.portal.observatory.models import Archived, Dataset, Finding, Institution, Resource, ResourceColumn, Version
from atalaya.portal.observatory.queries import rules_of
from atalaya.publish.sentences import explainer

SHOWN = 50
"""Versions that the page shows, the newest; all of them are in the download."""

TABLES_OF = 600
"""Columns of a resource that its page shows over all its tables; all of them are in the dumps."""

COLUMNS = (
    Column("sha256", lambda each: each.sha256),
    Column("desde", lambda each: each.first_seen),
    Column("hasta", lambda each: each.last_seen),
    Column("observaciones", lambda each: each.observations),
    Column("formato", lambda each: each.format),
    Column("bytes", lambda each: each.size),
    Column("filas", lambda each: each.table_rows),
    Column("mismo_contenido", lambda each: each.same_content),
)


@dataclass(frozen=True, slots=True)
class Shown:
    """One version with whether its bytes may be had, and the version before it."""

    version: Version
    state: str
    before: Version | None


@published
def resource(request: HttpRequest, identifier: str, part: str) -> HttpResponse:
    """Render the page, or its versions as a file; 404 where the dataset has no such resource."""
    dataset, found = _found(identifier, part)
    versions = list(Version.objects.filter(resource=part))
    form = wanted_format(request)
    if form:
        return download(form, f"versiones-{part}", COLUMNS, versions)
    states = dict(Archived.objects.filter(sha256__in=[each.sha256 for each in versions]).values_list("sha256", "state"))
    shown = [
        Shown(each, states.get(each.sha256, ""), versions[place - 1] if place else None)
        for place, each in enumerate(versions)
    ]
    findings = list(Finding.objects.filter(resource=part))
    explain = explainer(CHECKS, request.edition.country)
    return page(
        request,
        "observatory/resource.html",
        dataset=dataset,
        resource=found,
        institution=Institution.objects.filter(id=dataset.institution).first(),
        versions=shown[::-1][:SHOWN],
        more=max(0, len(shown) - SHOWN),
        state=states.get(found.sha256, ""),
        largest=LARGEST,
        tables=_tables(part, found),
        findings=findings,
        rules=rules_of(each.check_id for each in findings),
        explain=lambda each: explain(each.as_row(), request.language),
    )


@live
def preview(request: HttpRequest, identifier: str, part: str) -> HttpResponse:
    """Render the first rows of a resource, as far as everybody may see them; says why where nothing may be shown."""
    dataset, found = _found(identifier, part)
    made, why = _made(request, "preview", [found.sha256])
    return page(request, "observatory/preview.html", dataset=dataset, resource=found, made=made, why=why)


@live
def version_changes(request: HttpRequest, identifier: str, part: str) -> HttpResponse:
    """Render what changed between two versions: `a` names the later one by its place, the last where it is left out."""
    dataset, found = _found(identifier, part)
    versions = list(Version.objects.filter(resource=part))
    asked = request.GET.get("a", "")[:9]
    place = int(asked) if asked.isascii() and asked.isdigit() else len(versions) - 1
    old, new = (versions[place - 1], versions[place]) if 0 < place < len(versions) else (None, None)
    made, why = _made(request, "compare", [old.sha256, new.sha256]) if old and new else (None, "single")
    return page(
        request,
        "observatory/version_changes.html",
        dataset=dataset,
        resource=found,
        old=old,
        new=new,
        made=made,
        why=why,
        versions=versions,
    )


def _tables(part: str, found: Resource) -> list[tuple[str, object, list[ResourceColumn]]]:
    """The first tables of a resource: name, rows, columns."""
    rows = {str(table.get("name") or ""): table.get("rows") for table in found.tables}
    columns = ResourceColumn.objects.filter(resource=part)[:TABLES_OF]
    return [(name, rows.get(name), list(group)) for name, group in groupby(columns, key=lambda each: each.table_name)]


def _found(identifier: str, part: str) -> tuple[Dataset, Resource]:
    found = Resource.objects.filter(id=part, dataset=identifier).first()
    dataset = Dataset.objects.filter(id=identifier).first() if found else None
    if found is None or dataset is None:
        raise Http404(part)
    return dataset, found


def _made(request: HttpRequest, kind: str, hashes: list[str | None]) -> tuple[dict[str, object] | None, str]:
    """What was made of these bytes, or why nothing was: the state of bytes that may not be shown, or a code of `Unmade`."""
    rows = {row.sha256: row for row in Archived.objects.filter(sha256__in=[each for each in hashes if each])}
    if not all(each in rows for each in hashes):
        return None, "absent"
    for row in rows.values():
        access = access_of(row, request.edition.country, checked=True)
        if access.state != "open":
            return None, access.state
    largest = max(row.size for row in rows.values())
    try:
        return read_made(derived(home(), request.edition.country, kind, [str(each) for each in hashes], largest)), ""
    except Unmade as unmade:
        return None, unmade.code

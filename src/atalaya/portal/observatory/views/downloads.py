"""Downloads: the dump of every published observation, what each file is, how to check it and how to compute again."""

from collections import defaultdict
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse

from atalaya.portal.core.pages import page, published
from atalaya.portal.observatory.dumps import archive_of, dump_of
from atalaya.portal.observatory.models import Archived, Edition
from atalaya.publish.dumps.allowed import ALLOWED
from atalaya.publish.dumps.description import Carried, Dump, File
from atalaya.store.manifest import fingerprint

KINDS = ("xlsx", "package", "manifest", "methodology", "readme")
"""Files of several tables, in the order in which they are shown."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A table on the page: what it is, and its files by kind; a large table has several Parquet files."""

    carried: Carried
    about: str
    files: dict[str, list[File]]


@published
def downloads(request: HttpRequest) -> HttpResponse:
    """Render the list of all observations with their dumps, newest first."""
    editions = list(Edition.objects.order_by("-as_of"))
    rows = [(each, archive_of(each) if dump_of(each) else None) for each in editions]
    seen = Archived.objects.filter(state="open").order_by("sha256").first()
    return page(request, "observatory/downloads.html", rows=rows, archived=seen)


@published
def download(request: HttpRequest, observation: str) -> HttpResponse:
    """Render the page of one dump; 404 where no such observation was published, or it has no dump."""
    edition = Edition.objects.filter(observation=observation).first()
    dump = dump_of(edition) if edition else None
    if edition is None or dump is None:
        raise Http404(observation)
    by_kind = sorted((each for each in dump.files if each.kind in KINDS), key=lambda each: KINDS.index(each.kind))
    return page(
        request,
        "observatory/download.html",
        shown=edition,
        dump=dump,
        archive=archive_of(edition),
        fingerprint=fingerprint(dump.public_key),
        tables=_tables(dump),
        files=by_kind,
        site=request.build_absolute_uri("/").rstrip("/"),
        base=f"/descargas/{edition.observation}/",
    )


def _tables(dump: Dump) -> list[Shown]:
    files: defaultdict[str, dict[str, list[File]]] = defaultdict(dict)
    for each in dump.files:
        if each.table:
            files[each.table].setdefault(each.kind, []).append(each)
    known = {name: allowed.about for name, allowed in ALLOWED.items()}
    return [Shown(each, known.get(each.table, ""), files.get(each.table, {})) for each in dump.tables]

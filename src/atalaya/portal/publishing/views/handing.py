"""The files of what is published: each version for ever under its number, the newest under one address, data packages, DCAT."""

import hashlib
import io
import json
import re

import pyoxigraph as ox
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect

from atalaya.portal.api.dcat.graph import Graph
from atalaya.portal.api.dcat.own import catalogue_of
from atalaya.portal.core.files import Sent, filed, of_path, told
from atalaya.portal.core.pages import holds_zero
from atalaya.portal.files.services import bytes_of
from atalaya.portal.observatory.models import Edition, Institution
from atalaya.portal.observatory.queries import names_of
from atalaya.portal.publishing import services
from atalaya.portal.publishing.models import Publication, Version
from atalaya.portal.publishing.packages import add_published, ending, package_of
from atalaya.portal.publishing.states import PUBLISHED
from atalaya.portal.publishing.views.public import publication_of

NEWEST = "ultima"
SYNTAXES = {
    "ttl": (ox.RdfFormat.TURTLE, "text/turtle; charset=utf-8"),
    "jsonld": (ox.RdfFormat.JSON_LD, "application/ld+json; charset=utf-8"),
    "rdf": (ox.RdfFormat.RDF_XML, "application/rdf+xml; charset=utf-8"),
}
CATALOGUE = (
    "Data published on the portal",
    "Data of institutions that have no server of their own: every version stays under its address.",
)
"""Title and description of the feed."""
_PACKAGE = re.compile(r"datapackage(?:-(\d{1,6}))?\.json")
_VERSION = re.compile(r"(\d{1,6})\.([a-z0-9]{1,10})")


@filed
def published_file(request: HttpRequest, body: str, dataset: str, name: str) -> HttpResponse | Sent:
    """A version by number and ending, `ultima` for the newest, or a data package; 410 with the reason where it was taken down."""
    if holds_zero(request):
        raise Http404(name)
    publication, owner = publication_of(body, dataset)
    page = request.build_absolute_uri(f"/publicado/{owner.slug}/{publication.slug}/")
    package, numbered = _PACKAGE.fullmatch(name), _VERSION.fullmatch(name)
    if package:
        return _package(_version(publication, package[1]), page, owner)
    if name.rpartition(".")[0] == NEWEST:
        found = _version(publication, None)
        if isinstance(found, HttpResponse):
            return found
        if name != f"{NEWEST}.{ending(found)}":
            raise Http404(name)
        return _newest(f"{page}{found.number}.{ending(found)}")
    if not numbered:
        raise Http404(name)
    found = _version(publication, numbered[1])
    if isinstance(found, HttpResponse):
        return found
    if numbered[2] != ending(found) or found.result is None:
        raise Http404(name)
    kept = f"{publication.slug}-{found.number}.{ending(found)}"
    return of_path(bytes_of(found.result), found.sha256, found.result.media_type, kept)


@filed
def feed(request: HttpRequest, syntax: str) -> Sent:
    """The newest version of every dataset that is published here, as DCAT-AP."""
    edition = Edition.shown()
    if syntax not in SYNTAXES or edition is None or holds_zero(request):
        raise Http404(syntax)
    site, graph = request.build_absolute_uri("/").rstrip("/"), Graph()
    own = ox.NamedNode(f"{site}/publicado/")
    catalogue_of(graph, own, ox.NamedNode(f"{site}/"), edition, *CATALOGUE)
    shown: dict[int, Version] = {}
    for each in services.published().filter(state=PUBLISHED):
        shown.setdefault(each.publication_id, each)
    add_published(graph, site, own, shown.values(), names_of({each.publication.institution for each in shown.values()}))
    form, media_type = SYNTAXES[syntax]
    return _held(graph.written(form), f"publicado.{syntax}", media_type)


def _version(publication: Publication, number: str | None) -> Version | HttpResponse:
    """A version by its number, the newest that stands without one; the answer 410 where it was taken down."""
    found = services.published().filter(publication=publication)
    if number is None:
        standing = found.filter(state=PUBLISHED).first()
        return standing if standing is not None else _gone(found[0])
    chosen: Version | None = found.filter(number=int(number)).first()
    if chosen is None:
        raise Http404(number)
    return chosen if chosen.state == PUBLISHED else _gone(chosen)


def _gone(version: Version) -> HttpResponse:
    day = version.taken_down.date().isoformat() if version.taken_down else ""
    return told(410, f"version {version.number} was taken down on {day}: {version.reason}")


def _newest(place: str) -> HttpResponse:
    response = HttpResponseRedirect(place)
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Cache-Control"] = "public, max-age=60"
    return response


def _package(found: Version | HttpResponse, page: str, owner: Institution) -> HttpResponse | Sent:
    if isinstance(found, HttpResponse):
        return found
    body = json.dumps(package_of(found, page, owner.name), ensure_ascii=False, indent=2).encode()
    return _held(body, "datapackage.json", "application/json")


def _held(body: bytes, name: str, media_type: str) -> Sent:
    return Sent(len(body), hashlib.sha256(body).hexdigest(), name, media_type, lambda start: io.BytesIO(body[start:]))

"""`/catalogo.ttl` and `/observatorio.ttl`, with their twins in JSON-LD and RDF/XML, the first in pages of 50 datasets."""

import pyoxigraph as ox
from django.http import Http404, HttpRequest, HttpResponse

from atalaya.portal.api.answers import machine, problem
from atalaya.portal.api.dcat.federation import add_datasets
from atalaya.portal.api.dcat.graph import Graph, term
from atalaya.portal.api.dcat.own import add_dumps, add_own, catalogue_of
from atalaya.portal.observatory.models import Dataset, Edition

DATASETS = 50
"""Datasets of one page: about 200 KB of Turtle where each has three distributions, written in a twentieth of a second."""
FURTHEST = 100_000

SYNTAXES = {
    "ttl": (ox.RdfFormat.TURTLE, "text/turtle; charset=utf-8"),
    "jsonld": (ox.RdfFormat.JSON_LD, "application/ld+json; charset=utf-8"),
    "rdf": (ox.RdfFormat.RDF_XML, "application/rdf+xml; charset=utf-8"),
}

FEDERATION = (
    "Open data of public institutions",
    "Every dataset that the sources of the country publish, as they describe it, read by the observatory.",
)
OBSERVATORY = (
    "Data of the observatory",
    "What the observatory found: figures, findings, changes and sources, with every edition anew.",
)
"""Title and description of the two catalogues."""


@machine("GET")
def federation(request: HttpRequest, syntax: str) -> HttpResponse:
    """One page of the federation; `page` counts from 1, and the page says by Hydra and by a Link header which comes next."""
    if syntax not in SYNTAXES:
        raise Http404(syntax)
    asked = request.GET.get("page", "1")
    if not (asked.isascii() and asked.isdigit() and 1 <= int(asked[:9]) <= FURTHEST):
        return problem(400, f"page is {asked[:20]!r}; write a whole number from 1 on")
    number, count = int(asked[:9]), Dataset.objects.count()
    last = max(1, -(-count // DATASETS))
    if number > last:
        return problem(404, f"there are {last} pages; page {number} is beyond the last")
    site, graph = request.build_absolute_uri("/").rstrip("/"), Graph()
    own, publisher = ox.NamedNode(f"{site}/datos/"), ox.NamedNode(f"{site}/")
    catalogue_of(graph, own, publisher, request.edition, *FEDERATION)
    # Identifiers alone are counted off, in their index; the rows of the pages before are never read.
    shown = list(
        Dataset.objects.order_by("id").values_list("id", flat=True)[(number - 1) * DATASETS : number * DATASETS]
    )
    add_datasets(graph, site, own, list(Dataset.objects.defer("words").filter(id__in=shown).order_by("id")))
    after = f"{site}{request.path}?page={number + 1}" if number < last else None
    _paging(graph, f"{site}{request.path}", number, last, count)
    response = _written(graph, syntax)
    if after:
        response.headers["Link"] = f'<{after}>; rel="next"'
    return response


@machine("GET")
def observatory(request: HttpRequest, syntax: str) -> HttpResponse:
    """The lists that the observatory itself publishes."""
    if syntax not in SYNTAXES:
        raise Http404(syntax)
    site, graph = request.build_absolute_uri("/").rstrip("/"), Graph()
    own, publisher = ox.NamedNode(f"{site}/datos-abiertos/"), ox.NamedNode(f"{site}/")
    catalogue_of(graph, own, publisher, request.edition, *OBSERVATORY)
    add_own(graph, site, own, publisher, request.edition)
    add_dumps(graph, site, own, publisher, Edition.objects.order_by("as_of"))
    return _written(graph, syntax)


def _paging(graph: Graph, place: str, number: int, last: int, count: int) -> None:
    """Which page this is, as Hydra says it and ckanext-dcat writes it."""
    page = ox.NamedNode(f"{place}?page={number}")
    others = {"first": 1, "last": last, "previous": number - 1, "next": number + 1}
    links = {
        f"hydra_{name}": ox.NamedNode(f"{place}?page={other}") for name, other in others.items() if 1 <= other <= last
    }
    graph.kind(page, "hydra:PagedCollection")
    graph.add(page, hydra_totalItems=ox.Literal(str(count), datatype=term("xsd:integer")), **links)


def _written(graph: Graph, syntax: str) -> HttpResponse:
    form, media_type = SYNTAXES[syntax]
    return HttpResponse(graph.written(form), content_type=media_type)

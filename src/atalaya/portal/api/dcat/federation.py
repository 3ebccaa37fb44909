"""The datasets of the federation as DCAT-AP 2.1.1: each with its publisher, licence, themes and distributions.

What a source wrote is kept; what it left out and the profile demands is said by its nearest true substitute: a dataset without
a description is described by its title, a distribution without a usable address by the observatory's page about it.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence

import pyoxigraph as ox

from atalaya.catalogue.vocabularies.european import Table, look_up
from atalaya.catalogue.vocabularies.formats import find_format, read_format
from atalaya.portal.api.dcat.graph import Graph, Node, address, dated, said, term
from atalaya.portal.observatory.models import Dataset, Institution, Resource
from atalaya.portal.observatory.queries import names_of
from atalaya.publish.read_model.names import theme_name, theme_title

EU = "http://publications.europa.eu/resource/authority/"
IANA = "https://www.iana.org/assignments/media-types/"


def add_datasets(graph: Graph, site: str, catalogue: ox.NamedNode, datasets: Sequence[Dataset]) -> None:
    """Add datasets with all that belongs to them, under the catalogue."""
    owners = names_of(each.institution for each in datasets)
    resources: defaultdict[str, list[Resource]] = defaultdict(list)
    for resource in Resource.objects.filter(dataset__in=[each.id for each in datasets]).order_by("dataset", "place"):
        resources[resource.dataset].append(resource)
    for each in datasets:
        page = ox.NamedNode(f"{site}/datos/{each.id}/")
        graph.add(catalogue, dcat_dataset=page)
        _dataset(graph, page, each, owners.get(each.institution or ""), site)
        for resource in resources[each.id]:
            _distribution(graph, page, resource, each)


def agent(graph: Graph, node: ox.NamedNode | ox.BlankNode, name: str, homepage: str | None = None) -> None:
    """Say who somebody is."""
    graph.kind(node, "foaf:Agent")
    graph.add(node, foaf_name=said(name), foaf_homepage=_document(graph, homepage))


def _dataset(graph: Graph, page: ox.NamedNode, dataset: Dataset, owner: Institution | None, site: str) -> None:
    graph.kind(page, "dcat:Dataset")
    graph.add(
        page,
        dct_title=_texts(dataset.titles, dataset.title),
        dct_description=_texts(dataset.descriptions, dataset.description or dataset.title),
        dct_identifier=said(dataset.native_id or dataset.id),
        dct_publisher=_publisher(graph, dataset, owner, site),
        dcat_keyword=[said(word) for word in dataset.keywords],
        dcat_theme=[_theme(graph, theme, site) for theme in dataset.themes if theme_name(theme)],
        dct_issued=dated(dataset.issued),
        dct_modified=dated(dataset.modified),
        dcat_landingPage=_document(graph, dataset.landing_page),
    )


def _publisher(graph: Graph, dataset: Dataset, owner: Institution | None, site: str) -> Node | None:
    """The institution of the register, else whom the source names; nobody where it names none."""
    if owner is not None:
        node = ox.NamedNode(f"{site}/instituciones/{owner.slug}/")
        agent(graph, node, owner.name, owner.site)
        return node
    if not dataset.publisher:
        return None
    named = address(dataset.publisher_uri) or ox.BlankNode(f"publisher-{dataset.id}")
    agent(graph, named, dataset.publisher)
    return named


def _theme(graph: Graph, theme: str, site: str) -> ox.NamedNode:
    code = look_up(Table.THEME, theme).code
    known = f"{EU}data-theme/{code}" if code else theme
    node = address(known) or ox.NamedNode(f"{site}/api/3/action/group_show?id={theme_name(theme)}")
    graph.kind(node, "skos:Concept")
    graph.add(node, skos_prefLabel=said(theme_title(theme)))
    return node


def _distribution(graph: Graph, page: ox.NamedNode, resource: Resource, dataset: Dataset) -> None:
    node = ox.NamedNode(f"{page.value}#r-{resource.id}")
    graph.add(page, dcat_distribution=node)
    graph.kind(node, "dcat:Distribution")
    size = resource.declared_size if resource.declared_size is not None else resource.size
    download = address(resource.download_url)
    access = address(resource.access_url) or address(resource.url) or page
    for place in (access, download):
        if place is not None:
            graph.kind(place, "rdfs:Resource")
    graph.add(
        node,
        dcat_accessURL=access,
        dcat_downloadURL=download,
        dct_title=said(resource.title) if resource.title else None,
        dct_format=_format(graph, resource),
        dcat_mediaType=_media_type(graph, resource),
        dcat_byteSize=None if size is None else ox.Literal(str(size), datatype=term("xsd:decimal")),
        dct_license=_licence(graph, resource, dataset),
        dct_issued=dated(resource.issued),
        dct_modified=dated(resource.modified),
    )


def _format(graph: Graph, resource: Resource) -> Node | None:
    """What the bytes are, else what is declared, in the table of the Publications Office where it has that."""
    declared = read_format(resource.declared_format, resource.declared_media_type)
    found = find_format(resource.true_format) or find_format(declared.ids[0] if declared.ids else None)
    if found is None or found.eu_uri is None:
        return None
    node = ox.NamedNode(found.eu_uri)
    graph.kind(node, "dct:MediaTypeOrExtent")
    graph.add(node, rdfs_label=said(found.eu or found.id))
    return node


def _media_type(graph: Graph, resource: Resource) -> Node | None:
    found = find_format(resource.true_format)
    media_type = found.media_types[0] if found is not None and found.iana and found.media_types else None
    node = address(f"{IANA}{media_type}") if media_type else None
    if node is not None and media_type is not None:
        graph.kind(node, "dct:MediaType")
        graph.add(node, rdfs_label=said(media_type))
    return node


def _licence(graph: Graph, resource: Resource, dataset: Dataset) -> Node | None:
    statements = (resource.licence, dataset.licence_url, dataset.licence)
    text = next((each for each in (resource.licence, dataset.licence_title, dataset.licence) if each), None)
    if text is None and not any(statements):
        return None
    node = next((found for each in statements if (found := address(each))), None)
    named = node or ox.BlankNode(f"licence-{resource.id}")
    graph.kind(named, "dct:LicenseDocument")
    if text is not None and text != named.value:
        graph.add(named, dct_title=said(text))
    return named


def _document(graph: Graph, place: str | None) -> ox.NamedNode | None:
    node = address(place)
    if node is not None:
        graph.kind(node, "foaf:Document")
    return node


def _texts(texts: Mapping[str, str], otherwise: str) -> list[Node]:
    """A text in every language that it was said in."""
    found: list[Node] = [said(text, language) for language, text in texts.items() if text.strip()]
    return found or [said(otherwise)]

"""A version as machines read about it: its Frictionless data package, and the feed of all datasets in DCAT."""

from collections.abc import Iterable
from typing import Any

import pyoxigraph as ox

from atalaya.catalogue.vocabularies.formats import find_format
from atalaya.portal.api.dcat.federation import IANA, agent
from atalaya.portal.api.dcat.graph import Graph, dated, said, term
from atalaya.portal.observatory.models import Institution
from atalaya.portal.publishing.choices import EU, LANGUAGES, LICENCES
from atalaya.portal.publishing.models import Version


def ending(version: Version) -> str:
    """The ending of the file of a version."""
    assert version.result is not None, "what was published has its file"
    return str(version.result.name.rpartition(".")[2])


def package_of(version: Version, page: str, institution: str) -> dict[str, Any]:
    """The data package of a version (specs.frictionlessdata.io/data-package, v1); `page` is the address of its dataset."""
    result = version.result
    assert result is not None, "what was published has its file"
    title, address = LICENCES[version.licence]
    resource: dict[str, Any] = {
        "name": version.publication.slug,
        "path": f"{page}{version.number}.{ending(version)}",
        "format": ending(version),
        "mediatype": result.media_type,
        "bytes": result.size,
        "hash": f"sha256:{version.sha256}",
    }
    made = (version.report.get("repair") or {}).get("resources", [])
    if version.choice == "repaired" and len(made) == 1:
        resource |= {"profile": "tabular-data-resource", "encoding": "utf-8", "schema": made[0]["schema"]}
    return {
        "profile": "data-package",
        "name": version.publication.slug,
        "title": version.title,
        "description": version.description,
        "version": str(version.number),
        "created": version.published.isoformat() if version.published else "",
        "homepage": page,
        "licenses": [{"name": version.licence, "title": title, "path": address}],
        "contributors": [{"title": institution, "role": "publisher"}],
        "resources": [resource],
    }


def add_published(
    graph: Graph, site: str, catalogue: ox.NamedNode, found: Iterable[Version], names: dict[str, Institution]
) -> None:
    """Add the newest version of each dataset under a catalogue, as DCAT-AP says it."""
    for version in found:
        owner = names.get(version.publication.institution)
        if owner is None:
            continue
        place = f"{site}/publicado/{owner.slug}/{version.publication.slug}/"
        page = ox.NamedNode(place)
        publisher = ox.NamedNode(f"{site}/instituciones/{owner.slug}/")
        agent(graph, publisher, owner.name, owner.site)
        graph.add(catalogue, dcat_dataset=page)
        graph.kind(page, "dcat:Dataset")
        graph.add(
            page,
            dct_title=said(version.title, version.language),
            dct_description=said(version.description, version.language),
            dct_identifier=said(f"{version.publication.institution}/{version.publication.slug}"),
            dct_publisher=publisher,
            dcat_theme=_concept(graph, "data-theme", version.theme),
            dcat_contactPoint=_contact(graph, version),
            dct_accrualPeriodicity=_concept(graph, "frequency", version.frequency, "dct:Frequency"),
            dct_language=_concept(graph, "language", LANGUAGES[version.language][1], "dct:LinguisticSystem"),
            dct_modified=dated(version.published.date().isoformat()) if version.published else None,
            dcat_landingPage=page,
        )
        graph.kind(page, "foaf:Document")
        _distribution(graph, page, version)


def _distribution(graph: Graph, page: ox.NamedNode, version: Version) -> None:
    result = version.result
    assert result is not None, "what was published has its file"
    node = ox.NamedNode(f"{page.value}#version-{version.number}")
    file = ox.NamedNode(f"{page.value}{version.number}.{ending(version)}")
    licence, medium = ox.NamedNode(LICENCES[version.licence][1]), ox.NamedNode(f"{IANA}{result.media_type}")
    for each, name in ((licence, "dct:LicenseDocument"), (medium, "dct:MediaType"), (file, "rdfs:Resource")):
        graph.kind(each, name)
    known = find_format(result.kind)
    form = ox.NamedNode(known.eu_uri) if known is not None and known.eu_uri else None
    if form is not None:
        graph.kind(form, "dct:MediaTypeOrExtent")
    graph.kind(page, "rdfs:Resource")
    graph.kind(node, "dcat:Distribution")
    graph.add(page, dcat_distribution=node)
    graph.add(
        node,
        dcat_accessURL=page,
        dcat_downloadURL=file,
        dct_title=said(f"{version.title} ({version.number})", version.language),
        dct_license=licence,
        dct_format=form,
        dcat_mediaType=medium,
        dcat_byteSize=ox.Literal(str(result.size), datatype=term("xsd:decimal")),
        dct_issued=dated(version.published.date().isoformat()) if version.published else None,
    )


def _concept(graph: Graph, table: str, code: str, kind: str = "skos:Concept") -> ox.NamedNode:
    node = ox.NamedNode(f"{EU}{table}/{code}")
    graph.kind(node, kind)
    graph.add(node, skos_prefLabel=said(code))
    return node


def _contact(graph: Graph, version: Version) -> ox.NamedNode:
    node = ox.NamedNode(f"urn:contact:{version.publication_id}")
    graph.kind(node, "vcard:Kind")
    graph.add(node, vcard_fn=said(version.contact))
    return node

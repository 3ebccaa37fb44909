"""What the observatory itself publishes, as datasets: every list of the portal with its downloads."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import pyoxigraph as ox
from django.urls import reverse

from atalaya.portal.api.dcat.federation import EU, IANA, agent
from atalaya.portal.api.dcat.graph import Graph, Node, dated, said, term
from atalaya.portal.core.downloads import FORMATS, PARAMETER
from atalaya.portal.observatory.dumps import archive_of, dump_of
from atalaya.portal.observatory.models import Edition
from atalaya.publish.words import words

TYPES: Mapping[str, tuple[str, str]] = {
    "csv": ("CSV", "text/csv"),
    "xlsx": ("XLSX", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "json": ("JSON", "application/json"),
}
"""Formats of downloads: the code in the table of the Publications Office, and the media type."""


@dataclass(frozen=True, slots=True)
class Own:
    """One dataset of the observatory: the page that shows it, and what it is in English, the key of its translation."""

    page: str
    title: str
    description: str


OWN = (
    Own(
        "ranking", "Index of open data", "The figure of every institution with its interval and its rank in each group."
    ),
    Own("institutions", "Institutions", "Every body of the register, with what it publishes."),
    Own(
        "datasets",
        "Catalogue of all datasets",
        "Every dataset that institutions publish, with its licence and formats.",
    ),
    Own("findings", "Findings", "Every case that fails a check, with the check and the day since when."),
    Own("changes", "Changes", "What became of datasets since the edition before."),
    Own("sources", "Sources", "Every place that was read, and how its reading ended."),
)


def add_own(graph: Graph, site: str, catalogue: ox.NamedNode, publisher: ox.NamedNode, edition: Edition) -> None:
    """Add the observatory's own datasets under a catalogue."""
    for own in OWN:
        page = ox.NamedNode(site + reverse(f"es:{own.page}"))
        graph.add(catalogue, dcat_dataset=page)
        graph.kind(page, "dcat:Dataset")
        graph.add(
            page,
            dct_title=spoken(own.title, edition),
            dct_description=spoken(own.description, edition),
            dct_identifier=said(f"{edition.country}:{own.page}"),
            dct_publisher=publisher,
            dct_modified=dated(edition.as_of.isoformat()),
            dcat_landingPage=page,
        )
        graph.kind(page, "foaf:Document")
        for form in FORMATS:
            _download(graph, page, form, edition)


DUMP = (
    "Everything of the observation of {day}",
    "Records, findings, measures and scores of one observation in open formats, signed, to check and to compute again.",
)
"""Title and description of the dataset that a dump is."""

ZIP = "application/zip"


def add_dumps(
    graph: Graph, site: str, catalogue: ox.NamedNode, publisher: ox.NamedNode, editions: Iterable[Edition]
) -> None:
    """Add the dump of every edition that has one, as a dataset of its own: a frozen observation never changes."""
    for edition in editions:
        if dump_of(edition) is None:
            continue
        name, size, _ = archive_of(edition)
        page = ox.NamedNode(site + reverse("es:download", args=(edition.observation,)))
        place, node = ox.NamedNode(page.value + name), ox.NamedNode(f"{page.value}#zip")
        kind, medium = ox.NamedNode(f"{EU}file-type/ZIP"), ox.NamedNode(IANA + ZIP)
        # The shapes of DCAT-AP know checksums of SHA-1 only, so the SHA-256 is a page of the dataset.
        hashed = ox.NamedNode(f"{place.value}.sha256")
        graph.add(catalogue, dcat_dataset=page)
        title, description = DUMP
        for each, kinds in (
            (page, ("dcat:Dataset", "foaf:Document", "rdfs:Resource")),
            (place, ("rdfs:Resource",)),
            (kind, ("dct:MediaTypeOrExtent",)),
            (medium, ("dct:MediaType",)),
            (node, ("dcat:Distribution",)),
            (hashed, ("foaf:Document",)),
        ):
            for each_kind in kinds:
                graph.kind(each, each_kind)
        graph.add(
            page,
            dct_title=_on(title, edition),
            dct_description=spoken(description, edition),
            dct_identifier=said(edition.observation),
            dct_publisher=publisher,
            dct_issued=dated(edition.as_of.isoformat()),
            dct_modified=dated(edition.as_of.isoformat()),
            dcat_landingPage=page,
            foaf_page=hashed,
            dcat_distribution=node,
        )
        graph.add(
            node,
            dcat_accessURL=page,
            dcat_downloadURL=place,
            dct_title=said(name),
            dct_format=kind,
            dcat_mediaType=medium,
            dcat_byteSize=ox.Literal(str(size), datatype=term("xsd:decimal")),
            dct_modified=dated(edition.as_of.isoformat()),
        )


def _on(text: str, edition: Edition) -> list[Node]:
    """A text that names the day of an edition, in both languages."""
    said_in = ((language, words(language, edition.country, "portal")) for language in ("es", "en"))
    return [
        said(str(each.t(text)).format(day=each.day(edition.as_of.isoformat())), language) for language, each in said_in
    ]


def catalogue_of(graph: Graph, node: ox.NamedNode, publisher: ox.NamedNode, edition: Edition, *texts: str) -> None:
    """Say what a catalogue is: `texts` are its title and description in English, the keys of their translations."""
    title, description = texts
    graph.kind(node, "dcat:Catalog")
    graph.add(
        node,
        dct_title=spoken(title, edition),
        dct_description=spoken(description, edition),
        dct_publisher=publisher,
        dct_modified=dated(edition.as_of.isoformat()),
    )
    agent(graph, publisher, "Atalaya")


def spoken(text: str, edition: Edition) -> list[Node]:
    """A text of ours in both languages."""
    return [said(str(words(language, edition.country, "portal").t(text)), language) for language in ("es", "en")]


def _download(graph: Graph, page: ox.NamedNode, form: str, edition: Edition) -> None:
    code, media_type = TYPES[form]
    place, node = ox.NamedNode(f"{page.value}?{PARAMETER}={form}"), ox.NamedNode(f"{page.value}#{form}")
    kind, medium = ox.NamedNode(f"{EU}file-type/{code}"), ox.NamedNode(f"{IANA}{media_type}")
    for each, name in ((place, "rdfs:Resource"), (kind, "dct:MediaTypeOrExtent"), (medium, "dct:MediaType")):
        graph.kind(each, name)
    graph.kind(node, "dcat:Distribution")
    graph.add(page, dcat_distribution=node)
    graph.add(
        node,
        dcat_accessURL=page,
        dcat_downloadURL=place,
        dct_title=said(code),
        dct_format=kind,
        dcat_mediaType=medium,
        dct_modified=dated(edition.as_of.isoformat()),
    )
    graph.kind(page, "rdfs:Resource")

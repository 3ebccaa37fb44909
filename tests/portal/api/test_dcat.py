"""The federation and the observatory's own lists as DCAT-AP: by the official shapes, by our own checks, page by page."""

from collections.abc import Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
import rdflib
from django.test import Client

from atalaya.catalogue.dcat_ap.table import profile_table
from atalaya.catalogue.dcat_ap.violations import Node, Subject
from atalaya.portal.api.dcat import views
from atalaya.portal.api.dcat.federation import add_datasets
from atalaya.portal.api.dcat.graph import Graph, address, dated, said, term
from atalaya.portal.observatory.models import Dataset, Resource
from benchmarks.dcat_ap import SHAPES, own_findings, referee_findings

DCAT = "http://www.w3.org/ns/dcat#"
DCT = "http://purl.org/dc/terms/"


def by_subject(triples: Any) -> Mapping[Subject, Mapping[str, Sequence[Node]]]:
    found: dict[Subject, dict[str, list[Node]]] = {}
    for triple in triples:
        found.setdefault(triple.subject, {}).setdefault(triple.predicate.value, []).append(triple.object)
    return found


def parsed(visitor: Client, place: str) -> list[ox.Quad]:
    answer = visitor.get(place)
    assert answer.status_code == 200
    formats = {"ttl": ox.RdfFormat.TURTLE, "jsonld": ox.RdfFormat.JSON_LD, "rdf": ox.RdfFormat.RDF_XML}
    form = formats[place.partition("?")[0].rpartition(".")[2]]
    return list(ox.parse(answer.content, format=form))


def kinds(quads: list[ox.Quad], name: str) -> set[str]:
    return {q.subject.value for q in quads if q.predicate == term("rdf:type") and q.object == term(name)}


@pytest.mark.real
@pytest.mark.parametrize("name", ["catalogo", "observatorio"])
def test_the_official_shapes_find_nothing(visitor: Client, corpora: Path, name: str) -> None:
    triples = by_subject(parsed(visitor, f"/{name}.ttl"))
    assert len(triples) > 20
    assert own_findings(profile_table(), triples) == frozenset()
    assert referee_findings(rdflib.Graph().parse(corpora / SHAPES), triples) == frozenset()


def test_dumps_are_datasets_with_their_hash(visitor: Client) -> None:
    triples = parsed(visitor, "/observatorio.ttl")
    zips = [
        q.object.value for q in triples if q.predicate == term("dcat:downloadURL") and q.object.value.endswith(".zip")
    ]
    hashes = {q.object.value for q in triples if q.predicate == term("foaf:page")}
    assert len(zips) >= 2
    assert hashes == {f"{place}.sha256" for place in zips}
    for place in zips:
        body, told = (
            visitor.get(each.removeprefix("http://testserver")).getvalue()  # type: ignore[attr-defined]
            for each in (place, f"{place}.sha256")
        )
        assert told.decode().startswith(sha256(body).hexdigest())


@pytest.mark.parametrize("name", ["catalogo", "observatorio"])
def test_every_syntax_says_the_same(visitor: Client, name: str) -> None:
    page = f"http://testserver/{name}."  # the address of the page itself names its syntax
    said_in = []
    for syntax in ("ttl", "jsonld", "rdf"):
        graph = ox.Dataset(q for q in parsed(visitor, f"/{name}.{syntax}") if not str(q.subject).startswith(f"<{page}"))
        graph.canonicalize(ox.CanonicalizationAlgorithm.UNSTABLE)
        said_in.append(graph)
    assert len(said_in[0]) > 100
    assert said_in[0] == said_in[1] == said_in[2]


def test_pages_hold_every_dataset_once_and_name_the_next(visitor: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(views, "DATASETS", 5)
    place: str | None = "/catalogo.ttl?page=1&five"
    datasets: list[str] = []
    resources: list[str] = []
    while place:
        answer = visitor.get(place)
        quads = list(ox.parse(answer.content, format=ox.RdfFormat.TURTLE))
        datasets.extend(kinds(quads, "dcat:Dataset"))
        resources.extend(kinds(quads, "dcat:Distribution"))
        after = [q.object.value for q in quads if q.predicate == term("hydra:next")]
        assert answer.headers.get("Link") == (f'<{after[0]}>; rel="next"' if after else None)
        place = after[0].removeprefix("http://testserver") + "&five" if after else None
    assert len(datasets) == len(set(datasets)) == Dataset.objects.count()
    assert len(resources) == len(set(resources)) == Resource.objects.count()
    assert visitor.get("/catalogo.ttl?page=99&five").status_code == 404
    for wrong in ("0", "-1", "x", "1.5", "", "9" * 40):
        assert visitor.get(f"/catalogo.ttl?page={wrong}").status_code in (400, 404)


def test_what_a_source_wrote_badly_is_still_a_graph(corpora: Path, published_portal: str) -> None:
    dataset = Dataset(
        id="x" * 26,
        source="s",
        title="Título",
        titles={"es": "Título", "no es una lengua": "Otro"},
        description="",
        descriptions={},
        keywords=["a\nb", "ñ"],
        themes=["Nuestra ciudad", "http://exa mple/ñ"],
        licence="de uso libre",
        licence_title=None,
        licence_url="no es una dirección",
        issued="ayer",
        modified="2024-02-31T00:00:00",
        landing_page="http://[",
        native_id=None,
        publisher='Oficina "de" datos',
        publisher_uri="mailto:x@example.org",
    )
    graph = Graph()
    site = ox.NamedNode("https://observatory.example/datos/")
    add_datasets(graph, "https://observatory.example", site, [dataset])
    for form in (ox.RdfFormat.TURTLE, ox.RdfFormat.RDF_XML, ox.RdfFormat.JSON_LD):
        assert len(list(ox.parse(graph.written(form), format=form))) == len(list(graph))
    triples = by_subject(graph)
    assert referee_findings(rdflib.Graph().parse(corpora / SHAPES), triples) == frozenset()
    page = triples[ox.NamedNode(f"https://observatory.example/datos/{'x' * 26}/")]
    assert set(page[f"{DCT}description"]) == {ox.Literal("Título")}
    assert f"{DCT}issued" not in page


@pytest.mark.parametrize(
    ("text", "datatype"),
    [
        ("2024-02-29", "date"),
        ("2024-02-29T10:00:00Z", "dateTime"),
        ("2024-02-29T10:00:00.123-06:00", "dateTime"),
        ("2023-02-29", None),
        ("2024-13-01", None),
        ("2024-01-01 10:00:00", None),
        ("2024", None),
        ("", None),
        (None, None),
    ],
)
def test_dates_have_a_type_or_are_left_out(text: str | None, datatype: str | None) -> None:
    found = dated(text)
    assert (found.datatype.value.rpartition("#")[2] if found else None) == datatype


NO_ADDRESSES = [
    "http://a b",
    "mailto:x@y.example",
    "https://",
    "//x",
    "http://[",
    "https://x/{a}",
    "",
    None,
    "javascript:x",
]


@pytest.mark.parametrize("text", NO_ADDRESSES)
def test_what_is_no_address_is_none(text: str | None) -> None:
    assert address(text) is None


def test_a_text_keeps_its_language_where_it_has_one() -> None:
    assert said("x", "es").language == "es"
    assert said("x", "no es").language is None

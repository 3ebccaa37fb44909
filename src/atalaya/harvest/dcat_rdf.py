"""DCAT-AP catalogues in RDF: RDF/XML, Turtle, N-Triples and JSON-LD, in one document or in Hydra pages.

A page with a syntax error is refused whole: what stood before the error would be judged for what is cut off. The first page
decides whether the harvest failed; a later one makes it partial. A JSON document that is a plain `data.json` is read as one.
"""

import re
from dataclasses import replace

from atalaya.catalogue.records import Problem, Reading
from atalaya.countries.pack import Source
from atalaya.fetch.answers import Answer
from atalaya.harvest import datajson, values
from atalaya.harvest.bodies import decode, is_html, join, next_link, parse_json
from atalaya.harvest.protocol import Harvest, Place, Protocol
from atalaya.harvest.rdf.graph import Graph, read_graph
from atalaya.harvest.rdf.records import NOT_DESCRIBED, described_addresses, names_datasets, read_records
from atalaya.harvest.readings import harvest_pages
from atalaya.harvest.visits import Getter, Refusal, Visit, landed

_FEEDS = ("catalog.ttl", "catalog.rdf", "catalog.xml", "catalog.jsonld")
"""Where portals keep the feed of their catalogue: the addresses of ckanext-dcat, which others took over."""
_ALTERNATE = re.compile(r"<link\b[^>]*>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"""([a-z]+)\s*=\s*["']([^"']*)["']""", re.IGNORECASE)
_RDF_TYPES = ("application/rdf+xml", "text/turtle", "application/ld+json", "application/n-triples")


async def harvest(source: Source, get: Getter) -> Harvest:
    """Harvest a catalogue in RDF, page by page. Nothing is raised for what the source does."""
    described: set[str] = set()

    def read(visit: Visit) -> Reading | Refusal:
        outcome = _read_page(visit)
        if isinstance(outcome, Refusal):
            return outcome
        described.update(outcome[1])
        return outcome[0]

    harvested = await harvest_pages(PROTOCOL.id, source, get, read)
    kept = tuple(
        problem
        for problem in harvested.problems
        if problem.reason != NOT_DESCRIBED or problem.place.removeprefix("dataset ") not in described
    )
    return replace(harvested, problems=kept)


def claims(visit: Visit) -> Refusal | None:
    """Why an answer is no RDF that names datasets; None where it is."""
    graph = read_graph(visit)
    if isinstance(graph, Refusal):
        return graph
    return None if names_datasets(graph) else _nothing_named(visit, graph)


def places(first: Visit) -> tuple[Place, ...]:
    """The RDF that the page links to, then the usual feeds below the address and at the root of its host."""
    roots = dict.fromkeys((values.below(first.url, ""), values.root(first.url)))
    usual = [root + feed for root in roots for feed in _FEEDS]
    return tuple(Place(url) for url in dict.fromkeys([*_linked(first), *usual]))


def _nothing_named(visit: Visit, graph: Graph) -> Refusal:
    return Refusal("no_datasets", f"{landed(visit)}: {len(graph.triples)} subjects, none a catalogue or a dataset")


def _linked(visit: Visit) -> list[str]:
    """Addresses that a web page calls its RDF alternate."""
    if not is_html(visit.body):
        return []
    found = []
    for tag in _ALTERNATE.findall(decode(visit.body[:200_000])[0]):
        attributes = {name.lower(): value for name, value in _ATTRIBUTE.findall(tag)}
        if attributes.get("type", "").lower() in _RDF_TYPES and "alternate" in attributes.get("rel", "").lower():
            target = join(visit.answer.final_url or visit.url, attributes.get("href", ""))
            found.extend([target] if target is not None and values.is_web(target) else [])
    return found


def read_rdf(body: bytes, url: str = "", content_type: str = "") -> Reading | Refusal:
    """The reading of one document, or why it holds no catalogue."""
    answer = Answer(requested_url=url, final_url=url, status=200, headers={"content-type": content_type})
    return read_visit(Visit(url, answer, body, None))


def read_visit(visit: Visit) -> Reading | Refusal:
    """The reading of one page."""
    outcome = _read_page(visit)
    return outcome if isinstance(outcome, Refusal) else outcome[0]


def _read_page(visit: Visit) -> tuple[Reading, set[str]] | Refusal:
    """The reading of one page, and the addresses that the page says anything about."""
    plain = _as_data_json(visit)
    if plain is not None:
        return plain if isinstance(plain, Refusal) else (plain, set())
    graph = read_graph(visit)
    if isinstance(graph, Refusal):
        return graph
    if not names_datasets(graph):
        return _nothing_named(visit, graph)
    reading = read_records(graph)
    base = visit.answer.final_url or visit.url
    following = join(base, reading.next_url) if reading.next_url is not None else next_link(visit)
    return replace(reading, next_url=following), described_addresses(graph)


def _as_data_json(visit: Visit) -> Reading | Refusal | None:
    """A JSON document without triples of its own: a plain `data.json`, or an error object. None for everything else."""
    if visit.body.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] not in (b"{", b"["):
        return None
    parsed = parse_json(visit)
    if isinstance(parsed, Refusal):
        return None
    value = parsed[0]
    if isinstance(value, dict) and isinstance(value.get("@context"), dict | list):
        return None
    if datajson.is_data_json(value):
        reading = datajson.read_visit(visit)
        if isinstance(reading, Reading):
            note = Problem(place=visit.url, reason="a plain data.json although declared as RDF; read as data.json")
            return replace(reading, problems=(note, *reading.problems))
        return reading
    if isinstance(value, dict) and "@context" not in value and "error" in value:
        return datajson.read_visit(visit)
    return None


PROTOCOL = Protocol(
    id="dcat_rdf",
    title={"en": "DCAT in RDF", "es": "DCAT en RDF"},
    description={
        "en": "A DCAT or DCAT-AP catalogue in RDF/XML, Turtle, N-Triples or JSON-LD, whole or in Hydra pages.",
        "es": "Un catálogo DCAT o DCAT-AP en RDF/XML, Turtle, N-Triples o JSON-LD, entero o en páginas Hydra.",
    },
    documentation="https://www.w3.org/TR/vocab-dcat-3/",
    harvest=harvest,
    claims=claims,
    places=places,
    generic=True,
)

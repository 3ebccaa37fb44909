"""Own checks of DCAT-AP beside pyshacl, the referee: the set of (node, path, constraint) of every graph, and the labels.

    python -m benchmarks.dcat_ap

Graphs: the labelled test cases of GovData, the recorded DCAT catalogues and the examples of SEMIC. Both judge the same
triples by `dcat-ap_2.1.1_shacl_shapes.ttl`, without imports and without inference. Ends with status 1 where they differ or
where a label differs without a reason listed here, with status 2 where the recorded material is absent.
"""

import logging
import sys
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox
import pyshacl
import rdflib
from rdflib.namespace import RDF, SH, XSD
from rich.console import Console
from rich.table import Table as Printed

from atalaya.catalogue.dcat_ap.table import Table, profile_table
from atalaya.catalogue.dcat_ap.violations import Node, Subject, Triples, violations
from atalaya.fetch.answers import Answer
from atalaya.harvest.rdf.graph import Graph, read_graph
from atalaya.harvest.visits import Visit
from benchmarks.material import corpora

SHAPES = "reference/shapes/dcat-ap/2.1.1/dcat-ap_2.1.1_shacl_shapes.ttl"
CATALOGUES = "catalogues/dcat_rdf"
CASES = "groundtruth/shacl_dcatap"
LABELLED = tuple(
    f"{CASES}/govdata_v2.0_shapes/{name}.ttl"
    for name in (
        "catalog-dcat_themeTaxonomy",
        "dataset-dct_issued",
        "distribution-adms_status",
        "distribution-dcat_mediaType",
        "distribution-dct_format",
        "periodoftime",
    )
)
"""The six files whose nodes are called `ok-…` and `bad-…`."""

_LISTS = "conforms to the shapes; only the companion shapes with the EU's controlled vocabularies see it"
_MEDIA = "conforms to the shapes; only the German additions ask for a media type of IANA by a pattern"
_PERIOD = "conforms to the shapes; only the German additions ask for a bound, and for one of schema.org at most"
DIFFERENCES = {
    ("distribution-adms_status", "bad-1-dist-noIRI"): _LISTS,
    ("distribution-adms_status", "bad-3-dist-notInList"): _LISTS,
    ("distribution-dcat_mediaType", "bad-1-dist-noIRI"): _MEDIA,
    ("distribution-dcat_mediaType", "bad-3-dist-notInList"): _MEDIA,
    ("distribution-dct_format", "bad-1-dist-noIRI"): _LISTS,
    ("distribution-dct_format", "bad-1-dist-notInList"): _LISTS,
    ("periodoftime", "bad-double-schema-end"): _PERIOD,
    ("periodoftime", "bad-double-schema-start"): _PERIOD,
    ("periodoftime", "bad-empty"): _PERIOD,
}
"""Nodes labelled bad that break nothing of the shapes, by file and name, each with the reason."""

_SYNTAXES = {".ttl": ox.RdfFormat.TURTLE, ".rdf": ox.RdfFormat.RDF_XML, ".xml": ox.RdfFormat.RDF_XML}

Finding = tuple[Subject, str, str]
"""A node, the IRI of a path and the name of a constraint: `sh:minCount`."""


@dataclass(frozen=True, slots=True)
class Judged:
    """One graph: how many nodes it describes, what own checks and the referee find, and the seconds of each."""

    file: str
    nodes: int
    own: frozenset[Finding]
    referee: frozenset[Finding]
    own_seconds: float
    referee_seconds: float


@dataclass(frozen=True, slots=True)
class Label:
    """One labelled node: its name says `good` or not, and the shapes found nothing or something."""

    file: str
    name: str
    good: bool
    conforms: bool

    @property
    def reason(self) -> str | None:
        """Why the shapes do not say what the label says, where that is known."""
        return DIFFERENCES.get((self.file, self.name))


def own_findings(table: Table, triples: Triples) -> frozenset[Finding]:
    """What Atalaya finds."""
    paths = {
        rule.name: rule.path for shape in table.shapes.values() for rules in shape.rules.values() for rule in rules
    }
    found = violations(table, triples)
    return frozenset((node, paths[item.path], item.constraint) for node, items in found.items() for item in items)


def referee_findings(shapes: rdflib.Graph, triples: Triples) -> frozenset[Finding]:
    """What pyshacl finds. What it writes about ill-typed literals is left out."""
    data, names = referee_graph(triples)
    logging.getLogger("rdflib.term").setLevel(logging.CRITICAL)
    _, report, _ = pyshacl.validate(data, shacl_graph=shapes, inference="none", do_owl_imports=False)
    (root,) = report.subjects(RDF.type, SH.ValidationReport)
    return frozenset(
        (
            names[report.value(result, SH.focusNode)],
            str(report.value(result, SH.resultPath)),
            _constraint(str(report.value(result, SH.sourceConstraintComponent))),
        )
        for result in report.objects(root, SH.result)
    )


def _constraint(component: str) -> str:
    """`…#MinCountConstraintComponent` as `sh:minCount`."""
    name = component.rpartition("#")[2].removesuffix("ConstraintComponent")
    return f"sh:{name[0].lower()}{name[1:]}"


def referee_graph(triples: Triples) -> tuple[rdflib.Graph, dict[object, Subject]]:
    """The same triples as rdflib holds them, literals as they are written, and the subjects by their rdflib term."""
    data = rdflib.Graph()
    names: dict[object, Subject] = {}
    for subject, properties in triples.items():
        names[_term(subject)] = subject
        for predicate, values in properties.items():
            for value in values:
                data.add((_term(subject), rdflib.URIRef(predicate), _term(value)))
    return data, names


def _term(node: Node) -> rdflib.term.Identifier:
    if isinstance(node, ox.NamedNode):
        return rdflib.URIRef(node.value)
    if isinstance(node, ox.BlankNode):
        return rdflib.BNode(node.value)
    if node.language is not None:
        return rdflib.Literal(node.value, lang=node.language, normalize=False)
    if node.datatype.value == str(XSD.string):
        return rdflib.Literal(node.value, normalize=False)
    return rdflib.Literal(node.value, datatype=rdflib.URIRef(node.datatype.value), normalize=False)


def harvested(file: Path) -> Graph | None:
    """A file as the harvester reads it; None where it refuses it."""
    url = f"https://recorded.example/{file.name}"
    graph = read_graph(
        Visit(url, Answer(requested_url=url, final_url=url, status=200, headers={}), file.read_bytes(), None)
    )
    return graph if isinstance(graph, Graph) else None


def written(file: Path) -> Graph:
    """The triples of a Turtle or RDF/XML file as they are written, up to the first error of syntax."""
    graph = Graph()
    parser = ox.parse(
        file.read_bytes(), format=_SYNTAXES[file.suffix], base_iri="https://recorded.example/", lenient=True
    )
    try:
        for quad in parser:
            if not isinstance(quad.subject, ox.Triple) and not isinstance(quad.object, ox.Triple):
                graph.add(quad.subject, quad.predicate.value, quad.object)
    except SyntaxError:
        return graph
    return graph


def graphs_of(file: Path) -> Iterator[Graph]:
    """The graphs of a file: as harvested and, where its syntax has no context to fetch, as written."""
    graph = harvested(file)
    if graph is not None:
        yield graph
    if file.suffix in _SYNTAXES:
        as_written = written(file)
        if graph is None or as_written.triples != graph.triples:
            yield as_written


def files(material: Path, folder: str) -> list[Path]:
    """The files of a folder that may hold a graph, in order of their names."""
    suffixes = {*_SYNTAXES, ".jsonld", ".json"}
    return sorted(file for file in (material / folder).rglob("*") if file.suffix in suffixes)


def judged(material: Path, paths: Iterable[Path]) -> Iterator[Judged]:
    """Every graph of these files, judged by both."""
    table = profile_table()
    shapes = rdflib.Graph().parse(material / SHAPES)
    for file in paths:
        for graph in graphs_of(file):
            started = time.process_time()
            own = own_findings(table, graph.triples)
            between = time.process_time()
            referee = referee_findings(shapes, graph.triples)
            spent = time.process_time() - between
            name = str(file.relative_to(material))
            yield Judged(name, len(graph.triples), own, referee, between - started, spent)


def labels(material: Path) -> list[Label]:
    """The labelled nodes of the six files with what own checks say of them."""
    return [
        Label(Path(name).stem, local, local.startswith("ok"), not found.get(node))
        for name in LABELLED
        for graph in (written(material / name),)
        for found in (violations(profile_table(), graph.triples),)
        for node in graph.triples
        for local in (node.value.rpartition("#")[2].rpartition("/")[2],)
        if local.startswith(("ok", "bad"))
    ]


def print_judged(groups: Iterable[tuple[str, list[Judged]]], console: Console) -> None:
    """One line a group of files."""
    printed = Printed("graphs", "files", "nodes", "violations", "agree", "differ", "own s", "pyshacl s", box=None)
    for title, found in groups:
        both = sum(len(item.own & item.referee) for item in found)
        printed.add_row(
            title,
            str(len({item.file for item in found})),
            str(sum(item.nodes for item in found)),
            str(sum(len(item.referee) for item in found)),
            str(both),
            str(sum(len(item.own ^ item.referee) for item in found)),
            f"{sum(item.own_seconds for item in found):.3f}",
            f"{sum(item.referee_seconds for item in found):.3f}",
        )
    console.print(printed)


def print_labels(found: list[Label], console: Console) -> None:
    """How many labels the shapes confirm, and the others with their reasons."""
    agreeing = sum(label.good == label.conforms for label in found)
    console.print(f"labels: {agreeing} of {len(found)} nodes as their name says; the others:")
    for label in found:
        if label.good != label.conforms:
            console.print(f"  {label.file} {label.name}: {label.reason or 'NO REASON KNOWN'}")


def main() -> None:
    """Judge, print, and end with status 1 where anything differs without a reason."""
    material = corpora()
    if not material.is_dir():
        Console(stderr=True).print("recorded material absent: set ATALAYA_CORPORA to its folder")
        sys.exit(2)
    six = [material / name for name in LABELLED]
    groups = [
        ("six labelled files", list(judged(material, six))),
        ("recorded catalogues", list(judged(material, files(material, CATALOGUES)))),
        ("other test cases", list(judged(material, [file for file in files(material, CASES) if file not in six]))),
    ]
    found = labels(material)
    console = Console(width=150)
    print_judged(groups, console)
    print_labels(found, console)
    differing = any(item.own != item.referee for _, items in groups for item in items)
    unexplained = any((label.good != label.conforms) != (label.reason is not None) for label in found)
    sys.exit(1 if differing or unexplained else 0)


if __name__ == "__main__":
    main()

"""Own checks against pyshacl, the referee, by `dcat-ap_2.1.1_shacl_shapes.ttl`: recorded, mutated and invented graphs."""

import re
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

import pyoxigraph as ox
import pytest
import rdflib
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib.collection import Collection
from rdflib.namespace import RDF, SH

from atalaya.catalogue.dcat_ap.literals import XSD
from atalaya.catalogue.dcat_ap.table import Rule, Table, profile_table, read_table
from atalaya.catalogue.dcat_ap.violations import RDF_TYPE, SUBCLASS, Node, Subject, Triples
from benchmarks.dcat_ap import (
    CASES,
    CATALOGUES,
    DIFFERENCES,
    LABELLED,
    SHAPES,
    files,
    graphs_of,
    labels,
    own_findings,
    referee_findings,
    referee_graph,
    written,
)

pytestmark = pytest.mark.real

FOLDER = "reference/shapes/dcat-ap"
OTHER_SHAPES = (f"{FOLDER}/2.1.1/dcat-ap_2.1.1_shacl_range.ttl", f"{FOLDER}/3.0.1/html/shacl/shapes.ttl")
"""Ranges by `sh:class`, and the next version of the profile: tables that the engine has never seen."""

Mutable = dict[Subject, dict[str, list[Node]]]


@pytest.fixture(scope="session")
def shapes(corpora: Path) -> rdflib.Graph:
    return rdflib.Graph().parse(corpora / SHAPES)


def document_of(shapes: rdflib.Graph) -> dict[str, Any]:
    """The shapes of a file as a table of our form; names are IRIs behind an empty prefix. An unknown constraint raises."""

    def choice(shape: Any) -> dict[str, list[str]]:
        options = [option for listed in shapes.objects(shape, SH["or"]) for option in Collection(shapes, listed)]
        return {
            "datatypes": [f":{name}" for option in options for name in shapes.objects(option, SH.datatype)],
            "classes": [f":{name}" for option in options for name in shapes.objects(option, SH["class"])],
        }

    def row(constraints: Any) -> dict[str, Any]:
        said: dict[str, Any] = {}
        for predicate, value in shapes.predicate_objects(constraints):
            key = str(predicate).rpartition("#")[2]
            if key == "severity":
                said[key] = str(value).rpartition("#")[2].lower()
            elif key == "nodeKind":
                said[key] = str(value).rpartition("#")[2]
            elif key in ("minCount", "maxCount"):
                said[key] = int(value)
            elif key == "node":
                said[key] = str(value)
            elif key not in ("shape", "description", "name", "message", "type"):
                assert (constraints, predicate) not in said
                said[key] = f":{value}"
        return said

    classes: dict[str, list[dict[str, Any]]] = {}
    for shape, target in shapes.subject_objects(SH.targetClass):
        rows = classes.setdefault(f":{target}", [])
        rows.extend(row(constraints) for constraints in shapes.objects(shape, SH.property))
    values = {str(shape): choice(shape) for shape in set(shapes.objects(None, SH.node))}
    return {"id": "read", "title": {}, "prefixes": {"": ""}, "values": values, "classes": classes}


def asked(table: Table) -> set[tuple[str, Rule]]:
    """Every rule that constrains anything, by class, without its short name."""
    found = set()
    for name, shape in table.shapes.items():
        for rule in (rule for rules in shape.rules.values() for rule in rules):
            same = Rule(
                path=rule.path,
                name="",
                minimum=rule.minimum,
                maximum=rule.maximum,
                kinds=rule.kinds,
                datatype=rule.datatype,
                of_class=rule.of_class,
                choice=rule.choice,
                has_value=rule.has_value,
                severity=rule.severity,
            )
            if same != Rule(path=rule.path, name="", severity=rule.severity):
                found.add((name.value, same))
    return found


def test_the_table_asks_what_the_shapes_ask(shapes: rdflib.Graph) -> None:
    own, theirs = asked(profile_table()), asked(read_table(document_of(shapes)))
    assert own - theirs == set()
    assert theirs - own == set()
    assert len(own) > 60


@pytest.mark.parametrize("name", LABELLED)
def test_labelled_files(name: str, corpora: Path, shapes: rdflib.Graph) -> None:
    graph = written(corpora / name)
    assert own_findings(profile_table(), graph.triples) == referee_findings(shapes, graph.triples)


@pytest.mark.parametrize("name", LABELLED)
def test_the_referee_reading_the_file_itself_finds_the_same(name: str, corpora: Path, shapes: rdflib.Graph) -> None:
    graph = written(corpora / name)
    base = "https://recorded.example/"
    assert set(rdflib.Graph().parse(corpora / name, publicID=base)) == set(referee_graph(graph.triples)[0])


def test_the_labels_and_why_nine_of_them_say_more_than_the_shapes(corpora: Path) -> None:
    found = labels(corpora)
    assert len(found) == 46
    assert sum(label.good for label in found) == 27
    odd = {(label.file, label.name) for label in found if label.good != label.conforms}
    assert odd == set(DIFFERENCES)
    assert not any(label.good for label in found if label.good != label.conforms)


def test_every_recorded_catalogue(corpora: Path, shapes: rdflib.Graph) -> None:
    nodes = found = 0
    for file in files(corpora, CATALOGUES):
        for graph in graphs_of(file):
            own = own_findings(profile_table(), graph.triples)
            assert own == referee_findings(shapes, graph.triples), file.name
            nodes, found = nodes + len(graph.triples), found + len(own)
    assert nodes > 2_000
    assert found > 500


def small_graphs(corpora: Path) -> Iterator[tuple[str, Triples]]:
    """Graphs of less than 300 nodes: catalogues and test cases."""
    for file in [*files(corpora, CATALOGUES), *files(corpora, CASES)]:
        graph = next(graphs_of(file), None)
        if graph is not None and 0 < len(graph.triples) < 300:
            yield file.name, graph.triples


def mutated(triples: Triples, chance: Random) -> Mutable:
    """Every node changed in one way: a property lost, doubled, of another kind or datatype, moved, or the class changed."""
    classes = list(profile_table().shapes)
    new: Mutable = {node: {path: list(values) for path, values in said.items()} for node, said in triples.items()}
    subjects = list(new)
    for properties in new.values():
        path = chance.choice(list(properties))
        values = properties[path]
        kind = chance.randrange(7)
        text = values[0].value
        if kind == 0:
            del properties[path]
        elif kind == 1:
            values.append(ox.Literal(text, language="qu"))
        elif kind == 2:
            values[0] = ox.Literal(text) if not isinstance(values[0], ox.Literal) else ox.NamedNode("urn:x:changed")
        elif kind == 3:
            values[0] = ox.Literal(
                text, datatype=ox.NamedNode(XSD + chance.choice(["date", "decimal", "gYear", "string"]))
            )
        elif kind == 4:
            values[0] = chance.choice(subjects)
        elif kind == 5:
            properties.setdefault(RDF_TYPE, []).append(chance.choice(classes))
        else:
            properties[chance.choice(path_list())] = values
    return new


def path_list() -> list[str]:
    return sorted({path for shape in profile_table().shapes.values() for path in shape.rules})


@pytest.mark.parametrize("seed", range(3))
def test_mutated_material(seed: int, corpora: Path, shapes: rdflib.Graph) -> None:
    chance = Random(seed)
    for name, triples in small_graphs(corpora):
        changed = mutated(triples, chance)
        assert own_findings(profile_table(), changed) == referee_findings(shapes, changed), name


@pytest.mark.parametrize("name", OTHER_SHAPES)
def test_other_tables_than_ours(name: str, corpora: Path) -> None:
    other = rdflib.Graph().parse(corpora / name)
    for constraints in list(other.objects(None, SH.property)):
        if isinstance(other.value(constraints, SH.path), rdflib.BNode):  # a path of several steps, which no table has
            other.remove((None, SH.property, constraints))
    table = read_table(document_of(other))
    chance = Random(7)
    found = 0
    for file, triples in small_graphs(corpora):
        changed = mutated(triples, chance)
        own = own_findings(table, changed)
        assert own == referee_findings(other, changed), file
        found += len(own)
    assert found > 100


NODES: list[Subject] = [
    *(ox.NamedNode(f"https://example.org/{n}") for n in range(6)),
    *(ox.BlankNode(f"b{n}") for n in range(6)),
]
TEXTS = ["", "x", "2018-08-05", "2018", "2018-08-05T10:00:00Z", "2018-13-05", "12", "1.5", "P1D", "0aff", "abc"]
DATATYPES = [
    "string",
    "date",
    "dateTime",
    "gYear",
    "gYearMonth",
    "decimal",
    "integer",
    "duration",
    "hexBinary",
    "anyURI",
]
VALUES: st.SearchStrategy[Node] = st.one_of(
    st.builds(
        lambda text, datatype: ox.Literal(text, datatype=ox.NamedNode(XSD + datatype)),
        st.sampled_from(TEXTS),
        st.sampled_from(DATATYPES),
    ),
    st.builds(
        lambda text, tag: ox.Literal(text, language=tag), st.sampled_from(TEXTS), st.sampled_from(["es", "en-GB"])
    ),
    st.sampled_from([*NODES, ox.NamedNode("http://spdx.org/rdf/terms#checksumAlgorithm_sha1")]),
)


@st.composite
def graphs(draw: st.DrawFn) -> Mutable:
    """Nodes of the profile's classes with properties of theirs and of others, and classes under classes."""
    shapes = profile_table().shapes
    names = [*shapes, ox.NamedNode("https://example.org/Class"), ox.NamedNode("https://example.org/Other")]
    found: Mutable = {}
    for node in draw(st.lists(st.sampled_from(NODES), min_size=1, unique=True)):
        kinds = draw(st.lists(st.sampled_from(names), min_size=1, max_size=2, unique=True))
        own = [path for kind in kinds if kind in shapes for path in shapes[kind].rules] or path_list()
        paths = draw(st.lists(st.sampled_from(own) | st.sampled_from(path_list()), max_size=8, unique=True))
        found[node] = {path: draw(st.lists(VALUES, min_size=1, max_size=3, unique=True)) for path in paths}
        found[node][RDF_TYPE] = list(kinds)
    for name in draw(st.lists(st.sampled_from(names), max_size=2, unique=True)):
        found.setdefault(name, {})[SUBCLASS] = [draw(st.sampled_from(names))]
    return found


@settings(max_examples=80, deadline=None)
@given(graph=graphs())
def test_invented_graphs(graph: Mutable, shapes: rdflib.Graph) -> None:
    assert own_findings(profile_table(), graph) == referee_findings(shapes, graph)


FORMS = st.one_of(
    st.text("0123456789-+:.,TZPYMDHSWzeN _aF", max_size=25),
    st.from_regex(
        r"[0-9]{4}-[01][0-9]-[0-3][0-9](T[0-2][0-9]:[0-5][0-9](:[0-5][0-9])?)?(Z|[+-][01][0-9]:[03]0)?", fullmatch=True
    ),
    st.from_regex(r"-?P([0-9]Y)?([0-9]M)?([0-9]D)?(T([0-9]H)?([0-9]M)?([0-9]S)?)?", fullmatch=True),
    st.from_regex(r"[+-]?[0-9]{0,3}(\.[0-9]{0,3})?(e[0-9])?", fullmatch=True),
)
PLACES = {
    "date": "http://purl.org/dc/terms/issued",
    "dateTime": "http://purl.org/dc/terms/modified",
    "decimal": "http://www.w3.org/ns/dcat#spatialResolutionInMeters",
    "duration": "http://www.w3.org/ns/dcat#temporalResolution",
}
BEYOND_PYTHON = re.compile(r"-?\d{5,}-.*|-\d.*|0000-.*|.*T24:00:00.*|[+-]?P.*\d{8,}.*", re.DOTALL)
"""Texts that XML Schema allows and Python, and so the referee, cannot hold."""


@settings(max_examples=25, deadline=None)
@given(texts=st.lists(st.tuples(FORMS, st.sampled_from(sorted(PLACES))), min_size=30, max_size=60))
def test_texts_of_every_form(texts: list[tuple[str, str]], shapes: rdflib.Graph) -> None:
    dataset = ox.NamedNode("http://www.w3.org/ns/dcat#Dataset")
    graph: Mutable = {
        ox.NamedNode(f"urn:n:{n}"): {
            RDF_TYPE: [dataset],
            PLACES[datatype]: [ox.Literal(text, datatype=ox.NamedNode(XSD + datatype))],
        }
        for n, (text, datatype) in enumerate(texts)
    }
    own, referee = own_findings(profile_table(), graph), referee_findings(shapes, graph)
    assert own <= referee
    for node, path, _ in referee - own:
        assert BEYOND_PYTHON.fullmatch(graph[node][path][0].value)


def test_the_referee_is_not_asked_in_vain(shapes: rdflib.Graph) -> None:
    assert (None, RDF.type, SH.NodeShape) in shapes
    bare: Mutable = {NODES[0]: {RDF_TYPE: [ox.NamedNode("http://www.w3.org/ns/dcat#Dataset")]}}
    assert len(referee_findings(shapes, bare)) == 2

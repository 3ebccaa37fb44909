"""What a graph breaks of a profile: the set of (node, path, constraint), as a SHACL validator finds it.

A node is judged by the shapes of its classes, and of wider classes where the graph itself says `rdfs:subClassOf`. Nothing
is fetched and no ontology is known: a `foaf:Organization` is no `foaf:Agent` unless the graph says so.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import pyoxigraph as ox

from atalaya.catalogue.dcat_ap.literals import well_written
from atalaya.catalogue.dcat_ap.table import Choice, Rule, Severity, Shape, Table

Subject = ox.NamedNode | ox.BlankNode
Node = ox.NamedNode | ox.BlankNode | ox.Literal
Triples = Mapping[Subject, Mapping[str, Sequence[Node]]]
"""Subject → predicate → objects; an object that is listed twice counts once."""

RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
SUBCLASS = "http://www.w3.org/2000/01/rdf-schema#subClassOf"


@dataclass(frozen=True, slots=True)
class Violation:
    """One broken constraint of one node. `path` and `constraint` are short names: `dct:title`, `sh:minCount`.

    `shape` is the class by which the node was judged.
    """

    node: Subject
    path: str
    constraint: str
    shape: str
    severity: Severity = Severity.VIOLATION


def violations(table: Table, triples: Triples) -> dict[Subject, tuple[Violation, ...]]:
    """What each node breaks; nodes that break nothing are left out."""
    classes = Classes(triples)
    found = {}
    for node, properties in triples.items():
        kinds = properties.get(RDF_TYPE)
        if kinds is None:
            continue
        broken = dict.fromkeys(
            Violation(node, rule.name, constraint, shape.name, rule.severity)
            for shape in _shapes(table, classes.widened(kinds))
            for rule, constraint in _broken(shape, properties, classes)
        )
        if broken:
            found[node] = tuple(broken)
    return found


class Classes:
    """The classes of the things in a graph, with the wider ones that the graph names."""

    def __init__(self, triples: Triples) -> None:
        self._triples = triples
        self._wider = {node: properties[SUBCLASS] for node, properties in triples.items() if SUBCLASS in properties}

    def of(self, node: Node) -> Sequence[Node]:
        """The classes of a node."""
        if isinstance(node, ox.Literal):
            return ()
        return self.widened(self._triples.get(node, {}).get(RDF_TYPE, ()))

    def widened(self, kinds: Sequence[Node]) -> Sequence[Node]:
        """These classes and those above them."""
        if not self._wider:
            return kinds
        reached = dict.fromkeys(kinds)
        waiting = list(kinds)
        while waiting:
            kind = waiting.pop()
            above = () if isinstance(kind, ox.Literal) else self._wider.get(kind, ())
            new = [item for item in above if item not in reached]
            reached.update(dict.fromkeys(new))
            waiting.extend(new)
        return list(reached)


def _shapes(table: Table, kinds: Sequence[Node]) -> Iterator[Shape]:
    for kind in kinds:
        if isinstance(kind, ox.NamedNode) and kind in table.shapes:
            yield table.shapes[kind]


def _broken(shape: Shape, properties: Mapping[str, Sequence[Node]], classes: Classes) -> Iterator[tuple[Rule, str]]:
    for path, values in properties.items():
        for rule in shape.rules.get(path, ()):
            for constraint in _judge(rule, values, classes):
                yield rule, constraint
    for rule in shape.wanted:
        if rule.path not in properties:
            for constraint in _judge(rule, (), classes):
                yield rule, constraint


def _judge(rule: Rule, values: Sequence[Node], classes: Classes) -> Iterator[str]:
    """The constraints of a rule that the values of its property break."""
    if len(values) < rule.minimum or (rule.minimum > 1 and len(set(values)) < rule.minimum):
        yield "sh:minCount"
    if rule.maximum is not None and len(values) > rule.maximum and len(set(values)) > rule.maximum:
        yield "sh:maxCount"
    if rule.kinds is not None and not all(isinstance(value, rule.kinds) for value in values):
        yield "sh:nodeKind"
    if rule.datatype is not None and not all(_has_datatype(value, (rule.datatype,)) for value in values):
        yield "sh:datatype"
    if rule.of_class is not None and not all(rule.of_class in classes.of(value) for value in values):
        yield "sh:class"
    if rule.choice is not None and not all(_is_one_of(value, rule.choice, classes) for value in values):
        yield "sh:node"
    if rule.has_value is not None and rule.has_value not in values:
        yield "sh:hasValue"


def _has_datatype(value: Node, datatypes: tuple[str, ...] | frozenset[str]) -> bool:
    if not isinstance(value, ox.Literal):
        return False
    datatype = value.datatype.value
    return datatype in datatypes and well_written(value.value, datatype)


def _is_one_of(value: Node, choice: Choice, classes: Classes) -> bool:
    if _has_datatype(value, choice.datatypes):
        return True
    return bool(choice.classes) and not choice.classes.isdisjoint(classes.of(value))

"""What of DCAT-AP the description of a dataset breaks, in words that hold no value of the record.

A description is the dataset, what it points at, and what that points at: distributions, agents, contacts, periods, places,
checksums, services. It ends at other datasets, catalogues and their records, which answer for themselves.
"""

from collections.abc import Iterator

import pyoxigraph as ox

from atalaya.catalogue.dcat_ap.table import Severity, profile_table
from atalaya.catalogue.dcat_ap.violations import RDF_TYPE, Classes, Subject, Triples, violations
from atalaya.harvest.rdf.terms import DCAT

LISTED = 50
"""Broken rules that are listed for one dataset; a last entry tells how many more there are."""

_OF_THEIR_OWN = frozenset(
    ox.NamedNode(f"{DCAT}{name}") for name in ("Catalog", "CatalogRecord", "Dataset", "DatasetSeries")
)


class Conformance:
    """The broken rules of one graph, by dataset. Only violations count, no warnings.

    A rule reads `class path constraint`, such as `dcat:Distribution dcat:accessURL sh:minCount`: nameless nodes have no
    name to give, and the names of others may be those of persons. A rule that several nodes break is told once.
    """

    def __init__(self, triples: Triples) -> None:
        self._triples = triples
        self._classes = Classes(triples)
        self._shapes = profile_table().shapes
        self._broken = {
            node: frozenset(
                f"{item.shape} {item.path} {item.constraint}" for item in found if item.severity is Severity.VIOLATION
            )
            for node, found in violations(profile_table(), triples).items()
        }
        self._near: dict[Subject, frozenset[str]] = {}

    def broken_by(self, dataset: Subject) -> tuple[str, ...] | None:
        """The rules that a dataset breaks, in order of their text; empty where its description conforms.

        None where nothing is broken because nothing was asked: the graph gives the dataset no class that has rules.
        """
        parts = self._parts(dataset) if self._broken else ()
        found = sorted(self._of(dataset).union(*(self._around(part) for part in parts)))
        if not found and not any(kind in self._shapes for kind in self._classes.of(dataset)):
            return None
        return tuple(found) if len(found) <= LISTED else (*found[:LISTED], f"and {len(found) - LISTED} more")

    def _around(self, node: Subject) -> frozenset[str]:
        """What a node and the nodes that it points at break."""
        if node not in self._near:
            self._near[node] = self._of(node).union(*(self._of(part) for part in self._parts(node)))
        return self._near[node]

    def _of(self, node: Subject) -> frozenset[str]:
        return self._broken.get(node, frozenset())

    def _parts(self, node: Subject) -> Iterator[Subject]:
        """The described nodes that a node points at, but for those of their own."""
        for predicate, values in self._triples.get(node, {}).items():
            if predicate == RDF_TYPE:
                continue
            for value in values:
                if isinstance(value, ox.Literal) or value not in self._triples:
                    continue
                if _OF_THEIR_OWN.isdisjoint(self._triples[value].get(RDF_TYPE, ())):
                    yield value

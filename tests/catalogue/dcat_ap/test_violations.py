"""The engine on small graphs by hand, with the table of DCAT-AP and with tables of its own."""

from collections.abc import Mapping
from typing import Any

import pyoxigraph as ox
import pytest

from atalaya.catalogue.dcat_ap.table import ProfileTableError, Severity, profile_table, read_table
from atalaya.catalogue.dcat_ap.violations import Triples, violations

PREFIXES = """
@prefix dcat: <http://www.w3.org/ns/dcat#> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix spdx: <http://spdx.org/rdf/terms#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix ex: <https://example.org/> .
"""
SOUND = 'ex:d a dcat:Dataset ; dct:title "Title"@en ; dct:description "Text" . '


def triples(turtle: str) -> Triples:
    found: dict[Any, dict[str, list[Any]]] = {}
    for quad in ox.parse(PREFIXES + turtle, format=ox.RdfFormat.TURTLE):
        found.setdefault(quad.subject, {}).setdefault(quad.predicate.value, []).append(quad.object)
    return found


def broken(turtle: str) -> set[str]:
    found = violations(profile_table(), triples(turtle))
    return {f"{item.shape} {item.path} {item.constraint}" for items in found.values() for item in items}


CASES = [
    ("a sound dataset", SOUND, set()),
    ("no text at all", "ex:d a dcat:Dataset .", {"dct:title sh:minCount", "dct:description sh:minCount"}),
    ("an address for a title", SOUND + "ex:d dct:title ex:title .", {"dct:title sh:nodeKind"}),
    ("a year alone, untyped", SOUND + 'ex:d dct:issued "2018" .', {"dct:issued sh:node"}),
    ("a year alone", SOUND + 'ex:d dct:issued "2018"^^xsd:gYear .', set()),
    ("a day that is none", SOUND + 'ex:d dct:issued "2018-02-30"^^xsd:date .', {"dct:issued sh:node"}),
    (
        "two days",
        SOUND + 'ex:d dct:issued "2018-02-01"^^xsd:date, "2018-02-02"^^xsd:date .',
        {"dct:issued sh:maxCount"},
    ),
    ("one day written twice", SOUND + 'ex:d dct:issued "2018-02-01"^^xsd:date, "2018-02-01"^^xsd:date .', set()),
    (
        "metres as integer",
        SOUND + "ex:d dcat:spatialResolutionInMeters 10 .",
        {"dcat:spatialResolutionInMeters sh:datatype"},
    ),
    ("metres as decimal", SOUND + "ex:d dcat:spatialResolutionInMeters 10.0 .", set()),
    ("a dataset of no class", "ex:d dct:issued ex:never .", set()),
]


@pytest.mark.parametrize(("turtle", "expected"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_datasets(turtle: str, expected: set[str]) -> None:
    assert broken(turtle) == {f"dcat:Dataset {rule}" for rule in expected}


def test_each_class_of_a_node_asks() -> None:
    assert broken(SOUND + "ex:d a foaf:Agent .") == {"foaf:Agent foaf:name sh:minCount"}


def test_a_missing_value_breaks_both_the_count_and_the_value() -> None:
    assert broken('ex:c a spdx:Checksum ; spdx:checksumValue "00"^^xsd:hexBinary .') == {
        "spdx:Checksum spdx:algorithm sh:minCount",
        "spdx:Checksum spdx:algorithm sh:hasValue",
    }


def test_the_graph_may_name_wider_classes_even_in_a_circle() -> None:
    assert broken("ex:a a ex:Office .") == set()
    assert broken("ex:a a ex:Office . ex:Office rdfs:subClassOf [ rdfs:subClassOf foaf:Agent ] .") == {
        "foaf:Agent foaf:name sh:minCount"
    }
    assert broken(
        "ex:a a ex:Office . ex:Office rdfs:subClassOf foaf:Agent . foaf:Agent rdfs:subClassOf ex:Office ."
    ) == {"foaf:Agent foaf:name sh:minCount"}


def test_a_record_is_about_a_dataset_of_the_same_graph() -> None:
    record = 'ex:r a dcat:CatalogRecord ; dct:modified "2018-02-01"^^xsd:date ; foaf:primaryTopic ex:d . '
    assert broken(record) == {"dcat:CatalogRecord foaf:primaryTopic sh:node"}
    assert broken(record + SOUND) == set()


OWN: Mapping[str, Any] = {
    "id": "own",
    "title": {"en": "Own", "es": "Propio"},
    "prefixes": {"ex": "https://example.org/", "xsd": "http://www.w3.org/2001/XMLSchema#"},
    "classes": {
        "ex:Thing": [
            {"path": "ex:maker", "class": "ex:Maker", "minCount": 2},
            {"path": "ex:note", "minCount": 1, "severity": "warning"},
        ]
    },
}


def test_another_table_with_classes_counts_and_advice() -> None:
    found = violations(read_table(OWN), triples("ex:t a ex:Thing ; ex:maker ex:m . ex:m a ex:Maker ."))
    assert {(item.path, item.constraint, item.severity) for item in found[ox.NamedNode("https://example.org/t")]} == {
        ("ex:maker", "sh:minCount", Severity.VIOLATION),
        ("ex:note", "sh:minCount", Severity.WARNING),
    }
    found = violations(
        read_table(OWN), triples('ex:t a ex:Thing ; ex:note "" ; ex:maker ex:m, ex:n . ex:m a ex:Maker .')
    )
    assert [item.constraint for items in found.values() for item in items] == ["sh:class"]


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({"path": "ex:a", "pattern": "x"}, "pattern"),
        ({"path": "ex:a", "nodeKind": "Literall"}, "Literall"),
        ({"path": "ex:a", "node": "nothing"}, "nothing"),
        ({"path": "oops:a", "minCount": 1}, "oops:a"),
    ],
)
def test_a_word_that_the_table_does_not_know_is_refused(row: Mapping[str, Any], said: str) -> None:
    with pytest.raises(ProfileTableError, match=said):
        read_table({**OWN, "classes": {"ex:Thing": [row]}})

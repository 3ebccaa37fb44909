"""What the harvester says of the DCAT-AP rules that a dataset's description breaks."""

import json
import time

import pytest

from atalaya.catalogue.identity import identify
from atalaya.catalogue.records import Dataset, Reading
from atalaya.harvest.datajson import read_data_json
from atalaya.harvest.dcat_rdf import read_rdf
from atalaya.harvest.rdf import profile
from atalaya.rounds.record_rows import dataset_rows

PREFIXES = """
@prefix dcat: <http://www.w3.org/ns/dcat#> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix vcard: <http://www.w3.org/2006/vcard/ns#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
SOUND = '<d> a dcat:Dataset ; dct:title "Title" ; dct:description "Text" . '


def datasets(turtle: str) -> dict[str | None, Dataset]:
    reading = read_rdf((PREFIXES + turtle).encode(), "https://datos.example/catalog.ttl")
    assert isinstance(reading, Reading), reading
    return {item.native_id: item for item in reading.datasets}


def broken(turtle: str, name: str = "d") -> tuple[str, ...] | None:
    return datasets(turtle)[f"https://datos.example/{name}"].profile_violations


def test_a_sound_description_breaks_nothing() -> None:
    assert broken(SOUND) == ()


@pytest.mark.parametrize(
    ("turtle", "rule"),
    [
        ("<d> dct:title <t> .", "dcat:Dataset dct:title sh:nodeKind"),
        ("<d> dcat:distribution [ a dcat:Distribution ] .", "dcat:Distribution dcat:accessURL sh:minCount"),
        ("<d> dct:publisher [ a foaf:Agent ] .", "foaf:Agent foaf:name sh:minCount"),
        ("<d> dcat:theme <t> . <t> a skos:Concept .", "skos:Concept skos:prefLabel sh:minCount"),
        (
            '<d> dct:temporal [ a dct:PeriodOfTime ; dcat:startDate "2018" ] .',
            "dct:PeriodOfTime dcat:startDate sh:node",
        ),
        (
            "<d> dcat:distribution <r> . <r> dcat:accessService <s> . <s> a dcat:DataService ; dct:title 'S' .",
            "dcat:DataService dcat:endpointURL sh:minCount",
        ),
    ],
    ids=["itself", "distribution", "agent", "theme", "period", "service of a distribution"],
)
def test_a_description_answers_for_what_it_points_at(turtle: str, rule: str) -> None:
    assert broken(SOUND + turtle) == (rule,)


def test_other_datasets_and_catalogues_answer_for_themselves() -> None:
    graph = (
        SOUND + "<d> dct:relation <e> ; dct:isPartOf <c> . <e> a dcat:Dataset ; dct:title 'E' . <c> a dcat:Catalog ."
    )
    assert broken(graph) == ()
    assert broken(graph, "e") == ("dcat:Dataset dct:description sh:minCount",)


def test_a_circle_of_nodes_ends() -> None:
    graph = (
        SOUND + "<d> dct:publisher <p> . <p> a foaf:Agent ; foaf:member <p>, <q> . <q> a foaf:Agent ; foaf:member <p> ."
    )
    assert broken(graph) == ("foaf:Agent foaf:name sh:minCount",)


def test_a_rule_that_many_distributions_break_is_told_once() -> None:
    many = " ".join(f"<d> dcat:distribution <r{n}> . <r{n}> a dcat:Distribution ." for n in range(30))
    assert broken(SOUND + many) == ("dcat:Distribution dcat:accessURL sh:minCount",)


def test_the_list_ends_with_how_many_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(profile, "LISTED", 1)
    assert broken("<d> a dcat:Dataset ; dct:issued 'x' .") == ("dcat:Dataset dct:description sh:minCount", "and 2 more")


def test_no_value_of_the_record_is_told() -> None:
    person = "<mailto:ana.perez@muni.example> a foaf:Agent ; foaf:mbox 'ana.perez@muni.example' ."
    found = broken(SOUND + "<d> dct:publisher <mailto:ana.perez@muni.example> . " + person)
    assert found == ("foaf:Agent foaf:name sh:minCount",)


def test_a_misspelt_namespace_is_read_as_meant() -> None:
    graph = SOUND.replace("dct:title", "<https://purl.org/dc/terms/title>")
    assert broken(graph) == ()


def test_nothing_is_judged_where_no_class_asks_for_anything() -> None:
    named = "<c> a dcat:Catalog ; dcat:dataset <d> . <d> dct:title 'Title' ."
    assert broken(named) is None
    assert broken(named + "<d> dcat:distribution [ a dcat:Distribution ] .") == (
        "dcat:Distribution dcat:accessURL sh:minCount",
    )


def test_sources_without_a_graph_are_not_judged() -> None:
    document = {
        "conformsTo": "https://project-open-data.cio.gov/v1.1/schema",
        "dataset": [{"title": "T", "identifier": "t"}],
    }
    (found,) = read_data_json(json.dumps(document).encode()).datasets
    assert found.profile_violations is None


def test_what_is_broken_is_no_part_of_what_the_source_says() -> None:
    graph = SOUND + "<d> dct:publisher <p> . <p> foaf:name 'Town' . "
    before, after = (
        datasets(text)["https://datos.example/d"] for text in (graph, graph + "<p> a foaf:Agent, skos:Concept .")
    )
    assert before.profile_violations != after.profile_violations
    rows = [dataset_rows(identify("zz:a", (dataset,))[0])[0] for dataset in (before, after)]
    assert rows[0]["metadata_sha256"] == rows[1]["metadata_sha256"]


def test_datasets_that_share_a_large_hub_are_read_in_linear_time() -> None:
    hub = "<p> a foaf:Agent ; foaf:made " + ", ".join(f"<x{n}>" for n in range(3_000)) + " . "
    parts = " ".join(f"<x{n}> a skos:Concept ." for n in range(3_000))
    sets = " ".join(f"<d{n}> a dcat:Dataset ; dct:title 'T' ; dct:publisher <p> ." for n in range(3_000))
    started = time.process_time()
    found = datasets(hub + parts + sets)
    assert time.process_time() - started < 10
    assert len(found) == 3_000
    assert all(len(item.profile_violations or ()) == 3 for item in found.values())

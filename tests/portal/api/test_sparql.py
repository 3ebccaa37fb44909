"""SPARQL answers what is asked in the syntax that is asked for, and goes on answering whatever is asked."""

import csv
import io
import json
import threading
import time
from xml.etree import ElementTree

import pyoxigraph as ox
import pytest
from django.db import connections
from django.test import Client

from atalaya.portal.api.sparql import asking
from atalaya.portal.api.sparql.grammar import forbidden, words_of
from atalaya.portal.api.sparql.worker import ROWS, as_csv, as_json, as_tsv, as_xml
from atalaya.portal.observatory.models import Dataset, Resource
from atalaya.portal.observatory.views.queries import EXAMPLES, PREFIXES

COUNT = f"{PREFIXES}SELECT (COUNT(?d) AS ?n) WHERE {{ <http://testserver/datos/> dcat:dataset ?d }}"


def ask(visitor: Client, query: str, accept: str = "", **more: str) -> object:
    return visitor.get("/sparql", {"query": query, **more}, headers={"Accept": accept} if accept else {})


def test_the_graph_holds_every_dataset_and_file(visitor: Client) -> None:
    [row] = ask(visitor, COUNT).json()["results"]["bindings"]
    assert int(row["n"]["value"]) == Dataset.objects.count() > 0
    files = "<http://testserver/datos/> dcat:dataset/dcat:distribution ?f"
    query = f"{PREFIXES}SELECT (COUNT(DISTINCT ?f) AS ?n) WHERE {{ {files} }}"
    [row] = ask(visitor, query).json()["results"]["bindings"]
    assert int(row["n"]["value"]) == Resource.objects.count() > 0


@pytest.mark.parametrize("number", range(len(EXAMPLES)))
def test_every_example_of_the_page_finds_something(visitor: Client, number: int) -> None:
    example = EXAMPLES[number]
    answer = ask(visitor, example.query.replace('"salud"', '"conjunto"'))
    assert answer.status_code == 200
    body = answer.content.decode()
    assert len(body.splitlines()) > 1 if "CONSTRUCT" in example.query else json.loads(body)["results"]["bindings"]
    for prefix in ("", "/en"):
        assert (
            example.query.splitlines()[4].strip()[:20]
            in visitor.get(f"{prefix}/consultas/?ejemplo={number + 1}").content.decode()
        )


ROWS_OF = f"{PREFIXES}SELECT ?d ?t WHERE {{ ?d a dcat:Dataset ; dct:title ?t }} ORDER BY ?d ?t LIMIT 7"


def test_rows_are_the_same_in_every_syntax(visitor: Client) -> None:
    said = [
        (row["d"]["value"], row["t"]["value"], row["t"].get("xml:lang", ""))
        for row in ask(visitor, ROWS_OF).json()["results"]["bindings"]
    ]
    assert len(said) == 7
    parsed = list(csv.DictReader(io.StringIO(ask(visitor, ROWS_OF, format="csv").content.decode())))
    assert [(row["d"], row["t"]) for row in parsed] == [row[:2] for row in said]
    lines = ask(visitor, ROWS_OF, "text/tab-separated-values").content.decode().splitlines()
    assert lines[0] == "?d\t?t"
    assert [line.split("\t")[0] for line in lines[1:]] == [f"<{row[0]}>" for row in said]
    tree = ElementTree.fromstring(ask(visitor, ROWS_OF, "application/sparql-results+xml").content)
    space = "{http://www.w3.org/2005/sparql-results#}"
    assert [each.text for each in tree.iter(f"{space}uri")] == [row[0] for row in said]
    assert [each.text for each in tree.iter(f"{space}literal")] == [row[1] for row in said]


@pytest.mark.parametrize(
    ("accept", "media_type"),
    [
        ("", "application/sparql-results+json"),
        ("*/*", "application/sparql-results+json"),
        ("application/sparql-results+json,*/*;q=0.9", "application/sparql-results+json"),
        ("text/csv", "text/csv; charset=utf-8"),
        ("application/xml;q=0.2, text/csv;q=0.9", "text/csv; charset=utf-8"),
        ("text/turtle", "application/sparql-results+json"),
        (";;,=;q=x, text/csv;q=?", "text/csv; charset=utf-8"),
    ],
)
def test_what_accept_asks_for_is_given(visitor: Client, accept: str, media_type: str) -> None:
    assert ask(visitor, COUNT, accept).headers["Content-Type"] == media_type


@pytest.mark.parametrize(("form", "syntax"), [("ttl", ox.RdfFormat.TURTLE), ("nt", ox.RdfFormat.N_TRIPLES),
                                              ("rdf", ox.RdfFormat.RDF_XML), ("jsonld", ox.RdfFormat.JSON_LD)])  # fmt: skip
def test_graphs_are_written_in_every_syntax(visitor: Client, form: str, syntax: ox.RdfFormat) -> None:
    query = f"{PREFIXES}CONSTRUCT {{ ?d dct:title ?t }} WHERE {{ ?d a dcat:Dataset ; dct:title ?t }}"
    answer = ask(visitor, query, format=form)
    assert answer.status_code == 200
    assert len(list(ox.parse(answer.content, format=syntax))) >= Dataset.objects.count()
    described = ask(visitor, "DESCRIBE <http://testserver/datos/>", "application/n-triples")
    assert len(described.content.splitlines()) > Dataset.objects.count()


def test_each_syntax_has_its_own_mark(visitor: Client) -> None:
    marks = {ask(visitor, COUNT, accept).headers["ETag"] for accept in ("text/csv", "application/json", "")}
    assert len(marks) == 3
    for accept in ("text/csv", "application/json"):
        answer = ask(visitor, COUNT, accept)
        assert "Accept" in answer.headers["Vary"]
        again = visitor.get(
            "/sparql", {"query": COUNT}, headers={"Accept": accept, "If-None-Match": answer.headers["ETag"]}
        )
        assert again.status_code == 304


def test_asks_are_answered_yes_or_no(visitor: Client) -> None:
    assert ask(visitor, "ASK { ?a ?b ?c }").json() == {"head": {}, "boolean": True}
    assert ask(visitor, "ASK { <x:y> ?b ?c }", format="csv").content == b"false"
    assert b"<boolean>true</boolean>" in ask(visitor, "ASK {}", format="xml").content


def test_it_is_asked_by_post_as_the_protocol_says(visitor: Client) -> None:
    wanted = ask(visitor, COUNT).content
    assert visitor.post("/sparql", COUNT, content_type="application/sparql-query").content == wanted
    form = visitor.post("/sparql", {"query": COUNT}, content_type="application/x-www-form-urlencoded")
    assert form.status_code == 400  # a dict is not written as a form by this client
    encoded = "query=" + "".join(f"%{byte:02x}" for byte in COUNT.encode())
    answer = visitor.post("/sparql", encoded, content_type="application/x-www-form-urlencoded")
    assert answer.content == wanted
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert answer.headers["Cache-Control"] == "no-store"
    assert visitor.options("/sparql").status_code == 204


@pytest.mark.parametrize(
    ("query", "status", "said"),
    [
        ("", 400, "give one query"),
        ("SELECT", 400, "cannot be read"),
        ("SELECT * { ?a ?b }", 400, "cannot be read"),
        ("SELECT * { SERVICE <http://127.0.0.1:1/> { ?a ?b ?c } }", 400, "SERVICE is not answered"),
        ("SELECT * { sErViCe SILENT <http://127.0.0.1:1/> { ?a ?b ?c } }", 400, "SERVICE is not answered"),
        ("INSERT DATA { <a:a> <a:b> 1 }", 400, "INSERT is not answered"),
        ("LOAD <http://127.0.0.1:1/>", 400, "LOAD is not answered"),
        ("DROP ALL", 400, "DROP is not answered"),
        ("\\u0053ELECT * {}", 400, "cannot be read"),
        ("SELECT * {" + " " * 10_001 + "}", 413, "at most 10000"),
    ],
)
def test_what_cannot_be_asked_is_said(visitor: Client, query: str, status: int, said: str) -> None:
    answer = ask(visitor, query)
    assert answer.status_code == status
    assert said in answer.json()["detail"]


@pytest.mark.parametrize("name", ["default-graph-uri", "named-graph-uri", "update"])
def test_there_is_one_graph_which_is_only_read(visitor: Client, name: str) -> None:
    assert ask(visitor, COUNT, **{name: "http://x.example/"}).status_code == 400


def test_unknown_forms_and_bodies_are_refused(visitor: Client) -> None:
    assert ask(visitor, COUNT, format="ttl").status_code == 406
    assert ask(visitor, COUNT, format="pdf").status_code == 406
    assert visitor.post("/sparql", COUNT, content_type="text/plain").status_code == 415
    assert visitor.post("/sparql", "x" * 200_000, content_type="application/sparql-query").status_code == 413
    assert visitor.post("/sparql", b"\xff\xfe\x00", content_type="application/sparql-query").status_code == 400
    assert visitor.get(f"/sparql?query={COUNT[:5]}&query=x").status_code == 400


def test_many_rows_are_cut_and_it_is_said(visitor: Client) -> None:
    answer = ask(visitor, "SELECT * { ?a ?b ?c . ?d ?e ?f }", format="csv")
    assert answer.status_code == 200
    assert answer.headers["Atalaya-Cut"] == str(ROWS)
    assert len(list(csv.reader(io.StringIO(answer.content.decode())))) == ROWS + 1
    assert "Atalaya-Cut" not in ask(visitor, COUNT).headers


HUGE = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?c ?f ?i"
SLOW = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
DEEP = "SELECT * { ?a (!<x:y>)* ?b . ?b (!<x:z>)* ?c . ?c (!<x:w>)+ ?d . ?d (!<x:v>)* ?e } ORDER BY ?e ?a"
GROWN = 'SELECT ?z { BIND("' + "q" * 1000 + '" AS ?s0)' + "".join(
    f" BIND(CONCAT({','.join([f'?s{n}'] * 10)}) AS ?s{n + 1})" for n in range(6)) + " BIND(?s6 AS ?z) }"  # fmt: skip
WIDE = 'SELECT ("' + "x" * 9000 + '" AS ?z) { ?a ?b ?c . ?d ?e ?f }'


@pytest.mark.parametrize("query", [HUGE, SLOW, DEEP, GROWN, WIDE, f"SELECT * {{ FILTER({'(' * 4000}1{')' * 4000}) }}"])
def test_hostile_queries_end_and_the_site_goes_on(visitor: Client, query: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asking, "SECONDS", 2)
    started = time.monotonic()
    answer = ask(visitor, query)
    assert answer.status_code in (200, 400, 413, 503)
    assert time.monotonic() - started < 20
    if answer.status_code == 503:
        assert answer.headers["Retry-After"]
        assert "ask for less" in answer.json()["detail"]
    assert ask(visitor, COUNT).status_code == 200


def test_who_comes_while_others_are_answered_is_told(visitor: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asking, "SECONDS", 4)
    ask(visitor, COUNT)
    found: list[int] = []

    def slow() -> None:
        found.append(ask(Client(), SLOW).status_code)
        connections.close_all()

    askers = [threading.Thread(target=slow) for _ in range(2)]
    for each in askers:
        each.start()
    time.sleep(2)
    refused = ask(visitor, "ASK { ?x ?y ?z }")
    assert refused.status_code == 503
    assert "ask again" in refused.json()["detail"]
    for each in askers:
        each.join()
    assert found == [503, 503]
    assert ask(visitor, "ASK { ?x ?y ?z }").status_code == 200


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("SELECT ?service { ?s ex:load 'insert' }", ("select",)),
        ('SELECT """a "service" \\"""" ?b', ("select",)),
        ("SELECT # service\n ?a", ("select",)),
        ("SELECT # x\r SERVICE", ("select", "service")),
        ("SELECT <http://x.example/service#load> ?a", ("select",)),
        ("SELECT 'open \n SERVICE <x:y> {}", ("select", "open", "service")),
        ("SELECT ?a<?b SERVICE <x:y>", ("select", "service")),
        ('"a"@service-x service', ("service",)),
    ],
)
def test_words_are_told_from_texts_and_names(query: str, words: tuple[str, ...]) -> None:
    assert words_of(query) == words
    assert forbidden(query) == ("SERVICE" if "service" in words else "")


TERMS = [
    [
        ox.NamedNode("http://x.example/<&>".replace("<", "%3C").replace(">", "%3E")),
        ox.Literal('a\t<&>"\n\x01ñ', language="es"),
    ],
    [ox.BlankNode("b1"), ox.Literal("1", datatype=ox.NamedNode("http://www.w3.org/2001/XMLSchema#integer"))],
    [None, ox.Literal("plain")],
]


def test_hostile_terms_are_written_well() -> None:
    found = json.loads("".join(as_json(["a", "b"], TERMS)))["results"]["bindings"]
    assert found[0]["b"] == {"type": "literal", "value": 'a\t<&>"\n\x01ñ', "xml:lang": "es"}
    assert found[1] == {
        "a": {"type": "bnode", "value": "b1"},
        "b": {"type": "literal", "value": "1", "datatype": "http://www.w3.org/2001/XMLSchema#integer"},
    }
    assert found[2] == {"b": {"type": "literal", "value": "plain"}}
    tree = ElementTree.fromstring("".join(as_xml(["a", "b"], TERMS)))
    assert len(tree.findall(".//{*}result")) == 3
    rows = list(csv.reader(io.StringIO("".join(as_csv(["a", "b"], TERMS)))))
    assert rows[1:] == [["http://x.example/%3C&%3E", 'a\t<&>"\n\x01ñ'], ["_:b1", "1"], ["", "plain"]]
    lines = "".join(as_tsv(["a", "b"], TERMS)).split("\n")
    assert len(lines) == 5
    assert all(line.count("\t") == 1 for line in lines[:4])

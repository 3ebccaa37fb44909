"""Reading DCAT in RDF: what is a dataset, every kind of value, Hydra pages, hostile and broken documents."""

import json
import time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from atalaya.catalogue.records import Agent, ContactPoint, Dataset, Distribution, Period, Reading
from atalaya.harvest import dcat_rdf
from atalaya.harvest.dcat_rdf import read_rdf
from atalaya.harvest.discovery import discover
from atalaya.harvest.visits import Refusal

HERE = "https://datos.example/catalog.ttl"
NAMESPACES = {
    "adms": "http://www.w3.org/ns/adms#",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "hydra": "http://www.w3.org/ns/hydra/core#",
    "org": "http://www.w3.org/ns/org#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "schema": "http://schema.org/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "spdx": "http://spdx.org/rdf/terms#",
    "time": "http://www.w3.org/2006/time#",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
PREFIXES = "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in NAMESPACES.items())


def read(turtle: str) -> Reading:
    reading = read_rdf((PREFIXES + turtle).encode(), HERE)
    assert isinstance(reading, Reading), reading
    return reading


def dataset(properties: str) -> Dataset:
    (found,) = read(f"<d> a dcat:Dataset ; dct:title 'T' ; {properties} .").datasets
    return found


def distribution(properties: str) -> Distribution:
    (found,) = dataset(f"dcat:distribution [ a dcat:Distribution ; {properties} ]").distributions
    return found


@pytest.mark.parametrize(
    ("properties", "field", "value"),
    [
        ("dct:description 'a'@es, 'b'@en", "description", {"en": "b", "es": "a"}),
        ("dct:description 'b'@es, 'a'@es", "description", {"es": "a"}),
        ("dcat:keyword 'b', 'a'@es", "keywords", ("a", "b")),
        ("dcat:theme <https://v.example/ECON>", "themes", ("https://v.example/ECON",)),
        ("dcat:theme [ skos:prefLabel 'Economía' ]", "themes", ("Economía",)),
        (
            "dct:publisher [ a foaf:Organization ; foaf:name 'MINFIN' ; foaf:mbox 'x@a.example' ]",
            "publisher",
            Agent(name="MINFIN"),
        ),
        ("dct:publisher <https://o.example/1>", "publisher", Agent(uri="https://o.example/1")),
        ("dct:publisher 'MINFIN'", "publisher", Agent(name="MINFIN")),
        ("dct:publisher [ a foaf:Person ; foaf:name 'Ana' ]", "publisher", None),
        (
            "dct:publisher [ a skos:Concept ; skos:prefLabel 'M' ; skos:notation 'L01' ]",
            "publisher",
            Agent(name="M", native_id="L01"),
        ),
        ("dct:creator [ a foaf:Agent ; foaf:name 'Ana' ]", "creator", None),
        ("dct:creator [ a org:Organization ; foaf:name 'INE' ]", "creator", Agent(name="INE")),
        (
            "dcat:contactPoint [ a vcard:Kind ; vcard:fn 'Ana' ; vcard:hasEmail <mailto:ana@a.example> ]",
            "contact",
            ContactPoint(has_name=True, has_email=True, email_domain="a.example"),
        ),
        (
            "dcat:contactPoint [ vcard:hasEmail [ vcard:hasValue <mailto:ana@a.example> ] ]",
            "contact",
            ContactPoint(has_email=True, email_domain="a.example"),
        ),
        (
            "dcat:contactPoint [ vcard:hasEmail 'mailto: ana@a.example' ]",
            "contact",
            ContactPoint(has_email=True, email_domain="a.example"),
        ),
        (
            "adms:contactPoint [ vcard:fn 'Ana' ; vcard:hasURL <https://a.example/> ]",
            "contact",
            ContactPoint(has_name=True, url="https://a.example/"),
        ),
        (
            "dct:temporal [ dcat:startDate '2010'^^xsd:gYear ; dcat:endDate '2011' ]",
            "temporal",
            (Period(start="2010", end="2011"),),
        ),
        ("dct:temporal [ schema:startDate '2010' ]", "temporal", (Period(start="2010"),)),
        (
            "dct:temporal [ time:hasBeginning [ time:inXSDDate '2010-01-01' ] ; time:hasEnd [ time:inXSDgYear '2011' ] ]",
            "temporal",
            (Period(start="2010-01-01", end="2011"),),
        ),
        ("dct:temporal '2010/2011'", "temporal", (Period(start="2010", end="2011"),)),
        ("dct:accrualPeriodicity <http://purl.org/cld/freq/daily>", "frequency", "http://purl.org/cld/freq/daily"),
        ("dct:accrualPeriodicity 'diaria'", "frequency", "diaria"),
        ("dct:accrualPeriodicity [ a dct:Frequency ; rdf:value [ time:years 1.0 ] ]", "frequency", "P1Y"),
        ("dct:license <https://l.example/by>", "licence", "https://l.example/by"),
        ("dct:license 'Libre'", "licence", "Libre"),
        ("dct:license [ a dct:LicenseDocument ; rdfs:label 'Libre' ]", "licence_title", "Libre"),
        ("dct:rights [ a dct:RightsStatement ; rdfs:label 'Todos' ]", "rights", "Todos"),
        ("dct:accessRights <https://v.example/PUBLIC>", "access_rights", "https://v.example/PUBLIC"),
        ("dct:spatial <https://geo.example/GT>, 'Guatemala'", "spatial", ("Guatemala", "https://geo.example/GT")),
        ("dc:language 'es'", "languages", ("es",)),
        ("dct:identifier 'x-1'", "native_id", "x-1"),
        ("dct:issued '2020-01-01'^^xsd:date", "issued", "2020-01-01"),
        ("dcat:landingPage <about>", "landing_page", "https://datos.example/about"),
        ("dcat:landingPage <mailto:a@b.example>", "landing_page", None),
        ("", "native_id", "https://datos.example/d"),
    ],
)
def test_values_of_a_dataset(properties: str, field: str, value: object) -> None:
    found = dataset(properties)
    assert getattr(found, field) == value
    assert "Ana" not in repr(found)
    assert "ana@" not in repr(found)


@pytest.mark.parametrize(
    ("properties", "field", "value"),
    [
        ("dcat:accessURL <https://a.example/x>", "access_url", "https://a.example/x"),
        ("dcat:downloadURL 'https://a.example/x'", "download_url", "https://a.example/x"),
        ("dct:format 'CSV'", "format", "CSV"),
        (
            "dct:format <http://publications.europa.eu/resource/authority/file-type/CSV>",
            "format",
            "http://publications.europa.eu/resource/authority/file-type/CSV",
        ),
        ("dct:format [ a dct:IMT ; rdfs:label 'XLS' ; rdf:value 'application/vnd.ms-excel' ]", "format", "XLS"),
        (
            "dct:format [ a dct:IMT ; rdfs:label 'XLS' ; rdf:value 'application/vnd.ms-excel' ]",
            "media_type",
            "application/vnd.ms-excel",
        ),
        ("dcat:mediaType 'text/csv'", "media_type", "text/csv"),
        ("dcat:byteSize '6776.0'^^xsd:decimal", "byte_size", 6776),
        ("dcat:byteSize 'big'", "byte_size", None),
        ("dct:license <https://l.example/by>", "licence", "https://l.example/by"),
        (
            "spdx:checksum [ spdx:algorithm spdx:checksumAlgorithm_sha1 ; spdx:checksumValue 'ab' ]",
            "checksum",
            "sha1:ab",
        ),
        ("dct:title 'R'@es", "title", {"es": "R"}),
        ("dct:identifier 'r-1'", "native_id", "r-1"),
        ("dct:modified '2020'", "modified", "2020"),
    ],
)
def test_values_of_a_distribution(properties: str, field: str, value: object) -> None:
    assert getattr(distribution(properties), field) == value


@pytest.mark.parametrize(
    ("turtle", "datasets", "distributions", "problems"),
    [
        ("<c> a dcat:Catalog .", 0, 0, 0),
        ("<c> dcat:dataset <d> . <d> dct:title 'T' .", 1, 0, 0),
        ("<c> dcat:dataset <d> .", 0, 0, 1),
        ("<c> dcat:dataset 'text' .", 0, 0, 1),
        ("<c> dcat:dataset <d> . <d> a dcat:Dataset .", 0, 0, 1),
        ("<c> dcat:dataset <s> . <s> a dcat:DataService ; dct:title 'S' .", 0, 0, 1),
        ("<s> a dcat:DatasetSeries ; dct:title 'S' .", 1, 0, 0),
        ("<c> dcat:dataset [ a dcat:Dataset ; dct:title 'T' ] .", 1, 0, 0),
        ("<d> a dcat:Dataset ; dcat:distribution <r>, <q> . <r> a dcat:Distribution ; dct:title 'R' .", 1, 2, 1),
        ("<d> a dcat:Dataset ; dcat:distribution <r> . <r> a dcat:Download ; dct:title 'R' .", 1, 1, 0),
        ("<d> a dcat:Dataset ; dcat:distribution 'https://a.example/x' .", 1, 1, 0),
        ("<d> a dcat:Dataset ; dct:title 'T' . <r> a dcat:Distribution ; dct:title 'R' .", 1, 0, 1),
        ("<d> a dcat:Dataset ; adms:sample <r> . <r> a dcat:Distribution ; dct:title 'R' .", 1, 0, 0),
    ],
)
def test_what_is_a_dataset(turtle: str, datasets: int, distributions: int, problems: int) -> None:
    reading = read(turtle)
    counted = sum(len(item.distributions) for item in reading.datasets)
    assert (len(reading.datasets), counted, len(reading.problems)) == (datasets, distributions, problems)


XML = '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:dcat="http://www.w3.org/ns/dcat#" xmlns:dct="http://purl.org/dc/terms/">{}</rdf:RDF>'
ONE = '<dcat:Dataset rdf:about="d"><dct:title>Año</dct:title></dcat:Dataset>'
TRIPLES = f"""<https://datos.example/d> <{NAMESPACES["dct"]}title> "Año" .
<https://datos.example/d> <{NAMESPACES["rdf"]}type> <{NAMESPACES["dcat"]}Dataset> .
"""
LINKED = {"@id": "d", "@type": "http://www.w3.org/ns/dcat#Dataset", "http://purl.org/dc/terms/title": "Año"}


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (XML.format(ONE).encode(), "application/rdf+xml"),
        (XML.format(ONE).encode(), "text/html"),
        (b"\n\n" + ('<?xml version="1.0"?>' + XML.format(ONE)).encode(), ""),
        (b"\xef\xbb\xbf" + XML.format(ONE).encode(), ""),
        (('<?xml version="1.0" encoding="ISO-8859-1"?>' + XML.format(ONE)).encode("latin-1"), ""),
        (('<?xml version="1.0" encoding="UTF-16"?>' + XML.format(ONE)).encode("utf-16"), ""),
        (XML.format(ONE).encode("cp1252"), ""),
        ((PREFIXES + "<d> a dcat:Dataset ; dct:title 'Año' .").encode(), "text/plain"),
        ((PREFIXES + "<d> a dcat:Dataset ; dct:title 'Año' .").encode("cp1252"), "text/turtle"),
        (TRIPLES.encode(), "application/n-triples"),
        (json.dumps(LINKED).encode(), "application/ld+json"),
        (json.dumps([LINKED]).encode(), ""),
        (b"\xef\xbb\xbf" + json.dumps({"@graph": [LINKED]}).encode(), ""),
    ],
)  # fmt: skip
def test_syntaxes_and_encodings(body: bytes, content_type: str) -> None:
    reading = read_rdf(body, HERE, content_type)
    assert isinstance(reading, Reading), reading
    assert [(item.native_id, item.title) for item in reading.datasets] == [("https://datos.example/d", {"": "Año"})]


def test_triples_in_another_order_give_the_same_records() -> None:
    parts = [
        "<a> a dcat:Dataset ; dct:title 'A' ; dcat:keyword 'x', 'y' ; dcat:distribution [ dct:title '1' ], [ dct:title '2' ] .",
        "<b> a dcat:Dataset ; dct:title 'B' ; dct:publisher [ foaf:name 'N' ], [ foaf:name 'M' ] .",
    ]
    other = [
        parts[1],
        parts[0]
        .replace("'x', 'y'", "'y', 'x'")
        .replace("[ dct:title '1' ], [ dct:title '2' ]", "[ dct:title '2' ], [ dct:title '1' ]"),
    ]
    assert read("\n".join(parts)).datasets == read("\n".join(other)).datasets


def bomb(levels: int) -> bytes:
    entities = '<!ENTITY e0 "aaaaaaaaaa">' + "".join(
        f'<!ENTITY e{number} "{f"&e{number - 1};" * 10}">' for number in range(1, levels)
    )
    return f'<?xml version="1.0"?><!DOCTYPE rdf:RDF [{entities}]>{XML.format(ONE.replace("Año", f"&e{levels - 1};"))}'.encode()


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (bomb(9), "entities"),
        (bomb(4), "entities"),
        (
            b'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/hostname">]>' + XML.format(ONE).encode(),
            "entities",
        ),
        (
            f'<!DOCTYPE r [<!ENTITY x "{"a" * 1_900}">]>{XML.format(ONE.replace("Año", "&x;" * 50_000))}'.encode(),
            "entities",
        ),
        (XML.format("<dct:a><dct:b>" * 100_000).encode(), "nesting"),
        (XML.format("<dct:a><dct:b>" * 100_000 + "</dct:b></dct:a>" * 100_000).encode(), "nesting"),
        (b'{"@id":' * 100_000, "malformed"),
        (b'{"a":' * 900 + b"1" + b"}" * 900, "nesting"),
    ],
)
def test_hostile_documents_are_refused_at_once(body: bytes, reason: str) -> None:
    started = time.monotonic()
    refusal = read_rdf(body, HERE)
    assert isinstance(refusal, Refusal)
    assert refusal.reason == reason or reason == "malformed"
    assert time.monotonic() - started < 5


def test_namespaces_written_as_entities_are_read() -> None:
    head = '<?xml version="1.0"?><!DOCTYPE rdf:RDF [<!ENTITY dcat "http://www.w3.org/ns/dcat#">]>'
    body = head + XML.format(
        '<rdf:Description rdf:about="d"><rdf:type rdf:resource="&dcat;Dataset"/><dct:title>T</dct:title></rdf:Description>'
    )
    reading = read_rdf(body.encode(), HERE)
    assert isinstance(reading, Reading)
    assert len(reading.datasets) == 1


@pytest.mark.parametrize(
    ("body", "line", "kept"),
    [
        (PREFIXES + "<d> a dcat:Dataset ;\n dct:title 'T' .\n<e> a nothing:Dataset .", "line 18", "1 datasets"),
        (XML.format(ONE).replace("</rdf:RDF>", ""), "line 1", ""),
        ('{"@id": "d",\n "http://purl.org/dc/terms/title": }', "line 2", ""),
    ],
)
def test_broken_syntax_fails_with_its_line(body: str, line: str, kept: str) -> None:
    refusal = read_rdf(body.encode(), HERE)
    assert isinstance(refusal, Refusal)
    assert refusal.reason == "malformed"
    assert line in refusal.detail
    assert kept in refusal.detail


def test_faulty_addresses_do_not_break_a_document() -> None:
    reading = read("<d> a dcat:Dataset ; dcat:landingPage <https://a.example/with space> .")
    assert reading.datasets[0].landing_page == "https://a.example/with space"
    assert "leniently" in reading.problems[0].reason


def test_misspelt_namespaces_are_read_and_told() -> None:
    turtle = "<d> a <https://www.w3.org/ns/dcat#Dataset> ; <https://purl.org/dc/terms/title> 'T' ."
    reading = read(turtle)
    assert reading.datasets[0].title == {"": "T"}
    assert all("misspelt" in problem.reason for problem in reading.problems)


def test_predicates_are_mapped_ignored_or_unread() -> None:
    reading = read("<d> a dcat:Dataset ; dct:title 'T' ; dct:relation <x> ; <https://n.example/new> 1, 2 .")
    uses = {use.path: (use.reading, use.count) for use in reading.fields}
    assert uses["dcat:Dataset/dct:title"] == ("mapped", 1)
    assert uses["dcat:Dataset/dct:relation"] == ("ignored", 1)
    assert uses["dcat:Dataset/https://n.example/new"] == ("unread", 2)


@pytest.mark.parametrize(
    ("context", "reason"),
    [
        ("https://www.w3.org/ns/dcat.jsonld", None),
        ("https://unknown.example/context.jsonld", "remote_context"),
        ({"@import": "https://unknown.example/context.jsonld"}, "remote_context"),
        (["https://www.w3.org/ns/dcat.jsonld", {"x": "https://x.example/"}], None),
    ],
)
def test_contexts_are_never_fetched(context: object, reason: str | None) -> None:
    document = {"@context": context, "@graph": [{"@id": "d", "@type": "Dataset", "dct:title": "T"}]}
    outcome = read_rdf(json.dumps(document).encode(), HERE)
    if reason is None:
        assert isinstance(outcome, Reading), outcome
        assert outcome.datasets[0].title == {"": "T"}
    else:
        assert isinstance(outcome, Refusal)
        assert outcome.reason == reason


def test_a_plain_data_json_is_read_as_one() -> None:
    reading = read_rdf(b'{"dataset": [{"title": "T", "distribution": [{}, {}]}]}', HERE)
    assert isinstance(reading, Reading)
    assert len(reading.datasets[0].distributions) == 2
    assert "data.json" in reading.problems[0].reason


def page(
    number: int, following: str | None, total: int | None = None, kind: str = "PagedCollection", word: str = "nextPage"
) -> str:
    paging = f"<?page={number}> a hydra:{kind} "
    paging += f"; hydra:{word} <{following}> " if following else ""
    paging += f"; hydra:totalItems {total} " if total is not None else ""
    return PREFIXES + f"<c> dcat:dataset <{number}> . <{number}> a dcat:Dataset ; dct:title 'T{number}' . {paging} ."


@pytest.mark.parametrize(("kind", "word"), [("PagedCollection", "nextPage"), ("PartialCollectionView", "next")])
async def test_hydra_pages_are_followed(kind: str, word: str, web: Any, source: Any) -> None:
    site = web({HERE: page(1, "?page=2", 2, kind, word), f"{HERE}?page=2": page(2, None, 2, kind, word)})
    harvested = await dcat_rdf.harvest(source(HERE, "dcat_rdf"), site)
    assert (harvested.state, len(harvested.datasets), harvested.declared_total) == ("complete", 2, 2)


@pytest.mark.parametrize(
    ("pages", "state", "reason", "datasets"),
    [
        ({HERE: page(1, "?page=2", 2)}, "partial", "page_failed", 1),
        ({HERE: page(1, "?page=2", 3), f"{HERE}?page=2": page(2, None, 3)}, "partial", "incomplete", 2),
        ({HERE: page(1, "", 1)}, "complete", None, 1),
        (
            {HERE: page(1, "?page=1"), f"{HERE}?page=1": page(1, "?page=2"), f"{HERE}?page=2": page(2, "?page=1")},
            "partial",
            "pages_repeat",
            2,
        ),
        ({HERE: page(1, HERE)}, "partial", "pages_repeat", 1),
        ({HERE: page(1, "?page=2"), f"{HERE}?page=2": "broken <"}, "partial", "page_failed", 1),
        (
            {HERE: page(1, "?page=2"), f"{HERE}?page=2": page(2, "?page=3"), f"{HERE}?page=3": page(2, "?page=4")},
            "partial",
            "page_failed",
            2,
        ),
    ],
)
async def test_faults_of_pages(
    pages: dict[str, str], state: str, reason: str | None, datasets: int, web: Any, source: Any
) -> None:
    harvested = await dcat_rdf.harvest(source(HERE, "dcat_rdf"), web(pages))
    assert (harvested.state, harvested.reason, len(harvested.datasets)) == (state, reason, datasets)


async def test_endless_pages_of_the_same_datasets_end(web: Any, source: Any) -> None:
    class Endless(web):  # type: ignore[misc]
        def reply(self, url: str) -> Any:
            return page(1, f"?page={len(self.asked) + 1}")

    harvested = await dcat_rdf.harvest(source(HERE, "dcat_rdf"), Endless())
    assert (harvested.state, harvested.reason, len(harvested.datasets)) == ("partial", "pages_repeat", 1)


@pytest.mark.parametrize(
    ("url", "found"),
    [
        (HERE, HERE),
        ("https://datos.example/", HERE),
        ("https://datos.example/es/", HERE),
        ("https://linked.example/", HERE),
        ("https://elsewhere.example/", None),
    ],
)
async def test_recognises(url: str, found: str | None, web: Any) -> None:
    linked = f'<html><head><link rel="alternate" type="text/turtle" href="{HERE}"></head></html>'
    site = web({HERE: page(1, None), "https://linked.example/": linked})
    discovery = await discover(url, site)
    assert (discovery.protocol, discovery.url) == (None if found is None else "dcat_rdf", found)


FRAGMENTS = """
<d> a dcat:Dataset ;
dct:title 'T' ;
dct:title 'T'@es .
[ dct:title 'x' ] ;
dcat:distribution [
] .
.
;
,
<
'
dcat:dataset <d> .
<c>
dct:publisher <p> ;
a dcat:Distribution
( 1 2 )
dct:temporal [ dcat:startDate <x> ]
hydra:next <d> .
dct:spatial ( <a> ) ;
"""


@settings(max_examples=150, deadline=None)
@given(parts=st.lists(st.sampled_from(FRAGMENTS.strip().splitlines()), max_size=14))
def test_any_turtle_is_survived(parts: list[str]) -> None:
    outcome = read_rdf((PREFIXES + " ".join(parts)).encode(), HERE)
    assert isinstance(outcome, Reading | Refusal)


KEYS = "@id @type @value @language @list @graph dct:title dcat:dataset dcat:distribution dct:publisher hydra:next foaf:name"
OBJECTS = st.recursive(
    st.sampled_from(["T", "d", 1, None, True, "https://a.example/x", "mailto:a@b.example"]),
    lambda inner: st.dictionaries(
        st.sampled_from(KEYS.split()), st.one_of(inner, st.lists(inner, max_size=3)), max_size=4
    ),
    max_leaves=12,
)


@settings(max_examples=150, deadline=None)
@given(node=OBJECTS)
def test_any_linked_json_is_survived(node: object) -> None:
    outcome = read_rdf(json.dumps({"@context": NAMESPACES, "@graph": [node]}).encode(), HERE)
    assert isinstance(outcome, Reading | Refusal)

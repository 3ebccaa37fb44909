"""schema.org in pages and documents: contexts, lists, references, faults of JSON, microdata, RDFa and Croissant.

The pages in `recorded/schema_org` are written from the specifications, with invented data: https://schema.org/Dataset,
https://html.spec.whatwg.org/multipage/microdata.html and https://www.w3.org/TR/rdfa-lite/.
"""

import json
import time
from pathlib import Path
from typing import Any

import pytest

from atalaya.catalogue.records import Agent, ContactPoint, Dataset, Distribution, Period
from atalaya.fetch.answers import Answer
from atalaya.harvest import schema_org_crawl
from atalaya.harvest.discovery import discover
from atalaya.harvest.html_tokens import tokens
from atalaya.harvest.schema_org import claims, harvest, places
from atalaya.harvest.schema_org_mending import parse_lenient
from atalaya.harvest.schema_org_nodes import speaks_schema_org
from atalaya.harvest.schema_org_pages import PageReading, read_page
from atalaya.harvest.visits import Refusal, Visit
from tests.harvest.conftest import answer_of

URL = "https://datos.example/dataset/presupuesto"
RECORDED = Path(__file__).parent / "recorded" / "schema_org"
CONTEXT = "https://schema.org/"


def visit(body: object, url: str = URL) -> Visit:
    written = body if isinstance(body, str | bytes) else json.dumps(body)
    answer, content = answer_of(url, written)
    return Visit(url, answer, content or b"", None)


def page(body: object, url: str = URL) -> PageReading:
    reading = read_page(visit(body, url))
    assert isinstance(reading, PageReading), reading
    return reading


def html(*scripts: object, more: str = "") -> str:
    blocks = "".join(
        f'<script type="application/ld+json">{item if isinstance(item, str) else json.dumps(item)}</script>'
        for item in scripts
    )
    return f"<!DOCTYPE html><html><head>{blocks}</head><body>{more}</body></html>"


def dataset(**fields: Any) -> Dataset:
    (read,) = page({"@context": CONTEXT, "@type": "Dataset", "name": "T", **fields}).reading.datasets
    return read


def download(**fields: Any) -> Distribution:
    (read,) = dataset(distribution={"@type": "DataDownload", **fields}).distributions
    return read


@pytest.mark.parametrize(
    ("fields", "name", "value"),
    [
        ({"name": {"@language": "es", "@value": "Uno"}}, "title", {"es": "Uno"}),
        ({"name": [{"@language": "es", "@value": "Uno"}, {"@language": "en", "@value": "One"}]},
         "title", {"es": "Uno", "en": "One"}),
        ({"name": 7}, "title", {"": "7"}),
        ({"keywords": "a, b"}, "keywords", ("a", "b")),
        ({"keywords": "a; b, c"}, "keywords", ("a", "b, c")),
        ({"keywords": ["a, b", {"@type": "DefinedTerm", "name": "c", "url": "https://x.example/c"}]}, "keywords", ("a, b", "c")),
        ({"publisher": {"@type": "Organization", "name": "MINFIN", "url": "https://minfin.example"}},
         "publisher", Agent(name="MINFIN", uri="https://minfin.example")),
        ({"publisher": "MINFIN"}, "publisher", Agent(name="MINFIN")),
        ({"publisher": {"@type": "Person", "name": "Ana"}}, "publisher", None),
        ({"publisher": "ana@minfin.example"}, "publisher", None),
        ({"creator": {"@type": "Person", "name": "Ana"}}, "creator", None),
        ({"creator": {"name": "Ana"}}, "creator", None),
        ({"creator": "Ana"}, "creator", None),
        ({"creator": [{"@type": "Person", "name": "Ana"}, {"@type": "Organization", "name": "INE"}]},
         "creator", Agent(name="INE")),
        ({"creator": {"name": "INE", "@id": "https://ror.org/0"}}, "creator", Agent(name="INE", uri="https://ror.org/0")),
        ({"contactPoint": {"name": "Ana", "email": "ana@minfin.example"}},
         "contact", ContactPoint(has_name=True, has_email=True, email_domain="minfin.example")),
        ({"publisher": {"@type": "Organization", "contactPoint": {"@type": "ContactPoint", "email": "mailto:a@b.example"}}},
         "contact", ContactPoint(has_email=True, email_domain="b.example")),
        ({"license": "https://creativecommons.org/licenses/by/4.0/"},
         "licence_url", "https://creativecommons.org/licenses/by/4.0/"),
        ({"license": {"@type": "CreativeWork", "name": "CC BY", "url": "https://x.example/by"}}, "licence_title", "CC BY"),
        ({"license": ["info:eu-repo/semantics/openAccess", "MIT"]}, "licence", "MIT"),
        ({"license": ["info:eu-repo/semantics/openAccess", "MIT"]}, "access_rights", "info:eu-repo/semantics/openAccess"),
        ({"datePublished": {"@type": "xsd:date", "@value": "2026-01-05"}}, "issued", "2026-01-05"),
        ({"datePublished": "", "dateCreated": "2020"}, "issued", "2020"),
        ({"temporalCoverage": "2010-01-01/.."}, "temporal", (Period(start="2010-01-01", end=".."),)),
        ({"temporalCoverage": {"@type": "DateTime", "startDate": "2010", "endDate": "2011"}},
         "temporal", (Period(start="2010", end="2011"),)),
        ({"spatialCoverage": "Guatemala"}, "spatial", ("Guatemala",)),
        ({"spatialCoverage": {"@type": "Place", "name": "Guatemala"}}, "spatial", ("Guatemala",)),
        ({"spatialCoverage": {"@type": "Place", "geo": {"@type": "GeoShape", "box": "13 -92 18 -88"}}},
         "spatial", ("13 -92 18 -88",)),
        ({"spatialCoverage": [{"geo": {"latitude": 14.6, "longitude": -90.5}}]}, "spatial", ("14.6 -90.5",)),
        ({"inLanguage": [{"@type": "Language", "name": "es"}, "en"]}, "languages", ("es", "en")),
        ({"identifier": {"@type": "PropertyValue", "propertyID": "doi", "value": "10.0/x"}}, "native_id", "10.0/x"),
        ({"identifier": 7}, "native_id", "7"),
        ({"@id": "_:b0", "url": "/x"}, "native_id", "https://datos.example/x"),
        ({"@id": "#dataset"}, "native_id", f"{URL}#dataset"),
        ({"@id": "https://x.example/1"}, "landing_page", "https://x.example/1"),
        ({"version": 2}, "version", "2"),
        ({"distribution": "https://x.example/a.csv"}, "distributions", (Distribution(access_url="https://x.example/a.csv"),)),
        ({"distribution": None}, "distributions", ()),
        ({"encoding": {"@type": "MediaObject", "contentUrl": "https://x.example/a"}},
         "distributions", (Distribution(download_url="https://x.example/a"),)),
    ],
)  # fmt: skip
def test_fields(fields: dict[str, Any], name: str, value: object) -> None:
    assert getattr(dataset(**fields), name) == value


@pytest.mark.parametrize(
    ("fields", "read"),
    [
        ({"contentUrl": "/a.csv"}, {"download_url": "https://datos.example/a.csv"}),
        ({"url": "https://x.example/p"}, {"access_url": "https://x.example/p", "download_url": None}),
        ({"contentUrl": "https://x.example/a", "url": "https://x.example/a"}, {"access_url": None}),
        ({"encodingFormat": "text/csv"}, {"media_type": "text/csv", "format": None}),
        ({"encodingFormat": ["CSV", "text/csv"]}, {"media_type": "text/csv", "format": "CSV"}),
        ({"fileFormat": "CSV"}, {"format": "CSV"}),
        ({"contentSize": "1024 B"}, {"byte_size": 1024}),
        ({"contentSize": "1.2 MB"}, {"byte_size": None}),
        ({"sha256": "ab"}, {"checksum": "sha256:ab"}),
        ({"license": {"url": "https://x.example/by"}}, {"licence": "https://x.example/by"}),
        ({"contentUrl": 7}, {"download_url": "https://datos.example/dataset/7"}),
        ({"@type": "cr:FileObject", "@id": "f", "contentUrl": "a/b.csv", "containedIn": {"@id": "z"}},
         {"native_id": "f", "download_url": None}),
    ],
)  # fmt: skip
def test_downloads(fields: dict[str, Any], read: dict[str, object]) -> None:
    distribution = download(**fields)
    assert {name: getattr(distribution, name) for name in read} == read


def test_sizes_that_were_rounded_are_counted_and_no_problem() -> None:
    reading = page(
        {
            "@type": "Dataset",
            "name": "T",
            "distribution": [{"contentUrl": "https://x.example/a", "contentSize": "2 MB"}],
        }
    ).reading
    assert "Dataset.distribution[].contentSize (rounded)" in {
        use.path for use in reading.fields if use.reading == "ignored"
    }
    assert reading.problems == ()


@pytest.mark.parametrize(
    "document",
    [
        {"@context": "http://schema.org", "@type": "Dataset", "name": "T"},
        {"@context": ["https://schema.org/", {"cr": "http://mlcommons.org/croissant/"}], "@type": "sc:Dataset", "name": "T"},
        {"@context": {"@vocab": "https://schema.org/"}, "@type": "Dataset", "name": "T"},
        {"@context": {"s": "http://schema.org/"}, "@type": "s:Dataset", "s:name": "T"},
        {"@context": {"titulo": "http://schema.org/name", "Conjunto": {"@id": "https://schema.org/Dataset"}},
         "@type": "Conjunto", "titulo": "T"},
        {"@context": {"schema": "http://schema.org/", "name": "schema:name"}, "@type": "schema:Dataset", "name": "T"},
        {"@context": "https://schema.org/docs/jsonldcontext.jsonld", "@type": ["Dataset", "CreativeWork"], "name": "T"},
        [{"@type": ["http://schema.org/Dataset"], "http://schema.org/name": [{"@value": "T"}]}],
        {"@context": CONTEXT, "@graph": [{"@type": "WebPage", "name": "W"}, {"@type": "Dataset", "name": "T"}]},
        {"@context": CONTEXT, "@type": "WebPage", "mainEntity": {"@type": "Dataset", "name": "T"}},
        {"@context": CONTEXT, "@type": "ItemList", "itemListElement": [{"@type": "ListItem",
         "item": {"@type": "Dataset", "name": "T"}}]},
        {"@context": CONTEXT, "@type": "DataCatalog", "dataset": {"@type": "Dataset", "name": "T"}},
        {"@context": CONTEXT, "@type": "DataFeed", "name": "T"},
        {"@type": "Dataset", "name": "T"},
    ],
)  # fmt: skip
def test_ways_to_say_dataset(document: object) -> None:
    for body in (document, html(document)):
        assert [item.title for item in page(body).reading.datasets] == [{"": "T"}]


@pytest.mark.parametrize(
    "document",
    [
        {"@context": CONTEXT, "@type": "SoftwareSourceCode", "name": "T"},
        {"@context": "https://www.w3.org/ns/dcat.jsonld", "@type": "Dataset", "title": "T"},
        {"@context": {"@vocab": "http://www.w3.org/ns/dcat#"}, "@type": "Dataset", "title": "T"},
        {"@context": {"dcat": "http://www.w3.org/ns/dcat#"}, "@type": "dcat:Dataset"},
        {"@context": CONTEXT, "@type": "DataCatalog", "name": "T"},
        {"dataset": [{"title": "T", "distribution": []}]},
        {"@context": CONTEXT, "@type": "Dataset"},
        [],
        {},
    ],
)
def test_what_is_no_dataset(document: object) -> None:
    for body in (document, html(document)):
        refusal = claims(visit(body))
        assert isinstance(refusal, Refusal)
        assert refusal.reason == "no_datasets"


def test_references_are_put_in_their_place() -> None:
    graph = [
        {"@id": "#o", "@type": "Organization", "name": "MINFIN"},
        {"@id": "#d", "@type": "DataDownload", "contentUrl": "https://x.example/a.csv"},
        {"@id": "#s", "@type": "Dataset", "name": "T", "publisher": {"@id": "#o"}, "distribution": [{"@id": "#d"}]},
        {"@type": "DataCatalog", "dataset": [{"@id": "#s"}]},
    ]
    reading = page({"@context": CONTEXT, "@graph": graph})
    (read,) = reading.reading.datasets
    assert read.publisher == Agent(name="MINFIN")
    assert read.distributions[0].url == "https://x.example/a.csv"
    assert reading.listed == {}


def test_nothing_in_a_catalogue_is_lost_in_silence() -> None:
    listed = [
        {"@type": "Dataset", "name": "T"},
        {"name": "U"},
        7,
        {},
        {"@type": "Product", "name": "P"},
        "palabra",
        None,
    ]
    reading = page({"@context": CONTEXT, "@type": "DataCatalog", "dataset": listed}).reading
    assert [item.title[""] for item in reading.datasets] == ["T", "U"]
    assert len(reading.problems) == 4


@pytest.mark.parametrize(
    ("text", "note"),
    [
        ('{"@type": "Dataset", "name": "T",}', "commas before closing brackets"),
        ('{"@type": "Dataset", /* x */ "name": "T" // "y"\n}', "comments"),
        ('<!-- {"@type": "Dataset", "name": "T"} -->', "wrappers around it"),
        ('//<![CDATA[\n{"@type": "Dataset", "name": "T"}\n//]]>', "wrappers around it"),
        ('{"@type": "Dataset", "name": "T"};', "a semicolon at the end"),
        ("{&quot;@type&quot;: &quot;Dataset&quot;, &quot;name&quot;: &quot;T&quot;}", "characters written as HTML"),
        ('{"@type": "Dataset", "name": "T", "description": "a\nb"}', "line breaks inside texts"),
    ],
)
def test_json_that_is_broken_is_mended_and_told(text: str, note: str) -> None:
    reading = page(html(text)).reading
    assert [item.title for item in reading.datasets] == [{"": "T"}]
    (problem,) = reading.problems
    assert problem.place == f"{URL} JSON-LD 1"
    assert problem.reason.endswith(note)


def test_what_looks_like_a_fault_inside_a_text_stays() -> None:
    value = {"name": 'https://x.example/a //b, ] "c" /* d */,}', "x": [1]}
    assert parse_lenient(json.dumps(value)) == (value, ())
    assert parse_lenient(json.dumps(value)[:-1] + ",}") == (value, ("commas before closing brackets",))


def test_a_broken_script_beside_a_sound_one_is_a_problem() -> None:
    reading = page(html('{"@type": "Dataset", "name": ', {"@type": "Dataset", "name": "T"})).reading
    assert len(reading.datasets) == 1
    assert [item.place for item in reading.problems] == [f"{URL} JSON-LD 1"]


@pytest.mark.parametrize("body", ['{"@type": "Dataset", "name": ', html('{"@type": "Dataset", "name": ')])
def test_nothing_but_a_broken_script_is_malformed(body: str) -> None:
    refusal = read_page(visit(body))
    assert isinstance(refusal, Refusal)
    assert refusal.reason == "malformed"
    assert "line 1" in refusal.detail


def test_microdata() -> None:
    reading = page((RECORDED / "microdata.html").read_bytes()).reading
    (read,) = reading.datasets
    assert read.native_id == "https://datos.example/dataset/presupuesto"
    assert read.title == {"": "Presupuesto 2026"}
    assert read.description == {"": "Gasto por mes. Todo el año."}
    assert read.keywords == ("gasto", "mes")
    assert read.licence_url == "https://creativecommons.org/licenses/by/4.0/"
    assert read.modified == "2026-01-05"
    assert read.publisher == Agent(name="Ministerio Inventado")
    assert read.creator is None
    assert read.contact == ContactPoint(has_email=True, email_domain="ministerio.example")
    file = Distribution(
        download_url="https://datos.example/descargas/presupuesto.csv", media_type="text/csv", byte_size=1024
    )
    assert read.distributions == (file,)
    assert "Persona" not in repr(read)


def test_rdfa() -> None:
    reading = page((RECORDED / "rdfa.html").read_bytes()).reading
    (read,) = reading.datasets
    assert read.native_id == "https://datos.example/dataset/encuesta"
    assert read.title == {"": "Encuesta 2026"}
    assert read.temporal == (Period(start="2026-01-01", end="2026-12-31"),)
    assert [(item.url, item.format) for item in read.distributions] == [("https://datos.example/encuesta.csv", "CSV")]


def test_a_dataset_said_twice_in_two_syntaxes_is_one() -> None:
    more = '<div itemscope itemtype="https://schema.org/Dataset"><span itemprop="name">T</span></div>'
    assert len(page(html({"@type": "Dataset", "name": "T", "url": URL}, more=more)).reading.datasets) == 1


def test_a_web_page_is_the_landing_page_of_its_dataset() -> None:
    assert page(html({"@type": "Dataset", "name": "T"})).reading.datasets[0].landing_page == URL
    assert page({"@type": "Dataset", "name": "T"}).reading.datasets[0].landing_page is None
    assert page(html([{"@type": "Dataset", "name": n} for n in "ab"])).reading.datasets[0].landing_page is None


def catalogue(*listed: object) -> str:
    return html({"@context": CONTEXT, "@type": "DataCatalog", "name": "C", "dataset": list(listed)})


FULL = {"@type": "Dataset", "name": "Uno", "url": "/d/1", "distribution": {"contentUrl": "https://x.example/1.csv"}}
ROOT = "https://datos.example/"


async def test_pages_that_a_catalogue_lists_are_read(web: Any, source: Any) -> None:
    pages = {
        ROOT: catalogue(
            {"@type": "Dataset", "name": "Uno", "url": "/d/1"}, "/d/2", {"@type": "Dataset", "@id": "/d/3"}
        ),
        f"{ROOT}d/1": html(FULL),
        f"{ROOT}d/2": html({**FULL, "name": "Dos", "url": "/d/2"}),
        f"{ROOT}d/3": html({**FULL, "name": "Tres", "url": "/d/3"}),
    }
    site = web(pages)
    harvested = await harvest(source(ROOT, "schema_org"), site)
    assert (harvested.state, harvested.resources) == ("complete", 3), harvested.detail
    assert [item.title[""] for item in harvested.datasets] == ["Uno", "Dos", "Tres"]
    assert len(site.asked) == 4


@pytest.mark.parametrize(
    ("listed", "titles", "state", "reason"),
    [
        ({"@type": "Dataset", "name": "Uno", "url": "/nada"}, ["Uno"], "partial", "page_failed"),
        ({"@type": "Dataset", "name": "Uno", "url": "/vacia"}, ["Uno"], "complete", None),
        ({"@type": "Dataset", "name": "Uno", "url": "https://otro.example/1"}, ["Uno"], "complete", None),
        ("/vacia", [], "failed", "incomplete"),
        ("https://otro.example/1", [], "failed", "incomplete"),
        ({"@type": "Dataset", "name": "Uno", "url": "#uno"}, ["Uno"], "complete", None),
    ],
)
async def test_what_a_list_says_stands_where_the_page_gives_nothing(
    listed: object, titles: list[str], state: str, reason: str | None, web: Any, source: Any
) -> None:
    site = web({ROOT: catalogue(listed), f"{ROOT}vacia": html()})
    harvested = await harvest(source(ROOT, "schema_org"), site)
    assert (harvested.state, harvested.reason) == (state, reason), harvested.detail
    assert [item.title[""] for item in harvested.datasets] == titles
    assert all("otro.example" not in url for url in site.asked)


async def test_two_datasets_of_one_page_are_both_kept(web: Any, source: Any) -> None:
    listed = [{"@type": "Dataset", "name": name, "url": "/d"} for name in ("Uno", "Dos")]
    harvested = await harvest(source(ROOT, "schema_org"), web({ROOT: catalogue(*listed)}))
    assert len(harvested.datasets) + len(harvested.problems) >= 2


async def test_pages_beyond_the_budget_are_told(web: Any, source: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(schema_org_crawl, "PAGES_BUDGET", 2)
    pages = {f"{ROOT}d/{n}": html({**FULL, "name": f"N{n}", "url": f"/d/{n}"}) for n in range(4)}
    site = web({ROOT: catalogue(*pages), **pages})
    harvested = await harvest(source(ROOT, "schema_org"), site)
    assert (harvested.state, harvested.reason, len(harvested.datasets)) == ("partial", "incomplete", 2)
    assert len(site.asked) == 3


async def test_documents_of_schema_org_are_discovered(web: Any) -> None:
    document = {
        "@context": CONTEXT,
        "@type": "DataCatalog",
        "dataset": [{"@type": "Dataset", "identifier": "1", "name": "T"}],
    }
    found = await discover(
        "https://datos.example/catalogo.jsonld", web({"https://datos.example/catalogo.jsonld": json.dumps(document)})
    )
    assert found.protocol == "schema_org"


def test_linked_documents_are_places() -> None:
    link = '<html><link rel="alternate" type="application/ld+json" href="/c.jsonld"></html>'
    assert [place.asked for place in places(visit(link))] == ["https://datos.example/c.jsonld"]


@pytest.mark.parametrize(
    ("context", "speaks"),
    [
        ("https://schema.org", True),
        (["https://schema.org/", {"x": "https://x.example/"}], True),
        ({"@vocab": "http://schema.org/"}, True),
        ("https://project-open-data.cio.gov/v1.1/schema/catalog.jsonld", False),
        ({"schema": "http://schema.org/"}, False),
        (None, False),
        (7, False),
    ],
)
def test_which_contexts_lead_to_schema_org(context: object, speaks: bool) -> None:
    assert speaks_schema_org(context) is speaks


@pytest.mark.parametrize(
    "body",
    [
        "<html>schema.org" + "<!--" * 200_000,
        "<html>schema.org" + "<a " * 200_000,
        "<html>schema.org" + '<a x="' * 200_001 + ">",
        "<html>schema.org" + "<![" * 200_000 + ">",
        "<html>schema.org" + '<p itemscope itemtype="http://schema.org/Dataset"><i itemprop=name>' * 10_000,
        "<html>schema.org" + "<div>" * 499 + "</p>" * 100_000,
        html("/*" * 200_000),
        '{"a": ' + '"\\' * 200_000,
        '{"@type": "Dataset", "hasPart": ' * 100_000,
    ],
    ids=["comments", "tags", "quotes", "declarations", "items", "ends", "script", "text", "depth"],
)
def test_time_grows_with_the_length_only(body: str) -> None:
    started = time.process_time()
    read_page(visit(body))
    assert time.process_time() - started < 10


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("<p>1 < 2 &amp; 3</p>", [("start", "p", ""), ("text", "", "1 "), ("text", "", "<"), ("text", "",
         " 2 & 3"), ("end", "p", "")]),
        ("<script>a<b></script>", [("start", "script", ""), ("text", "script", "a<b>"), ("end", "script", "")]),
        ("<script>a", [("start", "script", ""), ("text", "script", "a")]),
        ("a<!-- <b> -->c<!doctype x>", [("text", "", "a"), ("text", "", "c")]),
        ("a<!-- b", [("text", "", "a")]),
        ("a<b", [("text", "", "a")]),
        ("</>a", [("text", "", "a")]),
    ],
)  # fmt: skip
def test_tokens(written: str, said: list[tuple[str, str, str]]) -> None:
    assert [(token.kind, token.name, token.text) for token in tokens(written)] == said


def test_attributes() -> None:
    (token,) = tokens("""<A href='a>b' Title = "x &lt; y" data-x=1 checked href=second>""")
    assert token.attributes == {"href": "a>b", "title": "x < y", "data-x": "1", "checked": ""}


def test_a_document_of_its_own_is_held_to_its_syntax() -> None:
    text = '{"@context": "https://schema.org", "@type": "Dataset", "name": "T",}'
    answer = Answer(requested_url=URL, final_url=URL, status=200)
    refusal = read_page(Visit(URL, answer, text.encode(), None))
    assert isinstance(refusal, Refusal)
    assert refusal.reason == "malformed"
    assert "commas before closing brackets" in refusal.detail

"""Reading `data.json`: versions, wrong types, error objects, pages, and what is told of fields that nobody reads."""

import gzip
import json
from typing import Any

import pytest

from atalaya.catalogue.records import Agent, ContactPoint, Dataset, Period, Reading
from atalaya.harvest import datajson
from atalaya.harvest.datajson import read_data_json
from atalaya.harvest.discovery import discover
from atalaya.harvest.visits import Refusal

HERE = "https://datos.example/data.json"


def read(value: object) -> Reading:
    reading = read_data_json(json.dumps(value).encode(), HERE)
    assert isinstance(reading, Reading), reading
    return reading


def dataset(**fields: Any) -> Dataset:
    return read({"dataset": [{"title": "T", **fields}]}).datasets[0]


@pytest.mark.parametrize(
    ("fields", "name", "value"),
    [
        ({"title": {"es": "Uno", "en": "One"}}, "title", {"es": "Uno", "en": "One"}),
        ({"title": {"@language": "es", "@value": "Uno"}}, "title", {"es": "Uno"}),
        ({"title": 7}, "title", {"": "7"}),
        ({"keyword": "a, b"}, "keywords", ("a", "b")),
        ({"keyword": ["a, b", "c"]}, "keywords", ("a, b", "c")),
        ({"keyword": {"es": "a"}}, "keywords", ("a",)),
        ({"keyword": 5}, "keywords", ("5",)),
        ({"theme": "t"}, "themes", ("t",)),
        ({"publisher": "MINFIN"}, "publisher", Agent(name="MINFIN")),
        ({"publisher": {"name": "MINFIN", "mbox": "a@b.example"}}, "publisher", Agent(name="MINFIN")),
        ({"publisher": [{"name": "A"}, {"name": "B"}]}, "publisher", Agent(name="A")),
        ({"publisher": {"@type": "foaf:Person", "name": "Ana"}}, "publisher", None),
        (
            {"contactPoint": {"fn": "Ana", "hasEmail": "mailto:ana@b.example"}},
            "contact",
            ContactPoint(has_name=True, has_email=True, email_domain="b.example"),
        ),
        ({"contactPoint": [{"fn": "Ana"}]}, "contact", ContactPoint(has_name=True)),
        (
            {"contactPoint": "Ana", "mbox": "ana@b.example"},
            "contact",
            ContactPoint(has_name=True, has_email=True, email_domain="b.example"),
        ),
        ({"contactPoint": "ana@b.example"}, "contact", ContactPoint(has_email=True, email_domain="b.example")),
        ({"temporal": "2009-01-01/2010-12-31"}, "temporal", (Period(start="2009-01-01", end="2010-12-31"),)),
        ({"temporal": {"startDate": "2009", "endDate": "2010"}}, "temporal", (Period(start="2009", end="2010"),)),
        ({"temporal": "2009"}, "temporal", (Period(start="2009"),)),
        ({"spatial": "GT"}, "spatial", ("GT",)),
        ({"spatial": ["GT", "SV"]}, "spatial", ("GT", "SV")),
        ({"language": "es"}, "languages", ("es",)),
        ({"accessLevel": "public"}, "access_rights", "public"),
        ({"license": "cc-by"}, "licence", "cc-by"),
        ({"accrualPeriodicity": "R/P1Y"}, "frequency", "R/P1Y"),
        ({"landingPage": "mailto:a@b.example"}, "landing_page", None),
        ({"identifier": 12}, "native_id", "12"),
    ],
)
def test_fields_of_a_dataset(fields: dict[str, Any], name: str, value: object) -> None:
    assert getattr(dataset(**fields), name) == value


LOCATION = {"@type": "Location", "prefLabel": "Sololá"}
POINT = {"type": "Point", "coordinates": [1, 2]}
LICENCE = {"@type": "LicenseDocument", "@id": "https://l.example/by", "name": "CC BY"}


@pytest.mark.parametrize(
    ("fields", "name", "value"),
    [
        ({"spatial": LOCATION}, "spatial", ("Sololá",)),
        ({"spatial": [LOCATION, "GT"]}, "spatial", ("Sololá", "GT")),
        (
            {"spatial": [{"@id": "https://g.example/1", "prefLabel": {"es": "Petén"}}]},
            "spatial",
            ("https://g.example/1", "Petén"),
        ),
        ({"spatial": {"@type": "Location", "bbox": "POLYGON((1 2))"}}, "spatial", ("POLYGON((1 2))",)),
        ({"spatial": {"bbox": [-92, 13.5, -88, 18]}}, "spatial", ("-92,13.5,-88,18",)),
        ({"spatial": {"geometry": POINT}}, "spatial", ('{"coordinates":[1,2],"type":"Point"}',)),
        ({"spatial": {**LOCATION, "geometry": POINT}}, "spatial", ("Sololá",)),
        ({"spatial": POINT}, "spatial", ('{"coordinates":[1,2],"type":"Point"}',)),
        ({"spatial": json.dumps(POINT)}, "spatial", ('{"coordinates":[1,2],"type":"Point"}',)),
        ({"theme": [{"@type": "Concept", "prefLabel": "Agua", "inScheme": "s"}, "b"]}, "themes", ("Agua", "b")),
        ({"theme": {"@id": "https://t.example/1", "prefLabel": "Agua"}}, "themes", ("https://t.example/1",)),
        ({"publisher": {"@type": "Organization", "prefLabel": "MINFIN"}}, "publisher", Agent(name="MINFIN")),
        ({"publisher": {"prefLabel": {"es": "Finanzas"}}}, "publisher", Agent(name="Finanzas")),
        (
            {"contactPoint": [{"fn": "Ana"}, {"hasEmail": {"@id": "mailto:x@b.example"}}, "Ana"]},
            "contact",
            ContactPoint(has_name=True, has_email=True, email_domain="b.example"),
        ),
        (
            {"contactPoint": ["Ana", "x@b.example"]},
            "contact",
            ContactPoint(has_name=True, has_email=True, email_domain="b.example"),
        ),
        ({"license": LICENCE}, "licence", "https://l.example/by"),
        ({"license": LICENCE}, "licence_title", "CC BY"),
        ({"license": {"name": "CC BY"}}, "licence", "CC BY"),
        ({"license": "cc-by"}, "licence_title", None),
        ({"conformsTo": [{"@type": "Standard", "title": "ISO 8601"}]}, "conforms_to", ("ISO 8601",)),
    ],
)
def test_objects_of_version_3(fields: dict[str, Any], name: str, value: object) -> None:
    reading = read({"dataset": [{"title": "T", **fields}]})
    assert getattr(reading.datasets[0], name) == value
    assert not [use for use in reading.fields if use.reading == "unread"]
    assert reading.problems == ()


def test_licences_of_distributions_are_objects_too() -> None:
    (distribution,) = dataset(distribution=[{"license": LICENCE}]).distributions
    assert distribution.licence == "https://l.example/by"


@pytest.mark.parametrize(
    ("fields", "place"),
    [
        ({"spatial": {"@type": "Location"}}, "dataset[].spatial"),
        ({"spatial": ["GT", {"type": "x"}]}, "dataset[].spatial[]"),
        ({"theme": [{"@type": "Concept"}]}, "dataset[].theme[]"),
        ({"license": ["a", "b"]}, "dataset[].license"),
        ({"publisher": [{"name": "A"}, {"name": "B"}]}, "dataset[].publisher"),
        ({"publisher": ["A", "B"]}, "dataset[].publisher"),
    ],
)
def test_what_is_not_read_of_an_object_is_a_problem(fields: dict[str, Any], place: str) -> None:
    reading = read({"dataset": [{"title": "T", **fields}]})
    assert [problem.place for problem in reading.problems] == [place]


def test_fields_of_objects_that_nobody_reads_are_reported() -> None:
    reading = read({"dataset": [{"title": "T", "spatial": {**LOCATION, "novelty": 1}}]})
    assert [use.path for use in reading.fields if use.reading == "unread"] == ["dataset[].spatial.novelty"]


@pytest.mark.parametrize(
    ("distribution", "count", "problems"),
    [
        ([], 0, 0),
        (None, 0, 0),
        ({"downloadURL": "https://a.example/x"}, 1, 0),
        ([{"downloadURL": "https://a.example/x"}, {}], 2, 0),
        (["https://a.example/x"], 1, 0),
        (["no address", 7, None], 0, 3),
        ("no address", 0, 1),
    ],
)
def test_declared_distributions_are_all_there(distribution: object, count: int, problems: int) -> None:
    reading = read({"dataset": [{"title": "T", "distribution": distribution}]})
    assert (len(reading.datasets[0].distributions), len(reading.problems)) == (count, problems)


@pytest.mark.parametrize(
    ("document", "datasets", "distributions"),
    [
        ({"dataset": []}, 0, 0),
        ({"dataset": {"title": "T"}}, 1, 0),
        ([{"title": "T", "accessURL": "https://a.example/x", "format": "csv"}], 1, 1),
        ([{"title": "T", "accessURL": "https://a.example/x", "distribution": [{}, {}]}], 1, 2),
        ([{"title": "C", "dataset": [{"title": "A"}, {"title": "B"}]}], 2, 0),
        ({"title": "T", "distribution": [{}]}, 1, 1),
        (
            {
                "@graph": [
                    {"@id": "d", "@type": "dcat:Dataset", "title": "T", "distribution": ["r", {"@id": "r"}]},
                    {"@id": "r", "@type": "dcat:Distribution", "downloadURL": "https://a.example/x"},
                    {"@id": "o", "@type": "org:Organization", "name": "O"},
                ]
            },
            1,
            2,
        ),
        ({"@graph": [{"@type": "dcat:Catalog", "dataset": [{"title": "A"}]}]}, 1, 0),
    ],
)
def test_shapes_of_documents(document: object, datasets: int, distributions: int) -> None:
    reading = read(document)
    counted = sum(len(item.distributions) for item in reading.datasets)
    assert (len(reading.datasets), counted, reading.problems) == (datasets, distributions, ())


def test_flat_graphs_put_distributions_back() -> None:
    graph = [
        {"@id": "d", "title": "T", "distribution": {"@id": "r"}},
        {"@id": "r", "@type": "Distribution", "format": "CSV"},
    ]
    (found,) = read({"@graph": graph}).datasets
    assert found.distributions[0].format == "CSV"


@pytest.mark.parametrize(
    ("body", "reason", "said"),
    [
        (b'{"error": true, "message": "Internal error", "status": 500}', "error_object", "Internal error (status 500)"),
        (b'{"success": false, "error": {"message": "closed"}}', "error_object", "error"),
        (b'{"title": "C"}', "no_datasets", "title"),
        (b'{"dataset": null}', "no_datasets", "NoneType"),
        (b'{"dataset": "x"}', "no_datasets", "str"),
        (b'{"dataset": [1, 2]}', "no_datasets", "no objects"),
        (b'[{"a": 1}]', "no_datasets", "no datasets"),
        (b'{"dataset": [{"title": "T"},]}', "malformed", "line 1"),
        (b"<html></html>", "html", "data.json"),
    ],
)
def test_what_is_no_catalogue_says_why(body: bytes, reason: str, said: str) -> None:
    refusal = read_data_json(body, HERE)
    assert isinstance(refusal, Refusal)
    assert refusal.reason == reason
    assert said in refusal.detail


@pytest.mark.parametrize(
    "encode",
    [
        lambda text: b"\xef\xbb\xbf" + text.encode(),
        lambda text: text.encode("utf-16"),
        lambda text: b"\n\n" + text.encode(),
        lambda text: text.encode() + b"\x00\x00",
    ],
)
def test_encodings(encode: Any) -> None:
    reading = read_data_json(encode('{"dataset": [{"title": "Año"}]}'), HERE)
    assert isinstance(reading, Reading)
    assert reading.datasets[0].title == {"": "Año"}


def test_an_old_encoding_is_read_and_told() -> None:
    reading = read_data_json('{"dataset": [{"title": "Año"}]}'.encode("cp1252"), HERE)
    assert isinstance(reading, Reading)
    assert reading.datasets[0].title == {"": "Año"}
    assert "Windows-1252" in reading.problems[0].reason


async def test_gzip_without_a_header_is_unpacked(web: Any, source: Any) -> None:
    site = web({HERE: gzip.compress(b'{"dataset": [{"title": "T"}]}')})
    harvested = await datajson.harvest(source(HERE, "datajson"), site)
    assert (harvested.state, len(harvested.datasets)) == ("complete", 1)


def test_texts_that_look_like_json_stay_texts() -> None:
    assert dataset(description='{"stage": "test"}').description == {"": '{"stage": "test"}'}


def test_items_that_are_no_objects_are_problems() -> None:
    reading = read({"dataset": [{"title": "T"}, None, "x", []]})
    assert len(reading.datasets) == 1
    assert [problem.place for problem in reading.problems] == ["dataset[1]", "dataset[2]", "dataset[3]"]


def test_fields_of_national_profiles_are_unread() -> None:
    argentine = {"title": "T", "superTheme": ["ECON"], "distribution": [{"field": [{"title": "a"}], "format": "CSV"}]}
    uses = {use.path: use.reading for use in read({"themeTaxonomy": [], "title": "C", "dataset": [argentine]}).fields}
    assert uses["themeTaxonomy"] == uses["dataset[].superTheme"] == uses["dataset[].distribution[].field"] == "unread"
    assert uses["title"] == "ignored"
    assert uses["dataset[].distribution[].format"] == "mapped"


def test_values_of_another_type_are_gathered_in_one_problem() -> None:
    reading = read({"dataset": [{"title": "T", "distribution": [{"byteSize": "big"}] * 3}]})
    (problem,) = reading.problems
    assert (problem.place, problem.reason) == ("dataset[].distribution[].byteSize", "not a number of bytes (3 times)")


async def test_pages_are_followed(web: Any, source: Any) -> None:
    first = json.dumps({"dataset": [{"identifier": "1", "title": "A"}], "next": "?page=2"})
    second = json.dumps({"dataset": [{"identifier": "2", "title": "B"}]})
    harvested = await datajson.harvest(source(HERE, "datajson"), web({HERE: first, f"{HERE}?page=2": second}))
    assert (harvested.state, [item.native_id for item in harvested.datasets]) == ("complete", ["1", "2"])


async def test_a_link_header_names_the_next_page(web: Any, source: Any) -> None:
    first = (200, b'{"dataset": [{"identifier": "1", "title": "A"}]}', {"link": f'<{HERE}?page=2>; rel="next"'})
    second = '{"dataset": [{"identifier": "2", "title": "B"}]}'
    harvested = await datajson.harvest(source(HERE, "datajson"), web({HERE: first, f"{HERE}?page=2": second}))
    assert len(harvested.datasets) == 2


@pytest.mark.parametrize(
    ("url", "found"),
    [
        ("https://datos.example/data.json", HERE),
        ("https://datos.example/", HERE),
        ("https://datos.example/es/inicio", HERE),
        ("https://elsewhere.example/", None),
    ],
)
async def test_recognises(url: str, found: str | None, web: Any) -> None:
    discovery = await discover(url, web({HERE: '{"dataset": [{"title": "T"}]}'}))
    assert (discovery.protocol, discovery.url) == (None if found is None else "datajson", found)


async def test_ids_that_repeat_in_one_document_are_all_kept(web: Any, source: Any) -> None:
    document = json.dumps({"dataset": [{"identifier": "1", "title": "A"}, {"identifier": "1", "title": "B"}]})
    harvested = await datajson.harvest(source(HERE, "datajson"), web({HERE: document}))
    assert len(harvested.datasets) == 2

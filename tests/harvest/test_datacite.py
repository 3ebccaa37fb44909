"""DataCite: lists of the REST API and the JSON of one DOI.

The pages in `recorded/datacite` are written from the API's description, with invented data:
https://support.datacite.org/reference/get_dois and https://support.datacite.org/docs/pagination.
"""

import json
from pathlib import Path
from typing import Any

import pytest

from atalaya.catalogue.records import Agent, Dataset, Distribution, Reading
from atalaya.harvest.datacite import claims, first_page, harvest, read_visit
from atalaya.harvest.visits import Refusal, Visit
from tests.harvest.conftest import answer_of

URL = "https://api.datos.example/dois?client-id=inventado.datos"
RECORDED = Path(__file__).parent / "recorded" / "datacite"


def visit(value: object, url: str = URL) -> Visit:
    answer, body = answer_of(url, json.dumps(value))
    return Visit(url, answer, body or b"", None)


def dataset(**fields: Any) -> Dataset:
    reading = read_visit(visit({"data": [{"id": "10.0/x", "type": "dois", "attributes": fields}]}))
    assert isinstance(reading, Reading), reading
    return reading.datasets[0]


async def test_a_list_is_read_by_cursor(web: Any, source: Any) -> None:
    pages = {
        f"{URL}&page[size]=100&page[cursor]=1": (RECORDED / "page-1.json").read_bytes(),
        f"{URL}&page[cursor]=Mg&page[size]=100": (RECORDED / "page-2.json").read_bytes(),
    }
    harvested = await harvest(source(URL, "datacite"), web(pages))
    assert (harvested.state, harvested.declared_total) == ("complete", 2), harvested.detail
    first, second = harvested.datasets
    assert first.native_id == "10.00000/presupuesto.2026"
    assert first.title == {"es": "Presupuesto 2026"}
    assert first.description == {"es": "Gasto por mes."}
    assert first.publisher == Agent(name="Repositorio Inventado", uri="https://ror.org/111111111")
    assert first.creator == Agent(name="Ministerio Inventado", uri="https://ror.org/000000000")
    assert (first.issued, first.modified, first.version) == ("2026-01-02", "2026-01-04", "1.1")
    assert first.licence == "https://creativecommons.org/licenses/by/4.0/legalcode"
    assert first.spatial == ("-92,13,-88,18",)
    file = "https://repositorio.datos.example/registro/1/presupuesto.csv"
    assert first.distributions == (Distribution(download_url=file, format="text/csv", byte_size=1024),)
    assert (second.publisher, second.modified) == (Agent(name="Instituto Inventado"), "2026-01-05T00:00:00.000Z")
    assert second.landing_page == "https://doi.org/10.00000/encuesta"
    assert [item.place for item in harvested.problems] == ["DOI of the type JournalArticle"]
    assert not [use for use in harvested.fields if use.reading == "unread"]
    assert "Inventada" not in repr(harvested)


@pytest.mark.parametrize(
    ("fields", "name", "value"),
    [
        ({"doi": "10.0/ABC"}, "native_id", "10.0/abc"),
        ({"doi": "https://doi.org/10.0/ABC"}, "native_id", "10.0/abc"),
        ({"doi": None}, "native_id", "10.0/x"),
        ({"titles": [{"title": "T"}]}, "title", {"": "T"}),
        ({"titles": "T"}, "title", {"": "T"}),
        ({"titles": [{"title": "S", "titleType": "Subtitle"}]}, "title", {"": "S"}),
        ({"titles": None}, "title", {}),
        ({"publicationYear": 2020}, "issued", "2020"),
        ({"publicationYear": 2020, "dates": [{"date": "2020-03", "dateType": "Available"}]}, "issued", "2020-03"),
        ({"dates": {"date": "2020", "dateType": "Issued"}}, "issued", "2020"),
        ({"publisher": "P"}, "publisher", Agent(name="P")),
        ({"publisher": {}}, "publisher", None),
        ({"creators": [{"name": "Pérez, Ana"}]}, "creator", None),
        ({"rightsList": [{"rights": "Uso libre"}]}, "licence", "Uso libre"),
        ({"rightsList": [{"rightsIdentifier": "cc0-1.0", "rights": "CC0"}]}, "licence", "cc0-1.0"),
        ({"contentUrl": None}, "distributions", ()),
        ({"contentUrl": "https://x.example/a"}, "distributions", (Distribution(download_url="https://x.example/a"),)),
        ({"contentUrl": ["x"]}, "distributions", ()),
        ({"subjects": ["a", "b"]}, "keywords", ("a", "b")),
        ({"geoLocations": [{"geoLocationPoint": {"pointLongitude": 1, "pointLatitude": "2"}}]}, "spatial", ("1,2",)),
        ({"url": "https://x.example/1"}, "landing_page", "https://x.example/1"),
        ({"language": None}, "languages", ()),
    ],
)
def test_fields(fields: dict[str, Any], name: str, value: object) -> None:
    assert getattr(dataset(**fields), name) == value


@pytest.mark.parametrize(
    ("general", "kept"),
    [("Dataset", 1), ("dataset", 1), (None, 1), ("Software", 0), ("Collection", 0), ("Text", 0), ("Other", 0)],
)
def test_only_datasets_are_kept(general: str | None, kept: int) -> None:
    types = {} if general is None else {"resourceTypeGeneral": general}
    reading = read_visit(visit({"data": [{"id": "10.0/x", "type": "dois", "attributes": {"types": types}}]}))
    assert isinstance(reading, Reading)
    assert len(reading.datasets) == kept
    assert len(reading.datasets) + len(reading.problems) == 1


def test_items_that_are_no_objects_are_problems() -> None:
    doi = {"id": "10.0/x", "type": "dois", "attributes": {"titles": [{"title": "T"}]}}
    reading = read_visit(visit({"data": [doi, 7, None, {"type": "dois"}]}))
    assert isinstance(reading, Reading)
    assert (len(reading.datasets), len(reading.problems)) == (1, 3)


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        ({"errors": [{"status": "404", "title": "The resource doesn't exist."}]}, "error_object"),
        ({"data": [{"type": "clients", "attributes": {}}]}, "no_datasets"),
        ({"data": []}, "no_datasets"),
        ({"title": "T", "dataset": []}, "no_datasets"),
        ({"doi": "10.0/x", "titles": "T"}, "no_datasets"),
        ([], "no_datasets"),
    ],
)
def test_claims_nothing_else(value: object, reason: str) -> None:
    refusal = claims(visit(value))
    assert isinstance(refusal, Refusal)
    assert refusal.reason == reason


def test_the_json_of_one_doi() -> None:
    value = {
        "id": "https://doi.org/10.0/X",
        "titles": [{"title": "T"}],
        "schemaVersion": "http://datacite.org/schema/kernel-4",
    }
    assert claims(visit(value, "https://doi.example/10.0/x")) is None
    reading = read_visit(visit(value, "https://doi.example/10.0/x"))
    assert isinstance(reading, Reading)
    assert [item.native_id for item in reading.datasets] == ["10.0/x"]


async def test_a_list_cut_by_page_number_is_partial(web: Any, source: Any) -> None:
    url = f"{URL}&page[number]=1"
    page = {"data": [{"id": "10.0/x", "type": "dois", "attributes": {}}], "meta": {"total": 20_000}, "links": {}}
    harvested = await harvest(source(url, "datacite"), web({url: json.dumps(page)}))
    assert (harvested.state, harvested.reason) == ("partial", "incomplete")


@pytest.mark.parametrize(
    "url", ["https://x.example/dois/10.1/a", "https://[x", "https://x.example/dois?page[number]=2"]
)
def test_addresses_that_are_asked_as_they_are(url: str) -> None:
    assert first_page(url) == url

"""CSW: capabilities, output schemas, pages and what ends them.

The answers in `recorded/csw` were written from OGC 07-006r1 (CSW 2.0.2, https://www.ogc.org/standards/cat/) and OGC 12-176r7
(3.0), in the dress of GeoNetwork and pycsw; real pages are read in `test_recorded_catalogues.py`.
"""

from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest

from atalaya.catalogue.records import Agent
from atalaya.fetch.answers import Answer
from atalaya.harvest import csw
from atalaya.harvest.csw_requests import SCHEMAS, asks_records, capabilities_address, read_offer, requests
from atalaya.harvest.csw_responses import read_page
from atalaya.harvest.protocol import Harvest
from atalaya.harvest.queries import parameters
from atalaya.harvest.visits import Refusal, Visit
from tests.harvest.exemplars.exemplar import numbered
from tests.harvest.exemplars.iso_record import record

RECORDED = Path(__file__).with_name("recorded") / "csw"
URL = "https://ide.example/geonetwork/srv/spa/csw"
GMD = "http://www.isotc211.org/2005/gmd"


def recording(name: str) -> bytes:
    return (RECORDED / name).read_bytes()


def visit(body: bytes, url: str = f"{URL}?request=GetRecords&startPosition=1") -> Visit:
    return Visit(url, Answer(requested_url=url, final_url=url, status=200), body, None)


def page(items: str, numbers: str) -> bytes:
    return (
        '<csw:GetRecordsResponse xmlns:csw="http://www.opengis.net/cat/csw/2.0.2">'
        f"<csw:SearchResults {numbers}>{items}</csw:SearchResults></csw:GetRecordsResponse>"
    ).encode()


class Server:
    """A CSW that answers by what is asked: its capabilities, and a function of the parameters of GetRecords."""

    def __init__(self, web: Any, capabilities: bytes, answer: Any) -> None:
        self.capabilities, self.answer = capabilities, answer
        self.asked: list[str] = []
        self._web = web

    async def __call__(self, url: str, /) -> Any:
        self.asked.append(url)
        said = {name.lower(): value for name, value in parse_qsl(urlsplit(url).query)}
        is_capabilities = said.get("request") == "GetCapabilities"
        reply = self.capabilities if is_capabilities else self.answer(said)
        return await self._web({url: reply})(url)


async def harvested(
    web: Any, source: Any, capabilities: bytes, answer: Any, url: str = URL
) -> tuple[Harvest, list[str]]:
    server = Server(web, capabilities, answer)
    return await csw.harvest(source(url, "csw"), server), server.asked


@pytest.mark.parametrize(
    ("url", "wanted"),
    [
        (URL, f"{URL}?service=CSW&request=GetCapabilities"),
        (f"{URL}?", f"{URL}?service=CSW&request=GetCapabilities"),
        (f"{URL}?lang=es&Service=CSW", f"{URL}?lang=es&service=CSW&request=GetCapabilities"),
        (f"{URL}?SERVICE=CSW&REQUEST=GetCapabilities&x=1", f"{URL}?SERVICE=CSW&REQUEST=GetCapabilities&x=1"),
    ],
)
def test_the_address_of_the_capabilities(url: str, wanted: str) -> None:
    assert capabilities_address(url) == wanted


def test_a_get_records_address_is_asked_as_it_is() -> None:
    assert asks_records(f"{URL}?REQUEST=getrecords&service=CSW")
    assert not asks_records(URL)


def test_the_offer_of_a_server_behind_a_proxy() -> None:
    offer = read_offer(visit(recording("capabilities_2_0_2.xml"), f"{URL}?service=CSW&request=GetCapabilities"))
    assert not isinstance(offer, Refusal)
    assert offer.version == "2.0.2"
    assert "localhost" not in offer.address
    (url,) = requests(offer, None)
    assert url.startswith(f"{URL}?service=CSW&version=2.0.2&request=GetRecords&")
    assert parameters(url)["outputschema"] == "http://www.opengis.net/cat/csw/2.0.2"
    assert parameters(url)["maxrecords"] == "100"


def test_the_offer_of_a_csw_3() -> None:
    offer = read_offer(visit(recording("capabilities_3_0.xml"), "https://ide.example/pycsw/csw.py?a=b"))
    assert not isinstance(offer, Refusal)
    first, last = requests(offer, 10)
    assert first.startswith("https://ide.example/pycsw/csw.py?service=CSW&version=3.0.0&request=GetRecords")
    assert [parameters(url)["outputschema"] for url in (first, last)] == [GMD, "http://www.opengis.net/cat/csw/3.0"]
    assert parameters(first)["typenames"] == "csw30:Record"
    assert "resulttype" not in parameters(first)


def test_schemas_are_preferred_as_declared() -> None:
    order = [
        GMD,
        "http://standards.iso.org/iso/19115/-3/mdb/2.0",
        "http://www.w3.org/ns/dcat#",
        "http://data.europa.eu/930/",
    ]
    assert [schema for schema in SCHEMAS if schema in order] == order
    assert SCHEMAS[-2:] == ("http://www.opengis.net/cat/csw/2.0.2", "http://www.opengis.net/cat/csw/3.0")


async def test_dublin_core(web: Any, source: Any) -> None:
    found, asked = await harvested(
        web, source, recording("capabilities_2_0_2.xml"), lambda said: recording("dublin_core.xml")
    )
    assert (found.state, found.reason, found.declared_total) == ("complete", None, 3)
    assert len(asked) == 2
    first, last = found.datasets
    assert (first.native_id, first.title, first.description) == ("c-1", {"es": "Cuencas"}, {"es": "Cuencas inventadas"})
    assert (first.publisher, first.creator) == (Agent(name="Instituto de Ejemplo"), None)
    assert (first.issued, first.modified, first.rights) == ("2020-01-01", "2021-02-03", "CC BY 4.0")
    assert (first.keywords, first.languages) == (("agua", "cuencas"), ("spa",))
    assert first.spatial == last.spatial == ("-92.3,13.6,-88.1,17.9",)
    assert [(item.access_url, item.download_url, item.format) for item in first.distributions] == [
        ("https://mapas.example/wms", None, "OGC:WMS"),
        (None, "https://datos.example/cuencas.zip", "Shapefile"),
        ("https://datos.example/cuencas", None, None),
    ]
    assert [(problem.place, problem.reason) for problem in found.problems] == [
        ("record 2 c-2", "describes a service, not a dataset")
    ]
    assert "Nadie" not in repr(found)
    assert not [use for use in found.fields if use.reading == "unread"]


async def test_csw_3_answers_are_read(web: Any, source: Any) -> None:
    found, _ = await harvested(
        web, source, recording("capabilities_3_0.xml"), lambda said: recording("records_3_0.xml")
    )
    assert found.state == "complete"
    (dataset,) = found.datasets
    assert (dataset.title, dataset.spatial) == ({"es": "Cuencas"}, ("-92.3,13.6,-88.1,17.9",))
    assert [(item.url, item.format) for item in dataset.distributions] == [("https://datos.example/cuencas.csv", "CSV")]
    assert not [use for use in found.fields if use.reading == "unread"]


async def test_another_schema_is_tried_where_one_is_refused(web: Any, source: Any) -> None:
    def answer(said: Any) -> Any:
        if said["outputschema"] == GMD:
            return 400, recording("exception.xml")
        return recording("records_3_0.xml")

    found, asked = await harvested(web, source, recording("capabilities_3_0.xml"), answer)
    assert found.state == "complete"
    assert len(asked) == 3


async def test_a_schema_that_gives_no_records_is_no_empty_catalogue(web: Any, source: Any) -> None:
    def answer(said: Any) -> Any:
        hollow = page("", 'numberOfRecordsMatched="1" numberOfRecordsReturned="0" nextRecord="0"')
        return hollow if said["outputschema"] == GMD else recording("records_3_0.xml")

    found, _ = await harvested(web, source, recording("capabilities_3_0.xml"), answer)
    assert (found.state, len(found.datasets)) == ("complete", 1)


async def test_exceptions_with_status_200_fail_with_their_words(web: Any, source: Any) -> None:
    found, _ = await harvested(
        web, source, recording("capabilities_2_0_2.xml"), lambda said: recording("exception.xml")
    )
    assert (found.state, found.reason) == ("failed", "error_object")
    assert "InvalidParameterValue" in (found.detail or "")
    found, _ = await harvested(web, source, recording("exception.xml"), lambda said: b"")
    assert (found.state, found.reason) == ("failed", "error_object")


async def test_an_empty_catalogue_is_complete(web: Any, source: Any) -> None:
    hollow = page("", 'numberOfRecordsMatched="0" numberOfRecordsReturned="0" nextRecord="0"')
    found, asked = await harvested(web, source, recording("capabilities_2_0_2.xml"), lambda said: hollow)
    assert (found.state, found.datasets, len(asked)) == ("complete", (), 2)


ITEMS = numbered(6)


def served(start: int, size: int, following: str) -> bytes:
    items = ITEMS[start - 1 : start - 1 + size]
    numbers = f'numberOfRecordsMatched="6" numberOfRecordsReturned="{len(items)}"{following}'
    return page("".join(map(record, items)), numbers)


@pytest.mark.parametrize(
    ("following", "state", "reason", "count"),
    [
        (lambda start: f' nextRecord="{start + 2 if start < 5 else 0}"', "complete", None, 6),
        (lambda start: f' nextRecord="{start + 2}"', "complete", None, 6),
        (lambda start: "", "complete", None, 6),
        (lambda start: ' nextRecord=""', "complete", None, 6),
        (lambda start: ' nextRecord="0"', "partial", "incomplete", 2),
        (lambda start: f' nextRecord="{start}"', "partial", "pages_repeat", 2),
        (lambda start: ' nextRecord="99"', "partial", "incomplete", 2),
    ],
    ids=[
        "zero ends",
        "above the matches ends",
        "left out",
        "blank",
        "ends early",
        "equal to the start",
        "far too high",
    ],
)
async def test_what_next_record_says(
    following: Any, state: str, reason: str | None, count: int, web: Any, source: Any
) -> None:
    found, _ = await harvested(
        web,
        source,
        recording("capabilities_2_0_2.xml"),
        lambda said: served(int(said["startposition"]), 2, following(int(said["startposition"]))),
    )
    assert (found.state, found.reason, len(found.datasets)) == (state, reason, count)
    assert found.declared_total == 6


async def test_services_count_towards_the_total_and_are_no_datasets(web: Any, source: Any) -> None:
    service = record(ITEMS[1]).replace('codeListValue="dataset"', 'codeListValue="service"')
    answer = page(record(ITEMS[0]) + service, 'numberOfRecordsMatched="2" numberOfRecordsReturned="2" nextRecord="0"')
    found, _ = await harvested(web, source, recording("capabilities_2_0_2.xml"), lambda said: answer)
    assert (found.state, len(found.datasets), found.declared_total) == ("complete", 1, 2)
    assert [problem.place for problem in found.problems] == ["record 2 d2"]


async def test_fewer_records_than_declared_are_told(web: Any, source: Any) -> None:
    answer = page(record(ITEMS[0]), 'numberOfRecordsMatched="2" numberOfRecordsReturned="2" nextRecord="0"')
    found, _ = await harvested(web, source, recording("capabilities_2_0_2.xml"), lambda said: answer)
    assert (found.state, found.reason) == ("partial", "incomplete")
    assert found.problems[0].reason == "says that it returns 2 records and carries 1"


def test_one_broken_rdf_record_leaves_the_others() -> None:
    rdf = 'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:dcat="http://www.w3.org/ns/dcat#"'
    dataset = f'<rdf:RDF {rdf} xmlns:dct="http://purl.org/dc/terms/"><dcat:Dataset><dct:title>T</dct:title></dcat:Dataset></rdf:RDF>'
    broken = f"<rdf:RDF {rdf}><dcat:Dataset>text<dcat:theme/></dcat:Dataset></rdf:RDF>"
    other = f'<rdf:RDF {rdf}><dcat:DataService rdf:about="https://a.example/s"/></rdf:RDF>'
    unknown = '<entry xmlns="http://www.w3.org/2005/Atom"/>'
    reading = read_page(visit(page(dataset + broken + other + unknown, 'numberOfRecordsMatched="4"')))
    assert not isinstance(reading, Refusal)
    assert [item.title for item in reading.datasets] == [{"": "T"}]
    assert reading.others == 1
    assert [problem.place for problem in reading.problems] == ["record 2", "record 3", "record 4"]
    assert reading.next_url is None


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"<html><body>x</body></html>", "html"),
        (b"<rss/>", "no_datasets"),
        (b"<a", "malformed"),
        (b"{}", "malformed"),
        (b"<ServiceExceptionReport><ServiceException>no</ServiceException></ServiceExceptionReport>", "error_object"),
    ],
)
def test_other_documents_are_not_claimed(body: bytes, reason: str) -> None:
    refusal = csw.claims(visit(body))
    assert isinstance(refusal, Refusal)
    assert refusal.reason == reason


def test_capabilities_and_records_are_claimed() -> None:
    names = ("capabilities_2_0_2.xml", "capabilities_3_0.xml", "dublin_core.xml", "records_3_0.xml")
    assert [csw.claims(visit(recording(name))) for name in names] == [None] * 4


def test_places_are_few_and_keep_the_endpoint_as_source() -> None:
    places = csw.places(visit(b"", "https://ide.example/geonetwork/srv/eng/csw"))
    assert [place.source for place in places[1:]] == [
        f"https://ide.example/{path}" for path in ("geonetwork/srv/spa/csw", "csw", "pycsw/csw.py", "csw.py")
    ]
    assert places[0].asked.endswith("csw?service=CSW&request=GetCapabilities")
    assert places[0].source == "https://ide.example/geonetwork/srv/eng/csw"

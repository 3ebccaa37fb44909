"""uData: both versions of its API, its catalogue as tables and workbooks, and what is no longer published.

The answers in `recorded/udata` were written from the description of the API, since no list was recorded:
https://www.data.gouv.fr/api/1/swagger.json and https://www.data.gouv.fr/api/2/swagger.json.
"""

import io
import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from atalaya.fetch.answers import Answer, Failure
from atalaya.harvest.discovery import discover
from atalaya.harvest.protocol import COMPLETE, FAILED, PARTIAL
from atalaya.harvest.udata import PROTOCOL, claims
from atalaya.harvest.udata_addresses import following, starts
from atalaya.harvest.visits import Visit

RECORDED = Path(__file__).parent / "recorded" / "udata"
V1 = "https://datos.example/api/1/datasets/?page=1&page_size=100"
V2 = "https://datos.example/api/2/datasets/?page=1&page_size=100"
LINK = "https://datos.example/api/2/datasets/64a000000000000000000001/resources/?page={}&page_size=2"


def recorded(name: str) -> bytes:
    return (RECORDED / name).read_bytes()


async def harvest(pages: dict[str, Any], web: Any, source: Any, url: str = "https://datos.example/") -> Any:
    return await PROTOCOL.harvest(source(url, "udata"), web(pages))


async def test_version_1_is_read_field_by_field(web: Any, source: Any) -> None:
    harvested = await harvest({V1: recorded("datasets_v1.json")}, web, source)
    assert (harvested.state, len(harvested.datasets), harvested.resources) == (COMPLETE, 2, 2)
    first = harvested.datasets[0]
    assert (first.native_id, first.title) == ("64a000000000000000000001", {"": "Presupuesto 2026"})
    assert (first.keywords, first.licence, first.frequency) == (("presupuesto", "gasto"), "cc-by", "monthly")
    assert first.publisher.name == "Ministerio de Ejemplo"
    assert first.publisher.uri == "https://datos.example/organizations/ministerio-de-ejemplo/"
    assert (first.issued, first.modified) == ("2025-12-01T08:00:00+00:00", "2026-01-05T08:00:00+00:00")
    assert (first.spatial, first.access_rights) == (("country:xx",), "open")
    assert [(span.start, span.end) for span in first.temporal] == [("2026-01-01", "2026-12-31")]
    assert (first.contact.has_name, first.contact.email_domain) == (True, "ministerio.example")
    assert first.landing_page == "https://datos.example/datasets/presupuesto-2026/"
    stored, remote = first.distributions
    assert stored.download_url == stored.access_url == "https://static.datos.example/presupuesto.csv"
    assert (stored.byte_size, stored.media_type, stored.checksum) == (2048, "text/csv", f"sha1:{'0' * 40}")
    assert stored.conforms_to == ("ejemplo/presupuesto",)
    assert (remote.access_url, remote.download_url) == ("https://ministerio.example/api", None)
    assert [use.path for use in harvested.fields if use.reading == "unread"] == ["data[].extras.nuestro:codigo"]


async def test_what_is_archived_is_left_out_and_listed(web: Any, source: Any) -> None:
    harvested = await harvest({V1: recorded("datasets_v1.json")}, web, source)
    assert harvested.declared_total == 2
    assert [(item.place, item.reason) for item in harvested.problems] == [
        ("data[1] 64a000000000000000000002", "archived: not published, so left out")
    ]


@pytest.mark.parametrize(
    ("field", "value", "published"),
    [
        ("private", True, False),
        ("private", "False", True),
        ("deleted", "2025-01-01", False),
        ("archived", "False", True),
        ("archived", "", True),
        ("archived", None, True),
        ("archived", "2025-01-01T00:00:00", False),
    ],
)
async def test_publication(field: str, value: object, published: bool, web: Any, source: Any) -> None:
    item = {"id": "d", "title": "T", "resources": [], "organization": None, field: value}
    harvested = await harvest({V1: json.dumps({"data": [item], "total": 1, "next_page": None})}, web, source)
    assert harvested.state == COMPLETE
    assert (len(harvested.datasets), len(harvested.problems)) == ((1, 0) if published else (0, 1))


async def test_a_person_is_no_publisher(web: Any, source: Any) -> None:
    harvested = await harvest({V1: recorded("datasets_v1.json")}, web, source)
    owned = harvested.datasets[1]
    assert owned.publisher is None
    assert owned.spatial == ('{"coordinates":[1,2],"type":"Point"}',)
    assert not [text for text in ("Apellido", "nombre-apellido", "Mesa de ayuda", "ayuda@") if text in repr(harvested)]


async def test_the_page_of_origin_stands_in_where_the_portal_names_none(web: Any, source: Any) -> None:
    page = json.loads(recorded("datasets_v1.json"))
    del page["data"][0]["page"]
    harvested = await harvest({V1: json.dumps(page)}, web, source)
    assert harvested.datasets[0].landing_page == "https://ministerio.example/datos/p26"


def link_page(number: int, ids: list[str], last: bool) -> str:
    items = [{"id": name, "url": f"https://static.datos.example/{name}.csv", "format": "csv"} for name in ids]
    return json.dumps({"data": items, "next_page": None if last else LINK.format(number + 1), "total": 3})


async def test_version_2_is_read_with_the_resources_behind_its_links(web: Any, source: Any) -> None:
    pages = {
        V2: recorded("datasets_v2.json"),
        LINK.format(1): link_page(1, ["a", "b"], False),
        LINK.format(2): link_page(2, ["c"], True),
    }
    harvested = await harvest(pages, web, source)
    assert (harvested.state, harvested.resources, len(harvested.datasets)) == (COMPLETE, 3, 2)
    first = harvested.datasets[0]
    assert (first.licence, first.licence_title, first.frequency) == ("cc-by", "Creative Commons Attribution", "monthly")
    assert (
        len(harvested.pages) == 4
    )  # version 1, which is absent, the list, two pages of resources; none for no resources
    assert not [use for use in harvested.fields if use.reading == "unread"]


@pytest.mark.parametrize(
    ("second", "reason", "count"),
    [
        (Failure.TIMEOUT, "page_failed", 2),
        ('{"message": "no"}', "page_failed", 2),
        (link_page(2, [], True), "incomplete", 2),
        (link_page(1, ["a", "b"], False), None, 4),
    ],
)
async def test_resources_that_do_not_come_make_it_partial(
    second: Any, reason: str | None, count: int, web: Any, source: Any
) -> None:
    pages = {
        V2: recorded("datasets_v2.json"),
        LINK.format(1): link_page(1, ["a", "b"], False),
        LINK.format(2): second,
    }
    harvested = await harvest(pages, web, source, "https://datos.example/api/2/datasets/")
    assert (harvested.reason, harvested.resources) == (reason, count)
    assert harvested.state == (COMPLETE if reason is None else PARTIAL)
    assert bool(harvested.problems) == (reason is not None)


async def test_a_table_of_datasets_takes_its_resources_from_the_table_beside_it(web: Any, source: Any) -> None:
    url = "https://datos.example/api/1/site/datasets.csv"
    beside = "https://datos.example/api/1/site/resources.csv"
    pages = {url: recorded("datasets.csv"), beside: recorded("resources.csv")}
    harvested = await harvest(pages, web, source, url)
    assert (harvested.state, len(harvested.datasets), harvested.resources) == (COMPLETE, 1, 2)
    (dataset,) = harvested.datasets
    assert dataset.description == {"": "Ejecución\nmensual; por municipio"}
    assert (dataset.keywords, dataset.spatial) == (("gasto", "presupuesto"), ("Villa Real", "Villa Nueva"))
    assert [item.native_id for item in dataset.distributions] == ["r1", "r2"]
    assert dataset.distributions[0].checksum == "sha1:abc"
    assert [item.reason for item in harvested.problems] == [
        "archived: not published, so left out",
        "1 resources of datasets that are not listed",
    ]
    assert not [use.path for use in harvested.fields if use.reading == "unread"]


@pytest.mark.parametrize("name", ["datasets.csv", "export-dataset-20260105.csv"])
async def test_a_table_of_datasets_alone_says_that_resources_are_missing(name: str, web: Any, source: Any) -> None:
    url = f"https://datos.example/{name}"
    harvested = await harvest({url: recorded("datasets.csv")}, web, source, url)
    assert (harvested.state, len(harvested.datasets), harvested.resources) == (COMPLETE, 1, 0)
    assert "resources" in harvested.problems[-1].reason


async def test_resources_of_a_table_are_put_together_by_dataset(web: Any, source: Any) -> None:
    url = "https://datos.example/resources.csv"
    harvested = await harvest({url: recorded("resources.csv")}, web, source, url)
    found = [(item.native_id, [file.native_id for file in item.distributions]) for item in harvested.datasets]
    assert found == [("d1", ["r1", "r2"]), ("d9", ["r9"])]
    assert harvested.datasets[0].publisher.name == "Ministerio de Ejemplo"


async def test_a_workbook_is_read_as_the_table_is(web: Any, source: Any) -> None:
    book = openpyxl.Workbook()
    for line in recorded("resources.csv").decode().splitlines():
        book.active.append(line.split(";"))
    stream = io.BytesIO()
    book.save(stream)
    url = "https://datos.example/resources.xlsx"
    harvested = await harvest({url: stream.getvalue()}, web, source, url)
    assert (harvested.state, len(harvested.datasets), harvested.resources) == (COMPLETE, 2, 3)


@pytest.mark.parametrize("body", [b"PK\x03\x04" + bytes(200), b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)])
async def test_a_broken_workbook_is_malformed(body: bytes, web: Any, source: Any) -> None:
    url = "https://datos.example/resources.xls"
    harvested = await harvest({url: body}, web, source, url)
    assert (harvested.state, harvested.reason) == (FAILED, "malformed")


async def test_a_list_that_names_no_next_page_is_numbered(web: Any, source: Any) -> None:
    def page(number: int) -> str:
        items = [{"id": f"d{number}", "title": "T", "resources": [], "organization": None}]
        return json.dumps({"data": items, "page": number, "page_size": 1, "total": 2})

    url = "https://datos.example/api/1/organizations/o1/datasets/"
    pages = {f"{url}?page={number}&page_size=1": page(number) for number in (1, 2)}
    harvested = await harvest(pages, web, source, f"{url}?page_size=1&page=2")
    assert (harvested.state, [item.native_id for item in harvested.datasets]) == (COMPLETE, ["d1", "d2"])


@pytest.mark.parametrize(
    "body",
    [
        '{"data": [{"id": "r", "title": "Reuse", "type": "api"}], "next_page": null, "page": 1, "total": 1}',
        '{"data": [], "next_page": null, "page": 1, "total": 0}',
        '{"datasets": [{"datasetid": "x", "metas": {}}], "nhits": 1}',
        '{"dataset": [{"title": "T", "identifier": "x"}]}',
        '[{"id": "x", "title": "T", "resources": []}]',
        "datasetid;title\nx;T\n",
        "id;title;slug\n1;T;t\n",
    ],
)
def test_documents_of_others_are_not_claimed(body: str) -> None:
    url = "https://datos.example/x"
    refusal = claims(Visit(url, Answer(requested_url=url, final_url=url, status=200), body.encode(), None))
    assert refusal is not None
    assert refusal.reason == "no_datasets"


@pytest.mark.parametrize("name", ["datasets_v1.json", "datasets_v2.json", "datasets.csv", "resources.csv"])
async def test_its_own_documents_are_claimed(name: str, web: Any) -> None:
    url = f"https://datos.example/{name}"
    found = await discover(url, web({url: recorded(name)}))
    assert (found.protocol, found.url) == ("udata", url)


async def test_a_portal_is_discovered_from_its_home_page(web: Any) -> None:
    probe = "https://datos.example/api/1/datasets/?page=1&page_size=1"
    site = web({"https://datos.example/": "<html><body>Datos</body></html>", probe: recorded("datasets_v1.json")})
    found = await discover("https://datos.example/", site)
    assert (found.protocol, found.url) == ("udata", "https://datos.example/api/1/datasets/")


@pytest.mark.parametrize(
    ("url", "first", "count"),
    [
        ("https://datos.example", V1, 2),
        ("https://datos.example/es/", "https://datos.example/es/", 3),
        ("https://datos.example/api/1", V1, 1),
        ("https://datos.example/api/2/datasets", "https://datos.example/api/2/datasets?page=1&page_size=100", 1),
        (
            "https://datos.example/api/2/datasets/search/?tag=a&tag=b",
            "https://datos.example/api/2/datasets/search/?tag=a&tag=b&page=1&page_size=100",
            1,
        ),
        ("https://datos.example/api/1/datasets/x/", "https://datos.example/api/1/datasets/x/", 1),
    ],
)
def test_where_reading_begins(url: str, first: str, count: int) -> None:
    found = starts(url, None)
    assert (found[0], len(found)) == (first, count)


@pytest.mark.parametrize(
    ("given", "total", "page"), [(2, 5, 2), (2, 2, None), (1, None, None), (2, None, 2), (0, 5, None)]
)
def test_the_page_that_follows(given: int, total: int | None, page: int | None) -> None:
    expected = None if page is None else f"https://a.example/?page_size=2&page={page}"
    assert following("https://a.example/?page=1&page_size=2", given, total) == expected

"""OpenDataSoft: its three versions and its export, the window of its paging, and which links are declared.

The answers in `recorded/opendatasoft` were written from the description of the API, since no portal was recorded in version 2:
https://help.opendatasoft.com/apis/ods-explore-v2/.
"""

import json
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from atalaya.fetch.answers import Answer, Failure
from atalaya.harvest.discovery import discover
from atalaya.harvest.opendatasoft import PROTOCOL, claims
from atalaya.harvest.opendatasoft_api import WINDOW, next_page, starts
from atalaya.harvest.protocol import COMPLETE, FAILED, PARTIAL
from atalaya.harvest.visits import Visit

RECORDED = Path(__file__).parent / "recorded" / "opendatasoft"
V21 = "https://datos.example/api/explore/v2.1"
V20 = "https://datos.example/api/v2"
V1 = "https://datos.example/api/datasets/1.0"
LIST = f"{V21}/catalog/datasets?limit=100&offset=0"


@pytest.fixture
def pages() -> dict[str, Any]:
    return {LIST: (RECORDED / "datasets_v2_1.json").read_bytes()}


async def harvest(pages: Any, web: Any, source: Any, url: str = "https://datos.example/", **more: Any) -> Any:
    return await PROTOCOL.harvest(source(url, "opendatasoft", **more), web(pages) if isinstance(pages, dict) else pages)


async def test_version_2_1_is_read_field_by_field(pages: Any, web: Any, source: Any) -> None:
    harvested = await harvest(pages, web, source)
    assert (harvested.state, harvested.declared_total) == (COMPLETE, 3)
    first = harvested.datasets[0]
    assert first.native_id == "presupuesto-2026"
    assert first.title == {"": "Presupuesto 2026"}
    assert first.description == {"": "<p>Ejecución <b>mensual</b></p>"}
    assert (first.keywords, first.themes) == (("presupuesto", "gasto"), ("Economía, Finanzas",))
    assert (first.licence, first.licence_url) == ("CC BY 4.0", "https://creativecommons.org/licenses/by/4.0/")
    assert first.publisher.name == "Ministerio de Ejemplo"
    assert (first.issued, first.modified) == ("2026-01-01", "2026-01-05T10:00:00+00:00")
    assert (first.frequency, first.languages) == ("Mensual", ("es",))
    assert first.spatial == ("Villa Real", "world_xx")
    assert [(span.start, span.end) for span in first.temporal] == [("2026-01-01", "2026-12-31")]
    assert (first.contact.has_name, first.contact.email_domain) == (True, "ministerio.example")
    assert first.landing_page is None


async def test_contacts_and_creators_leave_no_name_or_address(pages: Any, web: Any, source: Any) -> None:
    said = repr((await harvest(pages, web, source)).datasets)
    assert not [text for text in ("Mesa de ayuda", "ayuda@", "geo@", "Unidad de Ejemplo") if text in said]


async def test_files_with_an_address_are_declared_and_the_rest_is_derived(pages: Any, web: Any, source: Any) -> None:
    harvested = await harvest(pages, web, source)
    base = f"{V21}/catalog/datasets/presupuesto-2026"
    links = [(item.url, item.derived) for item in harvested.datasets[0].distributions]
    assert links == [
        (f"{base}/attachments/manual_pdf", True),
        ("https://files.example/presupuesto.zip", False),
        *((f"{base}/exports/{name}", True) for name in ("csv", "json", "xlsx", "geojson", "shp")),
    ]
    assert harvested.resources == 1


async def test_records_that_are_hidden_or_absent_have_no_export(pages: Any, web: Any, source: Any) -> None:
    harvested = await harvest(pages, web, source)
    assert [item.distributions for item in harvested.datasets[1:]] == [(), ()]
    (hidden,) = harvested.problems
    assert hidden.place == "datasets[1] escuelas@otro"
    assert "not visible" in hidden.reason


async def test_a_federated_dataset_keeps_its_page_of_origin(pages: Any, web: Any, source: Any) -> None:
    federated = (await harvest(pages, web, source)).datasets[1]
    assert federated.landing_page == "https://otro.example/explore/dataset/escuelas/"
    assert federated.spatial == ("-91.0,14.1,-90.0,14.9",)
    assert federated.contact.email_domain == "otro.example"


async def test_fields_of_one_portal_are_unread_and_counters_ignored(pages: Any, web: Any, source: Any) -> None:
    uses = {use.path: use.reading for use in (await harvest(pages, web, source)).fields}
    assert uses["results[].metas.custom.unidad-responsable"] == "unread"
    assert uses["results[].metas.explore"] == "ignored"
    assert [path for path, reading in uses.items() if reading == "unread"] == [
        "results[].metas.custom.unidad-responsable"
    ]


async def test_version_2_0_wraps_each_dataset(pages: Any, web: Any, source: Any) -> None:
    page = json.loads(pages[LIST])
    wrapped = [{"links": [{"rel": "self", "href": "x"}], "dataset": item} for item in page["results"]]
    old = json.dumps({"total_count": 3, "links": [], "datasets": wrapped})
    site = web({f"{V20}/catalog/datasets?limit=100&offset=0": old})
    harvested = await harvest(site, web, source)
    assert (harvested.state, len(harvested.datasets)) == (COMPLETE, 3)
    exports = [item.url for item in harvested.datasets[0].distributions if item.format == "csv"]
    assert exports == [f"{V20}/catalog/datasets/presupuesto-2026/exports/csv"]
    assert "datasets[].links" in {use.path for use in harvested.fields if use.reading == "ignored"}
    assert [page.url.partition("?")[0] for page in harvested.pages] == [
        f"{V21}/catalog/datasets",
        f"{V20}/catalog/datasets",
    ]


async def test_version_1_is_found_last_and_paged_by_rows(web: Any, source: Any) -> None:
    def page(start: int) -> str:
        items = [{"datasetid": f"d{n}", "has_records": False, "metas": {"title": f"T{n}"}} for n in (start, start + 1)]
        return json.dumps({"nhits": 4, "datasets": items, "parameters": {}, "facet_groups": []})

    asked = f"{V1}/search/?interopmetas=true&rows=2&start="
    site = web({f"{asked}0": page(0), f"{asked}2": page(2)})
    harvested = await harvest(site, web, source, page_size=2)
    assert (harvested.state, [item.native_id for item in harvested.datasets]) == (COMPLETE, ["d0", "d1", "d2", "d3"])


async def test_fewer_declared_than_given_is_a_problem(web: Any, source: Any) -> None:
    items = [{"datasetid": f"d{n}", "metas": {"title": "T"}} for n in range(4)]
    url = f"{V1}/search/?interopmetas=true&rows=100&start=0"
    harvested = await harvest({url: json.dumps({"nhits": 3, "datasets": items})}, web, source, f"{V1}/search/")
    assert (harvested.state, len(harvested.datasets)) == (COMPLETE, 4)
    assert [problem.reason for problem in harvested.problems] == ["3, though 4 were given"]


class Large:
    """A portal of 12,000 datasets: pages up to the window, the export as it is set."""

    def __init__(self, web: Any, export: Any) -> None:
        class Site(web):  # type: ignore[misc]
            def reply(self, url: str) -> Any:
                if "/exports/" in url:
                    return export
                said = parse_qs(urlsplit(url).query)
                limit, offset = int(said["limit"][0]), int(said["offset"][0])
                if limit + offset > WINDOW:
                    return 400, b'{"error_code": "InvalidRESTParameterError", "message": "no"}'
                return json.dumps({"total_count": 12_000, "results": datasets(offset, limit)})

        self.site = Site()


def datasets(offset: int, count: int) -> list[dict[str, Any]]:
    return [{"dataset_id": f"d{n}", "metas": {"default": {"title": f"T{n}"}}} for n in range(offset, offset + count)]


async def test_a_catalogue_beyond_the_window_is_read_from_its_export(web: Any, source: Any) -> None:
    site = Large(web, json.dumps(datasets(0, 12_000))).site
    harvested = await harvest(site, web, source, f"{V21}/catalog/datasets?refine=theme:x&refine=theme:y")
    assert (harvested.state, len(harvested.datasets), harvested.declared_total) == (COMPLETE, 12_000, 12_000)
    assert site.asked[1:] == [f"{V21}/catalog/exports/json?refine=theme%3Ax&refine=theme%3Ay"]
    assert len(harvested.pages) == 2


async def test_an_export_that_is_short_is_incomplete(web: Any, source: Any) -> None:
    harvested = await harvest(Large(web, json.dumps(datasets(0, 11_000))).site, web, source)
    assert (harvested.state, harvested.reason, len(harvested.datasets)) == (PARTIAL, "incomplete", 11_000)


async def test_without_the_export_the_window_is_read_and_the_rest_is_missing(web: Any, source: Any) -> None:
    site = Large(web, Failure.TIMEOUT).site
    harvested = await harvest(site, web, source)
    assert (harvested.state, harvested.reason, len(harvested.datasets)) == (PARTIAL, "incomplete", WINDOW)
    assert len(site.asked) == 102


async def test_the_export_as_a_table_is_read_whole(web: Any, source: Any) -> None:
    url = f"{V21}/catalog/exports/csv"
    harvested = await harvest({url: (RECORDED / "catalog_v2_1.csv").read_bytes()}, web, source, url)
    assert (harvested.state, len(harvested.datasets), harvested.problems) == (COMPLETE, 2, ())
    first, empty = harvested.datasets
    assert first.description == {"": "<p>Primera línea\nsegunda línea; con punto y coma</p>"}
    assert (first.keywords, first.themes, first.languages) == (
        ("presupuesto", "gasto"),
        ("Economía, Finanzas",),
        ("es", "en"),
    )
    assert (first.rights, first.frequency) == ("Libre", "Mensual")
    assert [item.format for item in first.distributions] == ["csv", "json", "xlsx"]
    assert empty.distributions == ()
    assert [use.path for use in harvested.fields if use.reading == "unread"] == ["custom.unidad"]


@pytest.mark.parametrize(("end", "state"), [("d2;T2\n", PARTIAL), ("d2;T2;\n", COMPLETE)])
async def test_a_table_that_ends_inside_a_row_is_partial(end: str, state: str, web: Any, source: Any) -> None:
    url = "https://datos.example/catalogo.csv"
    harvested = await harvest({url: f"datasetid;title;records_count\nd1;T1;3\n{end}"}, web, source, url)
    assert (harvested.state, [item.native_id for item in harvested.datasets]) == (state, ["d1", "d2"])
    assert bool(harvested.problems) == (state == PARTIAL)


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ('{"error_code": "ODSQLError", "message": "Malformed query"}', "error_object"),
        ('{"errorcode": 10002, "reset_time": "x", "error": "Too many requests on the domain."}', "error_object"),
        ('{"total_count": 2, "results": [{"monto": 1}, {"monto": 2}]}', "no_datasets"),
        ("<html><body>Mantenimiento</body></html>", "html"),
    ],
)
async def test_a_success_without_a_catalogue_fails(body: str, reason: str, web: Any, source: Any) -> None:
    harvested = await harvest({LIST: body}, web, source, f"{V21}/catalog/datasets")
    assert (harvested.state, harvested.reason) == (FAILED, reason)


@pytest.mark.parametrize(
    "body",
    [
        '{"total_count": 2, "results": [{"monto": 1}]}',
        '{"count": 0, "results": []}',
        '{"dataset": [{"title": "T", "identifier": "x"}]}',
        '{"datasets": [{"dataset": {"id": "x"}, "resources": []}]}',
        '{"data": [{"id": "x", "title": "T", "resources": []}], "total": 1}',
        '{"success": true, "result": {"results": [{"id": "x", "title": "T"}]}}',
        '[{"title": "T", "identifier": "x"}]',
        "id;title;slug;organization_id;frequency\n1;T;t;o;x\n",
        "municipio,poblacion\nArriba,1200\n",
    ],
)
def test_documents_of_others_are_not_claimed(body: str) -> None:
    url = "https://datos.example/x"
    refusal = claims(Visit(url, Answer(requested_url=url, final_url=url, status=200), body.encode(), None))
    assert refusal is not None
    assert refusal.reason == "no_datasets"


async def test_a_portal_is_discovered_from_its_home_page(pages: Any, web: Any) -> None:
    home = {"https://datos.example/pages/home/": "<html><body>Datos</body></html>"}
    found = await discover(
        "https://datos.example/pages/home/", web(home | {f"{V21}/catalog/datasets?limit=1": pages[LIST]})
    )
    assert (found.protocol, found.url) == ("opendatasoft", f"{V21}/catalog/datasets")


@pytest.mark.parametrize(
    ("url", "first", "count"),
    [
        ("https://datos.example", f"{V21}/catalog/datasets?limit=100&offset=0", 3),
        ("https://datos.example/explore/?q=x", "https://datos.example/explore/?q=x", 4),
        (f"{V21}", f"{V21}/catalog/datasets?limit=100&offset=0", 1),
        (f"{V21}/catalog/datasets?limit=20&offset=40", f"{V21}/catalog/datasets?limit=20&offset=0", 1),
        (f"{V21}/catalog/datasets?limit=999", f"{V21}/catalog/datasets?limit=100&offset=0", 1),
        (f"{V20}/catalog/datasets?rows=50&start=50", f"{V20}/catalog/datasets?rows=50&start=0", 1),
        (f"{V1}/search?q=agua", f"{V1}/search?interopmetas=true&q=agua&rows=100&start=0", 1),
        (f"{V21}/catalog/exports/json", f"{V21}/catalog/exports/json", 1),
        (f"{V1}/un-conjunto/", f"{V1}/un-conjunto/", 1),
        (
            "https://a.example/datos/api/v2/catalog",
            "https://a.example/datos/api/v2/catalog/datasets?limit=100&offset=0",
            1,
        ),
    ],
)
def test_where_reading_begins(url: str, first: str, count: int) -> None:
    found = starts(url, None)
    assert (found[0], len(found)) == (first, count)


@pytest.mark.parametrize(
    ("url", "given", "total", "following"),
    [
        ("https://a.example/x?limit=100&offset=0", 100, 250, "https://a.example/x?limit=100&offset=100"),
        ("https://a.example/x?limit=100&offset=200", 50, 250, None),
        ("https://a.example/x?limit=100&offset=0", 30, 250, "https://a.example/x?limit=100&offset=30"),
        ("https://a.example/x?rows=60&start=9960", 20, 12_000, "https://a.example/x?rows=20&start=9980"),
        ("https://a.example/x?limit=100&offset=9900", 100, 12_000, None),
        ("https://a.example/x?limit=100&offset=0", 100, None, "https://a.example/x?limit=100&offset=100"),
        ("https://a.example/x?limit=100&offset=0", 99, None, None),
        ("https://a.example/x?limit=100&offset=100", 0, 250, None),
        ("https://a.example/exports/json", 250, None, None),
    ],
)
def test_the_next_page(url: str, given: int, total: int | None, following: str | None) -> None:
    assert next_page(url, given, total) == following

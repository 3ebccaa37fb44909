"""OCDS: indexes of bulk files, packages and lists; what is one publication, and what a gap in it looks like.

No real answers were at hand. The files in `recorded/ocds/` were written from published descriptions, with invented data:
packages from https://standard.open-contracting.org/1.1/en/schema/release_package/ and …/record_package/, paging from
https://github.com/open-contracting-extensions/ocds_pagination_extension, the registry from the tests of
https://github.com/open-contracting/data-registry, and the indexes from what the spiders of
https://github.com/open-contracting/kingfisher-collect say of https://ocds.guatecompras.gt/files (key `result`) and of the
indexes of Honduras, Peru and Zambia.
"""

import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from atalaya.catalogue.identity import identify
from atalaya.catalogue.records import Dataset, Period
from atalaya.fetch.answers import Answer, Failure
from atalaya.harvest.discovery import discover
from atalaya.harvest.ocds import harvest, places
from atalaya.harvest.ocds_documents import Contents, Document, read_document
from atalaya.harvest.protocol import Harvest
from atalaya.harvest.visits import Refusal, Visit
from atalaya.store.archive import Blob

RECORDED = Path(__file__).parent / "recorded" / "ocds"
GUATEMALA = "https://ocds.guatecompras.gt/files"
LIST = "https://compras.example/releases"

json_values = st.recursive(
    st.none() | st.booleans() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=15,
)


def recorded(name: str) -> str:
    return (RECORDED / name).read_text(encoding="utf-8")


def releases(*numbers: int) -> list[dict[str, object]]:
    return [
        {"ocid": f"ocds-xxxxxx-{number}", "id": f"{number}-1", "date": "2026-01-05T00:00:00Z"} for number in numbers
    ]


def package(items: object, **head: Any) -> dict[str, Any]:
    said = {"uri": LIST, "version": "1.1", "publishedDate": "2026-03-01T00:00:00Z", "publisher": {"name": "Oficina"}}
    return {**said, "releases": items, **head}


def month(year: object, number: object, **more: Any) -> dict[str, Any]:
    return {"year": year, "month": number, "files": {"json": f"https://ocds.example/json/{year}/{number}"}, **more}


async def read(pages: dict[str, Any], web: Any, source: Any) -> Harvest:
    """The harvest of the first page, whose answers are JSON values, texts or replies."""
    answers = {url: json.dumps(page) if isinstance(page, dict | list) else page for url, page in pages.items()}
    return await harvest(source(next(iter(answers)), "ocds"), web(answers))


async def one(pages: dict[str, Any], web: Any, source: Any) -> Dataset:
    harvested = await read(pages, web, source)
    assert (harvested.state, len(harvested.datasets)) == ("complete", 1), harvested.detail
    return harvested.datasets[0]


def reasons(harvested: Harvest) -> list[str]:
    return [problem.reason for problem in harvested.problems]


async def test_guatecompras_is_one_publication_with_a_file_a_month_and_format(web: Any, source: Any) -> None:
    harvested = await read({GUATEMALA: recorded("guatecompras_files.json")}, web, source)
    assert (harvested.state, len(harvested.datasets), harvested.resources) == ("complete", 1, 11)
    (dataset,) = harvested.datasets
    assert (dataset.native_id, dataset.title["en"]) == ("Guatecompras", "Releases of Guatecompras")
    assert dataset.publisher is not None
    assert dataset.publisher.name == "Guatecompras"
    assert dataset.temporal == (Period(start="2019-11", end="2020-04"),)
    assert dataset.modified == "2020-04-28T01:00:28-06:00"
    first = dataset.distributions[0]
    assert (first.native_id, first.url, first.format) == (
        "gc-2020-04/csv",
        "https://ocds.guatecompras.gt/file/csv/2020/4",
        "csv",
    )
    assert first.modified == "2020-04-28T01:00:28-06:00"
    assert not any("/sha/" in (item.url or "") for item in dataset.distributions)


async def test_missing_months_show_and_so_do_those_of_one_format(web: Any, source: Any) -> None:
    harvested = await read({GUATEMALA: recorded("guatecompras_files.json")}, web, source)
    assert [(problem.place, problem.reason) for problem in harvested.problems] == [
        ("Guatecompras", "the series from 2019-11 to 2020-04 lacks 2019-12, 2020-03"),
        ("Guatecompras", "no file in the format xlsx for 2020-02"),
    ]


async def test_links_to_checksums_are_neither_files_nor_asked(web: Any, source: Any) -> None:
    site = web({GUATEMALA: recorded("guatecompras_files.json")})
    harvested = await harvest(source(GUATEMALA, "ocds"), site)
    uses = {use.path: (use.reading, use.count) for use in harvested.fields}
    assert uses["result[].files.sha"] == ("ignored", 4)
    assert site.asked == [GUATEMALA]


async def test_the_key_of_the_documentation_is_read_as_well(web: Any, source: Any) -> None:
    text = recorded("guatecompras_files.json").replace('"result"', '"results"')
    assert (await one({GUATEMALA: text}, web, source)).native_id == "Guatecompras"


async def test_publishers_and_systems_of_one_index_are_publications_of_their_own(web: Any, source: Any) -> None:
    harvested = await read({"https://ocds.example/d": recorded("honduras_descargas.json")}, web, source)
    assert [dataset.native_id for dataset in harvested.datasets] == [
        "Secretaría Inventada (Sistema Uno)",
        "Oficina Inventada (Catálogo)",
        "Oficina Inventada (Compras 1)",
    ]
    assert [dataset.publisher.name for dataset in harvested.datasets if dataset.publisher] == [
        "Secretaría Inventada",
        "Oficina Inventada",
        "Oficina Inventada",
    ]
    files = {item.url: item for item in harvested.datasets[0].distributions}
    assert len(files) == 6
    stated = files["http://descargas.example.hn/api/v1/descargas/uno_2012_01.json"]
    assert stated.checksum == "md5:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa1"
    assert {item.checksum for item in files.values() if item.format != "json"} == {None}
    assert harvested.problems == ()


async def test_counted_pages_of_an_index_are_one_series(web: Any, source: Any) -> None:
    start = "https://contratacionesabiertas.example.pe/api/v1/files?paginateBy=2&format=json"
    pages = {start: "peru_files_1.json", f"{start}&page=2": "peru_files_2.json", f"{start}&page=3": "peru_files_3.json"}
    harvested = await read({url: recorded(name) for url, name in pages.items()}, web, source)
    assert (harvested.state, len(harvested.datasets), harvested.resources) == ("complete", 1, 15)
    assert harvested.datasets[0].temporal == (Period(start="2026-02", end="2026-06"),)
    assert harvested.problems == ()


async def test_a_page_that_fails_leaves_the_rest_and_no_gap_of_ours(web: Any, source: Any) -> None:
    start = "https://ocds.example/files"
    first = {"pagination": {"num_pages": 2}, "results": [month(2026, 5), month(2026, 1)]}
    harvested = await read({start: first, f"{start}?page=2": (500, b"<html>Error</html>")}, web, source)
    assert (harvested.state, harvested.reason, harvested.resources) == ("partial", "page_failed", 2)
    assert harvested.problems == ()


async def test_entries_that_were_declared_and_not_given_are_missing(web: Any, source: Any) -> None:
    harvested = await read(
        {"https://ocds.example/files": {"count": 3, "next": None, "results": [month(2026, 1), month(2026, 2)]}},
        web,
        source,
    )
    assert (harvested.state, harvested.reason) == ("partial", "incomplete")
    assert harvested.detail == "2 of 3 declared entries were given"
    assert harvested.resources == 2


async def test_a_list_of_addresses_tells_the_months_in_their_paths(web: Any, source: Any) -> None:
    url = "https://www.zppa.example.zm/ocds/services/recordpackage/getrecordpackagelist"
    harvested = await read({url: recorded("zambia_list.json")}, web, source)
    (dataset,) = harvested.datasets
    assert (dataset.native_id, dict(dataset.title)) == (url, {})
    assert [dict(item.title) for item in dataset.distributions] == [{"": "2016-07"}, {"": "2016-08"}, {"": "2016-10"}]
    assert reasons(harvested) == ["the series from 2016-07 to 2016-10 lacks 2016-09"]


async def test_publications_of_the_registry_have_links_of_ours(web: Any, source: Any) -> None:
    url = "https://data.open-contracting.org/en/publications.json"
    harvested = await read({url: recorded("registry_publications.json")}, web, source)
    assert [dataset.native_id for dataset in harvested.datasets] == ["7", "8", "9"]
    assert harvested.resources == 0
    files = [[(item.url or "")[-42:] for item in dataset.distributions] for dataset in harvested.datasets]
    assert files == [
        ["en/publication/7/download?name=full.jsonl.gz"[-42:]],
        [],
        [f"en/publication/9/download?name={part}.jsonl.gz"[-42:] for part in ("full", "2022", "2023")],
    ]
    first, _, last = harvested.datasets
    assert (first.frequency, first.spatial, first.languages) == ("MONTHLY", ("País Inventado",), ("Spanish",))
    assert first.temporal == (Period(start="2010-02-01", end="2023-09-30"),)
    assert (first.landing_page, first.modified) == ("https://compras7.example/", "2026-02-03")
    assert [item.byte_size for item in last.distributions] == [123, 5, 7]
    assert not [use.path for use in harvested.fields if use.reading == "unread"]


async def test_the_registry_is_discovered_although_it_looks_like_a_data_json(web: Any) -> None:
    url = "https://data.open-contracting.org/en/publications.json"
    assert (await discover(url, web({url: recorded("registry_publications.json")}))).protocol == "ocds"


async def test_a_release_package_is_a_dataset_and_its_own_file(web: Any, source: Any) -> None:
    dataset = await one({LIST: recorded("release_package.json")}, web, source)
    assert dataset.native_id == "https://compras.example/releases?page=1"
    assert dataset.title == {"es": "Entregas de Oficina Inventada", "en": "Releases of Oficina Inventada"}
    assert dataset.publisher is not None
    assert (dataset.publisher.native_id, dataset.publisher.uri) == ("XX-RUC-123", "https://oficina.example")
    assert dataset.licence == "https://creativecommons.org/licenses/by/4.0/"
    assert dataset.landing_page == "https://compras.example/politica"
    assert (dataset.issued, dataset.modified) == ("2026-03-01T00:00:00Z", "2026-03-01T00:00:00Z")
    assert dataset.temporal == (Period(start="2026-01-05T00:00:00Z", end="2026-02-11T00:00:00Z"),)
    assert dataset.conforms_to == ("OCDS 1.1", "https://extensions.example/lots/extension.json")
    assert dataset.languages == ("es",)
    assert [(item.url, item.format, item.derived) for item in dataset.distributions] == [(LIST, "JSON", False)]


async def test_a_record_package_lists_the_packages_it_was_made_of(web: Any, source: Any) -> None:
    url = "https://compras.example/records.json"
    dataset = await one({url: recorded("record_package.json")}, web, source)
    assert [item.url for item in dataset.distributions] == [
        url,
        "https://compras.example/p1.json",
        "https://compras.example/p2.json",
    ]
    assert dataset.temporal[0].start == "2026-01-09T00:00:00Z"  # of the compiled release, not of what it links to


@pytest.mark.parametrize("missing", [{}, {"releases": None}, {"releases": []}], ids=["no key", "null", "empty"])
async def test_a_period_without_releases_is_a_package_all_the_same(missing: Any, web: Any, source: Any) -> None:
    head = {key: text for key, text in package(None).items() if key != "releases"}
    harvested = await read({LIST: {**head, **missing}}, web, source)
    assert (harvested.state, len(harvested.datasets)) == ("complete", 1)
    assert reasons(harvested) == ["a package without releases or records"]


async def test_items_that_are_no_releases_are_counted(web: Any, source: Any) -> None:
    harvested = await read({LIST: package([*releases(1), None, {"id": "x"}])}, web, source)
    assert reasons(harvested) == ["2 of 3 items are no release or record: they have no ocid"]


async def test_pages_of_releases_are_one_dataset_with_the_newest_date(web: Any, source: Any) -> None:
    second = f"{LIST}?page=2"
    pages = {
        LIST: package(releases(1, 2), links={"next": second}),
        second: package(releases(3), uri=second, publishedDate="2026-04-01T00:00:00Z", links={"prev": LIST}),
    }
    dataset = await one(pages, web, source)
    assert (dataset.native_id, dataset.modified) == (LIST, "2026-04-01T00:00:00Z")
    assert [item.url for item in dataset.distributions] == [LIST]


async def test_a_long_list_of_releases_is_data_and_not_read_to_its_end(web: Any, source: Any) -> None:
    class Endless(web):  # type: ignore[misc]
        def reply(self, url: str) -> str:
            number = int(url.rpartition("=")[2]) if "=" in url else 1
            following = {"next": f"{LIST}?page={number + 1}"}
            return json.dumps(package(releases(number), uri=f"{LIST}?page={number}", links=following))

    site = Endless()
    harvested = await harvest(source(LIST, "ocds"), site)
    assert (harvested.state, len(harvested.datasets), len(site.asked)) == ("complete", 1, 3)
    assert harvested.datasets[0].temporal == ()
    assert [(problem.place, problem.reason) for problem in harvested.problems] == [
        (f"{LIST}?page=4", "the list goes on here; its further pages are data of the same publication, not read")
    ]


@pytest.mark.parametrize("step", [1, 0], ids=["new addresses", "its own address"])
async def test_a_list_that_gives_the_same_releases_again_is_stopped(step: int, web: Any, source: Any) -> None:
    class Deaf(web):  # type: ignore[misc]
        def reply(self, url: str) -> str:
            number = int(url.rpartition("=")[2]) if "=" in url else 1
            return json.dumps(package(releases(1, 2), links={"next": f"{LIST}?page={number + step}"}))

    harvested = await harvest(source(LIST, "ocds"), Deaf())
    assert (harvested.state, harvested.reason, len(harvested.datasets)) == ("partial", "pages_repeat", 1)


async def test_another_publisher_on_a_later_page_is_another_publication(web: Any, source: Any) -> None:
    second = f"{LIST}?page=2"
    pages = {
        LIST: package(releases(1), links={"next": second}),
        second: package(releases(2), uri=second, publisher={"name": "Otra"}),
    }
    harvested = await read(pages, web, source)
    assert [dataset.publisher.name for dataset in harvested.datasets if dataset.publisher] == ["Oficina", "Otra"]
    assert [[item.url for item in dataset.distributions] for dataset in harvested.datasets] == [[LIST], [second]]


@pytest.mark.parametrize("wrapped", [False, True], ids=["array", "in an object"])
async def test_packages_in_one_document_are_publications_by_publisher(wrapped: bool, web: Any, source: Any) -> None:
    listed = [package(releases(1)), package(releases(2), uri="u2"), package(releases(3), publisher={"name": "Otra"}), 7]
    harvested = await read({LIST: {"results": listed} if wrapped else listed}, web, source)
    assert [dataset.native_id for dataset in harvested.datasets] == [f"{LIST}#Oficina", f"{LIST}#Otra"]
    assert harvested.resources == 2
    assert len(harvested.problems) == 1


@pytest.mark.parametrize("lines", [False, True], ids=["array", "lines"])
async def test_bare_releases_are_one_publication(lines: bool, web: Any, source: Any) -> None:
    items = releases(1, 2, 3)
    body = "\n".join(map(json.dumps, items)) if lines else json.dumps(items)
    dataset = await one({LIST: body}, web, source)
    assert (dataset.native_id, dataset.title, len(dataset.distributions)) == (LIST, {}, 1)


async def test_an_index_may_be_json_lines_and_name_files_on_the_entry(web: Any, source: Any) -> None:
    lines = [{"year": 2019, "url": "a/2019.json", "size": 10}, {"year": 2021, "url": "a/2021.json"}]
    harvested = await read({"https://ocds.example/x/": "\n".join(map(json.dumps, lines))}, web, source)
    (dataset,) = harvested.datasets
    assert dataset.distributions[0].url == "https://ocds.example/x/a/2019.json"
    assert dataset.distributions[0].byte_size == 10
    assert dataset.temporal == (Period(start="2019", end="2021"),)
    assert reasons(harvested) == ["the series from 2019 to 2021 lacks 2020"]


async def test_the_head_of_an_index_speaks_for_its_files(web: Any, source: Any) -> None:
    index = {
        "id": "compras",
        "title": "Compras abiertas",
        "publisher": {"name": "Oficina"},
        "license": "CC-BY-4.0",
        "files": [{"year": "2020", "json": "https://a.example/2020.json", "sha256": "0" * 64}],
    }
    dataset = await one({"https://ocds.example/i": index}, web, source)
    assert (dataset.native_id, dataset.title, dataset.licence) == ("compras", {"": "Compras abiertas"}, "CC-BY-4.0")
    assert dataset.publisher is not None
    assert dataset.publisher.name == "Oficina"


async def test_an_id_without_a_title_is_not_the_publications(web: Any, source: Any) -> None:
    """The documentation of one index puts the id of the newest month at the top, which changes every month."""
    dataset = await one({GUATEMALA: {"id": "gc-2026-11", "result": [month(2026, 11)]}}, web, source)
    assert dataset.native_id == GUATEMALA


async def test_two_publications_of_one_id_are_both_kept(web: Any, source: Any) -> None:
    listed = [{"id": 7, "title": f"T{number}", "files": {"json": f"https://a.example/{number}"}} for number in (1, 2)]
    harvested = await read({"https://ocds.example/p": {"publications": listed}}, web, source)
    assert len(identify("xx:s", harvested.datasets)) == 2


@pytest.mark.parametrize(
    ("entry", "files"),
    [
        (month("2020", "1"), [("json", "2020-01")]),
        (month(2020, 1.0), [("json", "2020-01")]),
        ({"id": "x-2020-01", "url": "https://a.example/f"}, [(None, "2020-01")]),
        ({"period": "2020-01", "url": "https://a.example/f"}, [(None, "2020-01")]),
        ({"desde": "2020-01-01", "hasta": "2020-03-31", "url": "https://a.example/f"}, [(None, "2020-01")]),
        (
            {"anio": 2020, "mes": 1, "json_url": "https://a.example/j", "csvUrl": "c"},
            [("json", "2020-01"), ("csv", "2020-01")],
        ),
        ({"year": 2020, "files": ["https://a.example/j"]}, [(None, "2020")]),
        (
            {"year": 2020, "files": [{"href": "https://a.example/j", "type": "application/json"}]},
            [("application/json", "2020")],
        ),
        (
            {"year": 2020, "urls": {"json": ["https://a.example/1", "https://a.example/2"]}},
            [("json", "2020"), ("json", "2020")],
        ),
        ({"year": 2020, "files": {"json": {"url": "https://a.example/1", "size": 9}, "csv": None}}, [("json", "2020")]),
        ({"year": 1492, "month": 13, "url": "https://a.example/f"}, [(None, None)]),
    ],
    ids=lambda value: None,
)
async def test_entries_in_every_dress(entry: Any, files: Any, web: Any, source: Any) -> None:
    harvested = await read({"https://ocds.example/files": {"files": [entry]}}, web, source)
    (dataset,) = harvested.datasets
    assert [(item.format, item.title.get("")) for item in dataset.distributions] == files
    assert not [use.path for use in harvested.fields if use.reading == "unread"]


async def test_an_entry_without_files_is_a_problem_and_a_gap(web: Any, source: Any) -> None:
    entries = [month(2020, 1), {"year": 2020, "month": 2, "files": {}}, month(2020, 3), 5]
    harvested = await read({"https://ocds.example/files": entries}, web, source)
    assert reasons(harvested) == [
        "names no file",
        "int instead of an entry",
        "the series from 2020-01 to 2020-03 lacks 2020-02",
    ]


async def test_a_file_that_is_listed_twice_is_read_once_and_told(web: Any, source: Any) -> None:
    harvested = await read({"https://ocds.example/files": [month(2020, 1), month(2020, 1)]}, web, source)
    assert harvested.resources == 1
    assert reasons(harvested) == ["listed twice on one page; read once"]


async def test_a_month_with_two_files_of_one_format_is_told(web: Any, source: Any) -> None:
    twice = month(2020, 1, files={"json": "https://ocds.example/other"})
    harvested = await read({"https://ocds.example/files": [month(2020, 1), twice]}, web, source)
    assert harvested.resources == 2
    assert reasons(harvested) == ["more than one file in the format json for 2020-01"]


@pytest.mark.parametrize(
    ("reply", "reason"),
    [
        ((400, b'{"message": "Bad Request"}'), "http"),
        ('{"result": []}', "no_datasets"),
        ('{"result": null}', "no_datasets"),
        ('{"result": [{"year": 2020, "files": {"json": ""}}]}', "no_datasets"),
        ('{"detail": "Error en la generación. ", "status": 500}', "error_object"),
        ('{"nhits": 1, "records": [{"recordid": "x", "fields": {}}]}', "no_datasets"),
        ('{"releases": [{"tag_name": "v1"}]}', "no_datasets"),
        ('{"result": [{"year": 2020', "malformed"),
        ('{"uri": "x", "publisher": {}, "version": "1.1", "releases": [{"ocid": "a"},]}', "malformed"),
        ('{"ocid": "a", "date": "2020"}\n{"ocid": "b", "da', "malformed"),
        ('{"ocid": "a"} trailing', "malformed"),
        (Failure.TIMEOUT, "unreachable"),
    ],
    ids=lambda value: None,
)
async def test_what_is_no_publication_fails_with_its_reason(reply: Any, reason: str, web: Any, source: Any) -> None:
    harvested = await read({GUATEMALA: reply}, web, source)
    assert (harvested.state, harvested.reason, harvested.datasets) == ("failed", reason, ())
    assert harvested.detail


async def test_a_zip_of_a_month_is_named_as_data(web: Any, source: Any) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("2026-04_Guatecompras.json", "{}")
    harvested = await read({f"{GUATEMALA}/json/2026/4": packed.getvalue()}, web, source)
    assert harvested.reason == "no_datasets"
    assert "ZIP archive" in (harvested.detail or "")


async def test_a_package_beyond_the_limit_is_an_outcome_of_its_own(source: Any) -> None:
    async def cut(url: str, /) -> tuple[Answer, bytes | None]:
        return Answer(requested_url=url, final_url=url, status=200, blob=Blob("0" * 64, 203_095_235, kept="ends")), None

    harvested = await harvest(source(LIST, "ocds"), cut)
    assert (harvested.state, harvested.reason, harvested.detail) == (
        "failed",
        "cut",
        f"{LIST} answered 203095235 bytes",
    )


async def test_the_contracts_of_a_package_are_not_kept() -> None:
    body = json.dumps(package([{**item, "tender": {"id": "x" * 10_000}} for item in releases(*range(100))])).encode()
    document = read_document(visit(body))
    assert isinstance(document, Document)
    (value,) = document.values
    assert isinstance(value, dict)
    contents = value["releases"]
    assert isinstance(contents, Contents)
    assert (contents.items, contents.odd, len(contents.keys)) == (100, 0, 100)


@given(value=json_values, indent=st.sampled_from([None, 1]))
@settings(max_examples=150, deadline=None)
def test_any_json_is_decoded_as_the_standard_library_does(value: object, indent: int | None) -> None:
    document = read_document(visit(json.dumps(value, indent=indent).encode()))
    assert isinstance(document, Document)
    if isinstance(value, list):
        assert (list(document.values), document.listed) == (value, True)
    else:
        assert (document.values, document.listed) == ((value,), False)


@given(place=st.integers(0, 700), put=st.binary(max_size=3))
@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
async def test_changed_bytes_end_as_a_harvest(place: int, put: bytes, web: Any, source: Any) -> None:
    for name in ("guatecompras_files.json", "release_package.json", "registry_publications.json"):
        body = recorded(name).encode()
        harvested = await harvest(source(LIST, "ocds"), web({LIST: body[:place] + put + body[place + len(put) + 1 :]}))
        assert harvested.state in ("complete", "partial", "failed")
        identify("xx:s", harvested.datasets)
        repr(harvested).encode()


def visit(body: bytes, url: str = LIST) -> Visit:
    return Visit(url, Answer(requested_url=url, final_url=url, status=200), body, None)


def test_a_document_names_the_line_of_its_fault() -> None:
    outcome = read_document(visit(b'{"uri": "x",\n "releases": [{"ocid": "a"} {"ocid": "b"}]}'))
    assert isinstance(outcome, Refusal)
    assert "line 2, column 29" in outcome.detail


@pytest.mark.parametrize(
    ("url", "body"),
    [
        ("https://datos.example/", b"<html>Portal de datos</html>"),
        ("https://datos.example/", b""),
    ],
    ids=["a page", "nothing"],
)
def test_a_site_that_does_not_speak_of_contracting_is_not_asked(url: str, body: bytes) -> None:
    assert places(visit(body, url)) == ()


async def test_the_index_is_found_from_the_front_page(web: Any) -> None:
    site = web({"https://ocds.guatecompras.gt/": "<html>App</html>", GUATEMALA: recorded("guatecompras_files.json")})
    found = await discover("https://ocds.guatecompras.gt/", site)
    assert (found.protocol, found.url) == ("ocds", GUATEMALA)


@pytest.mark.parametrize(
    ("document", "protocol"),
    [
        (
            {"dataset": [{"title": "Compras OCDS", "distribution": [{"downloadURL": "https://a.example/ocds.json"}]}]},
            "datajson",
        ),
        ([{"title": "Compras OCDS", "identifier": "1", "url": "https://a.example/ocds.json"}], "datajson"),
        ({"items": [{"year": 2020, "url": "https://a.example/budget.csv"}]}, None),
    ],
    ids=["data.json", "data.json 1.0", "unmarked list"],
)
async def test_catalogues_that_only_mention_contracting_are_not_claimed(
    document: Any, protocol: str | None, web: Any
) -> None:
    url = "https://datos.example/data.json"
    assert (await discover(url, web({url: json.dumps(document)}))).protocol == protocol

"""Data packages: descriptors of every version, catalogues that are followed, and what is none of these.

`recorded/datapackage` is invented. It was written from the specifications (https://datapackage.org/standard/data-package/,
https://specs.frictionlessdata.io/data-package/, https://datapackage.org/recipes/data-catalog/); `draft.json` and `index.json`
follow the drafts before version 1 and the registries of that time. Real descriptors are those of `groundtruth/frictionless`.
"""

import json
from pathlib import Path
from typing import Any

import pytest

from atalaya.fetch.answers import Answer, Failure
from atalaya.harvest import ckan, datajson, datapackage
from atalaya.harvest.discovery import discover
from atalaya.harvest.protocol import COMPLETE, FAILED, PARTIAL, Harvest
from atalaya.harvest.visits import Refusal, Visit

URL = "https://datos.example/mercados/datapackage.json"
RECORDED = Path(__file__).parent / "recorded" / "datapackage"


def visit(body: object, url: str = URL) -> Visit:
    return Visit(url, Answer(requested_url=url, final_url=url, status=200), json.dumps(body).encode(), None)


async def harvest(pages: dict[str, Any], web: Any, source: Any, url: str = URL) -> Harvest:
    texts = {
        address: page if isinstance(page, str | tuple | Failure) else json.dumps(page)
        for address, page in pages.items()
    }
    return await datapackage.harvest(source(url, "datapackage"), web(texts))


def package(name: str = "p", **more: Any) -> dict[str, Any]:
    return {"name": name, "title": f"Title {name}", "resources": [{"name": "r", "path": "r.csv"}], **more}


def unread(harvested: Harvest) -> list[str]:
    return [use.path for use in harvested.fields if use.reading == "unread"]


async def test_a_package_of_version_2(web: Any, source: Any) -> None:
    harvested = await harvest({URL: (RECORDED / "version2.json").read_text(encoding="utf-8")}, web, source)
    assert (harvested.state, len(harvested.datasets), harvested.resources) == (COMPLETE, 1, 5)
    assert unread(harvested) == []
    (dataset,) = harvested.datasets
    assert dataset.native_id == "https://datos.example/id/mercados"
    assert dataset.title == {"": "Mercados municipales", "en": "Municipal markets"}
    assert (dataset.licence, dataset.licence_title) == ("CC-BY-4.0", "Creative Commons Attribution 4.0")
    assert dataset.licence_url == "https://creativecommons.org/licenses/by/4.0/"
    assert dataset.publisher is not None
    assert (dataset.publisher.name, dataset.publisher.uri) == ("Municipio de Ejemplo", "https://municipio.example/")
    assert dataset.creator is not None
    assert dataset.creator.name == "Universidad de Ejemplo"
    assert dataset.contact is not None
    assert (dataset.contact.has_name, dataset.contact.email_domain) == (True, "universidad.example")
    assert (dataset.issued, dataset.version, dataset.landing_page) == (
        "2026-01-05T00:00:00Z",
        "1.2.0",
        "https://datos.example/mercados",
    )
    base = "https://datos.example/mercados"
    assert [(item.url, item.derived) for item in dataset.distributions] == [
        (f"{base}/datos/puestos.csv", False),
        (f"{base}/ventas-2024.csv", False),
        (f"{base}/ventas-2025.csv", False),
        (URL, True),
        ("https://mapas.example/mercados.geojson", False),
        ("https://datos.example/otros/x.csv", False),
    ]
    stalls, part, _, _, area, _ = dataset.distributions
    assert (stalls.native_id, stalls.byte_size, stalls.checksum) == ("puestos", 1200, "sha256:00ff")
    assert (part.byte_size, part.format) == (None, "csv")
    assert (area.checksum, area.licence) == ("md5:d41d8cd98f00b204e9800998ecf8427e", "CC0-1.0")
    assert [problem.reason for problem in harvested.problems] == [
        "a further licence; the first is read",
        "a path that leaves the package, which the standard forbids",
    ]
    for person in ("Persona", "Otra", "persona@", "datos@"):
        assert person not in repr(harvested)


async def test_a_package_of_the_drafts(web: Any, source: Any) -> None:
    harvested = await harvest({URL: (RECORDED / "draft.json").read_text(encoding="utf-8")}, web, source)
    (dataset,) = harvested.datasets
    assert unread(harvested) == []
    assert (dataset.licence, dataset.licence_url) == ("odc-pddl", "http://opendatacommons.org/licenses/pddl/")
    assert dataset.publisher is not None
    assert (dataset.publisher.name, dataset.publisher.uri) == ("Ministerio de Ejemplo", "https://ministerio.example/")
    assert dataset.modified == "2013-11-28"
    assert dataset.contact is not None
    assert dataset.contact.email_domain == "datos.example"
    (link,) = dataset.distributions
    assert (link.url, link.media_type, link.byte_size) == ("http://datos.example/presupuesto.csv", "text/csv", 345)
    assert "Persona" not in repr(harvested)
    assert "persona" not in repr(harvested)


async def test_an_index_by_name(web: Any, source: Any) -> None:
    address = "https://raw.example/registry/datapackage-index.json"
    harvested = await harvest({address: (RECORDED / "index.json").read_text(encoding="utf-8")}, web, source, address)
    assert harvested.state == COMPLETE
    ids = {dataset.native_id: dataset.distributions[0].url for dataset in harvested.datasets}
    assert ids == {
        "acces-internet": "https://raw.example/acces-internet/master/data/acceso.csv",
        "poblacion-total": "https://raw.example/registry/data/poblacion.csv",
    }


CATALOGUE = "https://datos.example/catalogo.json"


@pytest.mark.parametrize(
    "listed",
    [
        {"profile": "data-package-catalog", "resources": [{"path": "a/datapackage.json"}, {"path": "b/datapackage.json"}]},
        {"profile": "tabular-data-package-catalog", "resources": [{"name": "a", "path": "a/datapackage.json"}, package("b")]},
        {"name": "c", "resources": [{"profile": "data-package", "path": "a/datapackage.json"}, package("b")]},
        {"name": "c", "datasets": [{"name": "a", "package": "a/datapackage.json"}, {"name": "b", "package": package("b")}]},
        {"$schema": "datacatalog.json", "datasets": [{"title": "A", "path": "a/datapackage.json"}, {"package": package("b")}]},
        {"packages": [package("a"), package("b")]},
        {"datapackages": ["a/datapackage.json", "https://datos.example/b/datapackage.json"]},
        [package("a"), package("b")],
        ["a/datapackage.json", "b/datapackage.json"],
        [{"name": "a", "url": "a/datapackage.json"}, package("b")],
        {"packages": [{"name": "all", "path": "all/datapackage.json"}]},
    ],
    ids=range(11),
)  # fmt: skip
async def test_lists_and_catalogues_in_every_dress(listed: Any, web: Any, source: Any) -> None:
    pages = {
        CATALOGUE: listed,
        "https://datos.example/a/datapackage.json": package("a"),
        "https://datos.example/b/datapackage.json": package("b"),
        "https://datos.example/all/datapackage.json": [package("a"), package("b")],
    }
    harvested = await harvest(pages, web, source, CATALOGUE)
    assert (harvested.state, harvested.reason) == (COMPLETE, None), harvested.detail
    assert {dataset.native_id for dataset in harvested.datasets} == {"a", "b"}
    assert unread(harvested) == []
    assert datapackage.claims(visit(listed, CATALOGUE)) is None


async def test_a_list_of_data_resources(web: Any, source: Any) -> None:
    listed = [
        {"name": "a", "path": "a.csv", "schema": {"fields": []}},
        {"name": "b", "path": "b.csv", "profile": "tabular-data-resource", "licenses": [{"name": "CC0-1.0"}]},
    ]
    harvested = await harvest({CATALOGUE: listed}, web, source, CATALOGUE)
    assert harvested.state == COMPLETE
    links = [(dataset.native_id, dataset.licence, dataset.distributions[0].url) for dataset in harvested.datasets]
    assert links == [("a", None, "https://datos.example/a.csv"), ("b", "CC0-1.0", "https://datos.example/b.csv")]


@pytest.mark.parametrize(
    ("trouble", "reason"),
    [
        ((404, b"gone"), "page_failed"),
        (Failure.TIMEOUT, "page_failed"),
        ("<html></html>", "page_failed"),
        ({}, "page_failed"),
    ],
)
async def test_a_package_that_cannot_be_read_is_missed(trouble: Any, reason: str, web: Any, source: Any) -> None:
    pages = {
        CATALOGUE: ["a/datapackage.json", "b/datapackage.json"],
        "https://datos.example/b/datapackage.json": package("b"),
    }
    harvested = await harvest({**pages, "https://datos.example/a/datapackage.json": trouble}, web, source, CATALOGUE)
    assert (harvested.state, harvested.reason, harvested.declared_total) == (PARTIAL, reason, 2)
    assert [dataset.native_id for dataset in harvested.datasets] == ["b"]
    assert harvested.problems[0].place == "https://datos.example/a/datapackage.json"


async def test_odd_items_of_a_list_are_problems(web: Any, source: Any) -> None:
    listed = {"packages": [package("a"), None, 7, "ftp://x.example/datapackage.json", {"name": "z"}]}
    harvested = await harvest({CATALOGUE: listed}, web, source, CATALOGUE)
    assert len(harvested.datasets) == 1
    assert len(harvested.problems) == 4


async def test_catalogues_that_name_each_other_end(web: Any, source: Any) -> None:
    one, two = "https://datos.example/1/datapackage.json", "https://datos.example/2/datapackage.json"
    pages = {
        CATALOGUE: {"packages": [one]},
        one: {"packages": [two]},
        two: {"packages": [one, CATALOGUE, package("a")]},
    }
    harvested = await harvest(pages, web, source, CATALOGUE)
    assert (harvested.state, [dataset.native_id for dataset in harvested.datasets]) == (COMPLETE, ["a"])
    assert len(harvested.pages) == 3


async def test_catalogues_nested_too_deep_are_not_followed(web: Any, source: Any) -> None:
    address = [f"https://datos.example/{level}/datapackage.json" for level in range(9)]
    pages: dict[str, Any] = {address[level]: {"packages": [address[level + 1]]} for level in range(8)}
    harvested = await harvest(pages, web, source, address[0])
    assert (harvested.state, harvested.reason) == (FAILED, "page_failed")
    assert "deeper than" in (harvested.detail or "")
    assert len(harvested.pages) <= datapackage.DEPTH_LIMIT + 1


async def test_more_packages_than_the_limit(web: Any, source: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(datapackage, "PACKAGES_LIMIT", 3)
    names = [f"https://datos.example/{number}/datapackage.json" for number in range(9)]
    pages = {CATALOGUE: names, **{name: package(name) for name in names}}
    harvested = await harvest(pages, web, source, CATALOGUE)
    assert (harvested.state, harvested.reason) == (PARTIAL, "incomplete")
    assert len(harvested.pages) < 9


async def test_an_empty_catalogue_is_said(web: Any, source: Any) -> None:
    harvested = await harvest({CATALOGUE: {"profile": "data-package-catalog", "resources": []}}, web, source, CATALOGUE)
    assert (harvested.state, harvested.datasets) == (COMPLETE, ())
    assert "lists no package" in harvested.problems[0].reason


async def test_the_descriptor_below_a_folder(web: Any, source: Any) -> None:
    folder = "https://datos.example/mercados/"
    harvested = await harvest({URL: package()}, web, source, folder)
    assert (harvested.state, harvested.datasets[0].distributions[0].url) == (COMPLETE, f"{folder}r.csv")
    found = await discover(folder, web({URL: json.dumps(package())}))
    assert (found.protocol, found.url) == ("datapackage", URL)


@pytest.mark.parametrize(
    ("people", "publisher", "creator"),
    [
        ([{"title": "Office", "role": "publisher"}], "Office", None),
        ([{"title": "Office", "roles": "Publisher, author"}], "Office", None),
        ([{"title": "Jane Doe", "role": "publisher", "organization": "Office"}], "Office", None),
        ([{"title": "Jane Doe", "roles": ["publisher"], "familyName": "Doe"}], None, None),
        ([{"title": "Jane Doe", "role": "author"}], None, None),
        ([{"title": "Jane Doe", "role": "author", "organisation": "Office"}], None, "Office"),
        ([{"title": "jane@doe.example", "role": "publisher"}], None, None),
        ([{"title": "Jane Doe", "organization": "Office"}], None, "Office"),
        ([{"title": "Jane Doe", "organization": "Office", "roles": ["funder"]}], None, None),
        ({"title": "Office", "role": "publisher"}, "Office", None),
        (["Jane Doe"], None, None),
        ("Jane Doe", None, None),
    ],
)
async def test_of_people_only_organisations_are_kept(
    people: Any, publisher: str | None, creator: str | None, web: Any, source: Any
) -> None:
    (dataset,) = (await harvest({URL: package(contributors=people)}, web, source)).datasets
    assert getattr(dataset.publisher, "name", None) == publisher
    assert getattr(dataset.creator, "name", None) == creator
    assert "Jane" not in repr(dataset)
    assert "jane" not in repr(dataset)


@pytest.mark.parametrize(
    ("resource", "urls", "derived"),
    [
        ({"path": "a b.csv"}, ["https://datos.example/mercados/a b.csv"], False),
        ({"path": ["a.csv", "a.csv"]}, ["https://datos.example/mercados/a.csv"], False),
        ({"path": "/raiz.csv"}, ["https://datos.example/raiz.csv"], False),
        ({"data": {"a": 1}}, [URL], True),
        ({"data": "a,b"}, [URL], True),
        ({"data": []}, [None], False),
        ({"path": "", "data": [1]}, [URL], True),
        ({"path": None}, [None], False),
        ({"path": 7}, ["https://datos.example/mercados/7"], False),
        ({"path": {"x": 1}}, [None], False),
        ({"path": "https://[broken"}, [None], False),
        ({"url": "https://x.example/a.csv", "path": ""}, ["https://x.example/a.csv"], False),
    ],
)
async def test_where_a_resource_is(resource: Any, urls: list[str | None], derived: bool, web: Any, source: Any) -> None:
    descriptor = package(resources=[{"name": "first", "path": "x"}, {"name": "r", **resource}])
    (dataset,) = (await harvest({URL: descriptor}, web, source)).datasets
    links = dataset.distributions[1:]
    assert [link.url for link in links] == urls
    assert all(link.derived == derived for link in links)


CKAN_PACKAGE = {
    "name": "p",
    "owner_org": None,
    "num_resources": 1,
    "resources": [{"url": "https://x", "package_id": "1"}],
}


@pytest.mark.parametrize(
    "value",
    [
        CKAN_PACKAGE,
        {"name": "p", "resources": [{"name": "r", "url": "https://x.example", "package_id": "1"}]},
        {"success": True, "result": CKAN_PACKAGE},
        {"resources": [{"name": "r"}]},
        {"resources": []},
        {"name": "x", "resources": {"a": 1}},
        {"fields": [{"name": "id", "type": "string"}]},
        [{"name": "a", "path": "a", "sha": "x", "url": "https://x.example", "type": "file"}],
        [{"title": "T", "identifier": "1"}],
        ["a.json", "b.json"],
        [],
        {},
        {"dataset": [{"title": "T", "identifier": "1", "resources": []}]},
        {"name": "app", "version": "1.0.0", "dependencies": {}},
    ],
    ids=range(14),
)
def test_other_documents_are_not_claimed(value: object) -> None:
    assert isinstance(datapackage.claims(visit(value)), Refusal)


def test_packages_are_not_read_by_poorer_readers() -> None:
    assert isinstance(ckan.claims(visit(package())), Refusal)
    assert "datapackage" in datajson.PROTOCOL.yields_to


@pytest.mark.real
@pytest.mark.parametrize(
    ("name", "datasets", "resources"),
    [
        ("datapackage.json", 1, 2),
        ("invalid/datapackage.json", 1, 2),
        ("invalid/datapackage_no_foreign_key.json", 1, 2),
        ("multiple-errors.package.json", 1, 3),
        ("number/datapackage.json", 1, 1),
        ("issue-1478/resource.json", 1, 1),
        ("issue-494.package.json", None, None),
        ("schema.json", None, None),
        ("table.json", None, None),
        ("issue-277.json", None, None),
    ],
)
async def test_real_descriptors(
    name: str, datasets: int | None, resources: int | None, corpora: Path, web: Any, source: Any
) -> None:
    """Descriptors of the test data of frictionless-py; a package of CKAN, table schemas and plain data are none."""
    text = (corpora / "groundtruth/frictionless/data" / name).read_text(encoding="utf-8")
    harvested = await harvest({URL: text}, web, source)
    if datasets is None:
        assert (harvested.state, harvested.reason) == (FAILED, "no_datasets")
        return
    assert (harvested.state, len(harvested.datasets), harvested.resources) == (COMPLETE, datasets, resources)
    assert unread(harvested) == []
    assert datapackage.claims(visit(json.loads(text))) is None

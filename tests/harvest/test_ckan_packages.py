"""One package at a time: which of its fields become which part of a dataset, and what is told of the rest."""

import json
from typing import Any

import pytest

from atalaya.catalogue.records import Agent, ContactPoint, Dataset, Period, Reading
from atalaya.harvest.ckan_packages import read_package_bytes


def read(**package: Any) -> Reading:
    return read_package_bytes({"id": "p", "name": "p", "resources": [], **package})


def dataset(**package: Any) -> Dataset:
    return read(**package).datasets[0]


def extra(key: str, value: Any) -> dict[str, Any]:
    return {"extras": [{"key": key, "value": value}]}


@pytest.mark.parametrize(
    ("package", "field", "value"),
    [
        ({"title": "Presupuesto"}, "title", {"": "Presupuesto"}),
        ({"title": {"es": "Presupuesto", "en": "Budget"}}, "title", {"es": "Presupuesto", "en": "Budget"}),
        (
            {"title": "Presupuesto", "title_translated": {"es": "Presupuesto", "en": "Budget"}},
            "title",
            {"es": "Presupuesto", "en": "Budget"},
        ),
        ({"title": "Presupuesto", "title_translated": {"en": "Budget"}}, "title", {"": "Presupuesto", "en": "Budget"}),
        ({"notes_translated": '{"es": "Texto"}'}, "description", {"es": "Texto"}),
        ({"tags": [{"name": "a", "display_name": "A"}, {"name": "b"}, "c"]}, "keywords", ("A", "b", "c")),
        ({"tags_translated": {"es": ["x"], "en": ["y"]}}, "keywords", ("x", "y")),
        ({"groups": [{"name": "g1", "title": "Economía"}]}, "themes", ("Economía",)),
        ({"theme": ["t1"], "groups": [{"name": "g"}]}, "themes", ("t1", "g")),
        (extra("theme", '["t1", "t2"]'), "themes", ("t1", "t2")),
        (extra("frequency", "annual"), "frequency", "annual"),
        (extra("frequency-of-update", "asNeeded"), "frequency", "asNeeded"),
        ({"accrual_periodicity": "R/P1Y"}, "frequency", "R/P1Y"),
        (extra("language", "es,quc"), "languages", ("es", "quc")),
        ({"language": ["es", "en"]}, "languages", ("es", "en")),
        (extra("spatial_uri", "https://geo.example/1"), "spatial", ("https://geo.example/1",)),
        (
            extra("spatial", '{"type": "Point", "coordinates": [1, 2]}'),
            "spatial",
            ('{"coordinates":[1,2],"type":"Point"}',),
        ),
        ({"spatial_coverage": [{"text": "Sololá", "geom": {}}]}, "spatial", ("Sololá",)),
        ({"temporal_coverage": [{"start": "2010", "end": "2011"}]}, "temporal", (Period(start="2010", end="2011"),)),
        ({"temporal_start": "2010", "temporal_end": "2011"}, "temporal", (Period(start="2010", end="2011"),)),
        (extra("temporal", "2010/2011"), "temporal", (Period(start="2010", end="2011"),)),
        (extra("dcat_issued", "2012-05-10"), "issued", "2012-05-10"),
        ({"metadata_created": "2020-01-01"}, "issued", "2020-01-01"),
        ({"metadata_modified": "2020-01-01", "modified": "2021"}, "modified", "2021"),
        ({"license_id": "cc-by", "license_title": "CC", "license_url": "https://l.example/by"}, "licence", "cc-by"),
        ({"license_id": "cc-by", "license_url": "https://l.example/by"}, "licence_url", "https://l.example/by"),
        ({"license_id": "notspecified"}, "licence", "notspecified"),
        ({"license_id": "other-open", "license_url": "https://l.example/x"}, "licence", "https://l.example/x"),
        ({"license_title": "https://l.example/etalab"}, "licence", "https://l.example/etalab"),
        ({"access_rights": "public"}, "access_rights", "public"),
        ({"conforms_to": ["s"]}, "conforms_to", ("s",)),
        ({"url": "https://a.example/about"}, "landing_page", "https://a.example/about"),
        ({"url": "mailto:ana@a.example"}, "landing_page", None),
        ({"version": "1.0"}, "version", "1.0"),
        (
            {"organization": {"name": "minfin", "title": "Finanzas"}},
            "publisher",
            Agent(name="Finanzas", native_id="minfin"),
        ),
        (
            {"organization": {"name": "minfin", "title": "F"}, **extra("publisher_name", "Dirección")},
            "publisher",
            Agent(name="Dirección", native_id="minfin"),
        ),
        (
            {"publisher": [{"name": "Ana", "type": "person", "url": "https://x.example"}]},
            "publisher",
            Agent(uri="https://x.example"),
        ),
        ({"organization": None}, "publisher", None),
        ({"author": "Ministerio de Salud"}, "publisher", Agent(name="Ministerio de Salud")),
        ({"maintainer": "Prefeitura de Recife", "author": "Ana"}, "publisher", Agent(name="Prefeitura de Recife")),
        ({"author": "Ana Pérez", "maintainer": "Ana Pérez (Ministerio de Salud)"}, "publisher", None),
        (
            {"author": "Ministerio de Salud", "organization": {"name": "minfin", "title": "Finanzas"}},
            "publisher",
            Agent(name="Finanzas", native_id="minfin"),
        ),
        ({"creator": [{"name": "Ana", "email": "ana@a.example"}]}, "creator", None),
    ],
)
def test_fields_of_a_package(package: dict[str, Any], field: str, value: object) -> None:
    assert getattr(dataset(**package), field) == value


@pytest.mark.parametrize(
    ("package", "contact"),
    [
        (
            {"maintainer": "Ana", "maintainer_email": "ana@minfin.example"},
            ContactPoint(has_name=True, has_email=True, email_domain="minfin.example"),
        ),
        ({"author": "Ana"}, ContactPoint(has_name=True)),
        ({"maintainer_email": "not an address"}, ContactPoint()),
        (extra("contact_email", "mailto:x@a.example"), ContactPoint(has_email=True, email_domain="a.example")),
        (
            {"contact": [{"name": "A", "email": "a@b.example"}]},
            ContactPoint(has_name=True, has_email=True, email_domain="b.example"),
        ),
        ({"maintainer": "", "author": None}, None),
    ],
)
def test_contacts_keep_presence_and_domain_only(package: dict[str, Any], contact: ContactPoint | None) -> None:
    read = dataset(**package)
    assert read.contact == contact
    assert "Ana" not in repr(read)


@pytest.mark.parametrize(
    ("resource", "field", "value"),
    [
        ({"url": "https://a.example/x.csv"}, "access_url", "https://a.example/x.csv"),
        ({"url": "https://a.example/x.csv", "url_type": "upload"}, "download_url", "https://a.example/x.csv"),
        ({"url": "https://a.example/", "download_url": "https://a.example/f"}, "download_url", "https://a.example/f"),
        ({"name": "R"}, "title", {"": "R"}),
        ({"name": "R", "name_translated": {"es": "R"}}, "title", {"es": "R"}),
        ({"size": "172"}, "byte_size", 172),
        ({"size": "42 octets"}, "byte_size", None),
        ({"mimetype": "text/csv"}, "media_type", "text/csv"),
        ({"last_modified": "2020"}, "modified", "2020"),
        ({"created": "2019"}, "issued", "2019"),
        ({"hash": "ab", "hash_algorithm": "http://spdx.org/rdf/terms#checksumAlgorithm_sha1"}, "checksum", "sha1:ab"),
        ({"hash": "ab"}, "checksum", "ab"),
        ({"license": "cc-by"}, "licence", "cc-by"),
    ],
)
def test_fields_of_a_resource(resource: dict[str, Any], field: str, value: object) -> None:
    (distribution,) = dataset(resources=[resource]).distributions
    assert getattr(distribution, field) == value


@pytest.mark.parametrize(
    ("url", "kept"),
    [
        ("_datastore_only_resource", False),
        ("http://_datastore_only_resource", False),
        ("https://a.example/dataset/d/resource/r/download/_datastore_only_resource", False),
        ("_tmp_replace_me", False),
        ("https://dummy", False),
        ("http://dummy/", False),
        ("https://a.example/dummy", True),
        ("https://dummy.example/x.csv", True),
    ],
)
@pytest.mark.parametrize("kind", ["", "upload"])
def test_a_placeholder_is_no_address(url: str, kept: bool, kind: str) -> None:
    reading = read(resources=[{"id": "r", "url": url, "url_type": kind, "datastore_active": True}])
    (distribution,) = reading.datasets[0].distributions
    assert (distribution.url, distribution.derived) == (url if kept else None, False)
    assert [problem.place for problem in reading.problems] == ([] if kept else ["resources[].url"])


@pytest.mark.parametrize(
    ("package", "kept", "reason"),
    [
        ({"state": "deleted"}, 0, "state deleted"),
        ({"state": "draft"}, 0, "state draft"),
        ({"state": "Active"}, 1, None),
        ({"type": "harvest"}, 0, "type harvest"),
        ({"type": "showcase"}, 0, "type showcase"),
        ({"type": "dataset_series"}, 1, None),
        ({"private": True}, 1, "private"),
        ({"private": False}, 1, None),
        ({"resources": [{"state": "deleted"}]}, 1, "resource in state deleted"),
        ({"resources": ["x"]}, 1, "no resource"),
        ({"resources": 7}, 1, "not a list"),
    ],
)
def test_what_is_not_published_is_listed(package: dict[str, Any], kept: int, reason: str | None) -> None:
    reading = read(**package)
    assert len(reading.datasets) == kept
    assert [reason in problem.reason for problem in reading.problems if reason] == ([True] if reason else [])
    assert bool(reading.problems) == bool(reason)


def test_fields_are_mapped_ignored_or_unread() -> None:
    reading = read(
        title="T", num_tags=3, novelty=1, resources=[{"url": "https://a.example", "strange": 1, "cache_url": None}]
    )
    uses = {use.path: use.reading for use in reading.fields}
    assert uses["title"] == "mapped"
    assert uses["num_tags"] == "ignored"
    assert uses["novelty"] == "unread"
    assert uses["resources[].url"] == "mapped"
    assert uses["resources[].cache_url"] == "ignored"
    assert uses["resources[].strange"] == "unread"


def test_every_field_sent_is_counted() -> None:
    package = {"id": "p", "title": "T", "a": 1, "b": None, "extras": [{"key": "c", "value": 1}], "state": "active"}
    paths = {use.path for use in read_package_bytes(package).fields}
    assert {"id", "title", "a", "b", "extras.c", "state"} <= paths


def test_dkan_takes_its_groups_as_publishers() -> None:
    package = {"id": "p", "type": "Dataset", "state": "Active", "groups": [{"title": "Región", "name": "group/region"}]}
    (read,) = read_package_bytes([package]).datasets
    assert read.publisher == Agent(name="Región", native_id="group/region")
    assert read.themes == ()


def test_extras_as_an_object() -> None:
    assert dataset(extras={"frequency": "daily"}).frequency == "daily"


def test_text_that_cannot_be_stored_is_cleaned() -> None:
    title = json.loads('"a\\u0000b\\ud800c"')
    assert dataset(title=title).title == {"": "abc"}

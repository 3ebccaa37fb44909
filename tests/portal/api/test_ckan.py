"""The read API in CKAN's style: the shapes of its answers, its errors, its search, and what a harvester reads of it."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client

from atalaya.portal.api.ckan.grammar import GrammarError, read_query
from atalaya.portal.api.ckan.registry import ACTIONS
from atalaya.portal.core.kept import forget
from atalaya.portal.observatory.models import Dataset, Institution, Resource, Theme

BODY_KEYS = """approval_status created description display_name id image_display_url image_url is_organization name num_followers
    package_count state title type"""

# Keys as a CKAN 2.12.0 on loopback answered them to the same calls in 2026-11, run from its packages.
SHAPES = {
    "package": """author author_email creator_user_id id isopen license_id license_title maintainer maintainer_email
        metadata_created metadata_modified name notes num_resources num_tags
        organization owner_org private state title type url version extras
        groups resources tags relationships_as_subject relationships_as_object""",
    "resource": """cache_last_updated cache_url created description format hash id last_modified metadata_modified mimetype
        mimetype_inner name package_id position resource_type size state url url_type""",
    "tag in a package": "display_name id name state vocabulary_id",
    "tag": "display_name id name vocabulary_id",
    "group in a package": "description display_name id image_display_url name title",
    "organization in a package": """id name title type description image_url created is_organization approval_status state""",
    "body": BODY_KEYS,
    "body shown": f"{BODY_KEYS} users extras groups",
    "body with packages": f"{BODY_KEYS} users extras groups packages",
    "search": "count facets results sort search_facets",
    "facet": "title items",
    "item": "name display_name count",
    "status": "site_title site_description site_url error_emails_to locale_default extensions ckan_version",
    "licence": """domain_content id domain_data domain_software family is_generic od_conformance osd_conformance maintainer status
        url title""",
}


def ask(visitor: Client, action: str, status: int = 200, **arguments: Any) -> Any:
    """The result of an action, or its error where another status is expected."""
    answer = visitor.get(f"/api/3/action/{action}", arguments)
    assert answer.status_code == status, answer.content
    envelope = answer.json()
    assert envelope["help"] == f"http://testserver/api/3/action/help_show?name={action}"
    assert envelope["success"] is (status == 200)
    assert set(envelope) == {"help", "success", "result" if status == 200 else "error"}
    return envelope["result"] if status == 200 else envelope["error"]


def has_shape(name: str, found: dict[str, Any], *more: str) -> None:
    assert set(found) == {*SHAPES[name].split(), *more}


def test_a_dataset_has_the_keys_that_ckan_writes(visitor: Client) -> None:
    for name in ask(visitor, "package_list"):
        package = ask(visitor, "package_show", id=name)
        has_shape("package", package, *(["license_url"] if "license_url" in package else []))
        has_shape("organization in a package", package["organization"])
        assert package["num_resources"] == len(package["resources"])
        assert package["num_tags"] == len(package["tags"])
        for resource in package["resources"]:
            has_shape("resource", resource)
            assert ask(visitor, "resource_show", id=resource["id"]) == resource
        for tag in package["tags"]:
            has_shape("tag in a package", tag)
        assert all(set(extra) == {"key", "value"} for extra in package["extras"])
        assert ask(visitor, "package_show", id=package["id"]) == package


def test_lists_of_bodies_and_words_have_the_keys_that_ckan_writes(visitor: Client) -> None:
    names = ask(visitor, "organization_list")
    assert names == sorted(names) == [body["name"] for body in ask(visitor, "organization_list", all_fields="true")]
    has_shape("body", ask(visitor, "organization_list", all_fields="true")[0])
    has_shape("body shown", ask(visitor, "organization_show", id=names[0]))
    shown = ask(visitor, "organization_show", id="uno", include_datasets="true")
    has_shape("body with packages", shown)
    assert shown["package_count"] == len(shown["packages"]) == 7
    assert ask(visitor, "tag_list") == ["censo"]
    has_shape("tag", ask(visitor, "tag_list", all_fields="true")[0])
    has_shape("tag", ask(visitor, "tag_show", id="censo"))
    has_shape("licence", ask(visitor, "license_list")[0])
    has_shape("status", ask(visitor, "status_show"))


def test_a_search_has_the_keys_that_ckan_writes(visitor: Client) -> None:
    found = ask(
        visitor, "package_search", **{"facet.field": '["organization","tags","res_format","license_id","groups"]'}
    )
    has_shape("search", found)
    assert found["count"] == sum(found["facets"]["organization"].values()) == Dataset.objects.count()
    for name, facet in found["search_facets"].items():
        has_shape("facet", facet)
        assert facet["title"] == name
        assert {item["name"]: item["count"] for item in facet["items"]} == found["facets"][name]
        for item in facet["items"]:
            has_shape("item", item)
    titles = [item["display_name"] for item in found["search_facets"]["organization"]["items"]]
    assert titles == sorted(Institution.objects.values_list("name", flat=True), reverse=True)


@pytest.mark.parametrize(
    ("arguments", "count"),
    [
        ({}, 16),
        ({"q": "*:*"}, 16),
        ({"q": "serie"}, 5),
        ({"q": "SERIÉS anual"}, 5),
        ({"q": "conjunto OR tabla"}, 11),
        ({"q": "title:tabla"}, 4),
        ({"q": "notes:tabla"}, 0),
        ({"q": "nada-de-esto"}, 0),
        ({"q": 'organization:(uno OR "dos")'}, 12),
        ({"fq": "organization:tres"}, 4),
        ({"fq": "-organization:tres"}, 12),
        ({"fq": "organization:*"}, 16),
        ({"fq": "organization:t*"}, 4),
        ({"fq": "owner_org:zz\\:dos"}, 5),
        ({"fq": 'owner_org:"zz:dos"'}, 5),
        ({"fq": "tags:censo"}, 5),
        ({"fq": "tags:cen*"}, 5),
        ({"fq": "tags:cen"}, 0),
        ({"fq": "res_format:CSV"}, 16),
        ({"fq": "res_format:PDF"}, 0),
        ({"fq": "license_id:cc-by"}, 7),
        ({"fq": "license_id:*"}, 12),
        ({"fq": "+organization:uno +license_id:cc-by +state:active +capacity:public"}, 7),
        ({"fq": "state:draft"}, 0),
        ({"fq": "organization:uno", "fq_list": '["license_id:cc-by", "NOT tags:censo"]'}, 7),
        ({"fq": "metadata_modified:[2026-01-06 TO *]"}, 2),
        ({"fq": "metadata_modified:[NOW-100YEARS TO NOW/DAY]"}, 16),
        ({"fq": "metadata_created:[* TO 2025-12-31]"}, 0),
        ({"fq": "metadata_modified:[NOW-100YEARS TO 2026-01-05]"}, 14),
        ({"q": "((((serie"}, 5),
    ],
)
def test_what_a_search_finds(visitor: Client, arguments: dict[str, str], count: int) -> None:
    found = ask(visitor, "package_search", **arguments)
    assert found["count"] == count
    assert len(found["results"]) == min(count, 10)


def test_order_paging_and_keys_of_a_search(visitor: Client) -> None:
    titles = [each["title"] for each in ask(visitor, "package_search", sort="title_string desc", rows=3)["results"]]
    everything = sorted(Dataset.objects.values_list("title", flat=True), reverse=True)
    assert titles == everything[:3]
    second = ask(visitor, "package_search", sort="title_string desc", rows=3, start=3)
    assert [each["title"] for each in second["results"]] == everything[3:6]
    assert ask(visitor, "package_search", rows=0)["results"] == []
    assert set(ask(visitor, "package_search", fl="id,name", rows=1)["results"][0]) == {"id", "name"}
    assert ask(visitor, "package_search", start=2_000_000_000)["results"] == []
    assert ask(visitor, "package_search", q="corregido")["results"][0]["title"] == "Conjunto 2 (corregido)"


def test_a_post_is_answered_as_a_get(visitor: Client) -> None:
    body = {"q": "serie", "rows": 2, "facet.field": ["tags"]}
    posted = visitor.post("/api/3/action/package_search", json.dumps(body), content_type="application/json")
    assert posted.json()["result"] == ask(visitor, "package_search", q="serie", rows=2, **{"facet.field": '["tags"]'})


def test_names_are_unique_and_outlive_a_title(visitor: Client) -> None:
    names = ask(visitor, "package_list")
    assert len(set(names)) == len(names) == Dataset.objects.count()
    assert ask(visitor, "package_list", limit=4, offset=3) == names[3:7]
    mark = names[0].rpartition("-")[2]
    assert ask(visitor, "package_show", id=f"un-titulo-de-antes-{mark}")["name"] == names[0]


@pytest.mark.parametrize(
    ("action", "arguments", "status", "error"),
    [
        ("package_show", {}, 409, {"name_or_id": ["Missing value"], "__type": "Validation Error"}),
        ("package_list", {"limit": "-1"}, 409, {"limit": ["Must be a natural number"], "__type": "Validation Error"}),
        ("package_list", {"offset": "x"}, 409, {"offset": ["Invalid integer"], "__type": "Validation Error"}),
        ("package_search", {"rows": "-1"}, 409, {"rows": ["Must be a natural number"], "__type": "Validation Error"}),
        (
            "organization_list",
            {"limit": "-1"},
            409,
            {"limit": ["Must be a natural number"], "__type": "Validation Error"},
        ),
        ("package_show", {"id": "none"}, 404, "Not Found Error"),
        ("resource_show", {"id": "none"}, 404, "Not Found Error"),
        ("organization_show", {"id": "none"}, 404, "Not Found Error"),
        ("group_show", {"id": "none"}, 404, "Not Found Error"),
        ("tag_show", {"id": "none"}, 404, "Not Found Error"),
        ("tag_list", {"vocabulary_id": "none"}, 404, "Not Found Error"),
        ("help_show", {"name": "none"}, 404, "Not Found Error"),
        ("package_search", {"none": "1"}, 400, "Search Query Error"),
        ("package_search", {"fq": "organization:("}, 400, "Search Query Error"),
        ("package_search", {"fq": "none:1"}, 400, "Search Query Error"),
        ("package_search", {"sort": "none asc"}, 400, "Search Query Error"),
        ("package_search", {"facet.field": '["none"]'}, 400, "Search Query Error"),
        ("package_search", {"fq": "metadata_modified:[NOW-9000YEARS TO *]"}, 400, "Search Query Error"),
        ("package_search", {"fq": "name:[a TO b]"}, 400, "Search Query Error"),
        ("package_search", {"q": "{!x}a"}, 409, "Search Error"),
    ],
)
def test_errors_are_ckans(visitor: Client, action: str, arguments: dict[str, str], status: int, error: Any) -> None:
    found = ask(visitor, action, status, **arguments)
    if isinstance(error, str):
        assert found["__type"] == error
        assert len(found["message"]) > 20
    else:
        assert found == error


def test_what_is_no_action_is_a_bad_request(visitor: Client) -> None:
    answer = visitor.get("/api/3/action/package_delete")
    assert answer.status_code == 400
    assert "Action name not known: package_delete" in answer.json()
    for body in (b"{bad", b"[1]", b'"x"', b"\xff\xfe", b"[" * 100_000):
        answer = visitor.post("/api/3/action/package_show", body, content_type="application/json")
        assert answer.status_code == 400
        assert answer.json().startswith("Bad request: JSON Error")


def test_every_action_tells_what_it_does(visitor: Client) -> None:
    for name in ACTIONS:
        assert len(ask(visitor, "help_show", name=name)) > 30


@pytest.mark.parametrize("text", [")", "(", "a:b:c", "{!x}", "NOT", "x" * 5000, "(" * 30 + "a" + ")" * 30, '"', "a:("])
def test_what_no_query_is(text: str) -> None:
    with pytest.raises(GrammarError, match=r"character|brackets|value|parameters"):
        read_query(text)


def test_every_resource_is_there(visitor: Client) -> None:
    packages = ask(visitor, "current_package_list_with_resources")
    shown = {resource["id"] for package in packages for resource in package["resources"]}
    assert shown == set(Resource.objects.values_list("id", flat=True))


@pytest.fixture
def themed(visitor: Client) -> Iterator[None]:
    """The datasets of one source under a theme, as they would stand there had the source stated it."""
    chosen = Dataset.objects.filter(source="zz:dos")
    chosen.update(themes=["Salud pública"], groups=["salud-publica"])
    theme = Theme.objects.create(name="salud-publica", title="Salud pública", datasets=chosen.count())
    forget()
    yield
    chosen.update(themes=[], groups=[])
    theme.delete()
    forget()


@pytest.mark.usefixtures("themed")
def test_themes_are_groups(visitor: Client) -> None:
    assert ask(visitor, "group_list") == ["salud-publica"]
    has_shape("body", ask(visitor, "group_list", all_fields="true")[0])
    has_shape("body shown", ask(visitor, "group_show", id="salud-publica"))
    shown = ask(visitor, "group_show", id="salud-publica", include_datasets="true")
    has_shape("body with packages", shown)
    assert shown["package_count"] == len(shown["packages"]) == 5
    has_shape("group in a package", shown["packages"][0]["groups"][0])
    packages = ask(visitor, "group_package_show", id="salud-publica")
    assert sorted(each["id"] for each in packages) == sorted(each["id"] for each in shown["packages"])
    for query in ("groups:salud-publica", "groups:sal*", "groups:*"):
        assert ask(visitor, "package_search", fq=query)["count"] == 5
    facet = ask(visitor, "package_search", rows=0, **{"facet.field": '["groups"]'})["search_facets"]["groups"]
    assert facet["items"] == [{"name": "salud-publica", "display_name": "Salud pública", "count": 5}]
    assert visitor.get("/api/v1/themes").json()["results"][0]["title"] == "Salud pública"
    assert visitor.get("/api/v1/datasets?theme=salud-publica").json()["count"] == 5

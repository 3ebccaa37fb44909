"""The replayed CKAN action API answers as CKAN does."""

import json
from pathlib import Path
from typing import Any

import pytest

from atalaya.exceptions import ReplayError
from atalaya.replay.ckan import CKAN
from atalaya.replay.folder import CKANService

BASE = "https://a.example/datos"
ORGANIZATIONS = [{"id": "o1", "name": "minfin", "title": "MINFIN"}, {"id": "o2", "name": "ine", "title": "INE"}]


def package(number: int, **fields: Any) -> dict[str, Any]:
    return {
        "id": f"id-{number}",
        "name": f"package-{number:03d}",
        "title": f"Título {number}",
        "metadata_modified": f"2026-01-{number % 28 + 1:02d}T00:00:00",
        "organization": ORGANIZATIONS[number % 2],
        "resources": [{"id": f"r-{number}", "url": f"https://a.example/{number}.csv"}],
        **fields,
    }


@pytest.fixture
def ckan(tmp_path: Path) -> CKAN:
    packages = [package(n) for n in range(25)]
    packages.append(package(90, private=True))
    packages.append(package(91, state="deleted"))
    lines = [json.dumps({"success": True, "result": p} if n % 2 else p) for n, p in enumerate(packages)]
    path = tmp_path / "packages.jsonl"
    path.write_text("\n".join(lines) + "\n\n")
    return CKAN(CKANService(base=BASE + "/", packages=path, rows_cap=20, fail={"group_list": 503}))


def ask(ckan: CKAN, action: str, **parameters: str) -> tuple[int, Any]:
    reply = ckan.reply(action, parameters)
    return reply.status, json.loads(reply.body)


def result(ckan: CKAN, action: str, **parameters: str) -> Any:
    status, document = ask(ckan, action, **parameters)
    assert (status, document["success"]) == (200, True)
    assert document["help"] == f"{BASE}/api/3/action/help_show?name={action}"
    return document["result"]


@pytest.mark.parametrize(
    ("parameters", "rows"),
    [({}, 10), ({"rows": "5"}, 5), ({"rows": "0"}, 0), ({"rows": "1000"}, 20), ({"rows": "20", "start": "20"}, 5)],
)
def test_search_gives_pages_up_to_its_cap(ckan: CKAN, parameters: dict[str, str], rows: int) -> None:
    found = result(ckan, "package_search", **parameters)
    assert (found["count"], len(found["results"])) == (25, rows)
    assert found["facets"] == found["search_facets"] == {}


def test_pages_together_are_everything_once(ckan: CKAN) -> None:
    seen = [
        p["id"]
        for start in range(0, 40, 7)
        for p in result(ckan, "package_search", rows="7", start=str(start))["results"]
    ]
    assert sorted(seen) == sorted(f"id-{n}" for n in range(25))


def test_search_is_sorted_as_asked(ckan: CKAN) -> None:
    names = [p["name"] for p in result(ckan, "package_search", sort="name asc", rows="20")["results"]]
    assert names == sorted(names)
    dates = [p["metadata_modified"] for p in result(ckan, "package_search", rows="20")["results"]]
    assert dates == sorted(dates, reverse=True)


def test_the_list_is_of_public_names(ckan: CKAN) -> None:
    assert result(ckan, "package_list") == [f"package-{n:03d}" for n in range(25)]
    assert result(ckan, "package_list", limit="2", offset="3") == ["package-003", "package-004"]
    assert len(result(ckan, "current_package_list_with_resources", limit="4")) == 4


@pytest.mark.parametrize("key", ["id-7", "package-007"])
def test_a_package_is_shown_by_id_or_name(ckan: CKAN, key: str) -> None:
    assert result(ckan, "package_show", id=key)["title"] == "Título 7"


def test_bodies_resources_and_status(ckan: CKAN) -> None:
    assert result(ckan, "organization_list") == ["ine", "minfin"]
    whole = result(ckan, "organization_list", all_fields="true")
    assert [(o["title"], o["package_count"]) for o in whole] == [("INE", 12), ("MINFIN", 13)]
    assert result(ckan, "organization_show", id="o1")["name"] == "minfin"
    assert result(ckan, "resource_show", id="r-3")["url"] == "https://a.example/3.csv"
    assert result(ckan, "status_show")["site_url"] == BASE


@pytest.mark.parametrize(
    ("action", "parameters", "status", "kind"),
    [
        ("package_show", {"id": "absent"}, 404, "Not Found Error"),
        ("package_show", {}, 409, "Validation Error"),
        ("package_show", {"id": "id-90"}, 403, "Authorization Error"),
        ("resource_show", {"id": "absent"}, 404, "Not Found Error"),
        ("organization_show", {"id": "absent"}, 404, "Not Found Error"),
        ("package_search", {"rows": "many"}, 409, "Validation Error"),
        ("package_search", {"start": "-1"}, 409, "Validation Error"),
        ("package_list", {"limit": "x"}, 409, "Validation Error"),
    ],
)
def test_errors_have_ckans_envelope(
    ckan: CKAN, action: str, parameters: dict[str, str], status: int, kind: str
) -> None:
    found, document = ask(ckan, action, **parameters)
    assert (found, document["success"], document["error"]["__type"]) == (status, False, kind)


def test_an_unknown_action_is_a_bad_request(ckan: CKAN) -> None:
    assert ask(ckan, "package_destroy") == (400, "Bad request - Action name not known: package_destroy")


def test_a_declared_failure_is_a_page_of_the_server(ckan: CKAN) -> None:
    reply = ckan.reply("group_list", {})
    assert (reply.status, reply.headers["Content-Type"]) == (503, "text/html; charset=utf-8")


@pytest.mark.parametrize(
    ("url", "action"),
    [
        (f"{BASE}/api/3/action/package_search", "package_search"),
        (f"{BASE}/api/action/package_list", "package_list"),
        (f"{BASE}/api/3/action/", ""),
        (f"{BASE}/api/2/action/package_search", None),
        ("https://b.example/api/3/action/package_search", None),
    ],
)
def test_the_actions_stand_below_the_base(ckan: CKAN, url: str, action: str | None) -> None:
    assert ckan.action_of(url) == action


@pytest.mark.parametrize("line", ["{", "[]", '{"title": "no id"}', '{"success": true, "result": []}'])
def test_a_broken_line_is_named(tmp_path: Path, line: str) -> None:
    path = tmp_path / "packages.jsonl"
    path.write_text(json.dumps(package(1)) + "\n" + line + "\n")
    with pytest.raises(ReplayError, match="line 2"):
        CKAN(CKANService(base=BASE, packages=path))

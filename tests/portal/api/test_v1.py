"""The JSON API: it answers as its own description says, page by page, and narrows lists by every argument."""

from typing import Any

import jsonschema
import pytest
from django.test import Client

from atalaya.portal.observatory.models import (
    Change,
    Dataset,
    Edition,
    Finding,
    Institution,
    Resource,
    Rule,
    Score,
    Source,
    Vanished,
)


def get(visitor: Client, place: str, status: int = 200, **arguments: Any) -> Any:
    answer = visitor.get(f"/api/v1/{place}", arguments)
    assert answer.status_code == status, answer.content
    return answer.json()


def test_every_answer_is_as_the_description_says(visitor: Client, known: dict[str, str]) -> None:
    description = get(visitor, "openapi.json")
    assert description["openapi"].startswith("3.")
    asked = 0
    for place, operations in description["paths"].items():
        assert set(operations) == {"get"}
        assert operations["get"]["summary"]
        schema = operations["get"]["responses"]["200"]["content"]["application/json"]["schema"]
        answer = visitor.get(place.format(**known))
        assert answer.status_code == 200, place
        jsonschema.validate(answer.json(), {**schema, "components": description["components"]})
        asked += 1
    assert asked == 42


@pytest.mark.parametrize(
    ("place", "model"),
    [
        ("editions", Edition),
        ("institutions", Institution),
        ("datasets", Dataset),
        ("resources", Resource),
        ("findings", Finding),
        ("rules", Rule),
        ("changes", Change),
        ("vanished", Vanished),
        ("sources", Source),
    ],
)
def test_pages_hold_every_row_once(visitor: Client, place: str, model: Any) -> None:
    seen, address = [], f"http://testserver/api/v1/{place}?limit=7"
    while address:
        page = visitor.get(address.removeprefix("http://testserver")).json()
        assert page["count"] == model.objects.count()
        assert len(page["results"]) <= 7
        seen.extend(page["results"])
        address = page["next"]
    assert len(seen) == model.objects.count() > 0
    assert len({str(sorted(row.items(), key=str)) for row in seen}) == len(seen)


@pytest.mark.parametrize(
    ("place", "arguments", "counted"),
    [
        ("datasets", {"q": "serie"}, lambda: Dataset.objects.filter(title__startswith="Serie")),
        ("datasets", {"institution": "zz:tres"}, lambda: Dataset.objects.filter(institution="zz:tres")),
        ("datasets", {"source": "zz:uno"}, lambda: Dataset.objects.filter(source="zz:uno")),
        ("datasets", {"keyword": "censo"}, lambda: Dataset.objects.filter(keywords__contains=["censo"])),
        ("datasets", {"format": "CSV"}, lambda: Dataset.objects.filter(formats__contains=["csv"])),
        ("datasets", {"licence": "cc-by"}, lambda: Dataset.objects.filter(licence="cc-by")),
        ("resources", {"true_format": "csv"}, lambda: Resource.objects.filter(true_format="csv")),
        ("findings", {"institution": "zz:uno"}, lambda: Finding.objects.filter(institution="zz:uno")),
        ("findings", {"level": "resource"}, lambda: Finding.objects.filter(level="resource")),
        ("rules", {"level": "dataset"}, lambda: Rule.objects.filter(level="dataset")),
        ("changes", {"change": "new"}, lambda: Change.objects.filter(change="new")),
        ("vanished", {"level": "resource"}, lambda: Vanished.objects.filter(level="resource")),
        ("sources", {"state": "complete"}, lambda: Source.objects.filter(state="complete")),
        ("scores", {"kind": "institution", "node": "index"}, lambda: newest_scores(kind="institution", node="index")),
        ("scores", {"unit": "zz:uno", "level": "1"}, lambda: newest_scores(unit="zz:uno", level=1)),
        ("institutions", {"q": "minist dos"}, lambda: Institution.objects.filter(slug="dos")),
        ("institutions", {"publishing": "true", "kind": "ministry"}, lambda: Institution.objects.filter(datasets__gt=0)),
    ],
)  # fmt: skip
def test_lists_are_narrowed(visitor: Client, place: str, arguments: dict[str, str], counted: Any) -> None:
    expected = counted().count()
    assert expected > 0
    assert get(visitor, place, **arguments)["count"] == expected
    nothing = {name: "none" for name in arguments if name not in ("level", "publishing")}
    assert not nothing or get(visitor, place, **nothing)["count"] == 0


def newest_scores(**narrowed: Any) -> Any:
    return Score.objects.filter(observation=Edition.objects.get(newest=True).observation, **narrowed)


def test_an_institution_with_its_figures_and_course(visitor: Client) -> None:
    shown = get(visitor, "institutions/uno")
    scores = get(visitor, "institutions/uno/scores", limit=500)["results"]
    assert shown["score"] == scores[0]
    assert scores[0]["node"] == "index"
    assert scores[0]["low"] <= scores[0]["value"] <= scores[0]["high"]
    history = get(visitor, "institutions/uno/history")["results"]
    assert [row["as_of"] for row in history] == ["2026-01-05", "2026-01-06"]
    assert history[-1]["value"] == scores[0]["value"]
    gains = get(visitor, "institutions/uno/gains")["results"]
    assert [row["points"] for row in gains] == sorted((row["points"] for row in gains), reverse=True)


def test_a_finding_says_itself_in_both_languages(visitor: Client, known: dict[str, str]) -> None:
    shown = get(visitor, f"findings/{known['finding']}")
    assert set(shown["sentence"]) <= {"es", "en"}
    assert get(visitor, f"rules/{shown['check_id']}")["remedy"]["es"]


@pytest.mark.parametrize(
    ("place", "arguments", "status", "says"),
    [
        ("datasets", {"limit": "0"}, 422, "limit"),
        ("datasets", {"limit": "501"}, 422, "limit"),
        ("datasets", {"offset": "-1"}, 422, "offset"),
        ("datasets", {"offset": "x"}, 422, "offset"),
        ("institutions", {"publishing": "perhaps"}, 422, "publishing"),
        ("datasets/none", {}, 404, "/api/v1/datasets"),
        ("institutions/none", {}, 404, "/api/v1/institutions"),
        ("institutions/none/gains", {}, 404, "/api/v1/institutions"),
        ("editions/none", {}, 404, "/api/v1/editions"),
        ("findings/none", {}, 404, "mended"),
    ],
)
def test_errors_say_what_to_do(visitor: Client, place: str, arguments: dict[str, str], status: int, says: str) -> None:
    found = get(visitor, place, status, **arguments)
    assert found["status"] == status
    assert says in found["detail"]

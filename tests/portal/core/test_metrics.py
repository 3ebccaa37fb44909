"""Figures for whoever runs the portal: for nobody else, well formed, true, and of nobody in particular."""

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connections
from django.test import Client

from atalaya.portal.core import metering, metrics
from atalaya.portal.core.metering import BOUNDS, Counts, Meter, read_counts

LINE = re.compile(r'^([a-z_]+)(\{(?:[a-z]+="(?:[^"\\]|\\.)*",?)*\})? (-?[0-9.e+-]+|\+Inf)$')


@pytest.fixture
def counting(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A home folder for counts, and a meter that has counted nothing."""
    monkeypatch.setattr(settings, "ATALAYA_HOME", tmp_path)
    monkeypatch.setattr(settings, "METRICS", "public")
    meter = Meter()
    monkeypatch.setattr(metering, "METER", meter)
    monkeypatch.setattr(metrics, "METER", meter)
    return


def figures(client: Client) -> dict[str, float]:
    answer = client.get("/metricas")
    assert answer.status_code == 200
    assert answer.headers["Content-Type"].startswith("application/openmetrics-text; version=1.0.0")
    *lines, last = answer.content.decode().splitlines()
    assert last == "# EOF"
    found, declared = {}, set()
    for line in lines:
        if line.startswith("# TYPE"):
            name = line.split()[2]
            assert name not in declared, "a family stands in one piece"
            declared.add(name)
        elif not line.startswith("#"):
            matched = LINE.match(line)
            assert matched, line
            assert re.sub(r"_(total|info|bucket|count|sum)$", "", matched[1]) in declared
            found[line.rpartition(" ")[0]] = float(matched[3])
    return found


def test_what_was_asked_is_counted_by_route(counting: None, new_client: Callable[..., Client]) -> None:
    client = new_client()
    for path in ("/instituciones/", "/instituciones/", "/buscar/?q=juana%40inventada.example", "/no-hay/juana"):
        client.get(path)
    found = figures(client)
    assert found['atalaya_requests_total{method="GET",route="instituciones/",status="2xx"}'] == 2
    assert found['atalaya_requests_total{method="GET",route="none",status="4xx"}'] == 1
    assert found['atalaya_request_seconds_count{route="instituciones/"}'] == 2
    assert found['atalaya_request_seconds_bucket{route="instituciones/",le="+Inf"}'] == 2
    assert found["atalaya_database_bytes"] > 1_000_000
    assert found["atalaya_disk_free_bytes"] > 0
    assert found["atalaya_last_observation_timestamp_seconds"] == 1767657600  # 2026-01-06
    assert found["atalaya_oldest_job_seconds"] >= 0
    assert "juana" not in client.get("/metricas").content.decode()


def test_counts_of_all_processes_are_summed(counting: None, new_client: Callable[..., Client], tmp_path: Path) -> None:
    other = Counts()
    other.add("GET", "instituciones/", 200, 0.02)
    (tmp_path / "metrics").mkdir()
    (tmp_path / "metrics" / "1-other.json").write_text(json.dumps(other.document()))
    (tmp_path / "metrics" / "2-damaged.json").write_text("{")
    client = new_client()
    client.get("/instituciones/")
    assert figures(client)['atalaya_requests_total{method="GET",route="instituciones/",status="2xx"}'] == 2


def test_bars_hold_what_took_as_long() -> None:
    counts = Counts()
    for seconds in (BOUNDS[0], BOUNDS[0] + 0.001, 99.0):
        counts.add("GET", "a", 200, seconds)
    assert [counts.bars["a", place] for place in (0, 1, len(BOUNDS))] == [1, 1, 1]
    assert read_counts(json.loads(json.dumps(counts.document()))) == counts


@pytest.mark.parametrize(
    ("allowed", "given", "status"),
    [("", None, 404), ("", "Bearer ", 404), ("a token", None, 404), ("a token", "Bearer another", 404),
     ("a token", "Bearer a token", 200), ("a token", "Bearer é", 404), ("public", None, 200)],
)  # fmt: skip
def test_who_may_read(
    counting: None,
    new_client: Callable[..., Client],
    monkeypatch: pytest.MonkeyPatch,
    allowed: str,
    given: str | None,
    status: int,
) -> None:
    monkeypatch.setattr(settings, "METRICS", allowed)
    headers = {"Authorization": given} if given is not None else {}
    assert new_client().get("/metricas", headers=headers).status_code == status


def test_ready_where_everything_is_there(counting: None, new_client: Callable[..., Client]) -> None:
    answer = new_client().get("/salud/lista")
    assert (answer.status_code, answer.json()) == (200, {"status": "ready"})


def test_not_ready_without_room_or_database(
    counting: None, new_client: Callable[..., Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(metrics, "LEAST_DISK", 1 << 62)
    answer = new_client().get("/salud/lista")
    assert (answer.status_code, answer.json()["lacks"]) == (503, ["disk"])
    kept = dict(connections.settings["default"])
    connections["default"].close()
    connections.settings["default"].update(HOST="/nowhere")
    try:
        answer = new_client().get("/salud/lista")
        assert (answer.status_code, answer.json()["lacks"]) == (503, ["database"])
    finally:
        connections["default"].close()
        connections.settings["default"].update(kept)

"""A round that our own side kept from going on: it is marked, nothing is sealed, and it goes on or is replaced."""

import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from atalaya.exceptions import RoundAborted, StoreError
from atalaya.store.observations import folders, state_of


@pytest.fixture
def dead(days: Any) -> Any:
    """A country observed once, whose second round found nothing to answer."""
    days.whole = (days.replay / "replay.yml").read_text()
    days.observe(0)
    (days.replay / "replay.yml").write_text("format: 1\n", encoding="utf-8")
    with pytest.raises(RoundAborted, match=r"zz:dos \(dns\), zz:tres \(dns\), zz:uno \(dns\).*Nothing was sealed"):
        days.observe(1)
    return days


def test_the_folder_says_when_and_why(dead: Any) -> None:
    sealed, aborted = folders(dead.home)
    assert (state_of(sealed), state_of(aborted)) == ("sealed", "aborted")
    marker = json.loads((aborted / "aborted.json").read_text(encoding="utf-8"))
    assert marker["moment"] == "2026-01-06T12:00:00Z"
    assert "zz:dos (dns)" in marker["reason"]
    assert not (aborted / "manifest.json").exists()


def test_resuming_asks_the_failed_sources_again(dead: Any) -> None:
    with pytest.raises(RoundAborted):
        dead.observe(1, resume=True)
    (dead.replay / "replay.yml").write_text(dead.whole, encoding="utf-8")
    observation = dead.observe(1, resume=True)
    assert {row["state"] for row in observation.rows("sources")} == {"complete"}
    assert observation.count("records") == 16
    assert state_of(observation.folder) == "sealed"


def test_the_resumed_round_has_the_content_of_one_that_was_never_aborted(dead: Any, tmp_path: Path) -> None:
    (dead.replay / "replay.yml").write_text(dead.whole, encoding="utf-8")
    resumed = dead.observe(1, resume=True)
    dead.home = tmp_path / "other"
    dead.observe(0)
    assert dead.observe(1).manifest.content_hashes() == resumed.manifest.content_hashes()


def test_a_new_round_of_the_same_moment_replaces_it(dead: Any) -> None:
    (dead.replay / "replay.yml").write_text(dead.whole, encoding="utf-8")
    observation = dead.observe(1)
    assert not (observation.folder / "aborted.json").exists()
    assert [state_of(folder) for folder in folders(dead.home)] == ["sealed", "sealed"]


def test_a_later_round_starts_beside_it_and_ends_its_turn(dead: Any) -> None:
    (dead.replay / "replay.yml").write_text(dead.whole, encoding="utf-8")
    observation = dead.observe(2)
    assert observation.manifest.parent == "zz-20260105T120000Z"
    with pytest.raises(StoreError, match="no unfinished round"):
        dead.observe(1, resume=True)


def test_one_source_that_answers_is_enough(days: Any) -> None:
    document = yaml.safe_load((days.replay / "replay.yml").read_text())
    document["services"] = [service for service in document["services"] if service["kind"] != "ckan"]
    document["routes"] = [route for route in document["routes"] if "dos." not in route["url"]]
    (days.replay / "replay.yml").write_text(yaml.safe_dump(document), encoding="utf-8")
    states = {row["source_id"]: row["state"] for row in days.observe(0).rows("sources")}
    assert states == {"zz:dos": "failed", "zz:tres": "complete", "zz:uno": "failed"}

"""A recheck: findings are looked at again in a process of its own, once however often it is asked, and no round continues it."""

import json
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from atalaya.history.read import Sealed, open_sealed
from atalaya.history.verify import verify
from atalaya.replay.server import serving, write_resolve
from atalaya.rounds.requests import RecheckOrder, RoundOrder, carry_out, release
from atalaya.store.observations import folders, recheck_folder, sealed

GONE = "https://gone.small.example/s0.csv"


def finding(observation: Sealed, check: str, url: str) -> str:
    """The id of the finding of a check on the resource at an address."""
    (file,) = observation.rows("distributions", "download_url = ?", [url])
    (row,) = observation.rows("outcomes", "check_id = ? AND subject_id = ?", [check, file["resource_id"]])
    assert row["verdict"] == "fail"
    return str(row["finding_id"])


def told(days: Any, order: RecheckOrder | RoundOrder) -> list[dict[str, Any]]:
    with serving(days.replay) as served:
        write_resolve(served, days.home.with_suffix(".resolve.json"))
        return list(carry_out(order))


def again(days: Any, observation: Sealed, *findings: str, key: str = "k1") -> RecheckOrder:
    return RecheckOrder(
        home=str(days.home),
        pack=str(days.pack),
        observation=observation.manifest.observation,
        findings=findings,
        key=key,
        resolve=str(days.home.with_suffix(".resolve.json")),
    )


@pytest.fixture(scope="module")
def twice(two_small_rounds: tuple[Path, list[Sealed]]) -> Path:
    """The folder of two rounds: a file that is not there fails at the second look."""
    return two_small_rounds[0].parent


@pytest.fixture
def observed(days: Any, twice: Path) -> Sealed:
    shutil.copytree(twice / "home", days.home)
    return open_sealed(folders(days.home)[-1])


def mend(days: Any, url: str) -> None:
    def change(document: dict[str, Any]) -> None:
        route = next(each for each in document["routes"] if each["url"] == url)
        route.update(text="municipio,total\nUno,3\nDos,4\n", status=200, headers={"Content-Type": "text/csv"})

    days.routes(change)


def test_what_was_mended_passes_and_what_was_not_fails(days: Any, observed: Sealed) -> None:
    mended = finding(observed, "reachable", GONE)
    broken = finding(observed, "reachable", GONE.replace("s0", "s2"))
    mend(days, GONE)
    *progress, last = told(days, again(days, observed, mended, broken))
    asked = [each for each in last["seen"] if each["finding"] in (mended, broken)]
    assert asked == last["seen"][:2], "what was asked for comes first"
    assert {each["finding"]: each["verdict"] for each in asked} == {mended: "pass", broken: "fail"}
    assert [each["stage"] for each in progress if each["done"] == each["total"]][-1] == "seal"
    sealed_ = open_sealed(recheck_folder(days.home, "zz", "k1"))
    assert sealed_.manifest.kind == "recheck"
    assert sealed_.manifest.observation == last["sealed"]
    assert sealed_.manifest.previous["observation"] == observed.manifest.observation
    probed = {str(row["url"]) for row in sealed_.rows("probes")}
    assert GONE in probed
    assert len(probed) == 4, "the files of the two datasets concerned, and no other"
    assert [check.what for check in verify(days.home, sealed_.folder) if not check.holds] == []


def test_asked_again_it_tells_what_it_saw_and_asks_nobody(days: Any, observed: Sealed) -> None:
    order = again(days, observed, finding(observed, "reachable", GONE))
    first = told(days, order)[-1]
    (days.replay / "replay.yml").write_text("format: 1\n", encoding="utf-8")
    assert told(days, order) == [first]


def test_a_dataset_that_is_not_published_any_more_is_gone(days: Any, observed: Sealed) -> None:
    asked = finding(observed, "reachable", GONE)

    path = days.replay / "data.json"
    document = json.loads(path.read_text())
    del document["dataset"][0]
    path.write_text(json.dumps(document), encoding="utf-8")
    seen = told(days, again(days, observed, asked))[-1]["seen"][0]
    assert (seen["finding"], seen["verdict"], seen["reason"]) == (asked, "not_applicable", "gone")


def test_a_look_at_a_whole_dataset_tells_what_is_mended_and_what_is_new(days: Any, observed: Sealed) -> None:
    mended = finding(observed, "reachable", GONE)
    (file,) = observed.rows("distributions", "download_url = ?", [GONE])
    mend(days, GONE)
    (days.replay / "more" / "s0.csv").unlink()
    order = replace(again(days, observed, key="look"), records=(str(file["record_id"]),))
    seen = {each["finding"]: each["verdict"] for each in told(days, order)[-1]["seen"]}
    assert seen[mended] == "pass"
    sealed_ = open_sealed(recheck_folder(days.home, "zz", "look"))
    assert {str(row["record_id"]) for row in sealed_.rows("outcomes", "level = 'resource'")} == {file["record_id"]}


def test_a_source_that_does_not_answer_leaves_the_finding_unknown(days: Any, observed: Sealed) -> None:
    asked = finding(observed, "reachable", GONE)
    days.dos("no", 500)
    assert [each["verdict"] for each in told(days, again(days, observed, asked))[-1]["seen"]] == ["unknown"]


def test_no_round_continues_a_recheck(days: Any, observed: Sealed) -> None:
    told(days, again(days, observed, finding(observed, "reachable", GONE)))
    assert len(folders(days.home)) == 2
    third = days.observe(2)
    assert third.manifest.parent == observed.manifest.observation
    assert len(sealed(days.home, "zz")) == 3


def test_what_cannot_be_looked_at_by_itself_is_said(days: Any, observed: Sealed) -> None:
    last = told(days, again(days, observed, "nothing-of-the-kind"))[-1]
    assert last["failed"] == "SourceError"
    assert "can be looked at by itself" in last["error"]


def test_a_process_that_is_killed_is_told_and_goes_on(days: Any, observed: Sealed, monkeypatch: Any) -> None:
    monkeypatch.setattr("atalaya.rounds.requests.DOER", "this_module_is_not_there")
    last = list(carry_out(again(days, observed, "x")))[-1]
    assert last["failed"] == "died"


def test_a_round_is_run_once_for_its_moment(days: Any) -> None:
    order = RoundOrder(
        home=str(days.home),
        pack=str(days.pack),
        as_of="2026-01-05T12:00:00Z",
        resolve=str(days.home.with_suffix(".resolve.json")),
    )
    first, second = told(days, order)[-1], told(days, order)
    assert first == {"sealed": "zz-20260105T120000Z", "held": []}
    assert second == [first]


def held_of(days: Any, day: int) -> set[str]:
    return {str(row["source_id"]) for row in days.observe(day).rows("sources", "state = 'held'")}


def test_a_held_source_that_a_person_released_is_accepted_in_the_next_round_alone(days: Any, tmp_path: Path) -> None:
    days.observe(0)
    days.ckan([0, 1, 2, 3, 4])
    assert held_of(days, 1) == {"zz:uno"}
    days.ckan([0, 1, 2, 3])
    assert held_of(days, 2) == {"zz:uno"}
    ruling = {"observation": sealed(days.home, "zz")[-1].observation}
    release(days.home, "zz", "zz:uno", ruling, ("analyst", "2026-01-07T12:00:00Z", "they told us so"))
    days.ckan([1, 2, 3, 4])
    assert held_of(days, 3) == set()
    days.ckan([4])
    assert held_of(days, 4) == {"zz:uno"}


def test_a_release_takes_no_less_than_was_seen(days: Any) -> None:
    days.observe(0)
    days.ckan([0, 1, 2, 3])
    assert held_of(days, 1) == {"zz:uno"}
    ruling = {"observation": sealed(days.home, "zz")[-1].observation}
    release(days.home, "zz", "zz:uno", ruling, ("analyst", "2026-01-06T13:00:00Z", "they told us so"))
    days.ckan([0])
    assert held_of(days, 2) == {"zz:uno"}

"""An empty, shrunk or failing answer deletes nothing: what is held, what stands, and what releases it."""

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from atalaya.catalogue.identity import identify
from atalaya.catalogue.records import Dataset
from atalaya.countries.pack import Source
from atalaya.harvest.protocol import Harvest
from atalaya.history.compare import compare
from atalaya.history.read import Sealed
from atalaya.history.verify import verify
from atalaya.rounds.holding import Answered, Standing, answered, bounds_crossed, hold_of
from atalaya.store.tables import Row

UNO = "zz:uno"
CARRIED = ("records", "appearances", "attributions", "distributions")


def source_row(observation: Sealed, source_id: str = UNO) -> Row:
    return next(observation.rows("sources", "source_id = ?", [source_id]))


def of_source(observation: Sealed, table: str, source_id: str = UNO) -> list[Row]:
    return list(observation.rows(table, "source_id = ?", [source_id]))


def histories(observation: Sealed, ids: set[str]) -> dict[str, Row]:
    return {str(row["subject_id"]): row for row in observation.rows("histories") if row["subject_id"] in ids}


@pytest.mark.parametrize(
    ("harvest", "reason"),
    [
        (lambda days: days.ckan([0, 1, 2, 3, 4]), "shrunk"),
        (lambda days: days.ckan([]), "shrunk"),
        (lambda days: days.ckan(status=500), "http"),
        (lambda days: days.ckan(status=403), "http"),
        (lambda days: days.routes(lambda document: document["services"].pop(0)), "unreachable"),
    ],
    ids=["two of seven gone", "empty", "error 500", "forbidden", "no answer"],
)
def test_a_held_source_keeps_what_was_accepted_and_nothing_of_it_is_decided(
    days: Any, harvest: Callable[[Any], None], reason: str
) -> None:
    one = days.observe(0)
    harvest(days)
    two = days.observe(1)
    row = source_row(two)
    assert (row["state"], row["reason"], row["datasets"], row["resources"]) == ("held", reason, 7, 14)
    assert one.manifest.observation in str(row["detail"])
    for table in CARRIED:
        assert of_source(two, table) == of_source(one, table), table
    assert of_source(two, "pages")
    outcomes = [row for row in of_source(two, "outcomes") if row["level"] != "catalogue"]
    assert {(row["verdict"], row["reason"], str(row["evidence"])) for row in outcomes} == {("unknown", "held", "{}")}
    before = [row for row in of_source(one, "outcomes") if row["level"] != "catalogue"]
    assert {(r["check_id"], r["subject_id"], r["institution_id"], r["table"]) for r in outcomes} == {
        (r["check_id"], r["subject_id"], r["institution_id"], r["table"]) for r in before
    }
    subjects = {str(row["subject_id"]) for row in before}
    assert histories(two, subjects) == histories(one, subjects)
    difference = compare(one, two)
    counts = difference.counts()
    assert {
        counts[name] for name in ("vanished_datasets", "unread_datasets", "new_datasets", "vanished_resources")
    } == {0}
    assert [check.what for check in verify(days.home, two.folder) if not check.holds] == []


def test_the_files_of_a_held_source_are_not_asked_again_and_the_others_are(days: Any) -> None:
    days.observe(0)
    days.ckan([])
    two = days.observe(1)
    held = {row["resource_id"] for row in of_source(two, "distributions")}
    probed = {row["resource_id"] for row in two.rows("probes")}
    assert len(held) == 14
    assert not held & probed
    assert len(probed) == 14
    assert source_row(two, "zz:dos")["state"] == "complete"


@pytest.mark.parametrize("validators", ["none", "etag"])
def test_the_same_answer_again_releases_and_the_rest_has_vanished(days: Any, validators: str) -> None:
    def change(document: dict[str, Any]) -> None:
        document["services"][0]["validators"] = validators

    days.routes(change)
    one = days.observe(0)
    days.ckan([0, 1, 2])
    two, three = days.observe(1), days.observe(2)
    assert [
        (source_row(o)["state"], source_row(o)["datasets"], source_row(o)["answered"]) for o in (one, two, three)
    ] == [
        ("complete", 7, 7),
        ("held", 7, 3),
        ("complete", 3, 3),
    ]
    difference = compare(two, three)
    assert sorted(title for _, title in difference.vanished_datasets) == [f"Conjunto {n}" for n in (3, 4, 5, 6)]
    assert not compare(two, three).unread_datasets
    decided = Counter(str(row["verdict"]) for row in of_source(three, "outcomes"))
    assert decided["pass"] > 0


def test_an_emptied_catalogue_is_believed_the_second_time(days: Any) -> None:
    days.observe(0)
    days.ckan([])
    states = [source_row(days.observe(day)) for day in (1, 2, 3)]
    assert [(row["state"], row["datasets"]) for row in states] == [("held", 7), ("complete", 0), ("complete", 0)]


def test_another_answer_each_time_stays_held_and_the_whole_one_is_taken_at_once(days: Any) -> None:
    days.observe(0)
    seen = []
    for day, numbers in ((1, [0, 1, 2]), (2, [0, 1, 3]), (3, [0, 1, 2]), (4, range(7))):
        days.ckan(list(numbers))
        row = source_row(days.observe(day))
        seen.append((row["state"], row["datasets"]))
    assert seen == [("held", 7), ("held", 7), ("held", 7), ("complete", 7)]


def test_failing_again_and_again_releases_nothing(days: Any) -> None:
    days.observe(0)
    days.ckan(status=500)
    rows = [source_row(days.observe(day)) for day in (1, 2, 3)]
    assert {(row["state"], row["reason"], row["datasets"], row["answered"]) for row in rows} == {
        ("held", "http", 7, None)
    }
    days.ckan([0, 1, 2, 3, 4, 5, 6])
    assert source_row(days.observe(4))["state"] == "complete"


def test_a_source_that_fails_at_its_first_sight_has_failed(days: Any) -> None:
    days.ckan(status=500)
    row = source_row(days.observe(0))
    assert (row["state"], row["reason"], row["datasets"]) == ("failed", "http", 0)
    assert source_row(days.observe(1))["state"] == "failed"


def test_below_its_least_a_source_is_held_until_it_says_so_twice(days: Any) -> None:
    days.declare("uno", least=50)
    rows = [source_row(days.observe(day)) for day in (0, 1, 2)]
    assert [(row["state"], row["reason"], row["datasets"]) for row in rows] == [
        ("held", "below_least", 0),
        ("complete", "below_least", 7),
        ("complete", "below_least", 7),
    ]


def test_above_its_most_a_source_is_read_and_it_is_told(days: Any) -> None:
    days.declare("uno", most=5)
    one = days.observe(0)
    row = source_row(one)
    assert (row["state"], row["reason"], row["datasets"]) == ("complete", "above_most", 7)
    assert [problem["reason"] for problem in of_source(one, "problems")] == ["above_most"]
    readable = {r["check_id"]: r["verdict"] for r in of_source(one, "outcomes") if r["level"] == "catalogue"}
    assert (readable["catalogue_readable"], readable["catalogue_complete"]) == ("pass", "pass")


def test_an_institution_whose_only_source_is_held_still_publishes(days: Any) -> None:
    days.observe(0)
    days.ckan([])
    two = days.observe(1)
    [measure] = two.rows("measures", "measure_id = 'publishes@1' AND institution_id = 'zz:uno'")
    assert measure["value"] == 1


def test_two_homes_hold_alike(days: Any, tmp_path: Path) -> None:
    hashes = []
    for name in ("one", "two"):
        days.home = tmp_path / name
        days.ckan(list(range(7)))
        days.observe(0)
        days.ckan([1])
        hashes.append(days.observe(1).manifest.content_hashes())
    assert hashes[0] == hashes[1]


def standing(accepted: int | None, last: Answered | None = None) -> Standing:
    return Standing("zz-1", "ckan", "https://a.example", accepted, last)


def answer(count: int) -> Answered:
    made = tuple(Dataset(native_id=str(number)) for number in range(count))
    return answered(identify("zz:a", made))


@pytest.mark.parametrize(
    ("count", "before", "declared", "reason"),
    [
        (7, None, {}, None),
        (0, None, {}, "below_least"),
        (0, None, {"least": 0}, None),
        (0, None, {"least": 1}, "below_least"),
        (80, standing(100), {}, None),
        (79, standing(100), {}, "shrunk"),
        (12, standing(15), {}, None),
        (28, standing(35), {}, None),
        (90, standing(100), {"shrink_limit": 0.1}, None),
        (89, standing(100), {"shrink_limit": 0.1}, "shrunk"),
        (0, standing(100), {"shrink_limit": 1}, "below_least"),
        (0, standing(100), {"shrink_limit": 1, "least": 0}, None),
        (99, standing(100), {"shrink_limit": 0}, "shrunk"),
        (9, standing(10), {"least": 10}, "below_least"),
        (9, standing(9), {"least": 10}, None),
        (500, standing(100), {"most": 10}, None),
        (0, standing(0), {}, None),
        (3, standing(100, answer(3)), {"least": 10}, None),
        (3, standing(100, answer(4)), {}, "shrunk"),
    ],
)
def test_which_answers_are_held(
    count: int, before: Standing | None, declared: dict[str, Any], reason: str | None
) -> None:
    source = Source(id="zz:a", title={"en": "A"}, protocol="ckan", url="https://a.example", **declared)
    gone = max(0, (before.accepted or 0) - count) if before else 0
    harvest = Harvest(source_id="zz:a", protocol="ckan", state="complete")
    hold = hold_of(source, harvest, answer(count), before, gone)
    assert (hold and hold.reason) == reason


@pytest.mark.parametrize(("count", "reason"), [(1, "below_least"), (2, None), (4, None), (5, "above_most")])
def test_bounds_are_told(count: int, reason: str | None) -> None:
    source = Source(id="zz:a", title={"en": "A"}, protocol="ckan", url="https://a.example", least=2, most=4)
    crossed = bounds_crossed(source, answer(count))
    assert (crossed and crossed.reason) == reason

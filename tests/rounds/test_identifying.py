"""Identity across rounds and sources: migrated, returned, listed twice, republished; what counts and what is asked."""

import json
from typing import Any

import pytest
import yaml

from atalaya.history.appearances import aside_by_source, listings, series
from atalaya.history.compare import compare
from atalaya.history.read import Sealed
from atalaya.rounds.harvesting import SERIES
from atalaya.store.decisions import Decision, record


def renamed(days: Any, prefix: str = "nuevo-") -> None:
    """Give every package of the first source, and its resources, other identifiers, as a portal on new software does."""
    lines = (days.replay / "packages.jsonl").read_text(encoding="utf-8").splitlines()
    packages = [json.loads(line) for line in lines]
    for package in packages:
        package.update(id=prefix + package["id"], name=prefix + package["name"])
        for resource in package["resources"]:
            resource["id"] = prefix + resource["id"]
    (days.replay / "packages.jsonl").write_text("\n".join(map(json.dumps, packages)), encoding="utf-8")


def listed_again(days: Any, *numbers: int, **more: object) -> None:
    """Let the second source list packages of the first as well."""
    path = days.replay / "data.json"
    document = json.loads(path.read_text(encoding="utf-8"))
    for number in numbers:
        document["dataset"].append(
            {
                "identifier": f"copia-{number}",
                "title": f"Conjunto {number}",
                "distribution": [{"downloadURL": f"https://files.small.example/{number}-0.csv"}],
                **more,
            }
        )
    path.write_text(json.dumps(document), encoding="utf-8")


def histories(observation: Sealed) -> dict[str, Any]:
    return {str(row["subject_id"]): row for row in observation.rows("histories")}


def test_new_identifiers_are_one_migration_and_no_deletion(days: Any) -> None:
    one = days.observe(0)
    renamed(days)
    two = days.observe(1)
    difference = compare(one, two)
    counts = difference.counts()
    assert not any(counts[name] for name in ("new_datasets", "vanished_datasets", "returned_datasets"))
    assert difference.migrations == (
        {"source_id": "zz:uno", "migrated": 7, "before": 7, "after": 7, "vanished": 0, "new": 0},
    )
    assert all(row["title"] == row["former_title"] for row in difference.migrated_datasets)
    known = histories(two)
    rows = list(two.rows("migrations"))
    assert {level: sum(row["level"] == level for row in rows) for level in ("dataset", "resource")} == {
        "dataset": 7,
        "resource": 14,
    }
    for row in rows:
        now, before = known[str(row["subject_id"])], histories(one)[str(row["former_id"])]
        assert (now["first_seen"], now["observations"]) == (before["first_seen"], 2)
        assert now["content_sha256"] == before["content_sha256"]
    three = days.observe(2)
    assert not any(compare(two, three).counts()[name] for name in ("migrations", "changed_datasets", "new_datasets"))
    assert {row["changes"] for row in three.rows("histories", "level = 'dataset'")} == {0}


def test_what_really_went_is_told_beside_what_migrated(days: Any) -> None:
    one = days.observe(0)
    days.ckan([0, 1, 2, 3, 4, 5])
    renamed(days)
    difference = compare(one, days.observe(1))
    assert [(row["migrated"], row["vanished"]) for row in difference.migrations] == [(6, 1)]
    assert [title for _, title in difference.vanished_datasets] == ["Conjunto 6"]


def test_a_dataset_that_is_there_again_has_returned(days: Any) -> None:
    days.observe(0)
    days.ckan([0, 1, 2, 3, 4, 5])
    two = days.observe(1)
    days.ckan(range(7))
    three = days.observe(2)
    difference = compare(two, three)
    assert [title for _, title in difference.returned_datasets] == ["Conjunto 6"]
    assert not difference.new_datasets
    (record,) = (id_ for id_, _ in difference.returned_datasets)
    assert histories(three)[record]["observations"] == 2


def test_a_dataset_of_two_sources_counts_once_and_is_asked_once(days: Any) -> None:
    days.declare("dos", institution=None)
    alone = days.observe(0)
    listed_again(days, 3)
    both = days.observe(1)
    (found,) = listings(both)
    assert (found["source_id"], found["title"]) == ("zz:uno", "Conjunto 3")
    (copy,) = found["copies"]  # type: ignore[misc]
    assert copy["source_id"] == "zz:dos"
    assert "address" in copy["evidence"]
    assert both.count("records") == alone.count("records") + 1
    assert both.count("appearances") == both.count("records")
    assert len({row["record_id"] for row in both.rows("appearances")}) == alone.count("records")
    assert both.count("probes") == alone.count("probes")
    assert both.count("outcomes", "record_id = ?", [copy["record_id"]]) == 0
    assert aside_by_source(both)["zz:dos"].copies == 1
    assert _cases(both, "zz:uno") == _cases(alone, "zz:uno")
    assert histories(both)[copy["record_id"]]["observations"] == 1


def test_two_institutions_that_list_one_file_have_a_dataset_each(days: Any) -> None:
    """Each source has an institution of its own: a law that both link to is published by both."""
    listed_again(days, 3)
    assert not list(listings(days.observe(0)))


def test_a_copy_is_judged_once_its_original_is_gone(days: Any) -> None:
    days.declare("dos", institution=None)
    days.observe(0)
    listed_again(days, 6)
    (found,) = listings(days.observe(1))
    days.ckan([0, 1, 2, 3, 4, 5])
    two = days.observe(2)
    assert not list(listings(two))
    (copy,) = found["copies"]  # type: ignore[misc]
    assert two.count("outcomes", "record_id = ?", [copy["record_id"]]) > 0


SERIES_LISTED: dict[str, object] = {
    "identifier": "SP.POP.TOTL",
    "title": "Población total",
    "description": "Serie anual. Fuente: Banco Mundial",
    "publisher": {"name": "Oficina de datos"},
    "distribution": [{"downloadURL": "https://more.small.example/s0.csv"}],
}


def listed(days: Any, *more: dict[str, object]) -> None:
    """Let the second source list these as well."""
    path = days.replay / "data.json"
    document = json.loads(path.read_text(encoding="utf-8"))
    document["dataset"] += more
    path.write_text(json.dumps(document), encoding="utf-8")


def decided(days: Any, kind: str, subject: str, day: int, **ruling: str | bool | None) -> None:
    moment = f"2026-01-{day:02}T13:00:00+00:00"
    decision = Decision(kind=kind, subject=subject, ruling=ruling, who="analyst", moment=moment, why="looked at it")
    record(days.home, "zz", decision)


def told(observation: Sealed) -> list[tuple[object, object]]:
    return [(row["organisation"], row["how"]) for row in series(observation)]


def test_a_republished_series_counts_for_no_institution_until_a_person_says_so(days: Any) -> None:
    alone = days.observe(0)
    listed(days, SERIES_LISTED)
    listing = days.observe(1)
    (row,) = series(listing)
    assert (row["organisation"], row["how"], row["title"]) == ("world_bank", "source_line", "Población total")
    assert _cases(listing, "zz:dos") == _cases(alone, "zz:dos")
    assert listing.count("outcomes", "record_id = ?", [row["record_id"]]) == 0
    decided(days, SERIES, row["record_id"], 7, own=True)
    brought_back = days.observe(2)
    assert told(brought_back) == []
    assert brought_back.count("outcomes", "record_id = ?", [row["record_id"]]) > 0
    decided(days, SERIES, row["record_id"], 8, own=False, organisation="un")
    assert told(days.observe(3)) == [("un", "decision")]


def test_a_person_sets_aside_what_nothing_told(days: Any) -> None:
    one = days.observe(0)
    record_id = next(str(row["record_id"]) for row in one.rows("records", "source_id = 'zz:dos'"))
    decided(days, SERIES, record_id, 6, own=False, organisation="idb")
    (row,) = series(days.observe(1))
    assert (row["record_id"], row["organisation"], row["how"], row["said"]) == (
        record_id,
        "idb",
        "decision",
        "looked at it",
    )


def test_a_ruling_on_a_publisher_makes_no_series_of_others_its_own(days: Any) -> None:
    by_files = {
        **SERIES_LISTED,
        "description": "",
        "distribution": [{"downloadURL": "https://api.worldbank.org/v2/indicator/SP.POP.TOTL"}],
    }
    by_code = {**SERIES_LISTED, "identifier": "NY.GDP.PCAP.CD", "title": "PIB por persona", "description": ""}
    by_line = {**SERIES_LISTED, "identifier": "s-3", "title": "Empleo"}
    listed(days, by_files, by_code, by_line)
    ways = [("world_bank", "code"), ("world_bank", "files"), ("world_bank", "source_line")]
    assert sorted(told(days.observe(0))) == ways
    decided(days, "attribution", "zz:dos|oficina de datos", 5, institution="zz:dos")
    assert sorted(told(days.observe(1))) == ways


def test_a_ruling_on_a_publisher_takes_the_weight_from_its_name(days: Any) -> None:
    listed(days, {**SERIES_LISTED, "identifier": "s-1", "description": "", "publisher": {"name": "OPS"}})
    assert told(days.observe(0)) == [("paho", "publisher")]
    decided(days, "attribution", "zz:dos|ops", 5, institution="zz:dos")
    assert told(days.observe(1)) == []


def test_a_resumed_round_knows_the_decisions_that_it_began_with(days: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    listed(days, SERIES_LISTED)
    (row,) = series(days.observe(0))
    with monkeypatch.context() as patched:
        patched.setattr("atalaya.rounds.round.identify_records", _dies)
        with pytest.raises(OSError, match="died"):
            days.observe(1)
    decided(days, SERIES, row["record_id"], 6, own=True)
    assert told(days.observe(1, resume=True)) == [("world_bank", "source_line")]
    assert told(days.observe(2)) == []


def _dies(_round: object) -> None:
    raise OSError("the machine died")


def _cases(observation: Sealed, institution: str) -> dict[str, object]:
    """How many cases each measure of an institution rests on, decided or not."""
    rows = observation.rows("measures", "institution_id = ?", [institution])
    return {str(row["measure_id"]): (row["applied"] or 0) + (row["unknown"] or 0) for row in rows}


def test_an_observation_of_before_these_tables_is_read(days: Any) -> None:
    one = days.observe(0)
    for table in ("migrations", "republished"):
        for path in (one.folder / "tables").glob(f"{table}-*.parquet"):
            path.unlink()
    assert list(one.rows("migrations")) == []
    assert list(series(one)) == []


def test_the_pack_says_how_many_sources_there_are(days: Any) -> None:
    """Guards the fixture: three sources, each with an institution of its own."""
    sources = [yaml.safe_load(path.read_text()) for path in sorted((days.pack / "sources").glob("*.yml"))]
    assert [source["institution"] for source in sources] == ["dos", "tres", "uno"]


def test_a_catalogue_exchanged_for_another_is_held(days: Any) -> None:
    days.observe(0)
    lines = (days.replay / "packages.jsonl").read_text(encoding="utf-8").splitlines()
    packages = [
        {"id": f"demo-{n}", "name": f"demo-{n}", "title": f"Sample {'abcdefgh'[n]} story", "resources": []}
        for n in range(len(lines))
    ]
    (days.replay / "packages.jsonl").write_text("\n".join(map(json.dumps, packages)), encoding="utf-8")
    two = days.observe(1)
    (row,) = two.rows("sources", "source_id = 'zz:uno'")
    assert row["state"] == "held"


def test_resources_of_a_migrated_dataset_are_neither_new_nor_vanished(days: Any) -> None:
    one = days.observe(0)
    lines = (days.replay / "packages.jsonl").read_text(encoding="utf-8").splitlines()
    packages = [json.loads(line) for line in lines]
    for package in packages:
        package.update(id="nuevo-" + package["id"], name="nuevo-" + package["name"])
        for resource in package["resources"]:
            resource["id"] = "nuevo-" + resource["id"]
    (days.replay / "packages.jsonl").write_text("\n".join(map(json.dumps, packages)), encoding="utf-8")
    two = days.observe(1)
    difference = compare(one, two)
    counts = difference.counts()
    assert (counts["migrated_datasets"], counts["migrations"]) == (7, 1)
    assert (counts["new_resources"], counts["vanished_resources"], counts["changed_content"]) == (0, 0, 0)
    moved = "source_id = 'zz:uno' AND verdict = 'fail' AND check_id NOT LIKE '%identifier%_lasting'"
    of_source = {str(row["finding_id"]) for row in two.rows("outcomes", moved)}
    assert len(of_source) > 20
    assert not of_source & set(difference.new_findings)

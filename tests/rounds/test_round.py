"""A round end to end over real HTTP: what is recorded, what differs from the round before, what is transferred."""

import asyncio
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from atalaya.clock import fixed_clock, stamp, system_clock
from atalaya.countries.reader import read_pack
from atalaya.exceptions import RoundAborted, StoreError
from atalaya.history.compare import compare
from atalaya.history.read import Sealed
from atalaya.history.verify import verify
from atalaya.replay.server import serving, write_resolve
from atalaya.rounds.opening import Request
from atalaya.rounds.run import Plan, observe
from atalaya.settings import read_settings

COUNTRY = Callable[..., tuple[Path, Path]]
DAY = datetime(2026, 1, 5, 12, tzinfo=UTC)


def run(pack: Path, replay: Path, home: Path, days: int = 0) -> Sealed:
    moment = DAY + timedelta(days=days)
    with serving(replay) as served:
        resolve = home.with_suffix(f".{days}.resolve.json")
        write_resolve(served, resolve)
        settings = replace(read_settings({}, home), timeout=5.0)
        plan = Plan(settings=settings, clock=fixed_clock(moment), pacing=system_clock(), resolve=resolve)
        return asyncio.run(observe(plan, Request(pack=read_pack(pack), as_of=stamp(moment))))


def received(observation: Sealed) -> int:
    return sum(row["received_bytes"] or 0 for row in observation.rows("attempts"))  # type: ignore[misc]


def test_a_round_reads_every_source_and_attributes_every_record(small_country: COUNTRY, tmp_path: Path) -> None:
    observation = run(*small_country(), tmp_path / "home")
    sources = {row["source_id"]: row for row in observation.rows("sources")}
    assert {id_: (row["state"], row["datasets"], row["resources"]) for id_, row in sources.items()} == {
        "zz:dos": ("complete", 5, 10),
        "zz:tres": ("complete", 4, 4),
        "zz:uno": ("complete", 7, 14),
    }
    assert observation.count("attributions", "institution_id IS NULL") == 0
    assert observation.count("probes") == 28
    statuses = Counter(row["status"] for row in observation.rows("probes"))
    assert statuses == {200: 23, 404: 3, 403: 1, 410: 1}
    assert observation.count("inspections") == 23
    scored = observation.rows("scores", "node = 'index'", columns=("methodology_id", "kind"))
    assert Counter((row["methodology_id"], row["kind"]) for row in scored) == {
        ("open-data-national/1", "institution"): 3,
        ("open-data-national/1", "group"): 1,
        ("mqa/1", "institution"): 3,
        ("mqa/1", "group"): 1,
        ("mqa/1", "source"): 3,
    }


def test_everything_verifies_until_one_byte_changes(small_country: COUNTRY, tmp_path: Path) -> None:
    home = tmp_path / "home"
    observation = run(*small_country(), home)
    assert [check.what for check in verify(home, observation.folder) if not check.holds] == []
    path = observation.folder / "tables" / "outcomes-00.parquet"
    path.write_bytes(path.read_bytes().replace(b"P", b"Q", 1))
    broken = [check.what for check in verify(home, observation.folder) if not check.holds]
    assert "files of outcomes" in broken


def test_two_homes_give_the_same_content(small_country: COUNTRY, tmp_path: Path) -> None:
    pack, replay = small_country()
    one, two = run(pack, replay, tmp_path / "one"), run(pack, replay, tmp_path / "two")
    assert one.manifest.content_hashes() == two.manifest.content_hashes()
    assert one.manifest.public_key != two.manifest.public_key


def test_the_next_round_says_exactly_what_changed(small_country: COUNTRY, tmp_path: Path) -> None:
    pack, replay = small_country()
    one = run(pack, replay, tmp_path / "home")
    two = run(*small_country("day-2", changed=True), tmp_path / "home", days=2)
    difference = compare(one, two)
    assert [title for _, title in difference.new_datasets] == ["Conjunto 7"]
    assert [title for _, title in difference.vanished_datasets] == ["Conjunto 6"]
    assert [title for _, title in difference.changed_datasets] == ["Conjunto 2 (corregido)"]
    assert (len(difference.changed_content), len(difference.new_resources), len(difference.vanished_resources)) == (
        2,
        2,
        2,
    )


def test_a_404_fails_at_the_second_look_and_a_403_stays_unknown(small_country: COUNTRY, tmp_path: Path) -> None:
    pack, replay = small_country()
    verdicts = []
    for days in (0, 2):
        observation = run(pack, replay, tmp_path / "home", days=days)
        gone = {str(r["resource_id"]): r["status"] for r in observation.rows("probes", "status > 299")}
        rows = observation.rows("outcomes", "check_id = 'reachable'")
        verdicts.append(
            Counter((gone[str(r["subject_id"])], r["verdict"]) for r in rows if str(r["subject_id"]) in gone)
        )
    assert verdicts[0] == {(404, "unknown"): 3, (403, "unknown"): 1, (410, "unknown"): 1}
    assert verdicts[1] == {(404, "fail"): 3, (403, "unknown"): 1, (410, "fail"): 1}


@pytest.mark.parametrize("validators", ["etag", "last_modified"])
def test_unchanged_sources_with_validators_transfer_next_to_nothing(
    small_country: COUNTRY, tmp_path: Path, validators: str
) -> None:
    pack, replay = small_country(validators=validators)
    one, two = run(pack, replay, tmp_path / "home"), run(pack, replay, tmp_path / "home", days=2)
    assert one.count("probes", "status = 200") == two.count("probes", "status = 200") == 23
    bodies = [row["received_bytes"] for row in two.rows("attempts", "status = 304")]
    assert len(bodies) == 26
    again = received(two) - sum(row["received_bytes"] or 0 for row in two.rows("attempts", "status >= 400"))  # type: ignore[misc]
    assert again < 0.05 * received(one)
    assert content(two) == content(one)


def test_unchanged_sources_without_validators_store_nothing_new(small_country: COUNTRY, tmp_path: Path) -> None:
    pack, replay = small_country()
    one = run(pack, replay, tmp_path / "home")
    stored = sum(path.stat().st_size for path in (tmp_path / "home" / "archive").rglob("*") if path.is_file())
    two = run(pack, replay, tmp_path / "home", days=2)
    after = sum(path.stat().st_size for path in (tmp_path / "home" / "archive").rglob("*") if path.is_file())
    assert after - stored < 0.05 * stored
    assert received(two) > 0.9 * received(one)


def content(observation: Sealed) -> list[object]:
    return [row["content_sha256"] for row in observation.rows("inspections")]


def test_when_no_source_answers_the_round_is_aborted_and_nothing_sealed(small_country: COUNTRY, tmp_path: Path) -> None:
    pack, replay = small_country()
    (replay / "replay.yml").write_text("format: 1\n", encoding="utf-8")
    with pytest.raises(RoundAborted, match="Nothing was sealed"):
        run(pack, replay, tmp_path / "home")
    assert not list((tmp_path / "home").rglob("manifest.json"))


def test_observations_are_added_in_order_of_time(small_country: COUNTRY, tmp_path: Path) -> None:
    pack, replay = small_country()
    run(pack, replay, tmp_path / "home", days=2)
    with pytest.raises(StoreError, match="order of time"):
        run(pack, replay, tmp_path / "home")
    with pytest.raises(StoreError, match="already sealed"):
        run(pack, replay, tmp_path / "home", days=2)

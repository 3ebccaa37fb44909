"""What stays of the archive, what goes, and what no budget takes."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner

from atalaya.cli import atalaya
from atalaya.exceptions import StoreError
from atalaya.history.read import Sealed
from atalaya.history.retention import OUTDATED, OVER_SOURCE, OVER_TOTAL, Retention, retention
from atalaya.store.archive import Archive
from atalaya.store.manifest import Manifest

MONTHS = ("2025-01", "2025-02", "2025-03", "2025-04", "2025-05", "2025-08", "2025-09")


class Told:
    """An observation that tells of one resource: its hash, its status, and whether a check of it fails."""

    def __init__(
        self, month: str, sha256: str, status: int = 200, *, fails: bool = False, evidence: object = None
    ) -> None:
        self._tables = {
            "distributions": [("r", "zz:a")],
            "probes": [("r", sha256, status)],
            "outcomes": [{"resource_id": "r", "evidence": evidence}] if fails else [],
        }
        body = {"country": "zz", "observation": f"zz-{month}", "as_of": f"{month}-10T00:00:00Z"}
        fields = dict.fromkeys(Manifest.__dataclass_fields__)
        self.manifest = Manifest(**{**fields, **body})

    def values(self, table: str, *_rest: object) -> list[tuple[object, ...]]:
        return self._tables.get(table, [])

    def rows(self, table: str, *_rest: object, **_more: object) -> list[dict[str, object]]:
        return self._tables.get(table, [])


def seven(**more: object) -> list[Sealed]:
    """Seven observations, each with other bytes: `a` to `g`."""
    return [Told(month, name * 64, **more) for month, name in zip(MONTHS, "abcdefg", strict=True)]  # type: ignore[misc]


def gone(found: Retention) -> dict[str, str]:
    return {each.sha256[0]: each.why for each in found.going}


def ten(_sha256: str) -> int:
    return 10


def test_first_last_and_one_a_quarter_stay() -> None:
    found = retention(seven(), (), ten)
    assert gone(found) == dict.fromkeys("bce", OUTDATED)
    assert (found.staying, found.staying_bytes) == (4, 40)


def test_the_last_good_answer_stays() -> None:
    broken = [*seven()[:5], Told("2025-08", "f" * 64, 500), Told("2025-09", "0" * 64, 500)]
    assert gone(retention(broken, (), ten)) == dict.fromkeys("bc", OUTDATED)  # type: ignore[arg-type]


def test_what_findings_cite_stays_whatever_the_budget() -> None:
    cited = [*seven()[:4], Told("2025-05", "e" * 64, fails=True, evidence={"of": "b" * 64}), *seven()[5:]]
    found = retention(cited, {"zz-2025-05"}, ten, budget=1)  # type: ignore[arg-type]
    assert gone(found) == {"c": OUTDATED, "d": OVER_TOTAL, "f": OVER_TOTAL}
    assert found.over == {"total": 39}


def test_budgets_take_the_oldest_of_what_stands_for_a_quarter() -> None:
    assert gone(retention(seven(), (), ten, source_budget=30)) == {**dict.fromkeys("bce", OUTDATED), "d": OVER_SOURCE}
    found = retention(seven(), (), ten, budget=20)
    assert gone(found) == {**dict.fromkeys("bce", OUTDATED), "d": OVER_TOTAL, "f": OVER_TOTAL}
    assert found.over == {}


def test_what_came_again_is_as_young_as_its_last_sight() -> None:
    again = [*seven()[:6], Told("2025-09", "b" * 64)]
    assert gone(retention(again, (), ten)) == dict.fromkeys("ce", OUTDATED)  # type: ignore[arg-type]


def test_bytes_that_must_not_go_are_not_counted() -> None:
    found = retention(seven(), (), lambda sha256: None if sha256[0] in "bg" else 10)
    assert gone(found) == dict.fromkeys("ce", OUTDATED)
    assert found.staying == 3


def prune(home: Path, *words: str) -> dict[str, object]:
    result = CliRunner().invoke(atalaya, ["archive", "prune", "--home", str(home), "--json", *words])
    assert result.exit_code == 0, (result.output, result.exception)
    found: dict[str, object] = json.loads(result.output)
    return found


def test_two_rounds_keep_everything_and_stay_whole(small_observation: Sealed, tmp_path: Path) -> None:
    found = prune(tmp_path / "home", "--budget", "1")
    assert found["going"] == 0
    assert found["over"]
    assert not Archive(tmp_path / "home" / "archive").verify().faults


def test_an_open_round_is_left_its_bytes(small_observation: Sealed, tmp_path: Path) -> None:
    open_ = small_observation.folder.with_name("zz-20260109T120000Z")
    open_.mkdir()
    (open_ / "round.json").write_text("{}")
    result = CliRunner().invoke(atalaya, ["archive", "prune", "--home", str(tmp_path / "home")])
    assert isinstance(result.exception, StoreError)
    assert "--resume" in str(result.exception)


@pytest.mark.parametrize(
    "keep", [lambda archive, body: archive.keep(body), lambda archive, body: _later(archive, body)]
)
def test_pruned_bytes_leave_a_tombstone_and_come_again(
    tmp_path: Path, keep: Callable[[Archive, bytes], object]
) -> None:
    archive = Archive(tmp_path / "archive")
    blob = archive.keep(b"seen once")
    moment = datetime(2026, 1, 1, tzinfo=UTC)
    assert archive.prune(blob.sha256, "retention: outdated", moment)
    assert not archive.prune(blob.sha256, "retention: outdated", moment)
    assert not archive.has(blob.sha256)
    assert archive.blob(blob.sha256).kept == "pruned"
    assert not archive.verify().faults
    keep(archive, b"seen once")
    assert archive.read(blob.sha256) == b"seen once"
    assert archive.class_of(blob.sha256) == "public"


def test_what_a_person_classed_is_never_pruned(tmp_path: Path) -> None:
    archive = Archive(tmp_path / "archive")
    blob = archive.keep(b"evidence")
    archive.classify(blob.sha256, "restricted", "evidence", datetime(2026, 1, 1, tzinfo=UTC))
    assert not archive.prune(blob.sha256, "retention", datetime(2026, 1, 1, tzinfo=UTC))
    assert archive.read(blob.sha256) == b"evidence"


def _later(archive: Archive, body: bytes) -> None:
    with archive.writer(100, later=True) as writer:
        writer.write(body)
        writer.commit()
    archive.settle()

"""What was there and is no more: only what a source read whole no longer lists, or what failed at two looks, is lost."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import pyarrow as pa
import pytest
from pyarrow import parquet

from atalaya.history.read import Sealed
from atalaya.history.vanished import Loss, State, vanished
from atalaya.store.manifest import Manifest
from atalaya.store.tables import TABLES, Row

PLAIN = Manifest(
    format=1, kind="round", country="zz", observation="zz-1", as_of="2026-01-01T12:00:00Z", cut_off=None,
    parent=None, seed=1, versions={"atalaya": "0"}, pack_sha256="00", methodologies={}, settings={}, tables=(), previous=None,
)  # fmt: skip
TYPES = {"text": pa.string(), "integer": pa.int64(), "number": pa.float64(), "boolean": pa.bool_(), "json": pa.string()}

Tables = Mapping[str, Sequence[Row]]
Rounds = Callable[..., list[Sealed]]


def write(folder: Path, tables: Tables) -> None:
    (folder / "tables").mkdir(parents=True)
    for name, rows in tables.items():
        kinds = TABLES[name].columns
        columns = {
            column: pa.array([_cell(row.get(column), kind) for row in rows], TYPES[kind])
            for column, kind in kinds.items()
        }
        parquet.write_table(pa.table(columns), folder / "tables" / f"{name}-00.parquet")


def _cell(value: object, kind: str) -> object:
    return json.dumps(value) if kind == "json" and value is not None else value


@pytest.fixture
def rounds(tmp_path: Path) -> Rounds:
    """Sealed observations of 1, 2, 3 … January with these tables."""

    def make(*observations: Tables) -> list[Sealed]:
        made = []
        for day, tables in enumerate(observations, start=1):
            folder = tmp_path / f"zz-{day}"
            write(folder, tables)
            made.append(Sealed(folder, replace(PLAIN, observation=f"zz-{day}", as_of=f"2026-01-{day:02d}T12:00:00Z")))
        return made

    return make


def seen(
    *records: str,
    state: str = "complete",
    status: int | None = 200,
    outcomes: Sequence[Row] = (),
    migrations: Sequence[Row] = (),
    copies: Sequence[Row] = (),
    sha256: str = "",
    source: bool = True,
) -> Tables:
    """An observation of one source with these records, each of one resource that answers in this way."""
    answers = "" if status is None else status
    return {
        "sources": [{"source_id": "zz:s", "state": state}] if source else [{"source_id": "zz:t", "state": "complete"}],
        "records": [{"record_id": r, "source_id": "zz:s", "title": {"es": f"Conjunto {r}"}} for r in records],
        "attributions": [{"record_id": r, "source_id": "zz:s", "institution_id": "zz:uno"} for r in records],
        "distributions": [
            {"resource_id": f"{r}-1", "record_id": r, "source_id": "zz:s", "title": {"es": f"Archivo {r}"},
             "download_url": f"https://s.example/{r}.csv"} for r in records
        ],
        "probes": [
            {"resource_id": f"{r}-1", "url": "https://s.example/", "status": status, "size": 10, "kept": "whole",
             "sha256": (sha256 or f"sha-{r}") if answers == 200 else None} for r in records
        ],
        "blobs": [{"sha256": sha256 or f"sha-{r}", "size": 10, "kept": "whole", "class": "public"} for r in records],
        "outcomes": list(outcomes),
        "migrations": list(migrations),
        "appearances": list(copies),
    }  # fmt: skip


def reachable(verdict: str, reason: str, **evidence: object) -> Row:
    return {"check_id": "reachable", "subject_id": "a-1", "verdict": verdict, "reason": reason, "evidence": evidence}


OK = reachable("pass", "ok")
GONE_ONCE = reachable("unknown", "gone_once", cause="404")
GONE = reachable("fail", "gone_again", cause="404", since="2026-01-02")
REFUSED = reachable("unknown", "refused", cause="403")
PAGE = {"check_id": "answer_genuine", "subject_id": "a-1", "verdict": "fail", "reason": "not_found", "evidence": {}}
GENUINE = {**PAGE, "verdict": "pass", "reason": "ok"}


def by_id(losses: Sequence[Loss]) -> dict[str, Loss]:
    return {loss.about.id: loss for loss in losses}


def test_one_observation_loses_nothing(rounds: Rounds) -> None:
    assert vanished(rounds(seen("a"))) == vanished([]) == []


def test_a_source_read_whole_without_it_establishes_the_loss(rounds: Rounds) -> None:
    found = by_id(vanished(rounds(seen("a", "b"), seen("b"), seen("b"))))
    assert set(found) == {"a", "a-1"}
    dataset, resource = found["a"], found["a-1"]
    assert (dataset.state, dataset.reason, dataset.last_seen, dataset.since) == (
        State.VANISHED, "unlisted", "2026-01-01", "2026-01-02",
    )  # fmt: skip
    assert (dataset.about.title, dataset.about.institution_id, dataset.copy) == ("Conjunto a", "zz:uno", None)
    assert resource.about.record_title == "Conjunto a"
    assert resource.copy is not None
    assert (resource.copy.sha256, resource.copy.day, resource.copy.kind) == ("sha-a", "2026-01-01", "public")


@pytest.mark.parametrize(
    ("after", "reason"),
    [
        (seen("b", state="partial"), "unread"),
        (seen("b", state="failed"), "unread"),
        (seen(source=False), "unread_source"),
    ],
)
def test_nothing_is_gone_from_a_source_that_was_not_read_whole(rounds: Rounds, after: Tables, reason: str) -> None:
    found = by_id(vanished(rounds(seen("a", "b"), after)))
    assert (found["a"].state, found["a"].reason, found["a"].since) == (State.UNCONFIRMED, reason, None)


def test_the_loss_is_dated_by_the_first_whole_reading(rounds: Rounds) -> None:
    found = by_id(vanished(rounds(seen("a", "b"), seen("b", state="partial"), seen("b"))))
    assert (found["a"].state, found["a"].last_seen, found["a"].since) == (State.VANISHED, "2026-01-01", "2026-01-03")


def test_an_answer_that_was_held_first_is_told(rounds: Rounds) -> None:
    found = by_id(vanished(rounds(seen("a", "b"), seen("a", "b", state="held"), seen("b"))))
    assert (found["a"].reason, found["a"].last_seen) == ("unlisted_twice", "2026-01-02")


def test_what_stands_under_another_identifier_has_moved(rounds: Rounds) -> None:
    moved = [
        {"subject_id": "c", "former_id": "a", "level": "dataset", "source_id": "zz:s"},
        {"subject_id": "c-1", "former_id": "a-1", "level": "resource", "source_id": "zz:s"},
    ]
    found = by_id(vanished(rounds(seen("a", "b"), seen("b", "c", migrations=moved))))
    assert set(found) == {"a"}  # its resource moved with it
    assert (found["a"].state, found["a"].successor, found["a"].since) == (State.MIGRATED, "c", "2026-01-02")


def test_copies_got_under_an_earlier_identifier_count(rounds: Rounds) -> None:
    moved = [{"subject_id": "c-1", "former_id": "a-1", "level": "resource", "source_id": "zz:s"}]
    found = by_id(vanished(rounds(seen("a"), seen("c", status=404, migrations=moved), seen("b"))))
    copy = found["c-1"].copy
    assert copy is not None
    assert (copy.sha256, copy.day) == ("sha-a", "2026-01-01")


def test_the_same_bytes_in_the_same_dataset_are_no_loss(rounds: Rounds) -> None:
    before, after = dict(seen("a")), dict(seen("a"))
    after["distributions"] = [{**after["distributions"][0], "resource_id": "a-2"}]
    after["probes"] = [{**after["probes"][0], "resource_id": "a-2"}]
    found = by_id(vanished(rounds(before, after)))
    assert (found["a-1"].state, found["a-1"].successor, found["a-1"].reason) == (State.MIGRATED, "a-2", "same_bytes")


def test_what_is_listed_again_has_returned(rounds: Rounds) -> None:
    found = by_id(vanished(rounds(seen("a", "b"), seen("b"), seen("a", "b"))))
    assert (found["a"].state, found["a"].since, found["a"].back) == (State.RETURNED, "2026-01-02", "2026-01-03")


def test_what_was_never_established_did_not_return(rounds: Rounds) -> None:
    assert vanished(rounds(seen("a", "b"), seen("b", state="partial"), seen("a", "b"))) == []


def test_a_copy_of_a_dataset_listed_elsewhere_is_no_loss(rounds: Rounds) -> None:
    copies = [{"record_id": "b", "source_id": "zz:s", "copy_id": "a"}]
    assert vanished(rounds(seen("a", "b", copies=copies), seen("b"))) == []


@pytest.mark.parametrize(
    ("answers", "state", "since"),
    [
        ((OK, GONE_ONCE), State.UNCONFIRMED, None),
        ((OK, GONE_ONCE, GONE), State.GONE, "2026-01-02"),
        ((OK, reachable("fail", "failing", cause="dns", since="2026-01-02")), State.SILENT, "2026-01-02"),
        ((OK, GONE, REFUSED), State.UNCONFIRMED, None),
        ((OK, GONE, REFUSED, GONE), State.GONE, "2026-01-02"),
    ],
)
def test_an_address_is_lost_at_two_looks(
    rounds: Rounds, answers: Sequence[Row], state: State, since: str | None
) -> None:
    made = [seen("a", status=200 if row is OK else 404, outcomes=[row]) for row in answers]
    found = by_id(vanished(rounds(*made)))
    assert (found["a-1"].state, found["a-1"].since, found["a-1"].last_seen) == (state, since, "2026-01-01")


@pytest.mark.parametrize("answers", [(REFUSED, REFUSED), (OK, REFUSED), (GONE, GONE)])
def test_what_refuses_or_never_gave_anything_is_not_lost(rounds: Rounds, answers: Sequence[Row]) -> None:
    made = [seen("a", status=200 if row is OK else 404, outcomes=[row]) for row in answers]
    assert vanished(rounds(*made)) == []


def test_an_address_that_answers_again_has_returned(rounds: Rounds) -> None:
    answers = [(OK, 200), (GONE, 404), (OK, 200)]
    found = by_id(vanished(rounds(*(seen("a", status=status, outcomes=[row]) for row, status in answers))))
    loss = found["a-1"]
    assert (loss.state, loss.since, loss.back, loss.last_seen) == (
        State.RETURNED, "2026-01-02", "2026-01-03", "2026-01-01",
    )  # fmt: skip


def test_an_address_that_never_gave_anything_before_did_not_return(rounds: Rounds) -> None:
    answers = [(GONE, 404), (OK, 200)]
    assert vanished(rounds(*(seen("a", status=status, outcomes=[row]) for row, status in answers))) == []


def test_a_page_in_place_of_the_file_is_no_copy_of_it(rounds: Rounds) -> None:
    found = by_id(
        vanished(rounds(seen("a", outcomes=[OK, GENUINE]), seen("a", outcomes=[OK, PAGE], sha256="sha-page")))
    )
    loss = found["a-1"]
    assert (loss.state, loss.since) == (State.REPLACED, "2026-01-02")
    assert loss.copy is not None
    assert loss.copy.sha256 == "sha-a"

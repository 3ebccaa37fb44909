"""Blocks: what is alike is written once, and whoever reads rows gets the rows that were meant."""

import hashlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atalaya.catalogue.identity import digest_id
from atalaya.exceptions import StoreError
from atalaya.store import row_blocks
from atalaya.store.ledger import Ledger
from atalaya.store.outcome_blocks import OutcomeBlock, block_of, blocks_of, line_of
from atalaya.store.outcome_seal import finding_ids
from atalaya.store.parts import canonical_json
from atalaya.store.row_blocks import RowBlock
from atalaya.store.seal import seal_tables
from atalaya.store.tables import TABLES

TEXTS = st.text(max_size=4)


def outcome(check: str, subject: str, verdict: str = "pass", **more: object) -> dict[str, object]:
    row = dict.fromkeys(TABLES["outcomes"].columns)
    about = {"check_version": 1, "level": "dataset", "reason": "ok", "passed": 1, "applied": 1, "evidence": {}}
    failed = digest_id(check, subject) if verdict == "fail" else None
    named = {"check_id": check, "subject_id": subject, "verdict": verdict, "finding_id": failed}
    return {**row, **about, **named, **more}


ROWS = [
    outcome("described", "b", "fail", record_id="b", source_id="zz:ñ", institution_id='x:"a"', evidence={"n": 1.5}),
    outcome("described", "a", record_id="a", source_id="zz:ñ", evidence={"text": 'say "no"\n', "none": None}),
    outcome(
        "licence_open", "b", "unknown", record_id="b", source_id="zz:ñ", institution_id='x:"a"', passed=0, applied=0
    ),
    outcome("licence_open", "a", record_id="a", source_id="zz:ñ"),
    outcome("reachable", "r", "fail", level="resource", record_id="a", resource_id="r", source_id="zz:ñ"),
]


def by_key(rows: list[dict[str, object]]) -> list[dict[str, object]]:
    return sorted(rows, key=lambda row: (str(row["check_id"]), str(row["subject_id"])))


def test_rows_come_out_of_blocks_as_they_went_in(tmp_path: Path) -> None:
    blocks = blocks_of(ROWS)
    assert len(blocks) == 2
    assert by_key([row for block in blocks for row in block.rows()]) == by_key(ROWS)
    assert [row for block in blocks for row in block_of(line_of(block)).rows()] == [
        row for block in blocks for row in block.rows()
    ]
    Ledger(tmp_path).write("check", "u", blocks)
    assert by_key([row for _, row in Ledger(tmp_path).rows("check", "outcomes")]) == by_key(ROWS)
    assert list(Ledger(tmp_path).rows("check", "histories")) == []
    assert [len(block) for found in Ledger(tmp_path).blocks("check") for block in found] == [2, 1]


def sealed(folder: Path, *units: list[object]) -> dict[str, str | None]:
    for number, entries in enumerate(units):
        Ledger(folder).write("check", f"u{number}", entries)
    return {entry.name: entry.content_sha256 for entry in seal_tables(folder)}


def test_blocks_and_rows_seal_to_the_same_content(tmp_path: Path) -> None:
    one = sealed(tmp_path / "rows", [("outcomes", row) for row in ROWS])
    two = sealed(tmp_path / "blocks", blocks_of(ROWS))
    three = sealed(tmp_path / "units", blocks_of(ROWS[::2]), [("outcomes", row) for row in ROWS[1::2]])
    other = sealed(tmp_path / "other", blocks_of(ROWS[1:]))
    assert one["outcomes"] == two["outcomes"] == three["outcomes"] != other["outcomes"]


def test_the_hash_of_outcomes_is_that_of_their_canonical_lines(tmp_path: Path) -> None:
    names = list(TABLES["outcomes"].columns)
    lines = [
        names,
        *([{**row, "evidence": canonical_json(row["evidence"])}[name] for name in names] for row in by_key(ROWS)),
    ]
    text = "".join(canonical_json(line) + "\n" for line in lines)
    assert sealed(tmp_path, blocks_of(ROWS))["outcomes"] == hashlib.sha256(text.encode()).hexdigest()


def test_two_units_that_judge_one_subject_are_refused(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="units overlap"):
        sealed(tmp_path, blocks_of(ROWS[:1]), blocks_of(ROWS[:1]))


def test_a_check_of_two_levels_is_refused(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="two levels"):
        sealed(tmp_path, blocks_of([outcome("described", "a"), outcome("described", "b", level="resource")]))


def test_a_subject_without_an_id_is_refused(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="its key is empty"):
        sealed(tmp_path, blocks_of([{**ROWS[0], "subject_id": None}]))


def test_a_block_of_unequal_columns_is_a_damaged_part(tmp_path: Path) -> None:
    [block, _] = blocks_of(ROWS)
    short = OutcomeBlock(block.level, {**block.subjects, "record_id": ["a", "b", "c"]}, block.columns)
    Ledger(tmp_path).write("check", "u", [short])
    with pytest.raises(StoreError, match="differ in length"):
        list(Ledger(tmp_path).rows("check", "outcomes"))


@given(
    st.lists(
        st.fixed_dictionaries(
            {}, optional={"subject_id": TEXTS, "level": TEXTS, "changes": st.integers(-(2**63), 2**63 - 1)}
        ),
        min_size=1,
    )
)
def test_row_blocks_hold_any_rows(rows: list[dict[str, object]]) -> None:
    line = row_blocks.line_of(RowBlock("histories", rows))
    whole = [{name: row.get(name) for name in TABLES["histories"].columns} for row in rows]
    assert [row for _, row in row_blocks.rows_of(line)] == whole
    assert list(row_blocks.rows_of(line, ("outcomes",))) == []


def test_a_row_block_of_an_unknown_column_is_our_fault(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"histories\.colour"):
        Ledger(tmp_path).write("check", "u", [RowBlock("histories", [{"colour": 1}])])


@given(st.text(max_size=8), st.lists(st.text(max_size=8)))
def test_finding_ids_are_those_of_the_checks(check: str, subjects: list[str]) -> None:
    assert finding_ids(check, subjects) == [digest_id(check, subject) for subject in subjects]

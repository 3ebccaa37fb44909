"""Decisions are appended, survive a dying write, and name a damaged line."""

from pathlib import Path

import pytest

from atalaya.exceptions import StoreError
from atalaya.store.decisions import Decision, decisions, record

RULING = Decision(
    kind="attribution", subject="zz:cat|Ministry", ruling={"institution": "zz:min"}, who="analyst",
    moment="2026-01-05T12:00:00Z", why="letterhead",
)  # fmt: skip


def test_decisions_come_back_in_order_by_kind(tmp_path: Path) -> None:
    record(tmp_path, "zz", RULING)
    record(tmp_path, "zz", RULING)
    assert decisions(tmp_path, "zz", "attribution") == (RULING, RULING)
    assert decisions(tmp_path, "zz", "match") == ()
    assert decisions(tmp_path, "yy", "attribution") == ()


def test_a_write_that_died_is_ignored_and_a_damaged_line_is_named(tmp_path: Path) -> None:
    record(tmp_path, "zz", RULING)
    path = tmp_path / "decisions" / "zz.jsonl"
    whole = path.read_bytes()
    path.write_bytes(whole + whole[:20])
    assert decisions(tmp_path, "zz", "attribution") == (RULING,)
    path.write_bytes(b"{}\n" + whole)
    with pytest.raises(StoreError, match="line 1"):
        decisions(tmp_path, "zz", "attribution")

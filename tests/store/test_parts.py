"""Parts: what is written comes back, of all tables or of some, and what is no row of a table is refused."""

from pathlib import Path
from typing import Any

import pytest

from atalaya.exceptions import StoreError
from atalaya.store.ledger import Ledger
from atalaya.store.parts import notes_path, part_path, read_part, write_part

ROWS: list[tuple[str, dict[str, Any]]] = [
    ("problems", {"source_id": "zz:a", "ordinal": 1, "place": 'é\u2028 "{', "reason": None}),
    ("blobs", {"sha256": "00", "size": 7, "kept": "whole"}),
    ("outcomes", {"check_id": "c", "evidence": {"number": 10**30, "share": 1e-7}}),
    ("problems", {"source_id": "zz:a", "ordinal": 2}),
]


def test_rows_come_back_as_they_were(tmp_path: Path) -> None:
    path = write_part(tmp_path, "harvest", "zz:a", ROWS)
    assert list(read_part(path)) == ROWS
    assert list(read_part(path, ("problems",))) == [ROWS[0], ROWS[3]]
    assert list(read_part(path, ("outcomes", "blobs"))) == [ROWS[1], ROWS[2]]
    assert [row for _, row in Ledger(tmp_path).rows("harvest", "problems")] == [ROWS[0][1], ROWS[3][1]]


@pytest.mark.parametrize(
    ("table", "row"),
    [("nothing", {}), ("blobs", {"colour": "red"}), ("attributions", {"score": float("nan")})],
)
def test_what_no_table_has_is_refused(table: str, row: dict[str, Any], tmp_path: Path) -> None:
    with pytest.raises(StoreError):
        write_part(tmp_path, "harvest", "zz:a", [(table, row)])
    assert not part_path(tmp_path, "harvest", "zz:a").exists()


def test_a_damaged_part_is_told(tmp_path: Path) -> None:
    path = write_part(tmp_path, "harvest", "zz:a", ROWS)
    path.write_bytes(path.read_bytes()[:-20])
    with pytest.raises(StoreError, match="damaged"):
        list(read_part(path))


def test_notes_are_there_whole_or_not_at_all(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path)
    assert ledger.notes("harvest", "zz:a") is None
    for notes in ([], [[1, "é"], {"a": None}]):
        ledger.note("harvest", "zz:a", notes)
        assert ledger.notes("harvest", "zz:a") == notes
    path = notes_path(tmp_path, "harvest", "zz:a")
    path.write_bytes(path.read_bytes()[:-3])
    assert ledger.notes("harvest", "zz:a") is None
    assert ledger.units("harvest") == ()
    ledger.forget("harvest", "zz:a")
    assert not path.exists()

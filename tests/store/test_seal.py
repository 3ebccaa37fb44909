"""Parts become sealed tables: sorted, hashed, whole; overlaps are refused."""

from pathlib import Path

import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from atalaya.exceptions import StoreError
from atalaya.store.ledger import Ledger
from atalaya.store.parts import part_path, read_part
from atalaya.store.seal import seal_tables

FIELDS = [{"source_id": "zz:a", "path": path, "reading": "mapped", "count": n} for n, path in enumerate("dbñaZ")]


def seal(folder: Path, *units: list[dict[str, object]], table: str = "field_uses") -> dict[str, str | None]:
    for number, rows in enumerate(units):
        Ledger(folder).write("harvest", f"zz:{number}", [(table, row) for row in rows])
    return {entry.name: entry.content_sha256 for entry in seal_tables(folder)}


def test_the_content_hash_ignores_units_and_order(tmp_path: Path) -> None:
    one = seal(tmp_path / "one", FIELDS)
    two = seal(tmp_path / "two", FIELDS[3:][::-1], FIELDS[:3])
    assert one == two
    assert one["field_uses"] != seal(tmp_path / "three", FIELDS[1:])["field_uses"]


def test_sealed_rows_are_sorted_by_key_in_byte_order(tmp_path: Path) -> None:
    seal(tmp_path, FIELDS)
    paths = pq.read_table(tmp_path / "tables" / "field_uses-00.parquet")["path"].to_pylist()
    assert paths == ["Z", "a", "b", "d", "ñ"]


@pytest.mark.parametrize("sorted_at_once", [1, 2, 3, 100])
def test_tables_too_large_to_sort_at_once_are_sorted_in_ranges(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, sorted_at_once: int
) -> None:
    whole = seal(tmp_path / "whole", FIELDS)
    monkeypatch.setattr("atalaya.store.seal.SORTED", sorted_at_once)
    monkeypatch.setattr("atalaya.store.seal.BATCH", 3)
    monkeypatch.setattr("atalaya.store.seal.HASHED", 2)
    several = [{**row, "source_id": f"zz:{n % 3}"} for n, row in enumerate(FIELDS)]
    assert seal(tmp_path / "ranges", FIELDS) == whole
    seal(tmp_path / "sources", several)
    rows = pq.read_table(tmp_path / "sources" / "tables" / "field_uses-00.parquet").to_pylist()
    assert [(row["source_id"], row["path"]) for row in rows] == sorted((r["source_id"], r["path"]) for r in several)
    urls = [{"url": url, "number": 1, "purpose": "resource"} for url in ("b", "a", None)]
    seal(tmp_path / "nulls", urls, table="attempts")
    assert pq.read_table(tmp_path / "nulls" / "tables" / "attempts-00.parquet")["url"].to_pylist() == ["a", "b", None]


def test_every_table_has_a_file_even_without_rows(tmp_path: Path) -> None:
    seal(tmp_path, [])
    assert pq.read_table(tmp_path / "tables" / "records-00.parquet").num_rows == 0


def test_volatile_tables_have_no_content_hash(tmp_path: Path) -> None:
    hashes = seal(tmp_path, [{"url": "https://a.example/", "number": 1, "purpose": "resource"}], table="attempts")
    assert hashes["attempts"] is None


def test_two_units_with_one_key_are_refused(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="units overlap"):
        seal(tmp_path, FIELDS[:1], FIELDS[:1])


@pytest.mark.parametrize(
    ("table", "row", "words"),
    [("nowhere", {}, "not in store.tables"), ("pages", {"colour": 1}, r"pages\.colour")],
)
def test_an_unknown_table_or_column_is_our_fault(
    tmp_path: Path, table: str, row: dict[str, object], words: str
) -> None:
    with pytest.raises(StoreError, match=words):
        Ledger(tmp_path).write("harvest", "zz:a", [(table, row)])
    assert not Ledger(tmp_path).done("harvest", "zz:a")


def test_a_damaged_part_is_named(tmp_path: Path) -> None:
    Ledger(tmp_path).write("harvest", "zz:a/b", [("field_uses", FIELDS[0])])
    path = part_path(tmp_path, "harvest", "zz:a/b")
    path.write_bytes(path.read_bytes()[:-9])
    assert Ledger(tmp_path).units("harvest") == ("zz:a/b",)
    path.write_bytes(b"not zstd")
    with pytest.raises(StoreError, match="delete it and resume"):
        list(read_part(path))


def test_sweeping_removes_only_what_is_unfinished(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path)
    ledger.write("harvest", "zz:a", [("field_uses", FIELDS[0])])
    left = part_path(tmp_path, "harvest", "zz:b").with_suffix(".zst.123.unfinished")
    left.write_bytes(b"half")
    ledger.sweep()
    assert not left.exists()
    assert ledger.done("harvest", "zz:a")


@settings(max_examples=20, deadline=None)
@given(st.lists(st.dictionaries(st.text(max_size=5), st.text(max_size=5) | st.integers() | st.booleans()), max_size=5))
def test_json_columns_come_back_as_they_went(tmp_path_factory: pytest.TempPathFactory, values: list[object]) -> None:
    folder = tmp_path_factory.mktemp("json")
    rows = [("statements", {"id": str(n), "value": value}) for n, value in enumerate(values)]
    Ledger(folder).write("harvest", "u", rows)
    assert [row["value"] for _, row in Ledger(folder).rows("harvest", "statements")] == values

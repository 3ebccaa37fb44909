"""Lookups: rows by key, many at a time, from any process."""

import os
from pathlib import Path

from atalaya.store.lookup import AT_ONCE, Lookup

ROWS = [("b", 1), ("a", 2), ("b", 3), ("c", None)]


def test_rows_come_by_key_in_the_order_in_which_they_were_written(tmp_path: Path) -> None:
    lookup = Lookup.build(tmp_path / "x" / "rows.sqlite", 2, iter(ROWS))
    assert lookup.many(["b", "b", "nobody", "c"]) == {"b": [("b", 1), ("b", 3)], "c": [("c", None)]}
    lookup.close()


def test_more_keys_than_one_query_takes(tmp_path: Path) -> None:
    count = 2 * AT_ONCE + 7
    lookup = Lookup.build(tmp_path / "rows.sqlite", 2, ((str(n), n) for n in range(count)))
    assert len(lookup.many(map(str, range(-5, count + 5)))) == count
    lookup.close()


def test_the_others_are_all_but_those_named(tmp_path: Path) -> None:
    lookup = Lookup.build(tmp_path / "rows.sqlite", 2, ROWS)
    assert list(lookup.others(["b", "b", "nobody"])) == [("a", 2), ("c", None)]
    assert [key for key, _ in lookup.others([])] == ["a", "b", "b", "c"]
    lookup.close()


def test_building_again_forgets_what_was_there(tmp_path: Path) -> None:
    path = tmp_path / "rows.sqlite"
    Lookup.build(path, 2, ROWS).close()
    lookup = Lookup.build(path, 1, [("z",)])
    assert lookup.many(["a", "z"]) == {"z": [("z",)]}
    lookup.close()


def test_a_forked_process_reads_by_a_connection_of_its_own(tmp_path: Path) -> None:
    lookup = Lookup.build(tmp_path / "rows.sqlite", 2, ROWS)
    assert lookup.many(["a"])
    pid = os.fork()
    if pid == 0:
        same = False
        try:
            same = lookup.many(["a"]) == {"a": [("a", 2)]}
        finally:
            os._exit(0 if same else 1)
    assert os.waitpid(pid, 0)[1] == 0
    lookup.close()

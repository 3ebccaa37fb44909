"""Which bytes may be handed out, and the versions of a resource over observations."""

import json
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from atalaya.history.read import Sealed
from atalaya.publish.read_model.archive_rows import archived, seen_in, versions
from atalaya.store.seal import arrow_schema
from atalaya.store.tables import TABLES


@dataclass(frozen=True)
class Stub:
    """The part of a manifest that is read."""

    as_of: str


def sealed(folder: Path, day: int, **tables: list[dict[str, object]]) -> Sealed:
    place = folder / str(day)
    (place / "tables").mkdir(parents=True)
    for name, rows in tables.items():
        schema = arrow_schema(TABLES[name])
        whole = [{column: row.get(column) for column in schema.names} for row in rows]
        pq.write_table(pa.Table.from_pylist(whole, schema), place / "tables" / f"{name}-00.parquet")
    return Sealed(place, Stub(f"2026-01-{day:02}T12:00:00Z"))


Row = dict[str, object]


def probe(resource: str, sha256: str, kept: str = "whole", status: int = 200) -> Row:
    return {
        "resource_id": resource,
        "url": f"https://x.example/{resource}",
        "sha256": sha256,
        "size": 5,
        "kept": kept,
        "status": status,
    }


def inspection(
    resource: str, sha256: str, form: str, content: str = "", tables: int = 1, kind: str = "data"
) -> dict[str, object]:
    found = [{"name": "", "rows": 3, "content": kind}] * tables
    return {
        "resource_id": resource,
        "sha256": sha256,
        "format": form,
        "content_sha256": content,
        "tables": json.dumps(found),
    }


def test_states(tmp_path: Path) -> None:
    observation = sealed(
        tmp_path,
        5,
        probes=[probe(name, name) for name in ("csv", "people", "pdf", "empty")] + [probe("cut", "cut", "ends")],
        inspections=[
            inspection("csv", "csv", "csv"),
            inspection("people", "people", "xlsx"),
            inspection("pdf", "pdf", "pdf", kind="page"),
            inspection("empty", "empty", "csv", tables=0),
            inspection("cut", "cut", "csv"),
        ],
        columns=[{"resource_id": "people", "table": "", "column": 1, "name": "dpi", "personal": "identity_number"}],
        site_documents=[
            {"source_id": "s", "url": "u", "sha256": "sheet"},
            {"source_id": "s", "url": "v", "sha256": "letter"},
        ],
        site_contents=[
            {"source_id": "s", "sha256": "sheet", "format": "xlsx"},
            {"source_id": "s", "sha256": "letter", "format": "docx"},
        ],
        site_pages=[{"source_id": "s", "url": "w", "sha256": "page"}],
        pages=[{"source_id": "s", "url": "z", "sha256": "answer"}],
    )
    states = {row[0]: row[6] for row in archived(seen_in([observation]))}
    assert states == {
        "csv": "open",
        "people": "personal",
        "pdf": "unread",
        "empty": "document",
        "cut": "ends",
        "sheet": "document",
        "letter": "unread",
        "page": "unread",
        "answer": "unread",
    }


def test_found_personal_once_is_personal_for_ever(tmp_path: Path) -> None:
    column = [{"resource_id": "a", "table": "", "column": 1, "personal": "minor"}]
    rows = {"probes": [probe("a", "1")], "inspections": [inspection("a", "1", "csv")]}
    before, after = sealed(tmp_path, 5, **rows, columns=column), sealed(tmp_path, 6, **rows)
    for order in ([before, after], [after, before]):
        assert {row[6] for row in archived(seen_in(order))} == {"personal"}


@pytest.mark.parametrize(
    ("bytes_seen", "wanted"),
    [
        ("aaa", [("a", 5, 7, 3)]),
        ("aba", [("a", 5, 5, 1), ("b", 6, 6, 1), ("a", 7, 7, 1)]),
        ("a-a", [("a", 5, 7, 2)]),
        ("-b-", [("b", 6, 6, 1)]),
        ("---", []),
    ],
)
def test_versions(tmp_path: Path, bytes_seen: str, wanted: list[tuple[str, int, int, int]]) -> None:
    rounds = [
        sealed(tmp_path, 5 + at, probes=[probe("r", sha256) if sha256 != "-" else probe("r", "page", status=404)])
        for at, sha256 in enumerate(bytes_seen)
    ]
    found = [(row[2], int(row[3][-2:]), int(row[4][-2:]), row[5]) for row in versions(seen_in(rounds))]
    assert found == wanted


def test_the_same_content_in_other_bytes_is_told(tmp_path: Path) -> None:
    rounds = [
        sealed(tmp_path, day, probes=[probe("r", sha256)], inspections=[inspection("r", sha256, "csv", content)])
        for day, sha256, content in ((5, "a", "x"), (6, "b", "x"), (7, "c", "y"))
    ]
    assert [row[9] for row in versions(seen_in(rounds))] == [False, True, False]


def test_versions_go_with_a_resource_that_came_back_under_another_identifier(tmp_path: Path) -> None:
    rounds = [
        sealed(tmp_path, 5, probes=[probe("old", "a")]),
        sealed(
            tmp_path,
            6,
            probes=[probe("new", "b")],
            migrations=[{"subject_id": "new", "former_id": "old", "level": "resource"}],
        ),
    ]
    assert [row[:3] for row in versions(seen_in(rounds))] == [("new", 0, "a"), ("new", 1, "b")]


@pytest.mark.parametrize(
    ("members", "state"),
    [
        ([("a.csv", "csv"), ("b/", None), ("b/c.xlsx", "xlsx")], "open"),
        ([("a.csv", "csv"), ("b.csv", "csv"), ("c.csv", "csv")], "unread"),
        ([("a.csv", "csv"), ("letter.pdf", "pdf")], "unread"),
        ([("a.csv", "csv"), ("unknown", None)], "unread"),
        ([], "unread"),
    ],
)
def test_a_container_is_open_where_all_of_it_was_read(
    tmp_path: Path, members: list[tuple[str, str | None]], state: str
) -> None:
    told = [{"path": path, "size": 1, "format": form} for path, form in members]
    row = {**inspection("z", "z", "zip", tables=2), "members": json.dumps(told)}
    observation = sealed(tmp_path, 5, probes=[probe("z", "z")], inspections=[row])
    assert [row[6] for row in archived(seen_in([observation]))] == [state]

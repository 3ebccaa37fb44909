"""Texts of institutions are masked as they are read for pages; ids, addresses and numbers stay."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from atalaya.history.read import Sealed
from atalaya.publish.dumps.allowed import ALLOWED
from atalaya.publish.shown import Shown
from atalaya.store.tables import TABLES

ROW = {
    "record_id": "2987600990101aaaaaaaaaaaaa",
    "landing_page": "https://files.example/2987600990101",
    "title": json.dumps({"es": "Lista de 29876 0099 0101", "en": "Nothing of anybody, 2024"}),
    "keywords": ["ficticia@gmail.com", "agua"],
    "publisher": json.dumps({"name": "Oficina de ficticia@gmail.com", "uri": None}),
    "licence": None,
}


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> Shown:
    def values(self: Sealed, table: str, columns: Sequence[str], *_: object) -> Iterator[tuple[object, ...]]:
        yield tuple(ROW.get(name) for name in columns)

    monkeypatch.setattr(Sealed, "values", values)
    return Shown(Path(), None)


def test_what_identifies_a_person_is_masked_and_nothing_else(shown: Shown) -> None:
    (row,) = shown.rows("records", columns=tuple(ROW))
    assert row["title"] == {"es": "Lista de …", "en": "Nothing of anybody, 2024"}
    assert row["publisher"] == {"name": "Oficina de …@gmail.com", "uri": None}
    assert row["keywords"] == ["…@gmail.com", "agua"]
    assert (row["record_id"], row["landing_page"], row["licence"]) == (ROW["record_id"], ROW["landing_page"], None)


def test_a_table_without_such_texts_is_read_as_it_is(shown: Shown) -> None:
    assert list(shown.values("probes", ("resource_id",))) == [(None,)]
    assert not ALLOWED["probes"].masked


def test_what_is_masked_are_columns_that_there_are() -> None:
    unknown = {name: set(each.masked) - set(TABLES[name].columns) for name, each in ALLOWED.items() if each.masked}
    assert {name: columns for name, columns in unknown.items() if columns} == {}

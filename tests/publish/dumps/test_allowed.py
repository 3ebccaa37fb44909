"""What a dump carries is decided for every table and every column, each once."""

import pytest

from atalaya.publish.dumps.allowed import ALLOWED, PERSON, REASONS, TEXT, WORDS
from atalaya.publish.dumps.masking import masked
from atalaya.store.tables import TABLES
from atalaya.translations import missing


def test_every_table_is_decided() -> None:
    assert set(ALLOWED) == set(TABLES)


@pytest.mark.parametrize("table", sorted(TABLES))
def test_every_column_is_decided_once(table: str) -> None:
    allowed = ALLOWED[table]
    if allowed.kept_back:
        assert not allowed.columns
        assert allowed.kept_back in REASONS
        return
    decided = [*allowed.columns, *allowed.withheld]
    assert sorted(decided) == sorted(TABLES[table].columns)
    assert set(allowed.masked) <= set(allowed.columns)
    assert set(allowed.withheld.values()) <= set(REASONS)
    order = [name for name in TABLES[table].columns if name in allowed.columns]
    assert list(allowed.columns) == order


@pytest.mark.parametrize(
    ("table", "column", "why"),
    [
        ("statements", "value", WORDS),
        ("decisions", "why", WORDS),
        ("decisions", "who", PERSON),
        ("site_contents", "opening", TEXT),
        ("site_pages", "opening", TEXT),
        ("records", "creator", PERSON),
        ("inspections", "members", PERSON),
    ],
)
def test_what_may_speak_of_people_is_kept_back(table: str, column: str, why: str) -> None:
    assert ALLOWED[table].withheld[column] == why


@pytest.mark.parametrize("table", ["institutions", "measures", "scores", "outcomes", "rules", "blobs", "probes"])
def test_what_figures_rest_on_is_handed_out_as_it_was_sealed(table: str) -> None:
    assert ALLOWED[table].whole


def test_what_tables_are_is_said_in_spanish_too() -> None:
    texts = tuple(each.about for each in ALLOWED.values()) + REASONS
    assert missing(texts, "es", "portal") == ()


@pytest.mark.parametrize(
    ("value", "wanted"),
    [
        ("Escriba a ana.ficticia@a.example", "Escriba a …@a.example"),
        ("tel. 5555 0000 12 o 2024-01-15", "tel. … o 2024-01-15"),
        ([["DPI 1234567890101", 7]], [["DPI …", 7]]),
        ({"es": "x@y.example", "n": 1234567}, {"es": "…@y.example", "n": 1234567}),
        (None, None),
        (True, True),
    ],
)
def test_masking(value: object, wanted: object) -> None:
    assert masked(value) == wanted

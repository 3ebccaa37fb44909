"""How the datasets of a source stand among each other, and which contents repeat."""

from datetime import date
from pathlib import Path
from typing import Any

from atalaya.rounds.check_units import survey_of
from atalaya.rounds.surveying import COLUMNS, Contents, data_contents, survey
from atalaya.store.ledger import Ledger
from atalaya.store.tables import TABLES


def record(id_: str, title: str, **facts: Any) -> dict[str, Any]:
    row = dict.fromkeys(COLUMNS)
    return {**row, "record_id": id_, "title": {"es": title}, "publisher": {"name": "Salud"}, "themes": [], **facts}


def test_titles_are_compared_within_a_publisher() -> None:
    rows = [
        record("a", "Camas de hospital"),
        record("b", "CAMAS DE HOSPITAL."),
        record("c", "Camas de hospital", publisher={"name": "Obras"}),
        record("d", ""),
    ]
    found = survey(rows)
    assert found.same_title == {"a": 1, "b": 1}
    assert found.figures()["repeated_titles"] == 2
    assert survey(rows, {"b"}).same_title == {}


def test_a_source_is_surveyed_from_its_part_as_from_its_records(tmp_path: Path) -> None:
    rows = [
        record("a", "Camas 2025", native_id="7", modified="2026-01-05T10:00:00", themes=["salud", "agua"]),
        record("a2", "Camas 2025", native_id="7", modified="2026-01-05T10:00:00", themes=["agua"]),
        record("b", "Camas 2024", native_id="8", modified="2025-01-05", description={"es": "Largo"}),
        record("c", "Riego", native_id="9", publisher=None, themes=["x"]),
        record("d", "Riego", publisher=None),
    ]
    whole = [{**dict.fromkeys(TABLES["records"].columns), **row} for row in rows]
    Ledger(tmp_path).write("harvest", "zz:a", [("records", row) for row in whole])
    found = survey_of(Ledger(tmp_path), "zz:a", {"x"})
    assert found == survey(whole, {"x"})
    assert found.same_title == {"c": 1, "d": 1}
    assert found.series_periods
    assert found.dated == 3


def test_a_series_differs_in_the_time_alone() -> None:
    rows = [
        record("a", "Gasto 2019"),
        record("b", "Gasto 2020"),
        record("c", "Gasto de salud 2019"),
        record("d", "Ventas primer trimestre 2019"),
        record("e", "Ventas segundo trimestre 2019"),
        record("f", "Lluvia enero"),
        record("g", "Lluvia febrero"),
        record("h", "Distrito 1"),
        record("i", "Distrito 2"),
    ]
    assert survey(rows).series_periods == {"a": 2, "b": 2, "d": 2, "e": 2, "f": 2, "g": 2}


def test_themes_are_counted() -> None:
    rows = [record("a", "A", themes=["x", "y"]), record("b", "B", themes=["y"]), record("c", "C", themes=["z"])]
    assert survey(rows).theme_peers == {"a": 1, "b": 1}


def test_dates_of_the_source() -> None:
    moment = "2026-01-05T12:00:00Z"
    rows = [record(str(n), str(n), modified=moment) for n in range(3)] + [record("x", "x", modified="2026-01-05")]
    found = survey(rows)
    assert (found.dated, found.same_moment, found.same_day, found.common_day) == (4, 3, 4, date(2026, 1, 5))
    midnight = survey([record("a", "a", modified="2026-01-05T00:00:00"), record("b", "b", modified="2025")])
    assert (midnight.dated, midnight.same_moment, midnight.same_day) == (2, 0, 1)


def test_contents_repeat_within_an_owner() -> None:
    contents = Contents()
    sets = {"a": frozenset({"1", "2"}), "b": frozenset({"2"}), "c": frozenset({"3"})}
    for each in sets.values():
        contents.add("salud", each)
    contents.add("obras", frozenset({"3"}))
    assert [contents.shared("salud", each) for each in sets.values()] == [1, 1, 0]
    assert contents.shared("obras", frozenset({"3"})) == 0


def test_only_rows_are_contents() -> None:
    def seen(content: str | None, format_id: str, rows: int) -> dict[str, Any]:
        return {"content_sha256": content, "format": format_id, "tables": [{"rows": rows}]}

    rows = [
        seen("a", "csv", 3),
        seen("b", "csv", 0),
        seen("c", "html", 5),
        seen(None, "csv", 5),
        seen("d", "json_error", 1),
    ]
    assert data_contents(rows) == {"a"}


def test_a_record_that_came_twice_is_one_dataset() -> None:
    rows = [
        record("a", "Camas", native_id="7"),
        record("a2", "Camas", native_id="7"),
        record("b", "Riego", native_id="8"),
    ]
    assert survey(rows).same_title == {}
    assert survey([*rows, record("c", "Camas", native_id="9")]).same_title == {"a": 1, "a2": 1, "c": 1}


def test_a_theme_of_every_dataset_is_no_group() -> None:
    rows = [record(str(n), f"T{n}", themes=["geospatial"]) for n in range(12)]
    assert survey(rows).theme_peers == {}
    rows[0]["themes"] = ["agua"]
    assert survey(rows).theme_peers["1"] == 10
    rows = [record(str(n), f"T{n}", themes=["geospatial", "agua" if n < 4 else "x"]) for n in range(12)]
    assert survey(rows).theme_peers["0"] == 3


def test_japanese_months_make_a_series() -> None:
    rows = [
        record("a", "住宅着工統計（平成30年8月）"),
        record("b", "住宅着工統計（令和元年9月分）"),
        record("c", "住宅統計"),
    ]
    assert survey(rows).series_periods == {"a": 2, "b": 2}

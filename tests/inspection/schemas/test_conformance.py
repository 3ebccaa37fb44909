"""Tables held against schemas: every class of error, at the row and column where a person finds it."""

from typing import Any

import pytest

from atalaya.catalogue.table_schema import TableSchema, read_table_schema
from atalaya.inspection.schemas.conformance import check_rows


def schema_of(*fields: dict[str, Any], **rest: Any) -> TableSchema:
    reading = read_table_schema({"fields": list(fields), **rest})
    assert reading.problems == ()
    assert reading.schema is not None
    return reading.schema


def told(
    header: list[str] | None, rows: list[list[Any]], schema: TableSchema | None = None
) -> list[tuple[str, int | None, int | None]]:
    first = 1 if header is None else 2
    return [(error.code, error.row, error.column) for error in check_rows(header, enumerate(rows, first), schema)]


ID = {"name": "id", "type": "integer"}
NAME = {"name": "nombre", "type": "string"}


def test_a_table_that_conforms_says_nothing() -> None:
    assert told(["id", "nombre"], [["1", "a"], ["2", ""]], schema_of(ID, NAME)) == []


def test_the_form_of_a_table_without_a_schema() -> None:
    header = ["id", "", "id", "x"]
    rows = [["1", "a", "2", "b"], ["1"], ["", "", "", ""], [], ["1", "2", "3", "4", "5"]]
    assert told(header, rows) == [
        ("blank_label", None, 2), ("duplicate_label", None, 3),
        ("missing_cell", 3, 2), ("missing_cell", 3, 3), ("missing_cell", 3, 4),
        ("blank_row", 4, None), ("blank_row", 5, None), ("extra_cell", 6, 5),
    ]  # fmt: skip


def test_without_a_header_the_first_row_gives_the_width() -> None:
    assert told(None, [["1", "a"], ["2"], ["3", "b", "c"]]) == [("missing_cell", 2, 2), ("extra_cell", 3, 3)]
    assert told(None, []) == []
    assert told(None, [["x", "a"]], schema_of(ID, NAME)) == [("type_error", 1, 1)]


@pytest.mark.parametrize(
    ("header", "match", "errors"),
    [
        (["id", "nombre"], "exact", []),
        (["nombre", "id"], "exact", [("incorrect_label", None, 1), ("incorrect_label", None, 2)]),
        (["id", "nombre", "x"], "exact", [("extra_label", None, 3)]),
        (["id"], "exact", [("missing_label", None, 2)]),
        (["id", "id"], "exact", [("duplicate_label", None, 2)]),
        (["id", ""], "exact", [("blank_label", None, 2)]),
        (["", ""], "exact", [("blank_header", None, None)]),
        (["nombre", "id"], "equal", []),
        (["nombre", "x"], "equal", [("extra_label", None, 2), ("missing_label", None, None)]),
        (["x", "nombre", "id"], "subset", []),
        (["x", "nombre"], "subset", [("missing_label", None, None)]),
        (["nombre"], "superset", []),
        (["nombre", "x"], "superset", [("extra_label", None, 2)]),
        (["x", "id"], "partial", []),
        (["x", "y"], "partial", [("missing_label", None, None)]),
    ],
)  # fmt: skip
def test_labels(header: list[str], match: str, errors: list[tuple[str, int | None, int | None]]) -> None:
    assert told(header, [], schema_of(ID, NAME, fieldsMatch=match)) == errors


def test_columns_matched_by_name_are_judged_where_they_stand() -> None:
    schema = schema_of(ID, NAME, fieldsMatch="equal")
    assert told(["nombre", "id"], [["a", "x"]], schema) == [("type_error", 2, 2)]


@pytest.mark.parametrize(
    ("kind", "constraints", "good", "bad"),
    [
        ("integer", {"minimum": 1}, "1", "0"),
        ("integer", {"maximum": "9"}, "9", "10"),
        ("number", {"exclusiveMinimum": 0}, "0.01", "0"),
        ("number", {"exclusiveMaximum": 100}, "99.9", "100"),
        ("number", {"minimum": 0}, "5", "NaN"),
        ("date", {"minimum": "2020-01-01"}, "2020-01-01", "2019-12-31"),
        ("yearmonth", {"maximum": "2020-06"}, "2020-06", "2020-07"),
        ("duration", {"maximum": "P1M"}, "P30D", "P31D"),
        ("string", {"minLength": 2}, "ab", "a"),
        ("string", {"maxLength": 2}, "ab", "abc"),
        ("array", {"maxLength": 1}, "[1]", "[1, 2]"),
        ("string", {"pattern": "[0-9]{3}"}, "011", "11"),
        ("string", {"pattern": "a|b"}, "b", "bc"),
        ("string", {"enum": ["sí", "no"]}, "sí", "Sí"),
        ("integer", {"enum": [1, "2"]}, "02", "3"),
        ("array", {"enum": [[1]]}, "[1]", "[2]"),
    ],
)
def test_constraints(kind: str, constraints: dict[str, Any], good: str, bad: str) -> None:
    schema = schema_of({"name": "a", "type": kind, "constraints": constraints})
    assert told(["a"], [[good], [bad]], schema) == [("constraint_error", 3, 1)]


def test_items_and_categories_are_choices() -> None:
    schema = schema_of(
        {"name": "a", "type": "array", "arrayItem": {"type": "string", "constraints": {"enum": ["x"]}}},
        {"name": "b", "type": "string", "categories": ["y", {"value": "z", "label": "Z"}]},
    )
    assert told(["a", "b"], [['["x"]', "z"], ['["w"]', "Z"], ["", ""]], schema) == [
        ("constraint_error", 3, 1),
        ("constraint_error", 3, 2),
        ("blank_row", 4, None),
    ]


def test_required_and_missing_values() -> None:
    schema = schema_of(
        {"name": "a", "constraints": {"required": True}},
        {"name": "b", "type": "integer", "missingValues": ["s/d"]},
        missingValues=["-"],
    )
    assert told(["a", "b"], [["x", "s/d"], ["-", "1"], ["", "2"], ["y", "-"]], schema) == [
        ("constraint_error", 3, 1),
        ("type_error", 5, 2),
    ]


def test_a_missing_cell_is_told_once() -> None:
    schema = schema_of(ID, {"name": "b", "constraints": {"required": True}})
    assert told(["id", "b"], [["1"]], schema) == [("missing_cell", 2, 2)]


def test_unique_values_and_keys() -> None:
    schema = schema_of(
        {"name": "a", "type": "integer", "constraints": {"unique": True}},
        NAME,
        primaryKey=["nombre"],
        uniqueKeys=[["a", "nombre"]],
    )
    rows = [["1", "x"], ["01", "y"], ["", "x"], ["2", ""], ["1", "x"]]
    assert told(["a", "nombre"], rows, schema) == [
        ("unique_error", 3, 1), ("primary_key", 4, None), ("primary_key", 5, None),
        ("unique_error", 6, 1), ("primary_key", 6, None), ("unique_key", 6, None),
    ]  # fmt: skip


def test_foreign_keys_of_the_table_itself_may_refer_to_later_rows() -> None:
    key = {"fields": "superior", "reference": {"resource": "", "fields": "id"}}
    schema = schema_of(ID, {"name": "superior", "type": "integer"}, foreignKeys=[key])
    assert told(["id", "superior"], [["1", "2"], ["2", ""], ["3", "9"]], schema) == [("foreign_key", 4, None)]


def test_foreign_keys_of_a_table_that_is_not_at_hand_are_not_judged() -> None:
    key = {"fields": "id", "reference": {"resource": "otra", "fields": "codigo"}}
    schema = schema_of(ID, foreignKeys=[key])
    known = {("1",)}
    rows = [(2, ["1"]), (3, ["2"])]
    assert list(check_rows(["id"], rows, schema)) == []
    found = list(
        check_rows(
            ["id"],
            rows,
            schema,
            lambda name, fields: frozenset(known) if (name, fields) == ("otra", ("codigo",)) else None,
        )
    )
    assert [(error.code, error.row) for error in found] == [("foreign_key", 3)]


def test_no_error_tells_a_value() -> None:
    secret = "secreto-9"
    schema = schema_of(
        {"name": "a", "type": "integer", "constraints": {"unique": True}},
        {"name": "b", "constraints": {"pattern": "x"}},
    )
    errors = list(
        check_rows(["a", "b"], enumerate([[secret, secret], ["1", secret], ["1", secret, secret]], 2), schema)
    )
    assert {error.code for error in errors} == {"type_error", "constraint_error", "unique_error", "extra_cell"}
    assert not [error for error in errors if secret in error.detail]

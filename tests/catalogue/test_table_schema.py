"""Table Schema descriptors: what is read, what is reported, and what is refused."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atalaya.catalogue.table_schema import read_table_schema

WHOLE: dict[str, Any] = {
    "$schema": "https://datapackage.org/profiles/2.0/tableschema.json",
    "fields": [
        {"name": "id", "type": "integer", "title": "Número", "title@en": "Number",
         "constraints": {"required": True, "minimum": 1}},
        {"name": "monto", "type": "number", "decimalChar": ",", "groupChar": ".", "bareNumber": False},
        {"name": "activo", "type": "boolean", "trueValues": ["sí"], "falseValues": ["no"]},
        {"name": "dia", "type": "date", "format": "%d/%m/%Y", "missingValues": ["s/f"]},
        {"name": "tipo", "constraints": {"enum": ["a", "b"], "pattern": "[ab]", "minLength": 1, "maxLength": 1}},
    ],
    "primaryKey": "id",
    "uniqueKeys": [["tipo", "dia"]],
    "foreignKeys": [{"fields": "tipo", "reference": {"resource": "tipos", "fields": "codigo"}}],
    "missingValues": ["", "-", {"value": "NA", "label": "no se sabe"}],
    "fieldsMatch": ["subset"],
}  # fmt: skip


def test_a_whole_schema_is_read() -> None:
    reading = read_table_schema(WHOLE)
    assert reading.problems == ()
    schema = reading.schema
    assert schema is not None
    number, amount, active, day, kind = schema.fields
    assert (number.title[""], number.title["en"]) == ("Número", "Number")
    assert (number.constraints.required, number.constraints.minimum) == (True, 1)
    assert dict(amount.options) == {"decimalChar": ",", "groupChar": ".", "bareNumber": False}
    assert active.options["trueValues"] == ["sí"]
    assert (day.format, day.missing) == ("%d/%m/%Y", ("s/f",))
    assert (kind.type, kind.constraints.enum, kind.constraints.max_length) == ("any", ("a", "b"), 1)
    assert (schema.primary_key, schema.unique_keys, schema.missing, schema.match) == (
        ("id",),
        (("tipo", "dia"),),
        ("", "-", "NA"),
        "subset",
    )
    assert (schema.foreign_keys[0].resource, schema.foreign_keys[0].reference) == ("tipos", ("codigo",))


@pytest.mark.parametrize(
    ("value", "place", "words"),
    [
        ([], "", "is not an object"),
        ({}, "fields", "has no fields"),
        ({"fields": {}}, "fields", "is not a list"),
        ({"fields": [1]}, "fields[0]", "is not an object"),
        ({"fields": [{"type": "string"}]}, "fields[0].name", "has no name"),
        ({"fields": [{"name": "a", "type": "intger"}]}, "fields[0].type", "did you mean 'integer'"),
        ({"fields": [{"name": "a", "type": "date", "format": "yyyy"}]}, "fields[0].format", "no pattern of dates"),
        ({"fields": [{"name": "a", "type": "string", "format": "mail"}]}, "fields[0].format", "the formats are"),
        ({"fields": [{"name": "a", "constraints": {"required": 1}}]}, "fields[0].constraints.required", "true or false"),
        ({"fields": [{"name": "a", "constraints": {"minLength": True}}]}, "fields[0].constraints.minLength", "whole number"),
        ({"fields": [{"name": "a", "constraints": {"pattern": "("}}]}, "fields[0].constraints.pattern", "regular expression"),
        ({"fields": [{"name": "a"}, {"name": "a"}]}, "fields[1].name", "stands twice"),
        ({"fields": [{"name": "nombre"}], "primaryKey": "nombe"}, "primaryKey", "did you mean 'nombre'"),
        ({"fields": [{"name": "a"}], "primaryKey": [1]}, "primaryKey", "no name of a field"),
        ({"fields": [{"name": "a"}], "foreignKeys": [{"fields": "a"}]}, "foreignKeys[0]", "lacks"),
        (
            {"fields": [{"name": "a"}], "foreignKeys": [{"fields": "a", "reference": {"fields": ["b", "c"], "resource": "x"}}]},
            "foreignKeys[0]",
            "1 fields refer to 2",
        ),
        ({"fields": [{"name": "a"}], "missingValues": [1]}, "missingValues[0]", "put it in quotes"),
        ({"fields": [{"name": "a"}], "fieldsMatch": "some"}, "fieldsMatch", "no way to match"),
    ],
)  # fmt: skip
def test_what_cannot_be_used_is_told_with_its_place(value: object, place: str, words: str) -> None:
    reading = read_table_schema(value)
    assert reading.schema is None
    assert [error.place for error in reading.errors] == [place]
    assert words in str(reading.errors[0])


@pytest.mark.parametrize(
    ("value", "place", "words"),
    [
        ({"fields": [{"name": "a", "tpye": "string"}]}, "fields[0].tpye", "did you mean 'type'"),
        ({"fields": [{"name": "a"}], "titulo": "x"}, "titulo", "unknown"),
        (
            {"fields": [{"name": "a", "type": "string", "decimalChar": ","}]},
            "fields[0].decimalChar",
            "belongs to number",
        ),
        (
            {"fields": [{"name": "a", "constraints": {"jsonSchema": {}}}]},
            "fields[0].constraints.jsonSchema",
            "not checked",
        ),
    ],
)
def test_what_is_not_read_is_reported_and_leaves_the_schema_usable(value: object, place: str, words: str) -> None:
    reading = read_table_schema(value)
    assert reading.schema is not None
    assert [(problem.place, problem.severity) for problem in reading.problems] == [(place, "warning")]
    assert words in str(reading.problems[0])


def test_keys_of_the_caller_are_not_reported() -> None:
    assert read_table_schema({"fields": [{"name": "a"}], "agreement": {}}, ["agreement"]).problems == ()


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda each: (
        st.lists(each, max_size=3) | st.dictionaries(st.sampled_from([*WHOLE, "name", "type", "reference"]), each)
    ),
    max_leaves=12,
)


@given(JSON)
def test_any_json_is_read_or_refused(value: object) -> None:
    reading = read_table_schema(value)
    assert (reading.schema is None) == bool(reading.errors)

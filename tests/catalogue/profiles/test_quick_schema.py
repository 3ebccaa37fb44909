"""The quick judgement of a schema agrees with the full validator on every value, and passes no rule over."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft4Validator

from atalaya.catalogue.profiles.quick_schema import QuickSchema

SCHEMA: dict[str, Any] = {
    "definitions": {
        "text": {"type": "string", "minLength": 1, "maxLength": 3},
        "choice": {"enum": ["a", "b"]},
        "word": {"type": ["string", "null"], "pattern": "^[a-z]+$"},
        "texts": {
            "anyOf": [{"type": "null"}, {"type": "array", "minItems": 1, "items": {"$ref": "#/definitions/text"}}]
        },
        "number": {"type": "integer", "description": "an annotation"},
        "object": {
            "type": "object",
            "required": ["a"],
            "properties": {
                "a": {"$ref": "#/definitions/text"},
                "b": {"$ref": "#/definitions/texts"},
                "ab": {"type": "boolean"},
            },
        },
        "list": {"type": "array", "items": {"$ref": "#/definitions/object"}},
    }
}
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-2, 2) | st.floats(allow_nan=False) | st.text("ab1", max_size=4),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("ab", max_size=2), inner, max_size=3),
    max_leaves=8,
)


@pytest.mark.parametrize("name", sorted(SCHEMA["definitions"]))
@given(value=VALUES)
def test_both_say_the_same(name: str, value: object) -> None:
    reference = f"#/definitions/{name}"
    full = Draft4Validator({"$ref": reference, **SCHEMA})
    assert QuickSchema(SCHEMA, {}).holds(reference, value) == full.is_valid(value)


def test_a_format_is_judged_where_it_is_known() -> None:
    schema = {"definitions": {"known": {"format": "even"}, "unknown": {"format": "odd"}}}
    quick = QuickSchema(schema, {"even": lambda text: len(text) % 2 == 0})
    assert [quick.holds("#/definitions/known", value) for value in ("ab", "a", 1)] == [True, False, True]
    assert quick.holds("#/definitions/unknown", "a")


@pytest.mark.parametrize("rule", [{"multipleOf": 2}, {"enum": [1]}])
def test_a_rule_that_is_not_known_is_refused(rule: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"enum|multipleOf"):
        QuickSchema({"definitions": {"a": rule}}, {}).holds("#/definitions/a", 1)

"""Holds the files of a pack against the published JSON Schema and words what differs, at the line where it stands."""

import difflib
import json
from functools import cache
from importlib import resources
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError

from atalaya.countries.documents import Document
from atalaya.countries.problems import Problems

SCHEMA = "country-pack.json"
"""Name of the schema in `data/schemas`; every kind of file is one of its definitions."""


@cache
def pack_schema() -> dict[str, Any]:
    """The published schema of country packs."""
    text = resources.files("atalaya").joinpath("data", "schemas", SCHEMA).read_text(encoding="utf-8")
    schema: dict[str, Any] = json.loads(text)
    return schema


@cache
def _validator(definition: str) -> Draft202012Validator:
    schema = pack_schema()
    return Draft202012Validator({"$ref": f"#/$defs/{definition}", "$defs": schema["$defs"]})


def conforms(document: Document, definition: str, problems: Problems) -> bool:
    """Whether the document is a `definition` of the schema; reports every difference."""
    if document.value is None:
        problems.error(document.place, (), "the file is empty", "fill it in as the schema says, or delete it")
        return False
    found = False
    for error in _validator(definition).iter_errors(document.value):
        for leaf in _leaves(error):
            found = True
            _report(document, leaf, problems)
    return not found


def _leaves(error: ValidationError) -> list[ValidationError]:
    """The errors to show: of alternatives, those of the alternative that comes nearest."""
    if error.validator not in ("anyOf", "oneOf") or not error.context:
        return [error]
    branches: dict[Any, list[ValidationError]] = {}
    for inner in error.context:
        branches.setdefault(inner.schema_path[0], []).append(inner)
    right_type = [b for b in branches.values() if not any(e.validator == "type" and not e.path for e in b)]
    if len(right_type) != 1:
        return [error]
    return [leaf for inner in right_type[0] for leaf in _leaves(inner)]


def _report(document: Document, error: ValidationError, problems: Problems) -> None:
    path = tuple(error.absolute_path)
    instance: Any = error.instance
    rule: Any = error.validator_value
    schema: Any = error.schema
    if error.validator == "required":
        for key in rule:
            if key not in instance:
                problems.error(document.place, path, f"{_name(path)}lacks the key {key!r}", f"add `{key}:`")
    elif error.validator == "additionalProperties":
        known = sorted(schema.get("properties", {}))
        for key in sorted(set(instance) - set(known)):
            near = difflib.get_close_matches(key, known, n=1)
            remedy = f"did you mean {near[0]!r}?" if near else f"the keys are {', '.join(known)}"
            problems.error(document.place, (*path, key), f"{_name(path)}has an unknown key {key!r}", remedy)
    else:
        what, remedy = _wording(error)
        problems.error(document.place, path, f"{_name(path)}{what}", remedy)


def _name(path: tuple[str | int, ...]) -> str:
    return f"{'.'.join(str(step) for step in path)}: " if path else ""


_TYPES = {
    "string": "text",
    "object": "a mapping of keys",
    "array": "a list",
    "null": "null",
    "integer": "a whole number",
    "number": "a number",
    "boolean": "true or false",
}


def _wording(error: ValidationError) -> tuple[str, str]:
    """What is wrong and what to do, in words."""
    value: Any = error.instance
    rule: Any = error.validator_value
    schema: Any = error.schema
    shown = json.dumps(value, ensure_ascii=False)
    shown = shown if len(shown) <= 60 else f"{shown[:57]}..."
    advice = str(schema.get("description", "see the schema"))
    if error.validator == "type":
        kinds = rule if isinstance(rule, list) else [rule]
        wanted = " or ".join(_TYPES[kind] for kind in kinds)
        remedy = "put it in quotes" if "string" in kinds and isinstance(value, int | float | bool) else advice
        return f"{shown} is not {wanted}", remedy
    if error.validator == "enum":
        known = [str(option) for option in rule]
        near = difflib.get_close_matches(str(value), known, n=1)
        return f"{shown} is none of {', '.join(known)}", f"did you mean {near[0]!r}?" if near else advice
    if error.validator == "pattern":
        return f"{shown} has not the right form", advice
    if error.validator in ("minItems", "minProperties", "minLength"):
        return "is empty" if not value else f"{shown} is too short", advice
    if error.validator in ("minimum", "exclusiveMinimum"):
        return f"{shown} is too small; the least is {rule}", advice
    if error.validator in ("maximum", "exclusiveMaximum"):
        return f"{shown} is too large; the most is {rule}", advice
    return error.message, advice

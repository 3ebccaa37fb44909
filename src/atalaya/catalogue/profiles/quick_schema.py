"""Whether a value keeps a JSON Schema (draft 4): yes or no, and nothing else, many times faster than a full validator. Pure.

Nearly every value of a catalogue keeps its rules. Asked first, this spares the validator that says where and why one does not.
"""

import re
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

Holds = Callable[[object], bool]
Schema = Mapping[str, Any]

_ANNOTATIONS = frozenset({"$schema", "id", "title", "comment", "description", "rule", "definitions"})
_TYPES: Mapping[str, Holds] = {
    "array": lambda value: isinstance(value, list),
    "boolean": lambda value: isinstance(value, bool),
    "integer": lambda value: isinstance(value, int) and not isinstance(value, bool),
    "null": lambda value: value is None,
    "number": lambda value: isinstance(value, int | float) and not isinstance(value, bool),
    "object": lambda value: isinstance(value, dict),
    "string": lambda value: isinstance(value, str),
}


class QuickSchema:
    """A schema whose definitions are asked by their reference (`#/definitions/text`).

    `formats` judge texts by the name of a format; as in JSON Schema, a format that is not among them holds always. Raises
    ValueError for a keyword that is not among `KEYWORDS`: a rule must never be passed over.
    """

    def __init__(self, schema: Schema, formats: Mapping[str, Callable[[str], bool]]) -> None:
        self._schema, self._formats = schema, formats
        self._compiled: dict[str, Holds] = {}

    def holds(self, reference: str, value: object) -> bool:
        """Whether a value keeps the rules of a definition."""
        found = self._compiled.get(reference)
        if found is None:
            found = self._compiled[reference] = self._compile(self._named(reference))
        return found(value)

    def _named(self, reference: str) -> Schema:
        found: Any = self._schema
        for step in reference.removeprefix("#/").split("/"):
            found = found[step]
        return dict(found)

    def _compile(self, schema: Schema) -> Holds:
        """One function for a schema; beside `$ref` nothing else counts (draft 4)."""
        if "$ref" in schema:
            reference = schema["$ref"]
            return lambda value: self.holds(reference, value)
        unknown = schema.keys() - KEYWORDS.keys() - _ANNOTATIONS
        if unknown:
            raise ValueError(f"the keyword {sorted(unknown)[0]} is not known here; add it to {__name__}.KEYWORDS")
        rules = [KEYWORDS[name](self, wanted) for name, wanted in schema.items() if name in KEYWORDS]
        return rules[0] if len(rules) == 1 else partial(_keeps_all, rules)

    def _type(self, wanted: str | list[str]) -> Holds:
        if isinstance(wanted, str):
            return _TYPES[wanted]
        choices = [_TYPES[name] for name in wanted]
        return lambda value: any(choice(value) for choice in choices)

    def _required(self, names: list[str]) -> Holds:
        return lambda value: not isinstance(value, dict) or all(name in value for name in names)

    def _properties(self, schemas: Mapping[str, Schema]) -> Holds:
        rules = {name: self._compile(schema) for name, schema in schemas.items()}
        return lambda value: (
            not isinstance(value, dict) or all(rule(value[name]) for name, rule in rules.items() if name in value)
        )

    def _items(self, schema: Schema) -> Holds:
        rule = self._compile(schema)
        return lambda value: not isinstance(value, list) or all(map(rule, value))

    def _any_of(self, schemas: list[Schema]) -> Holds:
        rules = [self._compile(schema) for schema in schemas]
        return lambda value: any(rule(value) for rule in rules)

    def _enum(self, choices: list[object]) -> Holds:
        """Texts alone may be listed: among numbers, JSON Schema and Python disagree on what is equal."""
        if not all(isinstance(choice, str) for choice in choices):
            raise ValueError("only texts may be listed under enum")
        return lambda value: isinstance(value, str) and value in choices

    def _pattern(self, pattern: str) -> Holds:
        found = re.compile(pattern).search
        return lambda value: not isinstance(value, str) or found(value) is not None

    def _format(self, name: str) -> Holds:
        judge = self._formats.get(name)
        return lambda value: judge is None or not isinstance(value, str) or judge(value)

    def _min_length(self, least: int) -> Holds:
        return lambda value: not isinstance(value, str) or len(value) >= least

    def _max_length(self, most: int) -> Holds:
        return lambda value: not isinstance(value, str) or len(value) <= most

    def _min_items(self, least: int) -> Holds:
        return lambda value: not isinstance(value, list) or len(value) >= least


def _keeps_all(rules: list[Holds], value: object) -> bool:
    for rule in rules:  # noqa: SIM110 - this is asked for every value, and `all` with a generator takes twice the time
        if not rule(value):
            return False
    return True


KEYWORDS: Mapping[str, Callable[[QuickSchema, Any], Holds]] = {
    "anyOf": QuickSchema._any_of,
    "enum": QuickSchema._enum,
    "format": QuickSchema._format,
    "items": QuickSchema._items,
    "maxLength": QuickSchema._max_length,
    "minItems": QuickSchema._min_items,
    "minLength": QuickSchema._min_length,
    "pattern": QuickSchema._pattern,
    "properties": QuickSchema._properties,
    "required": QuickSchema._required,
    "type": QuickSchema._type,
}
"""The rules that are known here."""

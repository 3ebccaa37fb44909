"""The assertions of frictionless's own tests as data: what each case validates, and what it expects.

What a case calls is read from its text, not run: names, literal values, and calls of the few classes that describe a table.
"""

import ast
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

OWN_CHECKS: Mapping[str, str] = {
    "deviated_cell": "what is unusual is a question to the data, not to a schema",
    "deviated-cell": "what is unusual is a question to the data, not to a schema",
    "duplicate-row": "rows that repeat are a defect of the data whatever the schema; a key in the schema finds them",
    "table_dimensions": "how many rows and columns a table must have belongs to no schema",
    "table-dimensions": "how many rows and columns a table must have belongs to no schema",
    "custom": "checks written in Python by the user of frictionless",
    "bad": "the name of a check of frictionless that does not exist",
}
"""Checks of frictionless that are beside Table Schema, and why they are not made here."""


@dataclass(frozen=True, slots=True)
class Made:
    """An object that a case makes: the name of its class and what it is given."""

    name: str
    given: tuple[Any, ...] = ()
    named: Mapping[str, Any] = field(default_factory=dict)


def evaluate(setup: Sequence[str]) -> dict[str, Any]:
    """The names of a case with their values, read from its lines without running them."""
    names: dict[str, Any] = {}
    for line in setup:
        for statement in ast.parse(line).body:
            if isinstance(statement, ast.Assign) and isinstance(statement.targets[0], ast.Name):
                names[statement.targets[0].id] = _value(statement.value, names)
    return names


def _value(node: ast.expr, names: Mapping[str, Any]) -> Any:
    match node:
        case ast.Constant():
            return node.value
        case ast.Name():
            return names.get(node.id, Made(node.id))
        case ast.List() | ast.Tuple():
            return [_value(each, names) for each in node.elts]
        case ast.Dict():
            return {
                _value(key, names): _value(each, names) for key, each in zip(node.keys, node.values, strict=True) if key
            }
        case ast.Call():
            called = _value(node.func, names)
            given = tuple(_value(each, names) for each in node.args)
            named = {each.arg: _value(each.value, names) for each in node.keywords if each.arg}
            if isinstance(called, tuple):
                owner, method = called
                return _called(owner, method, given, named)
            return Made(called.name if isinstance(called, Made) else str(called), given, named)
        case ast.Attribute():
            return (_value(node.value, names), node.attr)
    return Made(ast.unparse(node))


def _called(owner: Any, method: str, given: tuple[Any, ...], named: Mapping[str, Any]) -> Any:
    """Constructors by another name make the thing itself; validating keeps the thing and how it is validated."""
    if isinstance(owner, Made) and method in ("from_descriptor",):
        return Made(owner.name, given, named)
    if isinstance(owner, Made) and owner.name in ("checks", "formats"):
        return Made(method, given, named)
    return Made(method, (owner, *given), named)


@dataclass(frozen=True, slots=True)
class Case:
    """One case: its number, name, files, what it calls, and what is expected."""

    number: int
    name: str
    files: tuple[str, ...]
    names: Mapping[str, Any]
    expected: tuple[Mapping[str, Any], ...]

    @property
    def kind(self) -> str:
        """plain, schema, dialect, counts, package, inquiry, or what is beside the standard."""
        made = {each.name for each in every_made(self.names)}
        keys = {key for each in every_made(self.names) for key in each.named} | set(_every_key(self.names))
        if own_check(self.names) is not None:
            return "own checks"
        if made & {"Package"} or any("package" in file for file in self.files):
            return "package"
        if made & {"Inquiry", "InquiryTask"}:
            return "inquiry"
        if keys & {"hash", "bytes", "rows"}:
            return "counts"
        if keys & {"dialect", "control"} or any("resource" in file for file in self.files):
            return "dialect"
        return "schema" if keys & {"schema", "schema_patch", "fields"} or "validate_descriptor" in made else "plain"


def every_made(value: Any) -> Iterator[Made]:
    if isinstance(value, Made):
        yield value
        value = (*value.given, *value.named.values())
    for each in value.values() if isinstance(value, Mapping) else value if isinstance(value, list | tuple) else ():
        yield from every_made(each)


def _every_key(value: Any) -> Iterator[str]:
    if isinstance(value, Mapping):
        yield from value
    given = (*value.given, *value.named.values()) if isinstance(value, Made) else value
    for each in given.values() if isinstance(given, Mapping) else given if isinstance(given, list | tuple) else ():
        yield from _every_key(each)


def own_check(names: Mapping[str, Any]) -> str | None:
    """The check of frictionless's own that a case asks for."""
    for each in every_made(names):
        if each.name in OWN_CHECKS:
            return each.name
    return next((kind for kind in _types_of_checks(names) if kind in OWN_CHECKS), None)


def _types_of_checks(value: Any) -> Iterator[str]:
    if isinstance(value, Mapping) and isinstance(value.get("checks"), list):
        yield from (each["type"] for each in value["checks"] if isinstance(each, Mapping) and "type" in each)
    given = (*value.given, *value.named.values()) if isinstance(value, Made) else value
    for each in given.values() if isinstance(given, Mapping) else given if isinstance(given, list | tuple) else ():
        yield from _types_of_checks(each)


def cases(folder: Path) -> list[Case]:
    """The cases whose files are all at hand."""
    listed = json.loads((folder / "frictionless_expected.json").read_text("utf-8"))
    found = [
        Case(
            number, each["test"].split("::")[1], tuple(each["files"]), evaluate(each["setup"]), tuple(each["expected"])
        )
        for number, each in enumerate(listed)
    ]
    return [case for case in found if all((folder / file).is_file() for file in case.files)]

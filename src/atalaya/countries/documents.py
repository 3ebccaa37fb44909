"""YAML files of a pack as plain values with the line and column of each.

Only what a person would expect is read as something else than text: `true`, `false`, numbers and null. Dates stay text,
`no` is a word, and `0101` is a code and not a number. Anchors and aliases are refused: every fact stands where it is used.
"""

import re
from dataclasses import dataclass
from pathlib import Path as File
from typing import Any

import yaml

from atalaya.countries.problems import Path, Place, Problems
from atalaya.yamls import LOADER, beyond_depth

LARGEST = 20_000_000
"""Largest file read, in bytes; the largest register known so far has under one megabyte."""

DEEPEST = 50
"""Deepest nesting read; the deepest pack file has six levels."""

_PREFIX = "tag:yaml.org,2002:"


@dataclass(frozen=True, slots=True)
class Document:
    """A file of the pack: its value as dicts, lists and scalars, and the place of every part."""

    place: Place
    value: Any


class _Loader(LOADER):  # type: ignore[misc]
    """A safe loader that knows only the scalar types named below."""


_Loader.yaml_implicit_resolvers = {}
_Loader.add_implicit_resolver(f"{_PREFIX}bool", re.compile(r"^(?:true|false)$"), list("tf"))
_Loader.add_implicit_resolver(f"{_PREFIX}null", re.compile(r"^(?:~|null|)$"), ["~", "n", ""])
_Loader.add_implicit_resolver(f"{_PREFIX}int", re.compile(r"^[-+]?(?:0|[1-9][0-9]*)$"), list("-+0123456789"))
_Loader.add_implicit_resolver(f"{_PREFIX}float", re.compile(r"^[-+]?(?:0|[1-9][0-9]*)\.[0-9]+$"), list("-+0123456789"))


class _Refused(Exception):
    """Raised here when a node cannot be used, and reported here as a problem."""

    def __init__(self, mark: yaml.Mark, what: str, remedy: str) -> None:
        super().__init__(what)
        self.mark = mark
        self.remedy = remedy


def read_text(file: File, name: str, problems: Problems) -> str | None:
    """The text of a file in UTF-8 with or without a byte order mark; None, with a problem, when it cannot be read."""
    try:
        body = file.read_bytes()
    except OSError as error:
        problems.error(
            Place(name), (), f"cannot be read ({error.strerror})", "check that it exists and its permissions"
        )
        return None
    if len(body) > LARGEST:
        problems.error(Place(name), (), f"has {len(body)} bytes, more than {LARGEST}", "split the file")
        return None
    try:
        return body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = body[: error.start]
        mark = (before.count(b"\n") + 1, error.start - before.rfind(b"\n"))
        problems.error(Place(name, {(): mark}), (), "is not UTF-8 text", "save the file as UTF-8")
        return None


def read_yaml(file: File, name: str, problems: Problems) -> Document | None:
    """The document in a YAML file; None, with a problem that names line and column, when it is not YAML."""
    text = read_text(file, name, problems)
    if text is None:
        return None
    marks: dict[Path, tuple[int, int]] = {}
    try:
        if (deep := beyond_depth(text, DEEPEST + 1)) is not None:
            raise _Refused(deep, "is nested too deeply", f"use at most {DEEPEST} levels")
        node = yaml.compose(text, Loader=_Loader)
        value = None if node is None else _value(node, (), marks, set())
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = Place(name, {(): (mark.line + 1, mark.column + 1)} if mark else {})
        what = "; ".join(part for part in (error.context, error.problem) if part)
        problems.error(place, (), f"is not YAML: {what}", "check indentation, colons and quotes near this line")
        return None
    except yaml.YAMLError as error:
        problems.error(Place(name), (), f"is not YAML: {error}", "remove characters that YAML does not allow")
        return None
    except RecursionError:
        problems.error(Place(name), (), "is nested too deeply to be read", f"use at most {DEEPEST} levels")
        return None
    except _Refused as refused:
        place = Place(name, {(): (refused.mark.line + 1, refused.mark.column + 1)})
        problems.error(place, (), str(refused), refused.remedy)
        return None
    return Document(Place(name, marks or {(): (1, 1)}), value)


def _value(node: yaml.Node, path: Path, marks: dict[Path, tuple[int, int]], seen: set[int]) -> Any:
    if id(node) in seen:
        raise _Refused(node.start_mark, "an alias points here", "write the value again instead of anchors and aliases")
    seen.add(id(node))
    if len(path) > DEEPEST:
        raise _Refused(node.start_mark, "is nested too deeply", f"use at most {DEEPEST} levels")
    marks.setdefault(path, (node.start_mark.line + 1, node.start_mark.column + 1))
    if isinstance(node, yaml.MappingNode):
        return _mapping(node, path, marks, seen)
    if isinstance(node, yaml.SequenceNode):
        return [_value(item, (*path, place), marks, seen) for place, item in enumerate(node.value)]
    return _scalar(node)


def _mapping(node: yaml.MappingNode, path: Path, marks: dict[Path, tuple[int, int]], seen: set[int]) -> dict[str, Any]:
    mapping: dict[str, Any] = {}
    for key_node, value_node in node.value:
        if not isinstance(key_node, yaml.ScalarNode):
            raise _Refused(key_node.start_mark, "a key is not a word", "write keys as plain words")
        key = str(key_node.value)
        if key in mapping:
            first = marks[(*path, key)][0]
            raise _Refused(key_node.start_mark, f"the key {key!r} stands twice (first in line {first})", "keep one")
        marks[(*path, key)] = (key_node.start_mark.line + 1, key_node.start_mark.column + 1)
        mapping[key] = _value(value_node, (*path, key), marks, seen)
    return mapping


def _scalar(node: yaml.Node) -> Any:
    kind = node.tag.removeprefix(_PREFIX)
    text = str(node.value)
    if kind == "null":
        return None
    if kind == "bool":
        return text == "true"
    if kind == "int":
        return int(text)
    if kind == "float":
        return float(text)
    if kind == "str":
        return text
    raise _Refused(node.start_mark, f"the tag {node.tag!r} is not used in packs", "remove the tag")

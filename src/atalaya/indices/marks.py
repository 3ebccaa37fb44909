"""YAML read with the line and column of every value, so that an error can point at the place."""

import hashlib
import math
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path as FilePath
from typing import Any

import yaml

from atalaya.exceptions import MethodologyError
from atalaya.yamls import LOADER, load_yaml

_COLLECTIONS = ("tag:yaml.org,2002:map", "tag:yaml.org,2002:seq")

DEEPEST = 60
"""How deep values may stand in one another; a methodology has about a dozen levels."""
LONGEST_NUMBER = 30
"""Digits of a whole number."""

Path = tuple[str | int, ...]
"""The way from the root of a document to a value: names of keys and places in lists."""


@dataclass(frozen=True, slots=True)
class Document:
    """A document as plain values, and where each stands (line and column from 1)."""

    name: str
    value: object
    marks: dict[Path, tuple[int, int]]

    def fault(self, path: Path, problem: str, remedy: str) -> MethodologyError:
        """An error that names the place of `path` (or of what holds it), the problem and what to do."""
        while path not in self.marks and path:
            path = path[:-1]
        line, column = self.marks.get(path, (1, 1))
        return MethodologyError(f"{self.name}, line {line}, column {column}: {problem}; {remedy}")


def load_document(path: FilePath) -> tuple[Document, str]:
    """A document from a file, and the SHA-256 of its bytes.

    Raises MethodologyError where it cannot be read, and as `read_document` does.
    """
    try:
        body = path.read_bytes()
        text = body.decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise MethodologyError(f"{path}: cannot be read ({error}); give a YAML file in UTF-8") from error
    return read_document(str(path), text), hashlib.sha256(body).hexdigest()


def read_document(name: str, text: str) -> Document:
    """Parse one YAML document.

    Raises MethodologyError where the text is not YAML, repeats a key, is nested too deep, or uses a reference, a tag, a date or
    an endless number.
    """
    try:
        _refuse_events(name, text)
        root = yaml.compose(text, Loader=LOADER)
    except yaml.MarkedYAMLError as error:
        problem = f"this is not YAML ({error.problem or error.context})"
        raise _at(name, error.problem_mark or error.context_mark, problem, "correct the text at this place") from error
    except yaml.YAMLError as error:
        raise MethodologyError(f"{name}: this is not YAML ({error}); save the file as UTF-8 text") from error
    if root is None:
        raise _at(name, None, "the file is empty", "write a methodology or remove the file")
    nodes = list(_walk((), root))
    marks = {path: (node.start_mark.line + 1, node.start_mark.column + 1) for path, node in nodes}
    document = Document(name, None, marks)
    for path, node in nodes:
        if isinstance(node, yaml.MappingNode):
            _refuse_keys(document, path, node)
        elif isinstance(node, yaml.ScalarNode):
            _refuse_scalar(document, path, node)
        if not isinstance(node, yaml.ScalarNode) and node.tag not in _COLLECTIONS:
            raise document.fault(path, f"the tag {node.tag!r} means nothing here", "remove it")
    return Document(name, load_yaml(text), marks)


def _at(name: str, mark: Any, problem: str, remedy: str) -> MethodologyError:
    place = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    return Document(name, None, {(): place}).fault((), problem, remedy)


def _refuse_events(name: str, text: str) -> None:
    """Refuse what may not be followed before anything follows it: references, a few lines of which can stand for more than a
    memory holds, and values that stand deeper in one another than any methodology."""
    depth = 0
    for event in yaml.parse(text, Loader=LOADER):
        if isinstance(event, yaml.AliasEvent):
            raise _at(name, event.start_mark, "a value is repeated by reference", "write it out: anchors are not read")
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > DEEPEST:
            raise _at(name, event.start_mark, f"a value stands {depth} levels deep", f"{DEEPEST} levels are read")


def _walk(path: Path, node: yaml.Node) -> Iterator[tuple[Path, yaml.Node]]:
    """Every value with its path, parents first."""
    yield path, node
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            yield from _walk((*path, str(key.value)), value)
    elif isinstance(node, yaml.SequenceNode):
        for place, value in enumerate(node.value):
            yield from _walk((*path, place), value)


def _refuse_keys(document: Document, path: Path, node: yaml.MappingNode) -> None:
    keys: set[str] = set()
    for key, _value in node.value:
        name = str(key.value)
        if not isinstance(key, yaml.ScalarNode) or key.tag != "tag:yaml.org,2002:str":
            raise document.fault((*path, name), f"the key {name!r} is not a text", "put the key in quotation marks")
        if name in keys:
            raise document.fault((*path, name), f"the key {name!r} stands twice", "keep one of the two")
        keys.add(name)


def _refuse_scalar(document: Document, path: Path, node: yaml.ScalarNode) -> None:
    kind = node.tag.rpartition(":")[2]
    if kind not in ("str", "int", "float", "bool", "null"):
        raise document.fault(path, f"{node.value!r} would be read as a {kind}", "put it in quotation marks")
    if kind == "int" and len(node.value) > LONGEST_NUMBER:
        raise document.fault(path, f"a number has {len(node.value)} digits", f"write at most {LONGEST_NUMBER}")
    if kind == "float":
        number = float(load_yaml(node.value))
        if not math.isfinite(number):
            raise document.fault(path, f"{node.value} is not a finite number", "write a finite number")

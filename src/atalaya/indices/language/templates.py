"""Templates: children written once and used by many nodes, with the places in braces filled in."""

import re
from collections.abc import Mapping
from copy import deepcopy

from atalaya.exceptions import MethodologyError

_DEEPEST = 24
"""Templates within templates and branches within branches before a methodology is taken to go round in circles."""
_MOST = 20_000
"""Nodes that a methodology may have once its templates are written out."""


def written_out(document: Mapping[str, object], name: str) -> dict[str, object]:
    """The document with every `children_from` replaced by the children of its template.

    Raises MethodologyError for a template that is not there, uses itself, or grows beyond all measure.
    """
    found = {key: deepcopy(value) for key, value in document.items() if key != "templates"}
    templates = document.get("templates", {})
    assert isinstance(templates, Mapping), "held by the schema"
    count = [0]
    found["tree"] = _filled(found["tree"], templates, {}, name, 0, count)
    return found


def _filled(
    node: object, templates: Mapping[str, object], words: Mapping[str, object], name: str, depth: int, count: list[int]
) -> object:
    assert isinstance(node, dict), "held by the schema"
    count[0] += 1
    if depth > _DEEPEST:
        raise MethodologyError(f"{name}: the tree is deeper than {_DEEPEST}; a template uses itself: take that out")
    if count[0] > _MOST:
        raise MethodologyError(f"{name}: the tree has more than {_MOST} nodes; write less with templates")
    children = node.get("children", [])
    plain = _put_in(
        {key: value for key, value in node.items() if key not in ("children", "children_from")}, words, name
    )
    assert isinstance(plain, dict), "a mapping stays one"
    inner: Mapping[str, object] = {**words, "parent": plain["id"]}
    call = node.get("children_from")
    if call is not None:
        if call["template"] not in templates:
            known = ", ".join(templates) or "none"
            raise MethodologyError(f"{name}: {plain['id']} asks for the template {call['template']!r}; known: {known}")
        children = [*children, *_of(templates[call["template"]])]
        inner = {**inner, **_mapping(_put_in(call.get("with", {}), words, name))}
    if children:
        plain["children"] = [_filled(child, templates, inner, name, depth + 1, count) for child in children]
    return plain


def _of(template: object) -> list[object]:
    assert isinstance(template, list), "held by the schema"
    return template


def _mapping(value: object) -> Mapping[str, object]:
    assert isinstance(value, Mapping), "held by the schema"
    return value


def _put_in(value: object, words: Mapping[str, object], name: str) -> object:
    """Every text with its places in braces filled; a place that nobody fills is an error."""
    if isinstance(value, str):
        if value.startswith("{") and value.endswith("}") and value[1:-1] in words:
            return words[value[1:-1]]
        return re.sub(r"\{([a-z_0-9]+)\}", lambda place: _word(place.group(1), words, name), value)
    if isinstance(value, dict):
        return {key: _put_in(inner, words, name) for key, inner in value.items()}
    if isinstance(value, list):
        return [_put_in(inner, words, name) for inner in value]
    return value


def _word(place: str, words: Mapping[str, object], name: str) -> str:
    if place not in words:
        raise MethodologyError(f"{name}: nothing fills {{{place}}}; give it under `with` or take the braces away")
    return str(words[place])

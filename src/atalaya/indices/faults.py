"""The first place where a document differs from a JSON Schema, told with line, column and what to do."""

import difflib
from collections.abc import Collection, Mapping
from typing import Any

import jsonschema

from atalaya.exceptions import MethodologyError
from atalaya.indices.marks import Document


def first_fault(document: Document, schema: Mapping[str, Any]) -> MethodologyError | None:
    """The fault that stands first in the file, None where the document is as the schema says."""
    validator = jsonschema.Draft202012Validator(schema)
    faults = sorted(validator.iter_errors(document.value), key=lambda e: (_line(document, e), e.json_path))
    return None if not faults else _told(document, faults[0])


def _told(document: Document, fault: Any) -> MethodologyError:
    while fault.validator == "anyOf" and fault.context:
        fault = max(fault.context, key=lambda inner: (len(inner.absolute_path), inner.validator != "type"))
    place = tuple(fault.absolute_path)
    if fault.validator == "additionalProperties" and isinstance(fault.instance, dict):
        allowed = sorted(fault.schema.get("properties", {}))
        extra = next(key for key in fault.instance if key not in allowed)
        return document.fault((*place, extra), f"{extra!r} is not a word of this language", nearest(extra, allowed))
    if fault.validator == "required" and isinstance(fault.instance, dict):
        absent = ", ".join(key for key in fault.validator_value if key not in fault.instance)
        return document.fault(place, f"{absent} is missing", "add it here")
    if fault.validator == "enum" and isinstance(fault.instance, str):
        words = [str(word) for word in fault.validator_value]
        return document.fault(
            place, f"{fault.instance!r} is not one of what may stand here", nearest(fault.instance, words)
        )
    told = f"write what the schema asks for: {fault.schema.get('description', fault.validator_value)}"
    return document.fault(place, _shorten(fault.message), told)


def _line(document: Document, fault: jsonschema.ValidationError) -> tuple[int, int]:
    return document.marks.get(tuple(fault.absolute_path), (1, 1))


def _shorten(message: str, limit: int = 200) -> str:
    return message if len(message) <= limit else f"{message[:limit]}…"


def nearest(word: str, allowed: Collection[str]) -> str:
    """What to do about a word that is not there: the one that looks most like it, or all of them."""
    close = difflib.get_close_matches(word, allowed, n=1)
    return f"did you mean {close[0]!r}?" if close else f"use one of {', '.join(sorted(allowed))}"

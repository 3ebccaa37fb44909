"""JSON-LD as pages write it: strict JSON first, then without what JSON does not allow but nobody can misread.

Comments, commas before closing brackets, wrappers of old browsers, line breaks inside texts and a semicolon at the end lose
nothing when they are taken away. What was mended is told; whatever else breaks the syntax, above all an end that is missing,
stays broken.
"""

import html
import json
import re
from collections.abc import Callable, Mapping

TOO_DEEP = "nested deeper than the reader goes"

_STRING = r'"(?:[^"\\]|\\(?:.|\Z))*+(?:"|\Z)'
_COMMENT = re.compile(rf"({_STRING})|/\*(?:[^*]|\*(?!/))*+(?:\*/|\Z)|//[^\n]*", re.DOTALL)
_COMMA = re.compile(rf"({_STRING})|,(?=\s*[}}\]])", re.DOTALL)
_WRAPPER = re.compile(r"^\s*(?://\s*)?(?:<!--|<!\[CDATA\[)|(?://\s*)?(?:-->|\]\]>)\s*$")


def parse_lenient(text: str) -> tuple[object, tuple[str, ...]] | str:
    """The JSON value and what had to be mended, or why there is none, with its line.

    >>> parse_lenient('{"a": [1, 2,], } // end')
    ({'a': [1, 2]}, ('comments', 'commas before closing brackets'))
    >>> parse_lenient('{"a": ')
    'not JSON at line 1, column 6: Expecting value'
    """
    trimmed = text.strip("\x00 \t\r\n\ufeff")
    try:
        return json.loads(trimmed), ()
    except json.JSONDecodeError as error:
        fault = f"not JSON at line {error.lineno}, column {error.colno}: {error.msg}"
    except RecursionError:
        return TOO_DEEP
    except ValueError:
        return "holds a number of too many digits"
    mended, notes = _mended(trimmed)
    try:
        value = json.loads(mended, strict=False)
    except (ValueError, RecursionError):
        return fault
    return value, notes or ("line breaks inside texts",)


def _unwrapped(text: str) -> str:
    return _WRAPPER.sub("", text)


def _unescaped(text: str) -> str:
    return text if '"' in text else html.unescape(text)


def _without_comments(text: str) -> str:
    return _COMMENT.sub(lambda found: found[1] or " ", text)


def _without_commas(text: str) -> str:
    return _COMMA.sub(lambda found: found[1] or "", text)


def _without_semicolon(text: str) -> str:
    return text.rstrip().removesuffix(";")


_STEPS: Mapping[str, Callable[[str], str]] = {
    "wrappers around it": _unwrapped,
    "characters written as HTML": _unescaped,
    "comments": _without_comments,
    "commas before closing brackets": _without_commas,
    "a semicolon at the end": _without_semicolon,
}


def _mended(text: str) -> tuple[str, tuple[str, ...]]:
    """The text without what may be taken away, and the names of what was there."""
    notes = []
    for name, mend in _STEPS.items():
        after = mend(text)
        if after.strip() != text.strip():
            notes.append(name)
        text = after
    return text, tuple(notes)

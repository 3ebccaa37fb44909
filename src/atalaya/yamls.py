"""The parser of YAML for every file of ours: that in C where it is built in, some ten times as fast, with the same marks.

All wheels of PyYAML have it. The two differ in little: that in C takes a `?` inside plain words of a list in brackets, that in
Python a byte order mark in the middle of a text.
"""

from typing import Any

import yaml

LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""Makes plain values only; a base for loaders that know other scalars."""

DEEPEST = 100
"""How deep values may stand in one another: what makes values follows them as deep as they go, and has no bound of its own."""


def load_yaml(text: str, loader: Any = LOADER) -> Any:
    """The plain values in a text. Raises yaml.YAMLError where it is not YAML, or deeper than `DEEPEST`."""
    if (mark := beyond_depth(text, DEEPEST)) is not None:
        raise yaml.MarkedYAMLError(None, None, f"values stand more than {DEEPEST} levels in one another", mark)
    return yaml.load(text, Loader=loader)  # noqa: S506 - a safe loader


def beyond_depth(text: str, deepest: int) -> Any:
    """The mark (line and column from 0) where values stand more than `deepest` levels in one another, None where they do not.

    Raises yaml.YAMLError where the text is not YAML.
    """
    depth = 0
    for event in yaml.parse(text, Loader=LOADER):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > deepest:
                return event.start_mark
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
    return None

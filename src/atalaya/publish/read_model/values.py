"""Values as the tables of the read model hold them: plain, cut and clean."""

from typing import Any

Values = tuple[object, ...]

TITLE = 300
TEXT = 4000
"""Longest title and description that pages show, in characters; the whole text is in the sealed tables."""


def texts(value: object) -> dict[str, str]:
    """A text by language, empty where it is none."""
    return {str(k): str(v) for k, v in value.items()} if isinstance(value, dict) else {}


def items(value: object) -> list[Any]:
    """The items of a list of a table, none where it is none."""
    return list(value) if isinstance(value, list | tuple) else []


def day_of(moment: object) -> str | None:
    """The day of a moment, `YYYY-MM-DD`."""
    return str(moment)[:10] if moment else None

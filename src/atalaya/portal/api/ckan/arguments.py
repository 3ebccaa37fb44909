"""The arguments of an action, out of an address or a JSON body, checked by their kind."""

import json
from collections.abc import Mapping
from dataclasses import dataclass

from atalaya.portal.api.ckan.faults import ArgumentsError

GREATEST = 2_000_000_000
"""Numbers above it are no place in any list; PostgreSQL counts further, but nobody pages there."""

_TRUE = frozenset({"true", "yes", "on", "y", "t", "1"})
_FALSE = frozenset({"false", "no", "off", "n", "f", "0", ""})


@dataclass(frozen=True, slots=True)
class Arguments:
    """What was asked, by name. Every method raises ArgumentsError where a value is of another kind."""

    given: Mapping[str, object]

    def text(self, name: str, default: str = "") -> str:
        """A text; numbers are taken as they are written."""
        value = self.given.get(name)
        if value is None:
            return default
        if isinstance(value, bool) or not isinstance(value, str | int | float):
            raise ArgumentsError({name: "Give a text"})
        return _storable(str(value))

    def needed(self, *names: str) -> str:
        """The text of the first of these names that was given."""
        for name in names:
            if said := self.text(name).strip():
                return said
        raise ArgumentsError({names[0]: "Missing value"})

    def number(self, name: str, default: int | None = None, most: int = GREATEST) -> int | None:
        """A whole number from 0 up; more than `most` is taken as `most`."""
        value = self.given.get(name)
        if value is None or (isinstance(value, str) and not value.strip()):
            return default
        try:
            number = int(value) if isinstance(value, str | int) and not isinstance(value, bool) else -1
        except ValueError:
            raise ArgumentsError({name: "Invalid integer"}) from None
        if number < 0:
            raise ArgumentsError({name: "Must be a natural number"})
        return min(number, most)

    def truth(self, name: str, default: bool = False) -> bool:
        """A yes or no."""
        value = self.given.get(name)
        if value is None:
            return default
        said = str(value).strip().casefold()
        if said not in _TRUE | _FALSE:
            raise ArgumentsError({name: "Give true or false"})
        return said in _TRUE

    def texts(self, name: str) -> list[str]:
        """A list of texts: a JSON list, or one text with commas or spaces between."""
        value = self.given.get(name)
        if isinstance(value, str):
            value = _parsed(name, value)
        if value is None:
            return []
        if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
            raise ArgumentsError({name: "Give a list of texts"})
        return [_storable(each) for each in value]


def _parsed(name: str, value: str) -> object:
    if not value.lstrip().startswith("["):
        return value.replace(",", " ").split()
    try:
        return json.loads(value)
    except (ValueError, RecursionError):
        raise ArgumentsError({name: "Give a JSON list of texts"}) from None


def _storable(text: str) -> str:
    """A text that a database can be asked: without the character zero and halves of characters, which JSON may hold."""
    return text.replace("\0", "").encode("utf-8", "replace").decode("utf-8")

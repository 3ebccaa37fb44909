"""Descriptors in JSON, read strictly: what is unknown or of the wrong type is told with its place and with what to do."""

import difflib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

Kinds = Mapping[str, type | tuple[type, ...]]
"""The keys of an object and the types that their values may have; `object` is any."""
_TRANSLATION = re.compile(r"(title|description)@[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*\Z")
_NAMES = {
    str: "a text",
    list: "a list",
    dict: "an object",
    bool: "true or false",
    int: "a whole number",
    float: "a number",
    type(None): "null",
}


@dataclass(frozen=True, slots=True, order=True)
class DescriptorProblem:
    """Something wrong with a descriptor: where (`fields[2].type`), what, and what to do. A `warning` leaves it usable."""

    place: str
    severity: str
    what: str
    remedy: str = ""

    def __str__(self) -> str:
        """`place: severity: what; remedy`."""
        return f"{self.place or 'top'}: {self.severity}: {self.what}{'; ' + self.remedy if self.remedy else ''}"


class StrictReader:
    """Gathers problems while a descriptor is read."""

    def __init__(self) -> None:
        """Start with none."""
        self.problems: list[DescriptorProblem] = []

    def error(self, place: str, what: str, remedy: str) -> None:
        """Report what makes the descriptor unusable."""
        self.problems.append(DescriptorProblem(place, "error", what, remedy))

    def warning(self, place: str, what: str, remedy: str) -> None:
        """Report what is not read."""
        self.problems.append(DescriptorProblem(place, "warning", what, remedy))

    @property
    def failed(self) -> bool:
        """Whether an error was reported."""
        return any(problem.severity == "error" for problem in self.problems)

    def checked(self, value: Mapping[str, Any], keys: Kinds, place: str, extra: Iterable[str] = ()) -> dict[str, Any]:
        """The known keys of an object whose values are of the right type; the others are reported, but for `extra` ones."""
        found = {}
        for key, item in value.items():
            at = f"{place}.{key}" if place else key
            if key not in keys:
                if not _TRANSLATION.match(key) and key not in extra:
                    self._unknown(at, key, keys)
            elif _is_of(item, keys[key]):
                found[key] = item
            else:
                wanted = keys[key]
                names = " or ".join(_NAMES[each] for each in (wanted if isinstance(wanted, tuple) else (wanted,)))
                self.error(at, f"{shown(item)} is not {names}", f"write {names}")
        return found

    def _unknown(self, place: str, key: str, keys: Iterable[str]) -> None:
        near = difflib.get_close_matches(key, keys, n=1)
        remedy = f"did you mean {near[0]!r}?" if near else f"the keys are {', '.join(sorted(keys))}"
        self.warning(place, f"the key {key!r} is unknown and is not read", remedy)


def _is_of(item: object, wanted: type | tuple[type, ...]) -> bool:
    kinds = wanted if isinstance(wanted, tuple) else (wanted,)
    return isinstance(item, kinds) and not (isinstance(item, bool) and bool not in kinds and object not in kinds)


def texts_of(value: Mapping[str, Any], key: str) -> dict[str, str]:
    """A text and its translations by language; the one without a language has the empty name."""
    found = {"": value[key]} if isinstance(value.get(key), str) else {}
    for name, text in value.items():
        if name.startswith(f"{key}@") and isinstance(text, str):
            found[name.partition("@")[2]] = text
    return found


def shown(value: object) -> str:
    """A value as messages quote it, cut to a length."""
    text = "null" if value is None else repr(value)
    return text if len(text) <= 60 else f"{text[:57]}..."

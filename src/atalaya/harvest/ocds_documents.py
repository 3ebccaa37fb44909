"""From the bytes of an answer to the JSON values of an OCDS document, without holding the contracts in memory.

A package may hold 200 MB of releases or records. They are data, not catalogue: each is decoded by itself, noted in `Contents`
(how many, which, from when to when) and let go. JSON Lines (one value a line) and values after one another are read as well.
"""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from atalaya.harvest import values
from atalaya.harvest.bodies import decode, is_html
from atalaya.harvest.visits import Refusal, Visit, landed

CONTRACTS = ("releases", "records")
"""The lists of a package: releases are what happened, records what stands (https://standard.open-contracting.org/1.1/)."""

_SPACE = re.compile(r"[ \t\r\n]*")
_DAY = re.compile(r"^\d{4}-\d{2}(?:-\d{2})?(?:[T ]|$)")
_DECODER = json.JSONDecoder()
_ZIP = b"PK\x03\x04"

Json = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Contents:
    """What a list of releases or records holds: how many items, which, how many are none, their dates and languages.

    `keys` tell the items of one page from those of another; `first` and `last` are the least and greatest date as written.
    """

    items: int = 0
    odd: int = 0
    keys: frozenset[str] = frozenset()
    first: str | None = None
    last: str | None = None
    languages: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """The JSON values of one answer; `listed` says whether they stood in a list or in lines, not alone."""

    values: tuple[object, ...]
    listed: bool
    note: str | None = None


@dataclass(slots=True)
class Tally:
    """Contents that are being counted, item by item."""

    items: int = 0
    odd: int = 0
    keys: set[str] = field(default_factory=set)
    dates: list[str] = field(default_factory=list)
    languages: dict[str, None] = field(default_factory=dict)

    def add(self, item: object) -> None:
        """Count one item of the list."""
        self.items += 1
        if not is_contract(item):
            self.odd += 1
            return
        assert isinstance(item, dict)
        compiled = item.get("compiledRelease")
        said = compiled if isinstance(compiled, dict) else item
        date, language = said.get("date"), said.get("language")
        self.keys.add(f"{item['ocid']} {item.get('id') or said.get('id')} {date}")
        if isinstance(date, str) and _DAY.match(date.strip()):
            text = values.clean(date).strip()
            self.dates = [min(*self.dates, text), max(*self.dates, text)] if self.dates else [text, text]
        if isinstance(language, str) and language.strip():
            self.languages.setdefault(values.clean(language).strip())

    def contents(self) -> Contents:
        """What was counted."""
        first, last = self.dates or (None, None)
        return Contents(self.items, self.odd, frozenset(self.keys), first, last, tuple(self.languages))


def is_contract(item: object) -> bool:
    """Whether a value is a release or a record: an object with the id of a contracting process."""
    return isinstance(item, dict) and isinstance(item.get("ocid"), str | int) and bool(item["ocid"])


def contents_of(value: object) -> Contents | None:
    """Contents as read, or counted from a list that was decoded whole; None for anything else."""
    if isinstance(value, list):
        tally = Tally()
        for item in value:
            tally.add(item)
        return tally.contents()
    return value if isinstance(value, Contents) else None


def read_document(visit: Visit) -> Document | Refusal:
    """The JSON values of a page, or why there are none."""
    if is_html(visit.body):
        return Refusal("html", landed(visit))
    if visit.body.startswith(_ZIP):
        return Refusal("no_datasets", f"{landed(visit)} is a ZIP archive: a file of data, not the list of the files")
    text, note = decode(visit.body)
    text = text.strip("\x00 \t\r\n\ufeff")
    try:
        return _document(text, note)
    except json.JSONDecodeError as error:
        where = f"not JSON at line {error.lineno}, column {error.colno}: {error.msg}"
        return Refusal("malformed", f"{landed(visit)}: {where}")
    except RecursionError:
        return Refusal("nesting", f"{landed(visit)}: nested deeper than the reader goes")
    except ValueError:
        return Refusal("malformed", f"{landed(visit)}: holds a number of too many digits")


def _document(text: str, note: str | None) -> Document:
    found: list[object] = []
    at, listed = 0, text.startswith("[")
    while True:
        if text.startswith("[", at):
            at = _array(text, at, found.append, _value)
        else:
            value, at = _value(text, at)
            found.append(value)
        at = _space(text, at)
        if at == len(text):
            return Document(tuple(found), listed, note)
        if text[at] not in "[{":
            raise json.JSONDecodeError("Extra data", text, at)
        listed = True


def _space(text: str, at: int) -> int:
    found = _SPACE.match(text, at)
    return found.end() if found else at


def _value(text: str, at: int) -> tuple[object, int]:
    """One value and the place after it; the lists of contracts of an object become their `Contents`."""
    if not text.startswith("{", at):
        return _DECODER.raw_decode(text, at)
    found: dict[str, object] = {}
    at = _space(text, at + 1)
    if text.startswith("}", at):
        return found, at + 1
    while True:
        if not text.startswith('"', at):
            raise json.JSONDecodeError("Expecting property name enclosed in double quotes", text, at)
        name, at = _DECODER.raw_decode(text, at)
        at = _space(text, _after(text, _space(text, at), ":"))
        if name in CONTRACTS and text.startswith("[", at):
            tally = Tally()
            at = _array(text, at, tally.add, _DECODER.raw_decode)
            found[name] = tally.contents()
        else:
            found[name], at = _DECODER.raw_decode(text, at)
        at = _space(text, at)
        if text.startswith("}", at):
            return found, at + 1
        at = _space(text, _after(text, at, ","))


def _array(text: str, at: int, keep: Callable[[object], None], read: Callable[[str, int], tuple[object, int]]) -> int:
    """Give every item of the list that opens at `at` to `keep`; the place after the list."""
    at = _space(text, at + 1)
    if text.startswith("]", at):
        return at + 1
    while True:
        item, at = read(text, at)
        keep(item)
        at = _space(text, at)
        if text.startswith("]", at):
            return at + 1
        at = _space(text, _after(text, at, ","))


def _after(text: str, at: int, mark: str) -> int:
    if not text.startswith(mark, at):
        raise json.JSONDecodeError(f"Expecting {mark!r} delimiter", text, at)
    return at + 1

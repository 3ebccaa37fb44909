"""Strict reading: every field that a source sends is taken, listed as ignored with its reason, or reported as unread.

`Entry` is one JSON object under reading. What is taken from it counts as `mapped`; `close()` counts what is left, as `ignored`
where the protocol lists it and as `unread` otherwise. Paths are generalised: `dataset[].distribution[].title`.
"""

from collections import Counter
from collections.abc import Iterator, Mapping

from atalaya.catalogue.records import FieldUse, Problem, Text
from atalaya.harvest import values

MAPPED = "mapped"
IGNORED = "ignored"
UNREAD = "unread"

PATHS_LIMIT = 2_000
"""Different paths that one reading keeps apart; a source that uses data as keys is gathered under `…` beyond it."""
NAME_LIMIT = 120
"""Characters of a field name that are kept in a path."""


class Ledger:
    """What became of the fields and items of one reading."""

    def __init__(self, ignored: Mapping[str, str]) -> None:
        self._ignored = ignored
        self._uses: Counter[tuple[str, str]] = Counter()
        self._unreadable: Counter[tuple[str, str]] = Counter()
        self._problems: list[Problem] = []

    def use(self, path: str, reading: str, count: int = 1) -> None:
        """Count one field at a generalised path."""
        key = (path, reading)
        if key not in self._uses and len(self._uses) >= PATHS_LIMIT:
            key = ("…", reading)
        self._uses[key] += count

    def leave(self, path: str) -> None:
        """Count a field that nothing took: ignored where the protocol lists it, unread otherwise."""
        self.use(path, IGNORED if path in self._ignored else UNREAD)

    def problem(self, place: str, reason: str) -> None:
        """List one item that is not among the records, or one thing that was wrong."""
        self._problems.append(Problem(place=place, reason=reason))

    def unreadable(self, path: str, reason: str) -> None:
        """Count a value that a taken field could not use; equal ones become one problem."""
        key = (path, reason)
        if key not in self._unreadable and len(self._unreadable) >= PATHS_LIMIT:
            key = ("…", "value of another type than expected")
        self._unreadable[key] += 1

    @property
    def fields(self) -> tuple[FieldUse, ...]:
        """The uses, by path and reading."""
        return tuple(
            FieldUse(path=path, reading=reading, count=count) for (path, reading), count in sorted(self._uses.items())
        )

    @property
    def problems(self) -> tuple[Problem, ...]:
        """The problems: of items in the order met, then of values by path."""
        gathered = [
            Problem(place=path, reason=f"{reason} ({count} times)" if count > 1 else reason)
            for (path, reason), count in sorted(self._unreadable.items())
        ]
        return (*self._problems, *gathered)


class Entry:
    """One JSON object under reading, at a generalised path."""

    def __init__(self, value: Mapping[str, object], path: str, ledger: Ledger) -> None:
        self.value = value
        self.path = path
        self.ledger = ledger
        self._taken: set[str] = set()

    def at(self, key: str) -> str:
        """The generalised path of a field of this object."""
        name = values.clean(key)[:NAME_LIMIT]
        return f"{self.path}.{name}" if self.path else name

    def present(self, *keys: str) -> tuple[str, ...]:
        """Those of these fields that the object has."""
        return tuple(key for key in keys if key in self.value)

    def take(self, *keys: str) -> object:
        """The value of the first of these fields that says something; all that are present count as mapped."""
        found: object = None
        for key in self.present(*keys):
            if key not in self._taken:
                self._taken.add(key)
                self.ledger.use(self.at(key), MAPPED)
            if values.is_blank(found):
                found = self.value[key]
        return found

    def word(self, *keys: str) -> str | None:
        """One text; a list gives its first. None where nothing is said."""
        found = self.take(*keys)
        text = values.word(found)
        if text is None and not values.is_blank(found):
            self._refuse(keys, "not a text")
        return text

    def words(self, *keys: str) -> tuple[str, ...]:
        """A list of texts; a single one counts as a list, and lists written as text are read."""
        found = self.take(*keys)
        listed = values.words(found)
        if not listed and not values.is_blank(found):
            self._refuse(keys, "not a list of texts")
        return listed

    def text(self, *keys: str) -> Text:
        """A text by language."""
        found = self.take(*keys)
        by_language = values.text(found)
        if not by_language and not values.is_blank(found):
            self._refuse(keys, "not a text")
        return by_language

    def url(self, *keys: str) -> str | None:
        """A text that is an address; `mailto:` addresses are personal and are dropped."""
        text = self.word(*keys)
        if text is not None and values.is_mail(text):
            self._refuse(keys, "a mail address where a URL belongs")
            return None
        return text

    def size(self, *keys: str) -> int | None:
        """A whole number of bytes."""
        found = self.take(*keys)
        number = values.byte_size(found)
        if number is None and not values.is_blank(found):
            self._refuse(keys, "not a number of bytes")
        return number

    def entry(self, key: str) -> "Entry | None":
        """The object in a field (the first of a list); None where there is none. The caller closes it."""
        return next(iter(self.entries(key)), None)

    def entries(self, key: str) -> "list[Entry]":
        """The objects in a field: one or a list; what is not an object is left to `take`."""
        found = self.value.get(key)
        items = found if isinstance(found, list) else [found]
        objects = [item for item in items if isinstance(item, dict)]
        if not objects:
            return []
        self.take(key)
        path = f"{self.at(key)}[]" if isinstance(found, list) else self.at(key)
        return [Entry(item, path, self.ledger) for item in objects]

    def skip(self, *keys: str) -> None:
        """Leave these fields to be counted elsewhere."""
        self._taken.update(keys)

    def close(self) -> None:
        """Count the fields that nothing took."""
        for key in self.rest():
            self.ledger.leave(self.at(key))

    def rest(self) -> Iterator[str]:
        """The fields that nothing took so far."""
        return (key for key in self.value if key not in self._taken)

    def _refuse(self, keys: tuple[str, ...], reason: str) -> None:
        present = next(key for key in self.present(*keys) if not values.is_blank(self.value[key]))
        self.ledger.unreadable(self.at(present), reason)

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
ELSEWHERE = "…"
"""The path of what is gathered."""


class _Fields:
    """The fields of the objects at one path by name: how often each was taken, and how often nothing took it."""

    __slots__ = ("left", "taken")

    def __init__(self) -> None:
        self.taken: dict[str, int] = {}
        self.left: dict[str, int] = {}


class Ledger:
    """What became of the fields and items of one reading.

    Fields of objects are counted by path and name, and their paths are written out at the end: a catalogue has millions of
    fields and a few hundred paths.
    """

    def __init__(self, ignored: Mapping[str, str]) -> None:
        self._ignored = ignored
        self._fields: dict[str, _Fields] = {}
        self._names = 0
        self._uses: Counter[tuple[str, str]] = Counter()
        self._unreadable: Counter[tuple[str, str]] = Counter()
        self._empty: Counter[tuple[str, str]] = Counter()
        self._problems: list[Problem] = []

    def use(self, path: str, reading: str, count: int = 1) -> None:
        """Count one field at a generalised path."""
        _count(self._uses, (path, reading), count)

    def fields_at(self, path: str) -> _Fields:
        """Where the fields of the objects at a path are counted."""
        found = self._fields.get(path)
        if found is None:
            found = self._fields.setdefault(path if len(self._fields) < PATHS_LIMIT else ELSEWHERE, _Fields())
        return found

    def first(self, counts: dict[str, int], name: str) -> None:
        """Count a field whose name was not met among these before; beyond the limit of names they are gathered."""
        if self._names < PATHS_LIMIT:
            self._names += 1
            counts[name] = 1
        else:
            counts[ELSEWHERE] = counts.get(ELSEWHERE, 0) + 1

    def problem(self, place: str, reason: str) -> None:
        """List one item that is not among the records, or one thing that was wrong."""
        self._problems.append(Problem(place=place, reason=reason))

    def unreadable(self, path: str, reason: str) -> None:
        """Count a value that a taken field could not use; equal ones become one problem."""
        key = (path, reason)
        if key not in self._unreadable and len(self._unreadable) >= PATHS_LIMIT:
            key = (ELSEWHERE, "value of another type than expected")
        self._unreadable[key] += 1

    def unfilled(self, path: str, reason: str) -> None:
        """Count a value that says nothing, such as a template: it is read, and nothing is lost by it."""
        key = (path, reason)
        self._empty[key if key in self._empty or len(self._empty) < PATHS_LIMIT else (ELSEWHERE, reason)] += 1

    @property
    def fields(self) -> tuple[FieldUse, ...]:
        """The uses, by path and reading."""
        uses = Counter(self._uses)
        for place, fields in self._fields.items():
            for name, count in fields.taken.items():
                _count(uses, (_path(place, name), MAPPED), count)
            for name, count in fields.left.items():
                path = _path(place, name)
                _count(uses, (path, IGNORED if path in self._ignored else UNREAD), count)
        return tuple(
            FieldUse(path=path, reading=reading, count=count) for (path, reading), count in sorted(uses.items())
        )

    @property
    def problems(self) -> tuple[Problem, ...]:
        """The problems: of items in the order met, then of values by path."""
        gathered = [
            Problem(place=path, reason=f"{reason} ({count} times)" if count > 1 else reason, read=read)
            for values_, read in ((self._unreadable, False), (self._empty, True))
            for (path, reason), count in sorted(values_.items())
        ]
        return (*self._problems, *gathered)


def _count(uses: Counter[tuple[str, str]], key: tuple[str, str], count: int) -> None:
    """Add to the uses; what comes once there are too many paths is gathered."""
    uses[key if key in uses or len(uses) < PATHS_LIMIT else (ELSEWHERE, key[1])] += count


def _path(place: str, name: str) -> str:
    """The generalised path of a field of the objects at a place."""
    if ELSEWHERE in (place, name):
        return ELSEWHERE
    short = values.clean(name)[:NAME_LIMIT]
    return f"{place}.{short}" if place else short


class Entry:
    """One JSON object under reading, at a generalised path."""

    __slots__ = ("_fields", "_taken", "ledger", "path", "value")

    def __init__(self, value: Mapping[str, object], path: str, ledger: Ledger) -> None:
        self.value = value
        self.path = path
        self.ledger = ledger
        self._fields = ledger.fields_at(path)
        self._taken: set[str] = set()

    def at(self, key: str) -> str:
        """The generalised path of a field of this object."""
        return _path(self.path, key)

    def present(self, *keys: str) -> tuple[str, ...]:
        """Those of these fields that the object has."""
        return tuple([key for key in keys if key in self.value])

    def take(self, *keys: str) -> object:
        """The value of the first of these fields that says something; all that are present count as mapped."""
        value, taken = self.value, self._taken
        found: object = None
        for key in keys:
            if key in value:
                if key not in taken:
                    taken.add(key)
                    self._count(self._fields.taken, key)
                if found is None or values.is_blank(found):
                    found = value[key]
        return found

    def _count(self, counts: dict[str, int], key: str) -> None:
        if key in counts:
            counts[key] += 1
        else:
            self.ledger.first(counts, key)

    def word(self, *keys: str) -> str | None:
        """One text; a list gives its first. None where nothing is said."""
        found = self.take(*keys)
        if found is None:
            return None
        text = values.word(found)
        if text is None and not values.is_blank(found):
            self._refuse(keys, "not a text")
        return text

    def words(self, *keys: str) -> tuple[str, ...]:
        """A list of texts; a single one counts as a list, and lists written as text are read."""
        found = self.take(*keys)
        if found is None:
            return ()
        listed = values.words(found)
        if not listed and not values.is_blank(found):
            self._refuse(keys, "not a list of texts")
        return listed

    def text(self, *keys: str) -> Text:
        """A text by language."""
        found = self.take(*keys)
        if found is None:
            return {}
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
        left, taken = self._fields.left, self._taken
        for key in self.value:
            if key not in taken:
                self._count(left, key)

    def rest(self) -> Iterator[str]:
        """The fields that nothing took so far."""
        return (key for key in self.value if key not in self._taken)

    def _refuse(self, keys: tuple[str, ...], reason: str) -> None:
        present = next(key for key in self.present(*keys) if not values.is_blank(self.value[key]))
        self.ledger.unreadable(self.at(present), reason)

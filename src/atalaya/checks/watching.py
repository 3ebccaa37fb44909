"""Watching a rule: which attributes of a case it reads, in which order, and how their values tell cases apart."""

import types
import typing
from collections.abc import Callable, Mapping
from dataclasses import is_dataclass
from datetime import date
from functools import cache
from operator import attrgetter
from typing import Any

Path = tuple[str | int, ...]
"""Names of attributes and places in tuples, from the case down."""

Getter = Callable[[Any], Any]

DEEPEST = 16
"""Paths that a rule may read before its outcome is no longer remembered: a dataset of many resources is like no other."""

PLAIN = frozenset({str, int, bool, date, type(None)})


class Trace:
    """What a rule read, in order, up to a depth; `failed` where it did what cannot be watched, `cut` where it read more."""

    def __init__(self) -> None:
        self.cut = False
        self.reads: dict[Path, Kind] = {}
        self.known: dict[Path, Any] = {}
        self.failed = False


class CannotWatchError(Exception):
    """Raised where a rule does something else with a part of a case than to read an attribute of it."""


class Watched:
    """Stands for a case or an object in it and notes every attribute that is read."""

    __slots__ = ("_path", "_real", "_trace")

    def __init__(self, real: Any, path: Path, trace: Trace) -> None:
        self._real, self._path, self._trace = real, path, trace

    @property  # type: ignore[misc]
    def __class__(self) -> type:  # for isinstance
        return type(self._real)

    def __getattr__(self, name: str) -> Any:
        owner: Any = type(self._real)
        computed = getattr(owner, name, None)
        if isinstance(computed, property) and computed.fget is not None:
            return computed.fget(self)
        if isinstance(computed, types.FunctionType):
            return types.MethodType(computed, self)
        kind = kinds(owner).get(name)
        path = (*self._path, name)
        if kind is None or kind.opaque:
            self._refuse()
        if path not in self._trace.known:
            self._trace.known[path] = self._read(getattr(self._real, name), path, typing.cast(Kind, kind))
        return self._trace.known[path]

    def _read(self, value: Any, path: Path, kind: "Kind") -> Any:
        if kind.told:
            self._trace.reads[path] = kind
        many = len(value) if kind.many and value is not None else 0
        if len(self._trace.reads) + many > DEEPEST:
            self._trace.cut = True
            raise CannotWatchError
        if value is None or not (kind.one or kind.many):
            return value
        if kind.one:
            return Watched(value, path, self._trace)
        return tuple(Watched(item, (*path, place), self._trace) for place, item in enumerate(value))

    def _refuse(self, *_: Any) -> Any:
        self._trace.failed = True
        raise CannotWatchError

    __eq__ = __ne__ = __lt__ = __gt__ = __bool__ = __len__ = __iter__ = _refuse
    __hash__ = __contains__ = __getitem__ = __call__ = __repr__ = __str__ = __format__ = _refuse


class Kind(typing.NamedTuple):
    """What an attribute holds: one object (`one`), a tuple of objects (`many`), a mapping, something opaque, or a plain value.

    `optional` tells that it may be None. Of objects the value that a tree branches by is whether it is there, or how many are.
    """

    one: bool = False
    many: bool = False
    mapping: bool = False
    opaque: bool = False
    optional: bool = False

    @property
    def told(self) -> bool:
        """Whether reading the attribute tells a rule anything: an object that is always there tells nothing by itself."""
        return not self.one or self.optional


@cache
def kinds(owner: type) -> dict[str, Kind]:
    """The kinds of the attributes of a dataclass, by their annotations."""
    return {name: _kind(annotation) for name, annotation in typing.get_type_hints(owner).items()}


def _kind(annotation: Any) -> Kind:
    parts = typing.get_args(annotation) if isinstance(annotation, types.UnionType) else (annotation,)
    optional = type(None) in parts
    rest = [part for part in parts if part is not type(None)]
    if len(rest) != 1:
        return Kind(opaque=True)
    (only,) = rest
    origin, arguments = typing.get_origin(only), typing.get_args(only)
    if is_dataclass(only):
        return Kind(one=True, optional=optional)
    if origin is tuple and is_dataclass(arguments[0]) and arguments[1:] == (...,):
        return Kind(many=True, optional=optional)
    if isinstance(origin, type) and issubclass(origin, Mapping) and set(arguments) <= PLAIN:
        return Kind(mapping=True, optional=optional)
    plain = only in PLAIN or (origin is tuple and set(arguments) <= PLAIN | {...})
    return Kind(optional=optional) if plain else Kind(opaque=True)


@cache
def getter_of(path: Path, kind: Kind) -> Getter:
    """What a tree branches by at a path: a function of the case."""
    read = _reader(path)
    if kind.one:
        return lambda case: read(case) is None
    if kind.many:
        return lambda case: None if (value := read(case)) is None else len(value)
    if kind.mapping:
        return lambda case: None if (value := read(case)) is None else tuple(value.items())
    return read


def _reader(path: Path) -> Getter:
    steps: list[Getter] = []
    names: list[str] = []
    for step in path:
        if isinstance(step, int):
            steps += [attrgetter(".".join(names)), _item(step)]
            names = []
        else:
            names.append(step)
    if names:
        steps.append(attrgetter(".".join(names)))
    if len(steps) == 1:
        return steps[0]

    def read(case: Any) -> Any:
        for step in steps:
            case = step(case)
        return case

    return read


def _item(place: int) -> Getter:
    return lambda value: value[place]

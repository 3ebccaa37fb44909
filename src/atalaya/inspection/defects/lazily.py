"""What is found of a thing when it is first asked for, and kept with it.

As `functools.cached_property`, which before Python 3.12 takes a lock each time: a view of a small table has forty of them.
"""

from collections.abc import Callable
from typing import Any, Generic, Self, TypeVar, overload

Found = TypeVar("Found")


class lazily(Generic[Found]):  # noqa: N801 - used as a decorator, like `property`
    """A method as an attribute that is computed once for each instance, which must have a `__dict__`."""

    def __init__(self, find: Callable[[Any], Found]) -> None:
        self._find = find
        self._name = find.__name__
        self.__doc__ = find.__doc__

    @overload
    def __get__(self, instance: None, owner: type) -> Self: ...

    @overload
    def __get__(self, instance: object, owner: type) -> Found: ...

    def __get__(self, instance: object | None, owner: type) -> "Self | Found":
        """The value; it takes this attribute's place in the instance."""
        if instance is None:
            return self
        found = instance.__dict__[self._name] = self._find(instance)
        return found

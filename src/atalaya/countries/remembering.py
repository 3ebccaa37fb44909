"""What an index found before, kept with the index: it goes when the index goes.

A cache of a function would hold every index that it was ever asked with, and a process that runs round after round makes one
for each.
"""

from collections.abc import Callable
from typing import Final, TypeVar

Key = TypeVar("Key")
Found = TypeVar("Found")

REMEMBERED: Final = 8192
"""Texts of one index whose result is kept; a national catalogue has some hundred publishers."""


def remembered(found: dict[Key, Found], key: Key, find: Callable[[], Found]) -> Found:
    """What `find` gives for a key, asked once; where too much is remembered all of it is forgotten."""
    known = found.get(key)
    if known is None:
        if len(found) >= REMEMBERED:
            found.clear()
        known = found[key] = find()
    return known

"""Themes as records declare them, where they stand in a vocabulary that others know too.

The table is `data/vocabularies/themes.yml`; its head says where each fact comes from. A word of a catalogue's own list of
groups is none of them: whether it is such a group only its catalogue can tell.
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache
from importlib import resources

from atalaya.catalogue.folding import fold
from atalaya.yamls import load_yaml

REMEMBERED = 4096
"""Texts kept with their reading: catalogues repeat a few of them many times."""

_SCHEME = re.compile(r"^https?://(?:www\.)?", re.IGNORECASE)


class Theme(StrEnum):
    """`known` stands in a vocabulary, `own` is any other word or address, `nothing` says that nothing was chosen."""

    KNOWN = "known"
    OWN = "own"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class _Table:
    words: frozenset[str]
    spaces: tuple[str, ...]
    nothing: frozenset[str]


@lru_cache(maxsize=REMEMBERED)
def read_theme(text: str | None) -> Theme:
    """How a declared theme is to be taken.

    >>> read_theme("ECON").value, read_theme("Economía y finanzas").value, read_theme("Nuestra ciudad").value
    ('known', 'known', 'own')
    """
    written, table = (text or "").strip(), _table()
    folded = fold(written)
    if not folded or folded in table.nothing:
        return Theme.NOTHING
    bare = _SCHEME.sub("", written).lower()
    return Theme.KNOWN if folded in table.words or bare.startswith(table.spaces) else Theme.OWN


@cache
def _table() -> _Table:
    place = resources.files("atalaya").joinpath("data", "vocabularies", "themes.yml")
    read = load_yaml(place.read_text(encoding="utf-8"))
    words = [word for row in read["themes"] for word in (row["id"], *row["words"])]
    return _Table(
        words=frozenset(fold(word) for word in (*words, *read["topics"])),
        spaces=tuple(read["spaces"]),
        nothing=frozenset(fold(word) for word in read["nothing"]),
    )

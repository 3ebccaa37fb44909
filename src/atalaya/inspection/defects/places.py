"""The territorial divisions of a country, made ready to find them by code and by name."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

from atalaya.catalogue.folding import fold
from atalaya.countries.pack import Division

Meant = frozenset[str] | None
"""Codes of the divisions that a text may mean; None where it is not known."""
Form = Callable[[str], Meant]
"""A way in which codes of one level are written: from a text to the division that it means."""
_LEAST_SUFFIX = 3
"""Digits of codes that may stand behind others: of shorter ones every number ends so."""


@dataclass(frozen=True, slots=True, eq=False)
class Places:
    """Divisions by level: codes without leading zeros, names (folded, variants too, also without words for kinds of
    place), and the
    ways in which their codes are written, the smallest divisions first."""

    coded: Mapping[int, Mapping[str, frozenset[str]]]
    names: Mapping[int, Mapping[str, frozenset[str]]]
    spellings: Mapping[str, tuple[str, ...]]
    """Folded names and variants of a division by its code."""
    parents: Mapping[str, str | None]
    levels: Mapping[str, int]
    forms: Sequence[tuple[int, Form]]
    dropped: frozenset[str] = frozenset()
    _folded: dict[str, str] = field(default_factory=dict, repr=False)
    _inside: dict[int, dict[Meant, Meant]] = field(default_factory=dict, repr=False)

    def key(self, text: str) -> str:
        """A name as it is looked up: folded, without leading words such as *municipality of*."""
        found = self._folded.get(text)
        if found is None:
            if len(self._folded) > _REMEMBERED:
                self._folded.clear()
            found = self._folded[text] = _trimmed(fold(text), self.dropped)
        return found

    def inside(self, codes: Iterable[Meant], level: int) -> list[Meant]:
        """The divisions of a level in which some divisions lie, for each of several; None of None."""
        known = self._inside.setdefault(level, {None: None})
        return [known[each] if each in known else self._lies(each, level, known) for each in codes]

    def _lies(self, codes: Meant, level: int, known: dict[Meant, Meant]) -> Meant:
        found = (self._outer(code, level) for code in codes or ())
        known[codes] = frozenset(code for code in found if code is not None)
        return known[codes]

    def _outer(self, code: str | None, level: int) -> str | None:
        while code is not None and self.levels[code] > level:
            code = self.parents[code]
        return code


_REMEMBERED = 20_000
"""Names that are remembered; more come from tables that are not about places."""


def places_of(divisions: Iterable[Division], place_words: Iterable[str] = ()) -> Places:
    """The divisions of a pack made ready; `place_words` say what kind of place a name is of."""
    dropped = frozenset(word for phrase in place_words for word in fold(phrase).split())
    listed = list(divisions)
    levels = {division.code: division.level for division in listed}
    coded: dict[int, dict[str, frozenset[str]]] = {}
    named: dict[int, dict[str, set[str]]] = {}
    spellings: dict[str, tuple[str, ...]] = {}
    for division in listed:
        coded.setdefault(division.level, {})[division.code.lstrip("0")] = frozenset({division.code})
        forms = tuple(dict.fromkeys(fold(name) for name in (division.name, *division.names)))
        spellings[division.code] = forms
        for form in forms:
            for name in {form, _trimmed(form, dropped)}:
                named.setdefault(division.level, {}).setdefault(name, set()).add(division.code)
    names = {level: {name: frozenset(codes) for name, codes in found.items()} for level, found in named.items()}
    parents = {
        each.code: each.parent if levels.get(each.parent or "", each.level) < each.level else None for each in listed
    }
    widths = {level: max(len(code) for code in levels if levels[code] == level) for level in coded}
    written = [(level, form) for level in sorted(coded, reverse=True) for form in _forms(coded[level], level, widths)]
    return Places(coded, names, spellings, parents, levels, written, dropped)


def _forms(known: Mapping[str, frozenset[str]], level: int, widths: Mapping[int, int]) -> list[Form]:
    """As they are; filled up with zeros to the length of the level below; behind other digits."""
    width = widths[level]
    forms: list[Form] = [partial(_plain, known)]
    fill = widths.get(level + 1, width) - width
    if fill > 0:
        forms.append(partial(_filled_up, known, fill))
    if width >= _LEAST_SUFFIX:
        forms.append(partial(_behind, known, width))
    return forms


def _plain(known: Mapping[str, frozenset[str]], text: str) -> Meant:
    return known.get(text.lstrip("0"))


def _filled_up(known: Mapping[str, frozenset[str]], fill: int, text: str) -> Meant:
    return _plain(known, text[:-fill]) if text.endswith("0" * fill) else None


def _behind(known: Mapping[str, frozenset[str]], width: int, text: str) -> Meant:
    return _plain(known, text[-width:]) if len(text) > width else None


def _trimmed(folded: str, dropped: frozenset[str]) -> str:
    words = folded.split()
    start = next((place for place, word in enumerate(words) if word not in dropped), 0)
    return " ".join(words[start:])

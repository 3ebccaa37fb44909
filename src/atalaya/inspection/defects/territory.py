"""Rows whose codes and names of places contradict each other, by the divisions of a country."""

import difflib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from atalaya.inspection.defects import roles
from atalaya.inspection.defects.places import Meant, Places
from atalaya.inspection.defects.view import ColumnView, TableView

LEAST_PLACES = 5
KNOWN_CODES = 0.9
KNOWN_NAMES = 0.6
AGREES = 0.9
"""Shares of the different texts of a column that must be codes or names of one level, and of the pairs of two columns that must
agree (but for one): only then is the column what it seems, and the rest a contradiction."""
_LIKE = 0.75
"""Likeness (difflib ratio) from which two names are spellings of one."""
_LONGEST = 60
_MOST_DISTINCT = 5_000
_TRIED = 8
"""Texts of a column by which it is told whether it may hold places at all."""


@dataclass(frozen=True, slots=True)
class _Read:
    """A column of places of one level, with what each of its texts means, by number of the text."""

    column: ColumnView
    level: int
    meant: Sequence[Meant]
    is_code: bool


def contradictions(view: TableView) -> dict[int, tuple[ColumnView, ...]]:
    """The rows (from 0) that contradict themselves, each with the columns that do; one stands there for each contradiction.

    All columns are compared with the one that says most; where they agree with it, they agree with each other.
    """
    places = view.knowledge.places
    if places is None or view.rows < LEAST_PLACES:
        return {}
    read = list(_read(view, places))
    found: dict[int, list[ColumnView]] = {}
    if len(read) < 2:
        return {}
    first = min(read, key=lambda each: (-each.level, not each.is_code))
    for other in read:
        if other is not first:
            _compare(first, other, places, found)
    if not found:
        return {}
    for one, other in combinations(read, 2):
        if first not in (one, other):
            _compare(one, other, places, found)
    return {row: tuple(columns) for row, columns in found.items()}


def _read(view: TableView, places: Places) -> Iterator[_Read]:
    for column in view.columns:
        texts = column.texts
        if column.kind not in ("integer", "text") or not 2 <= len(texts) <= _MOST_DISTINCT or roles.is_year(column):
            continue
        tried = [text for text in texts[:: -(-len(texts) // _TRIED)] if text and len(text) <= _LONGEST]
        if 2 * sum(map(str.isdecimal, tried)) > len(tried):
            read = _as_codes(column, places, tried)
        else:
            read = _as_names(column, places, tried)
        if read is not None:
            yield read


def _as_codes(column: ColumnView, places: Places, tried: Sequence[str]) -> _Read | None:
    for level, form in places.forms:
        if form(tried[0]) is None and form(tried[-1]) is None:
            continue
        if 2 * sum(form(text) is not None for text in tried) < len(tried):
            continue
        meant = [form(text) for text in column.texts]
        known = len(meant) - meant.count(None)
        enough = min(KNOWN_CODES * column.distinct, max(LEAST_PLACES, column.distinct - 1))
        if known >= min(LEAST_PLACES, len(places.coded[level])) and known >= enough:
            return _Read(column, level, meant, is_code=True)
    return None


def _as_names(column: ColumnView, places: Places, tried: Sequence[str]) -> _Read | None:
    if column.kind != "text" or not any(places.key(text) in known for text in tried for known in places.names.values()):
        return None
    keys = [places.key(text) if len(text) <= _LONGEST else "" for text in column.texts]
    level = max(places.names, key=lambda level: (sum(map(places.names[level].__contains__, keys)), level))
    known = places.names[level]
    meant = list(map(known.get, keys))
    count = len(meant) - meant.count(None)
    if count >= min(LEAST_PLACES, len(places.coded[level])) and count >= KNOWN_NAMES * column.distinct:
        return _Read(column, level, meant, is_code=False)
    return None


def _compare(one: _Read, other: _Read, places: Places, found: dict[int, list[ColumnView]]) -> None:
    """Add the rows in which two columns contradict each other, where in most they agree."""
    if one.level == other.level and not (one.is_code or other.is_code):
        return
    inner, outer = sorted((one, other), key=lambda each: -each.level)
    meant = places.inside(inner.meant, outer.level) if inner.level != outer.level else inner.meant
    pairs = list(set(zip(inner.column.codes, outer.column.codes, strict=True)))
    right, wrong = 0, set()
    for pair in pairs:
        ones, others = meant[pair[0]], outer.meant[pair[1]]
        if ones is not None and others is not None:
            if ones.isdisjoint(others):
                wrong.add(pair)
            else:
                right += 1
        elif _is_unknown_code(inner, outer, pair):
            wrong.add(pair)
    if right < LEAST_PLACES or (len(wrong) > 1 and right < AGREES * (right + len(wrong))):
        return
    wrong = {pair for pair in wrong if not _alike(inner, outer, pair, places)}
    if not wrong:
        return
    for row, pair in enumerate(zip(inner.column.codes, outer.column.codes, strict=True)):
        if pair in wrong:
            unknown = _is_unknown_code(inner, outer, pair)
            accused = (
                (inner.column, outer.column) if not unknown else (inner.column if inner.is_code else outer.column,)
            )
            found.setdefault(row, []).extend(accused)


def _is_unknown_code(inner: _Read, outer: _Read, pair: tuple[int, int]) -> bool:
    """Whether a code that nobody has stands beside a known name of its level."""
    if inner.level != outer.level or inner.is_code == outer.is_code:
        return False
    (code, at), (name, text) = sorted(((inner, pair[0]), (outer, pair[1])), key=lambda each: not each[0].is_code)
    return code.meant[at] is None and name.meant[text] is not None and at not in code.column.missing


def _alike(inner: _Read, outer: _Read, pair: tuple[int, int], places: Places) -> bool:
    """Whether the name is another spelling of one that the code has."""
    if inner.level != outer.level or inner.is_code == outer.is_code:
        return False
    (code, at), (name, text) = sorted(((inner, pair[0]), (outer, pair[1])), key=lambda each: not each[0].is_code)
    key = places.key(name.column.texts[text])
    spellings = [spelling for one in code.meant[at] or () for spelling in places.spellings[one]]
    return any(_same(key, spelling) for spelling in spellings)


def _same(one: str, other: str) -> bool:
    first, second = set(one.split()), set(other.split())
    return first <= second or second <= first or difflib.SequenceMatcher(None, one, other).ratio() >= _LIKE

"""Columns of two versions: which are the same, which were renamed, moved or made another type, which came and which went."""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from atalaya.inspection.defects.roles import folded
from atalaya.inspection.versions.cells import Pair, Side, pair_of
from atalaya.inspection.versions.keys import infer_key
from atalaya.inspection.versions.rows import match_rows

LEAST_LIKENESS = 0.6
"""How alike the cells of two columns of different names must be to be one column: 1 where all are, 0 where they agree as often as
by chance."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnChange:
    """One change of the columns. `code` is added, removed, renamed, moved or retyped; positions count from 1, and are None, as
    name and kind are, in the version that lacks the column. `likeness` is that of the cells, where those told that it was
    renamed."""

    code: str
    old: int | None = None
    new: int | None = None
    old_name: str | None = None
    new_name: str | None = None
    old_kind: str | None = None
    new_kind: str | None = None
    likeness: float | None = None


def pair_columns(old: Sequence[Side], new: Sequence[Side], rows: tuple[int, int]) -> tuple[Pair, ...]:
    """The columns that both versions have, in the order of the new one: by name first, then by what their cells hold."""
    pairs = [*_by_name(old, new, lambda side: side.name)]
    pairs += _by_name(_rest(old, pairs, 0), _rest(new, pairs, 1), lambda side: folded(side.name))
    for like in (_likeness_by_rows, _likeness_by_counts):
        pairs += _by_likeness(_rest(old, pairs, 0), _rest(new, pairs, 1), like(pairs, rows))
    left = {side.place: side for side in _rest(old, pairs, 0)}
    pairs += [
        pair_of(left[side.place], side)
        for side in _rest(new, pairs, 1)
        if side.place in left and not side.name and not left[side.place].name
    ]
    return tuple(sorted(pairs, key=lambda pair: pair.places[1]))


def column_changes(old: Sequence[Side], new: Sequence[Side], pairs: Sequence[Pair]) -> tuple[ColumnChange, ...]:
    """What changed in the columns, by kind of change and position."""
    found = [
        ColumnChange(code="removed", old=side.place + 1, old_name=side.name, old_kind=side.kind)
        for side in _rest(old, pairs, 0)
    ]
    found += [
        ColumnChange(code="added", new=side.place + 1, new_name=side.name, new_kind=side.kind)
        for side in _rest(new, pairs, 1)
    ]
    found += [_change("renamed", pair) for pair in pairs if pair.old.name != pair.new.name]
    found += [_change("moved", pair) for pair in _moved(pairs)]
    found += [_change("retyped", pair) for pair in pairs if len({*pair.kinds} - {"empty"}) > 1]
    return tuple(found)


def _change(code: str, pair: Pair) -> ColumnChange:
    return ColumnChange(
        code=code,
        old=pair.old.place + 1,
        new=pair.new.place + 1,
        old_name=pair.old.name,
        new_name=pair.new.name,
        old_kind=pair.old.kind,
        new_kind=pair.new.kind,
        likeness=pair.likeness if code == "renamed" else None,
    )


def _rest(sides: Sequence[Side], pairs: Iterable[Pair], version: int) -> list[Side]:
    taken = {pair.places[version] for pair in pairs}
    return [side for side in sides if side.place not in taken]


def _by_name(old: Sequence[Side], new: Sequence[Side], name: Callable[[Side], str]) -> list[Pair]:
    """Columns of the same name; of several of one name the first with the first, and so on."""
    waiting: dict[str, list[Side]] = defaultdict(list)
    for side in reversed(old):
        waiting[name(side)].append(side)
    return [pair_of(waiting[name(side)].pop(), side) for side in new if name(side) and waiting[name(side)]]


Likeness = Callable[[Pair], float]


def _by_likeness(old: Sequence[Side], new: Sequence[Side], like: Likeness | None) -> list[Pair]:
    """Columns that are each other's likest."""
    if like is None or not old or not new:
        return []
    measured = [(like(pair_of(one, other)), one.place, other.place) for one in old for other in new]
    sides = ({side.place: side for side in old}, {side.place: side for side in new})
    found: list[Pair] = []
    taken: tuple[set[int], set[int]] = (set(), set())
    for likeness, one, other in sorted(measured, key=lambda each: (-each[0], abs(each[1] - each[2]), each[1:])):
        if likeness >= LEAST_LIKENESS and one not in taken[0] and other not in taken[1]:
            taken[0].add(one)
            taken[1].add(other)
            found.append(pair_of(sides[0][one], sides[1][other], round(likeness, 4)))
    return found


def _likeness_by_rows(pairs: Sequence[Pair], rows: tuple[int, int]) -> Likeness | None:
    """How often the cells agree in rows that have the same key, beyond what chance does; None where there is no key."""
    key = infer_key(pairs, rows)
    if key is None:
        return None
    matched = match_rows(pairs, key, rows).matched
    return (lambda pair: _beyond_chance(pair, matched)) if matched else None


def _beyond_chance(pair: Pair, matched: Sequence[tuple[int, int]]) -> float:
    """Cohen's kappa of the cells (J. Cohen, A coefficient of agreement for nominal scales, 1960)."""
    before, after = [pair.before[old] for old, _ in matched], [pair.after[new] for _, new in matched]
    number = len(matched)
    agree = max(sum(map(int.__eq__, before, after)), _nearly_equal(pair, matched)) / number
    counts = Counter(after)
    chance = sum(count * counts[value] for value, count in Counter(before).items()) / number**2
    return (agree - chance) / (1 - chance) if chance < 1 else 0.0


def _nearly_equal(pair: Pair, matched: Sequence[tuple[int, int]]) -> int:
    """In how many rows the figures differ by no more than rounding does; 0 where they are too few to tell columns apart."""
    if not pair.is_numeric or min(len(set(pair.before)), len(set(pair.after))) < _MANY:
        return 0
    sides = ((pair.old.values.texts, False), (pair.new.values.texts, True))
    figures = [[pair.figure(text, after=after) for text in texts] for texts, after in sides]
    codes = pair.old.values.codes, pair.new.values.codes
    found = 0
    for old, new in matched:
        one, other = figures[0][codes[0][old]], figures[1][codes[1][new]]
        found += (
            one == other if one is None or other is None else abs(one - other) <= ROUNDING * max(abs(one), abs(other))
        )
    return found


def _likeness_by_counts(_pairs: Sequence[Pair], _rows: tuple[int, int]) -> Likeness:
    """How many of their cells two columns have in common, whatever the rows, where the cells can tell columns apart at all."""

    def like(pair: Pair) -> float:
        before, after = Counter(pair.before), Counter(pair.after)
        if min(len(before), len(after)) <= _FEW:
            return 0.0
        return (before & after).total() / (before | after).total()

    return like


ROUNDING = 0.002
"""Share of a figure by which rounding to three digits and more may change it."""
_MANY = 20
"""Different figures from which two columns hardly agree by chance."""
_FEW = 3
"""Different values that columns share by chance: yes, no, and nothing."""


def _moved(pairs: Sequence[Pair]) -> list[Pair]:
    """The fewest columns that must be moved to bring those of the old version into the order of the new one."""
    ends: list[int] = []
    lengths = []
    for pair in pairs:
        at = bisect_left(ends, pair.places[0])
        ends[at : at + 1] = [pair.places[0]]
        lengths.append(at + 1)
    wanted = len(ends)
    stay: set[int] = set()
    for pair, length in zip(reversed(pairs), reversed(lengths), strict=True):
        if length == wanted and (not stay or pair.places[0] < min(stay)):
            stay.add(pair.places[0])
            wanted -= 1
    return [pair for pair in pairs if pair.places[0] not in stay]

"""Searches a table for columns that other columns make: as their sum, or as their product.

Two rows with many values tell which columns could; other rows, then all, tell which do.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import reduce
from itertools import islice

import pyarrow as pa
import pyarrow.compute as pc

from atalaya.inspection.defects.view import ColumnView, TableView

HOLDS = 0.98
"""Share of the rows in which an identity must hold: what holds in fewer is none."""
LEAST_ROWS = 20
"""Rows with something to add in which an identity must hold."""
_POOL, _TESTED, _SEEDS, _PASSED = 32, 8, 2, 6
"""Rows that are looked at for values, those of them with the most, those from which columns are guessed, and those that a guess
must fit."""
_ALL_PAIRS = 64
_NEAR = 12
"""Columns up to which every pair is tried; of more, those at most so far apart."""
_STRIDES = (1, 2, 3)
_MOVING = 0.8
"""Share of the parts that are not the same in all rows: what never changes belongs to no sum."""
_MOST_ALIKE = 4
_MOST_GUESSES = 1_000
_LONGEST_RUN = 120
Guess = tuple[int, tuple[int, ...], float | None]
_SCALES = (1.0, 100.0)
_PRECISION = 1e-12
"""Of a value, what adding up binary fractions may be off."""
LEAST_VARIED = 10
"""Different totals among the rows that hold an identity: of fewer, chance or a constant may make it."""
_REMAINDER = 0.9
"""Share of the rows that break a sum whose difference another column must make, to be a part of it."""


@dataclass(frozen=True, slots=True)
class Identity:
    """Columns of which one is made of the others: a sum, or the product of two over `scale`."""

    total: ColumnView
    parts: tuple[ColumnView, ...]
    scale: float | None = None
    declared: bool = False

    @property
    def told(self) -> str:
        """As a formula of letters of columns."""
        names = [part.letters for part in self.parts]
        if self.scale is None:
            made = " + ".join(names) if len(names) <= 4 else f"{names[0]} + {names[1]} + … + {names[-1]}"
        else:
            made = " × ".join(names) + (f" / {self.scale:g}" if self.scale != 1 else "")
        return f"{made} = {self.total.letters}"


@dataclass(frozen=True, slots=True)
class Checked:
    """An identity over all rows: those that break it (from 0), how many hold it with something to add, and with how
    many different
    totals."""

    identity: Identity
    broken: tuple[int, ...]
    holds: int
    varied: int


def find_identities(view: TableView) -> list[Checked]:
    """The identities that hold in nearly all rows, each with the rows that break it."""
    columns = view.measures
    if len(columns) < 3 or view.rows < LEAST_ROWS:
        return []
    rows = _rich_rows(view, columns)
    numbers = [[column.numbers[column.codes[row]] for column in columns] for row in rows]
    guesses: dict[Guess, None] = {}
    for values in numbers[:_SEEDS]:
        guesses.update(dict.fromkeys(islice(_guesses(values), _MOST_GUESSES)))
    found = []
    for total, parts, scale in guesses:
        identity = Identity(columns[total], tuple(columns[part] for part in parts), scale)
        if sum(part.distinct > 1 for part in identity.parts) < _MOVING * len(parts):
            continue
        allowed = _Allowance(identity)
        if _fits(allowed, total, parts, numbers):
            checked = check(view, identity)
            if checked is not None:
                found.append(checked)
    return _best(found)


def _rich_rows(view: TableView, columns: Sequence[ColumnView]) -> list[int]:
    """Rows in which many columns hold a number other than zero."""
    pool = range(0, view.rows, max(1, view.rows // _POOL))
    filled = dict.fromkeys(pool, 0)
    for column in columns:
        codes, numbers = column.codes, column.numbers
        for row in pool:
            value = numbers[codes[row]]
            if value > 0 or value < 0:
                filled[row] += 1
    return sorted(pool, key=lambda row: (-filled[row], row))[:_TESTED]


def _guesses(values: Sequence[float]) -> Iterator[Guess]:
    """Columns of which one could be made of others in this row: total, parts, and the scale of a product."""
    filled = [(place, value) for place, value in enumerate(values) if value > 0 or value < 0]
    if len(filled) < 3:
        return
    like = _Alike(filled)
    near = len(values) if len(values) <= _ALL_PAIRS else _NEAR
    for at, (first, one) in enumerate(filled):
        for second, other in filled[at + 1 :]:
            if second - first > near:
                break
            total, product = one + other, one * other
            if like.low <= total <= like.high:
                for place in like(total, _slack(total, 3)):
                    if place not in (first, second):
                        yield place, (first, second), None
            for scale in _SCALES:
                if like.low <= product / scale <= like.high:
                    for place in like(product / scale, 0.001 * abs(product / scale)):
                        if place not in (first, second):
                            yield place, (first, second), scale
    yield from _runs(values, like) if len(values) <= _ALL_PAIRS else _runs_beside(values)


class _Alike:
    """Places of the values of a row that are like a value."""

    def __init__(self, filled: Iterable[tuple[int, float]]) -> None:
        self._placed = sorted((value, place) for place, value in filled)
        self._ordered = [value for value, _ in self._placed]
        self.low = self._ordered[0] - 0.01 * abs(self._ordered[0])
        self.high = self._ordered[-1] + 0.01 * abs(self._ordered[-1])

    def __call__(self, value: float, slack: float) -> list[int]:
        """The places of values within a slack; none where they are many, since any sum meets one of them."""
        start = bisect_left(self._ordered, value - slack)
        end = start
        most = min(len(self._ordered), start + _MOST_ALIKE + 1)
        while end < most and self._ordered[end] <= value + slack:
            end += 1
        return [place for _, place in self._placed[start:end]] if end - start <= _MOST_ALIKE else []


def _runs(values: Sequence[float], like: _Alike) -> Iterator[Guess]:
    """Sums of three and more columns that stand beside each other, or at every second or third place."""
    width = len(values)
    for stride in _STRIDES:
        for start in range(width - 2 * stride):
            total = 0.0
            for count, place in enumerate(range(start, width, stride), 1):
                value = values[place]
                if value != value or not value:
                    continue
                total += value
                if count >= 3 and like.low <= total <= like.high:
                    for found in like(total, _slack(total, count + 1)):
                        parts = tuple(range(start, place + 1, stride))
                        if found not in parts:
                            yield found, parts, None


def _runs_beside(values: Sequence[float]) -> Iterator[Guess]:
    """The same in wide tables: only sums that stand right behind or right before their total."""
    for place, whole in enumerate(values):
        if whole != whole or not whole:
            continue
        for step in (1, -1):
            total = 0.0
            for count in range(1, _LONGEST_RUN + 1):
                at = place + step * count
                if not 0 <= at < len(values):
                    break
                value = values[at]
                if value != value or not value:
                    continue
                total += value
                if count >= 3 and abs(total - whole) <= _slack(total, count + 1):
                    yield place, tuple(sorted(range(place + step, at + step, step))), None


def _slack(total: float, terms: int) -> float:
    """What rounding to hundredths may add up to in a row whose decimals are not known yet."""
    whole = total.is_integer()
    return _PRECISION * abs(total) + 1e-6 if whole else max(0.005 * terms, _PRECISION * abs(total))


class _Allowance:
    """By how much the two sides of an identity may differ, as its columns are rounded."""

    def __init__(self, identity: Identity) -> None:
        self.identity = identity
        columns = (*identity.parts, identity.total)
        self.steps = [0.5 * 10.0**-column.decimals for column in columns]
        exact = identity.scale is None and not any(column.decimals for column in columns)
        self.rounding = 0.25 if exact else sum(self.steps)

    def holds(self, parts: Sequence[float], total: float) -> bool | None:
        """Whether it holds in a row; None where a value is missing or nothing is added."""
        if self.identity.scale is None:
            known = [part for part in parts if part == part]
            if total != total or sum(part != 0 for part in known) < 2:
                return None
            right = abs(sum(known) - total) <= self.rounding + _PRECISION * abs(total)
            return right if right or len(known) == len(parts) else None
        one, other = parts
        if one != one or other != other or total != total or not one or not other or not total:
            return None
        allowed = self.of_product(one, other)
        return abs(one * other / self.identity.scale - total) <= allowed if allowed < 0.2 * abs(total) else None

    def of_product(self, one: float, other: float) -> float:
        """What rounding the factors and the product of a row may make."""
        scale = self.identity.scale or 1.0
        first, second = self.identity.parts
        slack = abs(other) * self.steps[0] * (first.decimals > 0) + abs(one) * self.steps[1] * (second.decimals > 0)
        return self.steps[2] + slack / scale + _PRECISION * abs(one * other / scale)


def _fits(allowed: _Allowance, total: int, parts: tuple[int, ...], numbers: Sequence[Sequence[float]]) -> bool:
    verdicts = [allowed.holds([values[part] for part in parts], values[total]) for values in numbers]
    return verdicts.count(True) >= 2 and verdicts.count(False) <= _TESTED - _PASSED


def check(view: TableView, identity: Identity) -> Checked | None:
    """The identity over all rows; None where it does not hold in nearly all that have something to add."""
    checked = _check_sum(view, identity) if identity.scale is None else _check_product(identity)
    share = checked.holds / max(1, checked.holds + len(checked.broken))
    if identity.declared:
        return checked if share >= 0.5 else None
    return checked if share >= HOLDS and checked.holds >= LEAST_ROWS and checked.varied >= LEAST_VARIED else None


def _check_sum(view: TableView, identity: Identity) -> Checked:
    checked = _checked_sum(identity)
    if not checked.broken or identity.declared:
        return checked
    lacking = _lacking(view, checked)
    if lacking is None:
        return checked
    return _checked_sum(replace(identity, parts=(*identity.parts, lacking)))


def _checked_sum(identity: Identity) -> Checked:
    total = identity.total.values
    allowed = pc.add(pc.multiply(pc.abs(total), _PRECISION), _Allowance(identity).rounding)
    made = reduce(pc.add, (part.values for part in identity.parts))
    broken = pc.greater(pc.abs(pc.subtract(made, total)), allowed)
    if not pc.any(broken).as_py():
        return Checked(identity, (), len(total), len(total))
    known = [pc.if_else(pc.is_nan(part.values), 0.0, part.values) for part in identity.parts]
    right = pc.less_equal(pc.abs(pc.subtract(reduce(pc.add, known), total)), allowed)
    added = reduce(pc.add, (pc.cast(pc.not_equal(each, 0.0), pa.int32()) for each in known))
    full = pc.and_(right, pc.greater_equal(added, 2))
    return Checked(
        identity, tuple(pc.indices_nonzero(broken).to_pylist()), pc.sum(full).as_py() or 0, _varied(total, full)
    )


def _varied(total: pa.DoubleArray, holding: pa.BooleanArray) -> int:
    """Different totals in the rows that hold."""
    return int(pc.count_distinct(pc.filter(total, holding)).as_py())


def _lacking(view: TableView, checked: Checked) -> ColumnView | None:
    """The column that makes the difference in the rows that break a sum: a part that is zero in all others."""
    identity = checked.identity
    rows = checked.broken[:200]
    allowed = _Allowance(identity).rounding
    parts = [[part.numbers[part.codes[row]] for row in rows] for part in identity.parts]
    total = [identity.total.numbers[identity.total.codes[row]] for row in rows]
    missing = [whole - sum(each) for whole, each in zip(total, zip(*parts, strict=True), strict=True)]
    for column in view.measures:
        if column is identity.total or column in identity.parts:
            continue
        pairs = zip(rows, missing, strict=True)
        same = sum(
            abs(column.numbers[column.codes[row]] - lack) <= allowed + _PRECISION * abs(lack) for row, lack in pairs
        )
        if same >= _REMAINDER * len(rows):
            return column
    return None


def _check_product(identity: Identity) -> Checked:
    allowed = _Allowance(identity)
    one, other = identity.parts
    scale = identity.scale or 1.0
    total = identity.total.values
    product = pc.divide(pc.multiply(one.values, other.values), scale)
    slack = pc.add(
        pc.multiply(pc.abs(other.values), allowed.steps[0] * (one.decimals > 0)),
        pc.multiply(pc.abs(one.values), allowed.steps[1] * (other.decimals > 0)),
    )
    slack = pc.add(pc.add(pc.divide(slack, scale), allowed.steps[2]), pc.multiply(pc.abs(product), _PRECISION))
    plain = pc.less(slack, pc.multiply(pc.abs(total), 0.2))
    for column in (one, other, identity.total):
        plain = pc.and_(plain, pc.and_(pc.not_equal(column.values, 0.0), pc.not_equal(column.values, 1.0)))
        plain = pc.and_(plain, pc.not_equal(column.values, scale))
    near = pc.less_equal(pc.abs(pc.subtract(product, total)), slack)
    full = pc.and_(plain, near)
    broken = pc.and_not(pc.and_not(plain, near), pc.is_nan(product))
    return Checked(
        identity, tuple(pc.indices_nonzero(broken).to_pylist()), pc.sum(full).as_py() or 0, _varied(total, full)
    )


def _best(found: Iterable[Checked]) -> list[Checked]:
    """Of sums of one column whose parts hold each other, the one that fewest rows break; the shorter where they are equal."""
    kept: list[Checked] = []
    for each in sorted(found, key=lambda each: (len(each.broken), len(each.identity.parts))):
        parts = {part.position for part in each.identity.parts}
        if not any(_holds(one, each, parts) for one in kept):
            kept.append(each)
    return kept


def _holds(one: Checked, other: Checked, parts: set[int]) -> bool:
    if one.identity.total is not other.identity.total or (one.identity.scale is None) != (other.identity.scale is None):
        return False
    known = {part.position for part in one.identity.parts}
    return known <= parts or parts <= known

"""Rows of two versions: which are the same, which came, which went, and the cells that changed in those that stayed."""

from collections import Counter, defaultdict, deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from atalaya.inspection.frame import Frame
from atalaya.inspection.versions.cells import Pair, rows_as_numbers, says_nothing
from atalaya.inspection.versions.keys import Key


@dataclass(frozen=True, slots=True)
class Matching:
    """Rows by their places from 0: those in both versions, those only in the old one, those only in the new one."""

    matched: tuple[tuple[int, int], ...]
    removed: tuple[int, ...]
    added: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CellChange:
    """A cell that says something else: numbers of its rows as a person sees them, its position from 1 in each version, and texts.

    `code` is changed, filled (nothing stood there), emptied, or rounded (the same figure with fewer decimals).
    """

    code: str
    old_row: int
    new_row: int
    old_column: int
    new_column: int
    before: str
    after: str


def match_rows(pairs: Sequence[Pair], key: Key, rows: tuple[int, int]) -> Matching:
    """Rows that have the same key; of several that share one, those that are equal first, then those that agree most."""
    wanted = set(key.places)
    keys = [pair for pair in pairs if pair.places in wanted]
    before, after = (rows_as_numbers(keys, number, after=at == 1) for at, number in enumerate(rows))
    waiting: dict[tuple[int, ...], list[int]] = defaultdict(list)
    for row, value in enumerate(after):
        waiting[value].append(row)
    groups: dict[tuple[int, ...], list[int]] = defaultdict(list)
    for row, value in enumerate(before):
        groups[value].append(row)
    matched: list[tuple[int, int]] = []
    for value, olds in groups.items():
        news = waiting.get(value, [])
        matched += [(olds[0], news[0])] if len(olds) == len(news) == 1 else _in_group(pairs, olds, news)
    return _matching(matched, rows)


def match_equal_rows(pairs: Sequence[Pair], rows: tuple[int, int]) -> Matching:
    """Rows that are equal in every column, each with one other: all that can be said without a key."""
    waiting: dict[tuple[int, ...], deque[int]] = defaultdict(deque)
    for row, cells in enumerate(rows_as_numbers(pairs, rows[1], after=True)):
        waiting[cells].append(row)
    found = [
        (row, waiting[cells].popleft())
        for row, cells in enumerate(rows_as_numbers(pairs, rows[0], after=False))
        if waiting.get(cells)
    ]
    return _matching(found, rows)


def _matching(matched: Sequence[tuple[int, int]], rows: tuple[int, int]) -> Matching:
    olds, news = {old for old, _ in matched}, {new for _, new in matched}
    return Matching(
        tuple(sorted(matched)),
        tuple(row for row in range(rows[0]) if row not in olds),
        tuple(row for row in range(rows[1]) if row not in news),
    )


def _in_group(pairs: Sequence[Pair], olds: Sequence[int], news: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Pairs of rows that share one key."""
    if len(olds) * len(news) > _LARGE:
        yield from _equal_in_group(pairs, olds, news)
        return
    agreeing = sorted(
        (-sum(pair.before[old] == pair.after[new] for pair in pairs), old, new) for old in olds for new in news
    )
    taken: tuple[set[int], set[int]] = (set(), set())
    for _, old, new in agreeing:
        if old not in taken[0] and new not in taken[1]:
            taken[0].add(old)
            taken[1].add(new)
            yield old, new


_LARGE = 2_500
"""Pairs of rows of one key above which only equal ones are matched."""


def _equal_in_group(pairs: Sequence[Pair], olds: Sequence[int], news: Sequence[int]) -> Iterator[tuple[int, int]]:
    waiting: dict[tuple[int, ...], list[int]] = defaultdict(list)
    for new in reversed(news):
        waiting[tuple(pair.after[new] for pair in pairs)].append(new)
    for old in olds:
        cells = tuple(pair.before[old] for pair in pairs)
        if waiting.get(cells):
            yield old, waiting[cells].pop()


def cell_changes(old: Frame, new: Frame, pairs: Sequence[Pair], matching: Matching) -> Iterator[CellChange]:
    """Every cell that says something else in a row that both versions have, by row of the new version."""
    for before, after in sorted(matching.matched, key=lambda rows: rows[1]):
        for pair in pairs:
            if pair.before[before] != pair.after[after]:
                texts = pair.old.values[before], pair.new.values[after]
                yield CellChange(
                    code=_code(pair, *texts),
                    old_row=old.numbers[before],
                    new_row=new.numbers[after],
                    old_column=pair.old.place + 1,
                    new_column=pair.new.place + 1,
                    before=texts[0],
                    after=texts[1],
                )


def _code(pair: Pair, before: str, after: str) -> str:
    if says_nothing(before) or says_nothing(after):
        return "filled" if says_nothing(before) else "emptied"
    figures = pair.figure(before, after=False), pair.figure(after, after=True)
    if figures[0] is None or figures[1] is None:
        return "changed"
    decimals = len(after.strip().rpartition(pair.marks[1])[2]) if pair.marks[1] in after else 0
    off = abs(figures[0] - figures[1])
    return (
        "rounded"
        if off <= 0.5000001 * 10**-decimals and _has_more_decimals(before, pair.marks[0], decimals)
        else "changed"
    )


def _has_more_decimals(text: str, mark: str, decimals: int) -> bool:
    return mark in text and len(text.strip().rpartition(mark)[2]) > decimals


def respelled(pairs: Sequence[Pair], matching: Matching) -> tuple[tuple[int, int], ...]:
    """How many cells of each column (position in the new version) say the same in other signs, where any do."""
    found: Counter[int] = Counter()
    for pair in pairs:
        if list(pair.old.values.texts) == list(pair.new.values.texts):
            continue
        for before, after in matching.matched:
            if pair.before[before] == pair.after[after] and pair.old.values[before] != pair.new.values[after]:
                found[pair.new.place + 1] += 1
    return tuple(sorted(found.items()))

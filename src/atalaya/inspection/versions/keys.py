"""Which columns tell the rows of a table apart in both of its versions, and why it is they."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from atalaya.inspection.defects.roles import folded
from atalaya.inspection.defects.words import column_words
from atalaya.inspection.versions.cells import Pair, Side, rows_as_numbers

MOST_REPEATED = 0.02
"""Share of the rows that may share a key that is still meant to tell them apart; one row in any table."""
LEAST_SHARED = 0.3
"""Share of the rows of the smaller version whose key stands in the other one too: below, the versions have hardly a row in common
by it, and another key may be the right one."""
LEAST_ALIKE = 0.5
"""Share of the cells that must agree in rows that were matched by numbers which may only count the rows."""
MOST_COLUMNS = 5
"""Columns of a key that is made of several."""
_LOOKED = 10
"""Columns that may be part of such a key: those further right measure or describe."""
_LONGEST = 100
"""Mean characters of texts that name; longer ones describe."""

REASONS = {
    "named": "its name is that of a code, and no value repeats",
    "texts": "it holds texts, and no value repeats",
    "dates": "it holds dates, and no value repeats",
    "together": "together no values repeat, and none of these columns can be left out",
    "numbers": "it holds whole numbers, no value repeats, and the rest of the rows agrees",
}
"""Why columns were taken as a key: code → English sentence."""


@dataclass(frozen=True, slots=True)
class Key:
    """Columns that tell rows apart: their places from 0 in each version, and a code of `REASONS`. `repeated` counts the rows of
    each version that share their key with another."""

    places: tuple[tuple[int, int], ...]
    reason: str
    repeated: tuple[int, int]


@dataclass(frozen=True, slots=True)
class _Candidate:
    pairs: tuple[Pair, ...]
    reason: str
    verified: bool = False
    """Whether the rest of the rows must agree."""


def infer_key(pairs: Sequence[Pair], rows: tuple[int, int]) -> Key | None:
    """The first key, from the surest on, by which the versions have rows in common; else the first key at all, else None."""
    first: Key | None = None
    for candidate in _candidates(pairs, rows):
        before = rows_as_numbers(candidate.pairs, rows[0], after=False)
        after = rows_as_numbers(candidate.pairs, rows[1], after=True)
        repeated = (_repeated(before), _repeated(after))
        if not all(_few(number, all_) for number, all_ in zip(repeated, rows, strict=True)):
            continue
        if candidate.verified and not _agrees(candidate, pairs, before, after):
            continue
        key = Key(tuple(pair.places for pair in candidate.pairs), candidate.reason, repeated)
        if len(set(before) & set(after)) >= LEAST_SHARED * min(rows):
            return key
        first = first or (None if candidate.verified else key)
    return first


def _candidates(pairs: Sequence[Pair], rows: tuple[int, int]) -> Iterator[_Candidate]:
    filled = [pair for pair in pairs if not pair.old.is_empty and not pair.new.is_empty]
    running = [pair for pair in filled if _is_running(pair)]
    named = [pair for pair in filled if _is_key_named(pair)]
    for pair in named:
        if pair not in running:
            yield _Candidate((pair,), "named")
    for pair in filled:
        if pair.kinds == ("text", "text") and pair not in named:
            yield _Candidate((pair,), "texts")
    for pair in filled:
        if pair.kinds == ("date", "date"):
            yield _Candidate((pair,), "dates")
    together = _together([pair for pair in filled if _is_label(pair) and pair not in running][:_LOOKED], rows)
    if len(together) > 1:
        yield _Candidate(together, "together")
    for pair in filled:
        if pair.kinds == ("integer", "integer") and pair not in named:
            yield _Candidate((pair,), "numbers", verified=True)
    for pair in running:
        if pair in named:
            yield _Candidate((pair,), "numbers", verified=True)


def _is_key_named(pair: Pair) -> bool:
    words = column_words()
    names = (folded(pair.old.name), folded(pair.new.name))
    return any(words.key.search(name) and not words.reference.search(name) for name in names)


def _is_label(pair: Pair) -> bool:
    """Whether the column names instead of measuring: texts, dates, codes, years."""
    if {"text", "date", "boolean"} & set(pair.kinds):
        texts = [text for text in pair.new.values.texts if text]
        return sum(map(len, texts)) <= _LONGEST * len(texts)
    words = column_words()
    names = (folded(pair.old.name), folded(pair.new.name))
    return any(words.code.search(name) or words.year.search(name) for name in names)


def _is_running(pair: Pair) -> bool:
    """Whether the column only numbers the rows of each version."""
    return pair.kinds == ("integer", "integer") and all(map(_counts_rows, (pair.old, pair.new)))


def _counts_rows(side: Side) -> bool:
    """Whether each value is one more than that before, from the start on or under a name that says so."""
    texts = list(side.values)
    if not texts[0].isdecimal() or (int(texts[0]) > 1 and folded(side.name) not in column_words().row_numbers):
        return False
    return texts == [str(number) for number in range(int(texts[0]), int(texts[0]) + len(texts))]


def _together(labels: Sequence[Pair], rows: tuple[int, int]) -> tuple[Pair, ...]:
    """Few columns that tell the rows apart together: in turn those that tell most apart, then without those not needed."""
    chosen: list[Pair] = []
    best = 0
    while len(chosen) < MOST_COLUMNS and not _tells_apart(chosen, rows):
        counted = [(_distinct([*chosen, pair], rows), -place) for place, pair in enumerate(labels)]
        most, place = max(counted, default=(0, 0))
        if most <= best:
            return ()
        best = most
        chosen.append(labels[-place])
    if not _tells_apart(chosen, rows):
        return ()
    for pair in tuple(chosen):
        rest = [each for each in chosen if each is not pair]
        if rest and _tells_apart(rest, rows):
            chosen = rest
    return tuple(sorted(chosen, key=lambda pair: pair.places[1]))


def _tells_apart(pairs: Sequence[Pair], rows: tuple[int, int]) -> bool:
    if not pairs:
        return False
    before, after = (rows_as_numbers(pairs, number, after=at == 1) for at, number in enumerate(rows))
    return _few(_repeated(before), rows[0]) and _few(_repeated(after), rows[1])


def _distinct(pairs: Sequence[Pair], rows: tuple[int, int]) -> int:
    return sum(len(set(rows_as_numbers(pairs, number, after=at == 1))) for at, number in enumerate(rows))


def _repeated(keys: Sequence[tuple[int, ...]]) -> int:
    """Rows that share their key with another."""
    return sum(count for count in Counter(keys).values() if count > 1)


def _few(repeated: int, rows: int) -> bool:
    return repeated <= (max(2, 2 * MOST_REPEATED * rows) if rows > 20 else 0)  # a repeated key makes two rows


def _agrees(
    candidate: _Candidate, pairs: Sequence[Pair], before: Sequence[tuple[int, ...]], after: Sequence[tuple[int, ...]]
) -> bool:
    """Whether rows that share a key agree in the other columns: in those that name, where there are any."""
    others = [pair for pair in pairs if pair not in candidate.pairs]
    naming = [pair for pair in others if _is_label(pair) and not _is_running(pair)] or others
    place = {key: row for row, key in enumerate(after)}
    matched = [(row, place[key]) for row, key in enumerate(before) if key in place]
    same = sum(pair.before[old] == pair.after[new] for pair in naming for old, new in matched)
    return bool(matched) and same >= LEAST_ALIKE * len(matched) * len(naming)

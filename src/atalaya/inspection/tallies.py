"""What is counted of one column over all rows of its table, whichever way the table was read."""

import heapq
from collections.abc import Mapping
from dataclasses import dataclass

from atalaya.inspection.frame import ColumnBuilder
from atalaya.inspection.kinds import Judged, is_sure_boolean, kinds_beside

KEPT = 500
"""Different values of a column that are kept: of one that has more, a sample."""
TOP = 10
"""Commonest values that are told of any column."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """Cells by kind; how many different values the filled ones hold, None where that was not counted to the end; and different
    values with how many cells hold each: all of them, or a sample of `KEPT` where `whole` is false.

    `rows` are those whose values were told apart: all of them, or the first ones of a table that was not counted to the end.
    `missing` are the signs and words that stand for a missing value, `sure_booleans` tells whether a value can only be a truth
    value. `top` are the commonest values of a column whose values are not all kept; ask `commonest`.
    """

    rows: int
    kinds: Mapping[str, int]
    distinct: int | None
    values: Mapping[str, int]
    missing: Mapping[str, int]
    whole: bool
    sure_booleans: bool
    top: tuple[tuple[str, int], ...] = ()

    def commonest(self) -> tuple[tuple[str, int], ...]:
        """The commonest values with how many cells hold each, ties in the order of the values."""
        return commonest(self.values) if self.whole else self.top

    def texts(self) -> dict[str, int]:
        """The texts that are known of the column, missing values too, with how many cells hold each."""
        return {**self.values, **dict(self.top), **self.missing}


def tally(column: ColumnBuilder, *, top: bool, known: Judged | None = None) -> Tally:
    """The tally of a column that was read row by row, with its commonest values where they are asked for.

    `known` are the kinds of some texts that may be among its own.
    """
    order, rows = column.texts.order, len(column.codes)
    counts = column.times() if len(order) < rows else [1] * rows
    values = dict(zip(order, counts, strict=True))
    missing: dict[str, int] = {}
    kind, others = kinds_beside(column.texts, order, known)
    kinds = {**column.later, kind: column.later.get(kind, 0) + rows}
    for text, other in others.items():
        if other != kind:
            kinds[kind] -= values[text]
            kinds[other] = kinds.get(other, 0) + values[text]
        if other == "empty":
            missing[text] = values.pop(text)
    missing.pop("", None)
    sure_booleans = "boolean" in kinds and any(map(is_sure_boolean, values))
    complete = not column.later
    whole = complete and len(values) <= KEPT
    return Tally(
        rows=len(column.codes),
        kinds={kind: number for kind, number in kinds.items() if number > 0},
        distinct=len(values) if complete else None,
        values=values if whole else _sampled(values),
        missing=missing,
        whole=whole,
        sure_booleans=sure_booleans,
        top=commonest(values) if top and not whole else (),
    )


def commonest(values: Mapping[str, int], most: int = TOP) -> tuple[tuple[str, int], ...]:
    """So many of the commonest of counted values, ties in the order of the values.

    >>> commonest({"c": 1, "b": 2, "a": 1}, 2)
    (('b', 2), ('a', 1))
    """
    least = min(sorted(values.values(), reverse=True)[:most], default=0)
    more = sorted((-count, value) for value, count in values.items() if count > least)
    equal = heapq.nsmallest(most - len(more), [value for value, count in values.items() if count == least])
    return (*((value, -count) for count, value in more), *((value, least) for value in equal))


def _sampled(values: Mapping[str, int]) -> dict[str, int]:
    """The values that are kept of many, spread over their order."""
    if len(values) <= KEPT:
        return dict(values)
    ordered = sorted(values)
    return {text: values[text] for text in (ordered[place * len(ordered) // KEPT] for place in range(KEPT))}

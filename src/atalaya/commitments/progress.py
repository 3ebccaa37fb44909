"""The arithmetic of progress: exact shares, published roundings, weighted means in which what is missing is not zero."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import floor


@dataclass(frozen=True, slots=True)
class Part:
    """One milestone (or commitment) and its weight; `share` is its progress from 0 to 1, None where nobody has told it."""

    weight: float = 1.0
    share: float | None = None


@dataclass(frozen=True, slots=True)
class Progress:
    """Progress of a whole. `value` is the mean over the parts that are told, `low` and `high` what it would be if all the others
    were not begun or complete; `told` and `parts` count them. `value` is None where nobody told anything."""

    value: float | None
    low: float
    high: float
    told: int
    parts: int


def progress(parts: Iterable[Part]) -> Progress | None:
    """Weighted progress; None where there are no parts or none weighs anything. Raises ValueError for a weight below zero or a
    share outside 0 to 1.

    >>> progress([Part(2, 1.0), Part(1, 0.5), Part(1, None)])
    Progress(value=0.8333333333333334, low=0.625, high=0.875, told=2, parts=3)
    """
    all_parts = list(parts)
    for part in all_parts:
        if part.weight < 0:
            raise ValueError(f"the weight {part.weight} lies below zero")
        if part.share is not None and not 0 <= part.share <= 1:
            raise ValueError(f"the share {part.share} does not lie between 0 and 1")
    weights = [Fraction(part.weight) for part in all_parts]
    total = sum(weights)
    if not total:
        return None
    told = [
        (weight, Fraction(part.share))
        for weight, part in zip(weights, all_parts, strict=True)
        if part.share is not None
    ]
    done = sum((weight * share for weight, share in told), Fraction(0))
    heard = sum((weight for weight, _ in told), Fraction(0))
    return Progress(
        value=float(done / heard) if heard else None,
        low=float(done / total),
        high=float((done + total - heard) / total),
        told=len(told),
        parts=len(all_parts),
    )


def percentages(counts: Mapping[str, int], step: str = "0.01") -> dict[str, Decimal]:
    """Each count as a percentage of all, rounded half up to a multiple of `step`: as plans and reviews publish them.

    Raises ValueError where nothing was counted or the step is not above zero.

    >>> percentages({"complete": 80, "substantial": 7, "rest": 5})["complete"]
    Decimal('86.96')
    >>> [int(p) for p in percentages({"complete": 2, "substantial": 12, "limited": 8, "none": 0}, "5").values()]
    [10, 55, 35, 0]
    """
    total = sum(counts.values())
    unit = Decimal(step)
    if total <= 0 or any(count < 0 for count in counts.values()):
        raise ValueError("counts must not lie below zero, and one must lie above it")
    if unit <= 0:
        raise ValueError(f"the step {step} does not lie above zero")
    return {name: _rounded(Fraction(100 * count, total), unit) for name, count in counts.items()}


def _rounded(value: Fraction, step: Decimal) -> Decimal:
    return step * floor(value / Fraction(step) + Fraction(1, 2))


def counted(levels: Sequence[str | None], order: Sequence[str]) -> dict[str, int]:
    """How many parts stand at each level, in the order of the scale, and how many nobody has told (`unknown`)."""
    found = dict.fromkeys((*order, "unknown"), 0)
    for level in levels:
        found[level if level in found else "unknown"] += 1
    return found

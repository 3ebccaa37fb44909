"""Rounding of single figures as they are published."""

from decimal import ROUND_HALF_UP, Decimal

NOISE = 9
"""Decimals kept before a figure is rounded: far below any published digit, far above the noise of binary arithmetic."""


def rounded(number: float, decimals: int) -> float:
    """A published figure: halves away from zero.

    >>> rounded(2.25, 1), rounded(0.1 + 0.2, 1)
    (2.3, 0.3)
    """
    kept = Decimal(repr(round(number, NOISE)))
    return float(kept.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)) + 0.0

"""How soon a resource is looked at again between rounds: the sooner the more often it changed, and soon when it is broken.

Pure: what was seen of it goes in, days come out. The sweep of the portal decides with it what is due.
"""

from dataclasses import dataclass
from fractions import Fraction

LIKELY = Fraction(1, 2)
"""Changes that may be expected between two looks: at twice the rate at which a resource changes, half the looks see a change.
Cho and Garcia-Molina, *Effective page refresh policies for web crawlers* (2003), show that beyond that, looks are better spent on
other pages."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What is known of a resource: days over which it was observed, how often its content changed in them, and for how many
    days it has been broken (None: it is not)."""

    days: int
    changes: int
    broken: int | None = None


def days_until_next(seen: Seen, least: int, most: int) -> int:
    """After how many days a resource is looked at again, between `least` and `most`.

    Half a change in half of `most` days is counted beside what was seen, so that what was seen once is neither taken for still
    nor for restless (Jeffreys' prior has half a change; over so many days it leads to half of `most`). What is broken is looked
    at at once, then less and less often: after half of the days that it has been broken, and never later than if it were not.
    Raises ValueError where the bounds are none.

    >>> days_until_next(Seen(days=90, changes=0), 2, 60), days_until_next(Seen(days=90, changes=9), 2, 60)
    (60, 6)
    >>> days_until_next(Seen(days=90, changes=0, broken=1), 2, 60), days_until_next(Seen(days=90, changes=0, broken=40), 2, 60)
    (2, 20)
    """
    if not 1 <= least <= most:
        raise ValueError(f"the bounds {least} and {most} days are none; give 1 <= least <= most")
    if seen.days < 0 or seen.changes < 0 or (seen.broken is not None and seen.broken < 0):
        raise ValueError(f"{seen} holds a negative number; days and changes are counted from zero")
    rate = Fraction(2 * seen.changes + 1, 2 * seen.days + most)
    wanted = int(LIKELY / rate)
    if seen.broken is not None:
        wanted = min(wanted, seen.broken // 2)
    return max(least, min(most, wanted))

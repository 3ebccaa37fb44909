"""Points of duties added up with their reasons, and the matches that follow."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from atalaya.duties.matches import Match, Reason

NEEDED = 2.0
"""Points that make an even chance: most of what a site shows fulfils no duty."""
SURE = 0.8
"""Score from which no person is asked."""
MARGIN = 0.25
"""Distance to the score of the next duty without which a person is asked."""

Said = Mapping[str, tuple[float, tuple[Reason, ...]]]
"""Duty → points, and the reasons that add up to them."""


def score_of(points: float) -> float:
    """The score between 0 and 1 of so many points.

    >>> score_of(NEEDED)
    0.5
    """
    return 1 / (1 + math.exp(NEEDED - points))


def renamed(source: str, said: Said) -> Said:
    """What a source says, the rules of the reasons begun with its name."""
    return {
        duty: (
            points,
            tuple([Reason(rule=f"{source}.{each.rule}", said=each.said, points=each.points) for each in reasons]),
        )
        for duty, (points, reasons) in said.items()
    }


def combined(sources: Iterable[tuple[Said, float]]) -> Said:
    """What several sources say together, each with its weight."""
    points: dict[str, float] = {}
    reasons: dict[str, list[Reason]] = {}
    for said, weight in sources:
        for duty, (value, given) in said.items():
            points[duty] = points.get(duty, 0.0) + value * weight
            scaled = [Reason(rule=each.rule, said=each.said, points=each.points * weight) for each in given]
            reasons.setdefault(duty, []).extend(scaled)
    return {duty: (value, tuple(reasons[duty])) for duty, value in points.items()}


@dataclass(slots=True)
class Tally:
    """Points and reasons of each duty; of the `obliged` ones alone where given."""

    obliged: frozenset[str] | None
    ranks: Mapping[str, int]
    """Places of the duties in their laws: of two that are as good, the first comes first."""
    points: dict[str, float] = field(default_factory=dict)
    said: list[tuple[Said, float]] = field(default_factory=list)

    def add(self, said: Said, weight: float = 1.0) -> None:
        """Add what is said, each point times `weight`."""
        points = self.points
        for duty, told in said.items():
            points[duty] = points.get(duty, 0.0) + told[0] * weight
        self.said.append((said, weight))

    def add_to_all(self, reason: Reason) -> None:
        """Add one reason to every duty that something speaks of."""
        self.add(dict.fromkeys(self.points, (reason.points, (reason,))))

    def matches(self, mention_id: str, least: float) -> tuple[Match, ...]:
        """The duties with a score of at least `least`, best first. The first may be sure, and another that is as good makes it
        unsure."""
        enough = NEEDED - math.log(1 / least - 1) if least > 0 else -math.inf
        points = self.points
        if self.obliged is not None:
            points = {duty: value for duty, value in points.items() if duty in self.obliged}
        order = sorted(
            (-round(value, 6), self.ranks[duty], duty) for duty, value in points.items() if value >= enough - NEARNESS
        )
        found = []
        for place, (negative, _, duty) in enumerate(order):
            if -negative < enough:
                break
            score = score_of(-negative)
            following = score_of(-order[1][0]) if len(order) > 1 else 0.0
            sure = place == 0 and score >= SURE and score - following >= MARGIN
            reasons = self._reasons(duty)
            found.append(Match(mention_id=mention_id, duty_id=duty, score=round(score, 4), sure=sure, reasons=reasons))
        return tuple(found)

    def _reasons(self, duty: str) -> tuple[Reason, ...]:
        given = [
            Reason(rule=reason.rule, said=reason.said, points=round(reason.points * weight, 3))
            for said, weight in self.said
            if duty in said
            for reason in said[duty][1]
        ]
        return tuple(sorted(given, key=lambda reason: -abs(reason.points)))


NEARNESS = 3.0
"""Points below what is enough, of which the next duty is still looked at."""

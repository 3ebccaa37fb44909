"""Points of duties added up with their reasons, and the matches that follow."""

import math
from collections.abc import Mapping
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


@dataclass(slots=True)
class Tally:
    """Points and reasons of each duty; of the `obliged` ones alone where given."""

    obliged: frozenset[str] | None
    ranks: Mapping[str, int]
    """Places of the duties in their laws: of two that are as good, the first comes first."""
    points: dict[str, float] = field(default_factory=dict)
    said: dict[str, list[tuple[str, float, tuple[Reason, ...]]]] = field(default_factory=dict)

    def add(self, source: str, said: Said, weight: float = 1.0) -> None:
        """Add what a source, such as the heading, says, each point times `weight`."""
        for duty, (points, reasons) in said.items():
            if self.obliged is None or duty in self.obliged:
                self.points[duty] = self.points.get(duty, 0.0) + points * weight
                self.said.setdefault(duty, []).append((source, weight, reasons))

    def add_to_all(self, source: str, reason: Reason) -> None:
        """Add one reason to every duty that something speaks of."""
        self.add(source, dict.fromkeys(self.points, (reason.points, (reason,))))

    def matches(self, mention_id: str, least: float) -> tuple[Match, ...]:
        """The duties with a score of at least `least`, best first. The first may be sure, and another that is as good and named
        by itself makes it unsure."""
        order = sorted((-round(points, 6), self.ranks[duty], duty) for duty, points in self.points.items())
        scores = [score_of(-negative) for negative, _, _ in order]
        found = []
        for place, (score, (_, _, duty)) in enumerate(zip(scores, order, strict=True)):
            if score < least:
                break
            following = scores[1] if len(scores) > 1 else 0.0
            sure = place == 0 and score >= SURE and score - following >= MARGIN
            found.append(
                Match(
                    mention_id=mention_id, duty_id=duty, score=round(score, 4), sure=sure, reasons=self._reasons(duty)
                )
            )
        return tuple(found)

    def _reasons(self, duty: str) -> tuple[Reason, ...]:
        given = [
            Reason(rule=f"{source}.{reason.rule}", said=reason.said, points=round(reason.points * weight, 3))
            for source, weight, reasons in self.said[duty]
            for reason in reasons
        ]
        return tuple(sorted(given, key=lambda reason: -abs(reason.points)))

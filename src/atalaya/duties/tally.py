"""Points of duties added up with their reasons, and the matches that follow."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from atalaya.duties.matches import Match, Reason
from atalaya.duties.periods import Period

NEEDED = 2.0
"""Points that make an even chance: most of what a site shows fulfils no duty."""
SURE = 0.8
"""Score from which no person is asked."""
MARGIN = 1.5
"""Points before the next duty without which a person is asked: odds of some 4.5 to 1 between the two."""

Given = tuple[str, str, float]
"""A reason while it is weighed: rule, words of the site, points. Thousands are made for one that is shown."""

Said = Mapping[str, tuple[float, tuple[Given, ...]]]
"""Duty → points, and what adds up to them."""


def score_of(points: float) -> float:
    """The score between 0 and 1 of so many points.

    >>> score_of(NEEDED)
    0.5
    """
    return 1 / (1 + math.exp(NEEDED - points))


def combined(sources: Iterable[tuple[str, Said, float]]) -> Said:
    """What several sources say together, each with its weight; the rules begin with the name of their source."""
    points: dict[str, float] = {}
    reasons: dict[str, list[Given]] = {}
    for source, said, weight in sources:
        for duty, (value, given) in said.items():
            points[duty] = points.get(duty, 0.0) + value * weight
            reasons.setdefault(duty, []).extend(
                [(f"{source}.{rule}", words, each * weight) for rule, words, each in given]
            )
    return {duty: (value, tuple(reasons[duty])) for duty, value in points.items()}


@dataclass(slots=True)
class Tally:
    """Points and reasons of each duty; of the `obliged` ones alone where given."""

    obliged: frozenset[str] | None
    ranks: Mapping[str, int]
    """Places of the duties in their laws: of two that are as good, the first comes first."""
    points: dict[str, float] = field(default_factory=dict)
    said: list[tuple[str, Said, float]] = field(default_factory=list)

    def add(self, source: str, said: Said, weight: float = 1.0) -> None:
        """Add what a source says, each point times `weight`; an empty source is one whose rules name their own."""
        points = self.points
        for duty, told in said.items():
            points[duty] = points.get(duty, 0.0) + told[0] * weight
        self.said.append((source, said, weight))

    def add_to_all(self, source: str, given: Given) -> None:
        """Add one reason to every duty that something speaks of."""
        self.add(source, dict.fromkeys(self.points, (given[2], (given,))))

    def best(self, least: float) -> list[tuple[str, float]]:
        """The duties with a score of at least `least`, with their points, best first."""
        enough = NEEDED - math.log(1 / least - 1) if least > 0 else -math.inf
        order = [
            (-round(value, 6), self.ranks[duty], duty)
            for duty, value in self.points.items()
            if value >= enough and (self.obliged is None or duty in self.obliged)
        ]
        return [(duty, -negative) for negative, _, duty in sorted(order)]

    def matches(self, mention_id: str, best: list[tuple[str, float]], periods: tuple[Period, ...]) -> tuple[Match, ...]:
        """The matches of the best duties. The first may be sure; another that is as good makes it unsure."""
        lead = best[0][1] - best[1][1] if len(best) > 1 else math.inf
        sure = score_of(best[0][1]) >= SURE and lead >= MARGIN
        return tuple(
            [
                Match(
                    mention_id=mention_id,
                    duty_id=duty,
                    score=round(score_of(points), 4),
                    sure=sure and place == 0,
                    reasons=self._reasons(duty),
                    periods=periods,
                )
                for place, (duty, points) in enumerate(best)
            ]
        )

    def _reasons(self, duty: str) -> tuple[Reason, ...]:
        given = [
            (points * weight, f"{source}.{rule}" if source else rule, words)
            for source, said, weight in self.said
            if duty in said
            for rule, words, points in said[duty][1]
        ]
        given.sort(key=lambda each: -abs(each[0]))
        return tuple([Reason(rule=rule, said=words, points=round(points, 3)) for points, rule, words in given])

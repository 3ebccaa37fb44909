"""A match: a mention that may fulfil a duty, how sure that is, and why."""

from dataclasses import dataclass

from atalaya.duties.periods import Period


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """One piece of evidence for or against a match, such as a citation of the numeral or the words of its name.

    `rule` is the id of the rule that spoke, `said` the words of the site that it rests on, `points` what it adds (below zero:
    what it takes).
    """

    rule: str
    said: str
    points: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """`score` lies between 0 and 1; `sure` tells that it is high enough, and far enough before the next duty, for no person to
    be asked."""

    mention_id: str
    duty_id: str
    score: float
    sure: bool
    reasons: tuple[Reason, ...] = ()
    periods: tuple[Period, ...] = ()

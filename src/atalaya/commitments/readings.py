"""Readings: dated statements about a milestone by one voice, and the status that a plan's rule shows from them and from dates.

Voices are never merged: the rule chooses whose reading is shown, and says which. Late, at risk and silent come from dates alone.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from atalaya.commitments.partial_dates import DateRange
from atalaya.commitments.plan import Milestone, StatusRule

VOICES = ("institution", "technical_table", "reviewer", "citizens")
"""Who may say how a milestone stands: those who answer for it, the technical table, the independent reviewer, citizens."""

LEVELS: Mapping[str, tuple[str, ...]] = {
    "tracker": ("not_started", "started", "complete"),
    "irm_completion": ("no_evidence", "not_started", "limited", "substantial", "complete"),
    "irm_verifiable": ("pending", "not_verifiable", "verifiable"),
    "irm_potential": ("pending", "unclear", "modest", "substantial"),
    "irm_early_results": ("pending", "no_notable_results", "moderate_results", "significant_results"),
    "irm_diog": ("worsened", "did_not_change", "marginal", "major", "outstanding"),
}
"""Scale → its levels in their order. The first is the national tracker's; the others are those of the independent review
(glossary of the Open Government Partnership; the scale *did it open government* is the older one of early results)."""

SHARES: Mapping[str, float | None] = {
    "no_evidence": None,
    "not_started": 0.0,
    "started": 0.5,
    "limited": None,
    "substantial": None,
    "complete": 1.0,
}
"""Share of the whole that a level stands for where a plan's rule does not say otherwise; None: it says nothing of how much."""

DONE = ("complete",)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What one voice said of one milestone on one day. A withdrawn one stays, and counts no more."""

    id: str
    milestone: str
    voice: str
    level: str
    on: date
    """The day on which it was said."""
    as_of: date | None = None
    """The day that it speaks of, where that is another."""
    share: float | None = None
    """Progress from 0 to 1, where the voice gave a figure."""
    withdrawn: date | None = None
    note: str = ""
    evidence: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.voice not in VOICES:
            raise ValueError(f"the voice {self.voice!r} is none of {', '.join(VOICES)}")
        if self.share is not None and not 0 <= self.share <= 1:
            raise ValueError(f"the share {self.share} does not lie between 0 and 1")

    @property
    def speaks_of(self) -> date:
        """The day whose state it tells."""
        return self.as_of or self.on


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """The status of a milestone as shown: whose reading, at what level, and what its dates say.

    `timing` is `complete`, `late` (days in `days_late`), `at_risk`, `silent`, `on_time`, `not_begun` or `unknown` (no end is
    stated).
    """

    reading: Reading | None
    level: str | None
    timing: str
    days_late: int | None = None


def latest(readings: Iterable[Reading], today: date) -> dict[str, Reading]:
    """The newest standing reading of each voice, as known on a day. Of two of one day the one said later in the list stands."""
    found: dict[str, Reading] = {}
    for reading in sorted(readings, key=lambda r: (r.speaks_of, r.on)):
        if reading.on <= today and (reading.withdrawn is None or reading.withdrawn > today):
            found[reading.voice] = reading
    return found


def shown(milestone: Milestone, readings: Sequence[Reading], rule: StatusRule, today: date) -> Shown:
    """The status that a rule shows for a milestone on a day."""
    standing = latest(readings, today)
    fresh = {v: r for v, r in standing.items() if (today - r.speaks_of).days <= rule.fresh_days or r.level in DONE}
    chosen = next((fresh[voice] for voice in rule.voices if voice in fresh), None)
    level = chosen.level if chosen else None
    timing, days = _timing(milestone, standing.values(), level, rule, today)
    return Shown(reading=chosen, level=level, timing=timing, days_late=days)


def _timing(
    milestone: Milestone, standing: Iterable[Reading], level: str | None, rule: StatusRule, today: date
) -> tuple[str, int | None]:
    """What dates say of a milestone: late before silent before at risk; nothing where it is complete."""
    if level in DONE:
        return "complete", None
    end = milestone.end if isinstance(milestone.end, DateRange) else None
    start = milestone.start if isinstance(milestone.start, DateRange) else None
    if end and today > end.last():
        return "late", (today - end.last()).days
    if start and today < start.first():
        return "not_begun", None
    heard = max((reading.on for reading in standing), default=start.first() if start else None)
    if heard and (today - heard).days > rule.silent_days:
        return "silent", None
    if end and today > end.last() - timedelta(days=rule.risk_days):
        return "at_risk", None
    return ("on_time", None) if end else ("unknown", None)


def share_of(reading: Reading | None, rule: StatusRule) -> float | None:
    """The share of the whole that a reading tells: its own figure, else what the rule says of its level, else nothing."""
    if reading is None:
        return None
    if reading.share is not None:
        return reading.share
    return {**SHARES, **rule.shares}.get(reading.level)

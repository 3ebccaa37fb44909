"""A verdict: how one institution stands with one duty in one period, with what it rests on."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from atalaya.duties.periods import Period


class Standing(StrEnum):
    """How an institution stands with a duty in a period."""

    CURRENT = "current"
    """Published in time, reachable, and in a form that the duty accepts."""
    LATE = "late"
    """What is published is older than the term of the duty allows, by `days_late`."""
    NOT_OPEN = "not_open"
    """Published and current, but in a form that the law's openness does not accept, such as a scan where a table is due."""
    HEADING_ONLY = "heading_only"
    """A heading or a link names it, and nothing stands behind it."""
    JUSTIFIED = "justified"
    """The institution says why it does not apply; its words are kept in `justification`."""
    MISSING = "missing"
    """The site was read whole, as far as it can be, and nothing of the duty is there."""
    UNKNOWN = "unknown"
    """Nobody can say: the site could not be read, or only in part, or a match waits for a person."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What a verdict rests on: an address, the bytes that were archived of it, and when they were seen."""

    url: str
    mention_id: str | None = None
    sha256: str | None = None
    text: str = ""
    path: tuple[str, ...] = ()
    first_seen: date | None = None
    last_seen: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyVerdict:
    """`evidence` is never empty: a missing duty cites the pages of the section that were read, an unknown one what failed."""

    institution_id: str
    duty_id: str
    period: Period | None
    standing: Standing
    rule: str
    evidence: tuple[Evidence, ...]
    reason: str = ""
    days_late: int | None = None
    justification: str = ""
    gaps: tuple[Period, ...] = ()
    """Periods of the series that are not there although earlier and later ones are."""
    due: date | None = None
    """The last day on which it would have been in time; None where the duty has no periods."""
    open: bool | None = None
    """Whether what is published has a form that the duty accepts; None where nothing is, or nobody could look."""
    clicks: int | None = None
    """The fewest links to be followed from the home page to what is published; None where none lead there."""

"""What the JSON API answers of action plans: promises in versions, what changed, and what each voice said."""

from datetime import date, datetime
from typing import Any

from ninja import Schema


class ProgressOut(Schema):
    """Progress over the milestones that somebody told of; `low` and `high` were all others not begun, or complete."""

    value: float | None
    low: float
    high: float
    told: int
    parts: int


class PlanRowOut(Schema):
    """An action plan; a null is not known."""

    number: int
    title: str
    start: str | None
    end: str | None
    stated_commitments: int | None
    known_commitments: int
    known_milestones: int
    progress: ProgressOut | None


class MilestoneOut(Schema):
    """A milestone of the version that stands: the status shown, whose it is, and what its dates say."""

    number: str
    text: str | None
    start: str | None
    end: str | None
    level: str | None
    voice: str | None
    timing: str
    days_late: int | None


class CommitmentRowOut(Schema):
    """A commitment as it stands today."""

    plan: int
    number: int
    code: str | None
    title: str | None
    axis: str | None
    lead: list[str]
    versions: int
    progress: ProgressOut | None
    milestones: list[MilestoneOut]


class PromisedOut(Schema):
    """A plan or commitment with everything that its documents state, in the shape of the interchange format (see the files of a
    plan): what is left out is not known, and `absent` names what a document is known not to have."""

    number: int
    document: dict[str, Any]


class CommitmentChangeOut(Schema):
    """One numbered change between two published versions, in both languages; `substance` is false for a correction."""

    earlier: str
    later: str
    substance: bool
    number: int
    field: str
    change: str
    before: str | None
    after: str | None
    text: dict[str, str]


class LossOut(Schema):
    """Something that an earlier version promised and a later one does not; `left` is the quantity that remains."""

    earlier: str
    later: str
    milestone: str
    kind: str
    promise: str
    left: float | None
    text: dict[str, str]


class EvidenceOut(Schema):
    """What a reading rests on. `state` is what the observatory found when it asked the address last; null: not asked yet."""

    url: str
    title: str
    issuer: str
    dated: date | None
    licence: str
    state: str | None
    missed: datetime | None
    sha256: str | None


class ReadingOut(Schema):
    """What one voice said of a milestone on a day; a withdrawn one stays, and counts no more."""

    id: int
    commitment: int
    milestone: str
    voice: str
    institution: str
    level: str
    on: date
    as_of: date | None
    share: float | None
    note: str
    withdrawn: date | None
    withdrawn_why: str
    evidence: list[EvidenceOut]


class AssessmentOut(Schema):
    """A published self-assessment: its figures on the day `as_of`, and what those who keep the plan wrote."""

    term: str
    number: int
    as_of: date
    published: datetime
    document: dict[str, Any]

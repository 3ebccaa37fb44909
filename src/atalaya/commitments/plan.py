"""The words of an action plan: axes, commitments in versions, milestones with what they promise, and who answers for them.

Three things are told apart wherever a document may be silent: a value that is stated, `ABSENT` (the document is known not to
have it) and None (what the document says is not known). A `StandIn` is a text that is known to be there while its words are not.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Final

from atalaya.commitments.partial_dates import DateRange, PartialDate


class Silence(Enum):
    """What a document is known not to have."""

    ABSENT = "absent"


ABSENT: Final = Silence.ABSENT


@dataclass(frozen=True, slots=True)
class StandIn:
    """Stands for a text whose words are not known; `mark` tells one such text from another that is known to differ."""

    mark: str


Text = str | StandIn | Silence | None
When = DateRange | Silence | None


@dataclass(frozen=True, slots=True)
class Listing:
    """A list of names. `whole` is false where the document names more than is known here: nothing is then known to be new."""

    items: tuple[str, ...]
    whole: bool = True


Names = Listing | Silence | None


class Kind(Enum):
    """What kind of thing a milestone promises. The first five are the scope of a promise; the others say how it is kept."""

    QUANTITY = "quantity"
    MECHANISM = "mechanism"
    """A way for people to take part: a consultation, a forum."""
    COLLABORATION = "collaboration"
    ACTOR = "actor"
    """A named body that takes part; groups of people in general are an audience."""
    CONTENTS = "contents"
    """An enumeration of what something is to hold."""
    STAGE = "stage"
    AUDIENCE = "audience"


SCOPE: Final = (Kind.QUANTITY, Kind.MECHANISM, Kind.COLLABORATION, Kind.ACTOR, Kind.CONTENTS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """One thing that a milestone promises: something counted, a way of taking part, a partner, enumerated contents."""

    kind: Kind
    text: str
    quantity: float | None = None
    """How many are promised; at least so many."""
    unit: str | None = None
    items: tuple[str, ...] = ()
    """What is enumerated."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """What shows, measured, whether a milestone about data was kept: a dataset, a duty, or a node of an index."""

    kind: str
    """`dataset`, `duty`, `topic` or `index`."""
    id: str
    institution: str | None = None
    target: float | None = None
    """The figure that was promised, where one was."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Milestone:
    """One step of a commitment in one version. `number` is what the document prints: `1`, `2.1`."""

    number: str
    text: Text = None
    expected: Text = None
    """The result that is expected, in the document's words."""
    responsible: Names = None
    start: When = None
    end: When = None
    weight: float = 1.0
    promises: tuple[Promise, ...] = ()
    measured: tuple[Measured, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """A commitment as one published document states it. Fields stand in the order of the template."""

    id: str
    published: PartialDate | None = None
    """When the document was published; None where that is not known."""
    substance: bool = True
    """False for a correction: slips of the pen, nothing that was promised."""
    note: str = ""
    title: Text = None
    start: When = None
    end: When = None
    lead: Names = None
    responsible: Text = None
    """The post that answers for it, never a person."""
    other_actors: Names = None
    problem: Text = None
    commitment: Text = None
    contribution: Text = None
    ogp_relevance: Text = None
    additional_information: Text = None
    policy_areas: Names = None
    ogp_values: Names = None
    legal_basis: Names = None
    budget: Text = None
    funding: Text = None
    financing_risk: Text = None
    coordination_risk: Text = None
    milestones: tuple[Milestone, ...] = ()
    all_milestones: bool = True
    """False where the document has more milestones than are known here."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """What the independent reviewer (IRM) said of a commitment in one report, by levels of its scales; None: nothing."""

    report: str | None = None
    as_of: PartialDate | None = None
    verifiable: str | None = None
    relevant: str | None = None
    ambition: str | None = None
    potential_for_results: str | None = None
    early_results: str | None = None
    completion: str | None = None
    starred: bool | None = None
    recommended: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Commitment:
    """A promise of a plan; `code` is the one of the partnership (`GT0121`), `axis` the code of its axis."""

    number: int
    title: Text
    code: str | None = None
    axis: str | None = None
    versions: tuple[Version, ...] = ()
    reviews: tuple[Review, ...] = ()
    """What the reviewer said, oldest first as far as that is known."""
    sources: tuple[str, ...] = ()

    @property
    def current(self) -> Version | None:
        """The version that stands: the last one, None where no document is known."""
        return self.versions[-1] if self.versions else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Axis:
    """A part of a plan. `stated` is the number of commitments that the plan itself gives for it."""

    code: str
    name: str
    stated: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusRule:
    """How a plan declares that the status shown follows from readings and dates.

    `voices`: whose reading is shown, the first that has one which still counts. `fresh_days`: a reading counts so long.
    `silent_days`: no reading of anybody for so long is silence. `risk_days`: at risk from so many days before the end, while
    not complete.
    `shares`: level of a reading → its share of the whole, from 0 to 1, or None where it says nothing.
    """

    voices: tuple[str, ...] = ("reviewer", "technical_table", "institution")
    fresh_days: int = 365
    silent_days: int = 183
    risk_days: int = 90
    shares: Mapping[str, float | None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """How many proposals were left after a step of the making of a plan."""

    count: int
    title: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """A step of the way of a plan."""

    title: str
    when: DateRange | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """An action plan. `stated_commitments` is the number that the plan itself gives, where not all are known."""

    number: int
    title: str
    start: When = None
    end: When = None
    presented: PartialDate | None = None
    stated_commitments: int | None = None
    axes: tuple[Axis, ...] = ()
    funnel: tuple[Stage, ...] = ()
    roadmap: tuple[Event, ...] = ()
    status: StatusRule = StatusRule()
    commitments: tuple[Commitment, ...] = ()
    sources: tuple[str, ...] = ()
    note: str = ""

"""What the JSON API answers of plans, of what moved, and of what falls due. A null says that nothing is known."""

from datetime import date

from ninja import Schema

from atalaya.portal.api.v1.schemas import Texts


class StandingOut(Schema):
    """Where an institution stands: its score with its ends, its rank among all that are ranked, with the best and the worst."""

    score: float | None
    low: float | None
    high: float | None
    rank: float | None
    rank_low: float | None
    rank_high: float | None
    ranked: bool


class StepOut(Schema):
    """One finding to mend: the points that it brings on top of the steps before it, and by itself (`alone`)."""

    number: int
    finding: str
    check_id: str
    check_version: int
    level: str
    dataset: str | None
    resource: str | None
    source: str | None
    address: str
    points: float
    alone: float
    together: int
    at_least: bool
    likewise: int
    effort: str
    standing: StandingOut
    texts: dict[str, dict[str, str]]


class PlanOut(Schema):
    """The improvement plan of one institution; `reason` tells why it has no step, empty where it has one."""

    institution: str
    methodology: str
    sha256: str
    ranked_units: int
    findings: int
    points: float
    reason: str
    now: StandingOut
    reached: StandingOut
    best: StandingOut
    steps: list[StepOut]


class NodeOut(Schema):
    """One node of the tree of an institution; `without` is what the figure above would be were it left out."""

    unit: str
    node: str
    place: int
    state: str
    value: float | None
    low: float | None
    high: float | None
    weight: float
    points: float | None
    without: float | None
    raw: float | None
    peers: float | None


class PartsOut(Schema):
    """A figure before and after, and the parts of its change, which add up to it; null where they cannot be told."""

    old: float | None
    new: float | None
    by_rule: float | None
    by_data: float | None
    by_universe: float | None


class LinkOut(Schema):
    """From one edition to the next; `untold` says why parts cannot be told."""

    old: str
    new: str
    old_day: date
    new_day: date
    old_rule: str
    new_rule: str
    same_rule: bool
    came: list[str]
    went: list[str]
    untold: str
    mean: PartsOut


class MovedOut(Schema):
    """What moved one institution between two editions; ranks come with the best and the worst."""

    old: str
    new: str
    score: PartsOut
    rank: PartsOut
    old_ranks: list[float | None]
    new_ranks: list[float | None]


class MovedFindingOut(Schema):
    """A finding that came, was mended, or is gone; `points` is what mending it alone adds, or added."""

    change: str
    finding: str
    check_id: str
    check_version: int
    subject: str
    title: str
    points: float | None
    rule_changed: bool


class DueOut(Schema):
    """One thing that falls due: a period of a duty (`kind` duty) or a dataset (`kind` data)."""

    day: date
    kind: str
    institution: str | None
    duty: str | None
    period: str | None
    standing: str | None
    dataset: str | None
    title: Texts
    frequency: str | None
    last: date | None


class FigureOut(Schema):
    """The figure of one institution at a node."""

    institution: str
    value: float | None
    low: float | None
    high: float | None
    coverage: float | None


class ComparedOut(Schema):
    """One node with the figures of several institutions; `first` is null where nobody can say which is greatest."""

    node: str
    title: Texts
    figures: list[FigureOut]
    first: str | None

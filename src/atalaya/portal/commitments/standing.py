"""How plans, commitments and milestones stand on a day, as pages, lists and files show it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from atalaya.commitments.changes import short_number
from atalaya.commitments.plan import Commitment, Listing, Milestone, Plan
from atalaya.commitments.progress import Part, Progress, progress
from atalaya.commitments.readings import Reading, Shown, latest, share_of, shown

Readings = Mapping[tuple[int, str], Sequence[Reading]]


@dataclass(frozen=True, slots=True)
class MilestoneStanding:
    """A milestone with the status shown, and the newest standing reading of each voice."""

    milestone: Milestone
    number: str
    shown: Shown
    voices: Mapping[str, Reading]
    readings: Sequence[Reading]


@dataclass(frozen=True, slots=True)
class CommitmentStanding:
    """A commitment with its milestones and its progress; None where no milestone is known."""

    commitment: Commitment
    milestones: tuple[MilestoneStanding, ...]
    progress: Progress | None

    @property
    def lead(self) -> tuple[str, ...]:
        """Who leads it, as far as that is known."""
        version = self.commitment.current
        return version.lead.items if version and isinstance(version.lead, Listing) else ()

    def count(self, timing: str) -> int:
        """How many milestones stand so by their dates."""
        return sum(each.shown.timing == timing for each in self.milestones)


@dataclass(frozen=True, slots=True)
class PlanStanding:
    """A plan with its commitments and the progress of all their milestones."""

    plan: Plan
    commitments: tuple[CommitmentStanding, ...]
    progress: Progress | None


def plan_standing(plan: Plan, readings: Readings, today: date) -> PlanStanding:
    """How a plan stands on a day."""
    found = tuple(commitment_standing(plan, each, readings, today) for each in plan.commitments)
    return PlanStanding(plan, found, progress(_parts(plan, (m for each in found for m in each.milestones))))


def commitment_standing(plan: Plan, commitment: Commitment, readings: Readings, today: date) -> CommitmentStanding:
    """How a commitment stands on a day, by the rule of its plan."""
    version = commitment.current
    found = []
    for milestone in version.milestones if version else ():
        number = short_number(milestone.number)
        said = readings.get((commitment.number, number), ())
        status = shown(milestone, said, plan.status, today)
        found.append(MilestoneStanding(milestone, number, status, latest(said, today), said))
    return CommitmentStanding(commitment, tuple(found), progress(_parts(plan, found)))


def _parts(plan: Plan, milestones: Iterable[MilestoneStanding]) -> list[Part]:
    return [Part(each.milestone.weight, share_of(each.shown.reading, plan.status)) for each in milestones]

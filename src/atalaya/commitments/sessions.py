"""Sessions of a body that follows a plan, and the matrix milestone × session: who reported, and who did not.

What a plan is known to have and nobody reported is *not reported*; where the milestones of a commitment are not all known, so is
their number.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from atalaya.commitments.changes import short_number
from atalaya.commitments.partial_dates import DateRange
from atalaya.commitments.plan import Commitment, Listing, Plan

REPORTED, NOT_REPORTED, NOT_DUE = "reported", "not_reported", "not_due"


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What one institution told a session about milestones of one commitment, by their numbers within it."""

    institution: str
    commitment: int
    milestones: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """A session of a body: its day, what was on its agenda, what was reported, and when the next one is to be."""

    id: str
    on: date
    title: str = ""
    body: str | None = None
    plan: int | None = None
    convened_by: str | None = None
    agenda: tuple[str, ...] = ()
    next_session: DateRange | None = None
    reports: tuple[Report, ...] = ()
    agreements: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Cell:
    """What one session heard of one milestone: its state, and who reported."""

    state: str
    institutions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """A milestone in all sessions. `known` is false for one that is known only because somebody reported it, or because a later
    number of its commitment is known."""

    commitment: int
    milestone: str
    known: bool
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class CommitmentRow:
    """A commitment in the matrix: whether all its milestones are known, and who leads it. `cells` sum its milestones up; where no
    milestone is known at all a session either heard of the commitment or did not."""

    commitment: int
    lead: tuple[str, ...]
    milestones: int | None
    """How many milestones it has; None where that is not known."""
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Matrix:
    """Milestones × sessions of one plan."""

    sessions: tuple[Session, ...]
    commitments: tuple[CommitmentRow, ...]
    rows: tuple[MatrixRow, ...] = field(default=())

    def reported(self, session: int) -> int:
        """Cells in which the session of this place heard a report: one for each institution and milestone."""
        return sum(len(row.cells[session].institutions) for row in self.rows)

    def silent(self, session: int) -> tuple[int, ...]:
        """Commitments of which the session did not hear everything that is known to be there."""
        rows = {row.commitment for row in self.rows if row.cells[session].state == NOT_REPORTED}
        whole = {row.commitment for row in self.commitments if row.cells[session].state == NOT_REPORTED}
        return tuple(sorted(rows | whole))


def matrix(plan: Plan, sessions: Sequence[Session]) -> Matrix:
    """The matrix of a plan over the sessions about it, in the order of their days.

    A commitment that the plan is known to have without anything known of it stands in it too. A report about a commitment that
    the plan does not have raises ValueError, naming the session.
    """
    about = sorted((s for s in sessions if s.plan in (None, plan.number)), key=lambda s: s.on)
    known = {commitment.number: commitment for commitment in plan.commitments}
    for session in about:
        for report in session.reports:
            if report.commitment not in known and not 1 <= report.commitment <= (plan.stated_commitments or 0):
                raise ValueError(
                    f"session {session.id} has a report of {report.institution} about commitment {report.commitment}, "
                    f"which plan {plan.number} does not have"
                )
    numbers = sorted({*known, *range(1, (plan.stated_commitments or 0) + 1)})
    rows = [row for number in numbers for row in _rows(number, known.get(number), about)]
    whole = tuple(_commitment(number, known.get(number), rows, about) for number in numbers)
    return Matrix(tuple(about), whole, tuple(rows))


def _rows(number: int, commitment: Commitment | None, sessions: Sequence[Session]) -> list[MatrixRow]:
    version = commitment.current if commitment else None
    stated = {short_number(m.number): m for m in (version.milestones if version else ())}
    heard: defaultdict[str, list[tuple[int, str]]] = defaultdict(list)
    for place, session in enumerate(sessions):
        for report in session.reports:
            if report.commitment == number:
                for milestone in report.milestones:
                    heard[short_number(milestone)].append((place, report.institution))
    found = []
    for milestone in _in_order({*stated, *heard, *_implied({*stated, *heard})}):
        cells = []
        for place, session in enumerate(sessions):
            who = tuple(dict.fromkeys(name for at, name in heard[milestone] if at == place))
            start = stated[milestone].start if milestone in stated else None
            due = not isinstance(start, DateRange) or start.first() <= session.on
            cells.append(Cell(REPORTED, who) if who else Cell(NOT_REPORTED if due else NOT_DUE))
        found.append(MatrixRow(number, milestone, milestone in stated, tuple(cells)))
    return found


def _commitment(
    number: int, commitment: Commitment | None, rows: Iterable[MatrixRow], sessions: Sequence[Session]
) -> CommitmentRow:
    version = commitment.current if commitment else None
    own = [row for row in rows if row.commitment == number]
    cells = []
    for place, session in enumerate(sessions):
        who = tuple(dict.fromkeys(r.institution for r in session.reports if r.commitment == number))
        states = {row.cells[place].state for row in own}
        missing = NOT_REPORTED in states or (not own and not who)
        cells.append(Cell(NOT_REPORTED if missing else REPORTED if who else NOT_DUE, who))
    lead = version.lead.items if version and isinstance(version.lead, Listing) else ()
    counted = len(version.milestones) if version and version.all_milestones and version.milestones else None
    return CommitmentRow(number, lead, counted, tuple(cells))


def _implied(numbers: Iterable[str]) -> set[str]:
    """Numbers below the highest one: where there is a milestone 4 there are 1 to 3."""
    highest = max((int(number) for number in numbers if number.isdigit()), default=0)
    return {str(number) for number in range(1, highest + 1)}


def _in_order(numbers: Iterable[str]) -> list[str]:
    return sorted(numbers, key=lambda number: (not number.isdigit(), int(number) if number.isdigit() else 0, number))

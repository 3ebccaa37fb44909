"""What measures are made of, and the shape of what they make."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from atalaya.measures.tally import Outcomes, Tally, tally

Row = Mapping[str, object]
"""A row of a table of the observation, by column names."""


DECISION = "decision"
"""The method of an attribution that a person ruled, in `countries.attribution`."""


@dataclass(frozen=True, slots=True, order=True)
class CheckRule:
    """A check that ran: id, version and the level of its cases (catalogue, dataset, duty, resource or table).

    `reads_bytes` tells that it looks into what an address hands over, so that its unknowns may hide tables.
    """

    id: str
    version: int
    level: str
    reads_bytes: bool = field(default=True, compare=False)

    @property
    def measure_id(self) -> str:
        """The measure that the check yields: `licence_open@1`."""
        return f"{self.id}@{self.version}"


@dataclass(frozen=True)
class Facts:
    """The facts of one observation. `institutions` are ids of the register; rows are of the tables that name them."""

    country: str
    institutions: tuple[str, ...]
    checks: tuple[CheckRule, ...]
    sources: tuple[Row, ...]
    attributions: tuple[Row, ...]
    outcomes: Outcomes
    duty_verdicts: tuple[Row, ...] = ()
    """Verdicts on legal duties, of their periods too: rows of that table without their evidence."""
    duties: Mapping[str, int] = field(default_factory=dict)
    """Institution id → how many duties bind it at the day of the observation."""

    @cached_property
    def tally(self) -> Tally:
        """All outcomes, counted."""
        blind = {(check.id, check.version) for check in self.checks if not check.reads_bytes}
        return tally(self.outcomes, self.institution_of, self.waiting, blind)

    @cached_property
    def institution_of(self) -> dict[str, str | None]:
        """Record id → institution id; None where the record is unattributed."""
        return {str(row["record_id"]): _text(row.get("institution_id")) for row in self.attributions}

    @cached_property
    def unattributed(self) -> dict[str, int]:
        """Source id → how many of its records wait for an institution; sources without any are left out."""
        waiting = (row for row in self.attributions if str(row["record_id"]) in self.waiting)
        return dict(Counter(str(row.get("source_id")) for row in waiting))

    @cached_property
    def waiting(self) -> frozenset[str]:
        """Records without an institution, those left out that a person ruled to be nobody's."""
        return frozenset(
            str(row["record_id"])
            for row in self.attributions
            if row.get("institution_id") is None and row.get("method") != DECISION
        )

    @cached_property
    def datasets(self) -> dict[str, int]:
        """Institution id → how many datasets are attributed to it."""
        counts = dict.fromkeys(self.institutions, 0)
        for institution in self.institution_of.values():
            if institution in counts:
                counts[institution] += 1
        return counts


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """Cases of one measure: passed of `applied` (those decided), and how many were unknown or not applicable."""

    passed: int = 0
    applied: int = 0
    unknown: int = 0
    not_applicable: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Family:
    """A family of measures: its ids as a function of the checks that exist, its texts, and the function that makes its rows."""

    id: str
    text: str
    measure_ids: Callable[[Iterable[CheckRule]], tuple[str, ...]]
    make: Callable[[Facts], list[dict[str, object]]]


NONE = Counts()


def share(
    measure_id: str, institution_id: str, counts: Counts, reason: str, waiting: Counts = NONE
) -> dict[str, object]:
    """The row of a share: passed of decided cases, from all unknown cases failing (`low`) to all passing (`high`).

    `waiting` counts the cases of unattributed records, any of which may be given to the institution: they widen the bounds and
    nothing else. With nothing decided the value is None; with no case at all the measure is not applicable. It then has bounds
    only where waiting cases could make it apply.
    """
    cases = counts.applied + counts.unknown
    worst = cases + waiting.applied - waiting.passed + waiting.unknown
    best = cases + waiting.passed + waiting.unknown
    low = counts.passed / worst if worst else 1.0 if best else None
    high = (
        (counts.passed + counts.unknown + waiting.passed + waiting.unknown) / best if best else 0.0 if worst else None
    )
    return {
        "measure_id": measure_id,
        "institution_id": institution_id,
        "value": counts.passed / counts.applied if counts.applied else None,
        "passed": counts.passed,
        "applied": counts.applied,
        "unknown": counts.unknown,
        "not_applicable": counts.not_applicable,
        "low": low,
        "high": high,
        "reason": reason,
    }


def _text(value: object) -> str | None:
    return None if value is None else str(value)

"""The states of a communiqué, defined once: from where to where, and what a step is called.

A scheduled communiqué whose hour has come is a published one, whether or not anything ran at that hour: `Communique.stands`.
"""

from dataclasses import dataclass

DRAFT, SCHEDULED, PUBLISHED, WITHDRAWN = "draft", "scheduled", "published", "withdrawn"

STATES = {DRAFT: "draft", SCHEDULED: "scheduled", PUBLISHED: "published", WITHDRAWN: "withdrawn"}
"""State → what people read."""


@dataclass(frozen=True, slots=True)
class Move:
    """One step: its name, from where to where, and what it is called on a button."""

    id: str
    before: tuple[str, ...]
    after: str
    title: str


MOVES = (
    Move("schedule", (DRAFT, SCHEDULED), SCHEDULED, "Schedule"),
    Move("unschedule", (SCHEDULED,), DRAFT, "Back to draft"),
    Move("publish", (DRAFT, SCHEDULED), PUBLISHED, "Publish now"),
    Move("withdraw", (PUBLISHED,), WITHDRAWN, "Withdraw"),
)
"""A published communiqué is corrected, which changes its text and not its state; nothing leads back from a withdrawn one."""


def moves_from(state: str) -> tuple[Move, ...]:
    """The steps that a state permits, in the order of the table.

    >>> [move.id for move in moves_from("published")]
    ['withdraw']
    """
    return tuple(move for move in MOVES if state in move.before)

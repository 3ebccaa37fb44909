"""The states of a report, defined once: from where to where, what it is called, and what it leaves in the trail."""

from dataclasses import dataclass

RECEIVED, REVIEWED, ANSWERED, CLOSED = "received", "under_review", "answered", "closed"

STATES = {
    RECEIVED: "received",
    REVIEWED: "under review",
    ANSWERED: "answered",
    CLOSED: "closed",
}
"""State → what people read."""


@dataclass(frozen=True, slots=True)
class Move:
    """One step: its name, from where to where, what it is called on a button, and whether an answer must be written."""

    id: str
    before: tuple[str, ...]
    after: str
    title: str
    answers: bool = False


MOVES = (
    Move("review", (RECEIVED,), REVIEWED, "Take it under review"),
    Move("answer", (RECEIVED, REVIEWED, ANSWERED), ANSWERED, "Answer", answers=True),
    Move("close", (RECEIVED, REVIEWED), CLOSED, "Close without an answer"),
    Move("reopen", (ANSWERED, CLOSED), REVIEWED, "Open it again"),
)


def moves_from(state: str) -> tuple[Move, ...]:
    """The steps that a state permits, in the order of the table.

    >>> [move.id for move in moves_from("closed")]
    ['reopen']
    """
    return tuple(move for move in MOVES if state in move.before)

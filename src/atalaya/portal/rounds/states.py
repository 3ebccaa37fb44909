"""The states of a round, a recheck and an edition, defined once: from where to where, and what people call it."""

from dataclasses import dataclass

WAITING, RUNNING, SEALED, ABORTED, FAILED, DROPPED = "waiting", "running", "sealed", "aborted", "failed", "dropped"
ROUND_STATES = {
    WAITING: "waits for a worker",
    RUNNING: "running",
    SEALED: "finished and sealed",
    ABORTED: "aborted: our own line failed",
    FAILED: "could not be run",
    DROPPED: "left unfinished",
}
UNFINISHED = (WAITING, RUNNING)

DONE = "done"
RECHECK_STATES = (WAITING, RUNNING, DONE, FAILED)
TRIAL_STATES = {
    WAITING: "waits for a worker",
    RUNNING: "is being computed",
    DONE: "computed",
    FAILED: "could not be computed",
}

COMPUTED, IN_REPLY, APPROVED, PUBLISHED, WITHHELD = "computed", "in_reply", "approved", "published", "withheld"
EDITION_STATES = {
    COMPUTED: "computed",
    IN_REPLY: "in reply",
    APPROVED: "approved by one person",
    PUBLISHED: "published as an edition",
    WITHHELD: "withheld",
}

STAGES = {
    "harvest": "reading the catalogues",
    "identify": "telling which records are one dataset",
    "crawl": "reading the web sites",
    "fetch": "asking for the files",
    "inspect": "looking into the files",
    "contents": "reading the documents of sites",
    "duties": "matching documents to duties",
    "check": "judging",
    "measure": "computing measures",
    "seal": "sealing",
}
"""Stage of a round → what people read."""


@dataclass(frozen=True, slots=True)
class Move:
    """One step: its name, from where to where, what it is called on a button, and whether it wants a reason."""

    id: str
    before: tuple[str, ...]
    after: str
    title: str
    reasoned: bool = False


ROUND_MOVES = (
    Move("again", (ABORTED, FAILED), WAITING, "Go on where it stopped"),
    Move("anew", (ABORTED, FAILED), WAITING, "Throw away what was begun, and begin anew"),
    Move("drop", (WAITING, RUNNING, ABORTED, FAILED), DROPPED, "Give this round up"),
)
EDITION_MOVES = (
    Move("open_reply", (COMPUTED,), IN_REPLY, "Open the right of reply"),
    Move("approve", (IN_REPLY,), APPROVED, "Approve this edition"),
    Move("publish", (APPROVED,), PUBLISHED, "Publish this edition"),
    Move("withhold", (COMPUTED, IN_REPLY, APPROVED), WITHHELD, "Withhold this edition", reasoned=True),
    Move("resume", (WITHHELD,), COMPUTED, "Take it up again"),
)


def moves_from(moves: tuple[Move, ...], state: str) -> tuple[Move, ...]:
    """The steps that a state permits, in the order of the table.

    >>> [move.id for move in moves_from(EDITION_MOVES, "withheld")]
    ['resume']
    """
    return tuple(move for move in moves if state in move.before)

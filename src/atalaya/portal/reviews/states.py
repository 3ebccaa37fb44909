"""The kinds of answers, their states, and how one leads to another: who may, from where to where, and what must be said.

Where an answer stands (its state) and what was ruled on it (its outcome) are two things, and lie in two columns.
"""

from dataclasses import dataclass

MENDING, DISPUTE, NOT_CONCERNED, COMMENT, RECHECK = "mending", "dispute", "not_concerned", "comment", "recheck"

KINDS = {
    MENDING: "We are mending it",
    DISPUTE: "We dispute it",
    NOT_CONCERNED: "It does not concern us",
    COMMENT: "Our answer",
    RECHECK: "Look again",
}
"""Kind → what people read."""

RULED_KINDS = (DISPUTE, NOT_CONCERNED)
"""Kinds on which two analysts rule."""

DRAFT, SENT, PROPOSED, RULED, WITHDRAWN = "draft", "sent", "proposed", "ruled", "withdrawn"
CLAIMED, ASKED, RUNNING, DONE, FAILED = "claimed", "asked", "running", "done", "failed"

STATES = {
    DRAFT: "draft of an answer",
    SENT: "answer sent",
    PROPOSED: "a ruling is proposed",
    RULED: "ruled on",
    WITHDRAWN: "answer taken back",
    CLAIMED: "being mended",
    ASKED: "recheck asked for",
    RUNNING: "being looked at",
    DONE: "looked at again",
    FAILED: "could not be looked at",
}
"""State → what people read."""

STANDS = "stands"
REFUSED, ACCEPTED = "refused", "accepted"

OUTCOMES = {
    DISPUTE: {
        "unknown": "Upheld: nobody can tell, so it counts as unknown",
        "not_applicable": "Upheld: the rule does not concern this case",
        "pass": "Upheld: there is no fault",
        STANDS: "Not upheld: the finding stands",
    },
    NOT_CONCERNED: {
        ACCEPTED: "Accepted: the duty does not concern the institution",
        REFUSED: "Not accepted: the duty concerns the institution",
    },
}
"""Kind → what can be ruled → what people read."""

OPEN = (DRAFT, SENT, PROPOSED, CLAIMED, ASKED, RUNNING)
"""States after which something is still to come: of one kind an institution has one such answer to a thing at most."""

INSTITUTION, ANALYST, SECOND, MACHINE = "institution", "analyst", "second", "machine"
"""Who takes a step: the institution, an analyst, another analyst than the one before, or what looks again."""


@dataclass(frozen=True, slots=True)
class Move:
    """One step: of which kinds, from where to where, who takes it, and what it is called on a button."""

    id: str
    kinds: tuple[str, ...]
    before: tuple[str, ...]
    after: str
    who: str
    title: str


MOVES = (
    Move("send", (DISPUTE, NOT_CONCERNED, COMMENT), (DRAFT,), SENT, INSTITUTION, "Send this answer"),
    Move(
        "take_back", (DISPUTE, NOT_CONCERNED, COMMENT), (DRAFT, SENT), WITHDRAWN, INSTITUTION, "Take this answer back"
    ),
    Move("give_up", (MENDING,), (CLAIMED,), WITHDRAWN, INSTITUTION, "Take this answer back"),
    Move("propose", RULED_KINDS, (SENT,), PROPOSED, ANALYST, "Propose this ruling"),
    Move("confirm", RULED_KINDS, (PROPOSED,), RULED, SECOND, "Confirm the ruling and publish it"),
    Move("send_back", RULED_KINDS, (PROPOSED,), SENT, SECOND, "Send it back"),
    Move("start", (RECHECK,), (ASKED,), RUNNING, MACHINE, "Begin to look"),
    Move("finish", (RECHECK,), (ASKED, RUNNING), DONE, MACHINE, "Say what was seen"),
    Move("fail", (RECHECK,), (ASKED, RUNNING), FAILED, MACHINE, "Say why nothing was seen"),
)
"""Every step that there is. ONE LINE A STEP."""

FIRST = {MENDING: CLAIMED, DISPUTE: DRAFT, NOT_CONCERNED: DRAFT, COMMENT: DRAFT, RECHECK: ASKED}
"""The state in which an answer of a kind begins."""


def moves_from(kind: str, state: str, who: str = "") -> tuple[Move, ...]:
    """The steps that a kind and state permit, in the order of the table; those that somebody takes, where that is told.

    >>> [move.id for move in moves_from("dispute", "proposed")]
    ['confirm', 'send_back']
    """
    return tuple(m for m in MOVES if kind in m.kinds and state in m.before and who in ("", m.who))


def move(kind: str, state: str, name: str) -> Move | None:
    """The step of this name, where a kind and state permit it."""
    return next((each for each in moves_from(kind, state) if each.id == name), None)

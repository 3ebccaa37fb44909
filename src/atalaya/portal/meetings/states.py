"""The states of sessions, agreements, minutes, amendments and standards, and how one leads to another: each in one table.

Titles are looked up in the gettext catalogue by those who show them.
"""

from collections.abc import Mapping

CALLED, HELD, CANCELLED = "called", "held", "cancelled"
SESSION_STATES: Mapping[str, str] = {CALLED: "called", HELD: "held", CANCELLED: "cancelled"}
SESSION_MOVES = {CALLED: (HELD, CANCELLED), HELD: (), CANCELLED: ()}
"""A cancelled session is called anew as another one, so that calendars keep both."""

OPEN, DONE, DROPPED = "open", "done", "dropped"
AGREEMENT_STATES: Mapping[str, str] = {OPEN: "open", DONE: "fulfilled", DROPPED: "given up"}
AGREEMENT_MOVES = {OPEN: (OPEN, DONE, DROPPED), DONE: (OPEN,), DROPPED: (OPEN,)}
"""An open one may be told of again and stay open; one that was closed too early is opened again."""

DRAFT, CIRCULATED, APPROVED = "draft", "circulated", "approved"
MINUTES_STATES: Mapping[str, str] = {
    DRAFT: "being drafted",
    CIRCULATED: "circulated for amendments",
    APPROVED: "approved",
}
MINUTES_MOVES = {DRAFT: (CIRCULATED,), CIRCULATED: (DRAFT, APPROVED), APPROVED: ()}

PROPOSED, ACCEPTED, REJECTED, WITHDRAWN = "proposed", "accepted", "rejected", "withdrawn"
AMENDMENT_STATES: Mapping[str, str] = {
    PROPOSED: "proposed",
    ACCEPTED: "accepted",
    REJECTED: "rejected",
    WITHDRAWN: "withdrawn by its member",
}
AMENDMENT_MOVES = {PROPOSED: (ACCEPTED, REJECTED, WITHDRAWN), ACCEPTED: (), REJECTED: (), WITHDRAWN: ()}

CONSULTED, AGREED, REPLACED = "consulted", "agreed", "replaced"
STANDARD_STATES: Mapping[str, str] = {
    PROPOSED: "proposed",
    CONSULTED: "in consultation",
    AGREED: "agreed",
    REPLACED: "replaced by a later version",
    DROPPED: "given up",
}
STANDARD_MOVES = {
    PROPOSED: (CONSULTED, DROPPED),
    CONSULTED: (AGREED, DROPPED),
    AGREED: (REPLACED,),
    REPLACED: (),
    DROPPED: (),
}

APPROVALS = 2
"""Members whose approval makes minutes approved without waiting for the next session: one may not approve alone."""

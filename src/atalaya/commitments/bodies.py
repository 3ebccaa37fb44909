"""Bodies that follow what was promised: a technical table, a users' committee, a committee of several institutions.

Members are institutions and organisations, represented by posts and never by persons. A term that nobody stated is unknown, not
without end. Whether enough of them met is told by the rule that the body itself declares.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date
from fractions import Fraction
from math import floor
from typing import Any

KINDS = ("technical_table", "users_committee", "innovators_table", "inter_institutional", "other")
SECTORS = ("government", "civil_society", "academia", "private", "international", "other")
MEMBER, OBSERVER = "member", "observer"
SEATS = (MEMBER, OBSERVER)
ENDS = ("withdrew", "term_ended", "replaced", "removed")
"""How a term may end; *withdrew* is the member's own act."""

QUORUM_RULES = ("", "more_than_half", "two_thirds", "all", "count")
"""What a body declares of who has to be there; the empty one: nothing is declared."""

PRESENT, EXCUSED, ABSENT = "present", "excused", "absent"
ATTENDANCES = (PRESENT, EXCUSED, ABSENT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat:
    """A member or observer of a body: who, of which sector, represented by which post, and from when to when as far as stated."""

    name: str
    sector: str
    seat: str = MEMBER
    post: str = ""
    institution: str = ""
    """The id of an institution of the register; empty for an organisation."""
    since: date | None = None
    until: date | None = None
    ended: str = ""
    reason: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """A body: what it is for, on which legal basis, how often it has to meet, and when enough of its members are there."""

    id: str
    name: str
    kind: str
    purpose: str = ""
    legal_basis: str = ""
    plan: int | None = None
    """The plan that it follows; None where it follows none, or all."""
    meets_every_months: int | None = None
    quorum: str = ""
    quorum_count: int | None = None
    rules_url: str = ""
    """Where its rules are published."""
    note: str = ""
    """What is known of it besides, as documents say it."""
    members: tuple[Seat, ...] = ()
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Quorum:
    """How many voting members there are, how many were there, how many had to be (None: the body declares no rule, or its
    members are not known), and whether that was enough."""

    members: int
    present: int
    needed: int | None

    @property
    def reached(self) -> bool | None:
        """Whether enough were there; None where it cannot be told."""
        return None if self.needed is None else self.present >= self.needed


def quorum(rule: str, count: int | None, members: int, present: int) -> Quorum:
    """Hold who was there against the rule of a body; shares are exact, so two thirds of 9 are 6 and not 7.

    Raises ValueError where the rule is none, or its count is lacking.

    >>> quorum("more_than_half", None, 8, 4)
    Quorum(members=8, present=4, needed=5)
    """
    if rule not in QUORUM_RULES:
        raise ValueError(f"there is no rule of quorum {rule!r}; known are {', '.join(filter(None, QUORUM_RULES))}")
    if rule == "count":
        if not count or count < 1:
            raise ValueError("a quorum by number needs a number of 1 or more")
        return Quorum(members, present, count)
    if not rule or not members:
        return Quorum(members, present, None)
    share = {"more_than_half": Fraction(1, 2), "two_thirds": Fraction(2, 3), "all": Fraction(1)}[rule]
    exact = share * members
    needed = floor(exact) + 1 if rule == "more_than_half" else -floor(-exact)
    return Quorum(members, present, needed)


def sits(since: date | None, until: date | None, day: date) -> bool:
    """Whether a term holds a day, the first and the last one included; a first day that nobody stated holds every one."""
    return (since is None or since <= day) and (until is None or day <= until)


def body_of(value: Mapping[str, Any]) -> Body:
    """A body from its plain values. Raises ValueError that names the body, the member and what is wrong."""
    plain = {each.name: value[each.name] for each in fields(Body) if each.name in value}
    plain["sources"] = tuple(value.get("sources", ()))
    members = []
    for number, each in enumerate(value.get("members", ()), start=1):
        try:
            days = {name: date.fromisoformat(each[name]) for name in ("since", "until") if name in each}
            seat = Seat(**{**each, **days})
            _check_term(seat)
        except ValueError as error:
            raise ValueError(f"body {value['id']}, member {number} ({each.get('name', '?')}): {error}") from error
        members.append(seat)
    made = Body(**{**plain, "members": tuple(members)})
    if made.quorum == "count" and not made.quorum_count:
        raise ValueError(f"body {made.id}: a quorum by number needs quorum_count")
    return made


def _check_term(seat: Seat) -> None:
    if seat.since and seat.until and seat.until < seat.since:
        raise ValueError(f"the term ends on {seat.until}, before it begins on {seat.since}")
    if bool(seat.until) is not bool(seat.ended):
        raise ValueError("a term that ended has a last day (until) and says how (ended), both or neither")


def in_force(seats: Iterable[Seat], day: date) -> tuple[Seat, ...]:
    """The seats whose term holds a day."""
    return tuple(each for each in seats if sits(each.since, each.until, day))

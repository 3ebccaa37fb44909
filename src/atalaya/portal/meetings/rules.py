"""Who may found bodies, run their sessions and take part in them.

A secretariat is whoever speaks in the portal for the institution or organisation that the body names; analysts and administrators
stand in for it. Members are those who speak for an institution or organisation whose seat is in force.
"""

from typing import Any

import rules
from django.utils import timezone

from atalaya.commitments.bodies import MEMBER, sits
from atalaya.portal.accounts.rules import is_administrator, is_analyst, is_signed_in, standing
from atalaya.portal.meetings.models import Body, Member

IS_EDITOR = is_administrator | is_analyst


@rules.predicate
def is_secretariat(user: Any, body: Body | None) -> bool:
    """Speaks for the secretariat of a body."""
    mine = standing(user)
    return body is not None and bool(
        (body.secretariat_institution and body.secretariat_institution in mine.institutions)
        or (body.secretariat_organisation and body.secretariat_organisation in mine.organisations)
    )


@rules.predicate
def takes_part(user: Any, body: Body | None) -> bool:
    """Speaks for a voting member of a body."""
    return body is not None and bool(seats_of(user, body))


@rules.predicate
def sits_as(user: Any, member: Member | None) -> bool:
    """Speaks for one member."""
    return member is not None and bool(_speaks(user, [member]))


def seats_of(user: Any, body: Body) -> list[Member]:
    """The voting seats in force today for which somebody speaks."""
    today = timezone.localdate()
    held = [each for each in body.members.filter(seat=MEMBER) if sits(each.since, each.until, today)]
    return _speaks(user, held)


def _speaks(user: Any, members: list[Member]) -> list[Member]:
    mine = standing(user)
    organisations = {name.casefold() for name in mine.organisations}
    return [
        each
        for each in members
        if (each.institution and each.institution in mine.institutions)
        or (not each.institution and each.name.casefold() in organisations)
    ]


rules.add_perm("meetings.enter", is_signed_in)
rules.add_perm("meetings.found", IS_EDITOR)
rules.add_perm("meetings.run", IS_EDITOR | is_secretariat)
rules.add_perm("meetings.take_part", takes_part)
rules.add_perm("meetings.see_drafts", IS_EDITOR | is_secretariat | takes_part)
rules.add_perm("meetings.speak", sits_as)
rules.add_perm("meetings.record_fulfilment", IS_EDITOR)

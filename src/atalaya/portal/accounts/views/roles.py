"""Roles as people read them."""

from collections.abc import Iterable
from dataclasses import dataclass

from markupsafe import Markup

from atalaya.portal.accounts.models import Membership, Role
from atalaya.portal.observatory.models import Institution
from atalaya.publish.words import Words

TITLES = {
    Role.FOCAL_POINT: "Focal point of an institution",
    Role.ANALYST: "Analyst of the observatory",
    Role.ADMINISTRATOR: "Administrator of the portal",
    Role.ORGANISATION: "Civil-society organisation",
}


@dataclass(frozen=True, slots=True)
class Named:
    """A membership with its role, of whom, and its term, in words."""

    membership: Membership
    title: Markup
    of: str
    since: str
    until: str


def named(memberships: Iterable[Membership], say: Words) -> list[Named]:
    """Memberships in words; an institution that the register no longer has keeps its id."""
    held = list(memberships)
    wanted = {each.institution for each in held if each.institution}
    rows = (
        Institution.objects.filter(id__in=wanted).values_list("id", "name") if wanted and Institution.is_there() else ()
    )
    names = dict(rows)
    return [
        Named(
            membership=each,
            title=say.t(TITLES[each.role]),
            of=names.get(each.institution, each.institution) or each.organisation,
            since=say.day(each.since.isoformat()),
            until=say.day(each.until.isoformat()) if each.until else "",
        )
        for each in held
    ]

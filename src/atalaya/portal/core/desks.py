"""Where people act, by what they may do: the page of one's account leads to these desks.

A new desk gets ONE LINE in `DESKS`, in its group in the order of the page; who may come there says the rules of its app.
"""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import groupby

INSTITUTION, PROMISES, PORTAL = "Your institution", "What was promised", "Running the portal"


@dataclass(frozen=True, slots=True)
class Desk:
    """One desk: the name of its address, the permission that lets in, its group, and what it is called."""

    name: str
    permission: str
    group: str
    title: str


DESKS = (
    Desk("desk", "reviews.desk", INSTITUTION, "The desk of my institution: what to do next"),
    Desk("publishing", "publishing.list", INSTITUTION, "Publish data"),
    Desk("plan_desk", "commitments.work", PROMISES, "Keep plans"),
    Desk("meetings_desk", "meetings.enter", PROMISES, "For members and secretariats"),
    Desk("news_desk", "news.list", PROMISES, "Writing communiqués"),
    Desk("review_queues", "reviews.queues", PORTAL, "What awaits review"),
    Desk("report_list", "reports.list", PORTAL, "Reported problems"),
    Desk("rounds_manage", "rounds.manage", PORTAL, "Run rounds"),
    Desk("post_contacts", "post.contact", PORTAL, "Contacts of posts"),
    Desk("letters_held", "post.settle", PORTAL, "Letters that are held"),
    Desk("account_people", "accounts.see_people", PORTAL, "People and roles"),
    Desk("account_trail", "accounts.see_trail", PORTAL, "Trail of changes"),
)


def desks(may: Callable[[str], bool]) -> list[tuple[str, list[Desk]]]:
    """The desks that somebody may come to, by group; `may` answers for a permission."""
    open_ = [each for each in DESKS if may(each.permission)]
    return [(group, list(members)) for group, members in groupby(open_, key=lambda each: each.group)]

"""Who may answer for an institution, who sees what of an answer, and who rules on it."""

from typing import Any

import rules
from django.db.models import Q, QuerySet

from atalaya.portal.accounts.models import Role
from atalaya.portal.accounts.rules import is_analyst, speaks_for, standing
from atalaya.portal.reviews.models import Reply
from atalaya.portal.reviews.states import RULED_KINDS


@rules.predicate
def speaks_for_its(user: Any, reply: Any) -> bool:
    """Is the focal point of the institution that an answer is of."""
    return reply is not None and reply.institution in standing(user).institutions


@rules.predicate
def is_impartial(user: Any, reply: Any) -> bool:
    """Neither speaks for the institution of an answer nor wrote it."""
    return reply is not None and not speaks_for_its(user, reply) and reply.author_id != user.pk


@rules.predicate
def is_for_analysts(_: Any, reply: Any) -> bool:
    """An answer on which analysts rule, and that was sent: drafts are of their institution alone."""
    return reply is not None and reply.kind in RULED_KINDS and reply.sent is not None


rules.add_perm("reviews.desk", speaks_for)
rules.add_perm("reviews.answer", speaks_for)
rules.add_perm("reviews.change", speaks_for_its)
rules.add_perm("reviews.queues", is_analyst)
rules.add_perm("reviews.see", speaks_for_its | (is_for_analysts & is_analyst))
rules.add_perm("reviews.rule", is_analyst & is_impartial & is_for_analysts)


def visible(user: Any) -> QuerySet[Reply]:
    """The answers that somebody may see on pages that ask who they are, as `reviews.see` says it of each.

    All of their own institutions' for focal points; what was sent to be ruled on for analysts.
    """
    mine = standing(user)
    wanted = Q(institution__in=mine.institutions)
    if Role.ANALYST in mine.roles:
        wanted |= Q(kind__in=RULED_KINDS, sent__isnull=False)
    found: QuerySet[Reply] = Reply.objects.filter(wanted)
    return found

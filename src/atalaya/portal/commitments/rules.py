"""Who may change plans, say how milestones stand, and decide what is shown of what citizens say."""

from typing import Any

import rules

from atalaya.portal.accounts.rules import is_administrator, is_analyst, is_signed_in, speaks_for, standing

IS_EDITOR = is_administrator | is_analyst


@rules.predicate
def leads_it(user: Any, institutions: Any) -> bool:
    """Is the focal point of one of the institutions that lead a commitment."""
    return bool(standing(user).institutions & set(institutions or ()))


rules.add_perm("commitments.edit", IS_EDITOR)
rules.add_perm("commitments.moderate", IS_EDITOR)
rules.add_perm("commitments.work", IS_EDITOR | speaks_for)
rules.add_perm("commitments.read_for_institution", IS_EDITOR | leads_it)
rules.add_perm("commitments.comment", is_signed_in)

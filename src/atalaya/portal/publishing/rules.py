"""Who may see, write, review and take down what institutions publish here."""

from typing import Any

import rules

from atalaya.portal.accounts.rules import is_analyst, speaks_for, standing


@rules.predicate
def speaks_for_its_institution(user: Any, version: Any) -> bool:
    """Is the focal point of the institution that a version is of."""
    return version is not None and version.publication.institution in standing(user).institutions


@rules.predicate
def had_no_hand_in_it(user: Any, version: Any) -> bool:
    """Neither sent, changed nor submitted a version: who did never reviews it."""
    return version is not None and user.pk not in version.hands


rules.add_perm("publishing.list", speaks_for | is_analyst)
rules.add_perm("publishing.begin", speaks_for)
rules.add_perm("publishing.see", speaks_for_its_institution | is_analyst)
rules.add_perm("publishing.write", speaks_for_its_institution)
rules.add_perm("publishing.review", had_no_hand_in_it & (speaks_for_its_institution | is_analyst))
rules.add_perm("publishing.take_down", speaks_for_its_institution | is_analyst)

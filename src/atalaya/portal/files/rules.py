"""Who may send files, and read which: one predicate a permission."""

from typing import Any

import rules

from atalaya.portal.accounts.rules import is_administrator, is_analyst, standing


@rules.predicate
def has_any_role(user: Any) -> bool:
    """Is anything above the public."""
    return bool(standing(user).roles)


@rules.predicate
def is_published(_user: Any, file: Any) -> bool:
    """Is a file that everybody may read."""
    return file is not None and file.published is not None and file.withdrawn is None


@rules.predicate
def is_theirs(user: Any, file: Any) -> bool:
    """Has a role and sent a file, or speaks for the institution that it was sent for."""
    if file is None or file.withdrawn is not None:
        return False
    mine = standing(user)
    sent = bool(mine.roles) and file.by_id is not None and file.by_id == getattr(user, "pk", None)
    return sent or (bool(file.institution) and file.institution in mine.institutions)


@rules.predicate
def is_here(_user: Any, file: Any) -> bool:
    """Is a file that was not withdrawn."""
    return file is not None and file.withdrawn is None


rules.add_perm("files.take", has_any_role)
rules.add_perm("files.read", is_published | is_theirs | (is_here & (is_analyst | is_administrator)))

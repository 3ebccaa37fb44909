"""Who may read what people report, and answer it."""

from typing import Any

import rules

from atalaya.portal.accounts.rules import is_administrator, is_analyst, speaks_for, standing


@rules.predicate
def is_about_theirs(user: Any, report: Any) -> bool:
    """Is the focal point of the institution that a report is about."""
    return report is not None and bool(report.institution) and report.institution in standing(user).institutions


rules.add_perm("reports.list", is_analyst | is_administrator | speaks_for)
rules.add_perm("reports.review", is_analyst | is_administrator | is_about_theirs)

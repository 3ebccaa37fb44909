"""Who may write, publish, correct and withdraw communiqués: for an institution, its focal point; for any, analysts."""

import rules

from atalaya.portal.accounts.rules import is_administrator, is_analyst, speaks_for

IS_EDITOR = is_administrator | is_analyst

rules.add_perm("news.list", IS_EDITOR | speaks_for)
rules.add_perm("news.write", IS_EDITOR | speaks_for)
"""Of an institution, by its id: see what is not published yet, and change what it announces."""

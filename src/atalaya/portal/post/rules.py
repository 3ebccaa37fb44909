"""Who may look after letters that nobody knows the end of, and say how posts are reached."""

import rules

from atalaya.portal.accounts.rules import is_administrator, is_analyst, speaks_for

rules.add_perm("post.contact", is_analyst | is_administrator | speaks_for)
rules.add_perm("post.settle", is_administrator)

"""Who may look after letters that nobody knows the end of."""

import rules

from atalaya.portal.accounts.rules import is_administrator

rules.add_perm("post.settle", is_administrator)

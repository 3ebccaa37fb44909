"""Who runs rounds and publishes editions, and who may have a finding looked at again."""

import rules

from atalaya.portal.accounts.rules import is_administrator, is_analyst, speaks_for

rules.add_perm("rounds.manage", is_analyst | is_administrator)
rules.add_perm("rounds.publish", is_analyst | is_administrator)
rules.add_perm("rounds.recheck", is_analyst | is_administrator | speaks_for)

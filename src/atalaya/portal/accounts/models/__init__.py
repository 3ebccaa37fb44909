"""The tables of accounts: people, their roles, what they may send in a while, and the trail of changes."""

from atalaya.portal.accounts.models.allowances import Held
from atalaya.portal.accounts.models.memberships import Membership, Role
from atalaya.portal.accounts.models.trail import Address, SecondStep
from atalaya.portal.accounts.models.users import User

__all__ = ["Address", "Held", "Membership", "Role", "SecondStep", "User"]

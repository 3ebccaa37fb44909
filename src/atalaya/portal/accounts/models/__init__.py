"""The tables of accounts: people and their roles."""

from atalaya.portal.accounts.models.memberships import Membership, Role
from atalaya.portal.accounts.models.users import User

__all__ = ["Membership", "Role", "User"]

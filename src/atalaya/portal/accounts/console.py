"""What `atalaya portal user` does, for whoever may run commands on the portal's machine."""

from dataclasses import dataclass
from typing import Any

import pghistory
from django.utils import timezone

from atalaya.portal.accounts import services
from atalaya.portal.accounts.models import Membership, User
from atalaya.portal.accounts.rules import has_a_second_step, in_force
from atalaya.portal.accounts.services import CONSOLE, Grant, RefusedError


@dataclass(frozen=True, slots=True)
class Listed:
    """An account and its roles as a list shows them."""

    account: int
    email: str
    active: bool
    second_step: bool
    roles: tuple[str, ...]


def noted() -> Any:
    """Note in the trail that what follows came from the command line."""
    return pghistory.context(route="console")


def listed() -> list[Listed]:
    """All accounts that have a role, and those without one, by their address."""
    now = timezone.now()
    return [
        Listed(
            account=user.pk,
            email=user.email,
            active=user.is_active,
            second_step=has_a_second_step(user),
            roles=tuple(_said(each) for each in user.memberships.filter(in_force(now))),
        )
        for user in User.objects.order_by("email")
    ]


def added(email: str) -> int:
    """Make an account; gives its number."""
    return int(services.add_user(email).pk)


def granted(email: str, given: Grant) -> str:
    """Grant a role to the account of an address; gives the role in words."""
    return _said(services.grant(CONSOLE, _user(email), given))


def revoked(email: str, role: str) -> list[str]:
    """End the roles of that name of an account; gives them in words. Raises RefusedError where it has none."""
    held = list(_user(email).memberships.filter(in_force(timezone.now()), role=role))
    if not held:
        raise RefusedError("{said} has no role {role}; see `atalaya portal user list`", said=email, role=role)
    return [_said(services.revoke(CONSOLE, each)) for each in held]


def _user(email: str) -> Any:
    user = User.objects.filter(email=email.strip().lower()).first()
    if user is None:
        raise RefusedError("{said} has no account; make one with `atalaya portal user add`", said=email)
    return user


def _said(membership: Membership) -> str:
    of = membership.institution or membership.organisation
    until = f" until {membership.until.isoformat(timespec='minutes')}" if membership.until else ""
    return f"{membership.role}{f' of {of}' if of else ''}{until}"

"""What a person is, and what each may see and do: one predicate a permission, and one function that asks it everywhere.

A role counts within its term and only for somebody whose signing in has a second step.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import rules
from allauth.mfa.models import Authenticator
from django.db.models import Q
from django.utils import timezone

from atalaya.portal.accounts.models import Membership, Role

STEPS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


@dataclass(frozen=True, slots=True)
class Standing:
    """What somebody is at a moment: roles in force, the institutions that they speak for, the organisations they belong to."""

    roles: frozenset[str] = frozenset()
    institutions: frozenset[str] = frozenset()
    organisations: frozenset[str] = frozenset()


PUBLIC = Standing()


def in_force(moment: datetime) -> Q:
    """Memberships whose term holds a moment: `since` is in it, `until` no longer."""
    return Q(since__lte=moment) & (Q(until=None) | Q(until__gt=moment))


def has_a_role(user: Any) -> bool:
    """Whether somebody has a role above the public, whatever their second step."""
    return bool(user.is_authenticated) and user.memberships.filter(in_force(timezone.now())).exists()


def has_a_second_step(user: Any) -> bool:
    """Whether signing in to an account asks for more than its password."""
    return bool(user.is_authenticated) and Authenticator.objects.filter(user_id=user.pk, type__in=STEPS).exists()


def standing(user: Any) -> Standing:
    """What somebody is now: the public where they did not sign in, are inactive, have no role or no second step."""
    if not user.is_authenticated or not user.is_active:
        return PUBLIC
    held: list[Membership] = list(user.memberships.filter(in_force(timezone.now())))
    if not held or not has_a_second_step(user):
        return PUBLIC
    return Standing(
        roles=frozenset(each.role for each in held),
        institutions=frozenset(each.institution for each in held if each.institution),
        organisations=frozenset(each.organisation for each in held if each.organisation),
    )


def may(user: Any, permission: str, thing: Any = None) -> bool:
    """Whether somebody may see or do something, with a thing where the permission is about one.

    The only question that pages, lists, searches, downloads and the API ask. Raises KeyError where nobody declared the
    permission.
    """
    if not rules.perm_exists(permission):
        raise KeyError(f"no permission {permission!r} is declared; declare it in the rules.py of its app")
    return bool(rules.has_perm(permission, user, thing))


@rules.predicate
def is_signed_in(user: Any) -> bool:
    """Has an account and signed in to it."""
    return bool(user.is_authenticated and user.is_active)


@rules.predicate
def is_analyst(user: Any) -> bool:
    """Is an analyst of the observatory."""
    return Role.ANALYST in standing(user).roles


@rules.predicate
def is_administrator(user: Any) -> bool:
    """Runs the portal."""
    return Role.ADMINISTRATOR in standing(user).roles


@rules.predicate
def is_of_an_organisation(user: Any) -> bool:
    """Speaks for an organisation of civil society."""
    return Role.ORGANISATION in standing(user).roles


@rules.predicate
def speaks_for(user: Any, institution: str | None) -> bool:
    """Is the focal point of the institution with this id; without one, of any."""
    mine = standing(user).institutions
    return bool(mine) if institution is None else institution in mine


@rules.predicate
def is_own(user: Any, account: Any) -> bool:
    """Is the person of an account."""
    return account is not None and account.pk == user.pk


rules.add_perm("accounts.see_own", is_signed_in & is_own)
rules.add_perm("accounts.see_people", is_administrator)
rules.add_perm("accounts.grant", is_administrator)
rules.add_perm("accounts.see_trail", is_administrator)

"""What changes accounts and roles: each a rule, a transaction, and an entry in the trail that the database itself writes."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from atalaya.exceptions import AtalayaError
from atalaya.portal.accounts.models import Membership, Role, User
from atalaya.portal.accounts.models.memberships import LONGEST
from atalaya.portal.accounts.rules import in_force, may
from atalaya.portal.observatory.models import Institution


class RefusedError(AtalayaError):
    """What was asked is against a rule; the text says which and what to do. Raised by the services of accounts.

    `text` and `values` are kept apart, so that a page says it in its language.
    """

    def __init__(self, text: str, **values: object) -> None:
        super().__init__(text.format(**values))
        self.text, self.values = text, values


@dataclass(frozen=True, slots=True)
class Grant:
    """What is granted: a role, of which institution or organisation, and until when; None: until it is revoked."""

    role: str
    institution: str = ""
    organisation: str = ""
    until: datetime | None = None


CONSOLE = None
"""Who acts where nobody signed in: whoever may run commands on the portal's machine."""


def add_user(email: str) -> User:
    """Make an account whose address counts as confirmed; its person sets a password through *forgotten password*.

    Raises RefusedError where the address is none or has an account.
    """
    address = email.strip().lower()
    try:
        validate_email(address)
    except ValidationError as error:
        raise RefusedError("{said} is no e-mail address; write name@host", said=email) from error
    with transaction.atomic():
        if User.objects.filter(email=address).exists():
            raise RefusedError("{said} has an account already; grant it a role", said=address)
        user: User = User.objects.create_user(address)
        EmailAddress.objects.create(user=user, email=address, verified=True, primary=True)
    return user


def grant(by: Any, user: User, given: Grant) -> Membership:
    """Give somebody a role. Raises RefusedError where `by` may not, or the role is not whole."""
    _allowed(by)
    _whole(given)
    now = timezone.now()
    if given.until is not None and given.until <= now:
        raise RefusedError("the term would end on a day that is past; give a later one or none")
    same = {"user": user, "role": given.role, "institution": given.institution, "organisation": given.organisation}
    with transaction.atomic():
        User.objects.select_for_update().get(pk=user.pk)
        if Membership.objects.filter(in_force(now), **same).exists():
            raise RefusedError("this account has this role already; end it first to change its term")
        made: Membership = Membership.objects.create(since=now, until=given.until, granted_by=by, **same)
    return made


def revoke(by: Any, membership: Membership) -> Membership:
    """End a role now. Raises RefusedError where `by` may not, it has ended, or nobody would be left to grant roles."""
    _allowed(by)
    with transaction.atomic():
        # All administrators' roles are held, in one order, so that two of them cannot each end the other's as the last; and the
        # moment is taken after that: by an earlier one, a role that was ended while this waited would still be in force.
        kept = Membership.objects.select_for_update().filter(Q(role=Role.ADMINISTRATOR) | Q(pk=membership.pk))
        list(kept.order_by("pk").values_list("pk"))
        _allowed(by)
        now = timezone.now()
        standing = Membership.objects.filter(in_force(now))
        held = set(standing.filter(role=Role.ADMINISTRATOR).values_list("pk", flat=True))
        found: Membership | None = standing.filter(pk=membership.pk).first()
        if found is None:
            raise RefusedError("this role has ended already")
        if by is not CONSOLE and held == {found.pk}:
            raise RefusedError("this is the last administrator; grant the role to somebody else first")
        found.until = now
        found.save(update_fields=["until"])
    return found


def _allowed(by: Any) -> None:
    if by is not CONSOLE and not may(by, "accounts.grant"):
        raise RefusedError("only administrators grant and revoke roles")


def _whole(given: Grant) -> None:
    if given.role not in Role.values:
        raise RefusedError("there is no role {said}; known are {known}", said=given.role, known=", ".join(Role.values))
    if (given.role == Role.FOCAL_POINT) is not bool(given.institution):
        raise RefusedError("a focal point has an institution, and nobody else has one")
    if (given.role == Role.ORGANISATION) is not bool(given.organisation):
        raise RefusedError("a civil-society organisation has its name, and nobody else has one")
    if max(len(given.institution), len(given.organisation)) > LONGEST:
        raise RefusedError("the name is longer than {most} characters; shorten it", most=LONGEST)
    if given.institution and not _known(given.institution):
        raise RefusedError("the register has no institution {said}; its id looks like zz:name", said=given.institution)


def _known(institution: str) -> bool:
    return Institution.is_there() and Institution.objects.filter(id=institution).exists()

"""Contacts of posts: set, read and ended. What has ended is not read, and soon after it is not stored."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import connection, transaction
from django.db.models import QuerySet

from atalaya.portal.accounts.rules import may
from atalaya.portal.accounts.services import RefusedError
from atalaya.portal.core import kept
from atalaya.portal.core.days import today
from atalaya.portal.observatory.models import Institution
from atalaya.portal.post.models import Contact
from atalaya.portal.post.models.contacts import LONGEST
from atalaya.portal.post.services import forget

LONGEST_TERM = timedelta(days=5 * 366)
"""A term that says nothing is none: no post is held longer without being given again."""

_TELEPHONE = re.compile(r"\+?[0-9][0-9 ()/.-]{5,38}(?: ext\. ?[0-9]{1,6})?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """How a post can be reached, and from which day to which; the last day is in it."""

    email: str = ""
    telephone: str = ""
    since: date
    until: date


def set_contact(by: Any, institution: str, post: str, reach: Reach) -> Contact:
    """Write how a post is reached, in place of what was written before.

    Raises RefusedError where `by` may not, the institution is not in the register, the post has no title, nothing is given, it is
    no address or number, or the term is none.
    """
    _may(by, institution)
    if not (Institution.is_there() and Institution.objects.filter(id=institution).exists()):
        raise RefusedError("the register has no institution {said}; its id looks like zz:name", said=institution)
    title = " ".join(post.split())
    if not title or len(title) > LONGEST:
        raise RefusedError("write the title of the post, in {most} characters at most", most=LONGEST)
    _whole(reach)
    values = {"email": reach.email, "telephone": reach.telephone, "since": reach.since, "until": reach.until}
    with transaction.atomic():
        made: tuple[Contact, bool] = Contact.objects.update_or_create(
            institution=institution, post=title, defaults=values
        )
    return made[0]


def end_contact(by: Any, institution: str, post: str) -> bool:
    """Delete how a post is reached, at once: its holder left. Gives whether there was anything.

    Raises RefusedError where `by` may not.
    """
    _may(by, institution)
    return bool(_gone(Contact.objects.filter(institution=institution, post=" ".join(post.split()))))


def contacts_of(institutions: Iterable[str]) -> list[Contact]:
    """The contacts of institutions whose term holds today, by institution and post."""
    return list(Contact.objects.current(today()).filter(institution__in=list(institutions)))


def forget_ended() -> int:
    """Delete the contacts whose term has ended; gives how many."""
    return _gone(Contact.objects.filter(until__lt=today()))


def _gone(found: QuerySet[Contact]) -> int:
    """Delete contacts with what letters still wait for their addresses, and let the database give up their bytes."""
    with transaction.atomic():
        for email in set(found.exclude(email="").values_list("email", flat=True)):
            forget(email)
        count, _ = found.delete()
    if count:
        kept.forget()  # pages that show contacts are not kept at all; this is for one that is by mistake
    if count and not connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("VACUUM post_contact")
    return int(count)


def _may(by: Any, institution: str) -> None:
    if not may(by, "post.contact", institution):
        raise RefusedError("only analysts, administrators and the institution itself say how its posts are reached")


def _whole(reach: Reach) -> None:
    if not reach.email and not reach.telephone:
        raise RefusedError("give an e-mail address or a telephone number")
    if reach.email:
        try:
            validate_email(reach.email)
        except ValidationError as error:
            raise RefusedError("this is no e-mail address; write name@host") from error
    if reach.telephone and not _TELEPHONE.fullmatch(reach.telephone):
        raise RefusedError("this is no telephone number; write digits and blanks, such as +999 1234 5678")
    if reach.until < reach.since or reach.until < today() or reach.until - reach.since > LONGEST_TERM:
        raise RefusedError("the term ends after it begins, not in the past, and lasts five years at most")

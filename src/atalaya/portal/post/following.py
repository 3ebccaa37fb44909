"""Who follows what: begun, confirmed, changed and ended, by people with an account and by an address alone."""

from datetime import timedelta
from typing import Any

from django.core import signing
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation

from atalaya.portal.post.models import Follow, Follower
from atalaya.portal.post.models.followers import RHYTHMS
from atalaya.portal.post.services import RefusedError, forget, send
from atalaya.portal.post.subjects import Subject
from atalaya.translations import LANGUAGES

TERM = timedelta(days=3)
"""How long an address that was not confirmed is kept."""

MOST = 500
"""Subjects that one may follow: more than anybody reads, and an end to what a program may write."""

_FOLLOWER, _CONFIRM = "atalaya.post.follower", "atalaya.post.confirm"


def follow(account: Any, subject: Subject, language: str) -> Follow:
    """Let an account follow a subject. Raises RefusedError where it follows too many."""
    now = timezone.now()
    with transaction.atomic():
        follower, _ = Follower.objects.get_or_create(account=account, defaults={"language": language, "seen": now})
        return _followed(follower, subject, confirmed=True)


def unfollow(follower: Follower, subject: str) -> bool:
    """End following a subject; an address that follows nothing any more is deleted. Gives whether it was followed."""
    with transaction.atomic():
        Follower.objects.select_for_update().filter(pk=follower.pk).first()
        deleted, _ = follower.follows.filter(subject=subject).delete()
        if follower.email and not follower.follows.exists():
            leave(follower)
    return bool(deleted)


def ask(email: str, subject: Subject, language: str) -> None:
    """Send a letter to an address that wants to follow a subject; nothing else comes before it is confirmed.

    What is answered is the same whether or not the address follows it already. Raises RefusedError where it is no address, or
    follows too many.
    """
    address = email.strip().lower()
    try:
        validate_email(address)
    except ValidationError as error:
        raise RefusedError("this is no e-mail address; write name@host") from error
    now = timezone.now()
    with transaction.atomic():
        follower, _ = Follower.objects.get_or_create(email=address, defaults={"language": language, "seen": now})
        asked = _followed(follower, subject, confirmed=False)
        if asked.confirmed is None:
            asked.asked = now
            asked.save(update_fields=["asked"])
        values = {"title": subject.title, "link": _link("follow_confirm", confirm_mark(asked), language)}
        send("follow_confirm", address, values, key=f"follow-confirm:{asked.pk}:{now.date()}", language=language)


def confirm(mark: str) -> Follow | None:
    """Take the word of whoever has the link of a letter; None where the link is no longer good."""
    try:
        number = signing.TimestampSigner(salt=_CONFIRM).unsign(mark, max_age=TERM)
    except signing.BadSignature:
        return None
    with transaction.atomic():
        found: Follow | None = Follow.objects.select_for_update().filter(pk=int(number)).first()
        if found is not None and found.confirmed is None:
            found.confirmed = timezone.now()
            found.save(update_fields=["confirmed"])
    return found


def asked_by(mark: str) -> Follow | None:
    """What the link of a letter would confirm; None where it is no longer good."""
    try:
        number = signing.TimestampSigner(salt=_CONFIRM).unsign(mark, max_age=TERM)
    except signing.BadSignature:
        return None
    found: Follow | None = Follow.objects.filter(pk=int(number)).first()
    return found


def change(follower: Follower, rhythm: str, at_once: bool, language: str) -> None:
    """How and in which language somebody is told. Raises RefusedError where there is no such rhythm or language."""
    if rhythm not in RHYTHMS or language not in LANGUAGES:
        raise RefusedError("choose how often, and in which language, out of what is offered")
    Follower.objects.filter(pk=follower.pk).update(rhythm=rhythm, at_once=at_once, language=language)


def leave(follower: Follower) -> None:
    """Forget somebody with all that they follow; an address is deleted here and from letters that were not sent yet."""
    with transaction.atomic():
        if follower.email:
            forget(follower.email)
        Follower.objects.filter(pk=follower.pk).delete()


def forget_unconfirmed() -> int:
    """Delete what was asked for and not confirmed in time, and addresses that follow nothing; gives how many follows went."""
    with transaction.atomic():
        late = Follow.objects.filter(confirmed=None, asked__lt=timezone.now() - TERM)
        count, _ = late.delete()
        for each in Follower.objects.filter(account=None, follows=None).select_for_update(of=("self",)):
            leave(each)
    return int(count)


def mark_of(follower: Follower) -> str:
    """What stands in links of letters in place of signing in: nobody can make it but the portal."""
    return str(signing.Signer(salt=_FOLLOWER).sign(follower.pk))


def follower_of(mark: str) -> Follower | None:
    """Whose link it is; None where it is none, or they left."""
    try:
        number = signing.Signer(salt=_FOLLOWER).unsign(mark)
    except signing.BadSignature:
        return None
    found: Follower | None = Follower.objects.filter(pk=int(number)).first()
    return found


def confirm_mark(asked: Follow) -> str:
    """What stands in the link that confirms a follow."""
    return str(signing.TimestampSigner(salt=_CONFIRM).sign(asked.pk))


def links_of(follower: Follower) -> dict[str, str]:
    """The links of every letter to somebody: where they see and change what they follow, and where they leave."""
    mark, language = mark_of(follower), follower.language
    return {"link": _link("follow_own", mark, language), "stop": _link("follow_leave", mark, language)}


def _link(name: str, mark: str, language: str) -> str:
    with translation.override(language):
        return str(reverse(name, args=(mark,)))


def _followed(follower: Follower, subject: Subject, *, confirmed: bool) -> Follow:
    now = timezone.now()
    first = {"asked": now, "confirmed": now if confirmed else None}
    if not follower.follows.filter(subject=subject.name).exists() and follower.follows.count() >= MOST:
        raise RefusedError("{most} pages can be followed at most; leave one first", most=MOST)
    made: tuple[Follow, bool] = Follow.objects.get_or_create(follower=follower, subject=subject.name, defaults=first)
    return made[0]

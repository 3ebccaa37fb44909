"""What institutions answer: each a rule, a transaction, and an entry in the trail that the database itself writes."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlsplit

from django.db import IntegrityError, transaction
from django.utils import timezone

from atalaya.portal.accounts.rules import may
from atalaya.portal.accounts.services import RefusedError
from atalaya.portal.files.models import StoredFile
from atalaya.portal.reviews.models import Reply
from atalaya.portal.reviews.models.replies import LONGEST, LONGEST_ADDRESS
from atalaya.portal.reviews.states import (
    COMMENT,
    DISPUTE,
    DRAFT,
    FIRST,
    INSTITUTION,
    MENDING,
    NOT_CONCERNED,
    OPEN,
    RECHECK,
    RULED,
    SENT,
    move,
)
from atalaya.portal.reviews.things import Thing
from atalaya.portal.rounds.services import ask_recheck

SHORTEST = 20
"""Characters of a reason below which nothing can be ruled on."""

LATEST = timedelta(days=366)
"""A promise to mend reaches a year ahead at most."""

RECHECKS = 20
"""Findings that an institution may ask to be looked at again in a day: each asks a server of its own once or twice."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What an institution says: its reason, the legal ground where a duty is not its own, where it can be seen, until when.

    `file` is a file of evidence that was taken in; a draft keeps the one that it has where none is given.
    """

    text: str = ""
    ground: str = ""
    url: str = ""
    day: date | None = None
    file: StoredFile | None = None


def claim(by: Any, thing: Thing, day: date | None) -> Reply:
    """Say that a finding is being mended, until a day. Raises RefusedError where `by` may not, or the day is none to come."""
    _published(thing)
    today = timezone.localdate()
    if day is None or not today <= day <= today + LATEST:
        raise RefusedError("say until which day it will be mended: from today on, within a year")
    return _made(by, thing, MENDING, Said(day=day))


def dispute(by: Any, thing: Thing, said: Said) -> Reply:
    """Begin, or change, the draft of a dispute over a finding."""
    _published(thing)
    if not thing.check:
        raise RefusedError("only findings are disputed; of a duty say that it does not concern the institution")
    return _drafted(by, thing, DISPUTE, said)


def not_concerned(by: Any, thing: Thing, said: Said) -> Reply:
    """Begin, or change, the draft that says why a duty does not concern an institution."""
    if thing.check:
        raise RefusedError("only duties can be none of an institution; dispute the finding")
    return _drafted(by, thing, NOT_CONCERNED, said)


def comment(by: Any, thing: Thing, said: Said) -> Reply:
    """Begin, or change, the draft of an answer to a coming finding. Raises RefusedError where the period is over."""
    if not thing.coming:
        raise RefusedError("the right of reply to this finding is over, or has not begun")
    return _drafted(by, thing, COMMENT, said)


def ask_again(by: Any, thing: Thing) -> Reply:
    """Ask that a finding be looked at again. Raises RefusedError where `by` may not, or asked too often today."""
    _published(thing)
    since = timezone.now() - timedelta(days=1)
    asked = Reply.objects.filter(kind=RECHECK, institution=thing.institution, made__gt=since).count()
    if asked >= RECHECKS:
        raise RefusedError("an institution may ask {most} times a day to be looked at again", most=RECHECKS)
    with transaction.atomic():
        made = _made(by, thing, RECHECK, Said())
        ask_recheck(by, [thing.id])
    return made


def step(by: Any, reply: Reply, name: str) -> Reply:
    """Send an answer, or take it back. Raises RefusedError where `by` may not, or its state does not permit the step."""
    with transaction.atomic():
        found: Reply = Reply.objects.select_for_update().get(pk=reply.pk)
        if not may(by, "reviews.change", found):
            raise RefusedError("only those who speak for the institution change its answers")
        wanted = move(found.kind, found.state, name)
        if wanted is None or wanted.who != INSTITUTION:
            raise RefusedError("where this answer stands, that can not be done")
        now = timezone.now()
        found.state, found.changed = wanted.after, now
        if wanted.after == SENT:
            _whole(found)
            found.sent = now
        found.save(update_fields=["state", "changed", "sent"])
    return found


def _published(thing: Thing) -> None:
    if thing.coming:
        raise RefusedError("this finding is not published yet; answer it")


def _made(by: Any, thing: Thing, kind: str, said: Said) -> Reply:
    """A new answer that needs no draft."""
    _allowed(by, thing)
    now = timezone.now()
    try:
        with transaction.atomic():
            return _row(by, thing, kind, said, now, sent=now)
    except IntegrityError as error:
        raise RefusedError("there is such an answer already, and it is still open") from error


def _drafted(by: Any, thing: Thing, kind: str, said: Said) -> Reply:
    """The draft of an answer: a new one, or the one that is there, changed."""
    _allowed(by, thing)
    _fits(said)
    now = timezone.now()
    try:
        with transaction.atomic():
            known = Reply.objects.select_for_update().filter(
                institution=thing.institution, thing=thing.id, kind=kind, state__in=OPEN
            )
            found: Reply | None = known.first()
            if found is None:
                if kind == DISPUTE and _ruled_already(thing):
                    raise RefusedError("this finding was ruled on already, as it is in this edition")
                return _row(by, thing, kind, said, now)
            if found.state != DRAFT:
                raise RefusedError("it was sent already; take it back to change it")
            found.text, found.ground, found.url = said.text.strip(), said.ground.strip(), said.url.strip()
            found.author, found.changed, found.file = by, now, said.file or found.file
            found.save(update_fields=["text", "ground", "url", "file", "author", "changed"])
            return found
    except IntegrityError as error:  # two who speak for the institution began it at the same moment
        raise RefusedError("there is such an answer already, and it is still open") from error


def _row(by: Any, thing: Thing, kind: str, said: Said, now: Any, *, sent: Any = None) -> Reply:
    made: Reply = Reply.objects.create(
        kind=kind,
        state=FIRST[kind],
        institution=thing.institution,
        thing=thing.id,
        check_id=thing.check,
        check_version=thing.version,
        subject=thing.subject,
        reason=thing.reason,
        title=thing.title,
        observation=thing.observation,
        text=said.text.strip(),
        ground=said.ground.strip(),
        url=said.url.strip(),
        day=said.day,
        file=said.file,
        author=by,
        made=now,
        changed=now,
        sent=sent,
    )
    return made


def _allowed(by: Any, thing: Thing) -> None:
    if not may(by, "reviews.answer", thing.institution):
        raise RefusedError("only those who speak for the institution answer for it")


def _ruled_already(thing: Thing) -> bool:
    rows = Reply.objects.filter(institution=thing.institution, thing=thing.id, kind=DISPUTE, state=RULED)
    return bool(rows.filter(observation=thing.observation).exists())


def _fits(said: Said) -> None:
    """Hold what is written to its limits; a draft may lack anything."""
    if max(len(said.text), len(said.ground)) > LONGEST:
        raise RefusedError("the text is longer than {most} characters; shorten it", most=LONGEST)
    if said.url and not is_address(said.url.strip()):
        raise RefusedError("{said} is no address of a page; write https://host/page", said=said.url[:80])


def is_address(text: str) -> bool:
    """Whether a text is an address of the web that can be linked to.

    >>> is_address("https://example.org/acta.pdf"), is_address("javascript:alert(1)")
    (True, False)
    """
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    plain = len(text) <= LONGEST_ADDRESS and text.isprintable() and " " not in text
    return (
        plain and parts.scheme in ("http", "https") and bool(parts.hostname) and not (parts.username or parts.password)
    )


def _whole(reply: Reply) -> None:
    """Hold what is sent to what a ruling needs."""
    if len(reply.text) < SHORTEST:
        raise RefusedError("write the reason first, in {least} characters or more", least=SHORTEST)
    if reply.kind == NOT_CONCERNED and not reply.ground:
        raise RefusedError("name the law and article from which it follows")

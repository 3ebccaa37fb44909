"""Sends the letters that are due: claimed, handed over, marked, so that none goes twice whenever a sender dies.

`states` tells what each mark means. Several senders may run at once: a letter is claimed by one of them in one statement.
"""

import hashlib
import smtplib
import time
import uuid
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from email.utils import parseaddr
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.smtp import EmailBackend
from django.db import DatabaseError, connection
from django.db.models.functions import Now
from django.utils import timezone

from atalaya.portal.post.kinds import absolute, composed
from atalaya.portal.post.models import Letter
from atalaya.portal.post.states import CLAIMED, FAILED, HANDING, HELD, SENT, WAITING

LEASE = timedelta(minutes=5)
"""How long a sender may take over one letter: far longer than a mail server is waited for (20 s a step, see `mail`)."""

WAITS = (1, 5, 15, 60, 240, 720, 1440)
"""Minutes until the next try after each refusal that may pass; after the last, some 40 hours in all, the letter is given up."""

SEASON = timedelta(days=90)
"""How long a held letter keeps its address for a person to decide."""

PATIENCE = (0.2, 1, 3, 10, 20)
"""Seconds between attempts to write down what became of a letter, where the database is away just then."""

UNREACHED = "unreached"
"""What is told of a letter whose mail server could not be reached; it waits."""

_PERMANENT = 500
"""Answers of a mail server from here on are for good, those from 400 may pass (RFC 5321, 4.2.1)."""

_CLAIM = """UPDATE post_letter SET state = 'claimed', claim = %s, claimed = now(), tries = tries + 1
    WHERE id = (SELECT id FROM post_letter WHERE state = 'waiting' AND due <= now() ORDER BY due, id
                LIMIT 1 FOR UPDATE SKIP LOCKED) RETURNING id"""


def send_due(most: int = 10_000) -> Counter[str]:
    """Send the letters that are due, at most so many; gives how many came into which state.

    Ends early where the mail server cannot be reached: the letters wait. Raises RuntimeError inside a transaction, where no mark
    would be written before its letter leaves.
    """
    if connection.in_atomic_block:
        raise RuntimeError("letters are sent outside of transactions; call this after the commit")
    told: Counter[str] = Counter(recovered())
    mailer = get_connection()
    try:
        for _ in range(most):
            letter = _claimed()
            if letter is None:
                break
            state = _deliver(mailer, letter)
            told[state] += 1
            if state == UNREACHED:
                break
    finally:
        mailer.close()
    return told


def recovered() -> dict[str, int]:
    """Take up what senders left that died: back to the queue what had not left, held what may have; gives how many of each."""
    late = Letter.objects.filter(claimed__lt=Now() - LEASE)
    held = late.filter(state=HANDING).update(state=HELD, claim=None, fault="its sender died")
    late.filter(state=CLAIMED).update(state=WAITING, claim=None)
    given_up = {"state": FAILED, "address": "", "values": {}, "settled": Now(), "fault": "held for a season"}
    old = Letter.objects.filter(state=HELD, claimed__lt=Now() - SEASON).update(**given_up)
    return {state: count for state, count in ((HELD, held), (FAILED, old)) if count}


def message_id(letter: Letter) -> str:
    """The Message-ID of a letter, the same however often it is sent, so that a server or a reader can tell one from two."""
    mark = hashlib.sha256(f"atalaya.letter\x1f{settings.SECRET_KEY}\x1f{letter.key}".encode()).hexdigest()[:32]
    _, sender = parseaddr(settings.DEFAULT_FROM_EMAIL)
    return f"<{mark}@{sender.rpartition('@')[2] or 'localhost'}>"


def _claimed() -> Letter | None:
    token = uuid.uuid4()
    with connection.cursor() as cursor:
        cursor.execute(_CLAIM, (token,))
        row = cursor.fetchone()
    return Letter.objects.select_related("account").get(pk=row[0]) if row else None


def _deliver(mailer: Any, letter: Letter) -> str:
    """Hand one claimed letter over; gives the state that it came into, CLAIMED where another sender has it by now."""
    to = letter.address or (letter.account.email if letter.account and letter.account.is_active else "")
    if not to:
        return _mark(letter, CLAIMED, FAILED, "there is no address any more")
    try:
        message = _message(letter, to)
    except (KeyError, ValueError) as error:
        return _mark(letter, CLAIMED, FAILED, f"it cannot be written: {type(error).__name__}")
    try:
        _open(mailer)
    except (OSError, smtplib.SMTPException) as error:
        mailer.close()
        fault = f"the mail server cannot be reached: {type(error).__name__}"
        due = timezone.now() + timedelta(minutes=WAITS[0])
        _mark(letter, CLAIMED, WAITING, fault, claim=None, due=due, tries=letter.tries - 1)
        return UNREACHED
    if not _moved(letter, CLAIMED, state=HANDING, claimed=Now()):
        return CLAIMED
    try:
        mailer.send_messages([message])
    except Exception as error:  # noqa: BLE001 - whatever it was, the letter may have left
        mailer.close()
        return _refused(letter, error)
    return _mark(letter, HANDING, SENT)


def _open(mailer: Any) -> None:
    """Open the line to the mail server, anew where it was closed in between: letters go only where somebody listens."""
    if isinstance(mailer, EmailBackend) and mailer.connection is not None:
        try:
            mailer.connection.noop()
        except (OSError, smtplib.SMTPException):
            mailer.close()
    mailer.open()
    if isinstance(mailer, EmailBackend):
        mailer.connection.ehlo_or_helo_if_needed()


def _message(letter: Letter, to: str) -> EmailMultiAlternatives:
    said = composed(letter.kind, letter.values, letter.language, settings.PORTAL_ADDRESS)
    headers = {"Message-ID": message_id(letter), "Auto-Submitted": "auto-generated"}
    stop = letter.values.get("stop")
    if stop:
        headers["List-Unsubscribe"] = f"<{absolute(stop, settings.PORTAL_ADDRESS)}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    made = EmailMultiAlternatives(said.subject, said.text, settings.DEFAULT_FROM_EMAIL, [to], headers=headers)
    made.attach_alternative(said.html, "text/html")
    return made


def _refused(letter: Letter, error: Exception) -> str:
    """What becomes of a letter that was not simply taken: only a word of the server tells that it did not leave."""
    code = _code(error)
    name = f"{type(error).__name__} {code or ''}".strip()
    if code is None:
        return _mark(letter, HANDING, HELD, name)
    if code >= _PERMANENT and not isinstance(error, smtplib.SMTPSenderRefused):
        return _mark(letter, HANDING, FAILED, name)
    if letter.tries > len(WAITS):
        return _mark(letter, HANDING, FAILED, name)
    due = timezone.now() + timedelta(minutes=WAITS[letter.tries - 1])
    return _mark(letter, HANDING, WAITING, name, claim=None, due=due)


def _code(error: Exception) -> int | None:
    """What the server answered in place of taking the letter; None where it is not known that it did not."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return max((int(code) for code, _ in error.recipients.values()), default=None)
    known = smtplib.SMTPSenderRefused | smtplib.SMTPDataError | smtplib.SMTPHeloError
    return int(error.smtp_code) if isinstance(error, known) and error.smtp_code > 0 else None


def _mark(letter: Letter, before: str, after: str, fault: str = "", **more: Any) -> str:
    """Write down what became of a letter, however long the database takes to come back within reason."""
    values = {"state": after, "fault": fault[:100], **more}
    if after in (SENT, FAILED):
        values |= {"address": "", "values": {}, "settled": timezone.now(), "claim": None}
    return after if _patient(lambda: _moved(letter, before, **values)) else before


def _moved(letter: Letter, before: str, **values: Any) -> bool:
    """Move a letter that is still ours; whether it was."""
    mine = Letter.objects.filter(pk=letter.pk, state=before, claim=letter.claim)
    return bool(mine.update(**values))


def _patient(write: Callable[[], bool]) -> bool:
    for seconds in PATIENCE:
        try:
            return write()
        except DatabaseError:
            connection.close()
            time.sleep(seconds)
    return write()

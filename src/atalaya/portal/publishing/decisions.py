"""What becomes of a version that was sent to review: published, given back, discarded; or, once published, taken down.

A version is published in one transaction: number, file and state together, or nothing of it.
"""

from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from atalaya.portal.accounts.rules import may
from atalaya.portal.accounts.services import RefusedError
from atalaya.portal.files import services as files
from atalaya.portal.publishing.examining import compared
from atalaya.portal.publishing.models import Publication, Version
from atalaya.portal.publishing.models.publications import LONGEST_NOTE
from atalaya.portal.publishing.services import lacking, newest
from atalaya.portal.publishing.states import MOVES, Move, move_of


def moves_for(by: Any, version: Version) -> list[Move]:
    """The steps that somebody may take with a version as it stands."""
    return [each for each in MOVES if version.state in each.before and may(by, each.permission, version)]


def accept(by: Any, version: Version) -> Version:
    """Publish a version. Raises RefusedError where `by` had a hand in it, may not review, or something lacks."""
    before = newest(version.publication)
    said = (version.changes or {}).get("before")
    anew = before is not None and before.number != said
    changes = compared(before.result, version.result) if anew and before and before.result and version.result else None
    with transaction.atomic():
        publication = Publication.objects.select_for_update().get(pk=version.publication_id)
        found = _held(by, version, "accept")
        last = newest(publication)
        if (last.pk if last else None) != (before.pk if before else None):
            raise RefusedError("another version was published meanwhile; load the page again")
        for text in lacking(found):
            raise RefusedError(text)
        assert found.result is not None, "what is in review has its file"
        files.publish(found.result)
        found.number = (publication.versions.aggregate(last=Max("number"))["last"] or 0) + 1
        found.state, found.published, found.sha256 = "published", timezone.now(), found.result.sha256
        found.reviewed_by, found.note = by, ""
        if anew and before is not None:
            found.changes = {**changes, "before": before.number} if changes else None
        return _saved(found)


def give_back(by: Any, version: Version, note: str) -> Version:
    """Give a version back to those who prepare it, with what has to be changed."""
    with transaction.atomic():
        found = _held(by, version, "return")
        found.state, found.note, found.result = "draft", _words(note), None
        return _saved(found)


def discard(by: Any, version: Version) -> Version:
    """Discard a version that was not published."""
    with transaction.atomic():
        found = _held(by, version, "discard")
        found.state = "discarded"
        return _saved(found)


def take_down(by: Any, version: Version, reason: str) -> Version:
    """Take a published version down: its page stays with the reason and the day, its bytes are handed out no more."""
    with transaction.atomic():
        found = _held(by, version, "take_down")
        found.reason, found.taken_down, found.state = _words(reason), timezone.now(), "taken_down"
        saved = _saved(found)
        assert found.result is not None, "what was published has its file"
        files.withdraw(found.result, found.reason)
        return saved


def step(by: Any, version: Version, name: str, words: str) -> Version:
    """Take the step of a name. Raises RefusedError where there is none, or as the steps above."""
    match name:
        case "accept":
            return accept(by, version)
        case "return":
            return give_back(by, version, words)
        case "discard":
            return discard(by, version)
        case "take_down":
            return take_down(by, version, words)
    raise RefusedError("there is no such step; load the page again")


def _held(by: Any, version: Version, name: str) -> Version:
    move = move_of(name)
    assert move is not None, name
    found: Version = Version.objects.select_for_update().get(pk=version.pk)
    if not may(by, move.permission, found):
        raise RefusedError("only those who speak for the institution do this; a review is done by somebody else")
    if found.state not in move.before:
        raise RefusedError("this version is not in a state that permits this step; load the page again")
    return found


def _saved(version: Version) -> Version:
    version.changed = timezone.now()
    version.save()
    return version


def _words(text: str) -> str:
    if len(text.strip()) < 10:
        raise RefusedError("say why, in a sentence")
    return text.strip()[:LONGEST_NOTE]

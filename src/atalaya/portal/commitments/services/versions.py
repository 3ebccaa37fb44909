"""New versions of commitments: a correction, or a change of substance, over the version that its editor saw."""

import hashlib
import json
from dataclasses import dataclass, replace
from typing import Any

from django.db import transaction
from django.utils import timezone

from atalaya.commitments.changes import ADDED, REMOVED, Change, changes
from atalaya.commitments.documents import version_of, version_value
from atalaya.commitments.exchange.drafts import renamed
from atalaya.commitments.partial_dates import PartialDate
from atalaya.commitments.plan import Version
from atalaya.commitments.scope import Loss, scope_lost
from atalaya.portal.accounts.services import RefusedError
from atalaya.portal.commitments.models import Commitment
from atalaya.portal.commitments.models import Version as VersionRow
from atalaya.portal.commitments.services.plans import editor
from atalaya.portal.commitments.services.telling import tell_version


class ChangedMeanwhileError(RefusedError):
    """Somebody published another version since the editor began. Raised by `publish`; nothing was changed."""


@dataclass(frozen=True, slots=True)
class Outlook:
    """What publishing a version would do: the list of changes, and what would no longer be promised."""

    changes: tuple[Change, ...]
    lost: tuple[Loss, ...]


def current_of(commitment: Commitment) -> Version | None:
    """The version that stands; None where no document is known."""
    row = commitment.versions.last()
    return version_of(row.document) if row else None


def mark_of(commitment: Commitment) -> str:
    """What tells whether the versions of a commitment are still those that somebody saw."""
    rows = list(commitment.versions.order_by("place").values_list("identifier", "document"))
    return hashlib.sha256(json.dumps(rows, sort_keys=True).encode()).hexdigest()


def outlook(commitment: Commitment, proposed: Version) -> Outlook:
    """What a version would change over the one that stands; nothing where it is the first."""
    current = current_of(commitment)
    if current is None:
        return Outlook((), ())
    return Outlook(changes(current, proposed), scope_lost(current, proposed))


def refusal(found: Outlook, proposed: Version, current: Version | None) -> RefusedError | None:
    """Why a version cannot be published, None where it can: it changes nothing, or is called a correction and is none."""
    if current is not None and replace(proposed, **_apart(current)) == current:
        return RefusedError("nothing differs from the version that stands")
    if proposed.substance:
        return None
    if found.lost:
        return RefusedError("a correction takes nothing away that was promised; publish it as a change of substance")
    if any(change.field is None and change.kind in (ADDED, REMOVED) for change in found.changes):
        return RefusedError("a correction neither adds nor takes out milestones; publish it as a change of substance")
    return None


def publish(by: Any, commitment: Commitment, proposed: Version, base: str) -> VersionRow:
    """Add a version to those of a commitment. `base` is the mark of the versions that its editor saw (`mark_of`).

    One that does not say when its document was published is published today.
    Raises ChangedMeanwhileError where others published one since, RefusedError where `by` may not or it cannot be published.
    """
    editor(by)
    with transaction.atomic():
        home = Commitment.objects.select_for_update().get(pk=commitment.pk)
        if mark_of(home) != base:
            raise ChangedMeanwhileError(
                "somebody published another version meanwhile; look at both and send yours again"
            )
        current = current_of(home)
        if (refused := refusal(outlook(home, proposed), proposed, current)) is not None:
            raise refused
        rows = list(home.versions.all())
        dated = replace(proposed, published=proposed.published or _today())
        version = renamed(dated, [row.identifier for row in rows], str(dated.published))
        made: VersionRow = VersionRow.objects.create(
            commitment=home,
            place=max((row.place for row in rows), default=-1) + 1,
            identifier=version.id,
            document=version_value(version),
        )
        tell_version(home, version.id)
    return made


def _apart(current: Version) -> dict[str, Any]:
    """What two versions may differ in though they say the same."""
    return {name: getattr(current, name) for name in ("id", "published", "substance", "note")}


def _today() -> PartialDate:
    day = timezone.localdate()
    return PartialDate(day.year, day.month, day.day)

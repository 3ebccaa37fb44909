"""What changes files: each a rule, a transaction, and an entry in the trail. Bytes are there before their row is."""

import secrets
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.base import File
from django.db import transaction
from django.db.models import Count, Sum
from django.utils import timezone

from atalaya.exceptions import AtalayaError
from atalaya.portal.accounts.allowances import Allowance, wait
from atalaya.portal.accounts.models import User
from atalaya.portal.accounts.rules import may
from atalaya.portal.accounts.services import RefusedError
from atalaya.portal.files.apart import examined
from atalaya.portal.files.keeping import Incoming, incoming, keep, path_of, pieces_of, sweep
from atalaya.portal.files.models import Rendition, StoredFile
from atalaya.portal.files.models.files import LONGEST
from atalaya.portal.files.names import cleaned
from atalaya.portal.files.purposes import PURPOSES, Purpose
from atalaya.portal.files.refusals import REFUSALS, Refusal
from atalaya.portal.files.worker import SECONDS

ATTEMPTS = Allowance("files", 60, 3600)
"""Files that one person may send in an hour, refused ones too: each costs the portal a second or more."""


@dataclass(frozen=True, slots=True)
class Said:
    """What is said of a picture, for those who do not see it and for whose it is."""

    alternative: str = ""
    credit: str = ""


def take(by: Any, upload: File, *, purpose: str, institution: str = "", said: Said | None = None) -> StoredFile:
    """Take a file in: examined by itself, its bytes kept, then its row. `purpose` is one of `purposes.PURPOSES`.

    Called outside a transaction, since bytes that are not committed go after a day and examining takes seconds. Raises
    RefusedError with a sentence for people where the file may not be taken (`refusals.REFUSALS`).
    """
    try:
        return _taken(by, upload, _purpose(purpose), institution, said or Said())
    except Refusal as refusal:
        raise RefusedError(REFUSALS[refusal.code], **refusal.values) from refusal


def keep_made(by: Any, path: Path, name: str, kind: str, media_type: str, institution: str) -> StoredFile:
    """Keep a file that the portal itself made out of one that it took, such as a repaired table."""
    home = Path(settings.ATALAYA_HOME)
    with incoming(home, pieces_of(path)) as found:
        keep(home, found)
        row = _row(by, found, PURPOSES["data"], institution, Said())
        row.name, row.kind, row.media_type = cleaned(name), kind, media_type
        row.save()
    return row


def publish(file: StoredFile) -> StoredFile:
    """Let everybody read a file. Whether somebody may say so is asked by the service that calls this one."""
    with transaction.atomic():
        found: StoredFile = StoredFile.objects.select_for_update().get(pk=file.pk)
        if found.withdrawn is not None:
            raise RefusedError("this file was withdrawn; send it again")
        if found.published is None:
            found.published = timezone.now()
            found.save(update_fields=["published"])
    return found


def withdraw(file: StoredFile, reason: str) -> StoredFile:
    """Let nobody read a file any more; its row stays with the reason. Asked by the service that calls this one, as above."""
    if not reason.strip():
        raise RefusedError("say why the file is withdrawn")
    with transaction.atomic():
        found: StoredFile = StoredFile.objects.select_for_update().get(pk=file.pk)
        if found.withdrawn is None:
            found.withdrawn, found.reason = timezone.now(), reason.strip()[:LONGEST]
            found.save(update_fields=["withdrawn", "reason"])
    return found


def sweep_orphans() -> int:
    """Remove bytes that no row names and are older than a day; gives how many. To be run daily; it may be run at any time."""
    return sweep(Path(settings.ATALAYA_HOME), _is_known)


def bytes_of(file: StoredFile | Rendition) -> Path:
    """Where the bytes of a file are. Raises AtalayaError where they are gone."""
    path = path_of(Path(settings.ATALAYA_HOME), file.sha256)
    if not path.is_file():
        raise AtalayaError(f"the bytes of {file} ({file.sha256}) are not in {path.parent}; restore them from a backup")
    return path


def _taken(by: Any, upload: File, purpose: Purpose, institution: str, said: Said) -> StoredFile:
    if not may(by, "files.take"):
        raise Refusal("not_yours")
    name = cleaned(str(upload.name or ""))
    if purpose.id == "picture" and not said.alternative.strip():
        raise Refusal("alternative")
    if purpose.id == "picture" and not said.credit.strip():
        raise Refusal("credit")
    if upload.size > purpose.largest:
        raise Refusal("too_large", {"size": f"{upload.size / 1e6:.1f}", "most": purpose.largest // 1_000_000})
    _within_the_day(by, purpose, upload.size)
    if wait(ATTEMPTS, by.pk):
        raise Refusal("a_day")
    home = Path(settings.ATALAYA_HOME)
    with incoming(home, _pieces(upload, purpose)) as found, tempfile.TemporaryDirectory(prefix="atalaya-") as folder:
        told = examined(found.path, name, purpose.id, Path(folder), SECONDS + 5)
        if told["pictures"]:
            return _picture(by, told, Path(folder), purpose, institution, said)
        keep(home, found)
        return _saved(by, _row(by, found, purpose, institution, said), told, [])


def _picture(by: Any, told: dict[str, Any], folder: Path, purpose: Purpose, institution: str, said: Said) -> StoredFile:
    """Keep what was drawn of a picture, and nothing else of it."""
    home, sizes = Path(settings.ATALAYA_HOME), []
    row = None
    for size_name, (name, width, height) in told["pictures"].items():
        with incoming(home, pieces_of(folder / name)) as found:
            keep(home, found)
            if size_name == "large":
                row = _row(by, found, purpose, institution, said)
            sizes.append(
                Rendition(size_name=size_name, sha256=found.sha256, size=found.size, width=width, height=height)
            )
    assert row is not None, "every picture is drawn in its large size"
    return _saved(by, row, told, sizes)


def _row(by: Any, found: Incoming, purpose: Purpose, institution: str, said: Said) -> StoredFile:
    return StoredFile(
        key=secrets.token_hex(16),
        sha256=found.sha256,
        size=found.size,
        purpose=purpose.id,
        institution=institution,
        alternative=said.alternative.strip()[:LONGEST],
        credit=said.credit.strip()[:LONGEST],
        by=by,
        taken=timezone.now(),
    )


def _saved(by: Any, row: StoredFile, told: dict[str, Any], sizes: list[Rendition]) -> StoredFile:
    row.kind, row.media_type, row.name = told["kind"], told["media_type"], told["name"]
    with transaction.atomic():
        # One file of a person at a time is counted, so that two at once do not both pass as the last of the day.
        User.objects.select_for_update().get(pk=by.pk)
        _within_the_day(by, PURPOSES[row.purpose], row.size)
        row.save()
        for each in sizes:
            each.file = row
        Rendition.objects.bulk_create(sizes)
    return row


def _within_the_day(by: Any, purpose: Purpose, size: int) -> None:
    since = timezone.now() - timedelta(days=1)
    sent = StoredFile.objects.filter(by=by, purpose=purpose.id, taken__gt=since).order_by()
    told = sent.aggregate(files=Count("id"), size=Sum("size"))
    if told["files"] >= purpose.files_a_day or (told["size"] or 0) + size > purpose.bytes_a_day:
        raise Refusal("a_day")


def _pieces(upload: File, purpose: Purpose) -> Iterator[bytes]:
    """The bytes of an upload, up to what may be sent: its stated size is not believed."""
    room = purpose.largest
    for piece in upload.chunks():
        room -= len(piece)
        if room < 0:
            raise Refusal(
                "too_large", {"size": f"> {purpose.largest // 1_000_000}", "most": purpose.largest // 1_000_000}
            )
        yield piece


def _purpose(name: str) -> Purpose:
    if name not in PURPOSES:
        raise Refusal("purpose", {"said": name})
    return PURPOSES[name]


def _is_known(sha256: str) -> bool:
    return any(model.objects.filter(sha256=sha256).exists() for model in (StoredFile, Rendition))

"""What changes the photographs of a communiqué: of a draft as one likes, of a published one as a correction, with a reason."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from atalaya.portal.accounts.services import CONSOLE, RefusedError
from atalaya.portal.files import services as files
from atalaya.portal.files.models import StoredFile
from atalaya.portal.news.models import Communique, Correction, Picture
from atalaya.portal.news.services import held_for
from atalaya.portal.news.states import PUBLISHED, WITHDRAWN

MOST = 12
"""Photographs of one communiqué."""


def add_picture(by: Any, communique: Communique, file: StoredFile, why: str = "") -> Picture:
    """Add a photograph that was taken in. Raises RefusedError where `by` may not, there are too many, or a reason is lacking."""
    with transaction.atomic():
        row = held_for(by, communique)
        if file.purpose != "picture" or file.institution != row.issuer:
            raise RefusedError("send the photograph with this form: what it shows, and whose it is, must be said")
        if row.pictures.count() >= MOST:
            raise RefusedError("a communiqué has at most {most} photographs", most=MOST)
        _told(by, row, why)
        made: Picture = Picture.objects.create(communique=row, file=file)
        row.save(update_fields=["changed"])
    return made


def remove_picture(by: Any, picture: Picture, why: str = "") -> None:
    """Take a photograph out. Raises RefusedError where `by` may not, or a reason is lacking."""
    with transaction.atomic():
        row = held_for(by, picture.communique)
        _told(by, row, why)
        file = picture.file
        picture.delete()
        row.save(update_fields=["changed"])
        files.withdraw(file, why.strip() or "taken out of a draft")


def _told(by: Any, row: Communique, why: str) -> None:
    """Write down a change of what is published as a correction. Raises RefusedError where it may not be changed so."""
    state = row.stands(timezone.now())
    if state == WITHDRAWN:
        raise RefusedError("this communiqué stands otherwise by now; look at it again")
    if state != PUBLISHED:
        return
    if not why.strip():
        raise RefusedError("say why it is corrected: its page will say so")
    before = {"pictures": [each.file.alternative for each in row.pictures.select_related("file")]}
    account = None if by is CONSOLE else by
    Correction.objects.create(communique=row, at=timezone.now(), why=why.strip(), before=before, by=account)

"""Addresses of files and of pictures."""

from django.http import Http404, HttpRequest, HttpResponseBase

from atalaya.portal.accounts.rules import may
from atalaya.portal.core.private import kept_private
from atalaya.portal.files.handing import handed_out, shown
from atalaya.portal.files.models import Rendition, StoredFile
from atalaya.portal.files.pictures import SIZES
from atalaya.portal.files.rules import is_published

KEPT = "public, max-age=600"
"""What is published may be kept by everybody, for minutes only: it may be withdrawn."""


def file(request: HttpRequest, key: str) -> HttpResponseBase:
    """A file as an attachment; 404 where there is none, or it is not for who asks."""
    found = _readable(request, key)
    return _kept(request, handed_out(found))


def picture(request: HttpRequest, key: str, size: str) -> HttpResponseBase:
    """A picture in one of its sizes, to be shown inline; 404 as above."""
    found = _readable(request, key)
    drawn = Rendition.objects.filter(file=found, size_name=size).first() if size in SIZES else None
    if drawn is None:
        raise Http404(size)
    return _kept(request, shown(drawn))


def _readable(request: HttpRequest, key: str) -> StoredFile:
    """The file of a key; who asks is looked at only where not everybody may read it."""
    found: StoredFile | None = StoredFile.objects.filter(key=key).first()
    if found is not None and is_published(None, found):
        return found
    request.is_private = True
    if found is None or not may(request.user, "files.read", found):
        raise Http404(key)
    return found


def _kept(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    if getattr(request, "is_private", False):
        return kept_private(response)
    response.headers["Cache-Control"] = KEPT
    return response

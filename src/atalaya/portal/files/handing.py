"""The answers that hand out a file: saved by a browser and never shown, but for pictures that were drawn anew."""

from django.http import FileResponse, HttpResponseBase

from atalaya.portal.core.files import safe_name
from atalaya.portal.files.models import Rendition, StoredFile
from atalaya.portal.files.services import bytes_of

POLICY = "sandbox; default-src 'none'"


def handed_out(file: StoredFile) -> HttpResponseBase:
    """The answer that hands out a file. Whether it may is asked before."""
    response = FileResponse(bytes_of(file).open("rb"), content_type=file.media_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{safe_name(file.name)}"'
    return _safe(response)


def shown(drawn: Rendition) -> HttpResponseBase:
    """The answer that shows a picture. Whether it may is asked before."""
    response = FileResponse(bytes_of(drawn).open("rb"), content_type=drawn.file.media_type)
    response.headers["Content-Disposition"] = "inline"
    return _safe(response)


def _safe(response: FileResponse) -> FileResponse:
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = POLICY
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    return response

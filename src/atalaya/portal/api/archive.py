"""`/archivo/<sha256>/bytes`: archived bytes that published observations cite; and the repaired version of a file."""

import re

from django.http import Http404, HttpRequest, HttpResponse

from atalaya.portal.commitments.copies import copy_of
from atalaya.portal.core.files import Sent, filed, of_path, told
from atalaya.portal.core.pages import holds_zero
from atalaya.portal.derived.making import LARGEST, SECONDS, Unmade, derived
from atalaya.portal.observatory.archive import Access, access_of, bytes_of, home
from atalaya.portal.observatory.models import Archived, Edition
from atalaya.store.seal import file_sha256

HASH = re.compile(r"[0-9a-f]{64}")
WHY = {
    "absent": "the bytes are not in the archive of this portal",
    "busy": "others are being served; ask again in a minute",
    "ends": "the file was too large to be kept whole: only its beginning and end were",
    "personal": "the file seems to hold personal data; it is kept as evidence and not handed out",
    "restricted": "the file is kept as evidence and not handed out",
    "unread": "no program can tell whether it holds personal data; ask for it where it was published",
    "withdrawn": "the file was withdrawn",
}
REPAIRS = {
    "busy": (503, "others are being served; ask again in a minute"),
    "failed": (404, "no table of this file could be made tidy without guessing"),
    "too_large": (413, f"files of more than {LARGEST} bytes are not repaired here; `atalaya repair` does it at home"),
    "too_long": (503, f"it took more than {SECONDS} seconds; `atalaya repair` does it at home"),
}


@filed
def archived_bytes(request: HttpRequest, sha256: str) -> HttpResponse | Sent:
    """The bytes, as they came; refused with the reason where they may not be handed out."""
    row, edition = _found(request, sha256)
    access = access_of(row, edition.country, checked=True)
    return bytes_of(row) if access.state == "open" else _refused(access)


@filed
def repaired(request: HttpRequest, sha256: str) -> HttpResponse | Sent:
    """The repaired version as a ZIP: tidy CSV and Parquet, a data package and the log of every change; made once, then kept."""
    row, edition = _found(request, sha256)
    access = access_of(row, edition.country, checked=True)
    if access.state != "open":
        return _refused(access)
    try:
        path = derived(home(), edition.country, "repair", [sha256], row.size)
    except Unmade as unmade:
        status, detail = REPAIRS[unmade.code]
        return told(status, detail, **({"Retry_After": "60"} if status == 503 else {}))
    return of_path(path, file_sha256(path), "application/zip", f"{sha256[:16]}-reparado.zip")


def _found(request: HttpRequest, sha256: str) -> tuple[Archived, Edition]:
    edition = None if holds_zero(request) or not HASH.fullmatch(sha256) else Edition.shown()
    row = (Archived.objects.filter(sha256=sha256).first() or copy_of(sha256)) if edition else None
    if row is None or edition is None:
        raise Http404(sha256)
    return row, edition


def _refused(access: Access) -> HttpResponse:
    detail = f"{WHY[access.state]}: {access.reason}" if access.reason else WHY[access.state]
    return told(access.status, detail, **({"Retry_After": "60"} if access.status == 503 else {}))

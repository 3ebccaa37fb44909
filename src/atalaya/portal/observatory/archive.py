"""Who may have archived bytes: everybody, where no reason stands against it. One function decides, for pages and files alike.

The class that a person gave in the archive rules, and at once: withdrawn bytes are gone, restricted ones are not handed out, and
what a person called public is. Where nobody ruled, bytes are handed out when their tables were read and none of their columns
seems to hold personal data (architecture, rule 9).
"""

from dataclasses import dataclass
from pathlib import Path
from typing import IO, cast

from django.conf import settings

from atalaya.exceptions import StoreError
from atalaya.portal.core.files import BINARY, Sent, safe_name
from atalaya.portal.derived.making import Unmade, derived, read_made
from atalaya.portal.observatory.models import Archived
from atalaya.store.archive import Archive

STATUS = {
    "open": 200,
    "document": 200,
    "absent": 404,
    "busy": 503,
    "ends": 404,
    "personal": 403,
    "restricted": 403,
    "unread": 403,
    "withdrawn": 410,
}
"""How each state is answered. `document` is open as far as is known before its tables were looked at."""


@dataclass(frozen=True, slots=True)
class Access:
    """Whether bytes may be handed out: a state, and what a person wrote in place of withdrawn ones."""

    state: str
    reason: str = ""

    @property
    def status(self) -> int:
        """How a request for them is answered."""
        return STATUS[self.state]


def home() -> Path:
    """The folder of the archive and of what is made of it."""
    return Path(settings.ATALAYA_HOME)


def access_of(row: Archived, country: str, *, checked: bool) -> Access:
    """Whether these bytes may be handed out now. `checked` has a document looked at, which may take some seconds."""
    archive = Archive(home() / "archive")
    try:
        record = archive.shelf.class_record(row.sha256)
    except StoreError:
        return Access("restricted")  # a class that cannot be read is no leave to publish
    ruled = record.get("class")
    if ruled == "withdrawn":
        return Access("withdrawn", str(record.get("reason") or ""))
    if ruled == "restricted":
        return Access("restricted")
    if not archive.has(row.sha256):
        return Access("absent")
    if row.kept != "whole":
        return Access("ends")
    if ruled == "public":
        return Access("open")
    return _looked_at(row, country) if checked and row.state == "document" else Access(row.state)


def _looked_at(row: Archived, country: str) -> Access:
    """A document of a site, whose columns no observation has judged."""
    try:
        found = read_made(derived(home(), country, "check", [row.sha256], row.size))
    except Unmade as unmade:
        return Access("busy" if unmade.code == "busy" else "unread")
    if found["personal"]:
        return Access("personal")
    return Access("open" if found["read"] else "unread")


def bytes_of(row: Archived) -> Sent:
    """The bytes as a file, never of a type that a browser shows."""
    title = safe_name(row.title, 60) if row.title else row.sha256[:16]
    ending = f".{row.format}" if row.format and row.format.isalnum() else ""
    name = title if title.lower().endswith(ending) else f"{title}{ending}"
    return Sent(row.size, row.sha256, name, BINARY, lambda start: _opened(row.sha256, start))


def _opened(sha256: str, start: int) -> IO[bytes]:
    """The kept bytes from one on; what stands before it is read and forgotten, since packed bytes cannot be sought in."""
    stream = Archive(home() / "archive").open(sha256)
    while start > 0:
        start -= len(stream.read(min(start, 1 << 18)) or b"x" * start)
    return cast("IO[bytes]", stream)

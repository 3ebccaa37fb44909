"""The archived copies of the documents that readings rest on, handed out by the rule of all archived bytes."""

from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

from atalaya.portal.commitments.models import EvidenceLink
from atalaya.portal.observatory.models import Archived


def copy_of(sha256: str) -> Archived | None:
    """The archived copy of a document, as the archive's rule is asked about it; None where it is not one."""
    link = EvidenceLink.objects.filter(sha256=sha256).first()
    if link is None:
        return None
    name = PurePosixPath(unquote(urlsplit(link.url).path)).name
    ending = PurePosixPath(name).suffix.removeprefix(".").lower()
    return Archived(
        sha256=sha256,
        size=link.size or 0,
        kept="whole",
        state="document",
        title=name,
        format=ending if ending.isalnum() else "",
    )

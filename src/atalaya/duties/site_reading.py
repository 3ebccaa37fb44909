"""How far the site of an institution was read in a round: what a verdict on something that is not there rests on."""

from dataclasses import dataclass

from atalaya.duties.verdicts import Evidence


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteReading:
    """The reading of one site.

    `read` tells that at least its home page could be read, `whole` that everything was that its links and lists of pages lead
    to. `reason` says why it was not, as a code. `looked_at` are the pages that were looked through, those of its section of the
    law first, or the address that failed: never empty.
    """

    source_id: str
    url: str
    read: bool
    whole: bool
    looked_at: tuple[Evidence, ...]
    reason: str = ""
    pages: int = 0

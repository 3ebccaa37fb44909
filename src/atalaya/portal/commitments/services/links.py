"""Whether the documents that readings rest on are still there: which addresses are due, and what was found of them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from atalaya.portal.commitments.models import Evidence, EvidenceLink

AGAIN = timedelta(days=7)
"""How long what was found of an address stands."""
SECOND = timedelta(hours=1)
"""Soonest second look at what was not there: one failure alone says little (rule 1 of the observatory)."""
GONE = (404, 410)

THERE, DOUBTFUL, MISSING, UNKNOWN = "there", "doubtful", "gone", "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What an address gave when it was asked: a status, or the code of a failure; and the bytes that were archived."""

    url: str
    when: datetime
    status: int | None = None
    failure: str = ""
    sha256: str = ""
    size: int | None = None


def due(now: datetime) -> list[str]:
    """The addresses to ask now: those never asked, those of which nothing was found for a week, and second looks."""
    # What was sent here as a file lies here, with its hash.
    rows = Evidence.objects.filter(reading__withdrawn=None, sha256="").exclude(url="")
    urls = set(rows.values_list("url", flat=True))
    late = Q(asked__gt=now - AGAIN) & ~Q(state=DOUBTFUL) | Q(state=DOUBTFUL, asked__gt=now - SECOND)
    return sorted(urls - set(EvidenceLink.objects.filter(late).values_list("url", flat=True)))


def record(found: Iterable[Found]) -> dict[str, int]:
    """Keep what was found; gives how many addresses are now in each state."""
    counts: dict[str, int] = {}
    with transaction.atomic():
        for each in found:
            row = EvidenceLink.objects.select_for_update().filter(url=each.url).first()
            row = row or EvidenceLink(url=each.url, state=UNKNOWN)
            _judge(row, each)
            row.save()
            counts[row.state] = counts.get(row.state, 0) + 1
    return counts


def _judge(row: EvidenceLink, found: Found) -> None:
    """A page that answers is there; one that is not found twice, an hour apart, is gone; anything else says nothing."""
    row.asked, row.reason = found.when, found.failure or ("" if found.status is None else f"HTTP {found.status}")
    if found.status is not None and 200 <= found.status < 300 and not found.failure:
        row.state, row.seen, row.missed = THERE, found.when, None
        if found.sha256:
            row.sha256, row.size, row.copied = found.sha256, found.size, found.when
    elif found.status in GONE:
        first = row.missed if row.state in (DOUBTFUL, MISSING) else None
        row.missed = first or found.when
        row.state = MISSING if first is not None and found.when - first >= SECOND else DOUBTFUL
    elif row.state not in (DOUBTFUL, MISSING):
        row.state = UNKNOWN

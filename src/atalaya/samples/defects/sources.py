"""Defects of whole sources: certificates, hosts that are down, catalogues that cannot be read to the end."""

from collections.abc import Mapping
from dataclasses import dataclass

from atalaya.checks.outcomes import Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceDefect:
    """Something wrong with a source. `outage` is how the host fails: status, no_dns or refused; None when it answers.

    `broken_record` puts an entry among the datasets that is no dataset. `readable` and `complete` are verdicts of the
    catalogue's checks, first and second day.
    """

    code: str
    note: str
    readable: tuple[Verdict, Verdict]
    complete: tuple[Verdict, Verdict]
    outage: str | None = None
    broken_record: bool = False


_DOWN = (Verdict.UNKNOWN, Verdict.FAIL)
_UNSEEN = (Verdict.UNKNOWN, Verdict.UNKNOWN)
_GOOD = (Verdict.PASS, Verdict.PASS)
_BAD = (Verdict.FAIL, Verdict.FAIL)

SOURCE_DEFECTS: Mapping[str, SourceDefect] = {
    defect.code: defect
    for defect in (
        SourceDefect(
            code="record_broken",
            note="one entry of the catalogue is no dataset",
            readable=_GOOD,
            complete=_BAD,
            broken_record=True,
        ),
        SourceDefect(
            code="source_nameless",
            note="the host of the catalogue does not resolve",
            readable=_DOWN,
            complete=_UNSEEN,
            outage="no_dns",
        ),
        SourceDefect(
            code="source_refused",
            note="the host of the catalogue refuses connections",
            readable=_DOWN,
            complete=_UNSEEN,
            outage="refused",
        ),
        SourceDefect(
            code="source_status",
            note="the catalogue answers with server errors",
            readable=_DOWN,
            complete=_UNSEEN,
            outage="status",
        ),
    )
}
"""Defects of sources by code."""

OUTAGES = ("source_nameless", "source_refused", "source_status")
"""Defects of which the plan chooses one for the source that is down."""

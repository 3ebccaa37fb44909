"""The file stays the same, byte for byte, while its data stay the same.

Two observations are compared. Where the content changed, the bytes must; where only the dressing changed (a date of
generation, the
order of rows, a new download identifier), whoever follows the file is told of a change that is none.
"""

from atalaya.checks.cases import Prior, ResourceCase
from atalaya.checks.check import Check, Dimension, Effort, Example, Level
from atalaya.checks.contents import (
    SET_ASIDE_FIELDS,
    SET_ASIDE_REASONS,
    STATE_FIELDS,
    TRUE_FIELDS,
    set_aside,
    soft_failure,
    stands_in,
)
from atalaya.checks.example_cases import SHA256, inspection, probe, resource_case, resource_in
from atalaya.checks.outcomes import Outcome, Verdict, failed, not_applicable, passed, unknown


def rule(case: ResourceCase) -> Outcome:
    """The outcome of one resource."""
    outcome = set_aside(case)
    if outcome is not None or case.inspection is None:
        return outcome or unknown("not_read")
    found, prior = case.inspection, case.prior
    if prior.sha256 is None:
        return unknown("first_sight")
    if stands_in(case) or soft_failure(found) is not None:
        return unknown("stands_in")
    if found.sha256 == prior.sha256:
        return passed()
    if (
        found.content_sha256 is None
        or prior.content_sha256 is None
        or (case.probe is not None and not case.probe.whole)
    ):
        return unknown("content_unknown")
    return failed("regenerated") if found.content_sha256 == prior.content_sha256 else not_applicable("renewed")


_SAME, _OTHER, _CONTENT = SHA256, "1" * 64, "c" * 64


def _after(prior: Prior, content: str | None = _CONTENT, **changes: object) -> ResourceCase:
    return resource_case(**{"inspection": inspection(content_sha256=content), "prior": prior, **changes})


CHECK = Check(
    id="bytes_stable",
    version=1,
    level=Level.RESOURCE,
    dimension=Dimension.CONTENT,
    title="The file changes only when its data do",
    text="Since the observation before, the file is the same byte for byte, or its data changed. A file that is made "
    "anew on every "
    "download, with another date or order inside, tells everyone who follows it of changes that are none.",
    remedy="Make the file once whenever the data change and serve that copy; leave dates of generation out of it and "
    "keep rows in a fixed order.",
    effort=Effort.MEDIUM,
    fields=(
        *SET_ASIDE_FIELDS,
        *TRUE_FIELDS,
        *STATE_FIELDS,
        "inspection.sha256",
        "inspection.content_sha256",
        "prior.sha256",
        "prior.content_sha256",
    ),
    reasons={
        **SET_ASIDE_REASONS,
        "ok": "The file is the same, byte for byte, as in the observation before.",
        "regenerated": "The bytes differ from those of the observation before, and the data are the same.",
        "renewed": "The data changed since the observation before, so the bytes had to.",
        "first_sight": "The file was never read before, so there is nothing to compare.",
        "stands_in": "A page or an error message came instead of the file.",
        "content_unknown": "The bytes changed, and what they hold could not be compared.",
    },
    rule=rule,
    examples=(
        Example(_after(Prior(sha256=_SAME, content_sha256=_CONTENT)), Verdict.PASS, "ok", "the same bytes"),
        Example(
            _after(Prior(sha256=_OTHER, content_sha256=_CONTENT)),
            Verdict.FAIL,
            "regenerated",
            "other bytes around the same rows",
        ),
        Example(_after(Prior()), Verdict.UNKNOWN, "first_sight", "seen for the first time"),
        Example(
            _after(Prior(sha256=_OTHER, content_sha256=_CONTENT), inspection=inspection("html")),
            Verdict.UNKNOWN,
            "stands_in",
            "an error page today",
        ),
        Example(
            _after(Prior(sha256=_OTHER, content_sha256=_CONTENT), probe=probe(whole=False)),
            Verdict.UNKNOWN,
            "content_unknown",
            "a file beyond our limits",
        ),
        Example(_after(Prior(sha256=_SAME), inspection=None), Verdict.UNKNOWN, "not_read", "the file did not come"),
        Example(
            _after(Prior(sha256=_OTHER, content_sha256="d" * 64)),
            Verdict.NOT_APPLICABLE,
            "renewed",
            "new rows since then",
        ),
        Example(resource_in("xml", format="WMS", media_type=None), Verdict.NOT_APPLICABLE, "service", "a map service"),
        Example(resource_in("csv", derived=True), Verdict.NOT_APPLICABLE, "derived", "a link that the reader made"),
    ),
)

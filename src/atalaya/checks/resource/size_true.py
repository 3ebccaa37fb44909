"""The declared size in bytes is the size of the file."""

from atalaya.checks.cases import ResourceCase
from atalaya.checks.check import Check, Dimension, Effort, Example, Level
from atalaya.checks.contents import SET_ASIDE_FIELDS, SET_ASIDE_REASONS, STATE_FIELDS, TRUE_FIELDS, set_aside, stands_in
from atalaya.checks.example_cases import distribution, inspection, probe, resource_case, resource_in
from atalaya.checks.outcomes import Outcome, Verdict, failed, not_applicable, passed, unknown

TOLERANCE = 0.1
"""Share by which a size may differ: catalogues write 1.2 MB for 1,234,567 bytes."""
PERCENT = 10
"""The same for readers."""
LEAST = 1024
"""Bytes by which any size may differ: many catalogues round to whole kilobytes."""

_UNITS = (1_000, 1_024, 1_000_000, 1_048_576)
"""Bytes of a kilobyte and of a megabyte, in both habits of counting."""


def rule(case: ResourceCase) -> Outcome:
    """The outcome of one resource."""
    declared = case.distribution.byte_size
    if declared is None or declared <= 0:
        return not_applicable("nothing_declared")
    outcome = set_aside(case)
    if outcome is not None or case.inspection is None:
        return outcome or unknown("not_read")
    if case.probe is not None and not case.probe.whole:
        return unknown("part")
    if stands_in(case):
        return unknown("stands_in")
    size = case.inspection.size
    facts = {"declared": declared, "size": size}
    if _near(declared, size):
        return passed("ok", **facts)
    return failed("unit" if any(_close(declared * unit, size) for unit in _UNITS) else "other", **facts)


def _near(declared: int, size: int) -> bool:
    return abs(declared - size) <= max(LEAST, TOLERANCE * max(declared, size)) and (size > 0) == (declared > 0)


def _close(declared: int, size: int) -> bool:
    return abs(declared - size) <= TOLERANCE * max(declared, size)


def _sized(declared: int | None, size: int, **changes: object) -> ResourceCase:
    return resource_case(distribution=distribution(byte_size=declared), inspection=inspection(size=size), **changes)


CHECK = Check(
    id="size_true",
    version=1,
    level=Level.RESOURCE,
    dimension=Dimension.METADATA,
    title="The declared size is that of the file",
    text="The size that the record declares, in bytes, is that of the file, give or take {percent} %, so that people "
    "know what they "
    "download and programs notice a broken transfer.",
    remedy="Write the size of the present file in bytes, or let the catalogue fill the field by itself.",
    effort=Effort.LOW,
    fields=(*SET_ASIDE_FIELDS, *TRUE_FIELDS, *STATE_FIELDS, "distribution.byte_size"),
    thresholds={"percent": PERCENT},
    reasons={
        **SET_ASIDE_REASONS,
        "ok": "The record declares {declared} bytes; the file has {size}.",
        "unit": "The record declares {declared} bytes; the file has {size}: the number seems to be of kilobytes or megabytes.",
        "other": "The record declares {declared} bytes; the file has {size}.",
        "nothing_declared": "The record declares no size.",
        "part": "The file is larger than what we keep, so it was not seen whole.",
        "stands_in": "A page or an error message came instead of the file, so its size was not seen.",
    },
    rule=rule,
    examples=(
        Example(_sized(2048, 2048), Verdict.PASS, "ok", "the exact size"),
        Example(_sized(1_200_000, 1_234_567), Verdict.PASS, "ok", "a rounded size"),
        Example(_sized(120, 122_880), Verdict.FAIL, "unit", "kilobytes in place of bytes"),
        Example(_sized(50_000, 300_000), Verdict.FAIL, "other", "the size of an older file"),
        Example(_sized(2048, 2048, probe=probe(whole=False)), Verdict.UNKNOWN, "part", "a file beyond our limits"),
        Example(
            resource_in("html", byte_size=50_000), Verdict.UNKNOWN, "stands_in", "an error page in place of the file"
        ),
        Example(
            resource_case(distribution=distribution(byte_size=10), inspection=None),
            Verdict.UNKNOWN,
            "not_read",
            "the file did not come",
        ),
        Example(_sized(None, 2048), Verdict.NOT_APPLICABLE, "nothing_declared", "no declared size"),
        Example(
            resource_in("xml", format="WMS", media_type=None, byte_size=10),
            Verdict.NOT_APPLICABLE,
            "service",
            "a map service",
        ),
        Example(
            resource_in("csv", derived=True, byte_size=10),
            Verdict.NOT_APPLICABLE,
            "derived",
            "a link that the reader made",
        ),
    ),
)

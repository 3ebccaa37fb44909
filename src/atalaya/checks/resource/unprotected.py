"""No password closes the file."""

from atalaya.catalogue.vocabularies.formats import is_a
from atalaya.checks.cases import ResourceCase
from atalaya.checks.check import Check, Dimension, Effort, Example, Level
from atalaya.checks.contents import (
    SET_ASIDE_FIELDS,
    SET_ASIDE_REASONS,
    STATE_FIELDS,
    TRUE_FIELDS,
    is_broken,
    is_empty,
    set_aside,
    stands_in,
)
from atalaya.checks.example_cases import broken, inspection, resource_case, resource_in
from atalaya.checks.outcomes import Outcome, Verdict, failed, not_applicable, passed, unknown
from atalaya.inspection.findings import Defect

OPENED = ("excel", "zip", "ods", "pdf", "xlsx", "xls", "xlsm", "xlsb")
"""Formats (with their special cases) that can be closed by a password, which the inspection sees."""

CLOSED = ("rar", "seven_zip", "doc", "ppt", "access", "ole2")
"""Formats that can be closed and that are not opened here."""


def rule(case: ResourceCase) -> Outcome:
    """The outcome of one resource."""
    outcome = set_aside(case)
    if outcome is not None or case.inspection is None:
        return outcome or unknown("not_read")
    found = case.inspection
    if is_empty(found):
        return not_applicable("empty")
    if any(defect.code == "password_protected" for defect in found.defects):
        return failed("locked")
    if found.format is None:
        return unknown("unrecognised")
    if stands_in(case):
        return unknown("stands_in")
    if any(is_a(found.format, each) for each in CLOSED):
        return unknown("not_opened", format=found.format)
    if not any(is_a(found.format, each) for each in OPENED):
        return not_applicable("cannot_be", format=found.format)
    return unknown("broken") if is_broken(case) else passed("ok", format=found.format)


_LOCK = (Defect(code="password_protected", place="file", detail=""),)

CHECK = Check(
    id="unprotected",
    version=1,
    level=Level.RESOURCE,
    dimension=Dimension.OPENNESS,
    title="No password closes the file",
    text="The file opens without a password. A workbook, archive or PDF that is encrypted cannot be read by those "
    "for whom it was "
    "published, nor by programs.",
    remedy="Save the file again without a password: in spreadsheet programs under “Protect workbook”, “Encrypt with "
    "password”, empty the "
    "field. What must stay closed should not be published.",
    effort=Effort.LOW,
    fields=(*SET_ASIDE_FIELDS, *TRUE_FIELDS, *STATE_FIELDS),
    reasons={
        **SET_ASIDE_REASONS,
        "ok": "The file ({format}) opens without a password.",
        "locked": "The file, or a part of it, is closed by a password.",
        "cannot_be": "Files of this format ({format}) cannot be closed by a password.",
        "not_opened": "Files of this format ({format}) are not opened here.",
        "broken": "The file is damaged, so it is not known whether a password closed it.",
        "stands_in": "A page or an error message came instead of the file.",
        "unrecognised": "The format of the bytes could not be recognised.",
        "empty": "The file is empty.",
    },
    formats=("format",),
    rule=rule,
    examples=(
        Example(resource_in("xlsx"), Verdict.PASS, "ok", "a workbook that opens"),
        Example(
            resource_case(inspection=inspection("xlsx", defects=_LOCK)),
            Verdict.FAIL,
            "locked",
            "a workbook with a password",
        ),
        Example(
            resource_case(inspection=inspection("zip", defects=_LOCK)),
            Verdict.FAIL,
            "locked",
            "an archive with a password",
        ),
        Example(resource_in("rar"), Verdict.UNKNOWN, "not_opened", "an archive that we do not open"),
        Example(resource_case(inspection=broken("xlsx")), Verdict.UNKNOWN, "broken", "half a workbook"),
        Example(resource_in("html"), Verdict.UNKNOWN, "stands_in", "an error page"),
        Example(resource_in(None), Verdict.UNKNOWN, "unrecognised", "bytes that nobody recognises"),
        Example(resource_case(inspection=None), Verdict.UNKNOWN, "not_read", "the file did not come"),
        Example(resource_in("csv"), Verdict.NOT_APPLICABLE, "cannot_be", "a text"),
        Example(resource_case(inspection=inspection(None, size=0)), Verdict.NOT_APPLICABLE, "empty", "no bytes at all"),
        Example(resource_in("xml", format="WMS", media_type=None), Verdict.NOT_APPLICABLE, "service", "a map service"),
        Example(resource_in("csv", derived=True), Verdict.NOT_APPLICABLE, "derived", "a link that the reader made"),
    ),
)

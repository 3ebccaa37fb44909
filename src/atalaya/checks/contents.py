"""What the bytes of a resource are beside what its record declares: the ground that checks on formats and data
share."""

from functools import lru_cache

from atalaya.catalogue.records import Distribution
from atalaya.catalogue.vocabularies.formats import FormatReading, agrees, find_format, is_a, read_format
from atalaya.checks.cases import ResourceCase
from atalaya.checks.outcomes import Outcome, not_applicable, unknown
from atalaya.inspection.findings import Inspection
from atalaya.inspection.soft_failures.registry import CODE, ERRORS, IDS

DECLARED_FIELDS = ("distribution.format", "distribution.media_type")
TRUE_FIELDS = ("inspection.format", "inspection.members.format")

STATE_FIELDS = (
    "inspection.size",
    "inspection.defects.code",
    "inspection.defects.place",
    "inspection.tables",
    "inspection.tables.rows",
    "probe",
    "probe.whole",
)
"""What `is_error_answer`, `is_empty` and `is_broken` read beside the formats."""

HIDDEN = ("blocked", "captcha")
"""Kinds of soft failure that are sent to programs and perhaps not to people: never held against the file."""

HIDDEN_REASON = {"hidden": "A filter or a riddle against programs came, so the file was not seen."}

ERROR_FORMATS = ("json_error", "ogc_exception")
DAMAGE = ("truncated", "unreadable")
"""Codes of defects (`inspection`) after which a data file may hold nothing that can be read."""

SET_ASIDE_FIELDS = ("distribution.derived", *DECLARED_FIELDS, "inspection")
SET_ASIDE_REASONS = {
    "derived": "The link was made by a rule of the reader, not published by the institution.",
    "service": "The resource is declared as a service or an application, not as a file.",
    "not_read": "The file could not be read in this round, so nothing can be said about it.",
}
"""Reasons of `set_aside`, for the declarations of the checks that use it."""


def declared_formats(distribution: Distribution) -> FormatReading:
    """The formats that the record declares."""
    return _read(distribution.format, distribution.media_type)


@lru_cache(maxsize=4096)
def _read(declared: str | None, media_type: str | None) -> FormatReading:
    """A catalogue repeats a few declarations for all its resources."""
    return read_format(declared, media_type)


def is_service(distribution: Distribution) -> bool:
    """Whether the record declares a service (an API, a map service) and no file."""
    return _names_service(distribution.format, distribution.media_type)


@lru_cache(maxsize=4096)
def _names_service(declared: str | None, media_type: str | None) -> bool:
    ids = _read(declared, media_type).ids
    return bool(ids) and all((known := find_format(each)) is not None and known.service for each in ids)


def set_aside(case: ResourceCase) -> Outcome | None:
    """The outcome of a check on bytes for a resource that has none to judge; None where there are bytes."""
    if case.distribution.derived:
        return not_applicable("derived")
    if is_service(case.distribution):
        return not_applicable("service")
    return unknown("not_read") if case.inspection is None else None


def is_container(format_id: str | None) -> bool:
    """Whether files of this format hold other files."""
    known = find_format(format_id)
    return known is not None and known.container


def true_formats(inspection: Inspection) -> tuple[str, ...]:
    """The formats of what a resource delivers: of the members of a container that say theirs, else of the file
    itself."""
    if inspection.format is None:
        return ()
    members = tuple(dict.fromkeys(m.format for m in inspection.members if m.format))
    return members if members and is_container(inspection.format) else (inspection.format,)


def is_error_answer(inspection: Inspection) -> bool:
    """Whether the bytes are an error message: of an interface, of a map service, or a page or text that is one. A refusal
    in a form for passwords is a page, any other one a message."""
    kind = soft_failure(inspection)
    refusal = kind == "login" and not is_a(inspection.format or "", "html")
    return inspection.format in ERROR_FORMATS or kind in ERRORS or refusal


def is_hidden(inspection: Inspection | None) -> bool:
    """Whether what came stands before the file for programs, and perhaps not for people."""
    return inspection is not None and soft_failure(inspection) in HIDDEN


def soft_failure(inspection: Inspection) -> str | None:
    """The kind of soft failure that the bytes are; None where they are what they seem."""
    for defect in inspection.defects:
        if defect.code == CODE and defect.place in IDS:
            return defect.place
    return None


def stands_in(case: ResourceCase) -> bool:
    """Whether an error message came, or a page without a table where the record declares something else."""
    inspection = case.inspection
    if inspection is None or inspection.format is None:
        return False
    declared = declared_formats(case.distribution).ids
    page = is_a(inspection.format, "html") and bool(declared) and not agrees(declared, inspection.format)
    return is_error_answer(inspection) or (page and not any(table.rows for table in inspection.tables))


def is_empty(inspection: Inspection) -> bool:
    """Whether there is no byte, or nothing but blanks."""
    return inspection.size == 0 or any(defect.code == "empty_file" for defect in inspection.defects)


def is_broken(case: ResourceCase) -> bool:
    """Whether a data file is damaged so that nothing can be read from it. A part that we kept ourselves is not damage."""
    inspection = case.inspection
    if inspection is None or (case.probe is not None and not case.probe.whole):
        return False
    known = find_format(inspection.format)
    holds_data = known is None or known.structured or known.container
    damaged = any(defect.code in DAMAGE for defect in inspection.defects)
    return damaged and holds_data and not any(table.rows for table in inspection.tables)

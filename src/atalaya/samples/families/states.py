"""What came for a resource of the sample country, as the planter made it: the ground that expectations of several
families share."""

from atalaya.samples.families.family import ResourceSubject
from atalaya.samples.kinds import KINDS

SERVICE_MARKS = frozenset({"service_failing", "service_page", "service_sound"})
"""Marks of resources that are declared as services."""

TRUE_KINDS = {
    "csv_as_workbook": "csv",
    "document_as_workbook": "pdf",
    "page_as_excel": "html",
    "workbook_as_csv": "xlsx",
}
"""Defects after which the file is of another kind than the planned one → that kind, or `html` for a table in a page."""

STANDING_IN = frozenset({"error_document", "error_page"})
"""Defects that put an error message in the place of the file."""

UNANSWERED = frozenset({"link_barred", "link_nameless", "link_refused", "link_reset", "link_silent"})
"""Defects after which no answer comes at all, not even a status."""

STANDING_MARKS: frozenset[str] = frozenset(
    {
        "soft_blocked", "soft_captcha", "soft_consent", "soft_default", "soft_login",
        "soft_maintenance", "soft_map", "soft_missing",
        "soft_parked", "soft_redirect", "soft_shell", "soft_subscription", "soft_trace", "page_about",
    }
)  # fmt: skip
"""Marks that put a page or message in the place of the file."""


def state(subject: ResourceSubject) -> str:
    """`service`, `unseen`, `empty`, `stands_in` or `file`: what a reader of the resource has before it on that day."""
    code = subject.plan.defect(subject.day)
    if SERVICE_MARKS & set(subject.plan.marks):
        return "service"
    if not subject.seen:
        return "unseen"
    if code == "file_empty":
        return "empty"
    return "stands_in" if code in STANDING_IN or STANDING_MARKS & set(subject.plan.marks) else "file"


def true_kind(subject: ResourceSubject) -> str:
    """The kind of the file that came: of `kinds.KINDS`, or `html`."""
    code = subject.plan.defect(subject.day)
    return TRUE_KINDS.get(code or "", subject.plan.kind)


def extension(kind: str) -> str:
    """The extension of a kind: kinds of CSV are one."""
    return "html" if kind == "html" else KINDS[kind].extension


def seen_before(subject: ResourceSubject, unseen: frozenset[str]) -> bool:
    """Whether the bytes came on the day before; `unseen` are the codes of defects that hide them."""
    return subject.before is not None and subject.plan.defect(subject.day - 1) not in unseen

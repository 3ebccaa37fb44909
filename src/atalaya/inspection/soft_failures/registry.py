"""All kinds of soft failure that pages show, one line each, in the order in which they are asked; and the defect
that tells of one.

The order matters where a page has signs of two kinds: who refuses comes before what is missing, a form before the
rest of its page.
"""

from atalaya.inspection.findings import Defect
from atalaya.inspection.soft_failures import (
    blocked,
    captcha,
    consent,
    default_page,
    directory_listing,
    home,
    javascript_shell,
    login,
    maintenance,
    map_message,
    not_found,
    parked,
    redirect_page,
    server_error,
    subscription,
)
from atalaya.inspection.soft_failures.kind import Kind, points
from atalaya.inspection.soft_failures.page import PageFacts

KINDS: tuple[Kind, ...] = (
    subscription.KIND,
    parked.KIND,
    blocked.KIND,
    login.KIND,
    captcha.KIND,
    not_found.KIND,
    maintenance.KIND,
    map_message.KIND,
    server_error.KIND,
    default_page.KIND,
    directory_listing.KIND,
    consent.KIND,
    home.KIND,
    redirect_page.KIND,
    javascript_shell.KIND,
)

SURE_ROWS = 10
"""Rows of data from which a table says more than the words around it."""

CODE = "soft_failure"
"""The code of the defect; its place is the kind."""

ANSWERS = ("error_answer", "map_exception", "subscription")
"""Kinds that answers show of interfaces and map services (`answers`, `documents`)."""

IDS = tuple(dict.fromkeys((*(kind.id for kind in KINDS), *ANSWERS)))

ERRORS = frozenset({"not_found", "server_error", "blocked", "maintenance", "parked", *ANSWERS})
"""Kinds that are messages about a failure; the others are pages that stand in the way of the file."""


def find_in_page(page: PageFacts) -> Defect | None:
    """The soft failure that a page is, None for pages that are what they seem."""
    if page.rows >= SURE_ROWS:
        return None
    for kind in KINDS:
        score = points(kind, page)
        if score >= kind.least:
            return failure(kind.id, f"the page shows the signs of it ({score} points of {kind.least})")
    return None


def failure(kind: str, detail: str) -> Defect:
    """The defect for a kind of soft failure."""
    return Defect(code=CODE, place=kind, detail=detail)

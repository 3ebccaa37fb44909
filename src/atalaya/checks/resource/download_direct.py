"""The address leads to the file itself, not to a page from which a person could download it.

Where the record declares a page, or gives only an access address without a format, a page is what was promised.
"""

import re

from atalaya.catalogue.vocabularies.formats import agrees, is_a
from atalaya.checks.cases import ResourceCase
from atalaya.checks.check import Check, Dimension, Effort, Example, Level
from atalaya.checks.contents import (
    SET_ASIDE_FIELDS,
    SET_ASIDE_REASONS,
    STATE_FIELDS,
    TRUE_FIELDS,
    declared_formats,
    is_empty,
    set_aside,
    soft_failure,
)
from atalaya.checks.example_cases import ADDRESS, dataset, distribution, inspection, resource_case, resource_in, table
from atalaya.checks.outcomes import Outcome, Verdict, failed, not_applicable, passed, unknown
from atalaya.inspection.findings import Defect
from atalaya.inspection.soft_failures.registry import CODE

VIEWERS = re.compile(
    r"//(?:drive\.google\.com/(?:file|drive|open)|docs\.google\.com/\w+/(?:d|u)/(?:[^/]+/)?(?:[^/]+/)?(?:edit|view|"
    r"preview|htmlview)|"
    r"1drv\.ms/|onedrive\.live\.com/|[\w-]+\.sharepoint\.com/:|(?:www\.)?dropbox\.com/|we\.tl/|"
    r"(?:www\.)?mediafire\.com/|"
    r"(?:www\.)?mega\.(?:nz|co\.nz)/|app\.powerbi\.com/|public\.tableau\.com/|(?:www\.)?issuu\.com/|"
    r"(?:www\.)?scribd\.com/|"
    r"[\w.-]*arcgis\.com/(?:apps|home)/|(?:www\.)?youtube\.com/|lookerstudio\.google\.com/|datastudio\.google\.com/)",
    re.IGNORECASE,
)
"""Addresses of services that show a file, a board or a map in a page of their own; their documented forms of address."""


def rule(case: ResourceCase) -> Outcome:
    """The outcome of one resource."""
    outcome = set_aside(case)
    if outcome is not None or case.inspection is None:
        return outcome or unknown("not_read")
    found = case.inspection
    if is_empty(found):
        return not_applicable("empty")
    if soft_failure(found) is not None:
        return unknown("not_genuine")
    if found.format is None:
        return unknown("unrecognised")
    if not is_a(found.format, "html") or any(table.rows for table in found.tables):
        return passed("ok", format=found.format)
    declared = declared_formats(case.distribution).ids
    if found.format != "html" and agrees(declared, found.format):
        return passed("ok", format=found.format)
    if agrees(declared, "html"):
        return not_applicable("page_declared")
    return _page(case, promised=bool(declared) or case.distribution.download_url is not None)


def _page(case: ResourceCase, *, promised: bool) -> Outcome:
    url = case.distribution.url or ""
    if VIEWERS.search(url):
        return failed("viewer")
    if not promised:
        return not_applicable("access_page")
    landing = (case.dataset.landing_page or "").strip().rstrip("/")
    return failed("landing" if landing and url.strip().rstrip("/") == landing else "page")


_PAGE = inspection("html")

CHECK = Check(
    id="download_direct",
    version=2,
    level=Level.RESOURCE,
    dimension=Dimension.ACCESS,
    title="The address leads to the file itself",
    text="Following the address brings the file, so that programs can fetch it. A page about the data, a viewer or a "
    "board from which a "
    "person has to download it is not the file.",
    remedy="Write the address of the file itself in the catalogue, the one that the download button of the page "
    "uses. Put the page in the "
    "field for the landing page. Files kept in a viewer or a private cloud folder are better uploaded to the "
    "catalogue.",
    effort=Effort.LOW,
    fields=(
        *SET_ASIDE_FIELDS,
        *TRUE_FIELDS,
        *STATE_FIELDS,
        "distribution.download_url",
        "distribution.access_url",
        "dataset.landing_page",
    ),
    reasons={
        **SET_ASIDE_REASONS,
        "ok": "The address brings the file ({format}).",
        "page": "The address leads to a web page without the data.",
        "landing": "The address leads to the page about the dataset.",
        "viewer": "The address leads to a viewer or a shared folder that shows the file in a page.",
        "page_declared": "The record declares a web page.",
        "access_page": "The record gives an access address and declares no format, so a page was not excluded.",
        "not_genuine": "An error, a notice or a form came, so it is not known where the address leads.",
        "unrecognised": "The format of the bytes could not be recognised.",
        "empty": "The file is empty.",
    },
    formats=("format",),
    rule=rule,
    examples=(
        Example(resource_case(), Verdict.PASS, "ok", "a CSV"),
        Example(resource_case(inspection=inspection("html", tables=(table(),))), Verdict.PASS, "ok", "a table in HTML"),
        Example(resource_in("html"), Verdict.FAIL, "page", "a page in place of the declared CSV"),
        Example(
            resource_case(inspection=_PAGE, dataset=dataset(landing_page=ADDRESS)),
            Verdict.FAIL,
            "landing",
            "the page of the dataset",
        ),
        Example(
            resource_in("html", download_url="https://drive.google.com/file/d/1a/view"),
            Verdict.FAIL,
            "viewer",
            "a shared file",
        ),
        Example(
            resource_case(inspection=inspection("html", defects=(Defect(code=CODE, place="login", detail=""),))),
            Verdict.UNKNOWN,
            "not_genuine",
            "a form for passwords",
        ),
        Example(resource_in(None), Verdict.UNKNOWN, "unrecognised", "bytes that nobody recognises"),
        Example(resource_case(inspection=None), Verdict.UNKNOWN, "not_read", "the file did not come"),
        Example(
            resource_in("html", format="HTML", media_type=None),
            Verdict.NOT_APPLICABLE,
            "page_declared",
            "a page as declared",
        ),
        Example(
            resource_case(
                inspection=_PAGE,
                distribution=distribution(download_url=None, access_url=ADDRESS, format=None, media_type=None),
            ),
            Verdict.NOT_APPLICABLE,
            "access_page",
            "an access address that promises nothing",
        ),
        Example(resource_case(inspection=inspection(None, size=0)), Verdict.NOT_APPLICABLE, "empty", "no bytes at all"),
        Example(resource_in("xml", format="WMS", media_type=None), Verdict.NOT_APPLICABLE, "service", "a map service"),
        Example(resource_in("csv", derived=True), Verdict.NOT_APPLICABLE, "derived", "a link that the reader made"),
    ),
)

"""What comes from the address is the resource, not a page or message that stands in its place.

Servers often answer "here it is" (status 200) and send an error page, a login form or an empty shell. The inspection
tells these by
their content, as kinds of soft failure; what a filter against programs sends is unknown, because people may well get the file.
"""

from atalaya.catalogue.vocabularies.formats import agrees
from atalaya.checks.cases import ResourceCase
from atalaya.checks.check import Check, Dimension, Effort, Example, Level
from atalaya.checks.contents import (
    HIDDEN,
    SET_ASIDE_FIELDS,
    SET_ASIDE_REASONS,
    STATE_FIELDS,
    TRUE_FIELDS,
    declared_formats,
    is_empty,
    set_aside,
    soft_failure,
    stands_in,
)
from atalaya.checks.example_cases import distribution, inspection, probe, resource_case, resource_in
from atalaya.checks.landing import landed_at_home, landed_at_login
from atalaya.checks.outcomes import Outcome, Verdict, failed, not_applicable, passed, unknown
from atalaya.inspection.findings import Defect
from atalaya.inspection.soft_failures.registry import CODE

PAGES = ("consent", "directory_listing", "home", "javascript_shell", "redirect_page")
"""Kinds that are right where the record promises a page, or promises nothing."""


def rule(case: ResourceCase) -> Outcome:
    """The outcome of one resource."""
    outcome = set_aside(case)
    if outcome is not None or case.inspection is None:
        return outcome or unknown("not_read")
    if is_empty(case.inspection):
        return not_applicable("empty")
    kind = soft_failure(case.inspection) or _landed(case)
    if kind is None:
        return passed()
    if kind in HIDDEN:
        return unknown(kind)
    declared = declared_formats(case.distribution).ids
    if kind in PAGES and (
        not declared or any(agrees(declared, each) for each in ("html", case.inspection.format) if each)
    ):
        return passed("page")
    return failed(kind)


def _landed(case: ResourceCase) -> str | None:
    """Whether redirects ended at a form for passwords or at a home page, with a page in place of what is declared."""
    if case.probe is None or not stands_in(case):
        return None
    if landed_at_login(case.probe.url, case.probe.final_url):
        return "login"
    return "home" if landed_at_home(case.probe.url, case.probe.final_url) else None


def _showing(kind: str, format_id: str = "html", **declared: str | None) -> ResourceCase:
    sign = Defect(code=CODE, place=kind, detail="")
    return resource_case(inspection=inspection(format_id, defects=(sign,)), distribution=distribution(**declared))


_PAGE = inspection("html")

CHECK = Check(
    id="answer_genuine",
    version=1,
    level=Level.RESOURCE,
    dimension=Dimension.ACCESS,
    title="What comes is the resource itself",
    text="The server sends the resource, not a page that says it is missing, a message of a program that failed, a "
    "form, a notice or an "
    "empty page under a status that says that all is well.",
    remedy="Open the address in a private window and look at what comes. Put the file back or correct the address; "
    "let the server answer "
    "404 for what is gone and 503 while it is under maintenance; publish open data without a form or an account "
    "before them.",
    effort=Effort.MEDIUM,
    fields=(*SET_ASIDE_FIELDS, *TRUE_FIELDS, *STATE_FIELDS, "probe.url", "probe.final_url"),
    reasons={
        **SET_ASIDE_REASONS,
        "ok": "What came shows no sign of an error or of a page that stands in the way.",
        "page": "A page came, as the record promises.",
        "empty": "The file is empty.",
        "not_found": "A page or message came that says that nothing is at this address, under a status of success.",
        "server_error": "What came is the error message of a program that failed.",
        "error_answer": "What came is the error message of an interface.",
        "map_exception": "What came is the error message of a map service.",
        "subscription": "What came is a message that the subscription or account of the platform has ended.",
        "login": "A form for a user name and password, or a message that refuses access, came instead of the resource.",
        "maintenance": "A notice of maintenance came instead of the resource, under a status of success.",
        "parked": "A page came that says that the domain is parked, for sale or suspended.",
        "default_page": "The page of a freshly installed server came instead of the resource.",
        "directory_listing": "A list of the files of a folder came instead of the file.",
        "consent": "A page came that wants terms accepted or a form filled in before it hands over the file.",
        "javascript_shell": "An empty page came that only scripts in a browser can fill.",
        "redirect_page": "A page came that only sends browsers to another place.",
        "home": "The address leads to a home page instead of the resource.",
        "blocked": "A filter in front of the site refused an identified program, so the resource was not seen.",
        "captcha": "A riddle against programs came, so the resource was not seen.",
    },
    rule=rule,
    examples=(
        Example(resource_case(), Verdict.PASS, "ok", "a CSV"),
        Example(
            _showing("javascript_shell", format="HTML", media_type=None),
            Verdict.PASS,
            "page",
            "an application declared as a page",
        ),
        Example(_showing("not_found"), Verdict.FAIL, "not_found", "“Page not found” with status 200"),
        Example(_showing("server_error"), Verdict.FAIL, "server_error", "the trace of a program"),
        Example(_showing("error_answer", "json_error"), Verdict.FAIL, "error_answer", "JSON that says no"),
        Example(
            _showing("map_exception", "ogc_exception"), Verdict.FAIL, "map_exception", "an exception in place of a map"
        ),
        Example(_showing("subscription", "json_error"), Verdict.FAIL, "subscription", "“Subscription is canceled”"),
        Example(_showing("login"), Verdict.FAIL, "login", "a form for passwords"),
        Example(
            resource_case(inspection=_PAGE, probe=probe(final_url="https://datos.example.org/user/login")),
            Verdict.FAIL,
            "login",
            "redirected to the login",
        ),
        Example(_showing("maintenance"), Verdict.FAIL, "maintenance", "a notice of maintenance"),
        Example(_showing("parked"), Verdict.FAIL, "parked", "a domain for sale"),
        Example(_showing("default_page"), Verdict.FAIL, "default_page", "“It works!”"),
        Example(_showing("directory_listing"), Verdict.FAIL, "directory_listing", "an index of a folder"),
        Example(_showing("consent"), Verdict.FAIL, "consent", "terms to be accepted first"),
        Example(_showing("javascript_shell"), Verdict.FAIL, "javascript_shell", "an application in place of a CSV"),
        Example(_showing("redirect_page"), Verdict.FAIL, "redirect_page", "a page that sends browsers on"),
        Example(
            resource_case(inspection=_PAGE, probe=probe(final_url="https://datos.example.org/")),
            Verdict.FAIL,
            "home",
            "redirected to the home page",
        ),
        Example(_showing("blocked"), Verdict.UNKNOWN, "blocked", "a filter against programs"),
        Example(_showing("captcha"), Verdict.UNKNOWN, "captcha", "a riddle against programs"),
        Example(resource_case(inspection=None), Verdict.UNKNOWN, "not_read", "the file did not come"),
        Example(resource_case(inspection=inspection(None, size=0)), Verdict.NOT_APPLICABLE, "empty", "no bytes at all"),
        Example(resource_in("xml", format="WMS", media_type=None), Verdict.NOT_APPLICABLE, "service", "a map service"),
        Example(resource_in("csv", derived=True), Verdict.NOT_APPLICABLE, "derived", "a link that the reader made"),
    ),
)

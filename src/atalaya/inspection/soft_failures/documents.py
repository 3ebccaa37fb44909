"""XML and plain text with which a server reports a failure under status 200: stores of objects, SOAP, map services,
bare lines."""

import re

from atalaya.catalogue.folding import fold
from atalaya.inspection.findings import Defect
from atalaya.inspection.soft_failures.registry import failure
from atalaya.inspection.soft_failures.server_error import TRACE
from atalaya.inspection.soft_failures.wording import ABSENT, FORBIDDEN, SERVER_ERROR, UNAVAILABLE

LARGEST_XML = 32_768
"""Characters of the longest error document in XML; longer ones are data that name an element so."""
LARGEST_TEXT = 20_000
_SHORT = 400
"""Characters of a text that is nothing but its message."""
_MOST_TAGS = 60

_ROOT = re.compile(
    r"(?:<\?.{0,400}?\?>|<!--.{0,4000}?-->|<!DOCTYPE[^>]{0,400}>|\s)*<(?:[\w.-]{1,40}:)?([\w.-]{1,60})",
    re.DOTALL | re.IGNORECASE,
)
_ERROR_ROOTS = frozenset(
    {"error", "errors", "exception", "exceptions", "fault", "problem", "wmtexception", "errorresponse", "apierror"}
)
_CODE = re.compile(r"<(?:\w{1,20}:)?code[^>]{0,100}>\s*([^<]{1,80}?)\s*<", re.IGNORECASE)
_FAULT = re.compile(r"<(?:[\w.-]{1,20}:)?fault[\s>]", re.IGNORECASE)
_STATUS = re.compile(r"<status>\s*([45]\d\d)\s*</status>", re.IGNORECASE)
_ARCXML = re.compile(r"<response>\s*<error\b", re.IGNORECASE)
_ABSENT_CODES = frozenset(
    {"nosuchkey", "nosuchbucket", "blobnotfound", "resourcenotfound", "containernotfound", "404", "notfound"}
)
_REFUSAL_CODES = frozenset(
    {"accessdenied", "authenticationfailed", "authorizationfailure", "signaturedoesnotmatch",
     "publicaccessnotpermitted", "401", "403",
     "invalidaccesskeyid", "expiredtoken", "nosuchauthentication"}
)  # fmt: skip

_LINES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("not_found", re.compile(ABSENT)),
    ("blocked", re.compile(FORBIDDEN)),
    ("maintenance", re.compile(UNAVAILABLE)),
    ("server_error", re.compile(SERVER_ERROR)),
)
_TRACE = re.compile(TRACE)
_OPENS_TRACE = re.compile(
    r"\s*(?:php )?(?:fatal error|parse error|traceback \(most|exception in thread|unhandled exception|ora-\d|sqlstate|"
    r"(?:error:? {0,3})?(?:ora-\d{5}|sqlstate)|java\.|javax\.|org\.|system\.\w|microsoft ole db|\[odbc|<br />)"
)


def find_in_xml(text: str) -> Defect | None:
    """The soft failure that an XML document is, told by its root element and the code inside."""
    if len(text) > LARGEST_XML:
        return None
    match = _ROOT.match(text.lstrip("\ufeff"))
    root = match.group(1).lower() if match else ""
    if root == "envelope":
        return failure("error_answer", "a SOAP fault") if _FAULT.search(text) else None
    if root == "map":
        return _by_code(_STATUS.search(text), root) if _STATUS.search(text) else None
    if root == "arcxml":
        return failure("map_exception", "an error of a map service") if _ARCXML.search(text) else None
    if root not in _ERROR_ROOTS or text.count("<") > _MOST_TAGS:
        return None
    return (
        failure("map_exception", "an exception of a map service")
        if root == "wmtexception"
        else _by_code(_CODE.search(text), root)
    )


def _by_code(found: re.Match[str] | None, root: str) -> Defect:
    code = found.group(1).lower().replace(".", "") if found else ""
    kind = "not_found" if code in _ABSENT_CODES else "login" if code in _REFUSAL_CODES else "error_answer"
    return failure(kind, f"an XML document whose root element is {root}")


def find_in_text(text: str) -> Defect | None:
    """The soft failure that a plain text is: a short message and nothing else, or the trace of a program from its start."""
    if len(text) > LARGEST_TEXT:
        return None
    head = text.lstrip("\ufeff \t\r\n")[:2_000]
    lowered = head.lower()
    if _OPENS_TRACE.match(lowered) and _TRACE.search(lowered):
        return failure("server_error", "the text is what a program writes when it breaks")
    if len(text.strip()) > _SHORT:
        return None
    lines = [fold(line) for line in head.splitlines() if line.strip()][:3]
    whole = fold(head)
    for kind, pattern in _LINES:
        if pattern.fullmatch(whole) or (len(lines) <= 2 and lines and pattern.fullmatch(lines[0])):
            return failure(kind, "the text is a short message and nothing else")
    return None

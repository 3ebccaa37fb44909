"""XML and plain text with which a server reports a failure under status 200: stores of objects, SOAP, map services,
bare lines."""

import re

from atalaya.catalogue.folding import fold
from atalaya.inspection.findings import Defect
from atalaya.inspection.soft_failures.registry import failure
from atalaya.inspection.soft_failures.server_error import TRACE
from atalaya.inspection.soft_failures.subscription import SAID as SUBSCRIPTION
from atalaya.inspection.soft_failures.substance import foreign_in_text
from atalaya.inspection.soft_failures.wording import ABSENT, ABSENT_SENTENCE, FORBIDDEN, SERVER_ERROR, UNAVAILABLE

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
_LISTINGS = ("listbucketresult", "enumerationresults", "listallmybucketsresult")
"""Root elements with which stores of objects list what they hold."""
_ANSWER_ROOTS = frozenset(
    {"response", "respuesta", "resposta", "reponse", "result", "resultado", "root", "status", "api"}
)
_SMALL = 24
"""Angle brackets of an answer that is nothing but its message."""
_FLAGGED = re.compile(
    r"<(?:success|exito|sucesso|succes|ok)>\s*(?:false|0|no)\s*<|<(?:status|estado|result|resultado|codigo|code|errorcode|"
    r"statuscode)>\s*(?:error|erro|erreur|fail(?:ed|ure)?|fallo)\s*<|<(?:error|erro|erreur|errormessage|exception)>\s*[^<\s]",
    re.IGNORECASE,
)
_MESSAGED = re.compile(
    r"<(?:\w{1,20}:)?(?:\w{0,20}(?:message|mensaje|mensagem)|code|codigo|descri\w{1,20}|detail\w{0,10}|detalle|status|title|text|texto|"
    r"reason|msg|estado|statuscode|errorcode|errornumber)\b",
    re.IGNORECASE,
)
_BARE = re.compile(r">\s{0,80}[^<\s]")
_FEW_TAGS = 5
_NUMBERED = re.compile(
    r"<(?:status|estado|codigo|code|errorcode|statuscode)>\s*(?:4[0-3]\d|451|50\d)\s*<", re.IGNORECASE
)
_NAMED_PHP = re.compile(
    r"\s*(?:php )?(?:warning|notice|deprecated|fatal error|parse error|uncaught \w{1,40}): .{1,600}? (?:in (?:/|"
    r"[a-z]:\\)|on line \d)",
    re.DOTALL,
)
_CALLED = re.compile(r"(?:error|erro|erreur|exception|fatal|excepci[oó]n)(?: fatal| sql| \d{1,6})?: *\S+ +\S+ +\S")
"""A line that calls itself an error and goes on to say which."""
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

_STORAGE_CODES = frozenset({"accessdenied", "authorizationfailure", "publicaccessnotpermitted", "expiredtoken"})
"""Refusals of stores of objects: rights that the publisher did not give, no form for an account."""

_LINES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("not_found", re.compile(ABSENT)),
    ("blocked", re.compile(FORBIDDEN)),
    (
        "login",
        re.compile(
            r"(?:\d{3} )?(?:unauthori[sz]ed|(?:acceso )?no autorizado|(?:acesso )?nao autorizado|non autorise|"
            r"(?:authentication|login|authorization) (?:is )?required|(?:invalid|expired) token|token (?:invalido|"
            r"vencido|expirado)|(?:please |you must )?(?:log|sign) in|debe iniciar sesion)"
        ),
    ),
    ("maintenance", re.compile(UNAVAILABLE)),
    ("server_error", re.compile(SERVER_ERROR)),
)
_PHRASES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("subscription", re.compile(rf"\b(?:{SUBSCRIPTION})\b")),
    ("login", re.compile(r"(?:must|need to|have to) (?:log|sign) in|debe (?:iniciar "
    "sesion|autenticarse)|(?:invalid|expired) token|"
        r"token (?:invalido|vencido|expirado)|precisa (?:fazer login|entrar)")),
    ("blocked", re.compile(r"request (?:was |has been )?(?:blocked|rejected)|access denied|acceso denegado|acesso negado")),
    ("maintenance", re.compile(
        r"(?:por|en|em|under|for) (?:\w+ )?(?:mantenimiento|maintenance|manutencao)|temporalmente (?:fuera|no disponible)|"
        r"temporarily (?:unavailable|offline|down)|temporariamente indisponivel"
    )),
    ("not_found", re.compile(rf"{ABSENT_SENTENCE}|404 not found|no se encontro")),
    ("server_error", re.compile(
        r"^error (?:al|en|ao|na|no|while|when|lors) \w+|(?:no se pudo|unable to|could not|failed to|"
        r"can t) (?:conect\w+|connect)|error (?:interno|inesperado)|internal error|"
        r"(?:ha ocurrido|ocurrio|se (?:ha producido|produjo)|hubo|ocorreu) un?m? erro|an error (?:has )?occurred"
    )),
)  # fmt: skip
"""Words inside a short message."""
_NAMED = re.compile(r"\b(?:error|erro|erreur|invalid\w*|failed|denied|denegad\w|unauthori[sz]ed)\b")
_FEW_FOREIGN = 5
_FOREIGN = 9
"""Words of its own matter up to which a short text is a message, and up to which one that calls itself an error is."""
_TRACE = re.compile(TRACE)
_OPENS_TRACE = re.compile(
    r"\s*(?:php )?(?:object reference not set|fatal error|parse error|traceback \(most|exception in thread|"
    r"unhandled exception|ora-\d|sqlstate|"
    r"(?:error:? {0,3})?(?:ora-\d{5}|sqlstate)|java\.|javax\.|org\.|system\.\w|microsoft ole db|\[odbc|<br />)"
)


def find_in_xml(text: str) -> Defect | None:
    """The soft failure that an XML document is, told by its root element and the code inside."""
    if len(text) > LARGEST_XML:
        return None
    match = _ROOT.match(text.lstrip("\ufeff"))
    root = match.group(1).lower() if match else ""
    if root in _LISTINGS:
        return failure("directory_listing", "the list of what a store of objects holds")
    if root in _ANSWER_ROOTS and text.count("<") <= _SMALL:
        return _by_words(text, root)
    if root == "envelope":
        return failure("error_answer", "a SOAP fault") if _FAULT.search(text) else None
    if root == "map":
        return _by_code(_STATUS.search(text), root) if _STATUS.search(text) else None
    if root == "arcxml":
        return failure("map_exception", "an error of a map service") if _ARCXML.search(text) else None
    if root in _MANY and text.count("<") > _SMALL:
        return None
    if root not in _ERROR_ROOTS or text.count("<") > _MOST_TAGS:
        return None
    if (
        root in ("error", "errors")
        and not _MESSAGED.search(text)
        and (text.count("<") > _FEW_TAGS or not _BARE.search(text))
    ):
        return None
    return (
        failure("map_exception", "an exception of a map service")
        if root == "wmtexception"
        else _by_code(_CODE.search(text), root)
    )


_MANY = ("errors", "errores", "exceptions", "erros")


def _by_words(text: str, root: str) -> Defect | None:
    words = fold(" ".join(re.sub(r"<[^<>]{0,300}>", " ", text).split()))
    kind = next((kind for kind, pattern in _PHRASES if pattern.search(words)), None)
    if not _FLAGGED.search(text) and not (_NUMBERED.search(text) and (kind or _NAMED.search(words))):
        return None
    kind = kind or "error_answer"
    return failure("error_answer" if kind == "server_error" else kind, f"an XML answer under {root} that says no")


def _by_code(found: re.Match[str] | None, root: str) -> Defect:
    code = found.group(1).lower().replace(".", "") if found else ""
    storage = code in _STORAGE_CODES
    kind = (
        "not_found" if code in _ABSENT_CODES else "login" if code in _REFUSAL_CODES and not storage else "error_answer"
    )
    return failure(kind, f"an XML document whose root element is {root}")


def find_in_text(text: str) -> Defect | None:
    """The soft failure that a plain text is: a short message and nothing else, or the trace of a program from its start."""
    if len(text) > LARGEST_TEXT:
        return None
    head = text.lstrip("\ufeff \t\r\n")[:2_000]
    lowered = head.lower()
    if _OPENS_TRACE.match(lowered) and _TRACE.search(lowered):
        return failure("server_error", "the text is what a program writes when it breaks")
    if _NAMED_PHP.match(lowered):
        return failure("server_error", "the text is the warning of a program")
    if len(text.strip()) > _SHORT:
        return None
    lines = [fold(line) for line in head.splitlines() if line.strip()][:3]
    whole = fold(head)
    for kind, pattern in _LINES:
        if pattern.fullmatch(whole) or (len(lines) <= 2 and lines and pattern.fullmatch(lines[0])):
            return failure(kind, "the text is a short message and nothing else")
    return _in_few_words(head, whole)


def _in_few_words(head: str, whole: str) -> Defect | None:
    """A message of one or two lines that are no table, in words of messages about failures."""
    written = [line for line in head.splitlines() if line.strip()]
    if not 0 < len(written) <= 2 or any(written[0].count(mark) > 2 for mark in ",;\t|"):
        return None
    if len(written) == 2 and any(written[0].count(mark) == written[1].count(mark) > 0 for mark in ",;\t|"):
        return None
    if foreign_in_text(whole) <= _FEW_FOREIGN and len(whole.split()) >= 4:
        for kind, pattern in _PHRASES:
            if pattern.search(fold(written[0])):
                return failure(kind, "the text is a short message and nothing else")
    if len(written) == 1 and _CALLED.match(written[0].lower()) and foreign_in_text(whole) <= _FOREIGN:
        return failure("server_error", "the text is one line that calls itself an error")
    return None

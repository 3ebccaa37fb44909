"""JSON with which an interface says no under status 200: ArcGIS, CKAN, Socrata, OpenDataSoft, problem details, frameworks.

An object is such an answer when it has the shape of one: few keys, all of them words for errors, and no list of records.
"""

import re
from collections.abc import Iterator, Mapping

from atalaya.catalogue.folding import fold

ERROR_KEYS = frozenset(
    {
        "error", "errors", "message", "mensaje", "detail", "details", "detalle", "exception", "status", "code", "codigo",
        "statuscode",
        "errormessage", "error_message", "errorcode", "error_code", "error_description", "errordescription", "messagedetail",
        "exceptionmessage", "exceptiontype", "stacktrace", "reason", "description", "descripcion", "resultado", "erro", "erreur",
        "mensagem", "msg", "fields", "exceptions",
    }
)  # fmt: skip
RECORD_KEYS = (
    "data",
    "datos",
    "results",
    "result",
    "records",
    "rows",
    "items",
    "features",
    "value",
    "values",
    "dataset",
    "member",
)
"""Keys under which interfaces give their records."""

_BESIDE = frozenset(
    {"path", "timestamp", "type", "title", "instance", "trace", "help", "success", "traceid", "requestid", "url", "id"}
)
_SAYING = frozenset(
    {
        "message",
        "mensaje",
        "mensagem",
        "msg",
        "detail",
        "detalle",
        "errormessage",
        "error_message",
        "error_description",
        "exceptions",
    }
)
_CODED = frozenset({"code", "codigo", "statuscode", "errorcode", "error_code", "status"})
_SUBSCRIPTION = re.compile(
    r"subscription (?:is |has been |was )?(?:cancel\w*|expired|disabled|suspended|inactive)|"
    r"domain records? (?:\w+ )?not found|"
    r"\bsb 0006\b|(?:trial|license|account) (?:has |is )?(?:expired|suspended|disabled)|"
    r"suscripcion (?:\w+ )?(?:cancelada|vencida|suspendida)"
)
_REFUSED = re.compile(
    r"token (?:is )?required|invalid token|authentication (?:is )?required|not authenticated|unauthori[sz]ed|"
    r"authorization|"
    r"permission(?:s)? (?:is |are )?(?:required|denied)|access denied|acceso denegado|no autorizado|api ?key|"
    r"credentials were not|"
    r"nao autorizado|non autorise|you do not have permission"
)
_ABSENT = re.compile(
    r"not found|no encontrad\w|does not exist|no existe|nao encontrad\w|introuvable|no such|unknown dataset|"
    r"dataset missing|"
    r"item does not|no longer available"
)
_REFUSAL_CODES = frozenset({"401", "403", "498", "499"})
_ABSENT_CODES = frozenset({"404", "410"})
_LONGEST = 400
_MOST_TEXTS = 40


def is_error_answer(value: object) -> bool:
    """Whether a JSON value is an interface's way to say no."""
    if isinstance(value, list):
        return (
            len(value) == 1 and isinstance(value[0], Mapping) and _says_no(value[0]) and "errorcode" in _keys(value[0])
        )
    return isinstance(value, Mapping) and is_error_object(value)


def is_error_object(value: Mapping[str, object]) -> bool:
    """Whether a JSON object is one: CKAN's `success: false`, `{"error": …}`, `{"code": …, "message": …}`, problem details."""
    if value.get("success") is False or value.get("ok") is False:
        return True
    keys = _keys(value)
    if len(value) > 8 or any(isinstance(each, list) and len(each) > 3 for each in value.values()):
        return False
    if keys & {"error", "errors", "exception", "fault", "erro", "erreur"} and _is_said(value.get("error", True)):
        return not keys & set(RECORD_KEYS) and not _reports(value)
    return _says_no(value)


def _reports(value: Mapping[str, object]) -> bool:
    """Whether an object under `error` is a report about something else: it has none of the words for errors as keys."""
    error = value.get("error")
    return isinstance(error, Mapping) and not _keys(error) & (ERROR_KEYS | {"root_cause", "info", "__type", "type"})


def kind_of(value: object) -> str:
    """Which soft failure an error answer is: subscription, login, not_found, else error_answer."""
    words = " | ".join(fold(text[:_LONGEST]) for text in _texts(value))
    codes = set(_codes(value))
    if _SUBSCRIPTION.search(words):
        return "subscription"
    if codes & _REFUSAL_CODES or _REFUSED.search(words):
        return "login"
    return "not_found" if codes & _ABSENT_CODES or _ABSENT.search(words) else "error_answer"


def _is_said(error: object) -> bool:
    return error not in (None, False, [], {}, "") and not (isinstance(error, float | int) and error is not True)


def _says_no(value: Mapping[str, object]) -> bool:
    keys = _keys(value)
    described = bool(keys & {"description", "descripcion"}) and bool(keys & _CODED) and "type" not in keys
    return bool(keys) and keys <= ERROR_KEYS | _BESIDE and (bool(keys & _SAYING) or described)


def _keys(value: Mapping[str, object]) -> set[str]:
    return {str(key).lower() for key in value}


def _texts(value: object, depth: int = 0) -> Iterator[str]:
    """Texts of an answer, not deep and not many."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping) and depth < 3:
        for each in list(value.values())[:_MOST_TEXTS]:
            yield from _texts(each, depth + 1)
    elif isinstance(value, list) and depth < 3:
        for each in value[:3]:
            yield from _texts(each, depth + 1)


def _codes(value: object, depth: int = 0) -> Iterator[str]:
    if isinstance(value, Mapping) and depth < 3:
        for key, each in value.items():
            if str(key).lower() in _CODED and isinstance(each, int | str):
                yield str(each)
            else:
                yield from _codes(each, depth + 1)
    elif isinstance(value, list) and value and depth < 3:
        yield from _codes(value[0], depth + 1)

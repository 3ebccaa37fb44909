"""JSON with which an interface says no under status 200: ArcGIS, CKAN, Socrata, OpenDataSoft, problem details, frameworks.

An object is such an answer when it has the shape of one: few keys, all of them words for errors, and no list of records.
"""

import re
from collections.abc import Iterator, Mapping

from atalaya.catalogue.folding import fold
from atalaya.inspection.soft_failures.substance import foreign_in_text

ERROR_KEYS = frozenset(
    {
        "error", "errors", "message", "mensaje", "detail", "details", "detalle", "exception", "status", "code", "codigo",
        "statuscode",
        "errormessage", "error_message", "errorcode", "error_code", "error_description", "errordescription", "messagedetail",
        "exceptionmessage", "exceptiontype", "stacktrace", "reason", "description", "descripcion", "resultado", "erro", "erreur",
        "mensagem", "msg", "fields", "exceptions", "errormessages", "faultstring", "respuesta", "resposta",
    }
)  # fmt: skip
RECORD_KEYS = (
    "data",
    "datos",
    "dados",
    "resultados",
    "registros",
    "donnees",
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

_ERRORS = frozenset(
    {"error", "errors", "exception", "exceptions", "fault", "erro", "erros", "erreur", "erreurs", "errores"}
)
_FLAGS = frozenset(
    {"success", "ok", "exito", "exitoso", "sucesso", "succes", "successful", "issuccess", "valid", "estado_exito"}
)
"""Keys whose `false` says no."""
_BESIDE = frozenset(
    {"path", "timestamp", "type", "tipo", "title", "titulo", "instance", "trace", "help", "traceid", "requestid", "request_id",
     "url", "id", "correlationid", "fecha", "ruta", "severity", "documentation_url", "docs", "retryable", "disponible",
     "available",
     "locations", "extensions", "method", "fecha_hora", "timezone", "version", *_FLAGS}
)  # fmt: skip
_SAYING = frozenset(
    {"message", "mensaje", "mensagem", "msg", "detail", "detalle", "detalhe", "errormessage", "error_message",
     "error_description", "exceptions", "exceptionmessage", "title", "titulo", "descripcion", "description", "descricao",
     "motivo",
     "reason", "errors", "error", "errormessages", "faultstring"}
)  # fmt: skip
_NAMING = frozenset(
    {"title", "titulo", "description", "descripcion", "descricao", "reason", "motivo", "error", "errors"}
)
"""Those of them that records of data have too: alone they say no only beside a status."""
_RECORDED = frozenset({"id", "fecha", "titulo", "title", "tipo", "url", "version"})
"""Keys beside a message that make it a record of something."""
_NUMBERED = frozenset({"code", "codigo", "errorcode", "error_code"})
_STATED = frozenset({"status", "statuscode", "status_code", "http_status", "httpcode", "http_code"})
_CODED = frozenset(
    {"code", "codigo", "statuscode", "status_code", "errorcode", "error_code", "status", "estado", "http_status", "httpcode",
     "http_code", "respuesta", "resultado", "result"}
)  # fmt: skip
_FAILED = frozenset(
    {"error", "err", "fail", "failed", "failure", "fallo", "fallido", "falha", "erro", "erreur", "ko", "nok", "unauthorized",
     "forbidden", "denied", "not_found", "notfound", "maintenance", "mantenimiento", "unavailable"}
)  # fmt: skip
_WELL = frozenset(
    {"ok", "success", "exito", "exitoso", "sucesso", "succes", "active", "activo", "up", "200", "true", "healthy"}
)
_CODE = re.compile(r"40\d|41[0-8]|42[2-9]|431|451|49[89]|50\d|51[01]|[45]0\d{3}")
_FOREIGN, _SHARE = 12, 0.6
"""Words of its own matter, and their share in all, from which a message is about something else than a failure."""
_WRAPPERS = ("response", "respuesta", "resposta", "reponse", "resultado")
_KNOWN = ERROR_KEYS | _BESIDE | _SAYING | _CODED | frozenset(RECORD_KEYS)
_MOST_KEYS = 10
_MOST_RECORDS = 3
_MOST_FACTS = 6
"""Keys of an answer, records and facts beside it up to which it may be nothing but its message."""
_WRONG = re.compile(
    r"\b(?:error|erro|erreur|errores|fail\w*|fall[oa]\w*|falh\w*|invalid\w*|no valid[oa]|unknown|required|requerid\w*|missing|"
    r"not allowed|unsupported|malformed|exceeded|excedid\w*|limit|timeout|tiempo de espera|expired|expirad\w*|no se pudo|"
    r"cannot|could not|unable to|no pud\w*|unavailable|rate|too many|demasiad\w*|no (?:\w+ ){1,4}(?:was |were )?found|unexpected|"
    r"forbidden|denied|rejected|denegad\w*)\b"
)
_BLOCKED = re.compile(
    r"\bwaf\b|firewall|(?:automated|bot|robot|unusual|suspicious) (?:traffic|access|activity|requests?)|request (?:was )?blocked|"
    r"blocked by|(?:trafico|acceso|actividad) (?:automatizad|inusual|sospechos)|solicitud (?:ha sido )?bloqueada|captcha|"
    r"(?:trafego|acesso) (?:automatizad|incomum)|are you human|enable (?:javascript|js) and cookies"
)
_RESTING = re.compile(
    r"maintenance|mantenimiento|manutencao|(?:temporarily|temporalmente|temporariamente) (?:unavailable|no disponible|"
    r"fuera de|indisponivel|down|offline)|service unavailable|servicio no disponible"
)
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
    r"nao autorizado|non autorise|(?:debe|necesita) (?:iniciar sesion|autenticarse)|sesion (?:ha )?(?:expirad|caducad)\w|"
    r"session (?:has )?expired|log ?in (?:is )?required|you do not have permission"
)
_ABSENT = re.compile(
    r"not found|no encontrad\w|no se encontr\w+|no encontramos|could not find|couldn t find|does not exist|no existe|"
    r"nao encontrad\w|introuvable|no such|unknown dataset|"
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
            len(value) == 1
            and isinstance(value[0], Mapping)
            and "errorcode" in _keys(value[0])
            and _says_no(_folded(value[0]))
        )
    return isinstance(value, Mapping) and is_error_object(value)


def is_error_object(value: Mapping[str, object]) -> bool:
    """Whether a JSON object is one: small, with a flag, a code or words for an error, and without data beside them."""
    if len(value) > _MOST_KEYS:
        return False
    folded = _folded(value)
    if len(folded) == 1:
        (key, inner), *_ = folded.items()
        if key in _WRAPPERS and isinstance(inner, Mapping):
            return (
                bool(inner) and not any(isinstance(each, Mapping) for each in inner.values()) and is_error_object(inner)
            )
    if _holds_data(folded):
        return False
    if any(folded.get(flag) is False for flag in _FLAGS):
        return set(folded) <= _KNOWN or any(key in _ERRORS | _SAYING for key in folded)
    if any(_is_said(folded.get(key)) for key in _ERRORS) and not _reports(folded):
        return not any(_facts(folded.get(key)) for key in RECORD_KEYS) or folded.get("error") is True
    return _says_no(folded)


def _holds_data(value: Mapping[str, object]) -> bool:
    """Whether there are records or many facts beside the words for errors."""
    for key, each in value.items():
        if isinstance(each, list) and key not in _ERRORS | ERROR_KEYS and any(isinstance(one, Mapping) for one in each):
            return True
        if isinstance(each, list) and len(each) > _MOST_RECORDS:
            return True
        if isinstance(each, Mapping) and key in RECORD_KEYS and _facts(each) > _MOST_FACTS:
            return True
    return False


def _facts(value: object) -> int:
    """How many keys or members a value has that are filled, 1 for a scalar."""
    if isinstance(value, Mapping):
        return sum(each not in (None, "", [], {}) for each in value.values()) + sum(map(_inner, value.values()))
    return len(value) if isinstance(value, list) else int(value not in (None, "", False))


def _inner(value: object) -> int:
    """The members one level further down."""
    return len(value) if isinstance(value, Mapping | list) else 0


def _reports(value: Mapping[str, object]) -> bool:
    """Whether what stands under `error` or `errors` reports on something else: it has none of the words for errors as keys."""
    told = [value[key] for key in _ERRORS if _is_said(value.get(key))]
    firsts = [each[0] if isinstance(each, list) and each else each for each in told]
    known = ERROR_KEYS | _BESIDE | {"root_cause", "info", "__type"}
    return any(isinstance(each, Mapping) and not (_keys(each) & known) for each in firsts) or any(
        isinstance(each, Mapping) and _keys(each) & {"year", "count", "anio", "total", "cuenta", "casos"}
        for each in firsts
    )


def kind_of(value: object) -> str:
    """Which soft failure an error answer is: blocked, subscription, login, maintenance, not_found, else error_answer."""
    words = " | ".join(fold(text[:_LONGEST]) for text in _texts(value))
    codes = set(_codes(value))
    if _BLOCKED.search(words):
        return "blocked"
    if _SUBSCRIPTION.search(words):
        return "subscription"
    if codes & _REFUSAL_CODES or _REFUSED.search(words):
        return "login"
    if _RESTING.search(words) or "503" in codes:
        return "maintenance"
    return "not_found" if codes & _ABSENT_CODES or _ABSENT.search(words) else "error_answer"


def _is_said(error: object) -> bool:
    return error not in (None, False, [], {}, "") and not (isinstance(error, float | int) and error is not True)


def _says_no(value: Mapping[str, object]) -> bool:
    """Whether an object of nothing but words for errors has a message, and a code, a flag or words that say no."""
    keys = set(value)
    if not keys & _SAYING or not keys <= _KNOWN or _reports(value):
        return False
    codes = [str(value[key]).strip().lower() for key in keys & _CODED if isinstance(value[key], str | int)]
    if any(code in _WELL for code in codes):
        return False
    spoken = keys & _SAYING - _NAMING
    failing = any(_CODE.fullmatch(code) or code in _FAILED for code in codes)
    if failing and (keys & _STATED or (spoken and not _of_something(" ".join(fold(text) for text in _texts(value))))):
        return True
    if keys & {"exceptionmessage", "exceptiontype", "stacktrace", "errorcode", "error_code", "messagedetail"}:
        return True
    words = " | ".join(fold(text[:_LONGEST]) for text in _texts(value))
    if not spoken and not failing and not keys & _NUMBERED:
        return False
    if (not codes and keys & _RECORDED) or _of_something(words):
        return False
    return any(each.search(words) for each in (_WRONG, _ABSENT, _REFUSED, _SUBSCRIPTION, _BLOCKED, _RESTING))


def _of_something(words: str) -> bool:
    """Whether a message has a matter of its own: it is a record of data that has a code."""
    plain = {word for word in words.split() if len(word) > 3 and word.isalpha()}
    foreign = foreign_in_text(" ".join(plain))
    return foreign > _FOREIGN or (foreign >= 2 and foreign > _SHARE * len(plain))


def _folded(value: Mapping[str, object]) -> dict[str, object]:
    """The object with its keys in lower case, and flags that are written as texts as flags."""
    lowered = {str(key).lower(): each for key, each in value.items()}
    return {key: False if key in _FLAGS and str(each).lower() == "false" else each for key, each in lowered.items()}


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

"""The action API of CKAN (version 3) as addresses and answers: where it may live under a URL, and what an answer says.

Source: CKAN API guide, https://docs.ckan.org/en/latest/api/ ; DKAN keeps the same paths.
"""

import re
from dataclasses import dataclass
from urllib.parse import parse_qsl, quote, urlencode, urlsplit, urlunsplit

from atalaya.fetch.answers import Failure
from atalaya.harvest import values
from atalaya.harvest.bodies import parse_json
from atalaya.harvest.visits import Refusal, Trail, Visit, landed

_ACTION = re.compile(r"^(?P<base>.*?/api(?:/[123])?/(?:action|rest))(?:/(?P<action>[a-z_]+))?/?$")
_API = re.compile(r"^(?P<base>.*?)/api(?:/[123])?(?:/(?:action|rest))?$")
_LOCALE = re.compile(r"^[a-z]{2}(?:[_-][A-Za-z]{2,4})?$")
_PAGES = ("dataset", "datasets", "organization", "organizations", "group", "groups", "home", "index", "search")
_FILE = re.compile(r"\.(?:json|jsonld|rdf|ttl|nt|n3|xml|csv|xlsx?|zip|pdf)$", re.IGNORECASE)

DETAIL_LIMIT = 200
"""Characters of an error message of the source that are kept."""


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where the action API answers: its base without a slash at the end, and what the source's URL narrows it to."""

    base: str
    action: str | None = None
    query: tuple[tuple[str, str], ...] = ()

    def url(self, action: str, **parameters: str | int) -> str:
        """The address of an action; the parameters of the source's URL go first, sorted order is the caller's."""
        pairs = [*self.query, *((name, str(value)) for name, value in parameters.items())]
        return f"{self.base}/{action}" + (f"?{urlencode(pairs, quote_via=quote, safe=':*')}" if pairs else "")


@dataclass(frozen=True, slots=True)
class Result:
    """What a successful action answered."""

    value: object
    visit: Visit
    note: str | None = None


def endpoints(url: str) -> tuple[Endpoint, ...]:
    """Where the API of a URL may live, likeliest first: a base, a localised page, an API root or one action with its query.

    >>> [endpoint.base for endpoint in endpoints("https://datos.example//es/")]
    ['https://datos.example/es/api/3/action', 'https://datos.example/api/3/action', 'https://datos.example/api/action']
    """
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return ()
    path = re.sub(r"/{2,}", "/", parts.path).rstrip("/")
    root = urlunsplit((parts.scheme, parts.netloc, "", "", ""))
    named = _ACTION.match(path)
    query = tuple(pair for pair in parse_qsl(parts.query) if pair[0] not in ("rows", "start", "limit", "offset"))
    if named is not None and named["action"]:
        return (Endpoint(root + named["base"], named["action"], query),)
    api = _API.match(path)
    if api is not None:
        declared = [root + path] if named is not None else []
        places = [*declared, *_below(root + api["base"])]
    else:
        places = [place for site in _sites(root, path) for place in _below(site)[: 1 if site != root else 2]]
    return tuple(Endpoint(place) for place in dict.fromkeys(places))


def _below(site: str) -> list[str]:
    return [f"{site}/api/3/action", f"{site}/api/action"]


def _sites(root: str, path: str) -> list[str]:
    """Where CKAN may be installed: the path itself, the path without a page of CKAN, without a locale, and the root."""
    segments = [segment for segment in path.split("/") if segment]
    for place, segment in enumerate(segments):
        if segment in _PAGES:
            segments = segments[:place]
            break
    sites = ["/".join([root, *segments])]
    if segments and _LOCALE.match(segments[-1]):
        sites.append("/".join([root, *segments[:-1]]))
    return list(dict.fromkeys([*sites, root]))


def names_a_file(url: str) -> bool:
    """Whether a URL points at one file, below which no API lives."""
    return _FILE.search(urlsplit(url).path) is not None


async def call(trail: Trail, url: str) -> Result | Refusal:
    """Ask one action. An answer that says `success: false`, is no JSON or no success status is a refusal."""
    result = result_of(await trail.ask(url))
    if isinstance(result, Result) and result.note is not None:
        trail.notes.append((url, result.note))
    return result


def result_of(visit: Visit) -> Result | Refusal:
    """The result in an answer of an action."""
    if visit.refusal is not None and visit.refusal.reason != "http":
        return visit.refusal
    parsed = parse_json(visit) if visit.body else None
    if visit.refusal is not None:
        message = _message(parsed[0]) if isinstance(parsed, tuple) else None
        detail = visit.refusal.detail + (f": {message}" if message else "")
        return Refusal("http", detail, visit.refusal.status)
    if parsed is None or isinstance(parsed, Refusal):
        return parsed or Refusal("empty", f"{visit.url} answered no content")
    value, note = parsed
    if not isinstance(value, dict) or "result" not in value or value.get("success") is False:
        return _no_result(value, visit)
    return Result(value["result"], visit, note)


def _no_result(value: object, visit: Visit) -> Refusal:
    message = _message(value)
    if message is None:
        return Refusal("no_datasets", f"{landed(visit)} answered JSON without a result")
    return Refusal("error_object", f"{landed(visit)}: {message}")


def _message(value: object) -> str | None:
    """What an error answer says of itself: its type and message, shortened; no traceback."""
    if not isinstance(value, dict):
        return None
    error = value.get("error")
    if isinstance(error, dict):
        said = [values.word(error.get("__type")), values.word(error.get("message"))]
        text = ": ".join(part for part in said if part)
    else:
        text = values.word(value.get("message")) or values.word(error) or ""
        text = "" if text == "true" else text
    if not text and value.get("success") is not False and "error" not in value:
        return None
    return " ".join((text or "success is false").split())[:DETAIL_LIMIT]


def is_absent(refusal: Refusal) -> bool:
    """Whether a refusal means that no such API or action lives there, so that another place is worth asking."""
    if refusal.reason == "http":
        return refusal.status in (301, 302, 303, 307, 308, 400, 404, 405, 409, 410)
    return refusal.reason in ("html", "malformed", "empty", "no_datasets", "error_object")


def is_strained(refusal: Refusal) -> bool:
    """Whether a smaller page may succeed where this one failed: a server error, a timeout, an answer cut or broken."""
    if refusal.reason == "http":
        return refusal.status is not None and (refusal.status >= 500 or refusal.status in (408, 413))
    if refusal.reason == "unreachable":
        return refusal.failure in (Failure.TIMEOUT, Failure.TRUNCATED, Failure.CONNECTION)
    return refusal.reason in ("malformed", "cut", "empty")

"""Socrata (Tyler Data & Insights) by its Discovery API: the assets of a domain, page by page.

A source is a domain or a whole query of the catalogue. Pages are asked by offset, ordered by id so that none is repeated or
passed over; where more assets are declared than offsets reach, the rest is scrolled. Socrata declares no files for its own
assets, so that one link an asset is made by rule (`socrata_links`) and counted apart.

A domain of Socrata also offers a `data.json`, which declares distributions that this API does not. Discovery prefers the API
all the same: it says the kind of every asset, the custom fields of the domain (frequency, coverage, licence) and what the
domain hides from its `data.json`, while the distributions there have the form that the rule makes. Declare the `data.json` as
`datajson` to read what is declared instead.

Parameters, fields and limits: https://dev.socrata.com/docs/other/discovery.
"""

from urllib.parse import parse_qsl, quote_plus, urlencode, urlsplit, urlunsplit

from atalaya.catalogue.records import Reading
from atalaya.countries.pack import Source
from atalaya.harvest import values
from atalaya.harvest.bodies import parse_json
from atalaya.harvest.fields import IGNORED, MAPPED, UNREAD, Ledger
from atalaya.harvest.protocol import Harvest, Place, Protocol
from atalaya.harvest.readings import harvest_first
from atalaya.harvest.socrata_assets import is_asset, read_asset
from atalaya.harvest.socrata_fields import IGNORED_FIELDS
from atalaya.harvest.visits import Getter, Refusal, Visit, landed

PATH = "api/catalog/v1"
SERVICE = "https://api.us.socrata.com/api/catalog/v1"
"""The service itself, for a domain that does not answer its path."""

PAGE_SIZE = 1_000
"""Assets a page: about 4 MB, measured on the recorded catalogues (4.3 kB an asset)."""
REACH = 10_000
"""The most that offset and limit may be together; more is answered with 400 (documentation of the API, "Paginate results")."""

_PAGING = frozenset({"limit", "offset", "scroll_id", "order"})
_SCOPE = frozenset({"domains", "search_context", "ids", "names", "for_user", "derived_from", "parent_ids"})
"""Parameters without which the catalogue of any domain is that of all domains."""
_ENVELOPE = {
    "results": MAPPED,
    "resultSetSize": MAPPED,
    "timings": IGNORED,
    "warnings": IGNORED,
}


async def harvest(source: Source, get: Getter) -> Harvest:
    """Harvest the assets of a domain or of a query. Nothing is raised for what the source does."""
    size = max(1, min(source.page_size or PAGE_SIZE, REACH))
    return await harvest_first(PROTOCOL.id, source, get, addresses(source.url, size), read_visit)


def addresses(url: str, size: int = PAGE_SIZE) -> tuple[str, ...]:
    """The first page of a declared address: of its query, or of its domain by its own path and by the service's.

    >>> addresses("https://datos.example", 100)[0]
    'https://datos.example/api/catalog/v1?domains=datos.example&search_context=datos.example&order=dataset_id&limit=100&offset=0'
    """
    host = values.host(url)
    if not host:
        return (url,)
    parts = urlsplit(url.strip())
    names_catalogue = PATH in parts.path
    query = [(name, said) for name, said in _query(url) if names_catalogue and name not in _PAGING]
    is_service = host.startswith("api.") and host.endswith(".socrata.com")
    if not is_service and not any(name.removesuffix("[]") in _SCOPE for name, _ in query):
        query = [("domains", host), ("search_context", host), *query]
    place = urlunsplit((parts.scheme, parts.netloc, parts.path, "", "")) if names_catalogue else values.root(url) + PATH
    places = (place,) if names_catalogue or is_service else (place, SERVICE)
    return tuple(_page(base, query, order="dataset_id", limit=size, offset=0) for base in places)


def claims(visit: Visit) -> Refusal | None:
    """Why an answer is none of the Discovery API; None where it lists assets, or says that there are none."""
    parsed = parse_json(visit)
    if isinstance(parsed, Refusal):
        return parsed
    listed = _results(parsed[0], visit)
    if isinstance(listed, Refusal):
        return listed
    if (not listed and _size(parsed[0]) is not None) or any(is_asset(item) for item in listed[:50]):
        return None
    return Refusal("no_datasets", f"{landed(visit)}: its results are no assets")


def places(first: Visit) -> tuple[Place, ...]:
    """The catalogue of the domain; the domain itself is what is declared."""
    host = values.host(first.url)
    query = urlencode({"domains": host, "search_context": host, "limit": 1})
    return (Place(f"{values.root(first.url)}{PATH}?{query}", values.root(first.url)),)


def read_visit(visit: Visit) -> Reading | Refusal:
    """The reading of one page. Every result becomes a dataset or a problem."""
    parsed = parse_json(visit)
    if isinstance(parsed, Refusal):
        return parsed
    value, note = parsed
    listed = _results(value, visit)
    if isinstance(listed, Refusal):
        return listed
    if listed and not any(is_asset(item) for item in listed):
        return Refusal("no_datasets", f"{landed(visit)}: its results are no assets")
    ledger = Ledger(IGNORED_FIELDS)
    if note is not None:
        ledger.problem(visit.url, note)
    for key in value if isinstance(value, dict) else ():
        ledger.use(values.clean(key)[:120], _ENVELOPE.get(key, UNREAD))
    query = _query(visit.url)
    asked = _asked(query)
    datasets = []
    for place, item in enumerate(listed):
        if isinstance(item, dict) and isinstance(item.get("resource"), dict):
            datasets.append(read_asset(item, asked, ledger))
        else:
            ledger.problem(f"results[{place}]", "no object with a resource, so no dataset")
    total, scrolled = _size(value), any(name == "scroll_id" and said for name, said in query)
    return Reading(
        datasets=tuple(datasets),
        fields=ledger.fields,
        problems=ledger.problems,
        declared_total=None if scrolled else total,
        next_url=_next_page(visit.url, listed, total),
    )


def _results(value: object, visit: Visit) -> list[object] | Refusal:
    """The results of an answer, or why it has none: an error says so in its own words."""
    listed = value.get("results") if isinstance(value, dict) else None
    if isinstance(listed, list):
        return listed
    if isinstance(value, dict) and ("error" in value or "message" in value):
        said = [values.word(value.get("message")), values.word(value.get("error"))]
        detail = (
            next((text for text in said if text not in (None, "true", "false")), None) or "an error without a message"
        )
        return Refusal("error_object", f"{landed(visit)}: {' '.join(detail.split())[:200]}")
    return Refusal("no_datasets", f"{landed(visit)} holds no results of the Discovery API")


def _size(value: object) -> int | None:
    """How many assets the answer says that there are."""
    return values.byte_size(value.get("resultSetSize")) if isinstance(value, dict) else None


def _next_page(url: str, listed: list[object], total: int | None) -> str | None:
    """The page after this one: the next offset, or the next scroll where offsets do not reach all that is declared.

    Scrolling goes by id. It goes on from the last id of a page where that page is sorted by id, else from the beginning.
    """
    if not listed:
        return None
    query = _query(url)
    limit = _number(query, "limit") or PAGE_SIZE
    rest = [(name, said) for name, said in query if name not in _PAGING]
    place = url.partition("?")[0]
    if any(name == "scroll_id" for name, _ in query):
        return None if total is not None and len(listed) >= total else _scroll(place, rest, limit, listed)
    if total is not None and total > REACH:
        ids = _ids(listed)
        return _scroll(place, rest, limit, listed if ids == sorted(ids) else [])
    offset = (_number(query, "offset") or 0) + len(listed)
    if offset >= (REACH if total is None else total):
        return None
    return _page(place, rest, order="dataset_id", limit=min(limit, REACH - offset), offset=offset)


def _scroll(place: str, query: list[tuple[str, str]], limit: int, listed: list[object]) -> str | None:
    """The page after the last of these results; order and offset may not be asked with it."""
    ids = _ids(listed)
    return None if listed and not ids else _page(place, query, limit=limit, scroll_id=ids[-1] if ids else "")


def _ids(listed: list[object]) -> list[str]:
    resources = [item.get("resource") for item in listed if isinstance(item, dict)]
    return [name for item in resources if isinstance(item, dict) and (name := values.word(item.get("id"))) is not None]


def _asked(query: list[tuple[str, str]]) -> frozenset[str]:
    """The domains that a query is about; empty where it is about all."""
    named = [said for name, said in query if name.removesuffix("[]") in ("domains", "search_context")]
    return frozenset(part.strip().lower() for said in named for part in said.split(",") if part.strip())


def _query(url: str) -> list[tuple[str, str]]:
    try:
        return parse_qsl(urlsplit(url.strip()).query, keep_blank_values=True)
    except ValueError:
        return []


def _number(query: list[tuple[str, str]], name: str) -> int | None:
    return next((values.byte_size(said) for key, said in query if key == name), None)


def _page(place: str, query: list[tuple[str, str]], **paging: object) -> str:
    return f"{place}?{urlencode([*query, *paging.items()], quote_via=quote_plus)}"


PROTOCOL = Protocol(
    id="socrata",
    title={"en": "Socrata Discovery API", "es": "API de descubrimiento de Socrata"},
    description={
        "en": "The assets of a Socrata (Tyler Data & Insights) domain, each with one link made by rule.",
        "es": "Los recursos de un dominio Socrata (Tyler Data & Insights), cada uno con un enlace hecho por regla.",
    },
    documentation="https://dev.socrata.com/docs/other/discovery",
    harvest=harvest,
    claims=claims,
    places=places,
)

"""DataCite: the REST API (one DOI, or a list in pages) and the JSON of one DOI that content negotiation gives.

Only DOIs of the general type `Dataset` are datasets; a DOI without a type is kept, of the others it is counted how many of
which type were left out. A list is asked by cursor, because pages by number end at 10,000 records.

API: https://support.datacite.org/docs/api-queries and https://support.datacite.org/docs/pagination.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from urllib.parse import parse_qsl, quote, urlencode, urlsplit, urlunsplit

from atalaya.catalogue.records import Dataset, Reading
from atalaya.countries.pack import Source
from atalaya.harvest import values
from atalaya.harvest.bodies import join, parse_json
from atalaya.harvest.datacite_records import ignored_fields, read_dataset, stated_type
from atalaya.harvest.fields import IGNORED, MAPPED, UNREAD, Entry, Ledger
from atalaya.harvest.protocol import Harvest, Place, Protocol
from atalaya.harvest.readings import harvest_pages
from atalaya.harvest.visits import Getter, Refusal, Visit, landed

PAGE_SIZE = 100
"""DOIs asked a page; the API gives up to 1,000 and recommends fewer for long records."""

_ROOT = "data.attributes"
_PLAIN = ""
_AROUND = {
    "data": MAPPED,
    "data.id": MAPPED,
    "data.type": MAPPED,
    "data.attributes": MAPPED,
    "data.relationships": IGNORED,
    "meta": MAPPED,
    "links": MAPPED,
    "included": IGNORED,
    "jsonapi": IGNORED,
}
"""The envelope of JSON:API; relations name the same works again as `relatedIdentifiers`."""


async def harvest(source: Source, get: Getter) -> Harvest:
    """Harvest DOIs page by page. Nothing is raised for what the source does."""
    left_out = 0
    total: int | None = None

    def read(visit: Visit) -> Reading | Refusal:
        nonlocal left_out, total
        outcome = _read_page(visit)
        if isinstance(outcome, Refusal):
            return outcome
        reading, others = outcome
        left_out += others
        total = reading.declared_total if reading.declared_total is not None else total
        return replace(reading, declared_total=None if total is None else max(0, total - left_out))

    return await harvest_pages(PROTOCOL.id, source, get, read, start=first_page(source.url, source.page_size))


def first_page(url: str, page_size: int | None = None) -> str:
    """The address to begin with: a list whose address says nothing of pages is asked by cursor.

    >>> first_page("https://api.example/dois/10.1/x"), first_page("https://api.example/dois?query=a")
    ('https://api.example/dois/10.1/x', 'https://api.example/dois?query=a&page%5Bsize%5D=100&page%5Bcursor%5D=1')
    """
    try:
        parts = urlsplit(url)
    except ValueError:
        return url
    said = parse_qsl(parts.query, keep_blank_values=True)
    if not parts.path.rstrip("/").endswith("/dois") or any(name.startswith("page") for name, _ in said):
        return url
    asked = [*said, ("page[size]", str(page_size or PAGE_SIZE)), ("page[cursor]", "1")]
    return urlunsplit(parts._replace(query=urlencode(asked, quote_via=quote)))


def claims(visit: Visit) -> Refusal | None:
    """Why an answer is no metadata of DataCite; None where it is."""
    parsed = parse_json(visit)
    if isinstance(parsed, Refusal):
        return parsed
    return None if _is_datacite(parsed[0], visit.url) else _nothing_named(visit, parsed[0])


def places(_first: Visit) -> tuple[Place, ...]:
    """None: the API stands at DataCite alone, not around the sites of those who publish."""
    return ()


def read_visit(visit: Visit) -> Reading | Refusal:
    """The reading of one page."""
    outcome = _read_page(visit)
    return outcome if isinstance(outcome, Refusal) else outcome[0]


def _is_datacite(value: object, url: str) -> bool:
    if _is_plain(value):
        return True
    if isinstance(value, list):
        return bool(value) and all(_is_plain(item) for item in value)
    if not isinstance(value, dict):
        return False
    data = value.get("data")
    if isinstance(data, list) and not data:
        return "meta" in value and path_of(url).endswith("/dois")
    items = data if isinstance(data, list) else [data]
    return any(isinstance(item, dict) and item.get("type") == "dois" for item in items)


def path_of(url: str) -> str:
    """The path of an address without a slash at its end; empty where there is none.

    >>> path_of("https://api.example/dois/?x=1")
    '/dois'
    """
    try:
        return urlsplit(url).path.rstrip("/")
    except ValueError:
        return ""


def _is_plain(value: object) -> bool:
    """The JSON of one DOI: a DOI with titles, and the schema or the types that only DataCite writes so."""
    if not isinstance(value, dict) or not isinstance(value.get("titles"), list):
        return False
    types = value.get("types")
    typed = isinstance(types, dict) and "resourceTypeGeneral" in types
    return ("doi" in value or "id" in value) and (typed or "datacite.org" in str(value.get("schemaVersion"))[:200])


def _read_page(visit: Visit) -> tuple[Reading, int] | Refusal:
    """The reading of one page, and how many DOIs of another type were left out."""
    parsed = parse_json(visit)
    if isinstance(parsed, Refusal):
        return parsed
    value, note = parsed
    if not _is_datacite(value, visit.url):
        return _nothing_named(visit, value)
    ledger = Ledger({**ignored_fields(_ROOT), **ignored_fields(_PLAIN)})
    if note is not None:
        ledger.problem(visit.url, note)
    datasets: list[Dataset] = []
    others: list[str] = []
    items = list(_items(value, ledger))
    for attributes, path, named in items:
        general, free = stated_type(attributes)
        if not is_dataset_type(general, free):
            others.append(general or "")
            ledger.unreadable(f"DOI of the type {values.clean(general or '')[:60]}", "no dataset, so left out")
            continue
        dataset = read_dataset(Entry(attributes, path, ledger))
        datasets.append(dataset if dataset.native_id is not None else replace(dataset, native_id=named))
    if _is_single(value) and not datasets and others:
        return Refusal("no_datasets", f"{landed(visit)}: one DOI of the type {others[0][:60]}")
    total, following = _paging(value, visit)
    reading = Reading(
        datasets=tuple(datasets),
        fields=ledger.fields,
        problems=ledger.problems,
        declared_total=total,
        next_url=following if items else None,
    )
    return reading, len(others)


def is_dataset_type(general: str | None, free: str | None = None) -> bool:
    """Whether a DOI is a dataset: of that general type, of none, or of `Other` with a text that names a dataset.

    >>> is_dataset_type("Dataset"), is_dataset_type("Software"), is_dataset_type(None), is_dataset_type("Other", "dataset")
    (True, False, True, True)
    """
    if general is None:
        return True
    word = general.strip().lower()
    return word == "dataset" or (word == "other" and "dataset" in (free or "").lower().replace(" ", ""))


def _is_single(value: object) -> bool:
    return isinstance(value, dict) and not isinstance(value.get("data"), list)


def _items(value: object, ledger: Ledger) -> Iterator[tuple[Mapping[str, object], str, str | None]]:
    """Attributes of every DOI, their path and the id beside them; the envelope is counted on the way."""
    if _is_plain(value) or isinstance(value, list):
        for item in value if isinstance(value, list) else [value]:
            if isinstance(item, dict):
                yield item, _PLAIN, None
        return
    if not isinstance(value, dict):
        return
    for key in value:
        ledger.use(values.clean(str(key))[:120], _AROUND.get(str(key), UNREAD))
    data = value.get("data")
    for place, item in enumerate(data if isinstance(data, list) else [data]):
        attributes = item.get("attributes") if isinstance(item, dict) else None
        if not isinstance(item, dict) or not isinstance(attributes, dict):
            ledger.problem(f"data[{place}]", "no object with attributes, so no dataset")
            continue
        for key in item:
            ledger.use(f"data.{values.clean(str(key))[:120]}", _AROUND.get(f"data.{key}", UNREAD))
        yield attributes, _ROOT, values.word(item.get("id"))


def _paging(value: object, visit: Visit) -> tuple[int | None, str | None]:
    if not isinstance(value, dict):
        return None, None
    meta, links = value.get("meta"), value.get("links")
    total = values.byte_size(meta.get("total")) if isinstance(meta, dict) else None
    following = values.word(links.get("next")) if isinstance(links, dict) else None
    base = visit.answer.final_url or visit.url
    return total, None if following is None else join(base, following)


def _nothing_named(visit: Visit, value: object) -> Refusal:
    """An error object says so in its own words; anything else is no metadata of DOIs."""
    errors = value.get("errors") if isinstance(value, dict) else None
    if errors:
        first = errors[0] if isinstance(errors, list) else errors
        said = values.word(first.get("title") or first.get("detail")) if isinstance(first, dict) else values.word(first)
        return Refusal(
            "error_object", f"{landed(visit)}: {' '.join((said or 'an error without a text').split())[:200]}"
        )
    return Refusal("no_datasets", f"{landed(visit)}: no DOI with the metadata of DataCite")


PROTOCOL = Protocol(
    id="datacite",
    title={"en": "DataCite", "es": "DataCite"},
    description={
        "en": "Datasets with a DOI: the DataCite REST API in pages, or the DataCite JSON of one DOI.",
        "es": "Conjuntos de datos con DOI: la API REST de DataCite en páginas, o el JSON de DataCite de un DOI.",
    },
    documentation="https://support.datacite.org/docs/api",
    harvest=harvest,
    claims=claims,
    places=places,
)

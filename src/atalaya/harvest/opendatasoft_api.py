"""Addresses of an OpenDataSoft portal: its three search interfaces, their pages, and the links that its rules give.

Specification: https://help.opendatasoft.com/apis/ods-explore-v2/ (2.0 and 2.1) and
https://help.opendatasoft.com/apis/ods-search-v1/ (1.0).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl, quote, urlencode

from atalaya.harvest import values

PAGE_SIZE = 100
"""Datasets asked a page: the most that versions 2.0 and 2.1 give."""
WINDOW = 10_000
"""The most that offset and limit may be together, in every version; beyond it there is only the export."""

_API = re.compile(r"^(?P<before>.*?)(?P<path>/api/explore/v2\.\d+|/api/v2(?:\.\d+)?|/api/datasets/1\.0)(?P<rest>/.*)?$")
_LISTS = ("", "catalog", "catalog/datasets", "opendatasoft/datasets", "search")
_FIRST = ("/api/explore/v2.1", "/api/v2", "/api/datasets/1.0")
_TABULAR = ("csv", "json", "xlsx")
_GEOGRAPHIC = ("geojson", "shp")


@dataclass(frozen=True, slots=True)
class Api:
    """One interface of a portal: what stands before `/api`, and the path of its version."""

    portal: str
    path: str

    @property
    def oldest(self) -> bool:
        """Whether this is version 1.0, which names its parameters in its own way."""
        return self.path.endswith("1.0")

    @property
    def datasets(self) -> str:
        """Where the datasets are listed."""
        return f"{self.portal}{self.path}/search/" if self.oldest else f"{self.portal}{self.path}/catalog/datasets"

    def exports(self, dataset_id: str, geographic: bool) -> tuple[tuple[str, str], ...]:
        """Format and address of the exports that every dataset with records has; no answer of the API lists them."""
        formats = (*_TABULAR, *(_GEOGRAPHIC if geographic else ()))
        name = quote(dataset_id, safe="@")
        if not self.oldest:
            return tuple((each, f"{self.datasets}/{name}/exports/{each}") for each in formats)
        old = ["xls" if each == "xlsx" else each for each in formats]
        return tuple((each, f"{self.portal}/explore/dataset/{name}/download/?format={each}") for each in old)

    def file(self, dataset_id: str, kind: str, file_id: str) -> str:
        """Where a file kept by the portal is downloaded; `kind` is `attachments` or `alternative_exports`."""
        place = f"{self.portal}{self.path}" if self.oldest else self.datasets
        return f"{place}/{quote(dataset_id, safe='@')}/{kind}/{quote(file_id, safe='')}"


def api_of(url: str) -> Api | None:
    """The interface that an address belongs to; None where it is none of them."""
    found = _API.match(_place(url))
    return Api(found["before"], found["path"]) if found else None


def portal_of(url: str) -> Api:
    """The interface of an answer; of a file the oldest one of its host, whose download links every version keeps."""
    return api_of(url) or Api(values.root(url).rstrip("/"), _FIRST[-1])


def starts(url: str, page_size: int | None) -> tuple[str, ...]:
    """Where to begin reading a source: the interface it names, else the address itself and every version at its root."""
    found = _API.match(_place(url))
    if found is not None:
        rest = (found["rest"] or "").strip("/")
        api = Api(found["before"], found["path"])
        place = api.datasets if rest in ("", "catalog") else _place(url)
        return (_first_page(api, place, _pairs(url), page_size) if rest in _LISTS else url,)
    root = values.root(url).rstrip("/")
    if not root:
        return (url,)
    apis = [Api(root, path) for path in _FIRST]
    versions = [_first_page(api, api.datasets, [], page_size) for api in apis]
    return tuple(versions) if _place(url).rstrip("/") == root else (url, *versions)


def probes(url: str) -> tuple[tuple[str, str], ...]:
    """For each version: a cheap question at the root of a host, and the list to declare."""
    root = values.root(url).rstrip("/")
    apis = [Api(root, path) for path in _FIRST] if root else []
    return tuple((f"{api.datasets}?{'rows' if api.oldest else 'limit'}=1", api.datasets) for api in apis)


def next_page(url: str, given: int, total: int | None) -> str | None:
    """The page after one that gave so many datasets; None where it was the last, or where the window ends."""
    pairs = _pairs(url)
    limit_name, offset_name = _names(pairs)
    limit, offset = _number(pairs, limit_name), _number(pairs, offset_name) + given
    at_end = offset >= total if total is not None else given < limit
    if not given or not limit or at_end or offset >= WINDOW:
        return None
    return _address(_place(url), pairs, {limit_name: min(limit, WINDOW - offset), offset_name: offset})


def begins(url: str) -> bool:
    """Whether an address asks for the first page of a list of version 2."""
    api, pairs = api_of(url), _pairs(url)
    limit_name, offset_name = _names(pairs)
    paged = _number(pairs, limit_name) > 0 and _number(pairs, offset_name) == 0
    return api is not None and not api.oldest and paged and "/exports/" not in _place(url)


def export(url: str) -> str:
    """The export of all datasets of a list of version 2, with the filters that its address has."""
    kept = [pair for pair in _pairs(url) if pair[0] not in ("limit", "offset", "rows", "start")]
    return _address(re.sub(r"/datasets/?$", "/exports/json", _place(url)), kept, {})


def _place(url: str) -> str:
    return url.strip().partition("#")[0].partition("?")[0]


def _pairs(url: str) -> list[tuple[str, str]]:
    return parse_qsl(url.partition("#")[0].partition("?")[2], keep_blank_values=True)


def _first_page(api: Api, place: str, pairs: list[tuple[str, str]], page_size: int | None) -> str:
    """The first page of a list; filters of the address are kept, its own page size where none is declared."""
    limit_name, offset_name = ("rows", "start") if api.oldest else _names(pairs)
    size = page_size or _number(pairs, limit_name) or PAGE_SIZE
    if api.oldest and not any(name == "interopmetas" for name, _ in pairs):
        pairs = [("interopmetas", "true"), *pairs]  # without it version 1.0 leaves DCAT and INSPIRE out
    return _address(place, pairs, {limit_name: min(size, PAGE_SIZE), offset_name: 0})


def _names(pairs: list[tuple[str, str]]) -> tuple[str, str]:
    """How an address names its page size and its offset: the older versions say `rows` and `start`."""
    old = any(name in ("rows", "start") for name, _ in pairs)
    return ("rows", "start") if old else ("limit", "offset")


def _number(pairs: list[tuple[str, str]], name: str) -> int:
    text = next((said for key, said in pairs if key == name), "")
    return int(text) if text.isdecimal() and len(text) < 10 else 0


def _address(place: str, pairs: list[tuple[str, str]], changed: Mapping[str, int]) -> str:
    """An address with its parameters in their order, repeated ones too, and some changed."""
    kept = [pair for pair in pairs if pair[0] not in changed]
    query = urlencode([*kept, *((name, str(number)) for name, number in changed.items())])
    return f"{place}?{query}" if query else place

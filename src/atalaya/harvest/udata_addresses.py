"""Addresses of a uData portal: the lists of its API, their pages, and the tables of its catalogue.

Specification: https://www.data.gouv.fr/api/1/swagger.json, https://www.data.gouv.fr/api/2/swagger.json
"""

import re
from urllib.parse import parse_qsl, urlencode

from atalaya.harvest import values

PAGE_SIZE = 100
"""Datasets asked a page. The default is 20; a page of 100 datasets of data.gouv.fr is about 1.5 MB with its resources."""

_LIST = re.compile(r"^.*/api/[12]/(?:[^?#]*/)?datasets(?:/search)?/?$")
_VERSION = re.compile(r"^(.*/api/[12])/?$")
_ROOTS = ("api/1/datasets/", "api/2/datasets/")


def is_list(url: str) -> bool:
    """Whether an address is that of a list of datasets: of the portal, of an organization, or of a search."""
    return _LIST.match(_place(url)) is not None


def starts(url: str, page_size: int | None) -> tuple[str, ...]:
    """Where to begin reading a source: the list it names, else the address itself and both versions at its root."""
    place = _place(url)
    version = _VERSION.match(place)
    if version is not None:
        return (_first_page(f"{version[1]}/datasets/", [], page_size),)
    if is_list(url):
        return (_first_page(place, _pairs(url), page_size),)
    root = values.root(url)
    if not root or "/api/" in place:
        return (url,)
    lists = tuple(_first_page(f"{root}{path}", [], page_size) for path in _ROOTS)
    return lists if place.rstrip("/") == root.rstrip("/") else (url, *lists)


def probes(url: str) -> tuple[tuple[str, str], ...]:
    """For each version: a cheap question at the root of a host, and the list to declare."""
    root = values.root(url)
    return tuple((f"{root}{path}?page=1&page_size=1", f"{root}{path}") for path in _ROOTS) if root else ()


def following(url: str, given: int, total: int | None) -> str | None:
    """The page after one of a list that names no next page itself; None where it was the last."""
    pairs = _pairs(url)
    page, size = _number(pairs, "page"), _number(pairs, "page_size")
    at_end = page * size >= total if total is not None else given < size
    if not given or not page or not size or at_end:
        return None
    return _address(_place(url), pairs, page=page + 1)


def table_of_resources(url: str) -> str | None:
    """The table of resources that stands beside a table of datasets; None where its name does not tell."""
    place, mark, query = url.partition("?")
    if not place.endswith("datasets.csv"):
        return None
    return f"{place.removesuffix('datasets.csv')}resources.csv{mark}{query}"


def _first_page(place: str, pairs: list[tuple[str, str]], page_size: int | None) -> str:
    """The first page of a list, with the filters of its address, and its page size where none is declared."""
    size = page_size or _number(pairs, "page_size") or PAGE_SIZE
    return _address(place, pairs, page=1, page_size=size)


def _place(url: str) -> str:
    return url.strip().partition("#")[0].partition("?")[0]


def _pairs(url: str) -> list[tuple[str, str]]:
    return parse_qsl(url.partition("#")[0].partition("?")[2], keep_blank_values=True)


def _number(pairs: list[tuple[str, str]], name: str) -> int:
    text = next((said for key, said in pairs if key == name), "")
    return int(text) if text.isdecimal() and len(text) < 10 else 0


def _address(place: str, pairs: list[tuple[str, str]], **changed: int) -> str:
    """An address with its parameters in their order, repeated ones too, and some changed."""
    kept = [pair for pair in pairs if pair[0] not in changed]
    return f"{place}?{urlencode([*kept, *((name, str(number)) for name, number in changed.items())])}"

"""What tells a dataset from others whatever its identifier: titles, addresses, file names, marks, contents. Pure.

Two records are compared by their traits when identifiers do not help: after a portal changed its software, and across
catalogues that list the same dataset.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from atalaya.catalogue.folding import fold
from atalaya.catalogue.records import Dataset

SHORTEST_DESCRIPTION = 60
"""Folded characters from which a description tells a dataset from others; shorter ones are set phrases."""

_MARK = re.compile(
    r"(?<![0-9a-f])(?:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|[0-9a-f]{32})(?:_\d+)?(?![0-9a-f])",
    re.IGNORECASE,
)
_DOI = re.compile(r"\b10\.\d{4,9}/[^\s\"<>]+", re.IGNORECASE)
_EXTENSION = re.compile(r"\.[a-z][a-z0-9]{1,7}$", re.IGNORECASE)
_YEAR_OR_NUMBER = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Traits:
    """The traits of one record; `key` is what the caller knows it by.

    `marks` are identifiers made to be unique (UUIDs, 32 hexadecimal digits, DOIs) in the record's own identifier and landing
    page; `native_id` is the identifier as the source wrote it. `contents` are content hashes of its resources, where known.
    """

    key: str
    native_id: str = ""
    titles: frozenset[str] = frozenset()
    publisher: str = ""
    description: str = ""
    landing_page: str = ""
    addresses: frozenset[str] = frozenset()
    files: frozenset[str] = frozenset()
    marks: frozenset[str] = frozenset()
    contents: frozenset[str] = frozenset()


def traits_of(key: str, dataset: Dataset, contents: Iterable[str] = ()) -> Traits:
    """The traits of a dataset."""
    addresses = [item.url for item in dataset.distributions if item.url and not item.derived]
    publisher = dataset.publisher
    description = " ".join(fold(text) for _, text in sorted(dataset.description.items()))
    own = (dataset.native_id or "", dataset.landing_page or "")
    return Traits(
        key=key,
        native_id=(dataset.native_id or "").strip(),
        titles=frozenset(folded for text in dataset.title.values() if (folded := fold(text))),
        publisher=fold((publisher.name or publisher.native_id or publisher.uri or "") if publisher else ""),
        description=description if len(description) >= SHORTEST_DESCRIPTION else "",
        landing_page=address_key(dataset.landing_page or ""),
        addresses=frozenset(found for address in addresses if (found := address_key(address))),
        files=frozenset(name for address in addresses if (name := file_name(address))),
        marks=frozenset(mark for text in own for mark in marks_in(text)),
        contents=frozenset(contents),
    )


def address_key(url: str) -> str:
    """An address without what changes nothing: scheme, `www.`, default port, fragment and a slash at the end.

    >>> address_key("http://www.Datos.example:80/a/x.csv#top"), address_key("https://datos.example/a/x.csv")
    ('datos.example/a/x.csv', 'datos.example/a/x.csv')
    """
    try:
        parts = urlsplit(url.strip())
        host, port = (parts.hostname or "").lower(), parts.port
    except ValueError:
        return ""
    if not host:
        return ""
    place = host.removeprefix("www.") + (f":{port}" if port not in (None, 80, 443) else "")
    query = f"?{parts.query}" if parts.query else ""
    return f"{place}{parts.path.rstrip('/')}{query}"


def file_name(url: str) -> str:
    """The name of the file that an address ends in, lower case; empty where it ends in none.

    >>> file_name("https://datos.example/d/1/download/Presupuesto-2017.CSV"), file_name("https://datos.example/d/1")
    ('presupuesto-2017.csv', '')
    """
    try:
        name = urlsplit(url.strip()).path.rstrip("/").rpartition("/")[2].lower()
    except ValueError:
        return ""
    return name if _EXTENSION.search(name) else ""


def marks_in(text: str) -> tuple[str, ...]:
    """Identifiers made to be unique that stand in a text.

    >>> marks_in("justicia_932019A8-e08a-4269-83e0-aa0b8191c21d"), marks_in("doi:10.5281/zenodo.7"), marks_in("p-17")
    (('932019a8-e08a-4269-83e0-aa0b8191c21d',), ('10.5281/zenodo.7',), ())
    """
    found = (*_MARK.findall(text), *_DOI.findall(text))
    return tuple(dict.fromkeys(mark.lower() for mark in found))


def numbers_in(text: str) -> tuple[str, ...]:
    """The numbers of a text in order: two titles that differ in them name different years, parts or places.

    >>> numbers_in("presupuesto 2017 tomo 2")
    ('2017', '2')
    """
    return tuple(_YEAR_OR_NUMBER.findall(text))


def likeness(one: str, other: str, weights: Mapping[str, float] | None = None) -> float:
    """How alike two folded titles are, 0 to 1: Dice's coefficient over their words; 0 where their numbers differ.

    `weights` of words default to 1; a word without a weight counts 1.

    >>> likeness("registro de barcos 2017", "registro de barcos 2018"), likeness("registro de barcos", "barcos")
    (0.0, 0.5)
    """
    if one == other:
        return 1.0
    if sorted(numbers_in(one)) != sorted(numbers_in(other)):
        return 0.0
    left, right = set(one.split()), set(other.split())
    known = weights or {}

    def weight(words: set[str]) -> float:
        return sum(known.get(word, 1.0) for word in words)

    total = weight(left) + weight(right)
    return 2 * weight(left & right) / total if total else 0.0

"""What tells a dataset from others whatever its identifier: titles, addresses, file names, marks, contents. Pure.

Two records are compared by their traits when identifiers do not help: after a portal changed its software, and across
catalogues that list the same dataset.
"""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import unquote, urlsplit

from atalaya.catalogue.folding import fold
from atalaya.catalogue.records import Dataset

SHORTEST_DESCRIPTION = 60
"""Folded characters from which a description tells a dataset from others; shorter ones are set phrases."""

_MARK = re.compile(
    r"(?<![0-9a-f])(?:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|[0-9a-f]{32})(?:_\d+)?(?![0-9a-f])",
    re.IGNORECASE,
)
_LAYER = re.compile(r"(?<=[0-9a-f]{32})_\d+$")
_DOI = re.compile(r"\b10\.\d{4,9}/[^\s\"<>]+", re.IGNORECASE)
_EXTENSION = re.compile(r"\.[a-z][a-z0-9]{1,7}$", re.IGNORECASE)
_PLAIN = re.compile(r"(https?://[^/?#]*)([^?#]*)(?:\?([^#]*))?(?:#.*)?", re.IGNORECASE)
_YEAR_OR_NUMBER = re.compile(r"\d+")
_OTHERS_PAGE = re.compile(r"/(?:organi[sz]ations?|groups?|users?|publishers?|instituci[oó]n(?:es)?)/", re.IGNORECASE)

_FUNCTION = """
    a al con de del e el en la las lo los o para por su sus u un una y an and at by for from in of on or the to with
    ao aos as com da das do dos em na nas no nos os pelo um uma au aux d des du et l le les ou par pour une
"""
FUNCTION_WORDS = frozenset(_FUNCTION.split())
"""Words that tell no two titles apart: articles, prepositions, conjunctions in Spanish, English, Portuguese and French."""
LONG_WORD = 6
"""Letters of words that may be misspelled; among shorter ones a letter makes another word."""
ADDED = 0.34
"""Share of a title's words that may be added for it to say the same and a little more: one in three."""


@dataclass(frozen=True, slots=True)
class Traits:
    """The traits of one record; `key` is what the caller knows it by.

    `marks` are identifiers made to be unique (UUIDs, 32 hexadecimal digits, DOIs) in the record's own identifier and landing
    page; `native_id` is the identifier as the source wrote it. `owner` is the institution that the record is attributed to.
    `contents` are content hashes of its resources, where known.
    """

    key: str
    native_id: str = ""
    owner: str = ""
    titles: frozenset[str] = frozenset()
    publisher: str = ""
    description: str = ""
    landing_page: str = ""
    addresses: frozenset[str] = frozenset()
    files: frozenset[str] = frozenset()
    marks: frozenset[str] = frozenset()
    contents: frozenset[str] = frozenset()


def traits_of(key: str, dataset: Dataset, contents: Iterable[str] = (), owner: str | None = None) -> Traits:
    """The traits of a dataset; `owner` is the institution that it is attributed to, if any."""
    addresses = [item.url for item in dataset.distributions if item.url and not item.derived]
    publisher = dataset.publisher
    description = " ".join(fold(text) for _, text in sorted(dataset.description.items()))
    page = dataset.landing_page or ""
    own = (dataset.native_id or "", "" if _OTHERS_PAGE.search(page) else page)
    return Traits(
        key=key,
        native_id=(dataset.native_id or "").strip(),
        owner=owner or "",
        titles=frozenset(folded for text in dataset.title.values() if (folded := fold(text))),
        publisher=fold((publisher.name or publisher.native_id or publisher.uri or "") if publisher else ""),
        description=description if len(description) >= SHORTEST_DESCRIPTION else "",
        landing_page=address_key(dataset.landing_page or ""),
        addresses=frozenset(found for address in addresses if (found := address_key(address))),
        files=frozenset(name for address in addresses if (name := file_name(address))),
        marks=frozenset([*(mark for text in own for mark in marks_in(text)), *_web_identifier(dataset.native_id)]),
        contents=frozenset(contents),
    )


def _web_identifier(native_id: str | None) -> tuple[str, ...]:
    """An identifier that is an address of the web below a host: made to be unique, like a UUID."""
    key = address_key(native_id or "")
    return (key,) if "/" in key else ()


def address_key(url: str) -> str:
    """An address without what changes nothing: scheme, `www.`, default port, fragment and a slash at the end.

    >>> address_key("http://www.Datos.example:80/a/x.csv#top"), address_key("https://datos.example/a/x.csv")
    ('datos.example/a/x.csv', 'datos.example/a/x.csv')
    """
    place, path, query = _apart(url)
    if not place:
        return ""
    plain = unquote(path) if "%" in path else path
    return f"{place}{plain.rstrip('/')}{f'?{query}' if query else ''}"


@lru_cache(maxsize=1024)
def _apart(url: str) -> tuple[str, str, str]:
    """Place, path and query of an address; the place is empty where there is none, or where the address is broken."""
    url = url.strip()
    plain = _PLAIN.fullmatch(url)
    if plain is not None and url.isprintable():  # as `urlsplit` would, with the place of thousands of files found once
        place = _place(plain[1])
        return (place, plain[2], plain[3] or "") if place is not None else ("", "", "")
    try:
        parts = urlsplit(url)
    except ValueError:
        return "", "", ""
    return _place(url) or "", parts.path, parts.query


@lru_cache(maxsize=4096)
def _place(url: str) -> str | None:
    """Host and port of an address as `address_key` writes them; empty where it has no host, None where it is broken."""
    try:
        parts = urlsplit(url)
        host, port = (parts.hostname or "").lower(), parts.port
    except ValueError:
        return None
    return host.removeprefix("www.") + (f":{port}" if port not in (None, 80, 443) else "") if host else ""


def file_name(url: str) -> str:
    """The name of the file that an address ends in, lower case; empty where it ends in none.

    >>> file_name("https://datos.example/d/1/download/Presupuesto-2017.CSV"), file_name("https://datos.example/d/1")
    ('presupuesto-2017.csv', '')
    """
    url = url.strip()
    plain = _PLAIN.fullmatch(url)
    if plain is not None and url.isprintable() and plain[1].isascii() and "[" not in plain[1] and "]" not in plain[1]:
        path = plain[2]  # nothing is wrong with the address, so that its parts need not be judged
    else:
        try:
            path = urlsplit(url).path
        except ValueError:
            return ""
    name = (unquote(path) if "%" in path else path).rstrip("/").rpartition("/")[2].lower()
    return name if _EXTENSION.search(name) else ""


def marks_in(text: str) -> tuple[str, ...]:
    """Identifiers made to be unique that stand in a text.

    >>> marks_in("justicia_932019A8-e08a-4269-83e0-aa0b8191c21d"), marks_in("doi:10.5281/zenodo.7"), marks_in("p-17")
    (('932019a8-e08a-4269-83e0-aa0b8191c21d',), ('10.5281/zenodo.7',), ())
    """
    found = [mark.lower() for mark in (*_MARK.findall(text), *_DOI.findall(text))]
    items = [_LAYER.sub("", mark) for mark in found]
    return tuple(dict.fromkeys([*found, *items]))


def numbers_in(text: str) -> tuple[str, ...]:
    """The numbers of a text in order: two titles that differ in them name different years, parts or places.

    >>> numbers_in("presupuesto 2017 tomo 2")
    ('2017', '2')
    """
    return tuple(_YEAR_OR_NUMBER.findall(text))


def title_kinship(one: str, other: str) -> str | None:
    """How near two different folded titles are: `near`, `longer`, or None. Their numbers must be the same.

    `near`: they differ in articles, prepositions and misspellings alone. `longer`: one says all that the other
    says, and a little more. A telling word in place of another is never near: *January* and *February* are two datasets.

    >>> title_kinship("registro de barcos", "registro de los barcos"), title_kinship("barcos de pesca", "barcos de pesca mayor")
    ('near', 'longer')
    >>> title_kinship("ejecucion enero 2024", "ejecucion febrero 2024"), title_kinship("plan 2017", "plan 2018")
    (None, None)
    """
    if sorted(numbers_in(one)) != sorted(numbers_in(other)):
        return None
    left, right = one.split(), other.split()
    mine, theirs = _without(left, right), _without(right, left)
    mine, theirs = _without_misspellings(mine, theirs)
    longest = max(len(left), len(right))
    if all(word in FUNCTION_WORDS for word in (*mine, *theirs)):
        return "near"
    added = mine or theirs
    return "longer" if not (mine and theirs) and len(added) <= longest * ADDED else None


def _without(words: list[str], others: list[str]) -> list[str]:
    """The words without those that the others have, each as often as they have it."""
    spare = Counter(others)
    kept = []
    for word in words:
        if spare[word] > 0:
            spare[word] -= 1
        else:
            kept.append(word)
    return kept


def _without_misspellings(mine: list[str], theirs: list[str]) -> tuple[list[str], list[str]]:
    """The words that remain once those are gone that are one letter apart."""
    rest = list(theirs)
    kept = []
    for word in mine:
        twin = next((other for other in rest if _misspelled(word, other)), None)
        if twin is None:
            kept.append(word)
        else:
            rest.remove(twin)
    return kept, rest


def _misspelled(one: str, other: str) -> bool:
    """Whether two long words are one letter apart: put in, left out or changed."""
    if min(len(one), len(other)) < LONG_WORD or abs(len(one) - len(other)) > 1 or not (one + other).isalpha():
        return False
    same = next((place for place, pair in enumerate(zip(one, other, strict=False)) if pair[0] != pair[1]), None)
    if same is None:
        return True
    return one[same + 1 :] == other[same + 1 :] or one[same + 1 :] == other[same:] or one[same:] == other[same + 1 :]


def overlap(one: str, other: str) -> float:
    """The share of words that two texts have in common: Dice's coefficient, 0 to 1."""
    left, right = set(one.split()), set(other.split())
    return 2 * len(left & right) / (len(left) + len(right)) if left or right else 0.0

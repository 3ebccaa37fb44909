"""Series of international organisations that a catalogue publishes again: they are no data of the institution that lists them.

A mention proves nothing: a ministry's list of loans *from* the World Bank is its own. What counts is who is named as publisher
or creator, where the files lie, a source line of the description that names international organisations alone, a landing page
among an organisation's series, or a code that only the organisation gives. A title only adds to one of these.
"""

import html
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from typing import Any

from atalaya.catalogue.folding import fold
from atalaya.catalogue.records import Agent, Dataset
from atalaya.catalogue.traits import address_key
from atalaya.yamls import load_yaml

_BLOCK = re.compile(r"<\s*/?\s*(?:br|p|li|ul|ol|div|tr|td|th|h\d|hr|dt|dd)\b[^<>]*>", re.IGNORECASE)
_TAG = re.compile(r"</?[a-z][^<>]*>", re.IGNORECASE)
_LINK = re.compile(r"\[([^\[\]]*)\]\([^()\s]*\)")
_EMPHASIS = re.compile(r"[*`#]+|(?<!\w)_+|_+(?!\w)")
_LABEL = re.compile(
    r"(?:^|[.;:(\[\n>|–—•]|\s-)\s*(?:data\s+)?(?:sources?|fuentes?|fontes?)(?:\(s\))?"
    r"(?:\s+(?:de\s+(?:la\s+|los\s+)?(?:datos|informaci[oó]n)|of\s+(?:the\s+)?data|des\s+donn[ée]es|dos\s+dados))?\s*:\s*",
    re.IGNORECASE,
)
_WORDS = ("source", "fuente", "fonte")
"""One of these stands in every label, whatever its case."""
_MARKUP = re.compile(r"[<&*`#_\[]")
"""What may stand inside a word and is taken out before labels are looked for."""
_END = re.compile(r"\n|\.(?=\s|$)|[;,|]\s*[^\W\d_]+(?:\s[^\W_]+){0,3}\s*:(?!//)")
_URL = re.compile(r"https?://[^\s<>()\[\]]+|www\.[^\s<>()\[\]]+", re.IGNORECASE)
_TITLE = re.compile(r"^.+?\s*(?:[-–—|:]|\()\s*(?P<after>[^-–—|:()]+)\)?$")
_BRACKETS = re.compile(r"[(\[]([^()\[\]]+)[)\]]")

_CODE = re.compile(
    r"(?P<topic>[A-Z]{2})\.(?P<part>[A-Z][A-Z0-9]{2})\."
    r"(?:(?!\d{4})[A-Z0-9]{4}|PPP|ALL|CH4|CO2|N2O|\d{4}(?=\.[A-Z]))"
    r"(?:\.(?:[A-Z][A-Z0-9]{1,3}|\d{4}(?=\.[A-Z])|[0-9](?:5|Y|0)))*"
)
"""The shape of World Development Indicators codes: topic, general subject, specific subject, then units and extensions. Ages
(`1524`) are the only four digits and something follows them, so that no year passes for one."""

HOST_SHARE = 0.5
"""More than this share of a dataset's files must lie with the organisation: a mirror keeps the source's link beside its own."""

LONGEST_LINE = 240
"""Characters of a source line that are read; what is longer is a paragraph."""


@dataclass(frozen=True, slots=True)
class Republished:
    """Whose series it is (an id of the table), by which evidence, and the text that told."""

    organisation: str
    how: str
    said: str


@dataclass(frozen=True, slots=True)
class _Organisations:
    """The table, folded. `names` includes no products; `beside` are the products, which name nobody alone."""

    names: Mapping[str, str]
    beside: Mapping[str, str]
    linking: frozenset[str]
    longest: int
    hosts: Mapping[str, str]
    pages: Mapping[str, str]
    page_hosts: frozenset[str]
    codes: Mapping[str, Mapping[str, frozenset[str]]]


@dataclass(frozen=True, slots=True)
class _Line:
    """A source line: as written, the organisations it names, and whether it names nobody else."""

    said: str
    organisations: tuple[str, ...]
    alone: bool


@cache
def _table() -> _Organisations:
    place = resources.files("atalaya").joinpath("data", "vocabularies", "international.yml")
    document: dict[str, Any] = load_yaml(place.read_text(encoding="utf-8"))
    rows: list[dict[str, Any]] = document["organisations"]
    names = {fold(name): row["id"] for row in rows for name in row["names"]}
    beside = {fold(name): row["id"] for row in rows for name in row.get("products", ())}
    return _Organisations(
        names=names,
        beside=beside,
        linking=frozenset(fold(document["linking"]).split()),
        longest=max(len(name.split()) for name in (*names, *beside)),
        hosts={host: row["id"] for row in rows for host in row["hosts"]},
        pages={page: row["id"] for row in rows for page in row.get("pages", ())},
        page_hosts=frozenset(page.partition("/")[0] for row in rows for page in row.get("pages", ())),
        codes={
            row["id"]: {topic: frozenset(parts.split()) for topic, parts in row["codes"].items()}
            for row in rows
            if "codes" in row
        },
    )


def organisations() -> tuple[str, ...]:
    """The ids of the table, sorted."""
    return tuple(sorted(set(_table().names.values())))


def organisation_named(text: str) -> str | None:
    """The organisation that a text names, alone; None where it names none.

    >>> organisation_named("Banco Mundial"), organisation_named("Convenio con el Banco Mundial")
    ('world_bank', None)
    """
    return _table().names.get(fold(text))


def republished(dataset: Dataset, *, agents: bool = True) -> Republished | None:
    """The international organisation whose series a dataset is; None where nothing says so.

    `agents` is False where the publisher is known to be a body of the country: its name then tells nothing.

    >>> from atalaya.catalogue.records import Agent
    >>> republished(Dataset(title={"": "Population, total"}, creator=Agent(name="Banco Mundial"))).organisation
    'world_bank'
    >>> republished(Dataset(title={"": "Préstamos del Banco Mundial"})) is None
    True
    """
    table = _table()
    found = _by_agent(dataset) if agents else None
    found = found or _by_files(dataset)
    if found is not None:
        return found
    lines = [line for text in dataset.description.values() for line in _source_lines(text)]
    if lines and all(line.alone for line in lines):
        return Republished(lines[0].organisations[0], "source_line", lines[0].said)
    if any(not line.organisations for line in lines):  # a source of the country is named, and that settles it
        return None
    return _by_page(dataset, table) or _by_code(dataset, table)


def _by_agent(dataset: Dataset) -> Republished | None:
    agents: tuple[tuple[str, Agent | None], ...] = (("publisher", dataset.publisher), ("creator", dataset.creator))
    for how, agent in agents:
        line = _line((agent.name if agent else None) or "")
        if line.alone:
            return Republished(line.organisations[0], how, line.said)
    return None


def _by_files(dataset: Dataset) -> Republished | None:
    keys = [address_key(item.url) for item in dataset.distributions if item.url and not item.derived]
    owners = [owner for key in keys if (owner := _owner(key)) is not None]
    if not owners or len(owners) <= HOST_SHARE * len(keys):
        return None
    (owner, _count), *_ = Counter(owners).most_common(1)
    return Republished(owner, "files", next(key for key in keys if _owner(key) == owner).partition("/")[0])


def _owner(key: str) -> str | None:
    """The organisation under whose domain an address lies."""
    return _host_owner(key.partition("/")[0].partition(":")[0])


@lru_cache(maxsize=4096)
def _host_owner(host: str) -> str | None:
    table, labels = _table(), host.split(".")
    found = (table.hosts.get(".".join(labels[start:])) for start in range(len(labels) - 1))
    return next((owner for owner in found if owner is not None), None)


def _source_lines(text: str) -> Iterator[_Line]:
    """The source lines of a description, whatever markup it is written in."""
    plain = text.casefold()
    if not any(word in plain for word in _WORDS) and not _MARKUP.search(text):
        return  # most descriptions name no source, and reading what they say costs much more than this
    bare = html.unescape(_TAG.sub("", _BLOCK.sub("\n", text)))
    bare = _EMPHASIS.sub("", _LINK.sub(r"\1", bare))
    for label in _LABEL.finditer(bare):
        rest = bare[label.end() : label.end() + LONGEST_LINE]
        end = _END.search(rest)
        said = rest[: end.start()] if end else rest
        if fold(said):
            yield _line(said)


@lru_cache(maxsize=4096)
def _line(said: str) -> _Line:
    """Who a text names: names and products are taken out, longest first, then numbers and words that only link."""
    table = _table()
    words = fold(_URL.sub(lambda found: _spelled(found[0], table), said)).split()
    named: list[str] = []
    others, place = False, 0
    while place < len(words):
        taken = next((size for size in range(table.longest, 0, -1) if _known(words[place : place + size], table)), 0)
        text = " ".join(words[place : place + taken])
        if text in table.names:
            named.append(table.names[text])
        elif not taken and words[place] not in table.linking and not words[place].isdigit():
            others = True
        place += taken or 1
    return _Line(said.strip(), tuple(named), bool(named) and not others)


def _known(words: list[str], table: _Organisations) -> bool:
    text = " ".join(words)
    return text in table.names or text in table.beside


def _spelled(url: str, table: _Organisations) -> str:
    """An address as the name of the organisation under whose domain it lies, else as it is."""
    owner = _owner(address_key(url if "://" in url else f"https://{url}"))
    return url if owner is None else next(name for name, id_ in table.names.items() if id_ == owner)


def _by_page(dataset: Dataset, table: _Organisations) -> Republished | None:
    """A landing page among an organisation's series, or a title that ends in its name with a link to them."""
    owner = _page_owner(dataset.landing_page, table)
    if owner is not None:
        return Republished(owner, "landing_page", str(dataset.landing_page))
    named = _title_endings(dataset, table)
    for item in dataset.distributions if named else ():
        owner = _page_owner(item.url, table)
        if owner is not None and owner in named:
            return Republished(owner, "title", named[owner])
    return None


def _page_owner(url: str | None, table: _Organisations) -> str | None:
    key = address_key(url or "")
    if key.partition("/")[0].partition("?")[0] not in table.page_hosts:
        return None
    pages = (page for page in table.pages if key == page or key.startswith((f"{page}/", f"{page}?")))
    return next((table.pages[page] for page in pages), None)


def _title_endings(dataset: Dataset, table: _Organisations) -> dict[str, str]:
    """Organisation → the name that a title ends in, after a dash or in brackets."""
    endings = [found["after"].strip() for title in dataset.title.values() if (found := _TITLE.match(title))]
    return {table.names[fold(text)]: text for text in endings if fold(text) in table.names}


def _by_code(dataset: Dataset, table: _Organisations) -> Republished | None:
    """An identifier, or a title's bracket, that is a code of the organisation, or has its shape and stands beside its name."""
    bracketed = [text for title in dataset.title.values() for text in _BRACKETS.findall(title)]
    for text in (dataset.native_id or "", *bracketed):
        shape = _CODE.fullmatch(text.strip().upper())
        for owner, topics in table.codes.items():
            if shape is None or shape["topic"] not in topics:
                continue
            real = shape["part"] in topics[shape["topic"]] and text.strip().isupper()
            if real or _beside(owner, dataset, table):
                return Republished(owner, "code", text.strip())
    return None


def _beside(owner: str, dataset: Dataset, table: _Organisations) -> bool:
    """Whether publisher, creator, a keyword, the description or the end of a title has a name of the organisation."""
    agents = [agent.name or "" for agent in (dataset.publisher, dataset.creator) if agent]
    texts = [f" {fold(text)} " for text in (*agents, *dataset.keywords, *dataset.description.values())]
    names = [name for known in (table.names, table.beside) for name, id_ in known.items() if id_ == owner]
    return owner in _title_endings(dataset, table) or any(f" {name} " in text for name in names for text in texts)

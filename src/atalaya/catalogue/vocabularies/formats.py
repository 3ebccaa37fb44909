"""Formats: what a publisher's text for a format means, and what is known of each format.

The table is `data/vocabularies/formats.yml`; its head says where each fact comes from.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import Any

from atalaya.yamls import load_yaml

_URI = re.compile(r"^(?:https?://|urn:)\S+$", re.IGNORECASE)
_MEDIA_TYPE = re.compile(r"^[\w.+-]+/[\w.+*-]+$")
_LONGEST = 6
"""Words of the longest alias that is looked for inside a longer text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """One format. `broader` lists formats that a file of this one also is; the booleans are defined at the head of the table."""

    id: str
    title: Mapping[str, str]
    eu: str | None = None
    extensions: tuple[str, ...] = ()
    media_types: tuple[str, ...] = ()
    iana: bool = False
    open: bool = False
    machine_readable: bool = False
    structured: bool = False
    linked_data: bool = False
    service: bool = False
    container: bool = False
    broader: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()

    @property
    def abstract(self) -> bool:
        """Whether it names a family only (Excel of any version): no extension and no media type of its own."""
        return not self.extensions and not self.media_types

    @property
    def eu_uri(self) -> str | None:
        """The URI in the EU Publications Office table, None where it has no such format."""
        return f"http://publications.europa.eu/resource/authority/file-type/{self.eu}" if self.eu else None


@dataclass(frozen=True, slots=True, kw_only=True)
class FormatReading:
    """What a declared format means: `ids` in the order written, the text that could not be read, and how it was read.

    `how` is exact, uri, media_type, words (found inside a longer text) or none. `contradicts` tells that the declared format and
    the declared media type cannot both be true.
    """

    ids: tuple[str, ...] = ()
    unresolved: str | None = None
    how: str = "none"
    contradicts: bool = False


@cache
def formats() -> Mapping[str, Format]:
    """Every known format by id, in the order of the table."""
    rows = _table()["formats"]
    lists = ("extensions", "media_types", "broader", "aliases")
    read = [Format(**{**row, **{name: tuple(map(str, row.get(name, ()))) for name in lists}}) for row in rows]
    return MappingProxyType({each.id: each for each in read})


def find_format(format_id: str | None) -> Format | None:
    """The format of an id, None for None and for ids that are not in the table."""
    return formats().get(format_id) if format_id else None


def read_format(declared: str | None, media_type: str | None = None) -> FormatReading:
    """What a publisher means by a format text and a media type; either may be missing, in any spelling, or a URI.

    >>> read_format("ZIP+CSV").ids
    ('zip', 'csv')
    >>> read_format(None, "text/csv;charset=utf-8").ids
    ('csv',)
    """
    from_format = _read_text(declared)
    from_media_type = _read_text(media_type)
    if not from_format.ids:
        if not from_media_type.ids:
            return from_format if from_format.unresolved else from_media_type
        return FormatReading(ids=from_media_type.ids, unresolved=from_format.unresolved, how="media_type")
    contradicts = bool(from_media_type.ids) and not _compatible(from_format.ids, from_media_type.ids)
    return FormatReading(
        ids=from_format.ids, unresolved=from_format.unresolved, how=from_format.how, contradicts=contradicts
    )


def format_named(text: str) -> str | None:
    """The id of the format that a text names and says nothing else.

    >>> format_named("Excel"), format_named("Excel de gastos")
    ('excel', None)
    """
    return _look_up(text)


def format_of_extension(extension: str) -> str | None:
    """The id of the format that a file name extension (with or without its dot, any case) stands for."""
    return _extensions().get(extension.strip().lstrip(".").lower())


def is_a(format_id: str, broader: str) -> bool:
    """Whether a file of the first format is also one of the second: itself or any of its broader formats, at any distance."""
    return broader in _family(format_id)


def agrees(declared: Iterable[str], true_format: str) -> bool:
    """Whether the true format of the bytes is one of the declared ones or a special case of one (GeoJSON declared as JSON)."""
    return any(is_a(true_format, each) for each in declared)


def star_level(format_id: str | None) -> int:
    """The five-star level that the format alone allows: 1 any, 2 structured, 3 also open, 4 names things by URI.

    Level 5 (links to other data) is about content, never about a format. Source: T. Berners-Lee, Linked Data, 2010.
    """
    known = find_format(format_id)
    if known is None or not known.structured:
        return 1
    if not known.open:
        return 2
    return 4 if known.linked_data else 3


@cache
def _table() -> Mapping[str, Any]:
    text = resources.files("atalaya").joinpath("data", "vocabularies", "formats.yml").read_text(encoding="utf-8")
    read: Mapping[str, Any] = load_yaml(text)
    return read


@cache
def _fillers() -> frozenset[str]:
    """Words around format names that carry no format themselves."""
    return frozenset(_key(word) for word in _table()["fillers"])


@cache
def _family(format_id: str) -> frozenset[str]:
    known = formats().get(format_id)
    found = {format_id}
    for parent in known.broader if known else ():
        found |= _family(parent)
    return frozenset(found)


@cache
def _extensions() -> Mapping[str, str]:
    table: dict[str, str] = {}
    for known in formats().values():
        for extension in known.extensions:
            table.setdefault(extension, known.id)
    return table


@cache
def _names() -> Mapping[str, str]:
    """Every text that stands for a format → its id. Ids come before codes, titles, media types, extensions and aliases;
    among equals the first in the table wins."""
    table: dict[str, str] = {}
    for pick in (
        lambda f: (f.id,),
        lambda f: (f.eu,) if f.eu else (),
        lambda f: tuple(f.title.values()),
        lambda f: f.media_types,
        lambda f: f.extensions,
        lambda f: f.aliases,
    ):
        for known in formats().values():
            for text in pick(known):
                table.setdefault(_key(text), known.id)
    return table


def _key(text: str) -> str:
    """Case, accents, edge punctuation and the kind of separator do not tell formats apart."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    return re.sub(r"[\s_\-]+", " ", plain).strip(" .,;:*'\"()[]{}<>|&")


def _read_text(declared: str | None) -> FormatReading:
    text = (declared or "").strip()
    if not text:
        return FormatReading()
    if _URI.match(text):
        return _read_uri(text)
    found = _look_up(text)
    if found:
        return FormatReading(ids=(found,), how="exact")
    bare = text.split(";", 1)[0].strip()
    if _MEDIA_TYPE.match(bare):
        found = _look_up(bare)
        if found:
            return FormatReading(ids=(found,), how="exact")
        if bare.lower() in _table()["silent_media_types"]:
            return FormatReading(unresolved=text)
    return _read_words(text)


def _look_up(text: str) -> str | None:
    return _names().get(_key(text))


def _read_uri(uri: str) -> FormatReading:
    """URIs of format tables end in a code (`…/file-type/CSV`) or in a media type (`…/media-types/text/csv`)."""
    parts = [part for part in re.split(r"[/#:]", uri.split("?", 1)[0].rstrip("/#")) if part]
    marked = any(
        part.lower().replace("-", "") in ("filetype", "mediatypes", "mediatype", "format") for part in parts[:-1]
    )
    for ending in ("/".join(parts[-2:]), parts[-1] if marked else ""):
        found = _look_up(ending) if ending else None
        if found:
            return FormatReading(ids=(found,), how="uri")
    return FormatReading(unresolved=uri)


def _read_words(text: str) -> FormatReading:
    """Formats named inside a longer text, longest names first; what is neither a format nor a filler is kept as unresolved."""
    words = [part for word in re.split(r"[\s,;+/|&()\[\]<>{}:=\"'_\\-]+", text) for part in _without_inner_dots(word)]
    found: list[str] = []
    unread: list[str] = []
    place = 0
    while place < len(words):
        taken = next(
            (n for n in range(min(_LONGEST, len(words) - place), 0, -1) if _named(words[place : place + n])), 0
        )
        if taken:
            found.append(_names()[_key(" ".join(words[place : place + taken]))])
        elif _key(words[place]) not in _fillers():
            unread.append(words[place])
        place += max(taken, 1)
    ids = _without_families(tuple(dict.fromkeys(found)))
    return FormatReading(ids=ids, unresolved=" ".join(unread) or None if ids else text, how="words" if ids else "none")


def _without_inner_dots(word: str) -> list[str]:
    """`csv.gz` names two formats, `.xlsx` and `vnd.ms-excel` one."""
    if not word or _look_up(word):
        return [word] if word else []
    return [part for part in re.split(r"(?<=\w)\.(?=\w)", word) if part]


def _named(words: list[str]) -> bool:
    key = _key(" ".join(words))
    if key in _fillers() or (len(key) < 3 and not words[0].startswith(".") and not any(c.isdigit() for c in key)):
        return key in ("gz", "nt")
    return key in _names()


def _without_families(ids: tuple[str, ...]) -> tuple[str, ...]:
    """ "Excel (.xlsx)" names one format, not two: a family goes when a member of it is named too."""
    table = formats()
    return tuple(
        each for each in ids if not (table[each].abstract and any(other != each and is_a(other, each) for other in ids))
    )


def _compatible(declared: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether one may be the other, or wrap it (a CSV sent as ZIP), or be served by it."""
    table = formats()
    if any(table[each].container or table[each].service for each in (*declared, *other)):
        return True
    return any(is_a(a, b) or is_a(b, a) for a in declared for b in other)

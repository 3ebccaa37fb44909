"""The European tables that the metadata quality assessment of data.europa.eu (MQA) looks values up in.

The tables are `data/vocabularies/european.yml`, the registered media types `data/vocabularies/media_types.txt`; their heads say
where each fact comes from and of which edition it is. An address in the space of a table whose code the edition at hand lacks
is *newer*: nothing can be said of it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache
from importlib import resources
from typing import Any

from atalaya.catalogue.vocabularies.formats import find_format, read_format
from atalaya.catalogue.vocabularies.licences import Conformance, read_licence
from atalaya.yamls import load_yaml

REMEMBERED = 8192
"""Texts kept with their reading: catalogues repeat a few of them many times."""

SPACE = "://publications.europa.eu/resource/authority/"
"""What every address of a table holds, after `http` or `https`."""

_MEDIA_TYPE_SPACE = "://www.iana.org/assignments/media-types/"


class Table(StrEnum):
    """A table by its name in the addresses of the Publications Office."""

    FILE_TYPE = "file-type"
    LICENCE = "licence"
    ACCESS_RIGHT = "access-right"
    THEME = "data-theme"


@dataclass(frozen=True, slots=True)
class Found:
    """What a table says of a text: its code, or that the text is an address of a later edition, or neither."""

    code: str | None = None
    newer: bool = False


@dataclass(frozen=True, slots=True)
class FileTypes:
    """The European codes that a declared format or media type means.

    `unnamed` tells that a format was recognised for which the edition at hand has no code.
    """

    codes: tuple[str, ...] = ()
    unnamed: bool = False


def edition(table: Table) -> str:
    """The day of the edition at hand."""
    return str(_tables()[table]["edition"])


@lru_cache(maxsize=REMEMBERED)
def look_up(table: Table, text: str) -> Found:
    """The code that a text is in a table: as its address, its code or its label, in any case.

    >>> look_up(Table.FILE_TYPE, "http://publications.europa.eu/resource/authority/file-type/CSV").code
    'CSV'
    >>> look_up(Table.FILE_TYPE, "http://publications.europa.eu/resource/authority/file-type/LATER")
    Found(code=None, newer=True)
    """
    written = text.strip()
    _, space, rest = written.partition(SPACE)
    if not space:
        names = _names(table)
        return Found(names.get(written.casefold()) or names.get(_bare(written)))
    name, _, code = rest.partition("/")
    if name != table or not code:
        return Found()
    known = _codes(table).get(code.casefold())
    return Found(known, known is None)


@cache
def non_proprietary() -> frozenset[str]:
    """The codes of file types that the MQA holds to be non-proprietary."""
    return frozenset(_tables()[Table.FILE_TYPE]["non_proprietary"])


@cache
def machine_readable() -> frozenset[str]:
    """The codes of file types that the MQA holds to be machine readable."""
    return frozenset(_tables()[Table.FILE_TYPE]["machine_readable"])


@lru_cache(maxsize=REMEMBERED)
def file_types(text: str) -> FileTypes:
    """What a format or a media type means in the European table, in whatever words it is written.

    >>> file_types("Archivo CSV")
    FileTypes(codes=('CSV',), unnamed=False)
    >>> file_types("application/vnd.apache.parquet").unnamed
    True
    """
    found = look_up(Table.FILE_TYPE, text)
    if found.code is not None or found.newer:
        return FileTypes((found.code,) if found.code else (), found.newer)
    formats = [known for each in read_format(text).ids if (known := find_format(each)) is not None]
    return FileTypes(tuple(f.eu for f in formats if f.eu is not None), any(f.eu is None for f in formats))


@lru_cache(maxsize=REMEMBERED)
def is_media_type(text: str) -> bool:
    """Whether a media type is registered with IANA; parameters do not matter, and its address there counts too.

    >>> is_media_type("text/csv; charset=utf-8"), is_media_type("text/xls")
    (True, False)
    """
    bare = text.partition(";")[0].strip().lower()
    _, space, rest = bare.partition(_MEDIA_TYPE_SPACE)
    return (rest if space else bare) in _media_types()


@lru_cache(maxsize=REMEMBERED)
def read_european_licence(*statements: str | None) -> Found:
    """Whether the licence that some statements name together is in the European table or its extension.

    A licence that is recognised and stands in neither is *newer*: the table has grown by dozens of licences since the edition at
    hand. A text that names no licence is in no edition.
    """
    for statement in statements:
        found = look_up(Table.LICENCE, statement) if statement else Found()
        if found.code is not None or found.newer:
            return found
    reading = read_licence(*statements)
    if reading.id is None or reading.conformance in (Conformance.MISSING, Conformance.UNNAMED):
        return Found()
    code = _licence_codes().get(reading.id)
    return Found(code, code is None)


@cache
def _tables() -> Mapping[str, Any]:
    text = resources.files("atalaya").joinpath("data", "vocabularies", "european.yml").read_text(encoding="utf-8")
    read: Mapping[str, Any] = load_yaml(text)
    return read


@cache
def _codes(table: Table) -> Mapping[str, str]:
    """Every code of a table by itself without case."""
    rows = _tables()[table]
    return {code.casefold(): code for code in rows.get("labels") or rows["ids"]}


@cache
def _names(table: Table) -> Mapping[str, str]:
    """Codes, labels and bare addresses that mean the same, without case → code. Only themes have labels in Spanish too."""
    rows = _tables()[table]
    labels = [pair for part in ("labels_es", "labels") for pair in rows.get(part, {}).items()]
    return {**rows.get("same_as", {}), **{label.casefold(): code for code, label in labels}, **_codes(table)}


def _bare(address: str) -> str:
    """An address without scheme, `www.`, case and a slash at its end."""
    return address.casefold().partition("://")[2].removeprefix("www.").rstrip("/")


@cache
def _licence_codes() -> Mapping[str, str]:
    """Ids of licences → a code that covers them."""
    rows = _tables()[Table.LICENCE]
    return {id_: code for part in ("extension", "ids") for code, id_ in rows[part].items()}


@cache
def _media_types() -> frozenset[str]:
    text = resources.files("atalaya").joinpath("data", "vocabularies", "media_types.txt").read_text(encoding="utf-8")
    lines = (line.partition(": ") for line in text.splitlines() if not line.startswith("#"))
    return frozenset(f"{top}/{name}" for top, _, names in lines for name in names.split())

"""What a stated licence permits, from an identifier, an address or words, judged by the Open Definition 2.1.

A licence is open when anyone may use, change and share the work for any purpose, subject at most to naming the source
and to
sharing alike (opendefinition.org/od/2.1). The Creative Commons family is read by rule, because publishers write it in
every
language and order; all other licences stand in `data/vocabularies/licences.yml`. What neither explains is
*unrecognised*.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache
from importlib import resources

from atalaya.catalogue.folding import fold
from atalaya.yamls import load_yaml

REMEMBERED = 4096
"""Statements kept with their reading: catalogues repeat a few of them many times."""


class Conformance(StrEnum):
    """How a stated licence stands to the Open Definition.

    `unnamed` says that some terms apply (or that it is open) but not which; `unreviewed` is a known licence whose terms nobody
    has compared with the definition; `missing` says nothing, or says that nothing was specified.
    """

    OPEN = "open"
    NOT_OPEN = "not_open"
    UNNAMED = "unnamed"
    UNREVIEWED = "unreviewed"
    UNRECOGNISED = "unrecognised"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class LicenceReading:
    """The licence that a statement means; `id` is None where none is named."""

    conformance: Conformance
    id: str | None = None


@dataclass(frozen=True, slots=True)
class _Licence:
    id: str
    conformance: Conformance


@dataclass(frozen=True, slots=True)
class _Table:
    exact: dict[str, _Licence]
    phrases: tuple[tuple[str, _Licence], ...]
    addresses: tuple[tuple[str, _Licence], ...]


@lru_cache(maxsize=REMEMBERED)
def read_licence(*statements: str | None) -> LicenceReading:
    """The licence that the statements of one record (identifier, title, address, rights) name together.

    Statements are read each for itself; a named licence beats an unnamed one, an unnamed one silence. Where two name
    licences of different conformance the more restrictive one counts: whoever reuses the data cannot rely on the other.

    >>> read_licence("https://creativecommons.org/licenses/by/4.0/").id
    'CC-BY-4.0'
    """
    readings = [
        _read_statement(statement) for statement in statements if statement and fold(_without_markup(statement))
    ]
    return min(readings, key=lambda reading: _PRECEDENCE.index(reading.conformance), default=_MISSING)


_PRECEDENCE = (
    Conformance.NOT_OPEN,
    Conformance.OPEN,
    Conformance.UNREVIEWED,
    Conformance.UNNAMED,
    Conformance.UNRECOGNISED,
    Conformance.MISSING,
)
_MISSING = LicenceReading(Conformance.MISSING)
_WORDS_ONLY = "restricted-terms"
_BOTH_USES = re.compile(
    r"\b(?:commercial and non ?commercial|comercial(?:es)? (?:y|o|e|ou) (?:no|nao) comercial(?:es)?)\b"
)
_MARKUP = re.compile(r"<a\s[^>]*href\s*=\s*[\"']([^\"']+)[\"'][^>]*>|<[^>]{0,500}>", re.I)
_ADDRESS = re.compile(r"(?:https?://|www\.)[^\s\"'<>()\]]+", re.I)


def _without_markup(statement: str) -> str:
    """The text of a statement that holds HTML, with the addresses of its links kept."""
    return _MARKUP.sub(lambda match: f" {match[1] or ''} ", statement)


_COMPATIBLE = re.compile(r"\(?\b(?:compatib\w+|kompatib\w+|interoperab\w+)\b[^().;\n]*(?:\.\d[^().;\n]*)*\)?", re.I)
"""What a licence says of others that it gets along with: "(compatible ODC-BY, CC-BY 2.0)"."""


@lru_cache(maxsize=REMEMBERED)
def _read_statement(statement: str) -> LicenceReading:
    """The licence that a statement names; others that it calls compatible count only where it names none itself."""
    text = _without_markup(statement)
    own = _COMPATIBLE.sub(" ", text)
    if own != text and fold(own):
        reading = _read_text(own)
        if reading.id is not None and reading.conformance is not Conformance.UNNAMED:
            return reading
    return _read_text(text)


def _read_text(text: str) -> LicenceReading:
    addresses = [address.rstrip(".,;") for address in _ADDRESS.findall(text)]
    words = _BOTH_USES.sub(" ", fold(_ADDRESS.sub(" ", text)))
    readings = [*_read_addresses(addresses), _read_exact(words), _read_creative_commons(words), _read_phrases(words)]
    found = [reading for reading in readings if reading is not None]
    # Words such as "non-commercial" decide only where no licence is named: CC BY is often explained with them.
    found = [reading for reading in found if reading.id != _WORDS_ONLY] or found
    if found:
        return min(found, key=lambda reading: _PRECEDENCE.index(reading.conformance))
    return LicenceReading(Conformance.UNRECOGNISED)


def _read_addresses(addresses: Iterable[str]) -> list[LicenceReading]:
    return [reading for address in addresses if (reading := _read_address(address)) is not None]


def _read_address(address: str) -> LicenceReading | None:
    """A known address, else a known identifier in its last parts ("…/def/licenses/dl-by-de/2.0")."""
    bare = re.sub(r"^(?:https?://)?(?:www\.)?", "", address.lower())
    if (match := _CC_ADDRESS.search(bare)) and match["elements"] != "publicdomain":
        if match["mark"]:
            return LicenceReading(Conformance.OPEN, "CC0-1.0" if match["mark"] == "zero" else "PDM-1.0")
        return _creative_commons(set(match["elements"].split("-")), match["version"], match["port"])
    for start, licence in _table().addresses:
        if bare.startswith(start):
            return LicenceReading(licence.conformance, licence.id)
    parts = [part for part in re.split(r"[/#=?:]", re.sub(r"\.(?:html?|json|rdf|txt|php)$", "", bare)) if part][1:]
    for tail in (parts[-3:], parts[-2:], parts[-1:], parts[-2:-1]):
        reading = _read_exact(fold(" ".join(tail)), codes_only=True) or _read_creative_commons(
            fold(" ".join(tail)), codes_only=True
        )
        if reading is not None:
            return reading
    return None


_CC_ADDRESS = re.compile(
    r"creativecommons\.(?:org|cl|net\.\w+)/(?:licen[sc]es/(?P<elements>[a-z]+(?:-[a-z]+)*)(?:/(?P<version>\d\.\d))?(?:/(?P<port>[a-z]{2})(?![a-z]))?"
    r"|publicdomain/(?P<mark>zero|mark))"
)
_CC_CODE = re.compile(
    r"\bcc (by(?: ?(?:nc|nd|sa))*|nc(?: nd| sa)?|bync\w*|bysa\w*|bynd\w*)\b(?: (\d) (\d))?(?: ([a-z]{2}))?(?= |$)"
)
_CC_JOINED = re.compile(r"\bcc(?=by|nc)")
_CC_ZERO = re.compile(
    r"\bcc ?(?:0|zero)\b|creative commons (?:zero|0|cc ?0|cczero|1 0 universal)|\bcczero\b|\bcc0 1 0\b"
)
_CC_NAME = re.compile(r"\bcreative commons?\b|\bcreativecommons\b|\bcc\b|クリエイティブ コモンズ")
_VERSION = re.compile(r"\b([1-4]) (0|5)\b")
# Elements as they are called in Spanish (Latin America and Spain), English, Portuguese, French, German, Italian,
# Catalan, Japanese.
_BY = re.compile(
    r"\b(?:by|atribucion|reconocimiento|attribution|atribuicao|attribuzione|namensnennung|reconeixement|paternite)\b|表示"
)
_NC = re.compile(
    r"\bnc\b|\bno ?comercial\b|\bnon ?commercial\w*|\bnao ?comercial\b|pas d utilisation commerciale|nicht "
    "?kommerziell|"
    r"\bnon commerciale\b|\bnocomercial\b|非営利"
)
_ND = re.compile(
    r"\bnd\b|\b(?:sin|no) ?(?:obras? ?)?derivad[oa]s?\b|\bsinderivad[oa]s?\b|\bsinobraderivada\b|\bno ?deriv\w*|"
    r"\bsem ?derivac\w+|pas de modifications?|keine bearbeitung\w*|\bnon opere derivate\b|改変禁止"
)
_SA = re.compile(
    r"\bsa\b|\bcompartir ?igual\b|\bcompartir bajo la misma licencia\b|\bshare ?alike\b|\bcompartilha ?igual\b|"
    r"partage dans les memes conditions|weitergabe unter gleichen bedingungen|condividi allo stesso modo|継承"
)


def _read_creative_commons(words: str, *, codes_only: bool = False) -> LicenceReading | None:
    """The Creative Commons licence that folded words name, by code ("cc by sa 4 0") or by the names of its elements."""
    words = _CC_JOINED.sub("cc ", words)
    if _CC_ZERO.search(words):
        return LicenceReading(Conformance.OPEN, "CC0-1.0")
    if match := _CC_CODE.search(words):
        code = match[1].replace(" ", "")
        elements = {element for element in ("by", "nc", "nd", "sa") if element in re.findall("by|nc|nd|sa", code)} | {
            "by"
        }
        version = f"{match[2]}.{match[3]}" if match[2] else None
        return _creative_commons(elements, version, match[4] if match[2] else None)
    if codes_only or not _CC_NAME.search(words):
        return None
    named = (("by", _BY), ("nc", _NC), ("nd", _ND), ("sa", _SA))
    elements = {element for element, pattern in named if pattern.search(words)}
    if not elements:
        return LicenceReading(Conformance.UNNAMED, "CC")
    version_named = _VERSION.search(words)
    return _creative_commons(elements, f"{version_named[1]}.{version_named[2]}" if version_named else None, None)


def _creative_commons(elements: set[str], version: str | None, port: str | None) -> LicenceReading:
    """Non-commercial and no-derivatives terms contradict the freedom to use and to change: not open."""
    if not elements & {"by", "sa", "nc", "nd"}:
        return LicenceReading(Conformance.UNREVIEWED, "CC-" + "-".join(sorted(elements)).upper())
    order = [element for element in ("by", "nc", "nd", "sa") if element in elements or element == "by"]
    if elements & {"sa"} and elements & {"nc"}:
        order = ["by", "nc", "sa"]
    name = "-".join(["CC", *(element.upper() for element in order), *([version] if version else [])])
    ported = f"{name}-{port.upper()}" if port and port != "deed" else name
    closed = elements & {"nc", "nd"}
    return LicenceReading(Conformance.NOT_OPEN if closed else Conformance.OPEN, ported)


@cache
def _table() -> _Table:
    source = resources.files("atalaya").joinpath("data", "vocabularies", "licences.yml")
    exact: dict[str, _Licence] = {}
    phrases: list[tuple[str, _Licence]] = []
    addresses: list[tuple[str, _Licence]] = []
    for row in load_yaml(source.read_text(encoding="utf-8"))["licences"]:
        licence = _Licence(row["id"], Conformance(row["conformance"]))
        exact.update({fold(code): licence for code in (row["id"], *row.get("codes", ()))})
        phrases.extend((fold(phrase), licence) for phrase in row.get("words", ()))
        addresses.extend((address.lower(), licence) for address in row.get("addresses", ()))
    longest_first = sorted(phrases, key=lambda item: (-len(item[0]), item[0]))
    return _Table(exact, tuple(longest_first), tuple(sorted(addresses, key=lambda item: (-len(item[0]), item[0]))))


_SUFFIX = re.compile(r" (?:only|or later)$")
"""How SPDX says whether later versions of a licence may be chosen; it changes no freedom."""


def _read_exact(words: str, *, codes_only: bool = False) -> LicenceReading | None:
    licence = _table().exact.get(words) or _table().exact.get(_SUFFIX.sub("", words))
    if licence is None and not codes_only:
        licence = next((known for phrase, known in _table().phrases if phrase == words), None)
    return None if licence is None else LicenceReading(licence.conformance, licence.id)


def _read_phrases(words: str) -> LicenceReading | None:
    """The licence whose name stands in a longer text; the longest name wins, and a named licence before an unnamed
    one."""
    padded = f" {words} "
    named = [licence for phrase, licence in _table().phrases if f" {phrase} " in padded]
    chosen = next((licence for licence in named if licence.conformance is not Conformance.UNNAMED), None)
    if chosen is None and not named:
        return None
    licence = chosen or named[0]
    return LicenceReading(licence.conformance, licence.id)

"""Languages as records declare them: a code, a tag with a country, an address that ends in a code, or a name."""

import re
from functools import cache, lru_cache

from atalaya.catalogue.folding import fold
from atalaya.catalogue.vocabularies.tables import table

REMEMBERED = 1024
"""Texts kept with their reading: catalogues repeat a few of them many times."""

_TAG = re.compile(r"([a-z]{2,3})(?:[-_][a-z0-9]{2,8})*", re.IGNORECASE)
_CODE_FIRST = re.compile(r"([a-z]{2,3})\s*[;,(/].*", re.IGNORECASE)


@lru_cache(maxsize=REMEMBERED)
def read_language(text: str | None) -> str | None:
    """The id of the language that a text names: two letters where ISO 639-1 has a code, else three; None where none is known.

    >>> read_language("http://publications.europa.eu/resource/authority/language/SPA"), read_language("en-US")
    ('es', 'en')
    >>> read_language("Español"), read_language("eng; USA"), read_language("el idioma oficial")
    ('es', 'en', None)
    """
    written = (text or "").strip()
    if "://" in written:
        written = re.split(r"[/#]", written.rstrip("/#"))[-1]
    known = _names().get(fold(written))
    if known is not None:
        return known
    tag = _TAG.fullmatch(written) or _CODE_FIRST.fullmatch(written)
    return _names().get(tag[1].lower()) if tag else None


@cache
def language_names() -> frozenset[str]:
    """The names and codes that are known, folded."""
    return frozenset(_names())


@cache
def _names() -> dict[str, str]:
    """Folded code or name → id."""
    known = table("languages.yml")
    names = {code: code for code in known["others"].split()}
    for row in known["languages"]:
        names.update({fold(word): row["id"] for word in (*row["words"], *row.get("codes", ()), row["id"])})
    return names

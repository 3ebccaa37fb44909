"""Formats and media types of files."""

import re
from functools import lru_cache

from atalaya.catalogue.vocabularies.formats import format_named
from atalaya.inspection.semantic.column import Seen
from atalaya.inspection.semantic.declaration import Example, Fit, SemanticType
from atalaya.inspection.semantic.knowledge import Knowledge
from atalaya.inspection.semantic.names import HEAD, phrases
from atalaya.inspection.semantic.shapes import Form

NAMES = phrases(
    "format, formato, formatos, formats, mime, mimetype, mime type, media type, mediatype, file type, "
    "filetype, tipo de archivo, extension, content type, file format, formato de archivo, described by "
    "type, conformato, container, contenedor, packaging, package format, compress format"
)
LEAST = 0.85
NAMED_LEAST = 0.6
_LONGEST = 60
_MOST_WORDS = 3.0
_LONG = 10.0
"""Mean length of names of formats; media types are longer."""
_MEDIA = re.compile(r"(?:application|text|image|audio|video|font|model|multipart|message)/[\w.+*-]+", re.IGNORECASE)
_LIST = re.compile(r"\s*[,;/|+]\s*")


@lru_cache(maxsize=8_192)
def _names_format(text: str) -> bool:
    return len(text) <= _LONGEST and format_named(text) is not None


def _is_format(text: str) -> bool:
    if len(text) > 120:
        return False
    return _MEDIA.match(text) is not None or any(_names_format(part) for part in _LIST.split(text) if part)


def _is_alone(text: str) -> bool:
    return _names_format(text) or (len(text) <= 100 and _MEDIA.match(text) is not None)


def rule(column: Seen, _: Knowledge) -> Fit | None:
    """Known formats in nearly all cells; lists of them, or fewer, where the name says format."""
    if column.name.says(NAMES) >= HEAD:
        share = column.fitting(_is_format)
        if share >= NAMED_LEAST:
            return Fit(share, "name")
    if column.words > _MOST_WORDS or (column.lengths > _LONG and "/" not in column.signs):
        return None
    share = column.fitting(_is_alone)
    return Fit(share, "known") if share >= LEAST and len(column.values) >= 2 else None


TYPE = SemanticType(
    id="file_format",
    version=2,
    title="File format",
    text="Formats or media types of files: {least} % known ones, or {named} % with lists of them where the name "
    "says format.",
    forms=frozenset({Form.WORD, Form.WORDS, Form.CODE, Form.MIXED}),
    rule=rule,
    tolerance=1 - LEAST,
    thresholds={"least": round(100 * LEAST), "named": round(100 * NAMED_LEAST)},
    examples=(
        Example("formato", ("CSV", "XLSX", "PDF"), True, "names of formats"),
        Example("tipo", ("application/json", "text/csv"), True, "media types"),
        Example("container", ("ZIP", "ZIP", "ZIP"), True, "what files are packed in"),
        Example("tipo", ("Público", "Privado"), False, "kinds of something else"),
    ),
)

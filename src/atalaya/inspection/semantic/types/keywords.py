"""Lists of tags in one cell."""

import re

from atalaya.inspection.semantic.column import Seen
from atalaya.inspection.semantic.declaration import Example, Fit, SemanticType
from atalaya.inspection.semantic.knowledge import Knowledge
from atalaya.inspection.semantic.names import HEAD, phrases
from atalaya.inspection.semantic.shapes import Form

NAMES = phrases(
    "keyword, keywords, tags, tag, etiquetas, etiqueta, palabras clave, palabra clave, descriptores, "
    "palavras chave, mots cles, mots clef, subjects, temas, dcat keyword"
)
LISTED = 0.3
"""Share of the cells that hold more than one tag, where the name says that they are tags."""
_SEPARATOR = re.compile(r"[,;|~]\s*")
_LONGEST_TAG = 60
_UNNAMED = 0.9
_LEAST_TAGS = 3


def _tags(text: str) -> list[str]:
    return [tag.strip(" \"'[]") for tag in _SEPARATOR.split(text)]


def _is_list(text: str) -> bool:
    """Short items with separators between them; objects and sentences are none."""
    tags = _tags(text)
    return len(tags) > 1 and "{" not in text and all(0 < len(tag) <= _LONGEST_TAG for tag in tags)


def _many_words(text: str) -> bool:
    """A list of at least three items of letters, each of at most three words and without a full stop."""
    tags = _tags(text) if "{" not in text else []
    return len(tags) >= _LEAST_TAGS and all(
        tag and len(tag.split()) <= 3 and "." not in tag and not any(map(str.isdigit, tag)) for tag in tags
    )


def rule(column: Seen, _: Knowledge) -> Fit | None:
    """Named tags, listed in a part of the cells; or cells that are all lists of three words and more in lower case."""
    if not column.holds(",", ";", "|", "~", "["):
        return None
    listed = column.some(_is_list)
    plain = column.some(lambda text: text.startswith("[") and "{" not in text)
    if column.name.says(NAMES) >= HEAD and (listed >= LISTED or plain >= 1 - TYPE.tolerance):
        return Fit(max(listed, plain), "name")
    many = column.some(lambda text: _many_words(text) and text == text.lower())
    return Fit(many) if many >= _UNNAMED and len(column.values) > 1 else None


TYPE = SemanticType(
    id="keywords",
    version=1,
    title="Keywords",
    text="Lists of tags in one cell: a name that says so over cells of which at least {listed} % hold several, "
    "or lists of three short words and more.",
    forms=frozenset({Form.STRUCTURE, Form.WORD, Form.WORDS, Form.MIXED, Form.TEXT, Form.CODE}),
    rule=rule,
    thresholds={"listed": round(100 * LISTED)},
    examples=(
        Example("tags", ("salud, vacunas, niñez", "agua; saneamiento", "presupuesto"), True, "tags with separators"),
        Example("keyword", ('["salud", "vacunas"]', '["agua"]'), True, "lists of JSON"),
        Example("nombre", ("García, Ana", "López, Luis"), False, "names with a comma"),
    ),
)

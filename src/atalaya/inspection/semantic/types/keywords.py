"""Lists of tags in one cell."""

import re

from atalaya.inspection.semantic.column import Seen
from atalaya.inspection.semantic.declaration import Example, Fit, SemanticType
from atalaya.inspection.semantic.knowledge import Knowledge
from atalaya.inspection.semantic.names import HEAD, WHOLE, phrases
from atalaya.inspection.semantic.shapes import Form

NAMES = phrases(
    "keyword, keywords, tags, tag, etiquetas, etiqueta, palabras clave, palabra clave, descriptores, "
    "palavras chave, mots cles, mots clef, subjects, temas, dcat keyword"
)
PLURALS = phrases("keywords, tags, etiquetas, palabras clave, palavras chave, mots cles, descriptores")
"""Names of lists, which may happen to be of one."""
_MOST_WORDS = 4.0
LISTED = 0.3
"""Share of the cells that hold more than one tag, where the name says that they are tags."""
_STRUCTURES = frozenset({Form.STRUCTURE})
_SEPARATOR = re.compile(r"[,;|~/]\s*")
_LONGEST_TAG = 60
_UNNAMED = 0.9
_LEAST_TAGS = 3
_SIGNS = ",;|~/"


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
    """Lists of short texts as JSON writes them; named tags, listed in a part of the cells; or cells that are all lists of
    three words and more in lower case."""
    if column.leading is Form.STRUCTURE:
        tags = column.listed
        short = tags is not None and tags.lengths <= _LONGEST_TAG and any(map(str.isalpha, tags.signs))
        return Fit(column.of_forms(_STRUCTURES)) if short else None
    if column.name.says(NAMES) >= HEAD:
        listed = column.some(_is_list)
        if listed >= LISTED:
            return Fit(listed, "name")
        return Fit(1.0, "name") if column.name.says(PLURALS) == WHOLE and column.words <= _MOST_WORDS else None
    if sum(map(column.text.count, _SIGNS)) < _UNNAMED * (_LEAST_TAGS - 1) * len(column.values):
        return None
    many = column.some(lambda text: _many_words(text) and text == text.lower())
    return Fit(many) if many >= _UNNAMED and len(column.values) > 1 else None


TYPE = SemanticType(
    id="keywords",
    version=2,
    title="Keywords",
    text="Lists of tags in one cell: lists of short texts as JSON writes them, a name that says so over cells of which at "
    "least {listed} % hold several, or lists of three short words and more.",
    forms=frozenset({Form.STRUCTURE, Form.WORD, Form.WORDS, Form.MIXED, Form.TEXT, Form.CODE}),
    rule=rule,
    thresholds={"listed": round(100 * LISTED)},
    examples=(
        Example("tags", ("salud, vacunas, niñez", "agua; saneamiento", "presupuesto"), True, "tags with separators"),
        Example("keyword", ('["salud", "vacunas"]', '["agua"]'), True, "lists of JSON"),
        Example("nombre", ("García, Ana", "López, Luis"), False, "names with a comma"),
    ),
)

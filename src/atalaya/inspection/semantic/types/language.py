"""Languages by name or code."""

import re

from atalaya.catalogue.vocabularies.languages import language_names, read_language
from atalaya.inspection.semantic.column import Seen
from atalaya.inspection.semantic.declaration import Example, Fit, SemanticType
from atalaya.inspection.semantic.knowledge import Knowledge
from atalaya.inspection.semantic.names import HEAD, phrases
from atalaya.inspection.semantic.shapes import Form

NAMES = phrases(
    "language, languages, idioma, idiomas, lang, langue, lengua, lingua, locale, comunidad linguistica, "
    "idioma materno, language code, dc language"
)
NAMED_LEAST = 0.6
LEAST = 0.9
_CODE_LENGTH = 3
_NAME = re.compile(r"[^\W\d_]{3}[^\d_-]*\Z")
_ANSWERS = frozenset({"yes", "no", "si", "nao", "sim", "oui", "non"})
_LEAST_NAMES = 2
_MOST_WORDS = 3.0
_LONGEST = 25.0


def _read(text: str) -> str | None:
    return read_language(text.strip("[]\"' ").split('", "')[0].split(",")[0])


def _is_name(text: str) -> bool:
    return len(text) > _CODE_LENGTH and _NAME.match(text) is not None and read_language(text) is not None


def rule(column: Seen, _: Knowledge) -> Fit | None:
    """Codes and names under a name that says language; names of at least two languages under any."""
    if column.name.says(NAMES) >= HEAD and not column.answers:
        if set(column.folded) <= _ANSWERS:
            return None
        share = column.fitting(_read)
        return Fit(share, "name") if share >= NAMED_LEAST else None
    if len(column.values) < _LEAST_NAMES or column.words > _MOST_WORDS or column.lengths > _LONGEST:
        return None
    share = column.fitting(_is_name)
    return Fit(share, "known") if share >= LEAST else None


TYPE = SemanticType(
    id="language",
    version=2,
    title="Language",
    text="Languages by name, or by code under a name that says language; {named} % must be known there, {least} "
    "% elsewhere.",
    forms=frozenset({Form.WORD, Form.CODE, Form.WORDS, Form.STRUCTURE, Form.WEB}),
    rule=rule,
    words=lambda _: language_names(),
    names=NAMES,
    thresholds={"least": round(100 * LEAST), "named": round(100 * NAMED_LEAST)},
    examples=(
        Example("language", ("es", "en", "fr"), True, "codes under a name that tells"),
        Example("texto en", ("Español", "Inglés", "Francés"), True, "names"),
        Example("país", ("es", "mx"), False, "codes of countries"),
    ),
)

"""Judges the columns of a table: the first semantic type, in the order of the registry, that a column fits."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from atalaya.inspection.semantic.column import ColumnView, Seen, see
from atalaya.inspection.semantic.declaration import DOMAIN, REASONS, Fit, SemanticType
from atalaya.inspection.semantic.knowledge import NOTHING_KNOWN, Knowledge
from atalaya.inspection.semantic.registry import EMPTY, OTHER, SEMANTIC_TYPES, by_form
from atalaya.inspection.semantic.shapes import Form
from atalaya.inspection.semantic.tongues import language_of
from atalaya.inspection.semantic.types import boolean
from atalaya.translations import translate

_NOTES = {
    "other": "The {looked} different values looked at are of no type that is known.",
    "empty": "No cell holds a value.",
    "unknown": "All cells say the same: that nothing is known.",
}
_TEXTUAL = frozenset({"free_text", "html"})
_IN_LISTS = frozenset(
    {"url", "email", "language", "country", "file_format", "file_name", "licence", "code", "identifier", "telephone"}
)
"""Types whose values stand in lists as they stand alone; lists of other words are keywords."""
_OWN_LISTS = frozenset({"url", "email", "file_name"})
"""Those among them that the elements tell by themselves; the others need the name to say so."""


@dataclass(frozen=True, slots=True)
class Semantic:
    """What a column means: the id of the type (`other` or `empty` where there is none), the share of the values
    looked at that fit, how many different values were looked at and whether those were all, a code of the
    reason, and the language of free text."""

    type: str
    share: float
    looked: int
    whole: bool
    reason: str
    language: str | None = None


def judge(columns: Sequence[ColumnView], knowledge: Knowledge = NOTHING_KNOWN) -> list[Semantic]:
    """What the columns of one table mean, in their order."""
    return [_judged(column, knowledge) for column in see(columns)]


def explain(semantic: Semantic, language: str) -> str:
    """The sentence that says why a column was judged so, in a language, without any value."""
    template = REASONS.get(semantic.reason) or _NOTES[semantic.reason]
    return translate(template, language, DOMAIN).format(share=round(100 * semantic.share), looked=semantic.looked)


def reasons() -> tuple[str, ...]:
    """Every sentence of `explain`, in English."""
    return (*REASONS.values(), *_NOTES.values())


def _judged(column: Seen, knowledge: Knowledge) -> Semantic:
    looked = len(column.values)
    whole = column.view.whole and looked >= len(column.view.values)
    if not looked:
        return Semantic(EMPTY, 0.0, 0, whole, EMPTY)
    if looked == 1 and column.folded[0] in boolean.UNKNOWN:
        return Semantic(EMPTY, 0.0, looked, whole, "unknown")
    found = _first(column, knowledge)
    if found is None:
        return Semantic(OTHER, 0.0, looked, whole, OTHER)
    each, fit = found
    language = language_of(column.values) if each.id in _TEXTUAL else None
    return Semantic(each.id, round(fit.share, 4), looked, whole, fit.reason, language)


def _hits(column: Seen, knowledge: Knowledge) -> int:
    """The bits of the types of which words stand in the column."""
    bits = _dictionary(knowledge)
    found = 0
    for text in column.folded:
        found |= bits.get(text, 0)
    return found


@lru_cache(maxsize=4)
def _dictionary(knowledge: Knowledge) -> dict[str, int]:
    """Word → bits of the types that know it."""
    found: dict[str, int] = {}
    for place, each in enumerate(SEMANTIC_TYPES):
        for word in each.words(knowledge) if each.words is not None else ():
            found[word] = found.get(word, 0) | 1 << place
    return found


def _first(column: Seen, knowledge: Knowledge) -> tuple[SemanticType, Fit] | None:
    if column.leading is Form.STRUCTURE and column.listed is not None:
        found = _first(column.listed, knowledge)
        if found is not None and found[0].id in _IN_LISTS and (found[0].id in _OWN_LISTS or found[1].reason == "name"):
            return found
    hits: int | None = None
    seen = column.signs
    for bit, each in by_form(column.leading):
        signs = each.signs
        if signs and signs.isdisjoint(seen):
            continue
        if each.words is not None:
            hits = _hits(column, knowledge) if hits is None else hits
            if not hits & bit and (each.names is None or not column.name.says(each.names)):
                continue
        fit = each.rule(column, knowledge)
        if fit is not None:
            return each, fit
    return None

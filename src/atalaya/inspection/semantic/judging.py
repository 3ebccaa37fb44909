"""Judges the columns of a table: the first semantic type, in the order of the registry, that a column fits."""

from collections.abc import Sequence
from dataclasses import dataclass

from atalaya.inspection.semantic.column import ColumnView, Seen, see
from atalaya.inspection.semantic.declaration import DOMAIN, REASONS, Fit, SemanticType
from atalaya.inspection.semantic.knowledge import NOTHING_KNOWN, Knowledge
from atalaya.inspection.semantic.registry import EMPTY, OTHER, by_form
from atalaya.inspection.semantic.tongues import language_of
from atalaya.translations import translate

_NOTES = {
    "other": "The {looked} different values looked at are of no type that is known.",
    "empty": "No cell holds a value.",
}
_TEXTUAL = frozenset({"free_text", "html"})


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
    found = _first(column, knowledge)
    if found is None:
        return Semantic(OTHER, 0.0, looked, whole, OTHER)
    each, fit = found
    language = language_of(column.values) if each.id in _TEXTUAL else None
    return Semantic(each.id, round(fit.share, 4), looked, whole, fit.reason, language)


def _first(column: Seen, knowledge: Knowledge) -> tuple[SemanticType, Fit] | None:
    for each in by_form(column.leading):
        fit = each.rule(column, knowledge)
        if fit is not None:
            return each, fit
    return None

"""What an institution says where it publishes nothing: that a duty does not apply to it, or that nothing happened.

Whoever says that there was nothing to publish in a period has published; whoever says that a duty does not apply has justified.
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from atalaya.catalogue.folding import fold
from atalaya.duties.wording import Statements, Wording

LONGEST_TEXT = 4000
"""Characters that are read: a statement stands at the beginning, and whoever writes more publishes something."""

GAP = 6
"""Words that a `*` of a phrase may stand for."""

_SENTENCE = re.compile(r"(?<=[.!?;:])\s+|\n+|\s\|\s")


class StatementKind(StrEnum):
    """What is stated."""

    NOT_APPLICABLE = "not_applicable"
    """The duty does not concern the institution: its powers do not reach so far, or it has no such thing at all."""
    NOTHING_TO_REPORT = "nothing_to_report"
    """The duty concerns it, and nothing happened in the period."""


@dataclass(frozen=True, slots=True)
class Statement:
    """`said` is the sentence, in the words of the site; `share` the part of the words of the text that the sentence is of."""

    kind: StatementKind
    said: str
    share: float


def statement_of(text: str, wording: Wording) -> Statement | None:
    """The first sentence of the text that states something, None where none does. What applies comes before what happened.

    A text of more than `LONGEST_TEXT` characters is read up to there.
    """
    read = text[:LONGEST_TEXT]
    patterns = _compiled(wording.statements)
    sentences = [sentence.strip() for sentence in _SENTENCE.split(read) if sentence.strip()]
    total = sum(len(fold(sentence).split()) for sentence in sentences)
    for sentence in sentences:
        folded = fold(sentence)
        kind = _kind(folded, patterns)
        if kind is not None:
            return Statement(kind, sentence, round(len(folded.split()) / total, 3))
    return None


@dataclass(frozen=True, slots=True)
class _Patterns:
    not_applicable: re.Pattern[str]
    lacking: re.Pattern[str]
    nothing: re.Pattern[str]
    times: re.Pattern[str]
    unless: re.Pattern[str]


def _kind(folded: str, patterns: _Patterns) -> StatementKind | None:
    if patterns.unless.search(folded):
        return None
    if patterns.not_applicable.search(folded):
        return StatementKind.NOT_APPLICABLE
    if patterns.nothing.search(folded):
        return StatementKind.NOTHING_TO_REPORT
    if patterns.lacking.search(folded):
        timed = patterns.times.search(folded) is not None
        return StatementKind.NOTHING_TO_REPORT if timed else StatementKind.NOT_APPLICABLE
    return None


@lru_cache(maxsize=32)
def _compiled(statements: Statements) -> _Patterns:
    return _Patterns(
        not_applicable=pattern_of(statements.not_applicable),
        lacking=pattern_of(statements.lacking),
        nothing=pattern_of(statements.nothing_to_report),
        times=pattern_of(statements.times),
        unless=pattern_of(statements.unless),
    )


def pattern_of(phrases: tuple[str, ...]) -> re.Pattern[str]:
    """Any of the phrases as whole words of a folded text; of none, what matches nothing.

    Raises re.error where a phrase has brackets that do not close.

    >>> bool(pattern_of(("no * apply",)).search("it does no longer apply here"))
    True
    """
    if not phrases:
        return re.compile(r"(?!)")
    gap = rf"(?:\w+ ){{0,{GAP}}}"
    return re.compile(rf"\b(?:{'|'.join(phrase.replace('* ', gap) for phrase in phrases)})\b")

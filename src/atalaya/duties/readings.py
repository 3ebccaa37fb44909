"""What one text says of duties, by itself: points for and against each duty, with the words that they rest on."""

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from atalaya.countries.pack import Duty
from atalaya.duties.citations import CitationReader, Cited, Form, article_in, citations_in, plain
from atalaya.duties.matches import Reason
from atalaya.duties.phrases import Hit, PhraseIndex, Token, build_index, hits_in, tokens_of, words_of
from atalaya.duties.wording import Wording

# Points are natural logarithms of odds, so that independent evidence adds up. They were set by hand on the tuning half of the
# labels that docs/explanation/duty-matching.md names, and are the same for every law and language.
NAME_POINTS = 4.2
WORD_POINTS = 2.2
LAW_WORD_POINTS = 0.7
AGAINST_POINTS = -2.5
CITATION_POINTS = {
    Form.ARTICLE_AND_NUMERAL: 5.0,
    Form.NUMERAL: 4.4,
    Form.COMBINED: 3.4,
    Form.MARK: 3.2,
    Form.LEADING_NUMBER: 1.3,
    Form.NUMBER_ALONE: 1.0,
}
SHARED = 0.45
"""How fast a phrase loses weight with each further duty that claims it; one that claims it more weakly counts for less."""
MOST_CLAIMANTS = 4
"""Duties that may share a word of the law's own texts; one that more share tells nothing, such as *publish*."""
REPEATED = (1.0, 0.55, 0.35, 0.25, 0.2, 0.15)
"""Weights of the best phrase of a duty in a text, the second best, and so on: they are not independent."""
LEAST_COVERED, LEAST_COVERED_BY_ONE = 0.55, 0.4
"""Weight of a phrase, and of one that is a single word, in a long text that speaks of other things; a text which is the phrase
gives 1."""
WITHIN = 0.6
"""Weight of a phrase inside of a longer name, which says more exactly what the text is about."""
INEXACT = 0.85
"""Weight of a phrase with a typing error or abbreviation in it."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """What a phrase is to a duty: `rule` is name, word, law_word or against; or what it is without one: generic, unrelated,
    navigation or reporting."""

    rule: str
    duty: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """One text read. `points` are those of words, `reasons` theirs; `cited` what it cites, `article` an article that it names.

    `generic` tells that the text says nothing of its own (a date, *download*), `unrelated` that it speaks of something that no
    duty is about (news), `navigation` that it moves about the site (home, back, a login).
    """

    points: Mapping[str, float] = field(default_factory=dict)
    reasons: Mapping[str, tuple[Reason, ...]] = field(default_factory=dict)
    cited: tuple[Cited, ...] = ()
    article: str | None = None
    generic: bool = True
    unrelated: bool = False
    navigation: bool = False
    reporting: str = ""
    """Words of those who report what happened, by which news tell themselves from sections."""


NOTHING = Reading()


def index_of(duties: tuple[Duty, ...], law_names: Iterable[str], wording: Wording) -> PhraseIndex[Phrase]:
    """The phrases of duties, and those of the languages that no duty is about. Names of laws say nothing of their duties."""
    owners: dict[str, list[Phrase]] = defaultdict(list)
    for duty in duties:
        for name in (*duty.evidence.names, *duty.name.values()):
            owners[name].append(Phrase("name", duty.id))
        for word in duty.evidence.words:
            owners[word].append(Phrase("word", duty.id))
        for word in duty.evidence.against:
            owners[word].append(Phrase("against", duty.id))
    for word, claimants in _words_of_the_law(duties, wording).items():
        owners[word].extend(Phrase("law_word", duty) for duty in claimants)
    dated = (*wording.months, *wording.parts, *wording.ordinals, *wording.year_words)
    for rule, texts in (
        ("generic", (*wording.generic, *dated, *law_names)),
        ("unrelated", wording.unrelated),
        ("navigation", wording.navigation),
        ("reporting", wording.reporting),
    ):
        for text in texts:
            owners[text].append(Phrase(rule))
    return build_index(owners, wording)


def _words_of_the_law(duties: tuple[Duty, ...], wording: Wording) -> dict[str, list[str]]:
    """Words of the names and paraphrases of duties → the duties, where few enough share them."""
    found: dict[str, list[str]] = defaultdict(list)
    for duty in duties:
        texts = (*duty.name.values(), *duty.paraphrase.values())
        for word in dict.fromkeys(word for text in texts for word in words_of(text)):
            if word not in wording.stop_words:
                found[word].append(duty.id)
    return {word: claimants for word, claimants in found.items() if len(claimants) <= MOST_CLAIMANTS}


def read(text: str, index: PhraseIndex[Phrase], citations: tuple[CitationReader, ...]) -> Reading:
    """What a text says, of itself alone."""
    bare = plain(text)
    cited: tuple[Cited, ...] = ()
    article = None
    for reader in citations:
        cited = cited or citations_in(bare, reader)
        article = article or article_in(bare, reader)
    rest = bare
    for each in cited:
        rest = rest.replace(each.said, " ", 1)
    tokens = tokens_of(words_of(rest), index)
    hits = hits_in(tokens, index)
    telling = {place for place, token in enumerate(tokens) if not token.written.isdigit()}
    generic, unrelated, moving = (_covered(hits, rule) for rule in ("generic", "unrelated", "navigation"))
    points, reasons = _weighed(hits, tokens, len(telling - generic) or 1)
    return Reading(
        points=points,
        reasons=reasons,
        cited=cited,
        article=article,
        generic=telling <= generic,
        unrelated=bool(unrelated) and not cited and telling <= (generic | unrelated),
        navigation=bool(moving) and not cited and telling <= (generic | moving),
        reporting=" ".join(tokens[place].written for place in sorted(_covered(hits, "reporting"))),
    )


def _covered(hits: list[Hit[Phrase]], rule: str) -> set[int]:
    return {place for hit in hits if any(owner.rule == rule for owner in hit.owners) for place in hit.places}


_BASE = {"name": NAME_POINTS, "word": WORD_POINTS, "law_word": LAW_WORD_POINTS, "against": AGAINST_POINTS}


def _weighed(
    hits: list[Hit[Phrase]], tokens: list[Token], telling: int
) -> tuple[dict[str, float], dict[str, tuple[Reason, ...]]]:
    """Points and reasons of each duty, from the phrases that are not part of longer ones of the same duty."""
    of_duty: dict[str, list[tuple[float, Hit[Phrase], str]]] = defaultdict(list)
    named = [hit.places for hit in hits if len(hit.places) > 1 and any(owner.rule == "name" for owner in hit.owners)]
    for hit in hits:
        within = WITHIN if any(hit.places < places for places in named) else 1.0
        claimed: dict[str, str] = {}
        for owner in hit.owners:
            if owner.duty and abs(_BASE[owner.rule]) > abs(_BASE.get(claimed.get(owner.duty, ""), 0.0)):
                claimed[owner.duty] = owner.rule
        for duty, rule in claimed.items():
            claimants = sum(min(1.0, max(0.0, _BASE[other] / _BASE[rule])) for other in claimed.values())
            points = _points(hit, rule, claimants, telling) * (1.0 if rule == "against" else within)
            of_duty[duty].append((points, hit, rule))
    total: dict[str, float] = {}
    reasons: dict[str, tuple[Reason, ...]] = {}
    for duty, listed in of_duty.items():
        kept = _undominated(listed)
        given: list[Reason] = []
        for place, (value, hit, rule) in enumerate(kept):
            weight = 1.0 if rule == "against" else REPEATED[min(place, len(REPEATED) - 1)]
            said = " ".join(tokens[each].written for each in sorted(hit.places))
            given.append(Reason(rule=rule, said=said, points=round(value * weight, 3)))
        total[duty] = sum(reason.points for reason in given)
        reasons[duty] = tuple(given)
    return total, reasons


def _points(hit: Hit[Phrase], rule: str, claimants: float, telling: int) -> float:
    covered = min(1.0, len(hit.places) / telling)
    least = LEAST_COVERED if len(hit.places) > 1 else LEAST_COVERED_BY_ONE
    weight = least + (1 - least) * math.sqrt(covered)
    shared = 1.0 if rule == "against" else 1 / (1 + SHARED * (claimants - 1))
    return _BASE[rule] * (1.0 if rule == "against" else weight) * shared * (1.0 if hit.exact else INEXACT)


def _undominated(listed: list[tuple[float, Hit[Phrase], str]]) -> list[tuple[float, Hit[Phrase], str]]:
    """Without phrases whose places lie in those of a stronger one, strongest first."""
    kept: list[tuple[float, Hit[Phrase], str]] = []
    for value, hit, rule in sorted(listed, key=lambda each: (-abs(each[0]), each[1].phrase)):
        if rule == "against" or not any(hit.places <= other.places for _, other, kind in kept if kind != "against"):
            kept.append((value, hit, rule))
    return kept


_HUMPS = re.compile(r"(?<=[a-záéíóúñ])(?=[A-ZÁÉÍÓÚÑ])")


def words_of_address(text: str) -> str:
    """A segment of an address as words: without its extension, `%20` and capitals inside as spaces.

    >>> words_of_address("EjecucionPresupuestaria-2024.xlsx")
    'Ejecucion Presupuestaria-2024'
    """
    bare = re.sub(r"\.[A-Za-z]{2,4}\d?$", "", text)
    return _HUMPS.sub(" ", bare.replace("+", " "))

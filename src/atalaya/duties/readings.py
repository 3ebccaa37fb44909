"""What one text says of duties, by itself: points for and against each duty, with the words that they rest on."""

import math
import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from atalaya.countries.pack import Duty
from atalaya.duties.citations import CitationReader, Cited, Form, article_in, citations_in, plain
from atalaya.duties.phrases import Hit, PhraseIndex, Token, build_index, hits_in, tokens_of, words_of
from atalaya.duties.tally import Given, Said
from atalaya.duties.wording import Wording

# Points are natural logarithms of odds, so that independent evidence adds up. They were set by hand on the tuning half of the
# labels that docs/explanation/duty-matching.md names, and are the same for every law and language.
NAME_POINTS = 4.2
WORD_POINTS = 2.2
LAW_WORD_POINTS = 0.7
AGAINST_POINTS = -2.5
TITLE_POINTS = 0.2
"""What a word of a phrase adds where it stands in the name of the duty: of two duties that know it, that one is meant."""
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
    """What a phrase is to a duty: `rule` is name, word, law_word, against or title (a word of its name); or what it is without
    one: generic, unrelated, navigation or reporting."""

    rule: str
    duty: str = ""


Claim = tuple[str, str, float]
"""Duty, rule, and the points that a phrase adds to the duty where a text is nothing but the phrase."""


@dataclass(slots=True)
class Lexicon:
    """The phrases of duties and of languages: by number, what each claims and which rules of the language it is of."""

    index: PhraseIndex[Phrase]
    claims: list[tuple[Claim, ...]]
    rules: list[frozenset[str]]
    named: frozenset[int]
    """Phrases that name a duty."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One text read. `said` are the points of words, and their reasons, of each duty; `cited` is what it cites, `article` an
    article that it names. `generic` tells that the text says nothing of its own (a date, *download*), `unrelated` that it speaks
    of something that no duty is about (news), `navigation` that it moves about the site (home, back, a login).
    """

    said: Said = field(default_factory=dict)
    cited: tuple[Cited, ...] = ()
    article: str | None = None
    generic: bool = True
    unrelated: bool = False
    navigation: bool = False
    reporting: str = ""
    """Words of those who report what happened, by which news tell themselves from sections."""


NOTHING = Reading()


def build_lexicon(duties: tuple[Duty, ...], law_names: Iterable[str], wording: Wording) -> Lexicon:
    """The phrases of duties, and those of the languages that no duty is about. Names of laws say nothing of their duties."""
    owners: dict[str, list[Phrase]] = defaultdict(list)
    for duty in duties:
        for name in (*duty.evidence.names, *duty.name.values()):
            owners[name].append(Phrase("name", duty.id))
        for word in duty.evidence.words:
            owners[word].append(Phrase("word", duty.id))
        for word in duty.evidence.against:
            owners[word].append(Phrase("against", duty.id))
        for word in dict.fromkeys(word for name in duty.name.values() for word in words_of(name)):
            owners[word].append(Phrase("title", duty.id))
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
    index = build_index(owners, wording)
    return Lexicon(
        index=index,
        claims=[_claims(owned) for _, _, owned in index.phrases],
        rules=[frozenset(owner.rule for owner in owned if not owner.duty) for _, _, owned in index.phrases],
        named=frozenset(
            number
            for number, (_, key, owned) in enumerate(index.phrases)
            if len(key) > 1 and any(owner.rule == "name" for owner in owned)
        ),
    )


def _claims(owners: Iterable[Phrase]) -> tuple[Claim, ...]:
    """What each duty gets of a phrase: the most that it is to the duty, less where others claim it too."""
    claimed: dict[str, str] = {}
    titled = {owner.duty for owner in owners if owner.rule == "title"}
    for owner in owners:
        if owner.rule in _BASE and abs(_BASE[owner.rule]) > abs(_BASE.get(claimed.get(owner.duty, ""), 0.0)):
            claimed[owner.duty] = owner.rule
    claims = []
    for duty, rule in claimed.items():
        base = _BASE[rule]
        if rule != "against":
            claimants = sum(min(1.0, max(0.0, _BASE[other] / base)) for other in claimed.values())
            base = base / (1 + SHARED * (claimants - 1)) + TITLE_POINTS * (duty in titled)
        claims.append((duty, rule, base))
    return tuple(claims)


def _words_of_the_law(duties: tuple[Duty, ...], wording: Wording) -> dict[str, list[str]]:
    """Words of the names and paraphrases of duties → the duties, where few enough share them."""
    found: dict[str, list[str]] = defaultdict(list)
    for duty in duties:
        texts = (*duty.name.values(), *duty.paraphrase.values())
        for word in dict.fromkeys(word for text in texts for word in words_of(text)):
            if word not in wording.stop_words:
                found[word].append(duty.id)
    return {word: claimants for word, claimants in found.items() if len(claimants) <= MOST_CLAIMANTS}


def read(text: str, lexicon: Lexicon, citations: tuple[CitationReader, ...]) -> Reading:
    """What a text says, of itself alone."""
    cited, article, rest = _cited(text, citations)
    tokens = tokens_of(words_of(rest), lexicon.index)
    hits = hits_in(tokens, lexicon.index)
    telling = {place for place, token in enumerate(tokens) if not token.written.isdigit()}
    covered: dict[str, set[int]] = {"generic": set(), "unrelated": set(), "navigation": set(), "reporting": set()}
    for hit in hits:
        for rule in lexicon.rules[hit.phrase]:
            covered[rule] |= hit.places
    generic = covered["generic"]
    return Reading(
        said=_weighed(hits, tokens, len(telling - generic) or 1, lexicon),
        cited=cited,
        article=article,
        generic=telling <= generic,
        unrelated=bool(covered["unrelated"]) and not cited and telling <= (generic | covered["unrelated"]),
        navigation=bool(covered["navigation"]) and not cited and telling <= (generic | covered["navigation"]),
        reporting=" ".join(tokens[place].written for place in sorted(covered["reporting"])),
    )


def _cited(text: str, citations: tuple[CitationReader, ...]) -> tuple[tuple[Cited, ...], str | None, str]:
    """What a text cites, of the first law that it cites, the article that it names, and the text without the citations."""
    bare = plain(text)
    cited: tuple[Cited, ...] = ()
    article = None
    for reader in citations:
        if reader.hint.search(bare):
            cited = cited or citations_in(bare, reader)
            article = article or article_in(bare, reader)
    for each in cited:
        bare = bare.replace(each.said, " ", 1)
    return cited, article, bare if cited else text


_BASE = {"name": NAME_POINTS, "word": WORD_POINTS, "law_word": LAW_WORD_POINTS, "against": AGAINST_POINTS}

_Weight = tuple[float, Hit, str]


def _weighed(hits: list[Hit], tokens: list[Token], telling: int, lexicon: Lexicon) -> Said:
    """Points and reasons of each duty, from the phrases that are not part of longer ones of the same duty."""
    of_duty: dict[str, list[_Weight]] = {}
    against: list[tuple[str, Hit, float]] = []
    named = [hit.places for hit in hits if hit.phrase in lexicon.named]
    for hit in hits:
        claims = lexicon.claims[hit.phrase]
        if claims:
            weight = _weight(hit, telling) * (WITHIN if any(hit.places < places for places in named) else 1.0)
            for duty, rule, points in claims:
                if points > 0:
                    of_duty.setdefault(duty, []).append((points * weight, hit, rule))
                else:
                    against.append((duty, hit, points))
    said: dict[str, tuple[float, tuple[Given, ...]]] = {}
    for duty, listed in of_duty.items():
        kept = listed if len(listed) == 1 else _undominated(listed)
        given = [
            (rule, _words(hit, tokens), value * (REPEATED[place] if place < len(REPEATED) else REPEATED[-1]))
            for place, (value, hit, rule) in enumerate(kept)
        ]
        given += [("against", _words(hit, tokens), points) for other, hit, points in against if other == duty]
        said[duty] = (sum([points for _, _, points in given]), tuple(given))
    return said


def _words(hit: Hit, tokens: list[Token]) -> str:
    if len(hit.places) == 1:
        return tokens[next(iter(hit.places))].written
    return " ".join([tokens[place].written for place in sorted(hit.places)])


def _weight(hit: Hit, telling: int) -> float:
    covered = min(1.0, len(hit.places) / telling)
    least = LEAST_COVERED if len(hit.places) > 1 else LEAST_COVERED_BY_ONE
    return (least + (1 - least) * math.sqrt(covered)) * (1.0 if hit.exact else INEXACT)


def _undominated(listed: list[_Weight]) -> list[_Weight]:
    """Without phrases whose places lie in those of a stronger one, strongest first."""
    kept: list[_Weight] = []
    for value, hit, rule in sorted(listed, key=lambda each: (-abs(each[0]), each[1].phrase)):
        if not any(hit.places <= other.places for _, other, _ in kept):
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

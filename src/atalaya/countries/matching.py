"""Matches a text to the institutions of a pack: every candidate with a score and the way it was found.

A text *names* an institution when it is one of its names, variants or acronyms up to accents, case, punctuation, stop words,
the order of words, and closing words (the country's own name, and what the pack declares). Everything else that shares words
with a name only *resembles* it. The scores keep the two apart: ways that name score `NAMED` or more, resemblance stays below
it whatever the words.
"""

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from atalaya.catalogue.folding import fold
from atalaya.countries.folding import acronym_of, words
from atalaya.countries.loosely import Wording, build_wording, loose_ways
from atalaya.countries.pack import CountryPack, Institution
from atalaya.countries.remembering import remembered
from atalaya.countries.resemblance import Corpus, build_corpus, resembling
from atalaya.countries.spelling import mended

K = TypeVar("K", bound=Hashable)

NAMED = 0.9
"""Least score of a text that names an institution. The scores below order the ways by how much of the writing they ignore;
their distances carry no meaning."""

SCORES: Mapping[str, float] = {
    "exact_name": 1.0,
    "name": 0.99,
    "variant": 0.98,
    "name_with_acronym": 0.97,
    "acronym": 0.96,
    "name_without_stop_words": 0.95,
    "name_and_closing_words": 0.94,
    "name_without_closing_words": 0.93,
    "words_in_another_order": 0.92,
    "spelled_out": 0.915,
    "misspelled": 0.91,
    "short_name": 0.908,
    "unit": 0.906,
    "part_of": 0.904,
    "short_acronym_in_lower_case": 0.8,
    "part_names": 0.75,
}
"""How a text was matched → score. `resembles` scores by its words, at most `MOST_RESEMBLING`."""

MOST_RESEMBLING = 0.85
LEAST_RESEMBLING = 0.4
"""Below this a resemblance is not worth a person's reading: two names that share the word for *ministry* score about 0.3."""

SHORTEST_ACRONYM = 3
"""Acronyms below this length count only in capitals: `cc` in a slug stands for many things."""

LEAST_KEPT = 2
"""Least words that must stay when closing words are left out of both text and name."""

SUGGESTIONS = 5
"""Most candidates given for one text."""


@dataclass(frozen=True, slots=True)
class Match:
    """An institution that a text may mean: score from 0 to 1, and how (a key of `SCORES`, or `resembles`)."""

    institution: Institution
    score: float
    how: str

    @property
    def named(self) -> bool:
        """Whether the text names the institution rather than resembling its name."""
        return self.score >= NAMED


@dataclass(frozen=True, slots=True, eq=False)
class NameIndex:
    """The names of a pack made ready for matching: built once by `index_names`, compared by identity."""

    institutions: Mapping[str, Institution]
    stop_words: frozenset[str]
    closing_words: frozenset[str]
    exact: Mapping[str, frozenset[str]]
    names: Mapping[str, frozenset[str]]
    variants: Mapping[str, frozenset[str]]
    acronyms: Mapping[str, frozenset[str]]
    telling: Mapping[tuple[str, ...], frozenset[str]]
    unordered: Mapping[tuple[str, ...], frozenset[str]]
    closed: Mapping[tuple[str, ...], frozenset[tuple[str, frozenset[str]]]]
    corpus: Corpus
    wording: Wording
    found: dict[str, tuple["Match", ...]] = field(default_factory=dict, repr=False)


def index_names(pack: CountryPack) -> NameIndex:
    """Make the names of a pack ready."""
    stop_words = frozenset(word for phrase in pack.stop_words for word in fold(phrase).split())
    forms = [(body.id, form) for body in pack.institutions for form in (body.name, *body.names)]
    acronyms = [(body.id, acronym) for body in pack.institutions for acronym in _acronyms(body)]
    closing = frozenset(word for text in (*pack.name.values(), *pack.closing_words) for word in words(text, stop_words))
    by_acronym = _by_key((acronym_of(acronym), owner) for owner, acronym in acronyms)
    return NameIndex(
        institutions={body.id: body for body in pack.institutions},
        stop_words=stop_words,
        closing_words=closing,
        exact=_by_key((body.name, body.id) for body in pack.institutions),
        names=_by_key((fold(body.name), body.id) for body in pack.institutions),
        variants=_by_key((fold(form), owner) for owner, form in forms),
        acronyms=by_acronym,
        telling=_by_key((words(form, stop_words), owner) for owner, form in forms),
        unordered=_by_key((tuple(sorted(words(form, stop_words))), owner) for owner, form in forms),
        closed=_closed(forms, stop_words, closing),
        corpus=build_corpus((owner, words(form, stop_words)) for owner, form in forms),
        wording=build_wording(pack, stop_words, closing, by_acronym),
    )


def match_institutions(text: str, index: NameIndex) -> tuple[Match, ...]:
    """The institutions that a text may mean, best first, ties by id; at most `SUGGESTIONS` beyond those that it names."""
    return remembered(index.found, text, lambda: _match(text, index))


def _match(text: str, index: NameIndex) -> tuple[Match, ...]:
    best: dict[str, Match] = {}
    for how, owners in _ways(text, index):
        for owner in owners:
            score = SCORES[how]
            if owner not in best or best[owner].score < score:
                best[owner] = Match(index.institutions[owner], score, how)
    for owner, likeness in resembling(words(text, index.stop_words), index.corpus):
        score = round(MOST_RESEMBLING * likeness, 4)
        if score >= LEAST_RESEMBLING and owner not in best:
            best[owner] = Match(index.institutions[owner], score, "resembles")
    ordered = sorted(best.values(), key=lambda match: (-match.score, match.institution.id))
    return tuple(match for place, match in enumerate(ordered) if match.named or place < SUGGESTIONS)


def _ways(text: str, index: NameIndex) -> list[tuple[str, frozenset[str]]]:
    """Every way in which the text names institutions, as (how, institutions)."""
    text = mended(text)
    ways = [("exact_name", index.exact.get(text.strip(), frozenset())), *_direct(text, index)]
    parts = _parts(text)
    if len(parts) > 1:
        ways += _agreeing(parts, index)
    found = [(how, owners) for how, owners in ways if owners]
    if any(SCORES[how] >= NAMED for how, _ in found):
        return found
    return [*found, *loose_ways(text, index.wording, lambda part: _literally(part, index))]


def _literally(text: str, index: NameIndex) -> frozenset[str]:
    """The institutions that a text names by the literal ways; several where it names several."""
    parts = _parts(text)
    agreeing = frozenset.intersection(*(_named_by(part, index) for part in parts)) if len(parts) > 1 else frozenset()
    return _named_by(text, index) or agreeing


def _direct(text: str, index: NameIndex) -> list[tuple[str, frozenset[str]]]:
    folded = fold(text)
    telling = words(text, index.stop_words)
    nothing: frozenset[str] = frozenset()
    ways = [
        ("name", index.names.get(folded, nothing)),
        ("variant", index.variants.get(folded, nothing)),
        ("name_without_stop_words", index.telling.get(telling, nothing)),
        ("words_in_another_order", index.unordered.get(tuple(sorted(telling)), nothing)),
        ("name_with_acronym", _acronym_beside(telling, index)),
        _acronym_way(text, index),
    ]
    return [*ways, *_closing_ways(text, telling, index)]


def _closing_ways(text: str, telling: tuple[str, ...], index: NameIndex) -> list[tuple[str, frozenset[str]]]:
    """Institutions named once closing words are left out: of the text alone, or of text and name where one says more.

    Where both lose words, those of one must be among those of the other: a *bank of the nation* is no *bank of the republic*.
    """
    kept, dropped = _opened(telling, index.closing_words)
    if not dropped or not kept:
        return []
    alone = next(
        (owners for end in range(len(kept), len(telling)) if (owners := index.telling.get(telling[:end], frozenset()))),
        frozenset(),
    )
    if not alone and len(kept) == 1 and (len(kept[0]) >= SHORTEST_ACRONYM or kept[0].upper() in text.split()):
        alone = index.acronyms.get(kept[0].upper(), frozenset())
    both = (
        frozenset(owner for owner, lost in index.closed.get(kept, ()) if lost <= dropped or dropped <= lost)
        if len(kept) >= LEAST_KEPT
        else frozenset()
    )
    return [("name_and_closing_words", alone), ("name_without_closing_words", both)]


def _acronym_beside(telling: tuple[str, ...], index: NameIndex) -> frozenset[str]:
    """A name with its own acronym at the end or the beginning and no sign between, as in slugs."""
    if len(telling) <= 1:
        return frozenset()
    for rest, acronym in ((telling[:-1], telling[-1]), (telling[1:], telling[0])):
        owners = index.telling.get(rest, frozenset()) & index.acronyms.get(acronym.upper(), frozenset())
        if owners:
            return owners
    return frozenset()


def _acronym_way(text: str, index: NameIndex) -> tuple[str, frozenset[str]]:
    acronym = acronym_of(text)
    owners = index.acronyms.get(acronym, frozenset())
    told = len(acronym) >= SHORTEST_ACRONYM or text.strip() == text.strip().upper()
    return ("acronym" if told else "short_acronym_in_lower_case", owners)


def _agreeing(parts: list[str], index: NameIndex) -> list[tuple[str, frozenset[str]]]:
    """Parts that all name one institution name it; a part beside other words only hints."""
    found = [_named_by(part, index) for part in parts]
    hints = [("part_names", owners) for owners in found]
    return [("name_with_acronym", frozenset.intersection(*found)), *hints] if all(found) else hints


def _named_by(part: str, index: NameIndex) -> frozenset[str]:
    owners: frozenset[str] = frozenset()
    for how, found in _direct(part, index):
        if SCORES[how] >= NAMED:
            owners |= found
    return owners


def _parts(text: str) -> list[str]:
    """`Name (ACRONYM)`, `ACRONYM - Name`, `Name -ACRONYM-`, `Name / Name` as their parts."""
    plain = text
    for sign in ("(", ")", "[", "]", "/", "|", ";", " - ", " -", "- ", "–", "—"):
        plain = plain.replace(sign, "\n")
    plain = plain.removesuffix("-").removeprefix("-")
    return [part.strip(" ,.:") for part in plain.split("\n") if part.strip(" ,.:")]


def _opened(telling: tuple[str, ...], closing: frozenset[str]) -> tuple[tuple[str, ...], frozenset[str]]:
    """The words before the closing words that end a text, and those closing words."""
    end = len(telling)
    while end and telling[end - 1] in closing:
        end -= 1
    return telling[:end], frozenset(telling[end:])


def _closed(
    forms: Iterable[tuple[str, str]], stop_words: frozenset[str], closing: frozenset[str]
) -> dict[tuple[str, ...], frozenset[tuple[str, frozenset[str]]]]:
    """Names that end in closing words: the words before → (institution, the closing words)."""
    gathered: dict[tuple[str, ...], set[tuple[str, frozenset[str]]]] = {}
    for owner, form in forms:
        kept, dropped = _opened(words(form, stop_words), closing)
        if kept and dropped:
            gathered.setdefault(kept, set()).add((owner, dropped))
    return {kept: frozenset(owners) for kept, owners in gathered.items()}


def _acronyms(body: Institution) -> tuple[str, ...]:
    """The acronym, and variants that are one word in capitals."""
    variants = (name for name in body.names if name == name.upper() and len(name.split()) == 1)
    return tuple(acronym for acronym in (body.acronym, *variants) if acronym)


def _by_key(pairs: Iterable[tuple[K, str]]) -> dict[K, frozenset[str]]:
    gathered: dict[K, set[str]] = {}
    for key, owner in pairs:
        if key:
            gathered.setdefault(key, set()).add(owner)
    return {key: frozenset(owners) for key, owners in gathered.items()}


def shared_names(pack: CountryPack) -> dict[str, tuple[str, ...]]:
    """Folded names that several institutions have → their ids: a text that says no more cannot be attributed."""
    owners = index_names(pack).variants
    return {name: tuple(sorted(ids)) for name, ids in sorted(owners.items()) if len(ids) > 1}

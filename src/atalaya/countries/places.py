"""Matches a text to the territorial divisions of a pack: by code, name, variant, or `name, larger division`."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from atalaya.catalogue.folding import fold
from atalaya.countries.folding import words
from atalaya.countries.pack import CountryPack, Division
from atalaya.countries.remembering import remembered
from atalaya.countries.resemblance import Corpus, build_corpus, resembling

PLACE_SCORES: Mapping[str, float] = {
    "code": 1.0,
    "name_and_parent": 0.99,
    "name": 0.98,
    "variant": 0.96,
    "name_without_place_words": 0.94,
}
"""How a place was matched → score; `resembles` scores by its words, below `matching.NAMED`."""

MOST_RESEMBLING = 0.85
LEAST_RESEMBLING = 0.4
SUGGESTIONS = 5


@dataclass(frozen=True, slots=True)
class PlaceMatch:
    """A division that a text may mean: score from 0 to 1, and how (a key of `PLACE_SCORES`, or `resembles`)."""

    division: Division
    score: float
    how: str


@dataclass(frozen=True, slots=True, eq=False)
class PlaceIndex:
    """The divisions of a pack made ready for matching: built once by `index_places`, compared by identity."""

    divisions: Mapping[str, Division]
    place_words: frozenset[str]
    names: Mapping[str, frozenset[str]]
    variants: Mapping[str, frozenset[str]]
    trimmed: Mapping[str, frozenset[str]]
    corpus: Corpus
    found: dict[str, tuple[PlaceMatch, ...]] = field(default_factory=dict, repr=False)


def index_places(pack: CountryPack) -> PlaceIndex:
    """Make the divisions of a pack ready. Words for kinds of place and stop words tell nothing here."""
    dropped = frozenset(word for phrase in (*pack.place_words, *pack.stop_words) for word in fold(phrase).split())
    forms = [(division.code, form) for division in pack.divisions for form in (division.name, *division.names)]
    return PlaceIndex(
        divisions={division.code: division for division in pack.divisions},
        place_words=dropped,
        names=_gathered((fold(division.name), division.code) for division in pack.divisions),
        variants=_gathered((fold(form), code) for code, form in forms),
        trimmed=_gathered((_trimmed(form, dropped), code) for code, form in forms),
        corpus=build_corpus((code, words(form, dropped)) for code, form in forms),
    )


def match_place(
    text: str, index: PlaceIndex, level: int | None = None, parent: str | None = None
) -> tuple[PlaceMatch, ...]:
    """The divisions that a text may mean, best first, ties by code; `level` and `parent` (a code) narrow the search.

    Two divisions of one name tie: it is for the caller to narrow, and never to take the first.
    """
    fitting = [
        match
        for match in _matches(text, index)
        if level in (None, match.division.level) and (parent is None or _inside(match.division, parent, index))
    ]
    certain = [match for match in fitting if match.how != "resembles"]
    return tuple(certain + [match for match in fitting if match.how == "resembles"][:SUGGESTIONS])


def only_place(matches: Iterable[PlaceMatch]) -> Division | None:
    """The one division that a text names; None where none is named or several tie."""
    named = [match for match in matches if match.how != "resembles"]
    best = [match for match in named if match.score == named[0].score]
    return best[0].division if len(best) == 1 else None


def _matches(text: str, index: PlaceIndex) -> tuple[PlaceMatch, ...]:
    return remembered(index.found, text, lambda: _match(text, index))


def _match(text: str, index: PlaceIndex) -> tuple[PlaceMatch, ...]:
    best: dict[str, PlaceMatch] = {}
    for how, codes in _ways(text, index):
        for code in codes:
            if code not in best or best[code].score < PLACE_SCORES[how]:
                best[code] = PlaceMatch(index.divisions[code], PLACE_SCORES[how], how)
    for code, likeness in resembling(words(text, index.place_words), index.corpus):
        score = round(MOST_RESEMBLING * likeness, 4)
        if score >= LEAST_RESEMBLING and code not in best:
            best[code] = PlaceMatch(index.divisions[code], score, "resembles")
    return tuple(sorted(best.values(), key=lambda match: (-match.score, match.division.code)))


def _ways(text: str, index: PlaceIndex) -> list[tuple[str, frozenset[str]]]:
    folded, nothing = fold(text), frozenset[str]()
    ways = [
        ("code", frozenset({text.strip()} & index.divisions.keys())),
        ("name", index.names.get(folded, nothing)),
        ("variant", index.variants.get(folded, nothing)),
        ("name_without_place_words", index.trimmed.get(_trimmed(text, index.place_words), nothing)),
        ("name_and_parent", _qualified(text, index)),
    ]
    return [(how, codes) for how, codes in ways if codes]


def _qualified(text: str, index: PlaceIndex) -> frozenset[str]:
    """Divisions named by two parts, `name, larger division` in either order."""
    parts = [_named_by(part, index) for part in _split(text)]
    if len(parts) != 2:
        return frozenset()
    return frozenset(
        code
        for inner, outer in (parts, parts[::-1])
        for code in inner
        if any(_inside(index.divisions[code], parent, index) for parent in outer)
    )


def _named_by(part: str, index: PlaceIndex) -> frozenset[str]:
    return index.variants.get(fold(part)) or index.trimmed.get(_trimmed(part, index.place_words), frozenset())


def _split(text: str) -> list[str]:
    for sign in ("/", "|", ";", "(", ")", " - ", "–"):
        text = text.replace(sign, ",")
    return [part for part in text.split(",") if part.strip()]


def _trimmed(text: str, dropped: frozenset[str]) -> str:
    """The folded text after leading words such as *municipality of*; all of it where nothing would stay."""
    folded = fold(text).split()
    start = next((place for place, word in enumerate(folded) if word not in dropped), 0)
    return " ".join(folded[start:])


def _inside(division: Division, code: str, index: PlaceIndex) -> bool:
    """Whether a division lies in the division of this code; a pack whose parents run in a circle ends the walk."""
    walked: set[str] = set()
    parent = division.parent
    while parent is not None and parent not in walked:
        if parent == code:
            return True
        walked.add(parent)
        outer = index.divisions.get(parent)
        parent = outer.parent if outer else None
    return False


def _gathered(pairs: Iterable[tuple[str, str]]) -> dict[str, frozenset[str]]:
    gathered: dict[str, set[str]] = {}
    for key, code in pairs:
        gathered.setdefault(key, set()).add(code)
    return {key: frozenset(codes) for key, codes in gathered.items()}

"""Ways of naming an institution that take the writing less literally, tried only where no literal way named one.

Each way has a guard, since a wrong institution is worse than none: an abbreviation must be the pack's own; a corrected word
must be one letter away from exactly one word of the names; a short name must begin exactly one name and hold a word that is
rare (`short_names`); and a text of several parts must not say anything that speaks of another body (`parts`), nor go on with
the name: `Ministry of Education, Science and Arts` is no ministry of education.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from babel import Locale

from atalaya.catalogue.folding import fold
from atalaya.catalogue.vocabularies.international import organisation_named
from atalaya.countries.folding import acronym_of, words
from atalaya.countries.pack import CountryPack, Institution
from atalaya.countries.parts import (
    Named,
    Piece,
    begins_unit,
    capital_runs,
    followers,
    head,
    is_slug,
    named_pieces,
    split,
    tails,
)
from atalaya.countries.short_names import short_names
from atalaya.countries.spelling import SHORTEST_ACRONYM, Spelling, build_spelling, corrected, spelled_out, within

_WITH_ACRONYM = re.compile(r"^(?P<name>.*\S)\s*\((?P<acronym>[^\W\d_]{3,})\)$")
"""A unit as packs write it with its acronym: `National Police (NP)`."""

FOREIGN_LANGUAGES = ("es", "en", "fr", "pt")
"""Languages in which the names of other countries are known."""

K = TypeVar("K", bound=Hashable)
Way = Callable[[str, "Wording", Named], frozenset[str]]
Ways = list[tuple[str, frozenset[str]]]
NOBODY: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, eq=False)
class Wording:
    """What a pack says of words, made ready; `short` and `units` are telling words → institutions.

    `acronyms` are those of the institutions, `unit_acronyms` those of their units, both in capitals.
    """

    institutions: Mapping[str, Institution]
    stop_words: frozenset[str]
    closing_words: frozenset[str]
    country_words: frozenset[str]
    spelling: Spelling
    short: Mapping[tuple[str, ...], frozenset[str]]
    units: Mapping[tuple[str, ...], frozenset[str]]
    unit_words: frozenset[str]
    other_words: frozenset[str]
    foreign: frozenset[tuple[str, ...]]
    acronyms: Mapping[str, frozenset[str]]
    unit_acronyms: Mapping[str, frozenset[str]]
    subordinate_kinds: frozenset[str]
    place_words: frozenset[str]
    places: Mapping[str, frozenset[str]]


def build_wording(
    pack: CountryPack, stop_words: frozenset[str], closing: frozenset[str], acronyms: Mapping[str, frozenset[str]]
) -> Wording:
    """Make the wording of a pack ready. `acronyms` are those of its institutions, in capitals."""
    names = [(body.id, name) for body in pack.institutions for name in (body.name, *body.names)]
    units = [(body.id, *unit_forms(unit)) for body in pack.institutions for unit in body.units]
    unit_acronyms = _gathered((acronym_of(acronym), owner) for owner, _, acronym in units if acronym)
    own = [*pack.unit_words, *pack.other_body_words, *pack.place_words, *stop_words, *closing]
    places: defaultdict[str, set[str]] = defaultdict(set)
    for division in pack.divisions:
        for name in (division.name, *division.names):
            places[fold(name)].add(division.code)
    return Wording(
        institutions={body.id: body for body in pack.institutions},
        stop_words=stop_words,
        closing_words=closing,
        country_words=frozenset(word for name in pack.name.values() for word in words(name, stop_words)),
        spelling=build_spelling(
            pack.abbreviations,
            (name for _, name in (*names, *(unit[:2] for unit in units))),
            [*own, *(d.name for d in pack.divisions)],
        ),
        short=_short(pack, names, stop_words),
        units=_gathered(
            (words(form, stop_words), owner) for owner, name, acronym in units for form in (name, acronym) if form
        ),
        unit_words=frozenset(fold(word) for word in pack.unit_words),
        other_words=frozenset(fold(word) for word in pack.other_body_words),
        foreign=_foreign(pack),
        acronyms=acronyms,
        unit_acronyms=unit_acronyms,
        subordinate_kinds=frozenset(pack.subordinate_kinds),
        place_words=frozenset(fold(word) for word in pack.place_words),
        places={name: frozenset(codes) for name, codes in places.items()},
    )


def _short(
    pack: CountryPack, names: Iterable[tuple[str, str]], stop_words: frozenset[str]
) -> dict[tuple[str, ...], frozenset[str]]:
    """Beginnings that stand for names; municipal bodies are left out, whose names begin alike."""
    local = {body.id for body in pack.institutions if body.division is not None}
    return _gathered(short_names([pair for pair in names if pair[0] not in local], stop_words))


def unit_forms(unit: str) -> tuple[str, str | None]:
    """The name of a unit and its acronym, where the pack gives one.

    >>> unit_forms("Policía Nacional Civil (PNC)"), unit_forms("Tesorería Nacional")
    (('Policía Nacional Civil', 'PNC'), ('Tesorería Nacional', None))
    """
    found = _WITH_ACRONYM.match(unit)
    if found is None or found["acronym"] != found["acronym"].upper():
        return unit, None
    return found["name"], found["acronym"]


def _gathered(pairs: Iterable[tuple[K, str]]) -> dict[K, frozenset[str]]:
    gathered: defaultdict[K, set[str]] = defaultdict(set)
    for key, owner in pairs:
        gathered[key].add(owner)
    return {key: frozenset(owners) for key, owners in gathered.items()}


def _foreign(pack: CountryPack) -> frozenset[tuple[str, ...]]:
    """The names of other countries, in folded words; a name that a division of the country has too tells nothing."""
    own = {fold(name) for name in pack.name.values()} | {fold(division.name) for division in pack.divisions}
    found = set()
    for language in FOREIGN_LANGUAGES:
        territories = Locale.parse(language).territories
        found |= {fold(str(name)) for code, name in territories.items() if code.isalpha() and len(code) == 2}
    return frozenset(tuple(name.split()) for name in found if name and name not in own)


def loose_ways(text: str, wording: Wording, literally: Named) -> Ways:
    """The first way that names exactly somebody, as (how, institutions); empty where none does.

    `literally` gives the institutions that a text names by the literal ways.
    """
    for how, way in _WAYS:
        owners = way(text, wording, literally)
        if owners:
            return [(how, owners)]
    return []


def _spelled_out(text: str, wording: Wording, literally: Named) -> frozenset[str]:
    whole = _without_place_words(spelled_out(text, wording.spelling), wording)
    return literally(whole) if whole != fold(text) else NOBODY


def _without_place_words(text: str, wording: Wording) -> str:
    """A folded text without the words for kinds of place that do not begin it: `…, departamento de San Marcos`."""
    first, *rest = text.split() or [""]
    return " ".join([first, *(word for word in rest if word not in wording.place_words)])


def _misspelled(text: str, wording: Wording, literally: Named) -> frozenset[str]:
    found = [
        owners
        for reading in corrected(text, wording.spelling)
        if (owners := _first(reading, wording, literally, (_spelled_out, _short_name, _unit)))
    ]
    if found:
        return found[0] if len(set(found)) == 1 else NOBODY
    acronym = acronym_of(text)
    if len(text.split()) > 1 or len(acronym) < SHORTEST_ACRONYM or not acronym.isalpha():
        return NOBODY
    near = [owners for known, owners in wording.acronyms.items() if within(acronym, known, 2) and len(known) > 6]
    return near[0] if len(near) == 1 else NOBODY


def _first(text: str, wording: Wording, literally: Named, ways: Iterable[Way]) -> frozenset[str]:
    """Whom a text names literally, else by the first of these ways."""
    return literally(text) or next((owners for way in ways if (owners := way(text, wording, literally))), NOBODY)


def _short_name(text: str, wording: Wording, _literally: Named) -> frozenset[str]:
    telling = words(spelled_out(text, wording.spelling), wording.stop_words)
    while telling and telling[-1] in wording.country_words:
        telling = telling[:-1]
    owners = wording.short.get(telling, NOBODY)
    return owners if len(owners) == 1 else NOBODY


def _unit(text: str, wording: Wording, _literally: Named) -> frozenset[str]:
    """A unit that the pack names, or its acronym: *the police* is the ministry's."""
    if len(text.split()) == 1 and len(acronym := wording.unit_acronyms.get(acronym_of(text), NOBODY)) == 1:
        return acronym
    for written in (text, spelled_out(text, wording.spelling)):
        telling = words(written, wording.stop_words)
        while telling and telling not in wording.units and telling[-1] in wording.closing_words:
            telling = telling[:-1]
        owners = wording.units.get(telling, NOBODY)
        if len(owners) == 1:
            return owners
    return NOBODY


def _part(text: str, wording: Wording, literally: Named) -> frozenset[str]:
    """A unit together with its body, or a body together with what does not speak against it."""

    def exactly(part: str) -> frozenset[str]:
        owners = _first(part, wording, literally, (_spelled_out, _misspelled, _unit))
        if owners or len(split(part)) > 1:
            return owners
        return _tail(part, wording, literally) or _head(part, wording, literally)

    def shortly(part: str) -> frozenset[str]:
        return exactly(part) or _short_name(part, wording, literally)

    if is_slug(text):
        return _slug(text, wording, exactly) or _head(text, wording, literally)
    for named in (exactly, shortly):
        found, left = named_pieces(text, named)
        if found and _goes_on(text, found, wording, literally):
            break
        if found:
            return _agreed(found, left, wording)
    return _tail(text, wording, literally) or _head(text, wording, literally)


def _agreed(found: list[tuple[Piece, frozenset[str]]], left: list[str], wording: Wording) -> frozenset[str]:
    """The body that the named parts of a text mean, where the others do not speak against it."""
    owners = _specific([owners for _, owners in found], wording)
    against = any(_speaks_against(part, wording) or _names_another(part, owners, wording) for part in left)
    placed = all(_same_place(part, owners, wording) for part in left)
    return owners if len(owners) == 1 and placed and not against else NOBODY


def _goes_on(text: str, found: list[tuple[Piece, frozenset[str]]], wording: Wording, literally: Named) -> bool:
    """Whether a name goes on after a comma: `Ministry of Education, Science and Arts` is another body's name.

    What follows a name is no part of it where it begins as a unit does or with an acronym, or is a place or no words at all.
    Nothing continues an acronym, nor the name of a body of a place, which ends with that place; and where both together end
    with the longer name of the same body, that is what is meant.
    """
    owners = dict(found)
    capitals = text == text.upper()
    return any(
        not _is_complete(piece, owners[piece], wording)
        and _more_of_a_name(part, capitals, wording)
        and _tail(f"{piece.text}, {part}", wording, literally) != owners[piece]
        for piece, part in followers(text, owners)
    )


def _is_complete(piece: Piece, owners: frozenset[str], wording: Wording) -> bool:
    """Whether a name ends with the acronym of its body, or is of a body of a place."""
    local = any(wording.institutions[owner].division is not None for owner in owners)
    return local or _known_acronym(piece.text.split()[-1], wording) == owners


def _more_of_a_name(part: str, capitals: bool, wording: Wording) -> bool:
    """Whether a part reads as more of the name before it; `capitals` says that the whole text is written in them."""
    tokens = part.split()
    if begins_unit(spelled_out(part, wording.spelling), wording.unit_words) or _is_place(part, wording):
        return False
    first = tokens[0].strip(".")
    if _known_acronym(first, wording) or (len(first) > 1 and first == first.upper() and not capitals):
        return False
    return all(token.strip(".,").isalpha() for token in tokens)


def _is_place(part: str, wording: Wording) -> bool:
    """Whether a part is a division or the country, with or without the word for its kind."""
    told = spelled_out(part, wording.spelling).split()
    passed = wording.place_words | wording.stop_words
    if all(word in wording.closing_words or word in passed for word in told):
        return True
    starts = [place for place in range(len(told)) if all(word in passed for word in told[:place])]
    return any(" ".join(told[place:]) in wording.places for place in starts)


def _known_acronym(word: str, wording: Wording) -> frozenset[str]:
    """The bodies whose acronym, or whose unit's acronym, a word is."""
    acronym = acronym_of(word)
    return wording.acronyms.get(acronym) or wording.unit_acronyms.get(acronym) or NOBODY


def _names_another(part: str, owners: frozenset[str], wording: Wording) -> bool:
    """Whether a part holds the acronym, in capitals, of another body or its unit: `SESAN, MAGA y MIDES` are three."""
    capitals = (word.strip(".,") for word in part.split() if word == word.upper() and len(word) > 2)
    return any((_known_acronym(word, wording) or owners) != owners for word in capitals)


def _slug(text: str, wording: Wording, named: Named) -> frozenset[str]:
    """The words of a slug cut in two: a unit and its body, a body and its unit, or two bodies of which one is subordinate."""
    told = spelled_out(text, wording.spelling).split()
    cuts = [(place, " ".join(told[:place]), " ".join(told[place:])) for place in range(1, len(told))]
    sides = [(place, left, right, named(left), named(right)) for place, left, right in cuts]
    for _, _, _, one, other in sides:
        if one and other:
            return _specific([one, other], wording)
    for place, left, right, one, other in sides:
        if other and (place == 1 or told[0] in wording.unit_words) and not _speaks_against(left, wording):
            return other
        if one and told[place] in wording.unit_words and not _speaks_against(right, wording):
            return one
    return NOBODY


def _tail(text: str, wording: Wording, literally: Named) -> frozenset[str]:
    for tail in tails(text, wording.unit_words):
        ways = (_spelled_out, _misspelled) if len(tail.split()) > 1 else (_spelled_out,)
        owners = _first(tail, wording, literally, ways)
        if owners:
            before = text[: len(text) - len(tail)]
            parts = [before[first:last] for first, last in split(before)]
            against = any(_speaks_against(part, wording) or _names_another(part, owners, wording) for part in parts)
            return NOBODY if against else owners
    return NOBODY


def _head(text: str, wording: Wording, _literally: Named) -> frozenset[str]:
    acronym = head(text, wording.unit_words) or _before_acronyms(text, wording)
    if acronym is None or _speaks_against(text[len(acronym) :], wording):
        return NOBODY
    return wording.acronyms.get(acronym_of(acronym), NOBODY)


def _before_acronyms(text: str, wording: Wording) -> str | None:
    """The acronym of a body that a text begins with, where nothing but acronyms of its units may follow: `BODY-UNIT`.

    A word of the names is no acronym of a unit, and a body whose acronym is such a word is not recognised by it here. The acronym
    of another body, or of another body's unit, makes the text two bodies.
    """
    body, *others = capital_runs(text) or ("",)
    while others and fold(others[-1]) in wording.closing_words:
        others.pop()
    owners = wording.acronyms.get(acronym_of(body), NOBODY)
    plain = any(fold(run) in wording.spelling.known for run in (body, *others))
    if not owners or not others or plain or any(_names_another(run, owners, wording) for run in others):
        return None
    return body


def _speaks_against(part: str, wording: Wording) -> bool:
    """Whether a part of a text speaks of somebody else: another country, an international organisation, a union, a firm."""
    told = spelled_out(part, wording.spelling).split()
    if not told:
        return False
    if organisation_named(part) is not None or any(word in wording.other_words for word in told[:2]):
        return True
    lengths = {len(name) for name in wording.foreign}
    return any(
        tuple(told[place : place + length]) in wording.foreign for length in lengths for place in range(len(told))
    )


def _specific(found: list[frozenset[str]], wording: Wording) -> frozenset[str]:
    """The one body that all parts name, or the subordinate one of a body and its superior; nobody where they are equals."""
    common = frozenset.intersection(*found)
    if common:
        return common
    if len(found) != 2 or any(len(owners) != 1 for owners in found):
        return NOBODY
    one, other = (wording.institutions[next(iter(owners))] for owners in found)
    for below, above in ((one, other), (other, one)):
        if below.parent == above.id:
            return frozenset({below.id})
        lower = below.kind in wording.subordinate_kinds and above.kind not in wording.subordinate_kinds
        if lower and below.parent is None and below.branch == above.branch:
            return frozenset({below.id})
    return NOBODY


def _same_place(part: str, owners: frozenset[str], wording: Wording) -> bool:
    """Whether a part that is a place does not contradict the place of the body."""
    codes = wording.places.get(fold(part))
    if codes is None:
        return True
    divisions = [wording.institutions[owner].division for owner in owners]
    return all(
        division is None or any(division.startswith(code) or code.startswith(division) for code in codes)
        for division in divisions
    )


_WAYS: tuple[tuple[str, Way], ...] = (
    ("spelled_out", _spelled_out),
    ("misspelled", _misspelled),
    ("short_name", _short_name),
    ("unit", _unit),
    ("part_of", _part),
)
"""The loose ways in order, with the names that matches carry."""

"""What a promise holds, and what of it a later version no longer promises: quantities, ways of taking part, partners, contents.

What a milestone declares as its promises is taken as it is; what stands in its text is read by the words of
`data/vocabularies/scope.yml`. What is already declared is not read a second time.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from atalaya.catalogue.folding import fold
from atalaya.commitments.changes import pairs, short_number
from atalaya.commitments.comparing import content_stems, holds, vocabulary
from atalaya.commitments.plan import SCOPE, Kind, Listing, Milestone, Promise, Version

COUNTED_WORDS = 3
"""Most words that name a thing counted, as in *5 foros virtuales abiertos*."""
LONGEST_COUNT = 7
"""Digits of the longest number that counts something; longer ones are numbers of documents."""
YEARS = range(1900, 2101)
ENUMERATED = 3
"""Fewest things that make an enumeration."""

_CLAUSE = re.compile(r"\.(?!\d)|[;:()\n]")
_TOKEN = re.compile(r"\d+(?:[.,]\d+)*(?:[-/]\d+)*|[^\W\d_]+|[^\w\s]", re.UNICODE)


@dataclass(frozen=True, slots=True)
class Loss:
    """Something that the earlier version promised. `left` is the quantity that remains, None where nothing does."""

    milestone: str
    promise: Promise
    left: float | None = None


def scope_lost(earlier: Version, later: Version, language: str = "es") -> tuple[Loss, ...]:
    """What the earlier version promises and the later one does not, milestone by milestone.

    A promise is kept where any part of the later version holds its words, and for a quantity at least its number; nothing is
    said where the later version's text is not known.
    """
    kept = list(_everything(later))
    if not kept:
        return ()
    found = []
    for old, _ in pairs(earlier.milestones, (), language):
        for promise in promises(old, language) if old else ():
            loss = _lost(promise, later, kept, language)
            if loss is not None and old is not None:
                found.append(Loss(short_number(old.number), promise, loss if loss > 0 else None))
    return tuple(found)


def promises(milestone: Milestone, language: str = "es") -> tuple[Promise, ...]:
    """What a milestone promises, of the kinds that are its scope: declared first, then read from its texts and steps."""
    declared: list[Promise] = []
    for promise in milestone.promises:
        declared += [promise] if promise.kind in SCOPE else read_promises(promise.text, language)
    texts = [text for text in (milestone.text, milestone.expected) if isinstance(text, str)]
    for found in (promise for text in texts for promise in read_promises(text, language)):
        if not any(_same(found, known, language) for known in declared):
            declared.append(found)
    return tuple(declared)


def read_promises(text: str, language: str = "es") -> Iterator[Promise]:
    """The promises that a text holds: counted things, ways of taking part, partners and enumerations, in that order."""
    yield from _quantities(text, language)
    yield from _mechanisms(text, language)
    yield from _partners(text, language)
    yield from _enumerations(text, language)


def named(promise: Promise) -> str:
    """A promise as people write it: *5 foros virtuales*."""
    if promise.quantity is None:
        return promise.text
    number = int(promise.quantity) if promise.quantity == int(promise.quantity) else promise.quantity
    return f"{number} {promise.text}"


def _lost(promise: Promise, later: Version, kept: Sequence[str], language: str) -> float | None:
    """None where a promise stands; else the quantity that is left of it, 0 for nothing."""
    if promise.quantity is None:
        return None if any(_stands(promise, text, language) for text in kept) else 0.0
    counts = [p.quantity for m in later.milestones for p in _counted(m, language) if _about(p, promise, language)]
    largest = max((count for count in counts if count is not None), default=0.0)
    if largest >= promise.quantity:
        return None
    return largest


def _stands(promise: Promise, text: str, language: str) -> bool:
    if promise.kind is Kind.CONTENTS:
        here = sum(holds(text, item, language) for item in promise.items)
        return here == len(promise.items)
    return holds(text, promise.text, language)


def _counted(milestone: Milestone, language: str) -> Iterator[Promise]:
    return (promise for promise in promises(milestone, language) if promise.quantity is not None)


def _about(one: Promise, other: Promise, language: str) -> bool:
    """Whether two counts count the same thing: the words of one are among those of the other."""
    a, b = set(content_stems(one.text, language)), set(content_stems(other.text, language))
    return bool(a and b) and (a <= b or b <= a)


def _same(found: Promise, known: Promise, language: str) -> bool:
    if found.quantity is not None:
        return found.quantity == known.quantity and _about(found, known, language)
    if found.kind is not known.kind:
        return holds(known.text, found.text, language)
    if found.kind is Kind.CONTENTS:
        return bool({fold(item) for item in found.items} & {fold(item) for item in known.items})
    return holds(known.text, found.text, language) or holds(found.text, known.text, language)


def _everything(version: Version) -> Iterator[str]:
    """Every text of a version in which a promise may stand."""
    for milestone in version.milestones:
        yield from (text for text in (milestone.text, milestone.expected) if isinstance(text, str))
        for promise in milestone.promises:
            yield f"{promise.text} {' '.join(promise.items)}"
        if isinstance(milestone.responsible, Listing):
            yield " ".join(milestone.responsible.items)
    yield from (text for text in (version.commitment, version.additional_information) if isinstance(text, str))
    for names in (version.lead, version.other_actors):
        if isinstance(names, Listing):
            yield " ".join(names.items)


def _quantities(text: str, language: str) -> Iterator[Promise]:
    known = vocabulary()[language]
    for clause in _CLAUSE.split(text):
        tokens = _TOKEN.findall(clause)
        plain = [fold(token) if token.isalpha() else token for token in tokens]
        for place, token in enumerate(plain):
            count = _count(token, known["numbers"])
            before = plain[place - 1] if place else ""
            if count is None or before in known["named"] or not (before.isalnum() or before in ("", ",")):
                continue
            after, share = _after_percent(plain, place + 1)
            thing = _thing(tokens[after:], known, share)
            dated = {fold(word) for word in thing} & {*known["named"], *known["months"]} or (
                count in YEARS and not share
            )
            if thing and not dated:
                said, unit = " ".join(thing), "%" if share else None
                yield Promise(kind=Kind.QUANTITY, text=f"% {said}" if share else said, quantity=count, unit=unit)


def _count(token: str, numbers: Mapping[str, int]) -> float | None:
    """The number that a token is; None for a word, a long number of an order, or a part of a date."""
    if token[0].isdigit():
        digits = re.sub(r"[.,](?=\d{3}(?:\D|$))", "", token).replace(",", ".")
        return float(digits) if re.fullmatch(r"\d+(\.\d+)?", digits) and len(digits) <= LONGEST_COUNT else None
    return numbers.get(token)


def _after_percent(plain: Sequence[str], place: int) -> tuple[int, bool]:
    """Where the thing counted begins after a number, and whether it is counted in per cent."""
    if plain[place : place + 1] == ["%"]:
        return place + 1, True
    if plain[place : place + 2] in (["por", "ciento"], ["per", "cent"]):
        return place + 2, True
    return place + (plain[place : place + 1] == ["percent"]), plain[place : place + 1] == ["percent"]


def _thing(tokens: Sequence[str], known: Mapping[str, Sequence[str]], share: bool) -> list[str]:
    """The words that name what is counted, up to the first joint or mark; *de* and *of* may stand between two of them."""
    found: list[str] = []
    words = 0
    for token in tokens:
        plain = fold(token)
        linked = (bool(found) and plain in known["links"]) or (share and plain in known["stop"])
        if words == COUNTED_WORDS or not token.isalpha() or (plain in known["joints"] and not linked):
            break
        if plain in known["stop"] and not linked:
            break
        found.append(token)
        words += not linked
    while found and fold(found[-1]) in (*known["links"], *known["stop"]):
        found.pop()
    return found


def _mechanisms(text: str, language: str) -> Iterator[Promise]:
    """Ways of taking part, each as the item of the text that names it; an item with a count is told by its count."""
    for item in re.split(r"[.;:,()\n]", text):
        plain = fold(item)
        words = (fold(words) for words in vocabulary()[language]["mechanisms"])
        if any(re.search(rf"(?<!\w){each}(?!\w)", plain) for each in words) and not any(_quantities(item, language)):
            yield Promise(kind=Kind.MECHANISM, text=" ".join(item.split()))


def _partners(text: str, language: str) -> Iterator[Promise]:
    for phrase in vocabulary()[language]["partners"]:
        for place in _places(text, phrase):
            rest = _CLAUSE.split(text[place:], maxsplit=1)[0].strip(" ,")
            who = re.split(r",? (?:para|con el fin|a fin|in order|to) ", rest, maxsplit=1)[0].strip(" ,")
            if who:
                yield Promise(kind=Kind.COLLABORATION, text=who)


def _enumerations(text: str, language: str) -> Iterator[Promise]:
    joint = "|".join(vocabulary()[language]["and"])
    for phrase in vocabulary()[language]["enumerations"]:
        for place in _places(text, phrase):
            rest = _before(_CLAUSE.split(text[place:].lstrip(" :,"), maxsplit=1)[0], vocabulary()[language]["partners"])
            items = [item.strip() for item in re.split(rf",|\s(?:{joint})\s", rest) if item.strip()]
            if len(items) >= ENUMERATED:
                yield Promise(kind=Kind.CONTENTS, text=", ".join(items), items=tuple(items))


def _before(text: str, phrases: Iterable[str]) -> str:
    """A text up to the first of some phrases."""
    starts = [place - len(phrase) for phrase in phrases for place in _places(text, phrase)]
    return text[: min(starts)] if starts else text


def _places(text: str, phrase: str) -> Iterable[int]:
    """Where a text goes on after a phrase, whatever its accents and case."""
    pattern = r"\s+".join(re.escape(word) for word in phrase.split())
    return (found.end() for found in re.finditer(rf"(?<!\w){pattern}(?!\w)", _letterwise(text)))


@lru_cache(maxsize=256)
def _letterwise(text: str) -> str:
    """A text folded letter by letter, so that every place in it stays where it was."""
    return "".join(letter if len(letter := _letter(char)) == 1 else char for char in text)


@lru_cache(maxsize=4096)
def _letter(char: str) -> str:
    return fold(char)

"""The name of a column taken apart: its words, and which lists of phrases are in it with how much of the name each of
them is.

All phrases of all types lie in one dictionary, so that a name is looked up once, word by word, and every type then
asks a number.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from atalaya.catalogue.folding import fold
from atalaya.catalogue.vocabularies.tables import table
from atalaya.inspection.kinds import words as word_list

WHOLE, HEAD, PART = 3, 2, 1
"""How much of a name a phrase is: all of it but numbers, articles and brackets; the noun that it is about; some of
its words."""

_HUMP = re.compile(r"(?<=[a-záéíóúñ])(?=[A-ZÁÉÍÓÚÑ])|(?<=[A-Z])(?=[A-Z][a-z])|(?<=[A-Za-z])(?=\d)|(?<=\d)(?=[A-Za-z])")
"""Between the words of `datasetContactPoint` and `address2`."""
_CONNECTORS = word_list(
    "de del da do dos das du des d of for per por para en in a al con with by from desde hasta segun as at y and e "
    "que to"
)
"""Words after which a name says more about the noun before them, in Spanish, Portuguese, French and English."""
_ARTICLES = word_list("el la los las the o os le les un una an su sus")
_LONGEST = 4
"""Words of the longest phrase that is looked for."""
_MOST_WORDS = 24
"""Words of a name that are looked at; longer ones are sentences."""
_BRACKETS = re.compile(r"[(\[{][^)\]}]*[)\]}]?")
_UNIT = re.compile(r"[(\[]([^)\]]{1,12})[)\]]")
_STARTS = word_list("id cod codigo code num nro no nombre nom name fecha fec date tipo type desc total url cve sub")
_OPEN_STARTS = ("fecha", "date", "pct")
"""Words that hardly begin any other: whatever is glued behind them says which."""
_OPEN_ENDS = ("code", "cod", "name", "date", "type")
"""Words that end hardly any other but those below."""
_LEAST_REST = 3
_WORDS = word_list(
    "candidate mandate consolidate liquidate accommodate validate update decode encode unicode episode rename surname "
    "prototype genotype phenotype stereotype haplotype serotype dates dated codes names types"
)
"""Words that are not two written together."""
_ENDS = word_list("id code name date type title url number email key status format nombre codigo year")
_LEAST_TITLE = 12
"""Characters of a title of a sheet."""
_SHORT = 4
"""Letters of a word that may be the beginning of another."""
_LEAST_GLUED = 6
"""Letters from which a word is taken apart into two that are known, as `licenseurl` and `idmunicipio`."""


class Phrases:
    """A list of phrases, known to names by its bit."""

    __slots__ = ("bit",)

    def __init__(self, bit: int) -> None:
        self.bit = bit


@dataclass(frozen=True, slots=True)
class Name:
    """A name as published, its folded words, those outside brackets without numbers and articles, what stands in
    its last brackets, whether it is one word made of shortened ones (`PubDebt`), and the bits of the lists that it
    holds as a whole, as its noun and anywhere.
    """

    raw: str
    words: tuple[str, ...]
    bare: tuple[str, ...]
    unit: str
    shortened: bool
    whole: int
    head: int
    part: int

    def says(self, phrases: Phrases) -> int:
        """The most that any phrase of a list is of the name; 0 where none is in it.

        >>> code = phrases("codigo, code")
        >>> read_name("Código de municipio").says(code), read_name("Country code").says(code), read_name("Code").says(code)
        (2, 2, 3)
        """
        bit = phrases.bit
        if not self.part & bit:
            return 0
        return WHOLE if self.whole & bit else HEAD if self.head & bit else PART

    def is_question(self) -> bool:
        """Whether the name asks something that yes and no answer."""
        return "?" in self.raw or self.says(_ASKING_PHRASES) > 0 or (bool(self.words) and self.words[0] in _ASKING)


_LISTED: dict[str, int] = {}
"""Phrase → bits of the lists that hold it."""
_KNOWN_WORDS: set[str] = set()
_COUNT = [0]


def listed(key: str) -> str:
    """The words of `data/vocabularies/country_words.yml` under a key, with commas between them."""
    return ", ".join(table("country_words.yml")[key])


def phrases(*texts: str, plural: bool = False) -> Phrases:
    """A list of phrases, written with commas between them, as they are looked for in names; with their plurals where
    a plural means the same (names of numbers do not: *row* ranks, *rows* counts)."""
    bit = 1 << _COUNT[0]
    _COUNT[0] += 1
    for text in texts:
        for each in map(fold, text.split(",")):
            for form in _plurals(each) if plural else {each}:
                if form:
                    _LISTED[form] = _LISTED.get(form, 0) | bit
                    _KNOWN_WORDS.update(form.split())
    read_name.cache_clear()
    return Phrases(bit)


def _plurals(phrase: str) -> set[str]:
    """A phrase with its first word, its last word, and both in the plural."""
    told = phrase.split()
    if not told:
        return set()
    first, last = _plural(told[0]), _plural(told[-1])
    return (
        {phrase, " ".join((first, *told[1:])), " ".join((*told[:-1], last)), " ".join((first, *told[1:-1], last))}
        if (len(told) > 1)
        else {phrase, first}
    )


def _plural(word: str) -> str:
    if word.endswith("y") and word[-2:-1] not in "aeiou":
        return word[:-1] + "ies"
    if word.endswith("z"):
        return word[:-1] + "ces"
    return word + ("s" if word[-1:] in "aeioutkpcdgmy" and not word.endswith(("dad", "ud")) else "es")


def read_names(raws: Sequence[str], blank: Sequence[bool]) -> list[Name]:
    """The names of the columns of one table taken apart. Where a column without a value (`blank`) has a long name with which
    others begin, that is a title of the sheet which readers put before them: their names are what stands behind it.

    >>> [name.raw for name in read_names(["Gastos de la Nación 2014", "Gastos de la Nación 2014 Vigente"], [True, False])]
    ['Gastos de la Nación 2014', 'Vigente']
    """
    titles = tuple(raw for raw, empty in zip(raws, blank, strict=True) if empty and len(raw) >= _LEAST_TITLE)
    if not titles:
        return list(map(read_name, raws))
    return [read_name(_without_title(raw, titles)) for raw in raws]


def _without_title(raw: str, titles: tuple[str, ...]) -> str:
    if not raw.startswith(titles):
        return raw
    rests = (raw[len(title) :] for title in titles if raw.startswith(title))
    return min((rest.strip() for rest in rests if rest[:1] == " "), key=len, default="") or raw


@lru_cache(maxsize=32_768)
def read_name(raw: str) -> Name:
    """Take a name apart.

    >>> read_name("dataset_contactPoint.hasEmail").words
    ('dataset', 'contact', 'point', 'has', 'email')
    """
    words = _words(raw)
    joined = fold(raw) if _HUMP.search(raw) else ""
    told = words
    unit = ""
    if "(" in raw or "[" in raw or "{" in raw:
        told = _words(_BRACKETS.sub(" ", raw)) or words
        found = _UNIT.findall(raw)
        unit = found[-1].strip().lower() if found else ""
    bare = tuple(word for word in told if not word.isdigit() and word not in _ARTICLES)
    whole = 0
    for form in {" ".join(bare), " ".join(told), " ".join(words), joined}:
        whole |= _LISTED.get(form, 0)
    segment = _segment(bare)
    head = whole
    for length in range(1, min(_LONGEST, len(segment)) + 1):
        head |= _LISTED.get(" ".join(segment[:length]), 0) | _LISTED.get(" ".join(segment[-length:]), 0)
    shortened = (
        len(words) > 1 and raw.isalpha() and any(len(word) <= _SHORT and word not in _KNOWN_WORDS for word in words)
    )
    return Name(raw, words, bare, unit, shortened, whole, head, head | _grams(words))


def _words(text: str) -> tuple[str, ...]:
    found: list[str] = []
    for word in fold(_HUMP.sub(" ", text)).split()[:_MOST_WORDS]:
        found.extend(_taken_apart(word))
    return tuple(found)


def _taken_apart(word: str) -> tuple[str, ...]:
    """A word that is two known ones written together, such as `idmunicipio`."""
    if len(word) < _LEAST_GLUED or word in _KNOWN_WORDS or word in _WORDS:
        return (word,)
    for start in _OPEN_STARTS:
        if word.startswith(start) and len(word) > len(start) + _LEAST_REST:
            return (start, word[len(start) :])
    for end in _OPEN_ENDS:
        if word.endswith(end) and len(word) >= len(end) + _LEAST_REST:
            return (word[: -len(end)], end)
    for length in range(2, min(len(word) - 1, 8)):
        start, rest = word[:length], word[length:]
        if start in _STARTS and len(rest) > 2 and rest in _KNOWN_WORDS:
            return (start, rest)
    for length in range(2, min(len(word) - 1, 8)):
        rest, end = word[:-length], word[-length:]
        if end in _ENDS and len(rest) > 2 and rest in _KNOWN_WORDS:
            return (rest, end)
    return (word,)


def _segment(words: tuple[str, ...]) -> tuple[str, ...]:
    """The words before the first connector: what the name is about."""
    end = next((place for place, word in enumerate(words) if word in _CONNECTORS and place), len(words))
    return words[:end]


def _grams(words: tuple[str, ...]) -> int:
    """The bits of all phrases anywhere among the words."""
    found = 0
    for start in range(len(words)):
        gram = ""
        for word in words[start : start + _LONGEST]:
            gram = f"{gram} {word}" if gram else word
            found |= _LISTED.get(gram, 0)
    return found


_ASKING = word_list(
    "is has es tiene tem esta posee cuenta existe usa requiere can does did was are have hay allow allows"
)
_ASKING_PHRASES = phrases("flag, indicador si no, si no, yes no, s n, y n")

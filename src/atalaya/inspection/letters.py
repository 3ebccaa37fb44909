"""How letters sit in words: the worth of every place outside ASCII in a text, by the letter and what stands beside it.

A letter of the alphabet at hand counts for the text, the frequent ones more. A capital inside a small word, a small letter after
capitals, a symbol between letters, a letter of another script and an unassigned place count against it.

Places are three bytes long: what stands before, the byte itself, what stands after. ASCII neighbours are only told apart by
class, so that a whole text has a few hundred different places and each is judged once.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping
from functools import cache, lru_cache

from atalaya.inspection.kinds import words

TYPOGRAPHY = frozenset("¿¡ºª°–—“”‘’«»…€£§·•´®©™±²³½¼¾×¹µ\u00a0№„‚‹›\u00ad\ufeff")
"""Marks of printed text that are no letters."""
_AFTER_DIGITS = frozenset("ªº°²³½¼¾€£–—±×\u00a0…")
_WITHIN_WORDS = frozenset("’´·\u00ad\u00a0")
_UNUSUAL = frozenset("âêîôûàèìòùëïõÿ")
_OPENING = frozenset("“„«‘‚‹")
_CLOSING = frozenset("”“»’›")
_ALONE = frozenset("éàóòèâáúíåö")
"""Letters that are words of their own."""
"""Letters that start few words of any western language."""
FOREIGN_LETTER = 0.4
"""A western letter that the language at hand does not write occurs in names."""
_BLANKS = frozenset(b" \t\r\n,;|\"'")
"""What stands between cells and words; other ASCII marks form a class of their own."""
_CLASSES = bytes(
    ord("a")
    if 97 <= byte <= 122
    else ord("A")
    if 65 <= byte <= 90
    else ord("0")
    if 48 <= byte <= 57
    else ord(" ")
    if byte in _BLANKS
    else ord(".")
    if byte < 128
    else byte
    for byte in range(256)
)
"""Bytes → classes: small letter, capital, digit, blank, mark; those above 127 stay. A capital after another becomes B."""
_RUN_OF_CAPITALS = re.compile(rb"(?<=A)A")
_PLACE = re.compile(rb"(?=([\x00-\xff][\x80-\xff][\x00-\xff]))")

_ACCENTED = re.compile(rb"[A-Za-z]*[\x80-\xff][A-Za-z\x80-\xff]*")
_KNOWN_WORDS = words(
    "acción análisis área áreas año años artículo artículos atención básica básico cálculo cédula código códigos común dígito "
    "dirección división días día economía educación energía época extensión función género género índice índices línea líneas "
    "máxima máximo médico método métodos mínima mínimo móvil múltiple municipio niña niñas niño niños número números núcleo "
    "página país países pública públicas público públicos período periódica periódico población porción región según "
    "sí técnica técnico teléfono título también tamaño única único última último unión vía víctima víctimas "
    "ação à após até código câmara há já março mês município municípios não número órgão órgãos país página período população "
    "preço público região são só também três título último última você família serviço serviços área saúde água "
    ""
)
"""Words with an accent that Spanish and Portuguese tables hold often: they decide where a table has a letter or two."""
_KNOWN_ENDINGS = tuple(
    sorted(
        words(
            "ción sión ía ías ística ísticas ístico ográfica ográfico ógico ógica ómico ómica ática ático "
            "ções ões ção ência ância ário ária ável ível"
        )
    )
)

Places = Counter[bytes]
"""How often each place occurs."""
Alphabet = Mapping[str, float]
"""Letters with their worth."""


def places_of(sample: bytes, most: int) -> Places:
    """The first `most` places outside ASCII of a sample, each with its neighbours."""
    classes = _RUN_OF_CAPITALS.sub(b"B", b" " + sample.translate(_CLASSES) + b" ")
    return Counter(_PLACE.findall(classes)[:most])


@cache
def alphabet(letters: str, foreign: str = "") -> Alphabet:
    """Each letter, small and capital, from 1.5 for the first down to 0.5; `foreign` ones are worth little.

    Where there are foreign ones, the letters go down as slowly as all of them together would.
    """
    worth = {letter: FOREIGN_LETTER for each in foreign for letter in (each, each.upper())}
    for place, letter in enumerate(letters):
        value = 1.5 - place / max(len(letters), len(foreign))
        worth[letter.upper()] = value - 0.1
        worth[letter] = value
    return worth


@cache
def table_of(codec: str) -> str:
    """The letter of every byte in a code page of single bytes; U+FFFD where it has none."""
    return "".join(bytes([byte]).decode(codec, "replace") for byte in range(256))


def score(places: Places, codec: str, letters: str, foreign: str = "") -> float:
    """Mean worth of the places of a text read in a code page."""
    total = sum(places.values())
    return sum(number * worth(place, codec, letters, foreign) for place, number in places.items()) / max(total, 1)


def bound(histogram: Mapping[int, int], codec: str, letters: str, foreign: str = "") -> float:
    """What a score cannot exceed, from the bytes alone: `histogram` counts those above 127."""
    best = _best_worths(codec, letters, foreign)
    return sum(number * best[byte] for byte, number in histogram.items()) / max(sum(histogram.values()), 1)


@cache
def _best_worths(codec: str, letters: str, foreign: str) -> tuple[float, ...]:
    """The most that each byte may be worth wherever it stands."""
    known = alphabet(letters, foreign)
    return tuple(
        known.get(letter, 1.3 if letter in "¿¡ªº°" else 0.3 if letter in TYPOGRAPHY else -0.5)
        for letter in table_of(codec)
    )


@lru_cache(maxsize=65_536)
def worth(place: bytes, codec: str, letters: str, foreign: str = "") -> float:
    """The worth of one place read in a code page."""
    table = table_of(codec)
    before, letter, after = table[place[0]], table[place[1]], table[place[2]]
    return _worth(before, letter, after, alphabet(letters, foreign).get(letter))


def stands_well(before: str, letter: str, after: str) -> bool:
    """Whether a letter or mark sits as one does in words; `before` and `after` are up to two characters of the text."""
    beside = _neighbour(before[-1:])
    beside = "B" if beside == "A" and _neighbour(before[:-1][-1:]) == "A" else beside
    return (
        _worth(beside, letter, _neighbour(after[:1]), 1.0 if letter.isalpha() and letter not in TYPOGRAPHY else None)
        > 0
    )


def _neighbour(letter: str) -> str:
    return chr(_CLASSES[ord(letter)]) if letter.isascii() and letter else letter or " "


def _worth(before: str, letter: str, after: str, known: float | None) -> float:
    """By the neighbours, ASCII ones by class; `known` is what the letter is worth in the alphabet at hand."""
    if known is not None:
        beside = -1.0 if "0" in (before, after) else 0.0
        start = -0.8 if letter in _UNUSUAL and before == " " and after == "a" else 0.0
        alone = letter not in _ALONE and not before.isalpha() and not after.isalpha()
        return known + beside + start - 0.7 * alone + _case(before, letter, after) + _script(before, letter, after)
    category = unicodedata.category(letter)
    if category in ("Cc", "Cn", "Co") or letter == "\ufffd":
        return -6.0
    if letter in TYPOGRAPHY:
        return _mark(before, letter, after)
    if category.startswith("L"):
        return -1.0 + _case(before, letter, after)
    if category.startswith("M"):
        return -0.5
    return -3.0 if before.isalpha() or after.isalpha() else -1.5


def accented_words(sample: bytes, most: int) -> Counter[bytes]:
    """The first `most` words of a sample that hold bytes above 127."""
    return Counter(_ACCENTED.findall(sample)[:most])


def share_known(accented: Counter[bytes], codec: str) -> float:
    """Share of the accented words that are known ones when read in a code page, between 0 and 1."""
    total = sum(accented.values())
    known = 0
    for word, number in accented.items():
        text = word.decode(codec, "replace").lower()
        known += number * (text in _KNOWN_WORDS or text.endswith(_KNOWN_ENDINGS))
    return known / max(total, 1)


def _mark(before: str, letter: str, after: str) -> float:
    if (letter in "¿¡" and not before.isalnum() and after.isalpha()) or (letter in "ªº°" and before == "0"):
        return 1.3
    if (letter in _OPENING and before == " " and after != " ") or (
        letter in _CLOSING and before not in " 0" and after in " ."
    ):
        return 0.9
    if before.isalpha() and after.isalpha() and letter not in _WITHIN_WORDS:
        return -1.5
    if before == "0" and letter not in _AFTER_DIGITS:
        return 0.0
    return 0.3


def _case(before: str, letter: str, after: str) -> float:
    """A capital after a small letter and a small letter among capitals are not how people write."""
    if letter.isupper():
        if before.islower():
            return -2.0
        return -1.0 if before == "A" and after.islower() else 0.0
    if letter.islower():
        return -1.5 if after.isupper() or before == "B" else 0.0
    return 0.0


def _script(before: str, letter: str, after: str) -> float:
    """Cyrillic, Greek, Hebrew or Thai letters do not stand beside Latin ones inside a word."""
    if ord(letter) < 0x370:
        return 0.0
    return -1.0 * sum(neighbour.isascii() and neighbour.isalpha() for neighbour in (before, after))

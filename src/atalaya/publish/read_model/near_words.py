"""Which words are near others, so that a word with a typing error finds the one that was meant.

Two words are looked at when they share a key: a word with one letter left out, or what it sounds like. One letter too many, too
few, wrong or swapped leaves a key that both have (the method of symmetric deletion); letters that Spanish confuses in writing
(b and v, s and z and c, ll and y, h) sound alike whatever their number.
"""

import re

from atalaya.publish.read_model.search_words import stem

SHORTEST = 4
"""Letters of the shortest word that is mended: among shorter ones nearly all are near."""
LONGEST = 30
"""Letters of the longest one."""

_SOUNDS = tuple(
    (re.compile(before), after)
    for before, after in (
        ("ch", "\1"),
        ("h|\\d", ""),
        ("qu(?=[ei])|k|c(?![ei])", "\2"),
        ("gu(?=[ei])", "\3"),
        ("[zsx]|c(?=[ei])", "s"),
        ("j|g(?=[ei])", "j"),
        ("[bvw]", "b"),
        ("ll|y(?=[aeiou])", "y"),
        ("y", "i"),
        ("m(?=[bpv])", "n"),
        (r"([^rl])\1+", r"\1"),
    )
)


def keys(word: str) -> list[str]:
    """The keys of a folded word; none of one that is too short or too long.

    >>> keys("casa")
    ['asa', 'caa', 'cas', 'casa', 'csa', '~\\x02as', '~\\x02asa']
    """
    if not SHORTEST <= len(word) <= LONGEST:
        return []
    without = {word[:place] + word[place + 1 :] for place in range(len(word))}
    return sorted({word, *without, f"~{sound(word)}", f"~{sound(stem(word, 'es'))}"})


def sound(word: str) -> str:
    """A folded word as it sounds in Spanish.

    >>> sound("vacuna") == sound("bacuna"), sound("necesidad") == sound("nesesidad"), sound("casa") == sound("cama")
    (True, True, False)
    """
    for before, after in _SOUNDS:
        word = before.sub(after, word)
    return word


def distance(one: str, other: str) -> float:
    """How many letters are too many, too few, wrong or swapped with the next; half of one where both sound alike, a bit
    more where they do so without their endings.

    >>> distance("salud", "slaud"), distance("escuela", "escuelas"), distance("bacuna", "vacuna")
    (1.0, 0.75, 0.5)
    """
    if one != other and sound(one) == sound(other):
        return 0.5
    if one != other and sound(stem(one, "es")) == sound(stem(other, "es")):
        return 0.75
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, start=1):
        earlier, before, row = before, row, [i]
        for j, b in enumerate(other, start=1):
            least = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                least = min(least, earlier[j - 2] + 1)
            row.append(least)
    return float(row[-1])

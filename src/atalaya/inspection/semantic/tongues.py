"""The natural language of texts, told by the small words that no sentence does without."""

from collections import Counter
from collections.abc import Iterable
from itertools import islice

from atalaya.catalogue.folding import fold
from atalaya.inspection.kinds import words

_SMALL = {
    "es": words(
        "el la los las de del que en y con por para una un se su es al lo como mas o sin sobre entre segun "
        "este esta son no"
    ),
    "en": words(
        "the of and to in for with by from is are on at that this be was were or an as which it their have has "
        "not all will"
    ),
    "pt": words(
        "o a os as de do da dos das que em e com por para uma um se no na nos nas ao como mais ou sem sobre "
        "entre pela pelo nao sao"
    ),
    "fr": words(
        "le la les de du des que qui en et avec par pour une un se sur est sont au aux dans ou sans entre ce "
        "cette ne pas plus l d"
    ),
}
_OWN = {
    language: small.difference(*(others for other, others in _SMALL.items() if other != language))
    for language, small in _SMALL.items()
}
"""Small words that only one of the languages has."""
_LEAST_WORDS = 4
_LEAST_SHARE = 0.08
_CUT = 400
_LOOKED = 40
"""Texts that are looked at: the share of small words hardly moves after a few hundred words."""


def language_of(texts: Iterable[str]) -> str | None:
    """The language, `es`, `en`, `pt` or `fr`, in which most of some texts are written; None where too few small
    words tell.

    >>> language_of(["El listado de los bienes que se compran"]), language_of(["Where people can read about the data"])
    ('es', 'en')
    >>> language_of(["Relação dos bens do órgão para uma licitação"])
    'pt'
    """
    words = fold(" ".join(text[:_CUT] for text in islice(texts, _LOOKED))).split()
    seen = len(words)
    if seen < _LEAST_WORDS:
        return None
    told = Counter(words)
    counts: Counter[str] = Counter()
    for language, small in _SMALL.items():
        own = _OWN[language]
        counts[language] = sum((3 if word in own else 1) * told[word] for word in small.intersection(told))
    (best, most), (_, second) = counts.most_common(2)
    return best if most >= 3 * _LEAST_SHARE * seen and most > second else None

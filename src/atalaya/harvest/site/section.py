"""The words by which a site names its section of the law. They are data of a country, handed in; none stand here."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache

from atalaya.catalogue.folding import fold

_JOINED = 10
"""Letters from which a phrase is also looked for without its blanks: `accesoalainformacion` in an address."""


@dataclass(frozen=True)
class SectionWords:
    """Phrases, folded. Equal phrases give equal objects, so that what was judged once is remembered."""

    phrases: tuple[str, ...] = ()
    joined: tuple[str, ...] = field(default=(), compare=False)

    @classmethod
    def of(cls, phrases: Iterable[str]) -> "SectionWords":
        """The words of these phrases, however they are written."""
        folded = tuple(dict.fromkeys(found for each in phrases if (found := fold(each))))
        joined = tuple(bare for each in folded if len(bare := each.replace(" ", "")) >= _JOINED)
        return cls(folded, joined)

    def speak(self, *texts: str) -> bool:
        """Whether one of the texts (of a link, a heading, an address) holds one of the phrases.

        >>> SectionWords.of(["Información pública"]).speak("Acceso a la INFORMACION PUBLICA (2024)")
        True
        """
        return any(_speaks(self, text) for text in texts if text)


@lru_cache(maxsize=10_000)
def _speaks(words: SectionWords, text: str) -> bool:
    folded = f" {fold(text)} "
    if any(f" {phrase} " in folded for phrase in words.phrases):
        return True
    bare = folded.replace(" ", "")
    return any(phrase in bare for phrase in words.joined)

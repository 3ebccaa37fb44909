"""What somebody wrote into the search box: words, phrases in quotation marks, and words that are not wanted (with a minus)."""

import re
from dataclasses import dataclass, replace

from atalaya.publish.read_model.search_words import words_of

LONGEST = 200
"""Characters of a question that are read."""
MOST = 16
"""Words of a question that are looked for."""

_PIECE = re.compile(r"""(?P<minus>(?<![^\s(])-)?(?:["“”«»](?P<phrase>[^"“”«»]*)(?:["“”«»]|$)|(?P<word>[^\s"“”«»]+))""")


@dataclass(frozen=True, slots=True)
class Piece:
    """One word, or several that follow each other; `cut`: the last word may be the beginning of a longer one."""

    words: tuple[str, ...]
    wanted: bool = True
    phrase: bool = False
    cut: bool = False

    @property
    def text(self) -> str:
        """As somebody would write it."""
        said = " ".join(self.words)
        return ("" if self.wanted else "-") + (f'"{said}"' if self.phrase else said)


@dataclass(frozen=True, slots=True)
class Asked:
    """The pieces of a question in their order."""

    pieces: tuple[Piece, ...]

    @property
    def text(self) -> str:
        """As somebody would write it."""
        return " ".join(piece.text for piece in self.pieces)

    @property
    def words(self) -> tuple[str, ...]:
        """The single words that are wanted."""
        return tuple(piece.words[0] for piece in self.pieces if piece.wanted and not piece.phrase)

    def instead(self, others: dict[str, str]) -> "Asked":
        """The same question with other words in the place of some."""
        return Asked(
            tuple(
                piece if piece.phrase else replace(piece, words=tuple(others.get(w, w) for w in piece.words))
                for piece in self.pieces
            )
        )


def read_asked(text: str) -> Asked:
    """Read a question; signs other than quotation marks and minus mean nothing.

    >>> [piece.text for piece in read_asked('"obra pública" salud -COVID escu').pieces]
    ['"obra publica"', 'salud', '-covid', 'escu']
    """
    found: list[Piece] = []
    for match in _PIECE.finditer(text[:LONGEST]):
        wanted = match["minus"] is None
        if match["phrase"] is not None:
            words = words_of(match["phrase"])
            if words:
                found.append(Piece(tuple(words), wanted, phrase=len(words) > 1))
        else:
            words = words_of(match["word"])
            # What a sign joins, as in `covid-19`, belongs together; a word that is not wanted is not wanted with all its parts.
            if not wanted and len(words) > 1:
                found.append(Piece(tuple(words), wanted=False, phrase=True))
            else:
                found.extend(Piece((word,), wanted) for word in words)
    found = found[:MOST]
    if found and found[-1].wanted and not found[-1].phrase and text[:LONGEST] == text[:LONGEST].rstrip():
        found[-1] = replace(found[-1], cut=True)
    return Asked(tuple(found))

"""Names made comparable: the words that tell something, and acronyms."""

from collections.abc import Collection

from atalaya.catalogue.folding import fold


def words(text: str, stop_words: Collection[str] = ()) -> tuple[str, ...]:
    """The folded words that tell something; all of them where every one is a stop word.

    >>> words("Ministério da Fazenda", ("da",))
    ('ministerio', 'fazenda')
    """
    every = tuple(fold(text).split())
    return tuple(word for word in every if word not in stop_words) or every


def acronym_of(text: str) -> str:
    """An acronym without dots and spaces, in capitals without accents.

    >>> acronym_of("M. F. ")
    'MF'
    """
    return fold(text).replace(" ", "").upper()

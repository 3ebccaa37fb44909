"""Texts of a dump without what identifies a person: addresses of mail lose their name, long numbers their digits."""

from typing import Final

from atalaya.harvest.site.masking import opening_of

LONGEST: Final = 20_000
"""Characters of one text that a dump carries."""


def masked(value: object) -> object:
    """A value of a column without what identifies a person; lists and objects are masked text by text, numbers stay.

    >>> masked({"en": "Ask ana.ficticia@a.example"}), masked(["5555 0000 12", 7])
    ({'en': 'Ask …@a.example'}, ['…', 7])
    """
    if isinstance(value, str):
        return opening_of(value, LONGEST)
    if isinstance(value, list):
        return [masked(each) for each in value]
    if isinstance(value, dict):
        return {str(masked(key)): masked(each) for key, each in value.items()}
    return value

"""The beginning of a text without what identifies a person: mail addresses lose their name, long numbers their digits."""

import re
from typing import Final

LONGEST: Final = 300
"""Characters of the beginning of a text that are kept: enough for a title and a period, too little to hold a list."""

_MAIL = re.compile(r"[\w.+%-]{1,64}@(?=[\w-]+(?:\.[\w-]+)+)")
_NUMBER = re.compile(r"(?<![\w.,$€])\+?\(?\d(?:[ .()-]{0,2}\d){6,18}(?![\w%])")
"""Seven digits or more that stand together: numbers of persons, accounts and telephones. Amounts with a currency stay."""
_PERIOD = re.compile(
    r"\A(?:19|20)\d\d(?:[ ./-]+(?:\d{1,2}|(?:19|20)\d\d)){0,2}\Z|\A\d{1,2}[ ./-]\d{1,2}[ ./-](?:19|20)\d\d\Z"
)


def opening_of(text: str, longest: int = LONGEST) -> str:
    """The beginning of a text, its blanks made one, masked.

    >>> opening_of("Informe  2024-01-15, contacto ana.ficticia@a.example tel. 5555 0000 12")
    'Informe 2024-01-15, contacto …@a.example tel. …'
    """
    start = " ".join(text[: 4 * longest].split())
    plain = _MAIL.sub("…@", start) if "@" in start else start
    return _NUMBER.sub(_masked, plain)[:longest].rstrip()


def _masked(found: re.Match[str]) -> str:
    """Dates and spans of years are no numbers of anybody."""
    return found[0] if _PERIOD.match(found[0]) else "…"

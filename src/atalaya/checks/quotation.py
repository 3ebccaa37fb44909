"""Publishers' words as evidence: short, on one line, and without addresses of people."""

import re

LONGEST = 120
"""Characters of a quoted text: a line of a report."""

_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_LOGIN = re.compile(r"(?<=://)[^/\s@]+@")


def without_people(text: str) -> str:
    """The text with e-mail addresses and logins of addresses left out.

    >>> without_people("ftp://ana:secreto@example.org/a.csv")
    'ftp://example.org/a.csv'
    """
    return _MAIL.sub("[…]", _LOGIN.sub("", text)) if "@" in text else text


def quote(text: str | None, longest: int = LONGEST) -> str:
    """The text on one line, cut at `longest` characters, with e-mail addresses and logins of addresses left out.

    >>> quote("Uso  libre, escriba a ana@example.org")
    'Uso libre, escriba a […]'
    """
    plain = without_people(" ".join((text or "").split()))
    return plain if len(plain) <= longest else plain[: longest - 1] + "…"

"""Letters that were decoded twice, brought back where only one reading is possible."""

import re

_SUSPECT = re.compile("[ÂÃÄÅâ][\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]")
"""How the first two bytes of a letter in UTF-8 look in cp1252."""
_LOST = re.compile("[\ufffd]")


def mended(text: str) -> str | None:
    """The text as it was meant, None where it is no mojibake or not all of it can be brought back.

    >>> mended("AdministraciÃ³n"), mended("Ã€ la carte"), mended("São Paulo")
    ('Administración', 'À la carte', None)
    """
    if _SUSPECT.search(text) is None:
        return None
    try:
        meant = _bytes(text).decode("utf-8")
    except (UnicodeEncodeError, UnicodeDecodeError):
        return None
    return meant if len(meant) < len(text) and not _LOST.search(meant) else None


def _bytes(text: str) -> bytes:
    """The bytes that cp1252 reads as this text; the five that it leaves open are taken as they are."""
    return b"".join(
        letter.encode("latin-1") if "\x80" <= letter <= "\x9f" else letter.encode("cp1252") for letter in text
    )


def is_broken(text: str) -> bool:
    """Whether letters were lost for good."""
    return _LOST.search(text) is not None

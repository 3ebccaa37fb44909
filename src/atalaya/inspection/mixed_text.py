"""Text that is UTF-8 but for some bytes: lines that came from a code page, characters cut short, damage.

Real files do so after megabytes, where one batch of rows was exported by another system or a copy was cut into pieces. What is
valid stays; what is not is read in the code page of its lines where it makes a word, is U+FFFD where a piece of a character is
left (as browsers show it, WHATWG Encoding §4.1), and is left out where the file ends within a character.
"""

import re
from dataclasses import dataclass

from atalaya.inspection.code_pages import detect_code_page
from atalaya.inspection.letters import stands_well

_STRAY = re.compile("[\udc80-\udcff]+")
_VALID = re.compile("[^\x00-\x7f\udc80-\udcff]+")
_LATIN = re.compile("[\u00a0-\u024f\u2000-\u22ff\ufeff]")
_FEW = 4
"""Stray bytes from which their lines show a code page; fewer are read as cp1252, the commonest."""
_CERTAIN = 4
"""Valid characters for each stray byte from which a text is UTF-8 whatever its lines look like."""
_LEAST_VALID = 8
_LATIN_SHARE = 0.9
"""Latin letters and marks among the valid characters of whole lines: sequences that only look valid, as East Asian and Thai code
pages hold them, spread over all alphabets."""
_MARKS = frozenset("ªº°¿¡–—“”‘’«»…€")
"""Marks of cp1252 whose byte alone is likelier to be one of them than the rest of a longer character."""


@dataclass(frozen=True, slots=True)
class Mended:
    """The text, how many bytes were read in a code page and which, how many were damage, and whether the end was cut off."""

    text: str
    strays: int
    code_page: str | None
    damaged: int
    cut: bool


def mend(data: bytes) -> Mended | None:
    """Read bytes that are not wholly UTF-8 as UTF-8; None when they are meant as a code page."""
    text = data.decode("utf-8", "surrogateescape")
    strays = [match.group() for match in _STRAY.finditer(text)]
    valid = _VALID.findall(text)
    if not valid or not _is_meant(text, sum(map(len, valid)), sum(map(len, strays))):
        return None
    leads = frozenset(letter.encode()[0] for run in set(valid) for letter in run)
    pieces = [_bytes_of(stray) for stray in strays]
    cut = bool(text) and _STRAY.match(text[-1]) is not None and _is_start(pieces[-1], leads)
    if cut:
        text = text[: -len(pieces.pop())]
    return _replace(text, pieces, leads, cut)


def _replace(text: str, pieces: list[bytes], leads: frozenset[int], cut: bool) -> Mended:
    proven = any(not _is_fragment(piece, leads) for piece in pieces)
    codec = _code_page(text) if sum(map(len, pieces)) >= _FEW and proven else "cp1252"
    read = damaged = 0

    def letters(match: re.Match[str]) -> str:
        nonlocal read, damaged
        piece = _bytes_of(match.group())
        before, after = text[max(match.start() - 2, 0) : match.start()], text[match.end() : match.end() + 2]
        told = _as_letters(piece, codec, before, after, proven, leads)
        if told is None:
            damaged += len(piece)
            return piece.decode("utf-8", "replace")
        read += len(piece)
        return told

    mended = _STRAY.sub(letters, text)
    return Mended(mended, read, codec if read else None, damaged, cut)


def _as_letters(piece: bytes, codec: str, before: str, after: str, proven: bool, leads: frozenset[int]) -> str | None:
    """Stray bytes as the letters of a code page, None where they are what is left of a character."""
    told = piece.decode(codec, "replace")
    fragment = _is_fragment(piece, leads)
    if not fragment:
        return told
    if not proven and not (len(told) == 1 and told in _MARKS):
        return None
    around = f"{before:>2}{told}{after:<2}"
    well = all(stands_well(around[at - 2 : at], around[at], around[at + 1 :]) for at in range(2, len(told) + 2))
    return told if well else None


def _is_meant(text: str, valid: int, strays: int) -> bool:
    if valid >= _CERTAIN * strays:
        return True
    lines = text.split("\n")
    whole = [
        run for line in lines if not line.isascii() and _STRAY.search(line) is None for run in _VALID.findall(line)
    ]
    if len(lines) == 1:
        whole = _VALID.findall(text) if 2 * valid >= strays else []
    found = sum(map(len, whole))
    latin = sum(len(_LATIN.findall(run)) for run in whole)
    return found >= _LEAST_VALID and (latin >= _LATIN_SHARE * found or 2 * found >= strays)


def _code_page(text: str) -> str:
    """The code page of the lines that hold stray bytes and nothing valid."""
    lines = [line for line in text.split("\n") if _STRAY.search(line) and not _VALID.search(line)]
    codec, score = detect_code_page("\n".join(lines).encode("utf-8", "surrogateescape"))
    return codec if score > 0 else "cp1252"


def _bytes_of(stray: str) -> bytes:
    return stray.encode("utf-8", "surrogateescape")


def _is_fragment(piece: bytes, leads: frozenset[int]) -> bool:
    """Whether stray bytes may be what is left of a character: its first bytes, or its last ones."""
    return _is_start(piece, leads) or (all(0x80 <= byte < 0xC0 for byte in piece[:3]) and len(piece) <= 3)


def _is_start(piece: bytes, leads: frozenset[int]) -> bool:
    """Whether they are the first bytes of a character of the alphabets that the text writes elsewhere."""
    return piece[0] in leads and all(0x80 <= byte < 0xC0 for byte in piece[1:])

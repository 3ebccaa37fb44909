"""UTF-16 and UTF-32 without a byte-order mark: told by where the zero bytes stand, or by where the spaces and line ends do."""

import re
import unicodedata

_HEAD = 256 * 1024
_ODD = re.compile("[\ufffd\x00-\x08\x0b\x0e-\x1f]")
_LETTERS = 4_096
"""Characters that are looked at where the zero bytes do not tell."""
_BLANKS = re.compile("[\n\r\t ]")
_SWAPPED_BLANKS = re.compile("[\u0a00\u0d00\u0900\u2000]")
"""What line ends, tabs and spaces become when the two bytes of each unit are taken the wrong way round."""
_UNASSIGNED = 0.01
"""Share of characters that no alphabet has from which units are not text."""


def wide_encoding(data: bytes) -> str | None:
    """The encoding of a text of two or four bytes a character, None for any other bytes."""
    head = data[:_HEAD]
    head = head[: len(head) // 4 * 4] or head[: len(head) // 2 * 2]
    if not head or b"\0" not in head:
        return None
    return _by_zeros(head) or _by_blanks(head)


def _by_zeros(head: bytes) -> str | None:
    """Western text: zero bytes keep to one side of each unit."""
    units = max(len(head) // 4, 1)
    zeros = [head[place::4].count(0) for place in range(4)]
    if zeros[2] + zeros[3] > 1.9 * units and zeros[0] < units / 10:
        return "utf-32-le" if _mostly_valid(head, "utf-32-le") else None
    if zeros[0] + zeros[1] > 1.9 * units and zeros[3] < units / 10:
        return "utf-32-be" if _mostly_valid(head, "utf-32-be") else None
    even, odd = zeros[0] + zeros[2], zeros[1] + zeros[3]
    for encoding, high, low in (("utf-16-le", odd, even), ("utf-16-be", even, odd)):
        if high > units / 10 and low * 20 <= high and _mostly_valid(head, encoding):
            return encoding
    return None


def _mostly_valid(head: bytes, encoding: str) -> bool:
    text = head.decode(encoding, "replace")
    return len(_ODD.findall(text)) * 100 <= len(text)


def _by_blanks(head: bytes) -> str | None:
    """Text of other alphabets: only its blanks have a zero byte, and the other way round they are no blanks."""
    for encoding in ("utf-16-le", "utf-16-be"):
        try:
            text = head[: 2 * _LETTERS].decode(encoding)
        except UnicodeDecodeError:
            continue
        blanks = len(_BLANKS.findall(text))
        if blanks * 200 < len(text) or _SWAPPED_BLANKS.search(text) or _ODD.search(text):
            continue
        if sum(unicodedata.category(letter) in ("Cn", "Co") for letter in text) <= _UNASSIGNED * len(text):
            return encoding
    return None

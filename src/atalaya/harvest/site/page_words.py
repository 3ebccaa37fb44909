"""The text of a page while it is read: its count of words, its beginning, and digests by which pages are told apart."""

import hashlib
import re
from typing import Final

from atalaya.harvest.site.page_parts import PageReading

OPENING: Final = 600
"""Characters of the beginning of the text that are kept."""
_BLOCK = 40
"""Characters from which a piece of text is a block by which pages are told from others of the same form."""
_MOST_BLOCKS = 60
_DIGITS = re.compile(r"\d+")


class PageWords:
    """Takes the pieces of text of a page in order."""

    def __init__(self) -> None:
        self._texts: list[str] = []
        self._length = 0
        self._words = 0
        self._blocks: dict[int, None] = {}
        self._digest = hashlib.sha256()

    def take(self, text: str, *, opens: bool) -> None:
        """Count a piece of text; one that `opens` belongs to what the page itself says, outside of links and of its frame."""
        plain = " ".join(text.split())
        self._digest.update(plain.encode("utf-8", "surrogatepass"))
        self._digest.update(b" ")
        self._words += plain.count(" ") + 1
        if opens and self._length < OPENING:
            self._texts.append(plain)
            self._length += len(plain) + 1
        if len(plain) >= _BLOCK and len(self._blocks) < _MOST_BLOCKS:
            form = _DIGITS.sub("", plain).encode("utf-8", "surrogatepass")
            self._blocks[int.from_bytes(hashlib.blake2b(form, digest_size=6).digest(), "big")] = None

    def finish(self, page: PageReading) -> None:
        """Write what was counted into the reading of the page."""
        page.words = self._words
        page.opening = " ".join(self._texts)[:OPENING]
        page.text_sha256 = self._digest.hexdigest()
        page.blocks = tuple(self._blocks)

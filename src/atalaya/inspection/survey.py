"""One pass over the bytes of a file that is too large to be held: its digests, and the marks that part it as a text."""

import hashlib
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

CHUNK = 4 * 1024 * 1024
_ESCAPED = b"\x1b$"
"""Begins a double-byte part of ISO 2022, whose bytes all look like ASCII."""


@dataclass(frozen=True, slots=True)
class Digests:
    """Hashes of all bytes, in hexadecimal."""

    sha256: str
    md5: str
    sha1: str


def digests(path: Path, watch: Callable[[bytes], None] | None = None) -> Digests:
    """The digests of a file, each computed in a thread of its own; `watch` is given every chunk in order."""
    sha256, md5, sha1 = (hashlib.new(name, usedforsecurity=False) for name in ("sha256", "md5", "sha1"))
    with path.open("rb") as stream, ThreadPoolExecutor(3) as threads:
        while chunk := stream.read(CHUNK):
            running = [threads.submit(each.update, chunk) for each in (sha256, md5, sha1)]
            if watch is not None:
                watch(chunk)
            for each in running:
                each.result()
    return Digests(sha256.hexdigest(), md5.hexdigest(), sha1.hexdigest())


class Survey:
    """How many line feeds, carriage returns, pairs of both, quotes and quotes behind a backslash the bytes of a text hold, and
    whether parts of it are in ISO 2022.

    Give it the chunks in order.
    """

    def __init__(self, quote: bytes) -> None:
        self.newlines = 0
        self.returns = 0
        self.pairs = 0
        self.quotes = 0
        self.escapes = 0
        self.escaped = False
        self._quote = quote
        self._last = b""

    def feed(self, chunk: bytes) -> None:
        """Count a chunk."""
        self.newlines += chunk.count(b"\n")
        returns = chunk.count(b"\r")
        self.returns += returns
        self.pairs += chunk.count(b"\r\n") if returns else 0
        self.pairs += self._last == b"\r" and chunk.startswith(b"\n")
        self.quotes += chunk.count(self._quote)
        if b"\\" in chunk:
            self.escapes += chunk.count(b"\\" + self._quote)
        self.escapes += self._last == b"\\" and chunk.startswith(self._quote)
        self.escaped = self.escaped or _ESCAPED in self._last + chunk[:1] or (b"\x1b" in chunk and _ESCAPED in chunk)
        self._last = chunk[-1:]

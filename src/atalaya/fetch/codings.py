"""Content codings undone piece by piece (RFC 9110 §8.4): gzip, deflate and zstd, several in a row, with bounded memory.

Brotli is not asked for and cannot be undone here; a server that sends it all the same gives an answer of its own kind.
"""

import zlib
from collections.abc import Callable, Iterator
from typing import Final, Protocol

import zstandard

PIECE: Final = 1 << 18
"""Bytes that one step of a decoder gives at most."""

ACCEPTED: Final = "gzip, deflate"
"""What the client asks for; zstd is undone where a server sends it unasked."""

BOMB_RATIO: Final = 200
"""Decoded bytes for each received byte above which a body larger than its limit is a bomb: tables of zeros and blanks stay
below it, and gzip cannot pass 1,032."""

PIECE_COST: Final = 512
"""Bytes that a piece counts beside its own: members that hold nothing cost time as well."""

LAYERS: Final = 4
"""Codings of one body that are undone; nobody needs more than one."""

_SAMPLE: Final = 512
"""Bytes by which a deflate stream without a header is told from a body that is not coded."""


class UndecodableBody(ValueError):
    """Raised inside `fetch` when a coding is unknown or broken; its message becomes the detail of the answer."""


class Bomb(ValueError):
    """Raised inside `fetch` when a body unpacks to far more than it weighs."""


class Decoder(Protocol):
    """Undoes one coding. `coding_false` tells that the body does not have it at all and was passed on as it is."""

    coding_false: bool

    def feed(self, data: bytes) -> Iterator[bytes]:
        """The decoded pieces that these bytes complete, each at most PIECE long."""

    def finish(self) -> Iterator[bytes]:
        """What is left after the last byte."""

    @property
    def whole(self) -> bool:
        """Whether the coded stream has come to its end."""


class _Zlib:
    """gzip or deflate. `open_` tells from the first `sample` bytes whether the body has the coding at all.

    Members that follow each other are one stream where the coding `repeats`; other bytes after the end are dropped.
    Nothing here depends on how the bytes are cut on their way, so that the same body always gives the same result.
    """

    def __init__(self, open_: Callable[[bytes], "zlib._Decompress | None"], sample: int, repeats: bool) -> None:
        self._open, self._sample, self._repeats = open_, sample, repeats
        self._inner: zlib._Decompress | None = None
        self._start = b""
        self._members = 0
        self._over = False
        self.coding_false = False

    def feed(self, data: bytes) -> Iterator[bytes]:
        if self._over:
            return
        if self._inner is None and not self.coding_false:
            data, self._start = self._start + data, b""
            if len(data) < self._sample:
                self._start = data
                return
        yield from self._decode(data)

    def _decode(self, data: bytes) -> Iterator[bytes]:
        while data:
            if self.coding_false:
                yield data
                return
            if self._inner is None:
                self._inner = self._open(data)
            if self._inner is None:
                self._over = self._members > 0
                self.coding_false = not self._over
                if self._over:
                    return
                continue
            try:
                piece = self._inner.decompress(data, PIECE)
            except zlib.error as error:
                raise UndecodableBody(f"the compressed body is damaged: {error}") from error
            yield piece
            data = self._inner.unconsumed_tail
            if self._inner.eof:
                data, self._inner = self._inner.unused_data, None
                self._members += 1
                self._over = not self._repeats
                if self._over or len(data) < self._sample:
                    self._start = data
                    return

    def finish(self) -> Iterator[bytes]:
        if self._start and not self._members:
            yield from self._decode(self._start)
        if self._inner is not None:
            yield self._inner.flush()
            self._inner = None if self._inner.eof else self._inner

    @property
    def whole(self) -> bool:
        return self._inner is None


class _Zstd:
    """zstd frames (RFC 8878), fed in small steps so that one step cannot grow beyond memory."""

    def __init__(self) -> None:
        self._inner: zstandard.ZstdDecompressionObj | None = None
        self.coding_false = False

    def feed(self, data: bytes) -> Iterator[bytes]:
        for start in range(0, len(data), 256):
            yield from self._feed(data[start : start + 256])

    def _feed(self, data: bytes) -> Iterator[bytes]:
        while data:
            if self._inner is None:
                self._inner = zstandard.ZstdDecompressor(max_window_size=1 << 27).decompressobj(write_size=PIECE)
            try:
                yield self._inner.decompress(data)
            except zstandard.ZstdError as error:
                raise UndecodableBody(f"the compressed body is damaged: {error}") from error
            if not self._inner.eof:
                return
            data, self._inner = self._inner.unused_data, None

    def finish(self) -> Iterator[bytes]:
        return iter(())

    @property
    def whole(self) -> bool:
        return self._inner is None


def _open_gzip(data: bytes) -> "zlib._Decompress | None":
    return zlib.decompressobj(wbits=31) if data[:2] == b"\x1f\x8b" else None


def _open_deflate(data: bytes) -> "zlib._Decompress | None":
    """With the zlib header of the standard, or without it as some servers send it: then the sample must make sense."""
    if len(data) > 1 and data[0] & 0x0F == 8 and int.from_bytes(data[:2], "big") % 31 == 0:
        return zlib.decompressobj(wbits=15)
    trial = zlib.decompressobj(wbits=-15)
    try:
        trial.decompress(data[:_SAMPLE], PIECE)
    except zlib.error:
        return None
    return None if len(data) < _SAMPLE and not trial.eof else zlib.decompressobj(wbits=-15)


class Chain:
    """The codings of one body, undone from the last to the first. Raises UndecodableBody when one is unknown.

    What every layer gives counts, as one that gives nothing in the end may have cost the most: above `limit` bytes, and
    BOMB_RATIO for each byte fed, the body is a bomb. A piece counts PIECE_COST bytes more than it holds, and empty ones are
    passed on, so that who feeds may let others run between them.
    """

    def __init__(self, header: str | None, limit: int) -> None:
        names = [name.strip().lower() for name in (header or "").split(",")]
        names = [name for name in names if name not in ("", "identity", "none", "utf-8", "aws-chunked")]
        if len(names) > LAYERS:
            raise UndecodableBody(f"the body is coded {len(names)} times")
        self._decoders: list[Decoder] = [_decoder(name) for name in reversed(names)]
        self._limit = limit
        self._fed = 0
        self._given = 0

    @property
    def coded(self) -> bool:
        """Whether the headers name a coding at all."""
        return bool(self._decoders)

    @property
    def coding_false(self) -> bool:
        """Whether the headers name a coding that the body does not have."""
        return any(decoder.coding_false for decoder in self._decoders)

    @property
    def whole(self) -> bool:
        """Whether every coded stream had come to its end."""
        return all(decoder.whole for decoder in self._decoders)

    def feed(self, data: bytes) -> Iterator[bytes]:
        """The decoded pieces that these bytes complete. Raises UndecodableBody when they are damaged, and Bomb."""
        self._fed += len(data)
        yield from self._through(data, 0)

    def finish(self) -> Iterator[bytes]:
        """What is left after the last byte."""
        for place, decoder in enumerate(self._decoders):
            for piece in decoder.finish():
                yield from self._through(piece, place + 1)

    def _through(self, data: bytes, place: int) -> Iterator[bytes]:
        if place:
            self._given += len(data) + PIECE_COST
            if self._given > self._limit and self._given > BOMB_RATIO * self._fed:
                raise Bomb(f"the body unpacks to more than {BOMB_RATIO} times its weight")
        if place == len(self._decoders) or not data:
            yield data
            return
        for piece in self._decoders[place].feed(data):
            yield from self._through(piece, place + 1)


def _decoder(name: str) -> Decoder:
    if name in ("gzip", "x-gzip"):
        return _Zlib(_open_gzip, 2, repeats=True)
    if name == "deflate":
        return _Zlib(_open_deflate, _SAMPLE, repeats=False)
    if name == "zstd":
        return _Zstd()
    raise UndecodableBody(f"the coding {name[:20]} was not asked for and is not read")

"""Asking for the pages of a source: what came, unpacked, or the reason why there is nothing to read."""

import zlib
from dataclasses import dataclass, replace
from typing import Protocol as Shape

from atalaya.fetch.answers import Answer, Failure

UNPACKED_LIMIT = 256 * 1024 * 1024
"""Bytes that a gzip body may unpack to: more than twenty times the largest national catalogue recorded (11 MB)."""

UNPACKED_FREE = 32 * 1024 * 1024
UNPACKED_RATIO = 200
"""Above UNPACKED_FREE bytes a gzip body may unpack to so many times its weight; texts of catalogues stay below thirty."""

_PIECE = 1 << 20


class Getter(Shape):
    """Asks one URL and gives the answer with its bytes; None where the answer has no body. It never raises for a publisher."""

    async def __call__(self, url: str, /) -> tuple[Answer, bytes | None]:
        """Ask `url` once, politely."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One answer that a harvest rests on: the evidence of its records."""

    url: str
    final_url: str
    status: int | None = None
    failure: str | None = None
    sha256: str | None = None
    size: int | None = None
    etag: str | None = None
    last_modified: str | None = None
    not_modified: bool = False
    tls_failure: str | None = None


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why an answer cannot be read: a key of `protocol.REASONS`, and where and what in one English clause."""

    reason: str
    detail: str
    status: int | None = None
    failure: Failure | None = None


@dataclass(frozen=True, slots=True)
class Visit:
    """One page asked: the answer, and its unpacked bytes or the refusal."""

    url: str
    answer: Answer
    body: bytes
    refusal: Refusal | None


class Trail:
    """The pages asked in one harvest, in order: it asks through the getter and keeps the evidence.

    `notes` gathers what was odd about a page that was read all the same: its address and a reason.
    """

    def __init__(self, get: Getter) -> None:
        self._get = get
        self.pages: list[Page] = []
        self.notes: list[tuple[str, str]] = []

    async def ask(self, url: str) -> Visit:
        """Ask `url`; publishers' failures come back as a refusal."""
        place = len(self.pages)
        self.pages.append(Page(url=url, final_url=url))  # the place is kept, so that pages asked at once stay in order
        answer, body = await self._get(url)
        self.pages[place] = _page(url, answer)
        refusal = refuse(answer, body)
        content = body or b""
        if refusal is None or refusal.reason == "http":
            unpacked = unpack(content)
            if isinstance(unpacked, Refusal):
                return Visit(url, answer, b"", refusal or replace(unpacked, detail=f"{url}: {unpacked.detail}"))
            content = unpacked
        if refusal is None and not content.strip(b"\x00 \t\r\n"):
            refusal = Refusal("empty", f"{url} answered no content")
        return Visit(url, answer, content, refusal)


def _page(url: str, answer: Answer) -> Page:
    return Page(
        url=url,
        final_url=answer.final_url,
        status=answer.status,
        failure=None if answer.failure is None else str(answer.failure),
        sha256=None if answer.blob is None else answer.blob.sha256,
        size=None if answer.blob is None else answer.blob.size,
        etag=answer.headers.get("etag"),
        last_modified=answer.headers.get("last-modified"),
        not_modified=answer.not_modified,
        tls_failure=None if answer.tls_failure is None else str(answer.tls_failure),
    )


_REASONS = {
    Failure.ADDRESS: "address",
    Failure.BOMB: "bomb",
    Failure.ENCODING: "coding",
    Failure.OVERSIZE: "oversize",
    Failure.REDIRECTS: "redirects",
    Failure.ROBOTS: "robots",
    Failure.SPENT: "spent",
}
"""Failures that have a reason of their own; after the others no answer came."""


def refuse(answer: Answer, body: bytes | None) -> Refusal | None:
    """Why this answer has no body to read; None where it has one."""
    url = answer.requested_url
    if answer.failure is not None:
        reason = _REASONS.get(answer.failure, "unreachable")
        told = f": {answer.detail}" if answer.detail else ""
        return Refusal(reason, f"{url}: {answer.failure}{told}", answer.status, answer.failure)
    if answer.status is None:
        return Refusal("unreachable", f"{url}: no answer")
    if not (200 <= answer.status < 300 or answer.not_modified):
        return Refusal("http", f"{url} answered {answer.status}", answer.status)
    if answer.blob is not None and answer.blob.kept != "whole":
        return Refusal("cut", f"{url} answered {answer.blob.size} bytes")
    if not body:
        return Refusal("empty", f"{url} answered no content")
    return None


def unpack(body: bytes) -> bytes | Refusal:
    """The body, unpacked where it is gzip that no header announced, twice at most; a refusal where that breaks or grows."""
    for _layer in range(2):
        if not body.startswith(b"\x1f\x8b"):
            return body
        plain = _unpack_once(body)
        if isinstance(plain, Refusal):
            return plain
        body = plain
    return body


def _unpack_once(body: bytes) -> bytes | Refusal:
    """One layer of gzip, member after member; what follows the last one is dropped, as gzip itself does."""
    most = min(UNPACKED_LIMIT, max(UNPACKED_FREE, UNPACKED_RATIO * len(body)))
    plain, rest = bytearray(), body
    while rest.startswith(b"\x1f\x8b"):
        engine, pending = zlib.decompressobj(wbits=31), rest
        while not engine.eof:
            try:
                piece = engine.decompress(pending, _PIECE)
            except zlib.error:
                return Refusal("malformed", "its gzip content is broken")
            plain += piece
            pending = engine.unconsumed_tail
            if len(plain) > most:
                return Refusal("bomb", f"its gzip content unpacks to more than {most} bytes")
            if not pending and not piece and not engine.eof:
                return Refusal("malformed", "its gzip content stops before its end")
        rest = engine.unused_data
    return bytes(plain)


def landed(visit: Visit) -> str:
    """Where an answer came from, for a sentence: the URL, and where redirects led."""
    final = visit.answer.final_url
    return visit.url if final in ("", visit.url) else f"{visit.url} (redirected to {final})"

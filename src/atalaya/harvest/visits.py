"""Asking for the pages of a source: what came, unpacked, or the reason why there is nothing to read."""

import zlib
from dataclasses import dataclass
from typing import Protocol as Shape

from atalaya.fetch.answers import Answer, Failure

UNPACKED_LIMIT = 512 * 1024 * 1024
"""Bytes that a gzip body may unpack to: about forty times the largest national catalogue recorded (11 MB)."""


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
            if unpacked is None:
                broken = Refusal(
                    "malformed", f"the gzip content of {url} is broken or larger than {UNPACKED_LIMIT} bytes"
                )
                return Visit(url, answer, b"", refusal or broken)
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


def refuse(answer: Answer, body: bytes | None) -> Refusal | None:
    """Why this answer has no body to read; None where it has one."""
    url = answer.requested_url
    if answer.failure is not None:
        reason = "robots" if answer.failure is Failure.ROBOTS else "unreachable"
        return Refusal(reason, f"{url}: {answer.failure}", answer.status, answer.failure)
    if answer.status is None:
        return Refusal("unreachable", f"{url}: no answer")
    if not (200 <= answer.status < 300 or answer.not_modified):
        return Refusal("http", f"{url} answered {answer.status}", answer.status)
    if answer.blob is not None and answer.blob.kept != "whole":
        return Refusal("cut", f"{url} answered {answer.blob.size} bytes")
    if not body:
        return Refusal("empty", f"{url} answered no content")
    return None


def unpack(body: bytes) -> bytes | None:
    """The body, unpacked where it is gzip that no header announced; None where that fails or grows beyond the limit."""
    for _layer in range(2):
        if not body.startswith(b"\x1f\x8b"):
            return body
        engine = zlib.decompressobj(wbits=31)
        try:
            plain = engine.decompress(body, UNPACKED_LIMIT)
        except zlib.error:
            return None
        if not engine.eof or engine.unconsumed_tail:
            return None
        body = plain
    return body


def landed(visit: Visit) -> str:
    """Where an answer came from, for a sentence: the URL, and where redirects led."""
    final = visit.answer.final_url
    return visit.url if final in ("", visit.url) else f"{visit.url} (redirected to {final})"

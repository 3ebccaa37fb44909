"""From an answer to text or JSON: what came, unpacked and decoded, or the reason why it cannot be read."""

import json
import re
import zlib
from dataclasses import dataclass
from urllib.parse import urljoin

from atalaya.fetch.answers import Answer, Failure
from atalaya.harvest.protocol import Getter, Page

UNPACKED_LIMIT = 512 * 1024 * 1024
"""Bytes that a gzip body may unpack to: about forty times the largest national catalogue recorded (11 MB)."""

_HTML = re.compile(
    rb"^\s*(?:<\?xml[^>]*\?>\s*)?(?:<!--.*?-->\s*)*(?:<!doctype\s+html|<html|<head|<body)", re.IGNORECASE | re.DOTALL
)
_LINK = re.compile(r"<([^<>]*)>([^<]*)")
_BOMS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)


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
    """The pages asked in one harvest, in order: it asks through the getter and keeps the evidence."""

    def __init__(self, get: Getter) -> None:
        self._get = get
        self.pages: list[Page] = []

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


def is_html(body: bytes) -> bool:
    """Whether the bytes start like a web page."""
    return _HTML.match(body[:4096].removeprefix(b"\xef\xbb\xbf")) is not None


def landed(visit: Visit) -> str:
    """Where an answer came from, for a sentence: the URL, and where redirects led."""
    final = visit.answer.final_url
    return visit.url if final in ("", visit.url) else f"{visit.url} (redirected to {final})"


def decode(body: bytes) -> tuple[str, str | None]:
    """Text of bytes by byte-order mark, then UTF-8, then Windows-1252; the second part names the departure from UTF-8."""
    for mark, encoding in _BOMS:
        if body.startswith(mark):
            try:
                return body.decode(encoding), None
            except UnicodeDecodeError:
                break
    try:
        return body.decode("utf-8"), None
    except UnicodeDecodeError as error:
        line = body.count(b"\n", 0, error.start) + 1
        return body.decode("cp1252", errors="replace"), f"not UTF-8 (line {line}); read as Windows-1252"


def parse_json(visit: Visit) -> tuple[object, str | None] | Refusal:
    """The JSON value of a page and a note on its encoding, or why there is none."""
    if is_html(visit.body):
        return Refusal("html", landed(visit))
    text, note = decode(visit.body)
    try:
        return json.loads(text.strip("\x00 \t\r\n\ufeff")), note
    except json.JSONDecodeError as error:
        return Refusal(
            "malformed", f"{landed(visit)}: not JSON at line {error.lineno}, column {error.colno}: {error.msg}"
        )
    except RecursionError:
        return Refusal("nesting", f"{landed(visit)}: nested deeper than the reader goes")
    except ValueError:
        return Refusal("malformed", f"{landed(visit)}: holds a number of too many digits")


def join(base: str, reference: str) -> str | None:
    """An address resolved against a base; None where it cannot be one."""
    try:
        return urljoin(base, reference.strip())
    except ValueError:
        return None


def next_link(visit: Visit) -> str | None:
    """The page that an HTTP `Link` header calls `next` (RFC 8288), absolute."""
    for link in _LINK.finditer(visit.answer.headers.get("link", "")):
        if re.search(r"""\brel\s*=\s*["']?[^"']*\bnext\b""", link[2]):
            return join(visit.answer.final_url or visit.url, link[1])
    return None

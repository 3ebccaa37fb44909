"""Files as they are: with a strong ETag, ranges, HEAD, and never shown by a browser as a page of this site."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import IO, Any

import orjson
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse

PIECE = 1 << 18
"""Bytes that are read and sent at a time; shorter answers are sent whole."""

BINARY = "application/octet-stream"

OPEN = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag, Content-Range, Content-Disposition, Accept-Ranges",
    "Cross-Origin-Resource-Policy": "cross-origin",
}
_ASKED_FIRST = {
    "Access-Control-Allow-Methods": "GET, HEAD, OPTIONS",
    "Access-Control-Allow-Headers": "Range, If-None-Match, If-Range",
    "Access-Control-Max-Age": "86400",
}
_SAFE = {"X-Content-Type-Options": "nosniff", "Content-Security-Policy": "sandbox; default-src 'none'"}
METHODS = ("GET", "HEAD", "OPTIONS")

_RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})")
_NAME = re.compile(r"[^A-Za-z0-9._-]+")

Opener = Callable[[int], IO[bytes]]


@dataclass(frozen=True, slots=True)
class Sent:
    """A file to send: its size, SHA-256, name for whoever keeps it, media type, and how to open it from a byte on."""

    size: int
    sha256: str
    name: str
    media_type: str
    open: Opener


def of_path(path: Path, sha256: str, media_type: str, name: str = "") -> Sent:
    """A file on disk, under its own name where no other is given."""

    def opened(start: int) -> IO[bytes]:
        stream = path.open("rb")
        stream.seek(start)
        return stream

    return Sent(path.stat().st_size, sha256, name or path.name, media_type, opened)


def safe_name(text: str, longest: int = 100) -> str:
    """A text as the name of a file: letters, digits, points and hyphens, none at its beginning but a letter or digit.

    >>> safe_name('../a "b".csv'), safe_name("\\n")
    ('a-b-.csv', 'file')
    """
    return _NAME.sub("-", text).strip("-.")[:longest] or "file"


def filed(view: Callable[..., HttpResponse | Sent]) -> Callable[..., HttpResponseBase]:
    """A view that gives a file, or an answer that says why there is none; asked by GET, HEAD or OPTIONS, of every origin."""

    @wraps(view)
    def answer(request: HttpRequest, *arguments: Any, **named: Any) -> HttpResponseBase:
        if request.method == "OPTIONS":
            return HttpResponse(status=204, headers={**OPEN, **_ASKED_FIRST})
        if request.method not in METHODS:
            return told(405, f"{request.method} is not answered here; use GET", Allow=", ".join(METHODS))
        try:
            found = view(request, *arguments, **named)
        except Http404:
            return told(404, "Nothing has this address; /descargas/ lists what can be downloaded.")
        return sent(request, found) if isinstance(found, Sent) else found

    answer.csrf_exempt = True  # type: ignore[attr-defined]
    return answer


def told(status: int, detail: str, **headers: str) -> HttpResponse:
    """An error as JSON: its status, and what is wrong with what to do."""
    body = {"status": status, "detail": detail}
    response = HttpResponse(orjson.dumps(body), status=status, content_type="application/json; charset=utf-8")
    for name, value in {**OPEN, "Cache-Control": "no-store", **headers}.items():
        response.headers[name.replace("_", "-")] = value
    return response


def sent(request: HttpRequest, file: Sent) -> HttpResponseBase:
    """The answer to a request for a file: whole, a range of it, or that it is known (RFC 9110, 13 and 14)."""
    etag = f'"{file.sha256}"'
    # What is sent is the file itself: packed anew on its way it would have other bytes, and its ranges would mean nothing.
    request.META["HTTP_ACCEPT_ENCODING"] = "identity"
    if _is_known(request, etag):
        return _marked(HttpResponse(status=304), etag)
    part = _part(request, file.size, etag)
    if part == ():
        return told(416, f"the file has {file.size} bytes", Content_Range=f"bytes */{file.size}")
    start, end = part or (0, file.size - 1)
    response = _body(request, file, start, end - start + 1, 206 if part else 200)
    response.headers["Content-Disposition"] = f'attachment; filename="{safe_name(file.name)}"'
    response.headers["Content-Length"] = str(end - start + 1)
    response.headers["Accept-Ranges"] = "bytes"
    if part:
        response.headers["Content-Range"] = f"bytes {start}-{end}/{file.size}"
    return _marked(response, etag)


def _part(request: HttpRequest, size: int, etag: str) -> tuple[int, int] | tuple[()] | None:
    """First and last byte of the range that is asked for; None for the whole, an empty pair where there is no such range.

    Several ranges at once are answered by the whole file, which RFC 9110 permits.
    """
    match = _RANGE.fullmatch(request.headers.get("Range", "").strip())
    if (
        request.method != "GET"
        or match is None
        or match[0] == "bytes=-"
        or request.headers.get("If-Range", etag) != etag
    ):
        return None
    first, last = match[1], match[2]
    if not first:
        start, end = max(0, size - int(last)), size - 1
    else:
        start, end = int(first), min(int(last or size), size - 1)
        if last and int(last) < int(first):
            return None
    return (start, end) if start <= end else ()


def _is_known(request: HttpRequest, etag: str) -> bool:
    said = [mark.strip().removeprefix("W/") for mark in request.headers.get("If-None-Match", "").split(",")]
    return etag in said or said == ["*"]


def _body(request: HttpRequest, file: Sent, start: int, length: int, status: int) -> HttpResponseBase:
    if request.method == "HEAD":
        return HttpResponse(status=status, content_type=file.media_type)
    if length <= PIECE:
        with file.open(start) as stream:
            return HttpResponse(stream.read(length), status=status, content_type=file.media_type)
    return StreamingHttpResponse(_pieces(file, start, length), status=status, content_type=file.media_type)


def _pieces(file: Sent, start: int, length: int) -> Iterator[bytes]:
    with file.open(start) as stream:
        while length > 0 and (piece := stream.read(min(length, PIECE))):
            length -= len(piece)
            yield piece


def _marked(response: HttpResponseBase, etag: str) -> HttpResponseBase:
    for name, value in {**OPEN, **_SAFE, "ETag": etag, "Cache-Control": "public, max-age=60"}.items():
        response.headers[name] = value
    return response

"""Answers that were made once are kept as files, compressed, for all processes and over restarts, up to a bound.

An answer is known by its mark (ETag), which tells the edition, the load and the address: an answer of an earlier edition is never
given again, and goes when room is needed. Files come by rename, so that nobody reads half of one; a folder that cannot be written
keeps nothing, and every answer is then made anew.
"""

import gzip
import hashlib
import json
import os
import re
import shutil
import tempfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from http import HTTPStatus
from pathlib import Path
from random import random
from typing import BinaryIO

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils.cache import patch_vary_headers

LEVEL = 6
"""zlib's own default: level 9 takes twice as long for one byte in a hundred."""

LONGEST = 16 * 2**20
"""Bytes, compressed, of the longest answer that is kept."""

BOUND = 512 * 2**20
"""Bytes of all kept answers together, give or take what is written between two looks."""

FOLDERS = "0123456789abcdef"
LOOKED = 1 / 64
"""Share of writes after which the folder is looked through for what has to go."""

STREAMED = 2**18
"""Bytes of an answer that is sent in pieces instead of being read whole."""

_NOT_KEPT = re.compile(r"private|no-store")
_GZIP = re.compile(r"\bgzip\b(?!\s*;\s*q=0(\.0*)?\s*(,|$))")


def kept(request: HttpRequest, mark: str) -> HttpResponseBase | None:
    """The answer of this mark, compressed as the client takes it; None where it is not kept."""
    path = _path(mark)
    try:
        file = path.open("rb")
    except OSError:
        return None
    try:
        headers = json.loads(file.readline())
        size = os.fstat(file.fileno()).st_size
        os.utime(file.fileno())  # what was asked last goes last
        if size > STREAMED:
            return _streamed(request, headers, file, size - file.tell())
        body = file.read()
    except (OSError, ValueError):
        file.close()
        return None
    file.close()
    return _answer(request, headers, body)


def keep(request: HttpRequest, mark: str, response: HttpResponseBase) -> HttpResponseBase:
    """Keep an answer to GET, and give it as the client takes it; what is only for one visitor is given as it came."""
    if not _for_all(request, response):
        return response
    headers = {name: value for name, value in response.headers.items() if name != "Content-Length"}
    if isinstance(response, StreamingHttpResponse):
        teed = StreamingHttpResponse(_teed(request, mark, headers, response), headers=headers)
        return _encoded(teed) if _takes(request) else teed
    assert isinstance(response, HttpResponse)
    body = gzip.compress(response.content, LEVEL, mtime=0)
    with _Writing(mark, headers) as file:
        file.write(body)
        file.whole = True
    return _answer(request, headers, body)


def _for_all(request: HttpRequest, response: HttpResponseBase) -> bool:
    """Whether every visitor may get this answer: it was asked by GET, went well, and speaks to nobody in particular."""
    personal = (
        response.cookies
        or request.META.get("CSRF_COOKIE_NEEDS_UPDATE")
        or _NOT_KEPT.search(response.headers.get("Cache-Control", ""))
        or "cookie" in response.headers.get("Vary", "").casefold()
    )
    return request.method == "GET" and response.status_code == HTTPStatus.OK and not personal


def _answer(request: HttpRequest, headers: Mapping[str, str], body: bytes) -> HttpResponseBase:
    if _takes(request):
        return _encoded(HttpResponse(body, headers=headers))
    return HttpResponse(gzip.decompress(body), headers=headers)


def _streamed(request: HttpRequest, headers: Mapping[str, str], file: BinaryIO, size: int) -> HttpResponseBase:
    if not _takes(request):
        return StreamingHttpResponse(_unpacked(file), headers=headers)
    response = StreamingHttpResponse(_pieces(file), headers=headers)
    response.headers["Content-Length"] = str(size)
    return _encoded(response)


def _encoded(response: HttpResponseBase) -> HttpResponseBase:
    response.headers["Content-Encoding"] = "gzip"
    patch_vary_headers(response, ["Accept-Encoding"])
    return response


def _pieces(file: BinaryIO) -> Iterator[bytes]:
    with file:
        while piece := file.read(STREAMED):
            yield piece


def _unpacked(file: BinaryIO) -> Iterator[bytes]:
    with file, gzip.open(file) as plain:
        while piece := plain.read(STREAMED):
            yield piece


def _teed(request: HttpRequest, mark: str, headers: Mapping[str, str], pieces: Iterable[bytes]) -> Iterator[bytes]:
    """The pieces of an answer as they come, while they are written to its file; one that is broken off leaves no file."""
    takes, packer = _takes(request), zlib.compressobj(LEVEL, wbits=31)
    with _Writing(mark, headers) as file:
        for piece in pieces:
            packed = packer.compress(piece)
            file.write(packed)
            if sent := packed if takes else piece:
                yield sent
        last = packer.flush()
        file.write(last)
        if takes:
            yield last
        file.whole = True


class _Writing:
    """A file that is put in its place once `whole` is set; whatever the disk refuses, the answer itself goes on."""

    def __init__(self, mark: str, headers: Mapping[str, str]) -> None:
        self._path, self._room, self.whole = _path(mark), LONGEST, False
        self._file: BinaryIO | None = None
        with suppress(OSError):
            self._path.parent.mkdir(parents=True, exist_ok=True)
            number, self._name = tempfile.mkstemp(dir=self._path.parent, prefix="tmp-")
            self._file = os.fdopen(number, "wb")
        self.write(json.dumps(dict(headers)).encode() + b"\n")

    def write(self, piece: bytes) -> None:
        self._room -= len(piece)
        if self._file is not None and self._room >= 0:
            try:
                self._file.write(piece)
            except OSError:
                self._room = -1

    def __enter__(self) -> "_Writing":
        return self

    def __exit__(self, *_error: object) -> None:
        if self._file is None:
            return
        try:
            self._file.close()
            if not self.whole or self._room < 0:
                raise OSError("it is not kept")
            Path(self._name).replace(self._path)
        except OSError:
            with suppress(OSError):
                Path(self._name).unlink()
        if random() < LOOKED:  # noqa: S311 - nothing is secret here
            make_room(self._path.parent)


def forget() -> None:
    """Delete everything that is kept."""
    shutil.rmtree(settings.KEPT_ANSWERS, ignore_errors=True)


def make_room(folder: Path) -> None:
    """Delete what was asked longest ago from one of the folders until it keeps to its share of the bound."""
    with suppress(OSError), os.scandir(folder) as entries:
        found = sorted((each.stat().st_mtime, each.stat().st_size, each.path) for each in entries)
        room = sum(size for _, size, _ in found) - BOUND // len(FOLDERS)
        for _, size, path in found:
            if room <= 0:
                return
            with suppress(OSError):
                Path(path).unlink()
            room -= size


def _path(mark: str) -> Path:
    name = hashlib.sha256(mark.encode()).hexdigest()
    return Path(settings.KEPT_ANSWERS) / name[0] / name[1:33]


def _takes(request: HttpRequest) -> bool:
    """Whether the client takes answers compressed."""
    return _GZIP.search(request.headers.get("Accept-Encoding", "")) is not None

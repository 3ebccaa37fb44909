"""A body on its way into the archive: received, decoded, limited, and judged."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

import aiohttp

from atalaya.fetch.answers import Failure
from atalaya.fetch.codings import Bomb, Chain, UndecodableBody
from atalaya.fetch.errors import NETWORK, trouble_of
from atalaya.fetch.gate import Policy
from atalaya.store.archive import Archive, Blob, Writer

ERROR_LIMIT: Final = 65_536
"""Bytes read of an answer whose status is 400 or more: evidence of the error, not data."""

_TOGETHER: Final = 32
"""Pieces taken from one chunk before other requests may go on: a small chunk can unpack to megabytes."""

_GZIPPED: Final = (".gz", ".tgz", ".gzip", ".svgz")


@dataclass(slots=True)
class Body:
    """What came of a body: `received` counts bytes on the wire; `blob` is None where nothing is kept of it."""

    received: int = 0
    blob: Blob | None = None
    failure: Failure | None = None
    detail: str | None = None
    notes: tuple[str, ...] = ()


class _Full(Exception):
    """Raised inside this module when enough of an error answer has been read."""


class _Endless(Exception):
    """Raised inside this module when a body goes on beyond what is read of any."""


class _Slow(Exception):
    """Raised inside this module when a body brings too few bytes a second."""


async def receive(
    response: aiohttp.ClientResponse,
    headers: Mapping[str, str],
    archive: Archive,
    policy: Policy,
    deadline: float,
    *,
    later: bool = False,
) -> Body:
    """Read a body into the archive until `deadline`, a moment of the event loop, within the limits of the policy.

    What goes wrong is told in the result, and what came before it is kept; `later` as in `Archive.writer`.
    Bombs, bodies without end and damaged codings keep nothing: where they are cut depends on the moment. Raises StoreError for
    our own disk alone.
    """
    body = Body()
    cut = ERROR_LIMIT if response.status >= 400 else policy.cut
    with archive.writer(policy.body_limit, later=later) as writer:
        reader = _Reader(writer, policy, cut)
        try:
            chain = Chain(headers.get("content-encoding"), policy.body_limit)
            await reader.pump(response, chain, body, deadline)
            _judge(body, chain, headers, reader, response)
        except _Full:
            body.notes = ("body_cut",)
        except _Slow:
            body.failure = Failure.TIMEOUT
            body.detail = f"the body brought fewer than {policy.least_rate:g} bytes a second"
        except _Endless:
            body.failure = Failure.OVERSIZE
            body.detail = f"the body goes on after {policy.stream_limit} bytes; reading it was stopped"
            return body
        except Bomb as error:
            body.failure, body.detail = Failure.BOMB, str(error)
            return body
        except UndecodableBody as error:
            body.failure, body.detail = Failure.ENCODING, str(error)
            return body
        except NETWORK as error:
            trouble = trouble_of(error)
            timeout = trouble.failure is Failure.TIMEOUT
            body.failure = Failure.TIMEOUT if timeout else Failure.TRUNCATED
            body.detail = "the body stopped coming" if timeout else "the connection broke inside the body"
        if writer.size or body.failure is None:
            body.blob = writer.commit()
    return body


class _Reader:
    """Moves pieces from a response to a writer."""

    def __init__(self, writer: Writer, policy: Policy, cut: int | None) -> None:
        self._writer, self._policy, self._cut = writer, policy, cut
        self.start = b""

    async def pump(self, response: aiohttp.ClientResponse, chain: Chain, body: Body, deadline: float) -> None:
        """Read to the end. Raises _Full, _Endless, _Slow, Bomb, UndecodableBody or an error of the network."""
        loop = asyncio.get_running_loop()
        start = loop.time()
        try:
            async with asyncio.timeout_at(deadline):
                async for chunk in response.content.iter_any():
                    body.received += len(chunk)
                    self._judge_pace(body.received, loop.time() - start)
                    for number, piece in enumerate(chain.feed(chunk), start=1):
                        self._take(piece)
                        if number % _TOGETHER == 0:
                            await asyncio.sleep(0)
        except (aiohttp.ClientError, OSError, TimeoutError):
            self._finish(chain)
            raise
        self._finish(chain)

    def _judge_pace(self, received: int, seconds: float) -> None:
        if received > self._policy.stream_limit:
            raise _Endless
        if seconds > self._policy.grace and received < self._policy.least_rate * seconds:
            raise _Slow

    def _finish(self, chain: Chain) -> None:
        for piece in chain.finish():
            self._take(piece)

    def _take(self, piece: bytes) -> None:
        if len(self.start) < 2:
            self.start += piece[:2]
        if self._cut is not None and self._writer.size + len(piece) > self._cut:
            self._writer.write(piece[: self._cut - self._writer.size])
            raise _Full
        if self._writer.size + len(piece) > self._policy.stream_limit:
            raise _Endless
        self._writer.write(piece)


def _judge(
    body: Body, chain: Chain, headers: Mapping[str, str], reader: _Reader, response: aiohttp.ClientResponse
) -> None:
    """Compare what came with what was announced."""
    announced = headers.get("content-length", "")
    if announced.isdecimal() and "transfer-encoding" not in headers and int(announced) != body.received:
        body.failure, body.detail = Failure.TRUNCATED, f"{body.received} bytes came of {announced} announced"
    elif not chain.whole:
        body.failure, body.detail = Failure.TRUNCATED, "the compressed body stops before its end"
    if chain.coding_false:
        body.notes = ("coding_false",)
    elif chain.coded and reader.start[:2] == b"\x1f\x8b" and not _is_gzip(headers, response):
        body.notes = ("coding_twice",)


def _is_gzip(headers: Mapping[str, str], response: aiohttp.ClientResponse) -> bool:
    """Whether the file itself is meant to be gzip, so that one coding around it is right."""
    path = urlsplit(str(response.url)).path
    named = path.lower().endswith(_GZIPPED) or ".gz" in headers.get("content-disposition", "").lower()
    return named or "gzip" in headers.get("content-type", "").lower()

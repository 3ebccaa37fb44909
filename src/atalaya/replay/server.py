"""Serves a replay folder as real HTTP on loopback: one port for all hosts, one more with TLS for each kind of bad certificate.

Hosts are told apart by the header Host, `http` from `https` by X-Forwarded-Proto, as behind any proxy that ends TLS.
"""

import asyncio
import json
import socket
import struct
import threading
import time
from collections import defaultdict
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from aiohttp import web

from atalaya.exceptions import ReplayError
from atalaya.fetch.resolve import ResolveMap, read_document
from atalaya.fetch.urls import Address, UnusableURL, parse
from atalaya.replay.answers import Reply
from atalaya.replay.certificates import server_context
from atalaya.replay.folder import ReplayFolder, read_folder
from atalaya.replay.site import Site

LOOPBACK: Final = "127.0.0.1"


@dataclass(frozen=True, slots=True)
class Asked:
    """One request that a replay answered; `bytes` counts the body sent, `fault` says how it was broken.

    `moment` is when it was answered, by the machine's monotonic clock.
    """

    method: str
    url: str
    status: int
    bytes: int
    fault: str = "none"
    moment: float = field(default_factory=time.monotonic, compare=False)


@dataclass(slots=True)
class Served:
    """A running replay: its plain port, the document of `resolve.json`, and every request so far."""

    port: int = 0
    resolve: dict[str, Any] = field(default_factory=dict)
    log: list[Asked] = field(default_factory=list)

    @property
    def resolve_map(self) -> ResolveMap:
        """The resolve map, as a client takes it."""
        return read_document(self.resolve)

    def asked(self, url: str) -> int:
        """How many requests for a URL were answered."""
        return sum(entry.url == url for entry in self.log)

    @property
    def sent_bytes(self) -> int:
        """Bytes of all bodies sent."""
        return sum(entry.bytes for entry in self.log)


@asynccontextmanager
async def serve(folder: Path) -> AsyncIterator[Served]:
    """Serve a replay folder while the context lasts. Raises ReplayError when it cannot be served."""
    plan = read_folder(folder)
    site = Site(plan)
    served = Served()
    handler = _Handler(site, served)
    runners: list[web.ServerRunner] = []
    try:
        served.port = await _listen(web.Server(handler.plain), runners, None)
        by_kind: defaultdict[str, list[str]] = defaultdict(list)
        for origin, kind in plan.tls.items():
            by_kind[kind].append(origin)
        tls_ports = {}
        for kind, origins in by_kind.items():
            hosts = tuple(parse(origin).host for origin in origins)
            tls_ports[kind] = await _listen(web.Server(handler.tls), runners, server_context(kind, hosts))
        served.resolve = _resolve(plan, site, served.port, tls_ports)
        yield served
    finally:
        handler.closing.set()
        for runner in runners:
            await runner.cleanup()


@contextmanager
def serving(folder: Path) -> Iterator[Served]:
    """Serve a replay folder from a thread, for callers without an event loop. Raises as `serve` does."""
    started: list[Served] = []
    failed: list[BaseException] = []
    ready = threading.Event()
    loop = asyncio.new_event_loop()
    stop = asyncio.Event()

    async def run() -> None:
        try:
            async with serve(folder) as served:
                started.append(served)
                ready.set()
                await stop.wait()
        except (ReplayError, OSError) as error:
            failed.append(error)
        finally:
            ready.set()

    def work() -> None:
        asyncio.set_event_loop(loop)
        try:
            loop.run_until_complete(run())
        finally:
            loop.close()

    thread = threading.Thread(target=work, name="replay", daemon=True)
    thread.start()
    ready.wait()
    try:
        if failed:
            raise failed[0]
        yield started[0]
    finally:
        if not failed:
            loop.call_soon_threadsafe(stop.set)
        thread.join()


def write_resolve(served: Served, path: Path) -> None:
    """Write `resolve.json`. Raises ReplayError when it cannot be written there."""
    temporary = path.with_name(path.name + ".part")
    try:
        temporary.write_text(json.dumps(served.resolve, indent=1, sort_keys=True) + "\n", encoding="utf-8")
        temporary.replace(path)
    except OSError as error:
        raise ReplayError(f"{path} cannot be written: {error.strerror}; name another with --resolve-file") from error


async def _listen(server: web.Server, runners: list[web.ServerRunner], context: Any) -> int:
    """Start on a free port of loopback and tell it."""
    runner = web.ServerRunner(server, handle_signals=False, shutdown_timeout=0.1)
    await runner.setup()
    runners.append(runner)
    site = web.TCPSite(runner, LOOPBACK, 0, ssl_context=context)
    await site.start()
    return int(runner.addresses[0][1])


def _resolve(plan: ReplayFolder, site: Site, port: int, tls_ports: Mapping[str, int]) -> dict[str, Any]:
    origins: dict[str, str | None] = dict.fromkeys(site.origins, f"http://{LOOPBACK}:{port}")
    origins |= {origin: f"https://{LOOPBACK}:{tls_ports[kind]}" for origin, kind in plan.tls.items()}
    origins |= dict.fromkeys(plan.dns_failures)
    origins |= dict.fromkeys(plan.refused, "refused")
    return {"format": 1, "unlisted": plan.unlisted, "origins": dict(sorted(origins.items()))}


class _Handler:
    """Answers requests for a site and notes them."""

    def __init__(self, site: Site, served: Served) -> None:
        self._site, self._served = site, served
        self.closing = asyncio.Event()

    async def plain(self, request: web.BaseRequest) -> web.StreamResponse:
        return await self._answer(request, request.headers.get("X-Forwarded-Proto", ""))

    async def tls(self, request: web.BaseRequest) -> web.StreamResponse:
        return await self._answer(request, "https")

    async def _answer(self, request: web.BaseRequest, scheme: str) -> web.StreamResponse:
        address = self._address(request, scheme)
        if address is None:
            return web.Response(status=400, text="the request names no host that can be served\n")
        if request.method != "GET":
            self._note(request, address, Reply(status=405), 0)
            return web.Response(status=405, headers={"Allow": "GET"})
        reply = self._site.reply(address, {name.lower(): value for name, value in request.headers.items()})
        await self._pause(reply.delay)
        return await self._send(request, address, reply)

    def _address(self, request: web.BaseRequest, scheme: str) -> Address | None:
        """The URL that was asked for; without a scheme the one that is served, `https` before `http`."""
        for choice in (scheme,) if scheme in ("http", "https") else ("https", "http"):
            try:
                address = parse(f"{choice}://{request.headers.get('Host', '')}{request.raw_path}")
            except UnusableURL:
                return None
            if address.origin in self._site.origins or choice in (scheme, "http"):
                return address
        return None

    async def _send(self, request: web.BaseRequest, address: Address, reply: Reply) -> web.StreamResponse:
        if reply.fault == "reset":
            self._note(request, address, reply, 0)
            _reset(request)
            return web.Response(status=reply.status)
        response = web.StreamResponse(status=reply.status, reason=reply.reason, headers=dict(reply.headers))
        half = reply.body[: len(reply.body) // 2] if reply.fault != "none" else reply.body
        if reply.status not in (204, 304):
            response.content_length = len(reply.body) if reply.body or reply.fault == "none" else 1
        self._note(request, address, reply, len(half))
        try:
            await response.prepare(request)
            if half:
                await response.write(half)
            if reply.fault == "stall":
                await self._pause(3600.0)
            if reply.fault in ("truncate", "stall"):
                if request.transport is not None:
                    request.transport.close()
                return response
            await response.write_eof()
        except ConnectionError:
            return response
        return response

    async def _pause(self, seconds: float) -> None:
        """Wait, unless the replay ends before."""
        if seconds > 0:
            try:
                async with asyncio.timeout(seconds):
                    await self.closing.wait()
            except TimeoutError:
                pass

    def _note(self, request: web.BaseRequest, address: Address, reply: Reply, sent: int) -> None:
        self._served.log.append(Asked(request.method, address.url, reply.status, sent, reply.fault))


def _reset(request: web.BaseRequest) -> None:
    """Break the connection as a crashed server does: with RST instead of an orderly end."""
    transport = request.transport
    if transport is None:
        return
    raw = transport.get_extra_info("socket")
    if raw is not None:
        raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    transport.abort()

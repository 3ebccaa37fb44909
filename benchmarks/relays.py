"""Relays on loopback: each stands between one worker and the replayed servers, and can be cut and mended."""

import asyncio
import json
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

LOOPBACK = "127.0.0.1"


@dataclass
class Relay:
    """One relay: its own port for each port behind it. While it is cut it closes what runs and takes nothing new."""

    resolve: dict[str, Any]
    cut: bool = False
    answers: int = 0
    """Pieces that came back through the line: about one an answer, for small files."""
    refused: int = 0
    running: set[asyncio.StreamWriter] = field(default_factory=set)
    loop: asyncio.AbstractEventLoop | None = None

    def cut_off(self) -> None:
        """Cut the line, in the middle of whatever passes it."""
        self.cut = True
        if self.loop is not None:
            self.loop.call_soon_threadsafe(self._drop)

    def mend(self) -> None:
        """Let the line work again."""
        self.cut = False

    def _drop(self) -> None:
        for writer in list(self.running):
            writer.transport.abort()

    async def serve(self, port: int) -> tuple[asyncio.Server, int]:
        """Listen for connections that go to a port."""

        async def passes(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            if self.cut:
                self.refused += 1
                writer.transport.abort()
                return
            try:
                there, back = await asyncio.open_connection(LOOPBACK, port)
            except OSError:
                writer.transport.abort()
                return
            self.running |= {writer, back}
            await asyncio.gather(self._pump(reader, back), self._pump(there, writer, count=True))
            self.running -= {writer, back}

        server = await asyncio.start_server(passes, LOOPBACK, 0)
        return server, int(server.sockets[0].getsockname()[1])

    async def _pump(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, *, count: bool = False) -> None:
        with suppress(OSError):
            while piece := await reader.read(1 << 16):
                self.answers += count
                writer.write(piece)
                await writer.drain()
        with suppress(OSError, RuntimeError):
            writer.close()


@contextmanager
def relays(resolve: Mapping[str, Any], number: int) -> Iterator[list[Relay]]:
    """So many relays before the servers of a resolve map, each with a map of its own that leads through it."""
    loop, ready, made = asyncio.new_event_loop(), threading.Event(), [Relay({}) for _ in range(number)]
    stop = asyncio.Event()

    async def run() -> None:
        servers = []
        for relay in made:
            relay.loop, ports = loop, {}
            for place in {value for value in resolve["origins"].values() if value and value != "refused"}:
                server, ports[place] = await relay.serve(urlsplit(place).port or 0)
                servers.append(server)
            origins = {
                origin: f"{urlsplit(place).scheme}://{LOOPBACK}:{ports[place]}" if place in ports else place
                for origin, place in resolve["origins"].items()
            }
            relay.resolve = json.loads(json.dumps({**resolve, "origins": origins}))
        ready.set()
        await stop.wait()
        for relay in made:
            relay._drop()
        for server in servers:
            server.close()

    thread = threading.Thread(target=loop.run_until_complete, args=(run(),), daemon=True)
    thread.start()
    ready.wait()
    try:
        yield made
    finally:
        loop.call_soon_threadsafe(stop.set)
        thread.join()
        loop.close()

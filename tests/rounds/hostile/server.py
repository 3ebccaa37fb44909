"""A server that answers as nobody should, host by host: pieces of bytes and pauses in seconds, without end where wanted."""

import asyncio
import ssl
import threading
from collections import defaultdict
from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping
from contextlib import AsyncExitStack, closing, contextmanager, suppress
from dataclasses import dataclass, field

from atalaya.replay.certificates import server_context

Pieces = Iterable[bytes | float]
"""What is sent, piece by piece; a number is a pause in seconds."""
Script = Callable[[str], Pieces]
"""The target of a request → the whole answer, status line and headers included."""
Handler = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


@dataclass(slots=True)
class Hostile:
    """The running server: its plain port, one with TLS for each certificate, one that never shakes hands; and what it saw."""

    scripts: Mapping[str, Script]
    plain: int = 0
    silent: int = 0
    tls: dict[str, int] = field(default_factory=dict)
    asked: defaultdict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    sent: defaultdict[str, int] = field(default_factory=lambda: defaultdict(int))

    async def answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One request, one answer, then the connection is closed."""
        with suppress(OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError), closing(writer):
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
            target = head.split(" ", 2)[1]
            host = next(line[6:] for line in head.split("\r\n") if line.lower().startswith("host: ")).partition(":")[0]
            self.asked[host].append(target)
            for piece in self.scripts[host](target):
                if isinstance(piece, float):
                    await asyncio.sleep(piece)
                    continue
                writer.write(piece)
                await writer.drain()
                self.sent[host] += len(piece)

    async def say_nothing(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Hold the connection until the client leaves."""
        with suppress(OSError), closing(writer):
            while await reader.read(4096):
                pass


@contextmanager
def serving_hostile(scripts: Mapping[str, Script], hosts: Mapping[str, str]) -> Iterator[Hostile]:
    """Serve from a thread while the context lasts. `hosts` are host → kind of bad certificate."""
    found = Hostile(scripts)
    ready = threading.Event()
    loop, stop = asyncio.new_event_loop(), asyncio.Event()

    async def serve() -> None:
        async with AsyncExitStack() as stack:

            async def listen(handler: Handler, context: ssl.SSLContext | None = None) -> int:
                server = await asyncio.start_server(handler, "127.0.0.1", 0, ssl=context, limit=1 << 20)
                stack.callback(server.close)
                return int(server.sockets[0].getsockname()[1])

            found.plain, found.silent = await listen(found.answer), await listen(found.say_nothing)
            for host, kind in hosts.items():
                found.tls[host] = await listen(found.answer, server_context(kind, (host,)))
            ready.set()
            await stop.wait()
        running = asyncio.all_tasks() - {asyncio.current_task()}
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)
        await asyncio.sleep(0.1)  # transports close in turns of the loop

    def work() -> None:
        asyncio.set_event_loop(loop)
        loop.set_exception_handler(lambda _loop, _context: None)  # what clients break off is no news here
        try:
            loop.run_until_complete(serve())
        finally:
            ready.set()
            loop.close()

    thread = threading.Thread(target=work, name="hostile", daemon=True)
    thread.start()
    ready.wait()
    try:
        yield found
    finally:
        loop.call_soon_threadsafe(stop.set)
        thread.join()


def http(body: bytes = b"", *headers: str, status: str = "200 OK") -> bytes:
    """A whole answer, without a length unless the headers give one."""
    return "\r\n".join([f"HTTP/1.1 {status}", "Connection: close", *headers, "", ""]).encode("latin-1") + body


def always(*pieces: bytes | float) -> Script:
    """The same answer to everything."""
    return lambda _target: pieces

"""A server of small files on loopback, in a process of its own, that remembers when it was asked for what.

It speaks just enough HTTP/1.1 to be asked over and over on one connection, so that what is measured is who asks. Every file
is answered from memory; `/arrivals` tells, per Host, the moments at which requests came, and forgets them.

    python -m benchmarks.loopback FOLDER ADDRESS…
"""

import asyncio
import json
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.material import ROOT

TYPES = {".csv": "text/csv; charset=utf-8", ".json": "application/json"}
ABSENT = b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"
ARRIVALS = b"/arrivals"


@dataclass(frozen=True, slots=True)
class Loopback:
    """A running server: its port, the same on every address that it listens at."""

    port: int
    addresses: tuple[str, ...]

    def origin(self, number: int) -> str:
        """The origin of one of its addresses; numbers above their count begin anew."""
        return f"http://{self.addresses[number % len(self.addresses)]}:{self.port}"


class _Connection(asyncio.Protocol):
    """One connection: requests without bodies, answered in order."""

    def __init__(self, files: "_Files", arrivals: defaultdict[str, list[float]]) -> None:
        self._files, self._arrivals = files, arrivals
        self._transport: asyncio.Transport | None = None
        self._pending = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        assert self._transport is not None
        self._pending += data
        while (end := self._pending.find(b"\r\n\r\n")) >= 0:
            head, self._pending = self._pending[:end], self._pending[end + 4 :]
            target = head.split(b" ", 2)[1].partition(b"?")[0]
            if target == ARRIVALS:
                body = json.dumps(self._arrivals).encode()
                self._arrivals.clear()
                self._transport.write(_answer(body, "application/json"))
                continue
            self._arrivals[_host(head)].append(time.monotonic())
            self._transport.write(self._files.answer(target))


class _Files:
    """The files of a folder as answers, each read once."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._answers: dict[bytes, bytes] = {}

    def answer(self, target: bytes) -> bytes:
        """The whole answer for a target."""
        if target not in self._answers:
            path = self._folder / target.decode().lstrip("/")
            known = path.suffix in TYPES and path.is_file()
            self._answers[target] = _answer(path.read_bytes(), TYPES[path.suffix]) if known else ABSENT
        return self._answers[target]


def _host(head: bytes) -> str:
    for line in head.split(b"\r\n")[1:]:
        name, _, value = line.partition(b":")
        if name.lower() == b"host":
            return value.strip().decode("latin-1").rpartition(":")[0]
    return ""


def _answer(body: bytes, media_type: str) -> bytes:
    return f"HTTP/1.1 200 OK\r\nContent-Type: {media_type}\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body


async def _serve(folder: Path, addresses: Sequence[str]) -> None:
    files = _Files(folder)
    arrivals: defaultdict[str, list[float]] = defaultdict(list)
    loop = asyncio.get_running_loop()
    first = await loop.create_server(lambda: _Connection(files, arrivals), addresses[0], 0)
    port = first.sockets[0].getsockname()[1]
    for address in addresses[1:]:
        await loop.create_server(lambda: _Connection(files, arrivals), address, port)
    print(port, flush=True)
    # Whoever started the server closes its input, or dies: either way it ends.
    await asyncio.to_thread(sys.stdin.read)


@contextmanager
def serving_files(folder: Path, addresses: Sequence[str] = ("127.0.0.1",)) -> Iterator[Loopback]:
    """Serve the files of a folder from another process at these loopback addresses."""
    command = [sys.executable, "-m", "benchmarks.loopback", str(folder), *addresses]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            yield Loopback(int(process.stdout.readline()), tuple(addresses))
        finally:
            process.stdin.close()


if __name__ == "__main__":
    asyncio.run(_serve(Path(sys.argv[1]), sys.argv[2:]))

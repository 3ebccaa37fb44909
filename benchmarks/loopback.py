"""A server of small files on loopback, in a process of its own, that remembers when it was asked for what.

aiohttp at this end too, answering from memory, so that a bare client measures the library alone. `/arrivals` tells, per Host, the
moments at which requests came, and forgets them.

    python -m benchmarks.loopback FOLDER ADDRESS…
"""

import asyncio
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from aiohttp import web

from benchmarks.material import ROOT

TYPES = {".csv": "text/csv; charset=utf-8", ".json": "application/json"}
ARRIVALS = "/arrivals"


@dataclass(frozen=True, slots=True)
class Loopback:
    """A running server: its port, the same on every address that it listens at."""

    port: int
    addresses: tuple[str, ...]

    def origin(self, number: int) -> str:
        """The origin of one of its addresses; numbers above their count begin anew."""
        return f"http://{self.addresses[number % len(self.addresses)]}:{self.port}"


class _Files:
    """The files of a folder, each read once, and the moments at which they were asked for."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._bodies: dict[str, tuple[bytes, str]] = {}
        self._arrivals: defaultdict[str, list[float]] = defaultdict(list)

    async def answer(self, request: web.Request) -> web.Response:
        """A file, or what is not there."""
        if request.path == ARRIVALS:
            told = web.json_response(self._arrivals)
            self._arrivals.clear()
            return told
        self._arrivals[request.host.rpartition(":")[0]].append(time.monotonic())
        known = self._bodies.get(request.path) or self._read(request.path)
        if known is None:
            return web.Response(status=404)
        body, media_type = known
        return web.Response(body=body, headers={"Content-Type": media_type})

    def _read(self, path: str) -> tuple[bytes, str] | None:
        place = self._folder / path.lstrip("/")
        if place.suffix not in TYPES or not place.is_file():
            return None
        self._bodies[path] = (place.read_bytes(), TYPES[place.suffix])
        return self._bodies[path]


async def _serve(folder: Path, addresses: Sequence[str]) -> None:
    app = web.Application()
    app.router.add_get("/{path:.*}", _Files(folder).answer)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    port = 0
    for address in addresses:
        site = web.TCPSite(runner, address, port)
        await site.start()
        port = port or runner.addresses[0][1]
    print(port, flush=True)
    # Whoever started the server closes its input, or dies: either way it ends.
    await asyncio.to_thread(sys.stdin.read)
    await runner.cleanup()


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

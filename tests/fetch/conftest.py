"""What the tests of fetch share: a clock that moves when it is slept on, and a client over a replay written on the spot."""

import asyncio
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml

from atalaya.clock import Clock
from atalaya.fetch.client import Client
from atalaya.fetch.gate import Gate
from atalaya.fetch.resolve import ResolveMap
from atalaya.replay.server import Served, serve
from atalaya.settings import Settings, read_settings
from atalaya.store.archive import Archive

MOMENT = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)


@dataclass
class Steps:
    """A clock that stands still until somebody sleeps; remembers every sleep."""

    moment: datetime = MOMENT
    slept: list[float] = field(default_factory=list)

    @property
    def clock(self) -> Clock:
        return Clock(now=lambda: self.moment, sleep=self._sleep)

    async def _sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.moment += timedelta(seconds=seconds)
        await asyncio.sleep(0)


@pytest.fixture
def steps() -> Steps:
    return Steps()


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return read_settings({"ATALAYA_TIMEOUT": "0.4", "ATALAYA_RATE": "1000"}, tmp_path / "home")


@dataclass
class World:
    """A replay and a client that sees nothing else."""

    served: Served
    client: Client
    archive: Archive
    gate: Gate


Worlds = Callable[..., AbstractAsyncContextManager[World]]


async def no_dns(host: str, port: int) -> list[str]:
    raise socket.gaierror(socket.EAI_NONAME, f"{host}:{port} must not be looked up")


@pytest.fixture
def world(tmp_path: Path, settings: Settings, steps: Steps) -> Worlds:
    """`async with world(routes=[…], tls=[…]) as w:` serves that replay and opens a client on it."""

    @asynccontextmanager
    async def open_world(
        *, validators: Any = None, lookup: Any = no_dns, rates: Any = None, origins: Any = None, **replay: Any
    ) -> AsyncIterator[World]:
        folder = tmp_path / "replay"
        folder.mkdir(exist_ok=True)
        (folder / "replay.yml").write_text(yaml.safe_dump({"format": 1, **replay}, allow_unicode=True))
        archive = Archive(tmp_path / "home" / "archive")
        gate = Gate(tmp_path / "home" / "gate", settings, steps.clock)
        async with serve(folder) as served:
            listed = served.resolve_map
            resolve = ResolveMap({**listed.origins, **(origins or {})}, listed.unlisted)
            async with Client(
                settings, archive, gate, steps.clock, resolve, validators, rates=rates, lookup=lookup
            ) as client:
                yield World(served, client, archive, gate)

    return open_world


class Raw:
    """A server that answers a path with exactly these bytes and then closes; it sees the requests."""

    def __init__(self) -> None:
        self.answers: dict[str, bytes | list[bytes]] = {}
        self.requests: list[str] = []
        self.port = 0

    async def serve_one(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            first = await reader.read(1)
            if first == b"\x16":  # the hello of TLS, which this server does not speak
                writer.write(b"HTTP/1.1 400 Bad Request\r\n\r\n")
                return
            head = (first + await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
            self.requests.append(head)
            answer = self.answers.get(head.split(" ")[1], b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n")
            for piece in answer if isinstance(answer, list) else [answer]:
                writer.write(piece)
                await writer.drain()
                await asyncio.sleep(0.01)
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()


@pytest.fixture
async def raw() -> AsyncIterator[Raw]:
    found = Raw()
    server = await asyncio.start_server(found.serve_one, "127.0.0.1", 0)
    found.port = server.sockets[0].getsockname()[1]
    yield found
    server.close()
    await server.wait_closed()

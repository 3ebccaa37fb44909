"""A whole round over the sample country beside a bare client that asks for the same addresses: a part of `make bench`."""

import asyncio
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import aiohttp
import yaml

from atalaya.cli.demo import observe_sample
from atalaya.replay.server import Served, serve
from atalaya.samples.sample import write_sample
from benchmarks.lines import Line


def bench_lines() -> Iterator[Line]:
    """One line; half of the time of two rounds, as the second continues the first."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_sample(folder / "yardstick", 1)
        started = time.perf_counter()
        observe_sample(folder / "demo", 1, quiet=True)
        seconds = (time.perf_counter() - started) / 2
        bare = asyncio.run(_bare(folder / "yardstick" / "day-1"))
    yield Line(
        what="one round over the sample country",
        value=seconds,
        yardstick="aiohttp asking for the same addresses",
        yardstick_value=bare,
    )


async def _bare(replay: Path) -> float:
    urls = [route["url"] for route in yaml.safe_load((replay / "replay.yml").read_text(encoding="utf-8"))["routes"]]
    async with serve(replay) as served, aiohttp.ClientSession() as session:
        started = time.perf_counter()
        await asyncio.gather(*(_ask(session, served, url) for url in urls))
        return time.perf_counter() - started


async def _ask(session: aiohttp.ClientSession, served: Served, url: str) -> None:
    scheme, _, rest = url.partition("://")
    host, _, path = rest.partition("/")
    headers = {"Host": host, "X-Forwarded-Proto": scheme}
    timeout = aiohttp.ClientTimeout(total=2.0)
    try:
        async with session.get(f"http://127.0.0.1:{served.port}/{path}", headers=headers, timeout=timeout) as answer:
            await answer.read()
    except (aiohttp.ClientError, TimeoutError):
        return

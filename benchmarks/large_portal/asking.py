"""Asks addresses at the moments of a plan, whatever becomes of the answers, at the lowest priority.

    python -m benchmarks.large_portal.asking ADDRESS PLAN RESULTS

PLAN is a list of `[seconds, type, fresh, path]` as JSON; RESULTS gets `[type, fresh, status, milliseconds, bytes, path]` of each,
measured from the moment that was planned, so that a portal that keeps visitors waiting cannot slow the visitors down.
"""

import asyncio
import json
import os
import sys
import time
from pathlib import Path

import aiohttp

NICE = 19
TIMEOUT = 30.0
GZIP = {"Accept-Encoding": "gzip"}


async def ask(base: str, plan: list[tuple[float, str, bool, str]]) -> list[tuple[str, bool, int, float, int, str]]:
    """Ask everything, each at its moment."""
    results: list[tuple[str, bool, int, float, int, str]] = []
    timeout = aiohttp.ClientTimeout(total=TIMEOUT)
    connector = aiohttp.TCPConnector(limit=0)
    async with aiohttp.ClientSession(
        base, timeout=timeout, connector=connector, auto_decompress=False, headers=GZIP
    ) as session:
        started = time.perf_counter() + 0.2

        async def one(moment: float, kind: str, fresh: bool, path: str) -> None:
            await asyncio.sleep(max(0.0, started + moment - time.perf_counter()))
            try:
                async with session.get(path) as answer:
                    size, status = len(await answer.read()), answer.status
            except (aiohttp.ClientError, TimeoutError):
                size, status = 0, 0
            results.append((kind, fresh, status, (time.perf_counter() - started - moment) * 1000, size, path))

        await asyncio.gather(*(one(*each) for each in plan))
    return results


def main() -> None:
    """Ask and write."""
    base, plan, results = sys.argv[1:]
    os.nice(NICE)
    done = asyncio.run(ask(base, json.loads(Path(plan).read_text())))
    Path(results).write_text(json.dumps(done))


if __name__ == "__main__":
    main()

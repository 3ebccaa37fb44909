"""Single documents, asked for outside of rounds as politely as in one: with the gate, robots.txt and the archive of rounds."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from atalaya.clock import system_clock
from atalaya.fetch.answers import Answer
from atalaya.fetch.client import Client
from atalaya.fetch.gate import Gate, Policy, limits_of
from atalaya.settings import Settings
from atalaya.store.archive import Archive

AT_ONCE = 8
"""Addresses that are asked side by side; of one host the gate lets through one after the other."""


async def asked(urls: Sequence[str], settings: Settings, found: Any, *, local: bool) -> list[Any]:
    """Ask each address once, AT_ONCE side by side, and keep in the archive of `settings.home` what comes whole.

    `found` is called with `url`, `when`, `status`, `failure` (its code, else empty), `sha256` and `size` of what came of each;
    gives what it gives, in the order of the addresses. `local` permits private and loopback addresses.
    """
    clock = system_clock()
    archive = Archive(settings.home / "archive")
    policy = policy_of(settings, local=local)
    turns = asyncio.Semaphore(AT_ONCE)
    async with Client(settings, archive, Gate(settings.home / "gate", settings, clock), clock) as client:

        async def ask(url: str) -> Any:
            async with turns:
                return _told(await client.fetch(url, policy), clock.now(), found)

        return list(await asyncio.gather(*map(ask, urls)))


def policy_of(settings: Settings, *, local: bool) -> Policy:
    """As in a round: robots.txt is obeyed, and what is too large to be kept whole is not read to its end."""
    return replace(
        limits_of(settings),
        requests_per_second=settings.requests_per_second,
        local=local,
        stream_limit=min(settings.stream_limit, settings.body_limit),
    )


def _told(answer: Answer, moment: datetime, found: Any) -> Any:
    blob = answer.blob if answer.ok and answer.blob is not None and answer.blob.kept == "whole" else None
    return found(
        url=answer.requested_url,
        when=moment,
        status=answer.status,
        failure=answer.failure.value if answer.failure is not None else "",
        sha256=blob.sha256 if blob else "",
        size=blob.size if blob else None,
    )

"""`atalaya plans probe`: asks the documents that readings of plans rest on, keeps a copy, and tells which are no longer there."""

import asyncio
import os
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from importlib import import_module
from pathlib import Path
from typing import Any

import click

from atalaya.cli.output import HOME_OPTION, JSON_OPTION, console, print_json
from atalaya.clock import system_clock
from atalaya.fetch.answers import Answer
from atalaya.fetch.client import Client
from atalaya.fetch.gate import Gate, Policy, limits_of
from atalaya.fetch.loop import run
from atalaya.portal.database import serving_database
from atalaya.portal.migrating import migrate, portal_on
from atalaya.settings import Settings, read_portal_settings, read_settings
from atalaya.store.archive import Archive

AT_ONCE = 8
"""Addresses that are asked side by side; of one host the gate lets through one after the other."""


@click.command("probe")
@click.option("--local", is_flag=True, help="Permit private and loopback addresses.")
@HOME_OPTION
@JSON_OPTION
def PROBE(local: bool, home: Path | None, as_json: bool) -> None:  # noqa: N802 - the name that its group takes
    """Ask the addresses of evidence that are due, archive what comes, and tell how many are there and gone."""
    settings = read_portal_settings(os.environ, home)
    engine = replace(read_settings(os.environ), home=settings.home)
    with serving_database(settings.home, settings.database) as address:
        migrate(address, settings.home)
        with portal_on(address, settings.home):
            # Models can be had only once Django is set up.
            links = import_module("atalaya.portal.commitments.services.links")
            urls = links.due(system_clock().now())
            counts = links.record(run(_asked(urls, engine, links.Found, local=local)))
    if as_json:
        print_json({"asked": len(urls), **counts})
        return
    console().print(f"{len(urls)} addresses asked.", markup=False)
    for state, count in sorted(counts.items()):
        console().print(f"  {state}: {count}", markup=False)


async def _asked(urls: Sequence[str], settings: Settings, found: Any, *, local: bool) -> list[Any]:
    clock = system_clock()
    archive = Archive(settings.home / "archive")
    policy = _policy(settings, local=local)
    turns = asyncio.Semaphore(AT_ONCE)
    async with Client(settings, archive, Gate(settings.home / "gate", settings, clock), clock) as client:

        async def ask(url: str) -> Any:
            async with turns:
                return _told(await client.fetch(url, policy), clock.now(), found)

        return list(await asyncio.gather(*map(ask, urls)))


def _policy(settings: Settings, *, local: bool) -> Policy:
    """As pages are asked for in a round: robots.txt is obeyed, and what is too large to be kept whole is not read to its end."""
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

"""`atalaya worker`: does the work that the portal has enqueued, on this machine or another."""

import asyncio
import os
import signal
import sys
import threading
from collections.abc import Coroutine
from importlib import import_module
from pathlib import Path
from typing import Any

import click

from atalaya.cli.output import HOME_OPTION
from atalaya.portal.database import serving_database
from atalaya.portal.migrating import migrate, portal_on
from atalaya.settings import read_portal_settings

LAST = 10.0
"""Seconds that jobs in hand are waited for once a worker is told to end; what is not done then is done by another."""


@click.command("worker")
@click.option("--jobs", "at_once", type=click.IntRange(1, 64), default=4, show_default=True, help="Jobs at once.")
@click.option(
    "--stalled",
    type=click.FloatRange(1, 3600),
    default=30.0,
    show_default=True,
    help="Seconds of silence after which another worker counts as dead, and its jobs are taken again.",
)
@click.option("--once", is_flag=True, help="Do what is due, and end.")
@click.option("--cron/--no-cron", default=True, help="Enqueue what is due by the clock, such as the daily sweep.")
@click.option("--with-input", is_flag=True, hidden=True, help="End when the standard input does.")
@HOME_OPTION
def COMMAND(  # noqa: N802 - the name the registry reads
    at_once: int, stalled: float, once: bool, cron: bool, with_input: bool, home: Path | None
) -> None:
    """Do the portal's jobs until interrupted: rounds, rechecks, letters. Run as many as wanted, on any machine."""
    if with_input:
        threading.Thread(target=_end_with_input, daemon=True).start()
    settings = read_portal_settings(os.environ, home)
    with serving_database(settings.home, settings.database) as address:
        migrate(address, settings.home)
        with portal_on(address, settings.home):
            # It holds models, which can be had only once Django is set up.
            working = import_module("atalaya.portal.jobs.working")
            pace = working.Pace(at_once=at_once, stalled=stalled, once=once, cron=cron)
            asyncio.run(_until_told(working.work(pace)))


async def _until_told(work: Coroutine[Any, Any, None]) -> None:
    """Work until a signal; jobs that do not end soon after it are left to another worker, as if this one had died."""
    task = asyncio.ensure_future(work)
    loop = asyncio.get_running_loop()
    for sign in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(sign, _stop, task)
    try:
        await task
    except asyncio.CancelledError:
        return


def _stop(task: "asyncio.Future[None]") -> None:
    task.cancel()
    last = threading.Timer(LAST, os._exit, (0,))
    last.daemon = True
    last.start()


def _end_with_input() -> None:
    """Whoever started this process holds its standard input open: when that ends, for whatever reason, so does this."""
    os.read(sys.stdin.fileno(), 1)
    os.kill(os.getpid(), signal.SIGTERM)

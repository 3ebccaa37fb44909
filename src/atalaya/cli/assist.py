"""`atalaya assist`: work for rounds that another machine leads."""

import os
import secrets
import socket
from pathlib import Path

import click

from atalaya.cli.output import HOME_OPTION, JSON_OPTION, console, print_json
from atalaya.clock import system_clock
from atalaya.countries.reader import find_pack, read_pack
from atalaya.fetch.loop import run
from atalaya.rounds.run import collecting_rarely
from atalaya.rounds.workers.work import Worker, work
from atalaya.settings import read_settings


@click.command("assist")
@click.option("--country", required=True, help="Country pack: a code such as gt, or a folder; the same as the lead's.")
@click.option("--resolve", type=click.Path(dir_okay=False, path_type=Path), help="Connect as this resolve.json says.")
@click.option("--at-once", type=click.IntRange(1, 64), default=4, show_default=True, help="Shares worked on at once.")
@click.option(
    "--lease",
    type=click.FloatRange(min=3),
    default=60.0,
    show_default=True,
    help="Seconds after which others take over when this worker gives no sign of life.",
)
@click.option("--wait", type=click.FloatRange(min=0), help="End after so many seconds without work; never by default.")
@HOME_OPTION
@JSON_OPTION
def COMMAND(  # noqa: N802 - the name the registry reads
    country: str,
    resolve: Path | None,
    at_once: int,
    lease: float,
    wait: float | None,
    home: Path | None,
    as_json: bool,
) -> None:
    """Fetch and inspect for rounds that `atalaya observe --workers` leads, over ATALAYA_ENGINE and ATALAYA_STORAGE.

    The home folder is the worker's own and holds nothing that lasts. Hosts are asked at one pace by all workers together.
    """
    worker = Worker(
        settings=read_settings(os.environ, home),
        pack=read_pack(find_pack(country)),
        name=f"{socket.gethostname()}-{os.getpid()}-{secrets.token_hex(3)}",
        clock=system_clock(),
        resolve=resolve,
        at_once=at_once,
        lease=lease,
        told=lambda text: console(errors=True).print(text, markup=False),
    )
    with collecting_rarely():
        done = run(work(worker, wait))
    if as_json:
        print_json({"worker": worker.name, "units": done})
        return
    console().print(f"{worker.name} did {done} units.", markup=False)

"""`atalaya replay`: serve a folder of recorded or made catalogues as real HTTP on loopback."""

import asyncio
import signal
import sys
from pathlib import Path

import click

from atalaya.cli.output import JSON_OPTION, console, print_json
from atalaya.fetch.loop import run
from atalaya.replay.server import LOOPBACK, Served, serve, write_resolve


@click.command("replay")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option(
    "--resolve-file",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Where to write resolve.json (default: in FOLDER).",
)
@JSON_OPTION
def COMMAND(folder: Path, resolve_file: Path | None, as_json: bool) -> None:  # noqa: N802 - the registry's name
    """Serve FOLDER (its replay.yml, or its recordings) on loopback until it is interrupted.

    Observe what it serves with `atalaya observe --resolve FILE`, in another terminal.
    """
    run(_run(folder, resolve_file or folder / "resolve.json", as_json))


async def _run(folder: Path, resolve_file: Path, as_json: bool) -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    async with serve(folder) as served:
        write_resolve(served, resolve_file)
        _tell(served, resolve_file, as_json)
        await stop.wait()


def _tell(served: Served, resolve_file: Path, as_json: bool) -> None:
    origins = len(served.resolve["origins"])
    if as_json:
        print_json({"port": served.port, "resolve_file": str(resolve_file), "origins": origins})
    else:
        text = (
            f"Ready: {origins} origins on {LOOPBACK}:{served.port}. Observe with --resolve {resolve_file}; Ctrl+C ends."
        )
        console().print(text)
    # Whoever started this waits for the line, perhaps through a pipe.
    sys.stdout.flush()

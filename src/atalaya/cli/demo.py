"""`atalaya demo`: a small sample country observed twice, two days apart, over real HTTP on loopback, shown on the portal."""

import functools
import http.server
import os
import shutil
import webbrowser
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import click
import yaml

from atalaya.cli.output import JSON_OPTION, console, print_json, stage_progress
from atalaya.cli.summary import print_summary, summary
from atalaya.clock import fixed_clock, stamp, system_clock
from atalaya.countries.reader import read_pack
from atalaya.exceptions import StoreError
from atalaya.fetch.loop import run
from atalaya.history.read import Sealed
from atalaya.replay.server import serving, write_resolve
from atalaya.rounds.opening import Request
from atalaya.rounds.run import Plan, observe
from atalaya.samples.sample import write_sample
from atalaya.settings import read_settings

MARK = "sample.yml"
STALLED_AFTER = 2.0
"""Seconds without a byte before a sample host counts as stalled: loopback is never slow."""


def observe_sample(folder: Path, seed: int, *, quiet: bool = False) -> list[Sealed]:
    """Write the sample country into `folder/sample`, observe each of its days into `folder/home`; gives the observations."""
    sample, home = folder / "sample", folder / "home"
    write_sample(sample, seed)
    days = yaml.safe_load((sample / MARK).read_text(encoding="utf-8"))["as_of"]
    pack = read_pack(sample / "country")
    settings = replace(read_settings(os.environ, home), timeout=STALLED_AFTER)
    observed = []
    for number, day in enumerate(days, start=1):
        clock = fixed_clock(datetime.fromisoformat(day))
        with serving(sample / f"day-{number}") as served, stage_progress(quiet=quiet) as told:
            resolve = folder / f"resolve-{number}.json"
            write_resolve(served, resolve)
            plan = Plan(settings=settings, clock=clock, pacing=system_clock(), resolve=resolve, progress=told)
            request = Request(pack=pack, as_of=stamp(clock.now()), as_of_stated=True, seed=seed)
            observed.append(run(observe(plan, request)))
    return observed


@click.command("demo")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option("--seed", type=int, default=1, show_default=True, help="Which sample country.")
@click.option("--once", is_flag=True, help="End after the report is written instead of showing it in a browser.")
@JSON_OPTION
def COMMAND(folder: Path, seed: int, once: bool, as_json: bool) -> None:  # noqa: N802 - the name the registry reads
    """Observe a sample country twice into FOLDER and show the report. An earlier demo in FOLDER is replaced."""
    _clear(folder)
    observed = observe_sample(folder, seed, quiet=as_json)
    results = [summary(observation) for observation in observed]
    if as_json:
        print_json(results)
    else:
        print_summary(console(), results[-1])
    if not once:
        _show(observed[-1].folder)


def _clear(folder: Path) -> None:
    """Remove an earlier demo, and nothing else. Raises StoreError where the folder holds other things."""
    if not folder.exists() or not any(folder.iterdir()):
        return
    if not (folder / "sample" / MARK).exists():
        raise StoreError(f"{folder} is not empty and is no earlier demo; give another folder")
    shutil.rmtree(folder)


def _show(folder: Path) -> None:
    """Serve the reports on loopback until interrupted, and open the first in a browser."""
    handler = functools.partial(http.server.SimpleHTTPRequestHandler, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        address = f"http://127.0.0.1:{server.server_address[1]}/report.html"
        console().print(f"The report is at {address} until you press Ctrl-C.", markup=False)
        webbrowser.open(address)
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            console().print("Ended.")

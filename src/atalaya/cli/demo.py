"""`atalaya demo`: a small sample country observed twice, two days apart, over real HTTP on loopback, shown on the portal."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import click

from atalaya.cli.output import JSON_OPTION, console, print_json, stage_progress
from atalaya.cli.portal import dump_all, publish, show
from atalaya.cli.summary import print_summary, summary
from atalaya.clock import fixed_clock, stamp, system_clock
from atalaya.countries.reader import read_pack
from atalaya.exceptions import StoreError
from atalaya.fetch.loop import run
from atalaya.history.read import Sealed
from atalaya.portal.database import serving_database
from atalaya.portal.serving import free_port
from atalaya.portal.visits import OF_PEOPLE, Visit, page_types, visit_all
from atalaya.replay.server import serving, write_resolve
from atalaya.rounds.opening import Request
from atalaya.rounds.run import Plan, observe
from atalaya.samples.sample import write_sample
from atalaya.settings import read_settings
from atalaya.yamls import load_yaml

MARK = "sample.yml"
STALLED_AFTER = 2.0
"""Seconds without a byte before a sample host counts as stalled: loopback is never slow."""

LOOPBACK = "127.0.0.1"
STOPPED_AFTER = 60
"""Seconds in which a portal that was told to end has ended."""


def observe_sample(folder: Path, seed: int, *, quiet: bool = False) -> list[Sealed]:
    """Write the sample country into `folder/sample`, observe each of its days into `folder/home`; gives the observations."""
    write_sample(folder / "sample", seed)
    return observe_days(folder, seed, quiet=quiet)


def observe_days(folder: Path, seed: int, *, quiet: bool = False) -> list[Sealed]:
    """Observe each day of the sample country in `folder/sample` into `folder/home`; gives the observations."""
    sample, home = folder / "sample", folder / "home"
    days = load_yaml((sample / MARK).read_text(encoding="utf-8"))["as_of"]
    pack = read_pack(sample / "country")
    settings = replace(read_settings(os.environ, home), timeout=STALLED_AFTER)
    observed = []
    for number, day in enumerate(days, start=1):
        clock = fixed_clock(datetime.fromisoformat(day))
        with serving(sample / f"day-{number}") as served, stage_progress(quiet=quiet) as told:
            resolve = folder / f"resolve-{number}.json"
            write_resolve(served, resolve)
            plan = Plan(settings=settings, clock=clock, pacing=system_clock(), resolve=resolve, progress=told)
            request = Request(pack=pack, as_of=stamp(clock.now()), as_of_stated=True, seed=seed, sites=True)
            observed.append(run(observe(plan, request)))
    return observed


@click.command("demo")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option("--seed", type=int, default=1, show_default=True, help="Which sample country.")
@click.option("--once", is_flag=True, help="Visit every type of page once and end, instead of opening a browser.")
@JSON_OPTION
def COMMAND(folder: Path, seed: int, once: bool, as_json: bool) -> None:  # noqa: N802 - the name the registry reads
    """Observe a sample country twice into FOLDER and open the portal on it. An earlier demo in FOLDER is replaced."""
    _clear(folder)
    observed = observe_sample(folder, seed, quiet=as_json)
    home = (folder / "home").resolve()
    with serving_database(home, "") as address:
        dump_all(folder / "home", observed)
        publish(address, home, observed, read_pack(folder / "sample" / "country"))
    visits = _visits(home) if once else []
    if as_json:
        print_json([summary(observation) for observation in observed])
    else:
        print_summary(console(), summary(observed[-1]))
        _print_visits(visits)
    if not once and not as_json:
        show(home, LOOPBACK, 0, opened=True)


def _visits(home: Path) -> list[Visit]:
    """Every type of page, asked once of a portal that is started for it. Raises StoreError where one does not answer well."""
    with _served(home) as base:
        visits = list(visit_all(base))
    bad = [f"{visit.path} answered {visit.status}" for visit in visits if visit.status != 200]
    met = {visit.type for visit in visits}
    never = sorted(kind for kind in page_types() - met if kind.partition(":")[2] not in OF_PEOPLE)
    if bad or never:
        told = bad + [f"no link leads to a page of the type {name}" for name in never]
        raise StoreError(f"the portal over {home} is not whole: {'; '.join(told)}")
    return visits


@contextmanager
def _served(home: Path) -> Iterator[str]:
    """A portal in a process of its own; gives its address, and ends it after."""
    port = str(free_port(LOOPBACK))
    command = [sys.executable, "-m", "atalaya", "portal", "serve", "--port", port, "--home", str(home)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)  # noqa: S603 - our own command
    try:
        line = process.stdout.readline() if process.stdout else ""
        if not line:
            _, said = process.communicate(timeout=STOPPED_AFTER)
            raise StoreError(f"the portal over {home} did not start: {said.strip()[-400:]}")
        yield f"http://{LOOPBACK}:{port}/"
    finally:
        process.terminate()
        process.communicate(timeout=STOPPED_AFTER)


def _print_visits(visits: list[Visit]) -> None:
    for visit in visits:
        console().print(f"{visit.status} {visit.size:>7} B {visit.seconds:5.2f} s  {visit.path}", markup=False)


def _clear(folder: Path) -> None:
    """Remove an earlier demo, and nothing else. Raises StoreError where the folder holds other things."""
    if not folder.exists() or not any(folder.iterdir()):
        return
    if not (folder / "sample" / MARK).exists():
        raise StoreError(f"{folder} is not empty and is no earlier demo; give another folder")
    shutil.rmtree(folder)

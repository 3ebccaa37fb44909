"""`atalaya portal`: publish observations to the portal, and serve it."""

import os
import webbrowser
from importlib import import_module
from pathlib import Path

import click
import psycopg

from atalaya.cli.groups import Group
from atalaya.cli.output import HOME_OPTION, JSON_OPTION, console, print_json
from atalaya.countries.pack import CountryPack
from atalaya.countries.reader import find_pack, read_pack
from atalaya.exceptions import StoreError
from atalaya.history.read import Sealed, open_sealed
from atalaya.portal.database import serving_database
from atalaya.portal.migrating import migrate, portal_on
from atalaya.portal.serving import serve
from atalaya.publish.dumps.making import make_dump
from atalaya.publish.read_model import Loaded, load
from atalaya.settings import read_portal_settings
from atalaya.store.observations import folders, state_of

PORT = 8000


@click.group("portal", cls=Group)
def COMMAND() -> None:  # noqa: N802 - the name the registry reads
    """The portal: pages, search and downloads over what was observed."""


@COMMAND.command("load")
@click.option("--country", default="gt", show_default=True, help="Code of the country, or folder of its pack.")
@click.option("--dumps/--no-dumps", default=True, help="Make the dumps of observations that have none yet.")
@HOME_OPTION
@JSON_OPTION
def load_command(country: str, dumps: bool, home: Path | None, as_json: bool) -> None:
    """Show the sealed observations of a country on the portal, in place of what it shows now."""
    settings, pack = read_portal_settings(os.environ, home), read_pack(find_pack(country))
    observations = sealed_of(settings.home, pack)
    with serving_database(settings.home, settings.database) as address:
        shown, waiting = published_of(address, settings.home, observations)
        if dumps:
            dump_all(settings.home, shown)
        loaded = publish(address, settings.home, shown, pack)
    if as_json:
        print_json({"observation": loaded.observation, "rows": loaded.rows, "waiting": waiting})
        return
    console().print(f"The portal shows {loaded.observation}.", markup=False)
    for name in waiting:
        console().print(f"  {name} waits: two people publish it, after the right of reply.", markup=False)
    for table, count in loaded.rows.items():
        console().print(f"  {table}: {count}", markup=False)


@COMMAND.command("migrate")
@HOME_OPTION
@JSON_OPTION
def migrate_command(home: Path | None, as_json: bool) -> None:
    """Bring the tables of people to the shape that this version wants; `load` and `serve` do it too."""
    settings = read_portal_settings(os.environ, home)
    with serving_database(settings.home, settings.database) as address:
        applied = migrate(address, settings.home)
    if as_json:
        print_json({"applied": applied})
        return
    console().print(f"{len(applied)} migrations applied.", markup=False)


@COMMAND.command("serve")
@click.option("--address", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=PORT, show_default=True, help="Port; 0 for any free one."
)
@click.option("--workers", type=click.IntRange(1, 64), default=1, show_default=True, help="Processes that answer.")
@click.option("--open", "opened", is_flag=True, help="Open the first page in a browser.")
@click.option(
    "--worker/--no-worker", default=True, help="Run a worker beside it, which does rounds, letters and the rest."
)
@HOME_OPTION
def serve_command(address: str, port: int, workers: int, opened: bool, worker: bool, home: Path | None) -> None:
    """Serve the portal until it is interrupted."""
    show(read_portal_settings(os.environ, home).home, address, port, workers, opened=opened, worker=worker)


def show(home: Path, address: str, port: int, workers: int = 1, *, opened: bool = False, worker: bool = True) -> None:
    """Serve the portal and tell where it is; `opened` opens it in a browser, `worker` runs one beside it."""

    def ready(url: str) -> None:
        console().print(f"The portal is at {url} until you press Ctrl-C.", markup=False)
        if opened:
            webbrowser.open(url)

    serve(home, address, port, workers, ready, worker=worker)


def sealed_of(home: Path, pack: CountryPack) -> list[Sealed]:
    """The sealed observations of a country, oldest first. Raises StoreError where there are none."""
    found = [open_sealed(folder) for folder in folders(home, pack.code) if state_of(folder) == "sealed"]
    if not found:
        raise StoreError(
            f"{home} holds no sealed observation of {pack.code}; run `atalaya observe` first, or name --country"
        )
    return sorted(found, key=lambda each: each.manifest.as_of)


def published_of(address: str, home: Path, observations: list[Sealed]) -> tuple[list[Sealed], list[str]]:
    """The observations that may be shown, and the names of those on their way, which two people have yet to publish.

    Raises StoreError where none may be shown.
    """
    migrate(address, home)
    with portal_on(address, home):
        # Models can be had only once Django is set up.
        editions = import_module("atalaya.portal.rounds.editions")
        waiting = editions.withheld_of([each.manifest.observation for each in observations])
    shown = [each for each in observations if each.manifest.observation not in waiting]
    if not shown:
        raise StoreError(f"{', '.join(sorted(waiting))} waits to be published by two people; nothing else can be shown")
    return shown, sorted(waiting)


def dump_all(home: Path, observations: list[Sealed]) -> None:
    """Make the dumps of observations, those that have none yet; they are made once and then stay."""
    for each in observations:
        make_dump(home, each)


def publish(address: str, home: Path, observations: list[Sealed], pack: CountryPack) -> Loaded:
    """Load the read model into the database at an address, and the plans and communiqués of the pack that it does not hold yet.

    Raises StoreError where it does not answer.
    """
    migrate(address, home)
    try:
        connection = psycopg.connect(address, autocommit=True)
    except psycopg.OperationalError as error:
        told = str(error).strip().partition("\n")[0]
        raise StoreError(f"the portal's database does not answer ({told}); look at ATALAYA_DATABASE_URL") from error
    with connection:
        loaded = load(connection, observations, pack)
    with portal_on(address, home):
        # Models can be had only once Django is set up.
        import_module("atalaya.portal.beginning").begin(pack)
    return loaded

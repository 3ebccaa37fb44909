"""`atalaya plans probe`: asks the documents that readings of plans rest on, keeps a copy, and tells which are no longer there."""

import os
from importlib import import_module
from pathlib import Path

import click

from atalaya.cli.output import HOME_OPTION, JSON_OPTION, console, print_json
from atalaya.portal.database import serving_database
from atalaya.portal.migrating import migrate, portal_on
from atalaya.settings import read_portal_settings


@click.command("probe")
@click.option("--local", is_flag=True, help="Permit private and loopback addresses.")
@HOME_OPTION
@JSON_OPTION
def PROBE(local: bool, home: Path | None, as_json: bool) -> None:  # noqa: N802 - the name that its group takes
    """Ask the addresses of evidence that are due, archive what comes, and tell how many are there and gone."""
    settings = read_portal_settings(os.environ, home)
    with serving_database(settings.home, settings.database) as address:
        migrate(address, settings.home)
        with portal_on(address, settings.home):
            # Models can be had only once Django is set up.
            asked, counts = import_module("atalaya.portal.commitments.probing").probe_due(local=local)
    if as_json:
        print_json({"asked": asked, **counts})
        return
    console().print(f"{asked} addresses asked.", markup=False)
    for state, count in sorted(counts.items()):
        console().print(f"  {state}: {count}", markup=False)

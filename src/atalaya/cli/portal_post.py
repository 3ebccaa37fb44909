"""`atalaya portal post`: send the letters of the portal that are due."""

import os
from importlib import import_module
from pathlib import Path

import click

from atalaya.cli.output import HOME_OPTION, JSON_OPTION, console, print_json
from atalaya.portal.database import serving_database
from atalaya.portal.migrating import migrate, portal_on
from atalaya.settings import read_portal_settings


@click.command("post")
@HOME_OPTION
@JSON_OPTION
def COMMAND(home: Path | None, as_json: bool) -> None:  # noqa: N802 - the name the registry reads
    """Send the letters of the portal that are due, each once; those whose end nobody knows are held for a person."""
    settings = read_portal_settings(os.environ, home)
    with serving_database(settings.home, settings.database) as address:
        migrate(address, settings.home)
        with portal_on(address, settings.home):
            told = dict(import_module("atalaya.portal.post.sending").send_due())
    if as_json:
        print_json(told)
        return
    words = ", ".join(f"{count} {state}" for state, count in sorted(told.items())) or "nothing was due"
    console().print(f"Letters: {words}.", markup=False)

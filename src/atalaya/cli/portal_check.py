"""`atalaya portal check`: whether the portal is set up as it should be."""

import os
import sys
from pathlib import Path

import click

from atalaya.cli.output import HOME_OPTION, JSON_OPTION, console, print_json
from atalaya.clock import system_clock
from atalaya.portal.database import serving_database
from atalaya.portal.deployment import WRONG, look
from atalaya.settings import read_portal_settings, read_settings


@click.command("check")
@HOME_OPTION
@JSON_OPTION
def COMMAND(home: Path | None, as_json: bool) -> None:  # noqa: N802 - the name the registry reads
    """Look at settings, keys, disk, mail, clock, database and migrations; ends with 1 where anything is wrong.

    Nothing is changed and no letter is sent. Run it after an installation, an upgrade or a change of settings.
    """
    settings = read_portal_settings(os.environ, home)
    read_settings(os.environ, home)  # those of rounds must be usable as well
    with serving_database(settings.home, settings.database) as address:
        found = list(look(settings, address, system_clock().now))
    if as_json:
        print_json({"findings": [{"what": each.what, "state": each.state, "detail": each.detail} for each in found]})
    else:
        for each in found:
            console().print(f"{each.state:>9}  {each.what}: {each.detail}", markup=False)
    if any(each.state == WRONG for each in found):
        sys.exit(1)

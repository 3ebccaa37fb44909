"""`atalaya portal reply-period` and `deposit`: the right of reply before an edition, and rulings handed to the engine."""

import os
from datetime import UTC, datetime, time, timedelta
from importlib import import_module
from pathlib import Path
from typing import Any

import click

from atalaya.cli.output import HOME_OPTION, JSON_OPTION, console, print_json
from atalaya.history.read import open_sealed
from atalaya.portal.database import serving_database
from atalaya.portal.migrating import migrate, portal_on
from atalaya.settings import read_portal_settings
from atalaya.store.observations import find


@click.command("deposit")
@HOME_OPTION
@JSON_OPTION
def DEPOSIT(home: Path | None, as_json: bool) -> None:  # noqa: N802 - the name the registry reads
    """Put the rulings of the portal that wait among the decisions of the store, for the next round; each once."""
    settings = read_portal_settings(os.environ, home)
    with serving_database(settings.home, settings.database) as address:
        migrate(address, settings.home)
        with portal_on(address, settings.home):
            # Models can be had only once Django is set up.
            count = import_module("atalaya.portal.reviews.ruling").deposit_rulings(settings.home)
    if as_json:
        print_json({"deposited": count})
        return
    console().print(f"{count} rulings handed on; the next round applies them.", markup=False)


@click.command("reply-period")
@click.argument("observation")
@click.option(
    "--until", type=click.DateTime(["%Y-%m-%d"]), required=True, help="Last day on which institutions may answer."
)
@HOME_OPTION
@JSON_OPTION
def REPLY_PERIOD(observation: str, until: datetime, home: Path | None, as_json: bool) -> None:  # noqa: N802 - as above
    """Let institutions see and answer their findings in a sealed OBSERVATION that is not published yet."""
    settings = read_portal_settings(os.environ, home)
    sealed = open_sealed(find(settings.home, observation))
    closes = datetime.combine(until.date() + timedelta(days=1), time(), tzinfo=UTC)
    with serving_database(settings.home, settings.database) as address:
        migrate(address, settings.home)
        with portal_on(address, settings.home):
            period: Any = import_module("atalaya.portal.reviews.periods").open_period(sealed, closes)
            told = {
                "observation": period.observation,
                "closes": period.closes.isoformat(),
                "findings": period.findings.count(),
            }
    if as_json:
        print_json(told)
        return
    console().print(
        f"Institutions may answer {told['findings']} findings of {told['observation']} until {until.date()}.",
        markup=False,
    )

"""`atalaya portal user`: accounts and roles from the command line, which is how the first administrator comes to be."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import UTC, datetime, time, timedelta
from importlib import import_module
from pathlib import Path
from typing import Any

import click

from atalaya.cli.output import HOME_OPTION, JSON_OPTION, console, print_json
from atalaya.portal.database import serving_database
from atalaya.portal.migrating import migrate, portal_on
from atalaya.settings import read_portal_settings

ROLES = ("focal_point", "analyst", "administrator", "organisation")


@click.group("user")
def COMMAND() -> None:  # noqa: N802 - the name the registry reads
    """Accounts of the portal and their roles."""


@COMMAND.command("add")
@click.argument("email")
@HOME_OPTION
@JSON_OPTION
def add_command(email: str, home: Path | None, as_json: bool) -> None:
    """Make an account; its person sets a password through "forgotten password" on the portal."""
    with _accounts(home) as accounts:
        number = accounts.added(email)
    if as_json:
        print_json({"account": number})
        return
    console().print(f"Account {number} is there. Its person sets a password at /cuenta/clave/olvidada/.", markup=False)


@COMMAND.command("grant")
@click.argument("email")
@click.argument("role", type=click.Choice(ROLES))
@click.option("--institution", default="", help="Id of the institution of a focal point, such as zz:name.")
@click.option("--organisation", default="", help="Name of a civil-society organisation.")
@click.option(
    "--until", type=click.DateTime(["%Y-%m-%d"]), help="Last day of the role; without it, until it is revoked."
)
@HOME_OPTION
@JSON_OPTION
def grant_command(
    email: str, role: str, institution: str, organisation: str, until: datetime | None, home: Path | None, as_json: bool
) -> None:
    """Give the account of an address a role. It counts once its person has set up a second step for signing in."""
    end = datetime.combine(until.date() + timedelta(days=1), time(), tzinfo=UTC) if until else None
    with _accounts(home) as accounts:
        given = accounts.Grant(role=role, institution=institution, organisation=organisation, until=end)
        told = accounts.granted(email, given)
    if as_json:
        print_json({"granted": told})
        return
    console().print(f"Granted: {told}.", markup=False)


@COMMAND.command("revoke")
@click.argument("email")
@click.argument("role", type=click.Choice(ROLES))
@HOME_OPTION
@JSON_OPTION
def revoke_command(email: str, role: str, home: Path | None, as_json: bool) -> None:
    """End a role of the account of an address, at once."""
    with _accounts(home) as accounts:
        told = accounts.revoked(email, role)
    if as_json:
        print_json({"revoked": told})
        return
    console().print(f"Ended: {'; '.join(told)}.", markup=False)


@COMMAND.command("list")
@HOME_OPTION
@JSON_OPTION
def list_command(home: Path | None, as_json: bool) -> None:
    """Tell all accounts, their roles in force, and whether signing in has a second step."""
    with _accounts(home) as accounts:
        found = accounts.listed()
    if as_json:
        print_json([asdict(each) for each in found])
        return
    for each in found:
        state = "" if each.active else ", closed"
        second = "with" if each.second_step else "without"
        roles = "; ".join(each.roles) or "no role"
        console().print(f"{each.account}  {each.email}  {roles}  ({second} second step{state})", markup=False)


@contextmanager
def _accounts(home: Path | None) -> Iterator[Any]:
    """The accounts of the portal; their models can be had only once Django asks the right database."""
    settings = read_portal_settings(os.environ, home)
    with serving_database(settings.home, settings.database) as address:
        migrate(address, settings.home)
        with portal_on(address, settings.home):
            console_of = import_module("atalaya.portal.accounts.console")
            with console_of.noted():
                yield console_of

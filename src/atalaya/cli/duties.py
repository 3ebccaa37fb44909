"""`atalaya duties`: the legal duties to publish, how institutions stand with them, and what falls due."""

import json
import os
import sys
from collections.abc import Mapping, Sequence
from datetime import timedelta
from pathlib import Path

import click

from atalaya.cli.duties_text import print_due, print_duties, print_status
from atalaya.cli.groups import Group
from atalaya.cli.moments import read_moment
from atalaya.cli.output import HOME_OPTION, console, print_json, visible
from atalaya.countries.pack import CountryPack, Institution
from atalaya.countries.reader import find_pack, read_pack
from atalaya.duties.calendar import falling_due, undated
from atalaya.duties.obliged import duties_of
from atalaya.duties.sentences import label
from atalaya.exceptions import StoreError
from atalaya.history.duties import duty_lines, institution_of
from atalaya.history.read import open_sealed
from atalaya.publish.duties.files import workbook
from atalaya.publish.duties.law import due_rows, law_rows
from atalaya.publish.duties.matrix import as_json, counted, duty_rows, evidence_rows, period_rows
from atalaya.publish.indices.files import csv_of
from atalaya.settings import read_settings
from atalaya.store.observations import find
from atalaya.translations import LANGUAGES

COUNTRY_OPTION = click.option("--country", required=True, help="Country pack: a code such as gt, or a folder.")
LANGUAGE_OPTION = click.option(
    "--language", type=click.Choice(LANGUAGES), default="en", show_default=True, help="Language of the texts."
)
FORMAT_OPTION = click.option(
    "--format",
    "format_",
    type=click.Choice(("text", "json", "csv", "xlsx")),
    default="text",
    show_default=True,
    help="What to print; a workbook needs --to.",
)
TO_OPTION = click.option("--to", type=click.Path(dir_okay=False, path_type=Path), help="Write into this file.")


@click.group("duties", cls=Group)
def COMMAND() -> None:  # noqa: N802 - the name the registry reads
    """What laws oblige institutions to publish: list, status, calendar, review, accuracy, instrument, questions."""


@COMMAND.command("list")
@COUNTRY_OPTION
@click.option("--institution", help="Only the duties that bind this institution, by its id.")
@click.option("--as-of", metavar="MOMENT", help="The day on which they bind instead of today.")
@LANGUAGE_OPTION
@FORMAT_OPTION
@TO_OPTION
def list_(
    country: str, institution: str | None, as_of: str | None, language: str, format_: str, to: Path | None
) -> None:
    """List the duties: law, article, numeral, what, how often, and who complies."""
    check_output(format_, to)
    pack = read_pack(find_pack(country))
    duties = pack.duties
    if institution is not None:
        clock, _ = read_moment(as_of)
        duties = duties_of(pack, body_of(pack, institution), clock.now().date())
    rows = law_rows(pack, duties, language)
    if format_ == "text":
        print_duties(console(), rows)
    else:
        hand_over({label("duty", language): rows}, {"country": pack.code, "duties": rows}, format_, to)


@COMMAND.command("status")
@click.argument("institution")
@click.option("--observation", default="latest", show_default=True, help="An id, its beginning, or latest.")
@LANGUAGE_OPTION
@FORMAT_OPTION
@TO_OPTION
@click.option("--periods", is_flag=True, help="Print every period too, not only the duties as a whole.")
@HOME_OPTION
def status(
    institution: str,
    observation: str,
    language: str,
    format_: str,
    to: Path | None,
    periods: bool,
    home: Path | None,
) -> None:
    """Show how INSTITUTION stands with each of its duties, and what every verdict rests on.

    INSTITUTION is an id, a name or an acronym of the register.
    """
    check_output(format_, to)
    sealed = open_sealed(find(read_settings(os.environ, home).home, observation))
    body = institution_of(sealed, institution)
    lines = duty_lines(sealed, str(body["institution_id"]))
    if not lines:
        raise StoreError(
            f"no web site of {body['institution_id']} was read in {sealed.manifest.observation}, or no duty binds it; declare "
            "its site as a source of the protocol `site` in the country pack and observe again"
        )
    head = {
        "observation": sealed.manifest.observation,
        "as_of": sealed.manifest.as_of,
        "institution": body["institution_id"],
        "name": body["name"],
        "site": body["site"],
    }
    wholes, series = duty_rows(lines, language), period_rows(lines, language)
    if format_ == "text":
        print_status(console(), head, lines, language, periods=periods)
        return
    sheets = {
        label("duty", language): wholes,
        label("period", language): series,
        label("evidence", language): evidence_rows(lines, language),
    }
    hand_over(sheets, {**head, "counts": counted(lines), "duties": as_json(lines, language)}, format_, to)


@COMMAND.command("calendar")
@click.argument("institution", required=False)
@COUNTRY_OPTION
@click.option("--days", type=click.IntRange(1, 3660), default=30, show_default=True, help="Days to look ahead.")
@click.option("--as-of", metavar="MOMENT", help="The first day instead of today.")
@LANGUAGE_OPTION
@FORMAT_OPTION
@TO_OPTION
def calendar(
    institution: str | None,
    country: str,
    days: int,
    as_of: str | None,
    language: str,
    format_: str,
    to: Path | None,
) -> None:
    """List what falls due in the next days, for INSTITUTION or for all."""
    check_output(format_, to)
    pack = read_pack(find_pack(country))
    clock, _ = read_moment(as_of)
    first = clock.now().date()
    last = first + timedelta(days=days)
    bodies = pack.institutions if institution is None else (body_of(pack, institution),)
    found = sorted(each for body in bodies for each in falling_due(pack, body, first, last))
    rows = due_rows(pack, found, first, language)
    if format_ == "text":
        unplanned = 0 if institution is None else len(undated(pack, bodies[0], first))
        print_due(console(), rows, first, last, unplanned)
        return
    told = {"country": pack.code, "from": first.isoformat(), "to": last.isoformat(), "due": rows}
    hand_over({label("due", language): rows}, told, format_, to)


def body_of(pack: CountryPack, named: str) -> Institution:
    """The institution of this id. Raises StoreError with ids like it where there is none."""
    found = next((body for body in pack.institutions if named in (body.id, body.acronym)), None)
    if found is None:
        near = [body.id for body in pack.institutions if named.casefold() in f"{body.id} {body.name}".casefold()]
        known = near[:5] or [body.id for body in pack.institutions[:3]]
        raise StoreError(f"{named!r} is no institution of {pack.code}; its ids look like {', '.join(known)}")
    return found


def check_output(format_: str, to: Path | None) -> None:
    """Refuse, before anything is computed, a workbook without a file and a file for what is printed."""
    if format_ == "xlsx" and to is None:
        raise click.UsageError("a workbook needs --to FILE.xlsx")
    if format_ == "text" and to is not None:
        raise click.UsageError("--to writes json, csv or xlsx; add --format")


def hand_over(
    sheets: Mapping[str, Sequence[Mapping[str, object]]],
    told: Mapping[str, object],
    format_: str,
    to: Path | None,
) -> None:
    """Print or write rows: the first sheet as CSV, all of them as a workbook, or one JSON object."""
    if format_ == "xlsx" and to is not None:
        to.write_bytes(workbook(sheets))
    elif to is None and format_ == "json":
        print_json(told)
        return
    elif to is None:
        sys.stdout.write(csv_of(next(iter(sheets.values()))))
        return
    else:
        written = (
            csv_of(next(iter(sheets.values()))) if format_ == "csv" else json.dumps(told, ensure_ascii=False, indent=1)
        )
        to.write_text(written, encoding="utf-8")
    console().print(visible(to), markup=False)

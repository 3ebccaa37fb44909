"""`atalaya plans`: action plans of open government: promises, changes, reports; to a spreadsheet and back."""

from pathlib import Path

import click
from babel import Locale
from rich.table import Table

from atalaya.cli.duties import LANGUAGE_OPTION
from atalaya.cli.output import JSON_OPTION, console, plain, print_json
from atalaya.cli.plans_probe import PROBE
from atalaya.commitments.changes import changes
from atalaya.commitments.documents import plan_value
from atalaya.commitments.exchange import plan_from
from atalaya.commitments.partial_dates import said
from atalaya.commitments.plan import Commitment, Plan, Version
from atalaya.commitments.scope import named, scope_lost
from atalaya.commitments.sessions import NOT_REPORTED, REPORTED, Matrix, matrix
from atalaya.commitments.wording import loss_sentence, sentence, value_said
from atalaya.countries.pack import CountryPack
from atalaya.countries.reader import find_pack, read_pack
from atalaya.exceptions import PlanFileUnusable
from atalaya.publish.plan_files import csv_of, json_of, read_tables, workbook_of

COUNTRY_OPTION = click.option("--country", default="gt", show_default=True, help="Country pack: a code, or a folder.")
FILE = click.Path(dir_okay=False, path_type=Path)
WRITERS = {".xlsx": workbook_of, ".zip": csv_of, ".json": json_of}


@click.group("plans")
def COMMAND() -> None:  # noqa: N802 - the name the registry reads
    """Action plans of open government: list, show, changes, matrix, export, check, probe."""


COMMAND.add_command(PROBE)


@COMMAND.command("list")
@COUNTRY_OPTION
@JSON_OPTION
def list_(country: str, as_json: bool) -> None:
    """List the plans of a country: period, commitments stated and known."""
    plans = _pack(country).plans
    rows = [
        (p.number, p.title, p.stated_commitments, len(p.commitments), sum(map(_milestones, p.commitments)))
        for p in plans
    ]
    if as_json:
        names = ("number", "title", "stated_commitments", "known_commitments", "known_milestones")
        print_json([dict(zip(names, row, strict=True)) for row in rows])
        return
    table = Table("plan", "title", "commitments", "known", "milestones known")
    for row in rows:
        table.add_row(*("?" if cell is None else plain(cell) for cell in row))
    console().print(table)


@COMMAND.command("show")
@click.argument("number", type=int)
@click.argument("commitment", type=int, required=False)
@COUNTRY_OPTION
@LANGUAGE_OPTION
@JSON_OPTION
def show(number: int, commitment: int | None, country: str, language: str, as_json: bool) -> None:
    """Show a plan, or one commitment of it with its versions and milestones."""
    plan = _plan(_pack(country), number)
    if as_json:
        value = plan_value(plan)
        print_json(
            value if commitment is None else value["commitments"][plan.commitments.index(_commitment(plan, commitment))]
        )
        return
    if commitment is None:
        console().print(plan.title, style="bold", markup=False)
        for each in plan.commitments:
            console().print(f"  {each.number:>3}  {each.code or '':8} {_title(each, language)}", markup=False)
        return
    _show_commitment(_commitment(plan, commitment), language)


@COMMAND.command("changes")
@click.argument("number", type=int)
@click.argument("commitment", type=int)
@click.option("--from", "earlier", help="Id of the earlier version (default: the last but one).")
@click.option("--to", "later", help="Id of the later version (default: the last).")
@COUNTRY_OPTION
@LANGUAGE_OPTION
@JSON_OPTION
def changes_(
    number: int, commitment: int, earlier: str | None, later: str | None, country: str, language: str, as_json: bool
) -> None:
    """List what changed between two versions of a commitment, numbered, and what it no longer promises."""
    pack = _pack(country)
    one = _commitment(_plan(pack, number), commitment)
    if len(one.versions) < 2 and not (earlier and later):
        raise click.UsageError(
            f"commitment {commitment} of plan {number} has {len(one.versions)} known version; two are compared"
        )
    old, new = _version(one, earlier, -2), _version(one, later, -1)
    written = pack.languages[0]
    found, lost = changes(old, new, written), scope_lost(old, new, written)
    locale = Locale(language)
    if as_json:
        print_json(
            {
                "from": old.id,
                "to": new.id,
                "changes": [
                    {"number": c.number, "field": c.path, "change": c.kind, "text": sentence(c, language, locale)}
                    for c in found
                ],
                "scope_lost": [{"milestone": each.milestone, "promise": named(each.promise)} for each in lost],
            }
        )
        return
    for change in found:
        console().print(f"{change.number:>3}. {sentence(change, language, locale)}", markup=False)
    for each in lost:
        console().print(f"  !  {loss_sentence(each, language)}", markup=False)


@COMMAND.command("matrix")
@click.argument("number", type=int)
@COUNTRY_OPTION
@JSON_OPTION
def matrix_(number: int, country: str, as_json: bool) -> None:
    """Lay out who reported which milestone at which session, and who did not."""
    pack = _pack(country)
    found = matrix(_plan(pack, number), pack.sessions)
    if as_json:
        print_json(_matrix_value(found))
        return
    table = Table("commitment", "milestone", *(each.on.isoformat() for each in found.sessions))
    for whole in found.commitments:
        rows = [row for row in found.rows if row.commitment == whole.commitment]
        for row in rows:
            cells = (
                plain(", ".join(c.institutions)) if c.state == REPORTED else c.state.replace("_", " ")
                for c in row.cells
            )
            table.add_row(str(row.commitment), row.milestone, *cells)
        if whole.milestones is None:
            how = "how many more is unknown" if rows else "unknown"
            table.add_row(str(whole.commitment), how, *("" if rows else c.state.replace("_", " ") for c in whole.cells))
    console().print(table)
    for place, session in enumerate(found.sessions):
        silent = ", ".join(map(str, found.silent(place))) or "none"
        told = f"{session.on}: {found.reported(place)} reports; not everything was reported of commitments {silent}"
        console().print(told, markup=False)


@COMMAND.command("export")
@click.argument("number", type=int)
@click.option(
    "--to",
    "file",
    required=True,
    type=click.Path(dir_okay=False, path_type=Path),
    help="FILE.xlsx, .zip (CSV) or .json.",
)
@COUNTRY_OPTION
def export(number: int, file: Path, country: str) -> None:
    """Write a plan into a file that a spreadsheet program edits."""
    writer = WRITERS.get(file.suffix.casefold())
    if writer is None:
        raise click.UsageError(f"{file.name} ends with none of {', '.join(WRITERS)}")
    body = writer(_plan(_pack(country), number))
    try:
        file.write_bytes(body)
    except OSError as error:
        raise PlanFileUnusable(f"{file} cannot be written ({error.strerror}); name another file") from error
    console().print(f"{file}: plan {number}", markup=False)


@COMMAND.command("check")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--plan", "number", type=int, help="The plan that the file was exported from; its other tables stay.")
@COUNTRY_OPTION
@JSON_OPTION
def check(file: Path, number: int | None, country: str, as_json: bool) -> None:
    """Read an edited file as an import would, change nothing, and tell each row that cannot be taken and what would change."""
    current = _plan(_pack(country), number) if number is not None else None
    try:
        body = file.read_bytes()
    except OSError as error:
        raise PlanFileUnusable(f"{file} cannot be read ({error.strerror}); check its name and permissions") from error
    found = plan_from(read_tables(body, file.name), current)
    problems = [str(problem) for problem in found.problems]
    told = _differing(current, found.plan) if current and found.plan else []
    if as_json:
        print_json(
            {"problems": problems, "changed": told, "commitments": len(found.plan.commitments) if found.plan else None}
        )
    else:
        for line in (*problems, *told):
            console().print(line, markup=False)
        if found.plan:
            console().print(f"every row can be taken: {len(found.plan.commitments)} commitments", markup=False)
    if problems:
        raise SystemExit(1)


def _differing(old: Plan, new: Plan) -> list[str]:
    """The commitments that an import would change, add or take out."""
    before, after = ({each.number: each for each in plan.commitments} for plan in (old, new))
    told = [f"commitment {n} would be added" for n in sorted(set(after) - set(before))]
    told += [f"commitment {n} would be taken out" for n in sorted(set(before) - set(after))]
    told += [f"commitment {n} would change" for n in sorted(set(before) & set(after)) if before[n] != after[n]]
    return told


def _show_commitment(one: Commitment, language: str) -> None:
    out, locale = console(), Locale(language)
    out.print(f"{one.number}. {_title(one, language)} {one.code or ''}", style="bold", markup=False)
    for version in one.versions:
        when = said(version.published, locale) if version.published else "?"
        out.print(f"  version {version.id} ({when}): {len(version.milestones)} milestones known", markup=False)
    for milestone in one.current.milestones if one.current else ():
        ends = value_said(milestone.end, language, locale)
        out.print(f"    {milestone.number}  {value_said(milestone.text, language, locale)}  {ends}", markup=False)


def _matrix_value(found: Matrix) -> dict[str, object]:
    sessions = [
        {"id": each.id, "on": each.on, "reported": found.reported(place), "silent": found.silent(place)}
        for place, each in enumerate(found.sessions)
    ]
    return {
        "sessions": sessions,
        "rows": [
            {
                "commitment": row.commitment,
                "milestone": row.milestone,
                "known": row.known,
                "cells": [list(cell.institutions) if cell.state == REPORTED else cell.state for cell in row.cells],
            }
            for row in found.rows
        ],
        "unknown_milestones": [each.commitment for each in found.commitments if each.milestones is None],
        "nothing_reported": [
            each.commitment
            for each in found.commitments
            if all(c.state == NOT_REPORTED and not c.institutions for c in each.cells)
        ],
    }


def _milestones(commitment: Commitment) -> int:
    return len(commitment.current.milestones) if commitment.current else 0


def _title(commitment: Commitment, language: str) -> str:
    return value_said(commitment.title, language, Locale(language)) or "?"


def _pack(country: str) -> CountryPack:
    return read_pack(find_pack(country))


def _plan(pack: CountryPack, number: int) -> Plan:
    found = next((plan for plan in pack.plans if plan.number == number), None)
    if found is None:
        known = ", ".join(str(plan.number) for plan in pack.plans) or "none"
        raise click.UsageError(f"{pack.code} has no plan {number}; its plans are {known}")
    return found


def _commitment(plan: Plan, number: int) -> Commitment:
    found = next((each for each in plan.commitments if each.number == number), None)
    if found is None:
        raise click.UsageError(f"plan {plan.number} has no commitment {number} that is known")
    return found


def _version(commitment: Commitment, identifier: str | None, place: int) -> Version:
    if identifier is None:
        return commitment.versions[place]
    found = next((each for each in commitment.versions if each.id == identifier), None)
    if found is None:
        known = ", ".join(each.id for each in commitment.versions)
        raise click.UsageError(f"no version is called {identifier!r}; they are {known}")
    return found

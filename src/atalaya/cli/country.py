"""`atalaya country`: check a country pack, or begin a new one."""

from dataclasses import asdict
from pathlib import Path

import click
from rich.markup import escape
from rich.table import Table

from atalaya.cli.output import JSON_OPTION, console, print_json
from atalaya.countries.reader import Examination, examine_pack, find_pack
from atalaya.countries.template import write_pack
from atalaya.harvest.discovery import DECLARABLE

STYLES = {"error": "bold red", "warning": "yellow"}


@click.group("country", help="Check a country pack, or begin a new one.")
def COMMAND() -> None:  # noqa: N802 - the name the registry reads
    """Group of the commands on country packs."""


@COMMAND.command("check")
@click.argument("code_or_folder")
@JSON_OPTION
def check(code_or_folder: str, as_json: bool) -> None:
    """Read a pack and tell everything wrong with it. CODE_OR_FOLDER is a country that comes with Atalaya, or a folder.

    The exit status is 1 where the pack has an error; warnings leave it at 0.
    """
    folder = find_pack(code_or_folder)
    examination = examine_pack(folder, DECLARABLE)
    if as_json:
        print_json(_as_json(folder, examination))
    else:
        _print(folder, examination)
    if examination.pack is None:
        raise click.exceptions.Exit(1)


@COMMAND.command("new")
@click.argument("code")
@click.option("--name", required=True, help="The country's name.")
@click.option("--language", default="es", show_default=True, help="Language tag of its texts.")
@click.option(
    "--folder", type=click.Path(path_type=Path), help="Where to write it; by default a folder named by the code."
)
@JSON_OPTION
def new(code: str, name: str, language: str, folder: Path | None, as_json: bool) -> None:
    """Write a valid pack for the country CODE, with comments in every file that say what goes where."""
    target = folder or Path(code)
    files = [str(file) for file in write_pack(code, name, language, target)]
    if as_json:
        print_json({"folder": str(target), "files": files})
        return
    for file in files:
        click.echo(file)
    click.echo(f"Fill in the files, then run: atalaya country check {target}")


def _as_json(folder: Path, examination: Examination) -> dict[str, object]:
    pack = examination.pack
    return {
        "folder": str(folder),
        "code": pack.code if pack else None,
        "sha256": pack.sha256 if pack else None,
        "usable": pack is not None,
        "counts": examination.counts,
        "errors": sum(problem.severity == "error" for problem in examination.problems),
        "warnings": sum(problem.severity == "warning" for problem in examination.problems),
        "problems": [asdict(problem) for problem in examination.problems],
    }


def _print(folder: Path, examination: Examination) -> None:
    out = console()
    table = Table("What", "How many", title=escape(str(folder)), title_justify="left")
    table.columns[1].justify = "right"
    for kind, count in examination.counts.items():
        table.add_row(kind, str(count))
    out.print(table)
    for problem in examination.problems:
        out.print(f"[{STYLES[problem.severity]}]{escape(str(problem))}[/]")
    errors = sum(problem.severity == "error" for problem in examination.problems)
    warnings = len(examination.problems) - errors
    verdict = "The pack can be used" if examination.pack else "The pack cannot be used"
    out.print(f"{verdict}: {errors} errors, {warnings} warnings.")

"""`atalaya observation`: list, show, compare, verify, export and report on what was sealed."""

import os
import shutil
import sys
from dataclasses import asdict
from pathlib import Path

import click
from rich.table import Table

from atalaya.cli.output import HOME_OPTION, JSON_OPTION, console, print_json
from atalaya.cli.summary import print_summary, summary
from atalaya.countries.reader import find_pack, read_pack
from atalaya.history.compare import compare
from atalaya.history.export import FORMATS, export
from atalaya.history.read import open_parent, open_sealed
from atalaya.history.verify import verify
from atalaya.publish.gathering import write_reports
from atalaya.settings import read_settings
from atalaya.store.manifest import NAME as MANIFEST
from atalaya.store.manifest import read_manifest
from atalaya.store.observations import find, folders, read_opening


def home_of(home: Path | None) -> Path:
    """The folder of observations: `--home`, else the settings'."""
    return read_settings(os.environ, home).home


@click.group("observation")
def COMMAND() -> None:  # noqa: N802 - the name the registry reads
    """What was observed: list, show, compare, verify, export. OBSERVATION is an id, its beginning, or `latest`."""


@COMMAND.command("list")
@HOME_OPTION
@JSON_OPTION
def list_(home: Path | None, as_json: bool) -> None:
    """List all observations, sealed or open."""
    rows = []
    for folder in folders(home_of(home)):
        if (folder / MANIFEST).exists():
            manifest = read_manifest(folder)
            tables = {entry.name: entry.rows for entry in manifest.tables}
            rows.append(
                {
                    "observation": manifest.observation, "state": "sealed", "as_of": manifest.as_of,
                    "sources": tables["sources"], "datasets": tables["records"], "resources": tables["distributions"],
                    "outcomes": tables["outcomes"], "previous": manifest.parent,
                }
            )  # fmt: skip
        else:
            opening = read_opening(folder)
            rows.append(
                {
                    "observation": opening.observation,
                    "state": "open",
                    "as_of": opening.as_of,
                    "previous": opening.parent,
                }
            )
    if as_json:
        print_json(rows)
        return
    table = Table("observation", "state", "as of", "sources", "datasets", "resources", "outcomes")
    names = ("observation", "state", "as_of", "sources", "datasets", "resources", "outcomes")
    for row in rows:
        table.add_row(*(str(row.get(name, "")) for name in names))
    console().print(table if rows else "No observation yet: run `atalaya observe --country CODE` or `make demo`.")


@COMMAND.command("show")
@click.argument("observation", default="latest")
@HOME_OPTION
@JSON_OPTION
def show(observation: str, home: Path | None, as_json: bool) -> None:
    """Show what an observation holds, its scores and its hashes."""
    result = summary(open_sealed(find(home_of(home), observation)))
    if as_json:
        print_json(result)
    else:
        print_summary(console(), result)


@COMMAND.command("compare")
@click.argument("earlier")
@click.argument("later")
@HOME_OPTION
@JSON_OPTION
def compare_(earlier: str, later: str, home: Path | None, as_json: bool) -> None:
    """Say what is new, changed, vanished, mended or broken between two observations."""
    root = home_of(home)
    difference = compare(open_sealed(find(root, earlier)), open_sealed(find(root, later)))
    if as_json:
        print_json({**asdict(difference), "counts": difference.counts()})
        return
    out = console()
    for name, count in difference.counts().items():
        out.print(f"{count:>7}  {name.replace('_', ' ')}")
    for title in ("new_datasets", "changed_datasets", "vanished_datasets", "unread_datasets"):
        for _, name in getattr(difference, title)[:20]:
            out.print(f"  {title.removesuffix('_datasets'):>9}: {name}", markup=False)


@COMMAND.command("verify")
@click.argument("observation", default="latest")
@HOME_OPTION
@JSON_OPTION
def verify_(observation: str, home: Path | None, as_json: bool) -> None:
    """Make every hash again, check the signature, the chain and the archived bytes. Exit status 1 when anything differs."""
    root = home_of(home)
    checks = verify(root, find(root, observation))
    if as_json:
        print_json([asdict(check) for check in checks])
    else:
        for check in checks:
            mark = "[green]holds[/]" if check.holds else "[red]DIFFERS[/]"
            console().print(f"{mark}  {check.what}  {check.detail}")
    if not all(check.holds for check in checks):
        sys.exit(1)


@COMMAND.command("export")
@click.argument("observation")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option("--format", "format_", type=click.Choice(FORMATS), default="csv", show_default=True)
@HOME_OPTION
@JSON_OPTION
def export_(observation: str, folder: Path, format_: str, home: Path | None, as_json: bool) -> None:
    """Write all tables of an observation with their manifest and checksums into FOLDER."""
    files = export(open_sealed(find(home_of(home), observation)), folder, format_)
    if as_json:
        print_json([str(path) for path in files])
    else:
        console().print(f"{len(files)} files in {folder}")


@COMMAND.command("report")
@click.argument("observation", default="latest")
@click.option("--to", type=click.Path(file_okay=False, path_type=Path), help="Copy the reports into this folder.")
@click.option("--country", help="Write the reports anew with this country pack: a code or a folder.")
@HOME_OPTION
@JSON_OPTION
def report(observation: str, to: Path | None, country: str | None, home: Path | None, as_json: bool) -> None:
    """Say where the reports of an observation are, copy them, or write them anew."""
    root = home_of(home)
    folder = find(root, observation)
    if country is not None:
        sealed = open_sealed(folder)
        previous = open_parent(root, sealed.manifest.country, sealed.manifest.parent)
        write_reports(sealed, previous, read_pack(find_pack(country)))
    files = sorted(folder.glob("report*.html"))
    if to is not None:
        to.mkdir(parents=True, exist_ok=True)
        files = [Path(shutil.copy(path, to)) for path in files]
    if as_json:
        print_json([str(path) for path in files])
    else:
        for path in files:
            console().print(str(path))

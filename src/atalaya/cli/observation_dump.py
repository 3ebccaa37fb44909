"""`atalaya observation dump`: the full dump of an observation, as the portal offers it."""

from pathlib import Path

import click

from atalaya.cli.output import HOME_OPTION, JSON_OPTION, console, print_json, visible
from atalaya.cli.sealed import folder_of, home_of
from atalaya.history.read import open_sealed
from atalaya.publish.dumps.description import read_dump
from atalaya.publish.dumps.making import archive_name, make_dump


@click.command("dump")
@click.argument("observation", default="latest")
@click.option(
    "--to", type=click.Path(file_okay=False, path_type=Path), help="A new folder (default: `dumps` in the home folder)."
)
@HOME_OPTION
@JSON_OPTION
def COMMAND(observation: str, to: Path | None, home: Path | None, as_json: bool) -> None:  # noqa: N802
    """Make the dump of an observation: Parquet, CSV, workbook, data package and signed lists, without people's data.

    One that is there already is left as it is. `atalaya portal load` makes those of all observations.
    """
    root = home_of(home)
    folder = make_dump(root, open_sealed(folder_of(root, observation)), to)
    dump = read_dump(folder)
    if as_json:
        print_json(
            {
                "observation": dump.observation,
                "folder": str(folder),
                "archive": str(folder / archive_name(dump.observation)),
                "files": [each.path for each in dump.files],
                "kept_back": {
                    each.table: each.kept_back or dict(each.withheld) for each in dump.tables if not each.whole
                },
            }
        )
        return
    console().print(f"{len(dump.files)} files in {visible(folder)}", markup=False)
    console().print(f"all of them in {visible(archive_name(dump.observation))}", markup=False)

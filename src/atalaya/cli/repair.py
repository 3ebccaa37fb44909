"""`atalaya repair`: the open version of a messy file."""

from collections import Counter
from pathlib import Path

import click
from rich.console import Console

from atalaya.cli.output import JSON_OPTION, console, plain, print_json
from atalaya.repair.changes import DECISIONS, DOUBTS, TEXTS
from atalaya.repair.file import Repair, repair_file
from atalaya.repair.package import Written, write_package
from atalaya.repair.tables import TidyTable

_SHOWN = 12
"""Decisions and doubts of a table that are shown; all of them are in changes.json."""


@click.command("repair")
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--to",
    "folder",
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder to write into (default: FILE-open).",
)
@JSON_OPTION
def COMMAND(files: tuple[Path, ...], folder: Path | None, as_json: bool) -> None:  # noqa: N802 - the name the registry reads
    """Write the open version of each of FILES: tidy CSV and Parquet, a data package with schemas, and a log of every change.

    Nothing is invented: what can be read in two ways stays as it is and is listed. With --to and several files, each file gets
    a folder of its own inside.
    """
    told = []
    out = console()
    empty = 0
    for path in files:
        repair = repair_file(path)
        place = _place(path, folder, len(files))
        written = write_package(place, repair.tables, path.name) if repair.tables else None
        empty += written is None or bool(repair.too_large)
        told.append(_told(path, repair, written))
        if not as_json:
            _print(out, path, repair, written)
    if as_json:
        print_json({"files": told})
    if empty:
        click.get_current_context().exit(1)


def _place(path: Path, folder: Path | None, files: int) -> Path:
    if folder is None:
        return path.with_name(f"{path.name}-open")
    return folder if files == 1 else folder / path.name


def _told(path: Path, repair: Repair, written: Written | None) -> dict[str, object]:
    return {
        "file": str(path),
        "format": repair.inspection.format,
        "too_large": list(repair.too_large),
        "written": [str(each) for each in written.files] if written is not None else [],
        "tables": [
            {
                "name": table.name,
                "rows": len(table.rows),
                "columns": [{"name": field.name, "type": field.type} for field in table.fields],
                "altered_cells": len(table.alterations),
                "decisions": [each.code for each in table.decisions],
                "doubts": [each.code for each in table.doubts],
                "aside": len(table.aside),
            }
            for table in repair.tables
        ],
    }


def _print(out: Console, path: Path, repair: Repair, written: Written | None) -> None:
    for name in repair.too_large:
        told = f"table {plain(name)}" if name else "its table"
        out.print(
            f"[bold]{plain(path)}[/]: {told} holds more cells than are kept while it is repaired; it was not written"
        )
    if written is None and repair.too_large:
        return
    if written is None:
        found = repair.inspection
        why = found.defects[0].detail if found.defects else found.reason
        out.print(f"[bold]{plain(path)}[/]: no table could be read ({plain(why)}); nothing was written")
        return
    out.print(f"[bold]{plain(path)}[/] → {plain(written.descriptor.parent)}/")
    for table in repair.tables:
        _print_table(out, table)
    for each in written.files:
        out.print(f"  wrote {plain(each.name)}")


def _print_table(out: Console, table: TidyTable) -> None:
    name = f" {table.name}" if table.name else ""
    out.print(f"  table{plain(name)}: {len(table.rows):,} rows, {len(table.fields)} columns")
    for reason, number in Counter(each.reason for each in table.alterations).most_common():
        out.print(f"    {number:,} cells now hold {TEXTS[reason]}")
    for decision in table.decisions[:_SHOWN]:
        out.print(f"    {_line(decision.column, DECISIONS[decision.code], decision.count, decision.rows)}")
    for doubt in table.doubts[:_SHOWN]:
        out.print(f"    [yellow]left as it is[/]: {_line(doubt.column, DOUBTS[doubt.code], doubt.count, doubt.rows)}")
    more = len(table.decisions[_SHOWN:]) + len(table.doubts[_SHOWN:])
    if more:
        out.print(f"    and {more} more, in changes.json")


def _line(column: str | None, text: str, count: int, rows: tuple[int, ...]) -> str:
    of = f"{plain(column)}: " if column else ""
    shown = ", ".join(map(str, rows[:5])) + ("…" if len(rows) > 5 else "")
    where = f" (rows {shown})" if rows else f" ({count:,} cells)" if count else ""
    return f"{of}{text}{where}"

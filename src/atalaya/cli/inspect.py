"""`atalaya inspect`: what files really are, judged by their bytes."""

from dataclasses import asdict
from pathlib import Path

import click
from rich.console import Console
from rich.markup import escape
from rich.table import Table as Grid

from atalaya.catalogue.vocabularies.formats import find_format, star_level
from atalaya.cli.output import JSON_OPTION, console, print_json
from atalaya.inspection.findings import Dialect, Inspection, Table
from atalaya.inspection.inspector import inspect_file

_SHOWN_COLUMNS = 40
_SHOWN_MEMBERS = 20
_NAMED = {"\t": "tab", " ": "space", "\n": "\\n", "\r\n": "\\r\\n", "\r": "\\r"}


@click.command("inspect")
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--url", help="Where the file was published; its ending only breaks ties.")
@click.option("--media-type", help="What the server called it; it only breaks ties.")
@JSON_OPTION
def COMMAND(  # noqa: N802 - the name the registry reads
    files: tuple[Path, ...], url: str | None, media_type: str | None, as_json: bool
) -> None:
    """Tell what each of FILES is: true format, encoding, dialect, tables, columns and defects. No cell value is shown."""
    inspections = [(path, inspect_file(path, url=url, media_type=media_type)) for path in files]
    if as_json:
        print_json({"files": [{"file": str(path), **asdict(inspection)} for path, inspection in inspections]})
        return
    out = console()
    for path, inspection in inspections:
        _print(out, path, inspection)


def _print(out: Console, path: Path, inspection: Inspection) -> None:
    known = find_format(inspection.format)
    title = known.title["en"] if known is not None else "unknown format"
    out.print(f"[bold]{escape(str(path))}[/]: {escape(title)}, {inspection.size:,} bytes")
    out.print(f"  why: {escape(inspection.reason)}")
    if known is not None:
        facts = [
            "open" if known.open else "not an open format",
            "machine-readable" if known.machine_readable else "not machine-readable",
            f"up to {star_level(known.id)} of 5 stars",
        ]
        out.print(f"  format: {', '.join(facts)}")
    if inspection.encoding is not None:
        out.print(f"  encoding: {escape(inspection.encoding)}")
    if inspection.dialect is not None:
        out.print(f"  dialect: {escape(_dialect(inspection.dialect))}")
    for member in inspection.members[:_SHOWN_MEMBERS]:
        out.print(f"  holds: {escape(member.path or '(unnamed)')}, {member.format or 'unknown'}, {member.size:,} bytes")
    if len(inspection.members) > _SHOWN_MEMBERS:
        out.print(f"  and {len(inspection.members) - _SHOWN_MEMBERS} more")
    for table in inspection.tables:
        _print_table(out, table)
    for defect in inspection.defects:
        out.print(f"  [yellow]{escape(defect.code)}[/] at {escape(defect.place)}: {escape(defect.detail)}")


def _dialect(dialect: Dialect) -> str:
    parts = [f"delimiter {_NAMED.get(dialect.delimiter, dialect.delimiter)}"]
    parts.append(f"quote {dialect.quote}" if dialect.quote is not None else "no quotes")
    if dialect.escape is not None:
        parts.append(f"escape {dialect.escape}")
    if dialect.skip_initial_space:
        parts.append("a space after each delimiter")
    parts.append(f"line end {_NAMED.get(dialect.line_end, dialect.line_end)}")
    return ", ".join(parts)


def _print_table(out: Console, table: Table) -> None:
    name = f" {table.name}" if table.name else ""
    out.print(f"  table{escape(name)}: {table.rows:,} rows, {len(table.columns)} columns ({escape(table.reason)})")
    grid = Grid("column", "name", "kind", "filled", "missing", "distinct")
    for column in table.columns[:_SHOWN_COLUMNS]:
        distinct = f"{column.distinct:,}" if column.distinct is not None else "many"
        cells = (
            str(column.position),
            escape(column.name),
            column.kind,
            f"{column.filled:,}",
            f"{column.missing:,}",
            distinct,
        )
        grid.add_row(*cells)
    out.print(grid)
    if len(table.columns) > _SHOWN_COLUMNS:
        out.print(f"  and {len(table.columns) - _SHOWN_COLUMNS} columns more")

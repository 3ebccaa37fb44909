"""`atalaya inspect`: what files really are, judged by their bytes."""

from dataclasses import asdict, replace
from datetime import date
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table as Grid

from atalaya.catalogue.records import Dataset, Distribution
from atalaya.catalogue.vocabularies.formats import find_format
from atalaya.checks.cases import ResourceCase
from atalaya.checks.dataset.five_stars import stars_of
from atalaya.checks.outcomes import Verdict
from atalaya.checks.resource import machine_readable, open_format
from atalaya.cli.conformance import as_json as as_json_of
from atalaya.cli.conformance import differences, print_differences, wanted
from atalaya.cli.output import JSON_OPTION, console, plain, print_json
from atalaya.clock import system_clock
from atalaya.countries.reader import find_pack, read_pack
from atalaya.inspection.defects.cells import CellDefect
from atalaya.inspection.defects.registry import kind_of
from atalaya.inspection.findings import Dialect, Inspection, Table
from atalaya.inspection.inspector import inspect_file
from atalaya.inspection.limits import DEFAULT
from atalaya.inspection.semantic.knowledge import knowledge_of
from atalaya.inspection.showing import shown

_SHOWN_COLUMNS = 40
_SHOWN_MEMBERS = 20
_SHOWN_CELLS = 8
_LONGEST_EXAMPLE = 60
_NAMED = {"\t": "tab", " ": "space", "\n": "\\n", "\r\n": "\\r\\n", "\r": "\\r"}


@click.command("inspect")
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--url", help="Where the file was published; its ending only breaks ties.")
@click.option("--media-type", help="What the server called it; it only breaks ties.")
@click.option(
    "--schema", help="A Table Schema or resource in JSON, or the id of a registered schema, to hold the rows against."
)
@click.option(
    "--country", help="Country pack whose places and sums tables are judged by: a code such as gt, or a folder."
)
@JSON_OPTION
def COMMAND(  # noqa: N802 - the name the registry reads
    files: tuple[Path, ...],
    url: str | None,
    media_type: str | None,
    schema: str | None,
    country: str | None,
    as_json: bool,
) -> None:
    """Tell what each of FILES is: true format, encoding, dialect, tables, columns and defects.

    No value of personal columns or of single rows is shown, but for one example of each defect inside a table. With --schema
    every cell that differs is told with its row and column, and the exit status is 1 where a file does not conform.
    """
    held = wanted(schema) if schema is not None else None
    pack = read_pack(find_pack(country)) if country is not None else None
    limits = replace(DEFAULT, knowledge=knowledge_of(pack, system_clock().now().date()))
    read = ((path, inspect_file(path, url=url, media_type=media_type, limits=limits)) for path in files)
    inspections = [(path, shown(inspection, to_holder=True)) for path, inspection in read]
    found = [differences(path, held) if held is not None else [] for path in files]
    if as_json:
        told = [{"file": str(path), **asdict(each), **judged(each)} for path, each in inspections]
        if held is not None:
            told = [{**each, "conformance": as_json_of(held, errors)} for each, errors in zip(told, found, strict=True)]
        print_json({"files": told})
    else:
        out = console()
        for (path, inspection), errors in zip(inspections, found, strict=True):
            _print(out, path, inspection)
            if held is not None:
                print_differences(out, held, errors)
    if any(found):
        raise click.exceptions.Exit(1)


def judged(inspection: Inspection) -> dict[str, object]:
    """What the checks of a round would say of a file with these bytes: `open`, `machine_readable` (None where undecided), and
    how many stars it reaches under an open licence.
    """
    case = ResourceCase(as_of=date.min, distribution=Distribution(), dataset=Dataset(), inspection=inspection)
    verdicts = {"open": open_format.rule(case).verdict, "machine_readable": machine_readable.rule(case).verdict}
    decided = {Verdict.PASS: True, Verdict.FAIL: False}
    return {**{name: decided.get(verdict) for name, verdict in verdicts.items()}, "stars": stars_of(case)}


_SAID = {
    "open": {True: "open", False: "not an open format", None: "not known whether open"},
    "machine_readable": {
        True: "machine-readable",
        False: "not machine-readable",
        None: "not known whether machine-readable",
    },
}


def _print(out: Console, path: Path, inspection: Inspection) -> None:
    known = find_format(inspection.format)
    title = known.title["en"] if known is not None else "unknown format"
    out.print(f"[bold]{plain(path)}[/]: {plain(title)}, {inspection.size:,} bytes")
    out.print(f"  why: {plain(inspection.reason)}")
    facts = judged(inspection)
    said = [texts[None if facts[name] is None else bool(facts[name])] for name, texts in _SAID.items()]
    stars = "no stars known" if facts["stars"] is None else f"up to {facts['stars']} of 5 stars"
    out.print(f"  format: {', '.join((*said, stars))}")
    if inspection.encoding is not None:
        out.print(f"  encoding: {plain(inspection.encoding)}")
    if inspection.dialect is not None:
        out.print(f"  dialect: {plain(_dialect(inspection.dialect))}")
    for member in inspection.members[:_SHOWN_MEMBERS]:
        out.print(
            f"  holds: {plain(member.path or '(unnamed)')}, {plain(member.format or 'unknown')}, {member.size:,} bytes"
        )
    if len(inspection.members) > _SHOWN_MEMBERS:
        out.print(f"  and {len(inspection.members) - _SHOWN_MEMBERS} more")
    for table in inspection.tables:
        _print_table(out, table)
    for defect in inspection.defects:
        out.print(f"  [yellow]{plain(defect.code)}[/] at {plain(defect.place)}: {plain(defect.detail)}")


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
    out.print(f"  table{plain(name)}: {table.rows:,} rows, {len(table.columns)} columns ({plain(table.reason)})")
    grid = Grid("column", "name", "kind", "filled", "missing", "distinct")
    for column in table.columns[:_SHOWN_COLUMNS]:
        distinct = f"{column.distinct:,}" if column.distinct is not None else "many"
        cells = (
            str(column.position),
            plain(column.name),
            plain(column.kind),
            f"{column.filled:,}",
            f"{column.missing:,}",
            distinct,
        )
        grid.add_row(*cells)
    out.print(grid)
    if len(table.columns) > _SHOWN_COLUMNS:
        out.print(f"  and {len(table.columns) - _SHOWN_COLUMNS} columns more")
    for defect in table.defects:
        _print_defect(out, defect)


def _print_defect(out: Console, defect: CellDefect) -> None:
    kind = kind_of(defect.id)
    more = "" if len(defect.cells) >= defect.count or len(defect.cells) < _SHOWN_CELLS else "…"
    out.print(f"  [yellow]{plain(kind.title)}[/]: {plain(defect.detail)}")
    if defect.cells:
        out.print(f"    at {', '.join(map(plain, defect.cells[:_SHOWN_CELLS]))}{more}")
    if any(defect.example):
        out.print(f"    such as: {' | '.join(plain(text[:_LONGEST_EXAMPLE]) for text in defect.example)}")
    out.print(f"    what to do: {plain(kind.remedy)}")

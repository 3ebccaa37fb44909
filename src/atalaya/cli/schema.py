"""`atalaya schema`: the schemas that institutions and civil society agree on, with templates to fill in."""

import csv
import io
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click
from rich.table import Table as Grid

from atalaya.cli.conformance import descriptor_of, find_schema, registered_schemas
from atalaya.cli.output import JSON_OPTION, console, id_column, plain, print_json
from atalaya.countries.pack import RegisteredSchema
from atalaya.publish.schema_workbook import write_template

_COUNTRY_OPTION = click.option(
    "--country", help="A country that comes with Atalaya, or the folder of a pack; all that come with it by default."
)


@click.group("schema", help="The schemas of tables that are agreed on, and templates to fill in.")
def COMMAND() -> None:  # noqa: N802 - the name the registry reads
    """Group of the commands on schemas."""


@COMMAND.command("list")
@_COUNTRY_OPTION
@click.option("--language", default="es", show_default=True, help="Language of the titles.")
@JSON_OPTION
def list_schemas(country: str | None, language: str, as_json: bool) -> None:
    """List the schemas of the register: id, title, version, and whether they are agreed on or proposed."""
    listed = registered_schemas(country)
    if as_json:
        print_json({"schemas": [_summary(schema) for schema in listed]})
        return
    grid = Grid(id_column("id", [schema.id for schema in listed]), "title", "version", "state", "fields", "duties")
    for schema in listed:
        grid.add_row(
            plain(schema.id),
            plain(_in(schema, language)),
            schema.version,
            schema.state,
            str(len(schema.schema.fields)),
            plain(", ".join(schema.duties)),
        )
    console().print(grid)


@COMMAND.command("show")
@click.argument("identity", metavar="ID")
@_COUNTRY_OPTION
@click.option("--language", default="es", show_default=True, help="Language of the texts.")
@JSON_OPTION
def show(identity: str, country: str | None, language: str, as_json: bool) -> None:
    """Show a schema of the register: what each column is, and what may stand in it. --json gives the descriptor itself."""
    schema = find_schema(identity, country)
    if as_json:
        print_json(json.loads(descriptor_of(schema, country)))
        return
    out = console()
    out.print(f"[bold]{plain(schema.id)}[/] {schema.version}: {plain(_in(schema, language))}")
    out.print(f"  {plain(schema.description.get(language, next(iter(schema.description.values()))))}")
    agreed = (
        f"agreed on {schema.date} by {', '.join(schema.agreed_by)}"
        if schema.state == "agreed"
        else f"proposed on {schema.date}"
    )
    out.print(f"  {plain(agreed)}; from {plain('; '.join(schema.sources))}")
    grid = Grid("column", "type", "required", "what it is")
    for each in schema.schema.fields:
        text = each.description.get(language) or each.description.get("", "")
        grid.add_row(plain(each.name), each.type, "yes" if each.constraints.required else "", plain(text))
    out.print(grid)
    if schema.schema.primary_key:
        out.print(f"  no two rows have the same {plain(', '.join(schema.schema.primary_key))}")


@COMMAND.command("template")
@click.argument("identity", metavar="ID")
@_COUNTRY_OPTION
@click.option(
    "--output", type=click.Path(dir_okay=False, path_type=Path), help="The file to write; standard output by default."
)
@click.option("--example", is_flag=True, help="Add a row of examples below the header, to be replaced.")
@click.option("--language", default="es", show_default=True, help="Language of the texts of a workbook.")
@JSON_OPTION
def template(
    identity: str, country: str | None, output: Path | None, example: bool, language: str, as_json: bool
) -> None:
    """Write an empty table of a schema to be filled in: as CSV in UTF-8, or as a workbook where OUTPUT ends in .xlsx.

    The workbook has lists to choose from and a sheet that says what each column is.
    """
    schema = find_schema(identity, country)
    descriptor = json.loads(descriptor_of(schema, country)) if example else None
    text = template_of(schema, descriptor)
    if output is None:
        if as_json:
            print_json({"id": identity, "csv": text})
        else:
            click.echo(text, nl=False)
        return
    if output.suffix.lower() == ".xlsx":
        output.open("xb").close()
        write_template(output, schema, language, descriptor)
    else:
        with output.open("x", encoding="utf-8-sig", newline="") as stream:
            stream.write(text)
    if as_json:
        print_json({"id": identity, "written": str(output)})
        return
    click.echo(f"{output}: fill it in, then run: atalaya inspect {output} --schema {identity}")


def template_of(schema: RegisteredSchema, descriptor: Mapping[str, Any] | None = None) -> str:
    """The header of a schema as CSV; with its descriptor, a row of the examples that its fields give."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(each.name for each in schema.schema.fields)
    if descriptor is not None:
        writer.writerow(str(each.get("example", "")) for each in descriptor["fields"])
    return out.getvalue()


def _in(schema: RegisteredSchema, language: str) -> str:
    return schema.title.get(language) or next(iter(schema.title.values()))


def _summary(schema: RegisteredSchema) -> dict[str, object]:
    return {
        "id": schema.id,
        "title": dict(schema.title),
        "description": dict(schema.description),
        "version": schema.version,
        "state": schema.state,
        "date": schema.date,
        "agreed_by": list(schema.agreed_by),
        "sources": list(schema.sources),
        "duties": list(schema.duties),
        "fields": [each.name for each in schema.schema.fields],
    }

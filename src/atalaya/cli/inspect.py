"""`atalaya inspect`: what files really are, judged by their bytes."""

from dataclasses import asdict, replace
from datetime import date
from pathlib import Path

import click

from atalaya.cli.conformance import as_json as as_json_of
from atalaya.cli.conformance import differences, print_differences, wanted
from atalaya.cli.inputs import Input, inputs
from atalaya.cli.inspection_text import print_file, print_line
from atalaya.cli.output import JSON_OPTION, console, plain, print_json
from atalaya.clock import system_clock
from atalaya.countries.pack import CountryPack
from atalaya.countries.reader import find_pack, read_pack
from atalaya.inspection.findings import Inspection
from atalaya.inspection.limits import DEFAULT, Limits
from atalaya.inspection.many import Target, inspect_files
from atalaya.inspection.semantic.knowledge import knowledge_of
from atalaya.inspection.showing import shown
from atalaya.publish.inspected.file import FileView, file_view
from atalaya.publish.inspected.page import render_page
from atalaya.publish.inspected.speech import speech
from atalaya.publish.inspected.stars import openness_of
from atalaya.rounds.inspecting import country_of
from atalaya.translations import LANGUAGES


@click.command("inspect")
@click.argument("files", nargs=-1, required=True)
@click.option(
    "--country", metavar="CODE", help="Country pack whose places, institutions, numbers and sums are recognised."
)
@click.option(
    "--values", is_flag=True, help="Show values that are held back otherwise: of personal data, of single rows."
)
@click.option("--full", is_flag=True, help="Tell everything about each of several files, not one line.")
@click.option("--html", "page", type=click.Path(dir_okay=False, path_type=Path), help="Write one HTML page here.")
@click.option(
    "--language", type=click.Choice(LANGUAGES), help="Of the text (default: en) or of the page (default: es)."
)
@click.option("--url", help="Where the file was published; its ending only breaks ties.")
@click.option("--media-type", help="What the server called it; it only breaks ties.")
@click.option(
    "--schema", help="A Table Schema or resource in JSON, or the id of a registered schema, to hold the rows against."
)
@click.option("--local", is_flag=True, help="Addresses given may lie in private networks.")
@JSON_OPTION
def COMMAND(  # noqa: N802 - the name the registry reads; one argument an option
    files: tuple[str, ...],
    country: str | None,
    values: bool,
    full: bool,
    page: Path | None,
    language: str | None,
    url: str | None,
    media_type: str | None,
    schema: str | None,
    local: bool,
    as_json: bool,
) -> None:
    """Tell what each of FILES is: true format, encoding, dialect, tables, columns and defects.

    FILES are files, folders of files, or addresses that begin with http; several are inspected side by side, and each is told in
    one line unless --full asks for more. No value of personal columns or of single rows is
    shown, but for one example of each defect inside a table, unless --values asks for them; a page shows no example.
    With --schema every cell that differs is told with its row and column, and the exit status is 1 where a file does not conform.
    """
    pack = read_pack(find_pack(country)) if country else None
    limits = limits_of(pack, system_clock().now().date())
    say = speech(language or ("es" if page is not None else "en"), pack.code if pack is not None else "")
    held = wanted(schema) if schema is not None else None
    differ = False
    out = console()
    views: list[FileView] = []
    told: list[dict[str, object]] = []
    with inputs(files, local=local) as listed:
        brief = len(listed) > 1 and not (full or as_json or page is not None)
        targets = [Target(each.path, each.url or url, each.media_type or media_type) for each in listed]
        inspected = inspect_files(targets, limits=replace(limits, described=False) if brief else limits)
        for each, (_, found) in zip(listed, inspected, strict=True):
            errors = differences(each.path, held) if held is not None else []
            differ |= bool(errors)
            if as_json:
                verdict = {"conformance": as_json_of(held, errors)} if held is not None else {}
                told.append({**_told(each, found if values else shown(found, to_holder=True)), **verdict})
            if page is not None:
                views.append(file_view(say, each.title, found, values=values))
            elif not as_json:
                view = file_view(say, each.name, found, values=values, to_holder=True)
                (print_line if brief else print_file)(out, say, each.name, view)
                if held is not None:
                    print_differences(out, held, errors)
    if page is not None:
        page.write_text(render_page(say, views), encoding="utf-8")
        console(errors=as_json).print(f"wrote {plain(page)}")
    if as_json:
        print_json({"files": told})
    if differ:
        raise click.exceptions.Exit(1)


def limits_of(pack: CountryPack | None, today: date) -> Limits:
    """The usual limits, with what a country pack knows; with nothing of any country where there is none."""
    identities = country_of(pack).limits.identities if pack is not None else ()
    return replace(DEFAULT, knowledge=knowledge_of(pack, today), identities=identities)


def _told(given: Input, found: Inspection) -> dict[str, object]:
    openness = openness_of(found)
    return {
        "file": given.name,
        **asdict(found),
        "open": openness.open,
        "machine_readable": openness.machine_readable,
        "stars": openness.stars,
    }

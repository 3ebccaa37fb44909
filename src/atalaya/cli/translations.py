"""`atalaya translations`: names of the country in further languages, as files for those who translate them."""

from collections import Counter
from pathlib import Path

import click

from atalaya.cli.output import JSON_OPTION, console, print_json
from atalaya.countries.pack import CountryPack
from atalaya.countries.problems import Problems
from atalaya.countries.reader import find_pack, read_pack
from atalaya.countries.row_translations import (
    AWAITING,
    CURRENT,
    STALE,
    as_csv,
    read_translations,
    sources_of,
    standings,
)
from atalaya.exceptions import CountryPackError

COUNTRY = click.option("--country", default="gt", show_default=True, help="Code of the country, or folder of its pack.")


@click.group("translations")
def COMMAND() -> None:  # noqa: N802 - the name the registry reads
    """Names in further languages: how far they are, what awaits a translator, and what came back."""


@COMMAND.command("status")
@COUNTRY
@JSON_OPTION
def status(country: str, as_json: bool) -> None:
    """Say for each language how many texts are translated, stale and awaited."""
    pack = read_pack(find_pack(country))
    found = {tag: Counter(each.state for each in standings(pack, tag)) for tag in pack.translated_into}
    if as_json:
        print_json(
            {tag: {state: counts[state] for state in (CURRENT, STALE, AWAITING)} for tag, counts in found.items()}
        )
        return
    for tag, counts in found.items():
        said = ", ".join(f"{counts[state]} {state}" for state in (CURRENT, STALE, AWAITING))
        console().print(f"{tag}: {said}", markup=False)


@COMMAND.command("export")
@click.argument("language")
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), required=True, help="The CSV file to write.")
@click.option("--awaiting", is_flag=True, help="Only what has no current translation.")
@COUNTRY
def export(language: str, output: Path, awaiting: bool, country: str) -> None:
    """Write the texts of a country with what is translated into LANGUAGE, for a translator to fill in."""
    pack = read_pack(find_pack(country))
    _known(language, pack)
    rows = [each for each in standings(pack, language) if not awaiting or each.state != CURRENT]
    output.write_text(as_csv(rows), encoding="utf-8-sig", newline="")
    console().print(f"{output}: {len(rows)} texts", markup=False)


@COMMAND.command("import")
@click.argument("language")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@COUNTRY
@JSON_OPTION
def import_(language: str, file: Path, country: str, as_json: bool) -> None:
    """Take the translations of FILE into the pack's own file of LANGUAGE; texts that FILE leaves empty keep what they have."""
    folder = find_pack(country)
    pack = read_pack(folder)
    _known(language, pack)
    problems = Problems()
    given = read_translations(file, file.name, problems)
    if problems.any_error():
        raise CountryPackError("\n".join(str(problem) for problem in problems.all()))
    sources = {(source.subject, source.field): source for source in sources_of(pack)}
    strange = [f"{each.subject} {each.field}" for each in given if (each.subject, each.field) not in sources]
    if strange:
        raise CountryPackError(
            f"{file.name}: the pack has no text {strange[0]!r}; export the file again and copy the texts over"
        )
    merged = {(e.subject, e.field): e for e in pack.translations if e.language == language}
    merged |= {(each.subject, each.field): each for each in given}
    target = folder / "translations" / f"{language}.csv"
    target.parent.mkdir(exist_ok=True)
    rows = [
        f"{_cells(source.subject, source.field, source.text, merged[key].of_sha256, merged[key].text, '')}\r\n"
        for key, source in sources.items()
        if key in merged
    ]
    target.write_text(as_csv(()) + "".join(rows), encoding="utf-8", newline="")
    if as_json:
        print_json({"file": str(target), "texts": len(rows), "taken": len(given)})
        return
    console().print(f"{target}: {len(rows)} texts, {len(given)} of them from {file}", markup=False)


def _cells(*cells: str) -> str:
    return ",".join('"' + cell.replace('"', '""') + '"' for cell in cells)


def _known(language: str, pack: CountryPack) -> None:
    if language not in pack.translated_into:
        known = ", ".join(pack.translated_into) or "none"
        raise CountryPackError(
            f"the pack of {pack.code} is not translated into {language!r}; its languages are {known}"
        )

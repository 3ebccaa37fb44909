"""`atalaya compare`: what changed between two versions of a file."""

from collections.abc import Sequence
from dataclasses import asdict, replace

import click
from rich.console import Console
from rich.text import Text

from atalaya.cli.inputs import Input, inputs
from atalaya.cli.output import JSON_OPTION, console, plain, print_json
from atalaya.inspection.findings import Inspection, Table
from atalaya.inspection.inspector import inspect_file
from atalaya.inspection.limits import DEFAULT
from atalaya.inspection.versions.comparison import Comparison
from atalaya.inspection.versions.files import FileComparison, compare_files
from atalaya.inspection.versions.rows import CellChange
from atalaya.publish.inspected.speech import Speech, speech
from atalaya.publish.inspected.versions import (
    change_line,
    column_sentences,
    key_sentence,
    kinds_of_changes,
    past_sentence,
    row_sentences,
    truncation_sentence,
)
from atalaya.translations import LANGUAGES

_LIMITS = replace(DEFAULT, cells_kept=True, described=False, held=DEFAULT.whole, frame_bytes=4 * DEFAULT.frame_bytes)
"""Cells are kept, of large texts too."""
_SHOWN_CHANGES = 8
_SHOWN_COLUMNS = 30


@click.command("compare")
@click.argument("old")
@click.argument("new")
@click.option("--values", is_flag=True, help="Show values of personal columns too.")
@click.option("--language", type=click.Choice(LANGUAGES), default="en", show_default=True, help="Of the text.")
@click.option("--local", is_flag=True, help="Addresses given may lie in private networks.")
@JSON_OPTION
def COMMAND(old: str, new: str, values: bool, language: str, local: bool, as_json: bool) -> None:  # noqa: N802
    """Tell what changed from OLD to NEW: columns, rows, and figures of the past that were rewritten.

    OLD and NEW are files, or addresses that begin with http. Which columns tell the rows apart is inferred and said. The exit
    status is 1 where the versions differ.
    """
    with inputs((old, new), local=local) as listed:
        if len(listed) != 2:
            raise click.UsageError("name two files: the old version and the new one")
        versions = [_read(each) for each in listed]
    found = compare_files(versions[0].tables, versions[1].tables)
    if not values:
        found = replace(found, tables=tuple(_guarded(each, *(v.tables for v in versions)) for each in found.tables))
    if as_json:
        print_json({"old": old, "new": new, "same": found.is_same, **asdict(found)})
    else:
        _print(console(), speech(language), (old, new), versions, found)
    if not found.is_same or not found.tables:
        raise click.exceptions.Exit(1)


def _read(given: Input) -> Inspection:
    return inspect_file(given.path, url=given.url, media_type=given.media_type, limits=_LIMITS)


def _guarded(found: Comparison, old: Sequence[Table], new: Sequence[Table]) -> Comparison:
    """The comparison without values of columns that may hold personal data in either version."""
    personal = [
        {column.position for table in tables if table.name == name for column in table.columns if column.personal}
        for tables, name in ((old, found.old_name), (new, found.new_name))
    ]

    def guarded(change: CellChange) -> CellChange:
        hidden = change.old_column in personal[0] or change.new_column in personal[1]
        return replace(change, before="…", after="…") if hidden else change

    past = found.rewritten
    return replace(
        found,
        changes=tuple(map(guarded, found.changes)),
        rewritten=replace(past, largest=tuple(map(guarded, past.largest))) if past is not None else None,
    )


def _print(
    out: Console, say: Speech, names: tuple[str, str], versions: Sequence[Inspection], found: FileComparison
) -> None:
    out.print(f"[bold]{plain(names[0])}[/] → [bold]{plain(names[1])}[/]")
    if versions[0].sha256 == versions[1].sha256:
        out.print(f"  {plain(say.say('The files are the same, byte by byte.'))}")
    for name, inspection in zip(names, versions, strict=True):
        if not inspection.tables:
            out.print(f"  {plain(say.say('No table could be read in {name}.', name=name))}")
    for name in found.removed:
        _line(out, say.say("Table {name} went.", name=say.name(name) or say.say("unnamed")))
    for name in found.added:
        _line(out, say.say("Table {name} came.", name=say.name(name) or say.say("unnamed")))
    for each in found.tables:
        _print_table(out, say, each)


def _print_table(out: Console, say: Speech, found: Comparison) -> None:
    title = say.say("table {name}", name=say.name(found.new_name)) if found.new_name else say.say("table")
    rows = say.say("{old} rows before, {new} now", old=say.whole(found.old_rows), new=say.whole(found.new_rows))
    _line(out, f"{title}: {rows}")
    if not found.whole:
        _line(out, say.say("Only the first rows were compared: the table is larger than is held."), 4)
    if found.truncation is not None:
        _line(out, truncation_sentence(say, found.truncation), 4)
    sentences = list(column_sentences(say, found))
    for sentence in sentences[:_SHOWN_COLUMNS]:
        _line(out, sentence, 4)
    if len(sentences) > _SHOWN_COLUMNS:
        _line(out, say.say("and {count} more", count=say.whole(len(sentences) - _SHOWN_COLUMNS)), 4)
    _line(out, key_sentence(say, found), 4)
    if found.is_same:
        _line(out, say.say("Both versions say the same."), 4)
    for sentence in row_sentences(say, found):
        _line(out, sentence, 4)
    for text in kinds_of_changes(say, found):
        _line(out, text, 6)
    shown = found.changes
    if found.rewritten is not None:
        _line(out, past_sentence(say, found.rewritten), 4)
        shown = found.rewritten.largest
    for change in shown[:_SHOWN_CHANGES]:
        _line(out, change_line(change, say, value=True), 6)


def _line(out: Console, text: str, indent: int = 2) -> None:
    lines = out.render_str(plain(text)).wrap(out, max(out.width - indent - 2, 20))
    for at, line in enumerate(lines):
        line.rstrip()
        out.print(Text(" " * (indent + 2 * (at > 0))) + line)

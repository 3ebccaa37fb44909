"""An inspection in the terminal: readable at 80 columns."""

from rich.console import Console
from rich.padding import Padding
from rich.table import Table as Grid
from rich.text import Text

from atalaya.cli.output import plain
from atalaya.publish.inspected.columns import ColumnView
from atalaya.publish.inspected.faults import Fault
from atalaya.publish.inspected.file import FileView, TableView
from atalaya.publish.inspected.speech import Speech
from atalaya.publish.inspected.stars import machine_text, next_text, open_text, stars_text

_SHOWN_COLUMNS = 60
_SHOWN_MEMBERS = 20
_SHOWN_TABLES = 40
_SHOWN_CELLS = 8
_SHOWN_VALUES = 3
_NARROWEST = 20
"""Characters of a line in a terminal that is too narrow for anything."""


def print_file(out: Console, speech: Speech, name: str, view: FileView) -> None:
    """Everything about one file, in the speech's language; `name` is how the user calls it."""
    out.print(f"[bold]{plain(name)}[/]: {plain(view.format)}, {plain(view.size)}")
    _line(out, speech.say("why"), view.why)
    opened = (open_text(speech, view.openness), machine_text(speech, view.openness), stars_text(speech, view.openness))
    _line(out, speech.say("openness"), ", ".join(opened))
    if view.openness.stars is not None:
        _line(out, speech.say("next star"), next_text(speech, view.openness))
    _line(out, speech.say("encoding"), view.encoding)
    _line(out, speech.say("dialect"), ", ".join(view.dialect))
    _line(out, speech.say("document"), ", ".join(view.document))
    for member in view.members[:_SHOWN_MEMBERS]:
        _line(out, speech.say("holds"), f"{member.path}, {member.format}, {member.size}")
    _more(out, speech, len(view.members) - _SHOWN_MEMBERS)
    for table in view.tables[:_SHOWN_TABLES]:
        _print_table(out, speech, table)
    _more(out, speech, len(view.tables) - _SHOWN_TABLES)
    for fault in view.faults:
        _print_fault(out, speech, fault)


def print_line(out: Console, speech: Speech, name: str, view: FileView) -> None:
    """What matters most of one of many files, in one line."""
    said = [view.format, view.size, view.encoding]
    if view.tables:
        said.append(speech.count("{count} table", "{count} tables", len(view.tables)))
        rows = sum(table.rows for table in view.tables)
        said.append(speech.count("{count} row", "{count} rows", rows))
        said.append(speech.count("{count} column", "{count} columns", sum(table.width for table in view.tables)))
    codes = list(dict.fromkeys(fault.code for fault in view.faults))
    wrong = f"; [yellow]{plain(', '.join(codes))}[/]" if codes else ""
    out.print(f"[bold]{plain(name)}[/]: {plain(', '.join(filter(None, said)))}{wrong}")


def _line(out: Console, label: str, text: str, indent: int = 2) -> None:
    """A labelled text, folded so that what follows stands under its beginning; nothing where there is no text."""
    if text:
        _indented(out, f"{plain(label)}: {plain(text)}", indent)


def _indented(out: Console, text: str, indent: int) -> None:
    """A text with markup, its further lines two columns deeper."""
    lines = out.render_str(text).wrap(out, max(out.width - indent - 2, _NARROWEST))
    for at, line in enumerate(lines):
        line.rstrip()
        out.print(Text(" " * (indent + 2 * (at > 0))) + line)


def _more(out: Console, speech: Speech, count: int) -> None:
    if count > 0:
        _indented(out, plain(speech.say("and {count} more", count=speech.whole(count))), 2)


def _print_table(out: Console, speech: Speech, table: TableView) -> None:
    rows = speech.count("{count} row", "{count} rows", table.rows)
    columns = speech.count("{count} column", "{count} columns", table.width)
    title = speech.say("table {name}", name=table.name) if table.name else speech.say("table")
    _indented(out, f"[bold]{plain(title)}[/]: {rows}, {columns}{f' ({table.span})' if table.span else ''}", 2)
    _line(out, speech.say("why"), table.why, 4)
    parts = (f"{part.text} {_rows(part.first, part.last)}" for part in table.parts)
    _line(out, speech.say("rows"), ", ".join(parts), 4)
    for remark in table.remarks:
        _indented(out, plain(remark), 4)
    if table.columns:
        out.print(Padding(_grid(speech, table), (0, 0, 0, 4)), soft_wrap=False)
    _more(out, speech, len(table.columns) - _SHOWN_COLUMNS)


def _rows(first: int, last: int) -> str:
    return str(first) if first == last else f"{first}–{last}"


def _grid(speech: Speech, table: TableView) -> Grid:
    grid = Grid(box=None, padding=(0, 2, 0, 0), pad_edge=False, header_style="dim", expand=False)
    grid.add_column("", style="dim", no_wrap=True)
    grid.add_column(speech.say("column"), overflow="fold", ratio=4)
    grid.add_column(speech.say("filled"), justify="right", no_wrap=True)
    grid.add_column(speech.say("values"), overflow="fold", ratio=5)
    for column in table.columns[:_SHOWN_COLUMNS]:
        name = plain(column.name) or f"[dim]{plain(speech.say('unnamed'))}[/]"
        meaning = plain(", ".join(filter(None, (column.meaning, column.kind))))
        filled = speech.whole(column.filled)
        grid.add_row(column.letters, f"{name}\n[dim]{meaning}[/]", filled, "\n".join(_values(speech, column)))
    return grid


def _values(speech: Speech, column: ColumnView) -> list[str]:
    lines = []
    if column.filled:
        lines.append(plain("; ".join(filter(None, (column.distinct, column.spread)))))
    if column.top and not column.spread:
        lines.append(plain(", ".join(f"{text} ({speech.whole(count)})" for text, count in column.top[:_SHOWN_VALUES])))
    if column.withheld and not column.spread:
        lines.append(f"[dim]{plain(column.withheld)}[/]")
    if column.personal:
        lines.append(f"[yellow]{plain(speech.say('may hold personal data: {kind}', kind=column.personal))}[/]")
    if column.missing:
        lines.append(plain(speech.say("missing: {ways}", ways=", ".join(column.missing))))
    return lines


def _print_fault(out: Console, speech: Speech, fault: Fault) -> None:
    _indented(
        out, f"[yellow]{plain(fault.title)}[/] ({plain(fault.code)}), {plain(fault.place)}: {plain(fault.detail)}", 2
    )
    if fault.cells:
        more = "…" if min(len(fault.cells), _SHOWN_CELLS) < max(len(fault.cells), fault.count) else ""
        _line(out, speech.say("cells"), ", ".join(fault.cells[:_SHOWN_CELLS]) + more, 4)
    if fault.example:
        _line(out, speech.say("such as"), " | ".join(fault.example), 4)
    _line(out, speech.say("remedy"), fault.remedy, 4)

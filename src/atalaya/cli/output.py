"""What commands print: for people through rich, for machines as JSON; errors name the thing, the place and what to do."""

import json
import re
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Column
from rich.text import Text

if TYPE_CHECKING:
    from atalaya.rounds.context import Progress as Told

JSON_OPTION = click.option("--json", "as_json", is_flag=True, help="Print one JSON object instead of text.")
HOME_OPTION = click.option(
    "--home", type=click.Path(file_okay=False, path_type=Path), help="Folder of observations (default: ATALAYA_HOME)."
)

WIDEST = 40
"""Characters of an id kept on one line; a longer one is folded."""

UNSAFE = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
"""Characters that steer a terminal, reorder what stands around them, break a line, or cannot be written at all."""


def visible(value: object) -> str:
    """A text of others as a terminal may show it: what could steer the terminal is written as its code.

    >>> visible("a\x1b[2Jb")
    'a\\\\x1b[2Jb'
    """
    return UNSAFE.sub(_code, str(value))


def plain(value: object) -> str:
    """A text of others inside text with markup: visible, and without any markup of its own; empty for None."""
    return "" if value is None else escape(visible(value))


def _code(found: re.Match[str]) -> str:
    number = ord(found[0])
    return f"\\x{number:02x}" if number < 0x100 else f"\\u{number:04x}"


class SafeConsole(Console):
    """A console on which no text can steer the terminal, wherever it came from; only our own line ends stay."""

    def render_str(self, text: str, **options: Any) -> Text:
        """Every plain text that rich renders passes here, in cells of tables too."""
        return super().render_str("\n".join(map(visible, text.split("\n"))), **options)


def id_column(title: str, cells: Iterable[object]) -> Column:
    """A column that is wide enough for its longest cell and, where the terminal is not, folds it: what names is never cut."""
    widest = max((len(visible(cell)) for cell in cells if cell is not None), default=0)
    return Column(title.replace("_", " "), min_width=min(widest, WIDEST), overflow="fold")


def span(low: float, high: float) -> str:
    """A figure, or its ends where they differ as people read them.

    >>> span(377.71, 377.73), span(0, 405)
    ('377.7', '0.0 to 405.0')
    """
    return f"{low:.1f}" if high - low < 0.05 else f"{low:.1f} to {high:.1f}"


def console(*, errors: bool = False) -> Console:
    """The console for people; errors and progress go to the error stream so that results can be piped."""
    return SafeConsole(stderr=errors, soft_wrap=True, highlight=False)


def print_json(value: object) -> None:
    """One JSON object on the output stream; what could steer a terminal is escaped as JSON escapes it."""
    text = json.dumps(value, ensure_ascii=False, indent=1, default=str)
    lines = (UNSAFE.sub(lambda found: f"\\u{ord(found[0]):04x}", line) for line in text.split("\n"))
    sys.stdout.write("\n".join(lines) + "\n")


@contextmanager
def stage_progress(*, quiet: bool) -> "Iterator[Told]":
    """A progress bar a stage on the error stream; silent when the stream is no terminal or JSON was asked for."""
    terminal = console(errors=True)
    if quiet or not terminal.is_terminal:
        yield lambda _stage, _done, _total: None
        return
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description:>10}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=terminal, transient=True) as bars:
        tasks = {}

        def told(stage: str, done: int, total: int) -> None:
            if stage not in tasks:
                tasks[stage] = bars.add_task(stage, total=total)
            bars.update(tasks[stage], completed=done, total=total)

        yield told

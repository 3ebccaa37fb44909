"""What commands print: for people through rich, for machines as JSON; errors name the thing, the place and what to do."""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from atalaya.rounds.context import Progress as Told

JSON_OPTION = click.option("--json", "as_json", is_flag=True, help="Print one JSON object instead of text.")
HOME_OPTION = click.option(
    "--home", type=click.Path(file_okay=False, path_type=Path), help="Folder of observations (default: ATALAYA_HOME)."
)


def console(*, errors: bool = False) -> Console:
    """The console for people; errors and progress go to the error stream so that results can be piped."""
    return Console(stderr=errors, soft_wrap=True, highlight=False)


def print_json(value: object) -> None:
    """One JSON object on the output stream."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=1, default=str) + "\n")


@contextmanager
def stage_progress(*, quiet: bool) -> Iterator[Told]:
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

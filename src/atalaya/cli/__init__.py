"""The command line: one file a command, one line here."""

import sys

import click

from atalaya.cli import (
    attribution,
    compare,
    country,
    demo,
    duties,
    duty_review,
    index,
    inspect,
    observation,
    observe,
    points,
    repair,
    replay,
    sample,
    schema,
)
from atalaya.cli.output import console, print_json
from atalaya.exceptions import AtalayaError
from atalaya.version import __version__


@click.group()
@click.version_option(__version__, prog_name="atalaya")
def atalaya() -> None:
    """Atalaya reads what a country's institutions publish, measures it, keeps what it saw and explains every figure."""


for command in (
    attribution.COMMAND,
    compare.COMMAND,
    country.COMMAND,
    demo.COMMAND,
    duties.COMMAND,
    index.COMMAND,
    inspect.COMMAND,
    observation.COMMAND,
    observe.COMMAND,
    repair.COMMAND,
    replay.COMMAND,
    sample.COMMAND,
    schema.COMMAND,
):
    atalaya.add_command(command)
observation.COMMAND.add_command(points.COMMAND)
for part in (duty_review.review, duty_review.decide, duty_review.accuracy):
    duties.COMMAND.add_command(part)


def _with_short_help(command: click.Command) -> None:
    """Let a command and all below it know -h, whether they are asked from here or by themselves."""
    command.context_settings["help_option_names"] = ["-h", "--help"]
    for below in command.commands.values() if isinstance(command, click.Group) else ():
        _with_short_help(below)


_with_short_help(atalaya)


def main() -> None:
    """Run a command; an error of ours ends with its message and exit status 2, never with a traceback."""
    try:
        atalaya(standalone_mode=True)
    except AtalayaError as error:
        if "--json" in sys.argv:
            print_json({"error": str(error), "kind": type(error).__name__})
        else:
            console(errors=True).print(f"error: {error}", markup=False, style="red")
        sys.exit(2)
    except OSError as error:
        place = f"{error.filename}: " if error.filename else ""
        console(errors=True).print(
            f"error: {place}{error.strerror or error}; nothing that was sealed is lost", markup=False
        )
        sys.exit(2)

"""The command line: one file a command, one line here."""

import sys
from importlib import import_module
from typing import Any

import click

from atalaya.cli.output import console, print_json
from atalaya.exceptions import AtalayaError
from atalaya.version import __version__

COMMANDS = (
    "archive",
    "assist",
    "attribution",
    "backup",
    "backups",
    "compare",
    "country",
    "demo",
    "duties",
    "index",
    "inspect",
    "observation",
    "observe",
    "plans",
    "portal",
    "repair",
    "replay",
    "restore",
    "sample",
    "schema",
    "topics",
    "translations",
    "worker",
)
"""Every command, which is the name of its module too: it is imported when it is asked for, so that none waits for the others."""

BELOW = {
    "archive": (("archive_prune", "COMMAND"),),
    "duties": (
        ("duty_accuracy", "COMMAND"),
        ("duty_decide", "COMMAND"),
        ("duty_instrument", "COMMAND"),
        ("duty_questions", "COMMAND"),
        ("duty_review", "COMMAND"),
    ),
    "index": (
        ("index_editions", "ERRATUM"),
        ("index_editions", "PUBLISH"),
        ("index_editions", "VERIFY"),
        ("index_history", "COMMAND"),
        ("index_plan", "COMMAND"),
    ),
    "observation": (("observation_dump", "COMMAND"), ("points", "COMMAND")),
    "portal": (
        ("portal_check", "COMMAND"),
        ("portal_post", "COMMAND"),
        ("portal_reviews", "DEPOSIT"),
        ("portal_reviews", "REPLY_PERIOD"),
        ("portal_user", "COMMAND"),
    ),
}
"""Commands of a group that have a module of their own, and what they are called there."""


class Commands(click.Group):
    """A group whose commands are imported when they are asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of all commands, none of them imported."""
        del ctx
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name, None where there is none."""
        if cmd_name in COMMANDS and cmd_name not in self.commands:
            command = _imported(cmd_name)
            for below in BELOW.get(cmd_name, ()):
                command.add_command(_imported(*below))
            _with_short_help(command)
            self.add_command(command)
        return super().get_command(ctx, cmd_name)


def _imported(module: str, name: str = "COMMAND") -> Any:
    """The command of a module, a group where it has commands below it."""
    return getattr(import_module(f"atalaya.cli.{module}"), name)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="atalaya")
def atalaya() -> None:
    """Atalaya reads what a country's institutions publish, measures it, keeps what it saw and explains every figure."""


def _with_short_help(command: click.Command) -> None:
    """Let a command and all below it know -h, whether they are asked from here or by themselves."""
    command.context_settings["help_option_names"] = ["-h", "--help"]
    command._help_option = None  # one that was made before, when the command was called by itself, knows --help alone
    for below in command.commands.values() if isinstance(command, click.Group) else ():
        _with_short_help(below)


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

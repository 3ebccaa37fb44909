"""The command line: one file a command, one line here."""

import sys

import click

from atalaya.cli.groups import HELP_NAMES, Group
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

ELSEWHERE = {
    "archive": {"prune": ("archive_prune", "COMMAND")},
    "duties": {
        "accuracy": ("duty_accuracy", "COMMAND"),
        "decide": ("duty_decide", "COMMAND"),
        "instrument": ("duty_instrument", "COMMAND"),
        "questions": ("duty_questions", "COMMAND"),
        "review": ("duty_review", "COMMAND"),
    },
    "index": {
        "erratum": ("index_editions", "ERRATUM"),
        "history": ("index_history", "COMMAND"),
        "plan": ("index_plan", "COMMAND"),
        "publish": ("index_editions", "PUBLISH"),
        "verify": ("index_editions", "VERIFY"),
    },
    "observation": {"dump": ("observation_dump", "COMMAND"), "points": ("points", "COMMAND")},
    "portal": {
        "check": ("portal_check", "COMMAND"),
        "deposit": ("portal_reviews", "DEPOSIT"),
        "post": ("portal_post", "COMMAND"),
        "reply-period": ("portal_reviews", "REPLY_PERIOD"),
        "user": ("portal_user", "COMMAND"),
    },
}
"""Commands of a group that have a module of their own, and what they are called there."""


class Commands(Group):
    """The group of all commands."""

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name, None where there is none."""
        command = super().get_command(ctx, cmd_name)
        if isinstance(command, Group):
            command.elsewhere = ELSEWHERE.get(cmd_name, {})
        return command


@click.group(cls=Commands, context_settings={"help_option_names": HELP_NAMES})
@click.version_option(__version__, prog_name="atalaya")
def atalaya() -> None:
    """Atalaya reads what a country's institutions publish, measures it, keeps what it saw and explains every figure."""


atalaya.elsewhere = {name: (name, "COMMAND") for name in COMMANDS}


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

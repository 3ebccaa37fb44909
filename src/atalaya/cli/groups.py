"""Groups of commands that are imported when they are asked for, so that none waits for the others."""

from collections.abc import Mapping
from importlib import import_module
from typing import Any

import click

HELP_NAMES = ["-h", "--help"]


class Group(click.Group):
    """A group some of whose commands have a module of their own: `elsewhere` says which, and what they are called there."""

    elsewhere: Mapping[str, tuple[str, str]] = {}

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of all commands, none of them imported for it."""
        return sorted({*super().list_commands(ctx), *self.elsewhere})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name, None where there is none."""
        if cmd_name in self.elsewhere and cmd_name not in self.commands:
            command = imported(*self.elsewhere[cmd_name])
            with_short_help(command)
            self.add_command(command, cmd_name)
        return super().get_command(ctx, cmd_name)


def imported(module: str, name: str = "COMMAND") -> Any:
    """The command of a module of `atalaya.cli`, a group where it has commands below it."""
    return getattr(import_module(f"atalaya.cli.{module}"), name)


def with_short_help(command: click.Command) -> None:
    """Let a command and all below it know -h, whether they are asked from here or by themselves."""
    command.context_settings["help_option_names"] = HELP_NAMES
    command._help_option = None  # one that was made before, when the command was called by itself, knows --help alone
    for below in command.commands.values() if isinstance(command, click.Group) else ():
        with_short_help(below)

"""`atalaya archive`: what is kept of bytes that were seen, and whether they may be handed out."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from atalaya.cli.groups import Group
from atalaya.cli.output import HOME_OPTION, JSON_OPTION, console, print_json, visible
from atalaya.cli.sealed import home_of
from atalaya.clock import system_clock
from atalaya.exceptions import StoreError
from atalaya.store.archive import Archive

_HASH = re.compile(r"[0-9a-f]{64}")


@click.group("archive", cls=Group)
def COMMAND() -> None:  # noqa: N802 - the name the registry reads
    """The archived bytes, by SHA-256. The portal hands out those that are public, where no personal data were found in them.

    A class that a person gives holds at once: `open` hands out what programs cannot judge, `restrict` keeps back, `withdraw`
    deletes the bytes and leaves a tombstone with the reason.
    """


def _classing(command: Callable[..., None]) -> Callable[..., None]:
    """The arguments of commands that give a class."""
    options: list[Any] = [
        click.argument("sha256"),
        click.option("--reason", required=True, help="Why; of withdrawn bytes everybody reads it. Name no person."),
        HOME_OPTION,
        JSON_OPTION,
    ]
    for option in reversed(options):
        command = option(command)
    return command


@COMMAND.command("show")
@click.argument("sha256")
@HOME_OPTION
@JSON_OPTION
def show(sha256: str, home: Path | None, as_json: bool) -> None:
    """Tell what is kept under a hash, and its class."""
    _tell(_archive(home), _hash(sha256), as_json=as_json)


@COMMAND.command("open")
@_classing
def open_(sha256: str, reason: str, home: Path | None, as_json: bool) -> None:
    """Say that a person looked at these bytes and they may be handed out."""
    _classify(sha256, "public", reason, home, as_json=as_json)


@COMMAND.command("restrict")
@_classing
def restrict(sha256: str, reason: str, home: Path | None, as_json: bool) -> None:
    """Keep these bytes as evidence and hand them out to nobody."""
    _classify(sha256, "restricted", reason, home, as_json=as_json)


@COMMAND.command("withdraw")
@_classing
def withdraw(sha256: str, reason: str, home: Path | None, as_json: bool) -> None:
    """Delete these bytes and leave a tombstone; the same bytes are never kept again."""
    archive = _archive(home)
    archive.withdraw(_hash(sha256), reason, system_clock().now())
    _tell(archive, sha256, as_json=as_json)


def _classify(sha256: str, kind: str, reason: str, home: Path | None, *, as_json: bool) -> None:
    archive = _archive(home)
    if archive.class_of(_hash(sha256)) == "withdrawn":
        raise StoreError(f"{sha256} was withdrawn; its bytes are gone, and a tombstone stays")
    archive.classify(sha256, kind, reason, system_clock().now())
    _tell(archive, sha256, as_json=as_json)


def _archive(home: Path | None) -> Archive:
    return Archive(home_of(home) / "archive")


def _hash(text: str) -> str:
    """Raises StoreError where a text is no SHA-256: no other file may be named by it."""
    if not _HASH.fullmatch(text):
        raise StoreError(
            f"{text!r} is no SHA-256; give its 64 small hexadecimal digits, as `observation findings` tells them"
        )
    return text


def _tell(archive: Archive, sha256: str, *, as_json: bool) -> None:
    blob, record = archive.blob(sha256), archive.shelf.class_record(sha256)
    told = {
        "sha256": sha256,
        "size": blob.size,
        "kept": blob.kept,
        "class": archive.class_of(sha256),
        "reason": record.get("reason"),
        "moment": record.get("moment"),
    }
    if as_json:
        print_json(told)
        return
    for name, value in told.items():
        if value is not None:
            console().print(f"{name}: {visible(value)}", markup=False)

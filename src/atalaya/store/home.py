"""What the home folder holds: which of it is kept by backups, which is made anew at need, and in which version of its formats.

A version of Atalaya refuses a home folder that a later one has written to: it would read there what it does not understand.
"""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from atalaya.exceptions import StoreError
from atalaya.store.parts import write_atomic
from atalaya.version import __version__

FORMAT: Final = 1
"""Version of all formats below the home folder. It grows when an older version could not read what this one writes."""

FORMAT_FILE: Final = "format.json"

DATABASE: Final = "database"
"""The files of the embedded server: a copy of them is of no use while it runs, so that backups hold a dump instead."""

MADE_ANEW: Final = ("answers", "derived", "gate", "graphs", "metrics")
"""Folders of what is made again at need: answers kept by the portal, derived files, the pace of hosts, graphs of the API,
counts of requests."""

KEYS: Final = ("keys", "portal.key")
"""What is secret: the key that signs observations, and the key of the portal's signatures and second factors."""


@dataclass(frozen=True, slots=True)
class HomeFormat:
    """The version of a home folder's formats and the version of Atalaya that wrote it."""

    format: int
    version: str


def home_format(home: Path) -> HomeFormat | None:
    """What the home folder says of its formats; None where it says nothing, as before formats had a version."""
    try:
        said = json.loads((home / FORMAT_FILE).read_bytes())
        return HomeFormat(int(said["format"]), str(said["version"]))
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise StoreError(f"{home / FORMAT_FILE} cannot be read ({error}); restore it from a backup") from error


def refuse_later(home: Path) -> None:
    """Raise StoreError where a later version of Atalaya has written to the home folder."""
    said = home_format(home)
    if said is not None and said.format > FORMAT:
        raise StoreError(
            f"{home} was written by Atalaya {said.version} in format {said.format}, and this is {__version__}, which knows "
            f"format {FORMAT}: install {said.version} or later, or restore a backup made before the upgrade"
        )


def mark_format(home: Path) -> None:
    """Note that this version writes to the home folder. Raises StoreError as `refuse_later` does."""
    refuse_later(home)
    if home_format(home) is None:
        said = json.dumps({"format": FORMAT, "version": __version__}) + "\n"
        write_atomic(home / FORMAT_FILE, [said.encode()])

"""The observations that commands are told of: the home folder, an id, its beginning, `latest`, or the dump of one."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from atalaya.exceptions import StoreError
from atalaya.history.read import Sealed, open_sealed
from atalaya.publish.dumps.verifying import hold_dump, is_dump, opened_dump
from atalaya.settings import read_settings
from atalaya.store.manifest import NAME as MANIFEST
from atalaya.store.manifest import read_manifest
from atalaya.store.observations import find, folders, read_opening, state_of


def home_of(home: Path | None) -> Path:
    """The folder of observations: `--home`, else the settings'."""
    return read_settings(os.environ, home).home


def folder_of(root: Path, observation: str) -> Path:
    """The folder of an observation that is sealed, by its id, its beginning or `latest`.

    Raises StoreError; where `latest` finds only rounds that never ended, it names them and how to end them.
    """
    everything = folders(root)
    if observation != "latest" or not everything:
        return find(root, observation)
    states = {folder: told_state(folder) for folder in everything}
    closed = [folder for folder, state in states.items() if state == "sealed"]
    if closed:
        return max(closed, key=lambda folder: (read_manifest(folder).as_of, folder.name))
    names = ", ".join(f"{folder.name} ({state})" for folder, state in states.items())
    raise StoreError(
        f"no observation under {root / 'observations'} is sealed yet; there: {names}. "
        "Finish an open round with the command that began it and `--resume`"
    )


def told_state(folder: Path) -> str:
    """`sealed`, `open` or `aborted` as the store says; `damaged` where what stands there cannot be read."""
    try:
        if (folder / MANIFEST).exists():
            read_manifest(folder)
        else:
            read_opening(folder)
        return str(state_of(folder))
    except StoreError:
        return "damaged"


@contextmanager
def sealed_of(observation: str, home: Path | None) -> Iterator[Sealed]:
    """A sealed observation by its id, or the downloaded dump of one by its path, held to its signature and hashes first."""
    path = Path(observation)
    if not is_dump(path):
        yield open_sealed(folder_of(home_of(home), observation))
        return
    with opened_dump(path) as folder:
        hold_dump(folder)
        yield open_sealed(folder)

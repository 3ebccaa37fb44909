"""Where observations lie: `home/observations/<country>/<id>/`, open until their manifest is written."""

import json
import re
from dataclasses import asdict, dataclass
from pathlib import Path

from atalaya.exceptions import StoreError
from atalaya.store.manifest import NAME as MANIFEST
from atalaya.store.manifest import Manifest, read_manifest
from atalaya.store.parts import write_atomic

OPENING = "round.json"
ABORTED = "aborted.json"
"""Beside the opening of a round that our own side kept from going on: the moment and the reason."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """What a round was opened with; a resumed round must be opened with the same."""

    observation: str
    kind: str
    country: str
    as_of: str
    seed: int
    parent: str | None
    pack_sha256: str
    methodologies: dict[str, str]
    settings: dict[str, str | int | float | bool | None]


def observation_id(country: str, as_of: str) -> str:
    """The id of the observation of a country at a moment, as `clock.stamp` writes it.

    >>> observation_id("xm", "2026-01-05T12:00:00Z")
    'xm-20260105T120000Z'
    """
    return f"{country}-{re.sub('[^0-9TZ]', '', as_of)}"


def observation_folder(home: Path, country: str, observation: str) -> Path:
    """The folder of one observation."""
    return home / "observations" / country / observation


def recheck_folder(home: Path, country: str, key: str) -> Path:
    """The folder of a recheck: apart from the rounds, so that none of them continues it."""
    return home / "rechecks" / country / key


def write_opening(folder: Path, opening: Opening) -> None:
    """Open an observation: the first file in its folder."""
    write_atomic(folder / OPENING, [(json.dumps(asdict(opening), indent=1, sort_keys=True) + "\n").encode()])


def read_opening(folder: Path) -> Opening:
    """Raises StoreError where the folder was not opened by this format."""
    try:
        return Opening(**json.loads((folder / OPENING).read_bytes()))
    except (OSError, ValueError, TypeError) as error:
        raise StoreError(f"{folder / OPENING} cannot be read ({error}); the folder is not an observation") from error


def mark_aborted(folder: Path, moment: str, reason: str) -> None:
    """Record that the round in a folder was aborted; `moment` as `clock.stamp` writes it."""
    body = json.dumps({"moment": moment, "reason": reason}, ensure_ascii=False, indent=1, sort_keys=True)
    write_atomic(folder / ABORTED, [(body + "\n").encode()])


def state_of(folder: Path) -> str:
    """The state of an observation's folder: `sealed`, `aborted` or `open`."""
    if (folder / MANIFEST).exists():
        return "sealed"
    return "aborted" if (folder / ABORTED).exists() else "open"


def folders(home: Path, country: str | None = None) -> tuple[Path, ...]:
    """The folders of all observations, or of one country's, sorted by id; ids sort by moment."""
    root = home / "observations"
    found = root.glob(f"{country or '*'}/*/{OPENING}")
    return tuple(sorted((path.parent for path in found), key=lambda folder: folder.name))


def sealed(home: Path, country: str, before: str | None = None) -> tuple[Manifest, ...]:
    """The manifests of a country's sealed observations, oldest first; `before` keeps those of an earlier moment."""
    manifests = (read_manifest(folder) for folder in folders(home, country) if (folder / MANIFEST).exists())
    return tuple(m for m in manifests if before is None or m.as_of < before)


def latest(home: Path, country: str) -> Path:
    """The folder of a country's latest sealed observation. Raises StoreError where there is none."""
    closed = sealed(home, country)
    if not closed:
        raise StoreError(f"no sealed observation of {country!r} under {home / 'observations'}; observe it first")
    return observation_folder(home, country, closed[-1].observation)


def find(home: Path, observation: str) -> Path:
    """The folder of an observation by its id, or by a prefix or `latest`. Raises StoreError naming what is there."""
    everything = folders(home)
    if observation == "latest":
        closed = [folder for folder in everything if (folder / MANIFEST).exists()]
        if closed:
            return max(closed, key=lambda folder: read_manifest(folder).as_of)
    exact = [folder for folder in everything if folder.name == observation]
    matching = exact or [folder for folder in everything if folder.name.startswith(observation)]
    if len(matching) == 1:
        return matching[0]
    known = ", ".join(folder.name for folder in (matching or everything)) or "none"
    word = "names several observations" if matching else "is no observation"
    raise StoreError(f"{observation!r} {word} under {home / 'observations'}; there: {known}")

"""Opening a round: a new observation with its parent, or the one that was left unfinished."""

import fcntl
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from atalaya.countries.pack import CountryPack
from atalaya.exceptions import RunElsewhere, SourceError, StoreError
from atalaya.harvest.discovery import DECLARABLE
from atalaya.rounds.harvesting import STAGE as HARVEST
from atalaya.rounds.measuring import methodologies
from atalaya.rounds.site_sources import SITES
from atalaya.settings import Settings
from atalaya.store.ledger import Ledger
from atalaya.store.manifest import NAME as MANIFEST
from atalaya.store.observations import (
    ABORTED,
    Opening,
    folders,
    observation_folder,
    observation_id,
    read_opening,
    sealed,
    state_of,
    write_opening,
)
from atalaya.store.parts import sync_folder


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What is to be observed: `as_of` as `clock.stamp` writes it; `resume` continues the unfinished round instead."""

    pack: CountryPack
    as_of: str
    as_of_stated: bool = False
    seed: int = 0
    resume: bool = False
    kind: str = "round"
    sites: bool = False
    """Whether the web site of every institution is read as well."""


def open_round(home: Path, settings: Settings, request: Request) -> tuple[Path, Opening]:
    """The folder and opening of the round to run. Raises StoreError saying what stands in the way and what to do.

    Raises SourceError where an active source declares a protocol that no harvester reads, before anything is asked.
    """
    refuse_unread_protocols(request.pack)
    if request.resume:
        return _resumed(home, request)
    country = request.pack.code
    _remove_sealed_parts(home, country)
    name = observation_id(country, request.as_of)
    folder = observation_folder(home, country, name)
    if (folder / MANIFEST).exists():
        raise StoreError(f"{name} is already sealed; choose another moment with --as-of")
    if state_of(folder) == "aborted":
        with held(folder):
            if state_of(folder) == "aborted":
                shutil.rmtree(folder)
    if folder.exists():
        raise StoreError(f"{name} is open and unfinished; continue it with --resume, or delete {folder}")
    before = sealed(home, country)
    if before and before[-1].as_of >= request.as_of:
        raise StoreError(
            f"{before[-1].observation} is later than {request.as_of}: observations are added in order of time; "
            "choose a later --as-of or another --home"
        )
    opening = Opening(
        observation=name,
        kind=request.kind,
        country=country,
        as_of=request.as_of,
        seed=request.seed,
        parent=before[-1].observation if before else None,
        pack_sha256=request.pack.sha256,
        methodologies=dict(methodologies()),
        settings={
            "body_limit": settings.body_limit,
            "timeout": settings.timeout,
            **({SITES: True} if request.sites else {}),
        },
    )
    write_opening(folder, opening)
    return folder, opening


def refuse_unread_protocols(pack: CountryPack) -> None:
    """Raise SourceError naming the file of every active source whose protocol no harvester reads, and the ids that exist."""
    wrong = [source for source in pack.sources if source.state == "active" and source.protocol not in DECLARABLE]
    if not wrong:
        return
    said = "; ".join(
        f"{pack.folder / 'sources' / source.id.partition(':')[2]}.yml: no harvester reads the protocol {source.protocol!r}"
        for source in wrong
    )
    raise SourceError(f"{said}. Use one of {', '.join(sorted(DECLARABLE))}, or `state: later` with its reason")


def _remove_sealed_parts(home: Path, country: str) -> None:
    """Remove the parts that a process left which died between sealing and tidying up."""
    for folder in folders(home, country):
        if (folder / MANIFEST).exists():
            shutil.rmtree(folder / "parts", ignore_errors=True)


def _resumed(home: Path, request: Request) -> tuple[Path, Opening]:
    country = request.pack.code
    closed = sealed(home, country)
    last = closed[-1].observation if closed else ""
    unfinished = [folder for folder in folders(home, country) if state_of(folder) != "sealed" and folder.name > last]
    wanted = observation_id(country, request.as_of)
    found = [folder for folder in unfinished if folder.name == wanted] if request.as_of_stated else unfinished
    if not found:
        raise StoreError(f"{home} holds no unfinished round of {country} to resume; leave --resume away to start one")
    opening = read_opening(found[-1])
    if opening.pack_sha256 != request.pack.sha256:
        raise StoreError(
            f"the country pack changed since {opening.observation} was opened; restore the pack, or delete {found[-1]} "
            "and observe anew"
        )
    return found[-1], opening


@contextmanager
def held(folder: Path) -> Iterator[Ledger]:
    """Hold an open round so that no second process runs it; sweeps what a dead one left. Raises RunElsewhere when held."""
    with (folder / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise RunElsewhere(f"{folder.name} is being run by another process; wait for it to end") from error
        ledger = Ledger(folder)
        ledger.sweep()
        yield ledger


def revive(folder: Path, ledger: Ledger) -> None:
    """Make an aborted round open again: the sources that failed are forgotten, so that they are asked again."""
    if state_of(folder) != "aborted":
        return
    failed = {"failed", "held"}
    for unit in ledger.units(HARVEST):
        if any(table == "sources" and row["state"] in failed for table, row in ledger.unit_rows(HARVEST, unit)):
            ledger.forget(HARVEST, unit)
    (folder / ABORTED).unlink()
    sync_folder(folder)

"""What every stage of a round shares: the pack, the ledger, the archive, the client, the clock and what came before."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TypeVar

from atalaya.clock import Clock
from atalaya.countries.pack import CountryPack, Source
from atalaya.fetch.client import Client
from atalaya.harvest.values import host
from atalaya.history.read import Sealed
from atalaya.rounds.crew import Apart
from atalaya.rounds.histories import Histories
from atalaya.settings import Settings
from atalaya.store.archive import Archive
from atalaya.store.ledger import Ledger
from atalaya.store.observations import Opening
from atalaya.store.tables import Row

Number = TypeVar("Number", int, float)

IDENTIFY = "identify"
"""The stage that says which records are one dataset; it stands here because what it found is asked for everywhere."""

DUTIES = "duties"
"""The stage that judges legal duties; it stands here because checks and measures ask for what it found."""

LOOKUPS = "lookups"
"""Where, in the folder of a round, the stages keep what they look up and make again at need; it goes when the round is sealed."""

Progress = Callable[[str, int, int], None]
"""Told after every unit: the stage, units done, units in all."""


def silent(_stage: str, _done: int, _total: int) -> None:
    """A progress that tells nobody."""


@dataclass(frozen=True)
class Round:
    """One round over one country, open until it is sealed. `previous` is the sealed observation it continues."""

    opening: Opening
    folder: Path
    home: Path
    pack: CountryPack
    settings: Settings
    ledger: Ledger
    archive: Archive
    client: Client
    clock: Clock
    previous: Sealed | None
    progress: Progress = field(default=silent)
    apart: Apart | None = None
    """How another process opens this round; None where that cannot be."""
    with_workers: bool = False
    """Whether fetching and inspecting are left to workers on other machines."""
    asked: frozenset[str] | None = None
    """The records that alone are looked at, by the identifiers of the observation before; None: all of them."""

    @property
    def as_of(self) -> str:
        """The moment of the observation, the only time that reaches hashed columns."""
        return self.opening.as_of

    @cached_property
    def histories(self) -> Histories:
        """What the previous observation carried on, by subject id."""
        return Histories(self.previous, self.folder / LOOKUPS)

    def history(self, subject_id: str) -> Row | None:
        """What the previous observation carried on of a subject, under the identifier that it had there."""
        own = self.histories.get(subject_id)
        return own if own is not None else self.histories.get(self.former_ids.get(subject_id, ""))

    @cached_property
    def former_ids(self) -> dict[str, str]:
        """Subjects that had another identifier in the previous observation. Known once the identify stage is done."""
        rows = (row for _, row in self.ledger.rows(IDENTIFY, "migrations"))
        return {str(row["subject_id"]): str(row["former_id"]) for row in rows}

    @cached_property
    def wanted(self) -> frozenset[str] | None:
        """The records that alone are looked at, under their identifiers of today. Known once the identify stage is done."""
        if self.asked is None:
            return None
        return self.asked | {now for now, former in self.former_ids.items() if former in self.asked}

    @cached_property
    def sources(self) -> dict[str, Source]:
        """The sources of the pack by id."""
        return {source.id: source for source in self.pack.sources}

    @cached_property
    def demands(self) -> dict[str, tuple[float | None, int | None]]:
        """Host → the lowest rate (requests a second) and the fewest connections that sources on it ask for."""
        found: dict[str, tuple[float | None, int | None]] = {}
        for source in self.pack.sources:
            rate, connections = found.get(host(source.url), (None, None))
            found[host(source.url)] = (
                _least(rate, source.requests_per_second),
                _least(connections, source.connections),
            )
        return found

    @cached_property
    def set_aside(self) -> dict[str, str]:
        """Records that count for nobody here, with why: `copy` or `republished`. Known once the identify stage is done."""
        found: dict[str, str] = {}
        for table, row in self.ledger.rows(IDENTIFY, "appearances", "republished"):
            if table == "republished":
                found.setdefault(str(row["record_id"]), "republished")
            elif row["copy_id"] != row["record_id"]:
                found[str(row["copy_id"])] = "copy"
        return found


def _least(one: Number | None, other: Number | None) -> Number | None:
    stated = [number for number in (one, other) if number is not None]
    return min(stated) if stated else None

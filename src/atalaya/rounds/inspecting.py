"""The inspect stage: one unit for each fetched batch. The bytes of every whole answer are inspected.

Many units are inspected in several processes side by side; who inspects a unit changes nothing of its part.
"""

import multiprocessing
import tempfile
from collections.abc import Iterable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property, partial
from pathlib import Path
from typing import Any, Final, cast

from atalaya.countries.identifiers import IdentifierRule, compile_identifier
from atalaya.countries.pack import ColumnIdentity, CountryPack, Division, Identifier
from atalaya.exceptions import ProcessDied
from atalaya.inspection.defects.places import places_of
from atalaya.inspection.findings import Inspection
from atalaya.inspection.inspector import inspect_bytes, inspect_file
from atalaya.inspection.limits import DEFAULT, Limits
from atalaya.inspection.semantic.knowledge import Knowledge
from atalaya.rounds.context import Round
from atalaya.rounds.fetching import STAGE as FETCH
from atalaya.rounds.inspection_rows import inspection_rows
from atalaya.rounds.processes import METHOD, processors, spread
from atalaya.store.archive import Archive
from atalaya.store.ledger import Ledger
from atalaya.store.tables import Row

STAGE = "inspect"

ALONE: Final = 4
"""Units up to which starting a process takes longer than it saves."""

PROCESSES: Final = min(4, processors())
"""Processes at once; each takes about 70 MB."""

IN_MEMORY: Final = 1 << 20
"""Bytes of a body that is inspected without a file of its own."""

LARGE: Final = 16 << 20
"""Bytes of a body that is inspected while no other of its size is: inspecting takes several times its size of memory."""


@dataclass(frozen=True)
class Country:
    """What tables are judged by: the identifiers by which a country identifies persons, its divisions, the sums that
    it declares of
    columns, and the day of the observation."""

    identifiers: tuple[Identifier, ...] = ()
    divisions: tuple[Division, ...] = ()
    place_words: tuple[str, ...] = ()
    identities: tuple[ColumnIdentity, ...] = ()
    as_of: date | None = None

    @cached_property
    def limits(self) -> Limits:
        """The usual limits, with the numbers that have a check digit, and what defects are found by."""
        rules = (compile_identifier(each, self.divisions) for each in self.identifiers)
        places = places_of(self.divisions, self.place_words) if self.divisions else None
        known = Knowledge(places=places, identities=self.identities, as_of=self.as_of)
        tellers = tuple(_Teller(rule) for rule in rules if rule.checks)
        return replace(DEFAULT, described=False, knowledge=known, identities=tellers)


def country_of(pack: CountryPack, as_of: date | None = None) -> Country:
    """What a pack says of its tables."""
    personal = tuple(each for each in pack.identifiers if each.personal)
    return Country(personal, pack.divisions, pack.place_words, pack.identities, as_of)


@dataclass(frozen=True, slots=True)
class _Teller:
    """Whether a text is an identifier; other processes can be given it."""

    rule: IdentifierRule

    def __call__(self, text: str) -> bool:
        return self.rule.verdict(text).valid


@dataclass(frozen=True)
class Desk:
    """What a process needs to inspect units; `large` is held while a large body is inspected."""

    ledger: Ledger
    archive: Archive
    country: Country
    large: AbstractContextManager[Any]


def inspect(round_: Round) -> None:
    """Inspect every batch that has no part yet. Raises StoreError where the archive lacks the bytes of one."""
    units = round_.ledger.units(FETCH)
    waiting = [unit for unit in units if not round_.ledger.done(STAGE, unit)]
    done = len(units) - len(waiting)

    def told() -> None:
        nonlocal done
        done += 1
        round_.progress(STAGE, done, len(units))

    round_.progress(STAGE, done, len(units))
    processes = PROCESSES if len(waiting) > ALONE else 1
    large = multiprocessing.get_context(METHOD).Lock() if processes > 1 else nullcontext()
    work = partial(
        inspect_unit,
        Desk(round_.ledger, round_.archive, country_of(round_.pack, date.fromisoformat(round_.as_of[:10])), large),
    )
    try:
        spread(work, waiting, processes, told)
    except ProcessDied:
        # A native reader may take its process down; what really is at fault shows when this one tries.
        done = sum(round_.ledger.done(STAGE, unit) for unit in units)
        alone = replace(work.args[0], large=nullcontext())
        rest = [unit for unit in units if not round_.ledger.done(STAGE, unit)]
        spread(partial(inspect_unit, alone), rest, 1, told)


def inspect_unit(desk: Desk, unit: str) -> None:
    """Inspect one unit and write its part."""
    rows = desk.ledger.unit_rows(FETCH, unit, "probes")
    probes = [row for _, row in rows if _inspectable(row)]
    heavy = any(cast(int, probe["size"]) > LARGE for probe in probes)
    with desk.large if heavy else nullcontext():
        found = list(_inspected(desk.archive, probes, desk.country.limits))
    desk.ledger.write(STAGE, unit, found)


def _inspectable(probe: Row) -> bool:
    status = probe["status"]
    good = isinstance(status, int) and 200 <= status < 300 and probe["failure"] is None
    return good and probe["sha256"] is not None and probe["kept"] != "withdrawn"


def _inspected(archive: Archive, probes: Iterable[Row], limits: Limits) -> Iterable[tuple[str, Row]]:
    for probe in probes:
        yield from inspection_rows(str(probe["resource_id"]), inspect_blob(archive, probe, limits))


def inspect_blob(archive: Archive, probe: Row, limits: Limits) -> Inspection:
    """What the bytes are that a row tells of by `sha256`, `final_url`, `media_type`, `kept` and `size`."""
    sha256, url = str(probe["sha256"]), str(probe["final_url"])
    media_type = str(probe["media_type"]) if probe["media_type"] else None
    if probe["kept"] == "whole" and cast(int, probe["size"]) <= IN_MEMORY:
        return inspect_bytes(archive.read(sha256), url=url, media_type=media_type, limits=limits)
    with tempfile.TemporaryDirectory(prefix="atalaya-") as folder:
        path = Path(folder) / "body"
        archive.extract(sha256, path)
        return inspect_file(path, url=url, media_type=media_type, limits=limits)

"""A recheck: some findings of a sealed observation looked at again, as a small observation of its own chained to that one.

The sources that the findings are of are read again, since a link is mended in the catalogue; of what they give only the datasets
concerned are fetched, inspected and judged. It lies in `home/rechecks/<country>/<key>`, apart from the rounds: no round continues
it, and no figure is made of it.
"""

from dataclasses import dataclass, replace
from pathlib import Path

from atalaya.clock import stamp
from atalaya.countries.pack import SITE, CountryPack
from atalaya.exceptions import SourceError
from atalaya.history.read import Sealed, open_sealed
from atalaya.rounds.checking import check
from atalaya.rounds.context import Round
from atalaya.rounds.fetching import fetch
from atalaya.rounds.harvesting import harvest
from atalaya.rounds.identifying import identify_records
from atalaya.rounds.inspecting import inspect
from atalaya.rounds.opening import held, revive
from atalaya.rounds.run import Plan, client_of, collecting_rarely
from atalaya.rounds.sealing import seal
from atalaya.store.archive import Archive
from atalaya.store.observations import (
    OPENING,
    Opening,
    find,
    observation_id,
    read_opening,
    recheck_folder,
    state_of,
    write_opening,
)

KIND = "recheck"
LEVELS = frozenset({"catalogue", "dataset", "resource", "table"})
"""Levels of findings that can be looked at again by themselves; a duty is judged over all that an institution publishes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recheck:
    """What is looked at again: findings and whole datasets of an observation, by their ids; `key` names the recheck, so that it
    is done once."""

    pack: CountryPack
    observation: str
    findings: tuple[str, ...]
    key: str
    records: tuple[str, ...] = ()


async def recheck(plan: Plan, asked: Recheck) -> Sealed:
    """Look again at findings, or go on where a process died; gives the sealed recheck.

    Raises SourceError where none of the findings can be looked at by itself, StoreError where the observation is not there.
    """
    home = plan.settings.home
    folder = recheck_folder(home, asked.pack.code, asked.key)
    if state_of(folder) == "sealed":
        return open_sealed(folder)
    parent = open_sealed(find(home, asked.observation))
    sources, records = concerned(parent, asked)
    pack = replace(asked.pack, sources=tuple(source for source in asked.pack.sources if source.id in sources))
    opening = _opening(folder, parent, pack, plan)
    with held(folder) as ledger, collecting_rarely():
        revive(folder, ledger)
        async with client_of(plan.settings, plan.pacing, plan.resolve, parent, pack.rates) as client:
            round_ = Round(
                opening=opening,
                folder=folder,
                home=home,
                pack=pack,
                settings=plan.settings,
                ledger=ledger,
                archive=Archive(home / "archive"),
                client=client,
                clock=plan.clock,
                previous=parent,
                progress=plan.progress,
                asked=records,
            )
            await harvest(round_)
            identify_records(round_)
            await fetch(round_)
            inspect(round_)
            check(round_)
            seal(round_)
    return open_sealed(folder)


def concerned(observation: Sealed, asked: Recheck) -> tuple[frozenset[str], frozenset[str]]:
    """The sources that are read again, and the records that are looked at. Raises SourceError where nothing can be."""
    readable = {source.id for source in asked.pack.sources if source.state == "active" and source.protocol != SITE}
    columns = ("finding_id", "level", "source_id", "record_id")
    found = [
        row
        for row in observation.rows("outcomes", f"finding_id IN ({_marks(asked.findings)})", asked.findings, columns)
        if row["level"] in LEVELS
    ]
    of_records = ("source_id", "record_id")
    found += observation.rows("records", f"record_id IN ({_marks(asked.records)})", asked.records, of_records)
    found = [row for row in found if row["source_id"] in readable]
    if not found:
        raise SourceError(
            f"none of what is asked for of {observation.manifest.observation} can be looked at by itself: what is found on web "
            "sites, and duties, are judged in the next round"
        )
    records = frozenset(str(row["record_id"]) for row in found if row["record_id"] is not None)
    return frozenset(str(row["source_id"]) for row in found), records


def _marks(values: tuple[str, ...]) -> str:
    return ", ".join("?" for _ in values) or "''"


def _opening(folder: Path, parent: Sealed, pack: CountryPack, plan: Plan) -> Opening:
    if (folder / OPENING).exists():
        return read_opening(folder)
    as_of = stamp(plan.clock.now())
    opening = Opening(
        observation=f"{observation_id(pack.code, as_of)}-{folder.name}",
        kind=KIND,
        country=pack.code,
        as_of=as_of,
        seed=0,
        parent=parent.manifest.observation,
        pack_sha256=pack.sha256,
        methodologies={},
        settings={"body_limit": plan.settings.body_limit, "timeout": plan.settings.timeout},
    )
    write_opening(folder, opening)
    return opening

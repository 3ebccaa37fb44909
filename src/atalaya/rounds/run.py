"""Running a round from outside: builds what a round needs, runs it, and writes its reports."""

import asyncio
import gc
import shutil
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from atalaya.clock import Clock
from atalaya.countries.pack import CountryPack
from atalaya.exceptions import SourceError
from atalaya.fetch.answers import Validator
from atalaya.fetch.client import Client
from atalaya.fetch.gate import Gate
from atalaya.fetch.gate_table import TableStates
from atalaya.fetch.resolve import read_resolve
from atalaya.history.read import Sealed, open_parent, open_sealed
from atalaya.publish.gathering import write_reports
from atalaya.rounds.context import Progress, Round, silent
from atalaya.rounds.crew import Apart
from atalaya.rounds.opening import Request, held, open_round, revive
from atalaya.rounds.round import run_round
from atalaya.rounds.site_sources import SITES, with_sites
from atalaya.rounds.workers.lead import refuse_alone
from atalaya.settings import Settings
from atalaya.store.archive import Archive
from atalaya.store.home import mark_format
from atalaya.store.observations import Opening


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """Where and how to run: `clock` tells the moment of the observation, `pacing` the machine's time for politeness."""

    settings: Settings
    clock: Clock
    pacing: Clock
    resolve: Path | None = None
    progress: Progress = field(default=silent)
    with_workers: bool = False
    """Whether fetching and inspecting are left to workers, over `settings.engine` and `settings.storage`."""


def client_of(
    settings: Settings, pacing: Clock, resolve: Path | None, previous: Sealed | None, rates: Mapping[str, float]
) -> Client:
    """A client for a round; `resolve` is the file of a resolve map, `previous` the observation that the round continues."""
    states = TableStates(settings.engine, pacing.now) if settings.engine else None
    archive, gate = Archive(settings.home / "archive"), Gate(settings.home / "gate", settings, pacing, states)
    known = read_resolve(resolve) if resolve else None
    return Client(settings, archive, gate, pacing, known, validators_of(previous), rates=rates)


async def observe(plan: Plan, request: Request) -> Sealed:
    """Run or resume one round and seal it; gives the sealed observation.

    Raises StoreError where a round cannot be opened, RoundAborted where our own side failed, SourceError where single
    catalogues are observed for the first time and none can be identified; no observation stays open then.
    """
    async with opened(plan, request) as round_:
        try:
            await run_round(round_)
        except SourceError:
            shutil.rmtree(round_.folder)
            raise
    observation = open_sealed(round_.folder)
    write_reports(observation, round_.previous, request.pack)
    return observation


@contextmanager
def collecting_rarely() -> Iterator[None]:
    """Look for reference cycles rarely: a round makes millions of records and rows, which hold none and go as they come.

    With Python's own thresholds the search took a sixth of the time of a harvest.
    """
    before = gc.get_threshold()
    gc.set_threshold(200_000, 20, 50)
    try:
        yield
    finally:
        gc.set_threshold(*before)


@asynccontextmanager
async def opened(plan: Plan, request: Request) -> AsyncIterator[Round]:
    """The round to run or to resume, held so that no second process runs it. Raises StoreError where it cannot be opened."""
    home = plan.settings.home
    if plan.with_workers:
        refuse_alone(plan.settings)
    mark_format(home)
    folder, opening = open_round(home, plan.settings, request)
    pack = with_sites(request.pack) if opening.settings.get(SITES) else request.pack
    previous = open_parent(home, opening.country, opening.parent)
    with held(folder) as ledger, collecting_rarely():
        revive(folder, ledger)
        async with client_of(plan.settings, plan.pacing, plan.resolve, previous, pack.rates) as client:
            yield Round(
                opening=opening,
                folder=folder,
                home=home,
                pack=pack,
                settings=plan.settings,
                ledger=ledger,
                archive=Archive(home / "archive"),
                client=client,
                clock=plan.clock,
                previous=previous,
                progress=plan.progress,
                with_workers=plan.with_workers,
                apart=_apart(plan, opening, folder, pack),
            )


def _apart(plan: Plan, opening: Opening, folder: Path, pack: CountryPack) -> Apart | None:
    """What another process needs to open the round; None where the pace is kept by another clock than the machine's."""
    if plan.pacing.sleep is not asyncio.sleep:
        return None
    return Apart(settings=plan.settings, resolve=plan.resolve, opening=opening, folder=folder, pack=pack)


def validators_of(previous: Sealed | None) -> dict[str, Validator]:
    """What the observation before knows of each address, so that unchanged bytes are not transferred again."""
    if previous is None:
        return {}
    return {
        str(row["url"]): Validator(
            sha256=str(row["sha256"]),
            etag=_text(row["etag"]),
            last_modified=_text(row["last_modified"]),
            final_url=_text(row["final_url"]),
            headers=headers if isinstance(headers := row["headers"], dict) else {},
        )
        for row in previous.rows("validators")
    }


def _text(value: object) -> str | None:
    return None if value is None else str(value)

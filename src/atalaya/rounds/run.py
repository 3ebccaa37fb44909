"""Running a round from outside: builds what a round needs, runs it, and writes its reports."""

import shutil
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from atalaya.clock import Clock
from atalaya.exceptions import SourceError
from atalaya.fetch.answers import Validator
from atalaya.fetch.client import Client
from atalaya.fetch.gate import Gate
from atalaya.fetch.resolve import read_resolve
from atalaya.history.read import Sealed, open_parent, open_sealed
from atalaya.publish.gathering import write_reports
from atalaya.rounds.context import Progress, Round, silent
from atalaya.rounds.opening import Request, held, open_round, revive
from atalaya.rounds.round import run_round
from atalaya.settings import Settings
from atalaya.store.archive import Archive


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """Where and how to run: `clock` tells the moment of the observation, `pacing` the machine's time for politeness."""

    settings: Settings
    clock: Clock
    pacing: Clock
    resolve: Path | None = None
    progress: Progress = field(default=silent)


def _client(plan: Plan, validators: dict[str, Validator], rates: Mapping[str, float]) -> Client:
    home = plan.settings.home
    resolve = read_resolve(plan.resolve) if plan.resolve else None
    gate = Gate(home / "gate", plan.settings, plan.pacing)
    return Client(plan.settings, Archive(home / "archive"), gate, plan.pacing, resolve, validators, rates=rates)


async def observe(plan: Plan, request: Request) -> Sealed:
    """Run or resume one round and seal it; gives the sealed observation.

    Raises StoreError where a round cannot be opened, RoundAborted where our own side failed, SourceError where single
    catalogues are observed for the first time and none can be identified; no observation stays open then.
    """
    home = plan.settings.home
    folder, opening = open_round(home, plan.settings, request)
    previous = open_parent(home, opening.country, opening.parent)
    with held(folder) as ledger:
        revive(folder, ledger)
        async with _client(plan, validators_of(previous), request.pack.rates) as client:
            round_ = Round(
                opening=opening,
                folder=folder,
                home=home,
                pack=request.pack,
                settings=plan.settings,
                ledger=ledger,
                archive=Archive(home / "archive"),
                client=client,
                clock=plan.clock,
                previous=previous,
                progress=plan.progress,
            )
            try:
                await run_round(round_)
            except SourceError:
                shutil.rmtree(folder)
                raise
    observation = open_sealed(folder)
    write_reports(observation, previous, request.pack)
    return observation


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

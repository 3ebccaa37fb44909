"""The fetch stage: one unit a batch of resources. Every address is asked, whatever it answers is recorded.

A large origin has batches of its own; small origins share them.
"""

import asyncio
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from urllib.parse import urlsplit

from atalaya.fetch.answers import Answer, Failure
from atalaya.fetch.gate import Policy, limits_of
from atalaya.harvest.values import host
from atalaya.history.continuity import is_second_look
from atalaya.rounds.context import Round
from atalaya.rounds.harvesting import STAGE as HARVEST
from atalaya.rounds.harvesting import attempt_rows, held_sources
from atalaya.rounds.rows import probe_row, validator_row
from atalaya.store.tables import Row

STAGE = "fetch"
BATCH = 50
"""Resources in a unit: what is asked again after the process dies is at most this."""

UNITS_AT_ONCE = 8
CONNECTIONS = 2
"""Requests at once to one origin."""

DEAD_AFTER = 5
"""Failures in a row to reach an origin after which the rest of its resources are not asked in this round.

A dead or overloaded host with thousands of resources would otherwise hold a round for days. A name that does not resolve and
a port that refuses say the same of every address there, so the rest are recorded alike; after anything else the rest are
recorded as postponed, which is unknown and never fails.
"""

ALIKE = frozenset({Failure.DNS, Failure.REFUSED})
TROUBLE = frozenset({Failure.DNS, Failure.REFUSED, Failure.TIMEOUT, Failure.CONNECTION, Failure.POSTPONED})
OVERLOADED = frozenset({429, 503})


@dataclass(frozen=True, slots=True)
class Target:
    """One resource to ask for: its published address, and whether its source may lie on a private address."""

    resource_id: str
    url: str
    local: bool


class Origin:
    """How one origin fares in this round: its connections, and how often in a row it could not be reached."""

    def __init__(self) -> None:
        self.turns = asyncio.Semaphore(CONNECTIONS)
        self.troubles = 0
        self.alike: Failure | None = None

    def note(self, answer: Answer) -> None:
        """Count an answer; any other answer ends the run of troubles."""
        troubled = answer.failure in TROUBLE or answer.status in OVERLOADED
        self.troubles = self.troubles + 1 if troubled else 0
        self.alike = answer.failure if answer.failure in ALIKE else None

    def spared(self, url: str) -> Answer | None:
        """What to record for an address that is not asked; None where it is to be asked."""
        if self.troubles < DEAD_AFTER:
            return None
        detail = f"not asked: {self.troubles} addresses of its host failed in a row"
        return Answer(requested_url=url, final_url=url, failure=self.alike or Failure.POSTPONED, detail=detail)


@dataclass(frozen=True, slots=True)
class Batch:
    """One unit of the stage: some resources, of one origin (such as `https://files.example`) or of several small ones."""

    unit: str
    targets: tuple[Target, ...]


def batches(round_: Round) -> tuple[Batch, ...]:
    """The units of the stage, computed from the parts before; what is held or set aside is not asked."""
    held = held_sources(round_.ledger)
    local = {source.id: source.local for source in round_.pack.sources}
    by_origin: defaultdict[str, list[Target]] = defaultdict(list)
    for _, row in round_.ledger.rows(HARVEST, "distributions"):
        url = row["download_url"] or row["access_url"]
        if url and row["source_id"] not in held and row["record_id"] not in round_.set_aside:
            target = Target(str(row["resource_id"]), str(url), local.get(str(row["source_id"]), False))
            by_origin[origin_of(target.url)].append(target)
    found = []
    small: list[Target] = []
    for origin in sorted(by_origin):
        targets = sorted(by_origin[origin], key=lambda target: target.resource_id)
        if len(targets) < BATCH:
            small += targets
            continue
        for number, start in enumerate(range(0, len(targets), BATCH)):
            found.append(Batch(f"{origin or 'nowhere'}-{number:05d}", tuple(targets[start : start + BATCH])))
    for number, start in enumerate(range(0, len(small), BATCH)):
        found.append(Batch(f"several-{number:05d}", tuple(small[start : start + BATCH])))
    return tuple(found)


@lru_cache(maxsize=10_000)
def origin_of(url: str) -> str:
    """Scheme, host and port of an address as written, lower case; empty where there is none.

    >>> origin_of("https://Datos.example:8443/a.csv")
    'https://datos.example:8443'
    """
    try:
        parts = urlsplit(url)
        return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}".lower() if parts.hostname else ""
    except ValueError:
        return ""


async def fetch(round_: Round) -> None:
    """Ask for every resource whose batch has no part yet, several hosts at a time."""
    units = batches(round_)
    waiting = [batch for batch in units if not round_.ledger.done(STAGE, batch.unit)]
    done = len(units) - len(waiting)
    at_once, finishing = asyncio.Semaphore(UNITS_AT_ONCE), asyncio.Semaphore(UNITS_AT_ONCE)
    origins: defaultdict[str, Origin] = defaultdict(Origin)

    async def run(batch: Batch) -> None:
        nonlocal done
        async with at_once:
            rows = await _batch_rows(round_, batch, origins)
            await finishing.acquire()
        try:
            await asyncio.to_thread(_finish, round_, batch, rows)
        finally:
            finishing.release()
        done += 1
        round_.progress(STAGE, done, len(units))

    round_.progress(STAGE, done, len(units))
    async with asyncio.TaskGroup() as group:
        for batch in waiting:
            group.create_task(run(batch))


def _finish(round_: Round, batch: Batch, rows: list[tuple[str, Row]]) -> None:
    """Bring the bytes to the disk, then the part that refers to them."""
    round_.client.settle()
    round_.ledger.write(STAGE, batch.unit, rows)


async def _batch_rows(round_: Round, batch: Batch, origins: Mapping[str, Origin]) -> list[tuple[str, Row]]:
    asked = (_ask(round_, target, origins[origin_of(target.url)]) for target in batch.targets)
    answers = await asyncio.gather(*asked)
    rows: list[tuple[str, Row]] = []
    for target, answer in zip(batch.targets, answers, strict=True):
        second = is_second_look(round_.history(target.resource_id), round_.as_of)
        gone = answer.status in (404, 410)
        rows.append(("probes", probe_row(target.resource_id, target.url, answer, second_look=second and gone)))
        rows.extend(("attempts", row) for row in attempt_rows(answer, batch.unit, "resource", round_.as_of))
        validator = validator_row(target.url, batch.unit, answer)
        if validator is not None:
            rows.append(("validators", validator))
        if answer.detail or answer.notes:
            remark: Row = {"detail": answer.detail, "notes": list(answer.notes), "asked": bool(answer.attempts)}
            rows.append(("remarks", {"resource_id": target.resource_id, **remark}))
    return rows


async def _ask(round_: Round, target: Target, origin: Origin) -> Answer:
    async with origin.turns:
        spared = origin.spared(target.url)
        if spared is not None:
            return spared
        answer = await round_.client.fetch(target.url, resource_policy(round_, target), later=True)
        origin.note(answer)
        return answer


def resource_policy(round_: Round, target: Target) -> Policy:
    """How a published file is fetched: at the rate the pack declares for its host, obeying robots.txt.

    A source that asks for less than the defaults says so of its host, which serves the files as well.
    """
    name = host(target.url)
    rate, connections = round_.demands.get(name, (None, None))
    usual = round_.settings.requests_per_second
    return replace(
        limits_of(round_.settings),
        requests_per_second=round_.pack.rates.get(name, usual if rate is None else min(usual, rate)),
        connections=CONNECTIONS if connections is None else min(CONNECTIONS, connections),
        obey_robots=True,
        local=target.local,
    )

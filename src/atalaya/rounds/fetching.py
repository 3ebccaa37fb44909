"""The fetch stage: one unit a batch of resources of one host. Every address is asked, whatever it answers is recorded."""

import asyncio
from collections import defaultdict
from dataclasses import dataclass
from urllib.parse import urlsplit

from atalaya.fetch.answers import Answer, Failure
from atalaya.fetch.gate import Policy
from atalaya.history.continuity import is_second_look
from atalaya.rounds.context import Round
from atalaya.rounds.harvesting import STAGE as HARVEST
from atalaya.rounds.harvesting import attempt_rows
from atalaya.rounds.rows import probe_row
from atalaya.store.tables import Row

STAGE = "fetch"
BATCH = 50
"""Resources in a unit: what is asked again after the process dies is at most this."""

UNITS_AT_ONCE = 8
CONNECTIONS = 2
"""Requests at once to one host."""

DEAD_AFTER = 5
"""Failures in a row to reach a host after which the rest of its resources are not asked in this round: they failed alike.

A dead host with thousands of resources would otherwise hold a round for days; the next round asks again.
"""

DEAD = frozenset({Failure.DNS, Failure.REFUSED, Failure.TIMEOUT, Failure.CONNECTION})


@dataclass(frozen=True, slots=True)
class Target:
    """One resource to ask for: its published address, and whether its source may lie on a private address."""

    resource_id: str
    url: str
    local: bool


class Host:
    """How one host fares in this round: its connections, and how often in a row it could not be reached."""

    def __init__(self) -> None:
        self.turns = asyncio.Semaphore(CONNECTIONS)
        self.failures = 0
        self.last: Failure | None = None

    def note(self, answer: Answer) -> None:
        """Count an answer; any answer at all ends the run of failures."""
        dead = answer.failure in DEAD
        self.failures = self.failures + 1 if dead else 0
        self.last = answer.failure if dead else None


@dataclass(frozen=True, slots=True)
class Batch:
    """One unit of the stage."""

    unit: str
    host: str
    targets: tuple[Target, ...]


def batches(round_: Round) -> tuple[Batch, ...]:
    """The units of the stage, computed from the harvested parts alone."""
    local = {source.id: source.local for source in round_.pack.sources}
    by_host: defaultdict[str, list[Target]] = defaultdict(list)
    for _, row in round_.ledger.rows(HARVEST, "distributions"):
        url = row["download_url"] or row["access_url"]
        if url:
            target = Target(str(row["resource_id"]), str(url), local.get(str(row["source_id"]), False))
            by_host[host_of(target.url)].append(target)
    found = []
    for host in sorted(by_host):
        targets = sorted(by_host[host], key=lambda target: target.resource_id)
        for number, start in enumerate(range(0, len(targets), BATCH)):
            found.append(Batch(f"{host or 'nowhere'}-{number:05d}", host, tuple(targets[start : start + BATCH])))
    return tuple(found)


def host_of(url: str) -> str:
    """The host of an address as written, lower case; empty where there is none.

    >>> host_of("https://Datos.example:8443/a.csv")
    'datos.example'
    """
    try:
        return (urlsplit(url).hostname or "").lower()
    except ValueError:
        return ""


async def fetch(round_: Round) -> None:
    """Ask for every resource whose batch has no part yet, several hosts at a time."""
    units = batches(round_)
    waiting = [batch for batch in units if not round_.ledger.done(STAGE, batch.unit)]
    done = len(units) - len(waiting)
    at_once = asyncio.Semaphore(UNITS_AT_ONCE)
    hosts: defaultdict[str, Host] = defaultdict(Host)

    async def run(batch: Batch) -> None:
        nonlocal done
        async with at_once:
            rows = await _batch_rows(round_, batch, hosts[batch.host])
            round_.ledger.write(STAGE, batch.unit, rows)
            done += 1
            round_.progress(STAGE, done, len(units))

    round_.progress(STAGE, done, len(units))
    async with asyncio.TaskGroup() as group:
        for batch in waiting:
            group.create_task(run(batch))


async def _batch_rows(round_: Round, batch: Batch, host: Host) -> list[tuple[str, Row]]:
    answers = await asyncio.gather(*(_ask(round_, target, host) for target in batch.targets))
    rows: list[tuple[str, Row]] = []
    for target, answer in zip(batch.targets, answers, strict=True):
        second = is_second_look(round_.histories.get(target.resource_id), round_.as_of)
        gone = answer.status in (404, 410)
        rows.append(("probes", probe_row(target.resource_id, target.url, answer, second_look=second and gone)))
        rows.extend(("attempts", row) for row in attempt_rows(answer, batch.unit, "resource", round_.as_of))
        if answer.detail or answer.notes:
            remark: Row = {"detail": answer.detail, "notes": list(answer.notes), "asked": bool(answer.attempts)}
            rows.append(("remarks", {"resource_id": target.resource_id, **remark}))
    return rows


async def _ask(round_: Round, target: Target, host: Host) -> Answer:
    async with host.turns:
        if host.failures >= DEAD_AFTER:
            detail = f"not asked: the host failed {host.failures} times in a row"
            return Answer(requested_url=target.url, final_url=target.url, failure=host.last, detail=detail)
        answer = await round_.client.fetch(target.url, resource_policy(round_, target))
        host.note(answer)
        return answer


def resource_policy(round_: Round, target: Target) -> Policy:
    """How a published file is fetched: at the rate the pack declares for its host, obeying robots.txt."""
    rate = round_.pack.rates.get(host_of(target.url), round_.settings.requests_per_second)
    return Policy(
        requests_per_second=rate,
        connections=CONNECTIONS,
        obey_robots=True,
        local=target.local,
        body_limit=round_.settings.body_limit,
    )

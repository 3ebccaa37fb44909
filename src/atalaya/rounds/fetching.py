"""The fetch stage: one unit a batch of resources. Every address is asked, whatever it answers is recorded.

A large origin has batches of its own; small origins share them. Several hosts are asked side by side, each by one process alone.
"""

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from urllib.parse import urlsplit

from atalaya.fetch.answers import Answer, Failure
from atalaya.fetch.gate import Policy, limits_of
from atalaya.harvest.values import host
from atalaya.history.continuity import is_second_look
from atalaya.rounds.context import Round
from atalaya.rounds.crew import Apart, Task, Work, helped
from atalaya.rounds.harvesting import STAGE as HARVEST
from atalaya.rounds.harvesting import attempt_rows, held_sources
from atalaya.rounds.processes import processors
from atalaya.rounds.rows import probe_row, validator_row
from atalaya.store.tables import Row

STAGE = "fetch"
BATCH = 50
"""Resources in a unit: what is asked again after the process dies is at most this."""

HOSTS_AT_ONCE = 8
"""Groups of units that are asked side by side, over all processes."""

LEAST_RESOURCES = 2_000
"""Resources for each process: to start one takes the processor as long as it takes to fetch some 1,500 small resources."""

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
    """One resource to ask for: its published address, and whether its source may lie on a private address.

    `again` says whether being gone now would be a second look; None where the round knows what was seen before.
    """

    resource_id: str
    url: str
    local: bool
    again: bool | None = None


class Origin:
    """How one origin fares in this round: its connections, and how often in a row it could not be reached."""

    def __init__(self) -> None:
        self.turns = asyncio.Semaphore(CONNECTIONS)
        self.policies: dict[bool, Policy] = {}
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


class Asking:
    """What the requests of one process share: the origins as they fare, and so many connections over all.

    `heard` is told of each answer, and may raise to end the asking.
    """

    def __init__(self, connections: int, heard: Callable[[Answer], Awaitable[None]] | None = None) -> None:
        self.origins: defaultdict[str, Origin] = defaultdict(Origin)
        self.connections = asyncio.Semaphore(connections)
        self.heard = heard


@dataclass(frozen=True, slots=True)
class Batch:
    """One unit of the stage: some resources, of one origin (such as `https://files.example`) or of several small ones."""

    unit: str
    targets: tuple[Target, ...]


def batches(round_: Round) -> tuple[Batch, ...]:
    """The units of the stage, computed from the parts before; what is held or set aside is not asked."""
    held, wanted = held_sources(round_.ledger), round_.wanted
    local = {source.id: source.local for source in round_.pack.sources}
    by_origin: defaultdict[str, list[Target]] = defaultdict(list)
    for _, row in round_.ledger.rows(HARVEST, "distributions"):
        url = row["download_url"] or row["access_url"]
        if wanted is not None and row["record_id"] not in wanted:
            continue
        if url and row["source_id"] not in held and row["record_id"] not in round_.set_aside:
            target = Target(str(row["resource_id"]), str(url), local.get(str(row["source_id"]), False))
            by_origin[origin_of(target.url)].append(target)
    found = []
    small: list[list[Target]] = []
    for origin in sorted(by_origin, key=lambda origin: (host(origin), origin)):
        targets = sorted(by_origin[origin], key=lambda target: target.resource_id)
        if len(targets) < BATCH:
            small.append(targets)
            continue
        for number, start in enumerate(range(0, len(targets), BATCH)):
            found.append(Batch(f"{origin or 'nowhere'}-{number:05d}", tuple(targets[start : start + BATCH])))
    found.extend(Batch(f"several-{number:05d}", together) for number, together in enumerate(_together(small)))
    return tuple(found)


def _together(small: Sequence[Sequence[Target]]) -> Iterator[tuple[Target, ...]]:
    """The targets of small origins, as many as fit into a batch; those of one origin are never parted."""
    pending: list[Target] = []
    for targets in small:
        if len(pending) + len(targets) > BATCH:
            yield tuple(pending)
            pending = []
        pending += targets
    if pending:
        yield tuple(pending)


def by_host(units: Sequence[Batch]) -> list[list[str]]:
    """The names of units, in groups of which no two ask one host."""
    leaders: dict[str, str] = {}

    def leader(name: str) -> str:
        while (above := leaders.setdefault(name, name)) != name:
            name = above
        return name

    for batch in units:
        first, *others = sorted({leader(host(target.url)) for target in batch.targets})
        leaders.update(dict.fromkeys(others, first))
    groups: defaultdict[str, list[str]] = defaultdict(list)
    for batch in units:
        groups[leader(host(batch.targets[0].url))].append(batch.unit)
    return list(groups.values())


def processes_for(apart: Apart | None, groups: int, resources: int) -> int:
    """How many processes fetch so many resources of so many groups, this one included."""
    return 1 if apart is None else max(1, min(processors(), groups, resources // LEAST_RESOURCES))


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
    """Ask for every resource whose batch has no part yet, several hosts at a time, in several processes where that pays."""
    units = batches(round_)
    waiting = [batch for batch in units if not round_.ledger.done(STAGE, batch.unit)]
    done = len(units) - len(waiting)

    def progress() -> None:
        nonlocal done
        done += 1
        round_.progress(STAGE, done, len(units))

    round_.progress(STAGE, done, len(units))
    groups = by_host(waiting)
    processes = processes_for(round_.apart, len(groups), sum(len(batch.targets) for batch in waiting))
    task = Task(work=Work.FETCH, groups=groups, at_once=max(1, HOSTS_AT_ONCE // processes))
    async with helped(round_.apart, task, processes - 1, progress) as mine:
        await fetch_groups(round_, waiting, mine, task.at_once, progress)


async def fetch_groups(
    round_: Round, units: Sequence[Batch], groups: Iterator[Sequence[str]], at_once: int, done: Callable[[], None]
) -> None:
    """Ask for the resources of groups of these units, so many groups side by side; `done` is told of each unit.

    Who has a share of the hosts has the same share of the connections that all hosts together have.
    """
    known = {batch.unit: batch for batch in units}
    asking = Asking(max(1, round_.settings.connections * at_once // HOSTS_AT_ONCE))
    finishing = asyncio.Semaphore(HOSTS_AT_ONCE)

    async def finish(batch: Batch, rows: list[tuple[str, Row]]) -> None:
        try:
            await asyncio.to_thread(_finish, round_, batch, rows)
        finally:
            finishing.release()
        done()

    async def run(writing: asyncio.TaskGroup) -> None:
        for group in groups:
            for unit in group:
                rows = await batch_rows(round_, known[unit], asking)
                # The host need not wait until the disk has what it gave, unless the disk is far behind.
                await finishing.acquire()
                writing.create_task(finish(known[unit], rows))

    async with asyncio.TaskGroup() as writing, asyncio.TaskGroup() as running:
        for _ in range(at_once):
            running.create_task(run(writing))


def _finish(round_: Round, batch: Batch, rows: list[tuple[str, Row]]) -> None:
    """Bring the bytes to the disk, then the part that refers to them."""
    round_.client.settle()
    round_.ledger.write(STAGE, batch.unit, rows)


async def batch_rows(round_: Round, batch: Batch, asking: Asking) -> list[tuple[str, Row]]:
    """Ask for the resources of a batch; gives the rows of its part."""
    asked = (_ask(round_, target, asking) for target in batch.targets)
    answers = await asyncio.gather(*asked)
    rows: list[tuple[str, Row]] = []
    for target, answer in zip(batch.targets, answers, strict=True):
        gone = answer.status in (404, 410)
        again = target.again if target.again is not None else gone and second_look(round_, target)
        second = gone and again
        rows.append(("probes", probe_row(target.resource_id, target.url, answer, second_look=second)))
        rows.extend(("attempts", row) for row in attempt_rows(answer, batch.unit, "resource", round_.as_of))
        validator = validator_row(target.url, batch.unit, answer)
        if validator is not None:
            rows.append(("validators", validator))
        if answer.detail or answer.notes:
            remark: Row = {"detail": answer.detail, "notes": list(answer.notes), "asked": bool(answer.attempts)}
            rows.append(("remarks", {"resource_id": target.resource_id, **remark}))
    return rows


def second_look(round_: Round, target: Target) -> bool:
    """Whether finding a resource gone in this round would be a second look at it."""
    return is_second_look(round_.history(target.resource_id), round_.as_of)


async def _ask(round_: Round, target: Target, asking: Asking) -> Answer:
    origin = asking.origins[origin_of(target.url)]
    async with origin.turns, asking.connections:
        spared = origin.spared(target.url)
        if spared is not None:
            return spared
        policy = origin.policies.get(target.local)
        if policy is None:
            policy = origin.policies[target.local] = resource_policy(round_, target)
        answer = await round_.client.fetch(target.url, policy, later=True)
        origin.note(answer)
        if asking.heard is not None:
            await asking.heard(answer)
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

"""A worker: takes shares of rounds that others lead, asks for their resources, inspects them, and hands over what came.

It keeps nothing: a part is in the shared storage when its unit is finished, and its blobs before it. Where its line breaks it
gives back what it took and waits. Where it dies its shares become free after the lease.
"""

import asyncio
import shutil
import threading
import time
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any, Final

from atalaya.clock import Clock
from atalaya.countries.pack import CountryPack
from atalaya.exceptions import RoundAborted, SettingsError, StoreError
from atalaya.fetch.answers import Validator
from atalaya.fetch.client import Client
from atalaya.fetch.gate import Gate
from atalaya.fetch.gate_table import TableStates
from atalaya.fetch.resolve import read_resolve
from atalaya.rounds.context import Round
from atalaya.rounds.fetching import STAGE as FETCH
from atalaya.rounds.fetching import Asking, batch_rows
from atalaya.rounds.inspecting import STAGE as INSPECT
from atalaya.rounds.inspecting import Desk, country_of, inspect_unit
from atalaya.rounds.site_sources import SITES, with_sites
from atalaya.rounds.workers.board import LEASE, Board, Posted, Share
from atalaya.rounds.workers.line import Doubt, LineDown, is_up, suspicious
from atalaya.rounds.workers.storage import (
    archive_address,
    push_blobs,
    push_part,
    read_order,
    take_withdrawn,
)
from atalaya.settings import Settings
from atalaya.store.archive import Archive
from atalaya.store.depots import Depot, depot_at
from atalaya.store.ledger import Ledger
from atalaya.store.observations import Opening
from atalaya.store.tables import Row

LOOK: Final = 1.0
"""Seconds between looks at the board while there is nothing to do."""

TROUBLED: Final = 5.0
"""Seconds between tries while the line is down, or the database or the storage does not answer."""

TOO_OFTEN: Final = 3
"""Times that a share is taken with inspection: after that one of its files is thought to take processes down, which the lead
inspects under its own protection."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Worker:
    """A worker: its settings (`home` is its own folder), a name of its own, and how many shares it works on at once.

    `lease` and `patience` in seconds: how long a share stays its own without a sign of life, and how long trouble of its own side
    may last before it ends.
    """

    settings: Settings
    pack: CountryPack
    name: str
    clock: Clock
    resolve: Path | None = None
    at_once: int = 4
    lease: float = LEASE
    patience: float = 3600.0
    told: Callable[[str], None] = field(default=lambda _text: None)


@dataclass(frozen=True)
class Session:
    """What the tasks of a worker share while it works on one round."""

    worker: Worker
    round_: Round
    depot: Depot
    board: "Asked"
    desk: Desk
    validators: dict[str, Validator]
    canaries: list[Mapping[str, Any]]
    gate: Gate
    inspecting: threading.Lock = field(default_factory=threading.Lock)


class Asked:
    """The board, asked from a thread by one task at a time."""

    def __init__(self, board: Board) -> None:
        self._board, self._turn = board, asyncio.Lock()

    async def ask(self, call: Callable[[Board], Any]) -> Any:
        async with self._turn:
            return await asyncio.to_thread(call, self._board)


async def work(worker: Worker, wait: float | None = None) -> int:
    """Work on the rounds of the worker's country until there has been nothing to do for `wait` seconds; for ever without it.

    Gives how many units were done. Raises SettingsError where no engine or storage is named, RoundAborted where the line, the
    database or the storage was down for longer than the worker's patience, StoreError where its pack is not the lead's.
    """
    settings = worker.settings
    if not settings.engine or not settings.storage:
        raise SettingsError("a worker needs ATALAYA_ENGINE (a PostgreSQL) and ATALAYA_STORAGE (a shared place)")
    board = Board(settings.engine)
    done, idle, well = 0, time.monotonic(), time.monotonic()
    try:
        while wait is None or time.monotonic() - idle < wait:
            try:
                posted = await asyncio.to_thread(board.wanted, worker.pack.code)
                for each in posted:
                    async with _session(worker, board, each) as session:
                        done += await _serve(session)
                    idle = well = time.monotonic()
                well = time.monotonic()
            except (LineDown, StoreError, ExceptionGroup) as error:
                await _recover(worker, board, error, well)
                continue
            await asyncio.sleep(LOOK)
    finally:
        with suppress(StoreError):
            await asyncio.to_thread(board.release_all, worker.name)
        board.close()
    return done


async def _recover(worker: Worker, board: Board, error: Exception, well: float) -> None:
    """Give back what was taken and wait a little. Raises what is no trouble of line, database or storage."""
    cause = _cause(error)
    if not isinstance(cause, LineDown | StoreError):
        raise cause
    worker.told(f"{worker.name}: {cause}; its shares are given back")
    if time.monotonic() - well > worker.patience:
        raise RoundAborted(f"{worker.name} could not work for {worker.patience:g} seconds: {cause}") from cause
    with suppress(StoreError):
        await asyncio.to_thread(board.release_all, worker.name)
    # What robots.txt files said through a broken line is no answer of theirs.
    shutil.rmtree(worker.settings.home / "gate" / "robots", ignore_errors=True)
    await asyncio.sleep(TROUBLED)


def _cause(error: BaseException) -> BaseException:
    """The first error of a group that is no trouble of ours, else the first."""
    if not isinstance(error, BaseExceptionGroup):
        return error
    causes = [_cause(each) for each in error.exceptions]
    others = [cause for cause in causes if not isinstance(cause, LineDown | StoreError)]
    return (others or causes)[0]


@asynccontextmanager
async def _session(worker: Worker, board: Board, posted: Posted) -> AsyncIterator[Session]:
    """A client and a folder for one round. Raises StoreError where the worker's pack is another one than the lead's."""
    opening = Opening(**posted.facts["opening"])
    if opening.pack_sha256 != worker.pack.sha256:
        raise SettingsError(
            f"the country pack of {worker.name} is not the one that {opening.observation} was opened with; install the same "
            "version of Atalaya and of the pack on every machine"
        )
    settings = replace(worker.settings, **posted.facts["settings"])
    pack = with_sites(worker.pack) if opening.settings.get(SITES) else worker.pack
    depot, archive = depot_at(settings.storage), Archive(settings.home / "archive")
    archive.shelf.name_depot(archive_address(settings.storage))
    await asyncio.to_thread(take_withdrawn, depot, opening.observation, archive)
    folder = settings.home / "rounds" / opening.observation
    validators: dict[str, Validator] = {}
    states = TableStates(settings.engine, worker.clock.now)
    gate = Gate(settings.home / "gate", settings, worker.clock, states)
    known = read_resolve(worker.resolve) if worker.resolve else None
    async with AsyncExitStack() as stack:
        stack.callback(states.close)
        client = await stack.enter_async_context(
            Client(settings, archive, gate, worker.clock, known, validators, rates=pack.rates)
        )
        round_ = Round(
            opening=opening, folder=folder, home=settings.home, pack=pack, settings=settings, ledger=Ledger(folder),
            archive=archive, client=client, clock=worker.clock, previous=None,
        )  # fmt: skip
        day = date.fromisoformat(opening.as_of[:10])
        desk = Desk(round_.ledger, archive, country_of(pack, day), threading.Lock())
        yield Session(worker, round_, depot, Asked(board), desk, validators, posted.facts["canaries"], gate)
    shutil.rmtree(folder, ignore_errors=True)


async def _serve(session: Session) -> int:
    """Work on one round until all its units are done, by whomever; gives how many this worker did.

    Raises LineDown where the line is down, at first or later: nothing that was seen through it is told, to the gate neither.
    """
    try:
        if not await is_up(session.round_.client, session.canaries):
            raise LineDown("none of the hosts that answered the lead can be reached from here")
        return await _serve_with_line(session)
    except (LineDown, ExceptionGroup) as error:
        if isinstance(_cause(error), LineDown):
            with suppress(StoreError):
                session.gate.forgive()
        raise


async def _serve_with_line(session: Session) -> int:
    done = 0

    async def run() -> None:
        nonlocal done
        while (share := await _next_share(session)) is not None:
            done += await _do_share(session, share)

    async with asyncio.TaskGroup() as tasks:
        alive = tasks.create_task(_stay_alive(session))
        runners = [tasks.create_task(run()) for _ in range(session.worker.at_once)]
        await asyncio.wait(runners, return_when=asyncio.FIRST_EXCEPTION)
        alive.cancel()
    return done


async def _next_share(session: Session) -> Share | None:
    """A share, waited for while others work on theirs and may yet lose them; None where the round needs nobody any more."""
    observation, worker = session.round_.opening.observation, session.worker
    while True:
        share: Share | None = await session.board.ask(lambda board: board.take(observation, worker.name, worker.lease))
        if share is not None:
            return share
        finished, size = await session.board.ask(lambda board: board.finished(observation))
        if len(finished) >= size:
            return None
        await asyncio.sleep(LOOK)


async def _stay_alive(session: Session) -> None:
    """Renew the lease while the worker works."""
    worker = session.worker
    while True:
        await asyncio.sleep(worker.lease / 3)
        await session.board.ask(lambda board: board.renew(worker.name, worker.lease))


async def _do_share(session: Session, share: Share) -> int:
    """Do the units of a share in order; gives how many were finished. It ends early where the share is another's meanwhile."""
    observation, name = session.round_.opening.observation, session.worker.name
    doubt = Doubt(session.round_.client, session.canaries)
    asking = Asking(max(1, session.round_.settings.connections // session.worker.at_once), doubt.heard)
    done = 0
    for unit in share.units:
        order = await asyncio.to_thread(read_order, session.depot, observation, unit)
        session.validators.update(order.validators)
        doubt.begin()
        rows = await batch_rows(session.round_, order.batch, asking)
        if suspicious(rows) and not await is_up(session.round_.client, session.canaries):
            raise LineDown(f"the line broke while {unit} was fetched")
        await asyncio.to_thread(_hand_over, session, unit, rows, share.taken)
        for url in order.validators:
            session.validators.pop(url, None)
        if not await session.board.ask(
            lambda board, unit=unit: board.finish(observation, share.number, unit, name)  # type: ignore[misc]
        ):
            return done
        done += 1
    await session.board.ask(lambda board: board.release(observation, share.number, name))
    return done


def _hand_over(session: Session, unit: str, rows: list[tuple[str, Row]], taken: int) -> None:
    """Bytes to the storage, then what they are, then the part that refers to them; nothing stays here."""
    round_, depot = session.round_, session.depot
    observation, ledger = round_.opening.observation, round_.ledger
    hashes = {str(row["sha256"]) for table, row in rows if table == "probes" and row["sha256"]}
    round_.client.settle()
    ledger.write(FETCH, unit, rows)
    push_blobs(depot, round_.archive, hashes)
    if taken <= TOO_OFTEN:
        with session.inspecting:
            inspect_unit(session.desk, unit)
        push_part(depot, ledger, observation, INSPECT, unit)
    push_part(depot, ledger, observation, FETCH, unit)
    for stage in (FETCH, INSPECT):
        ledger.forget(stage, unit)
    for sha256 in hashes:
        round_.archive.shelf.path(sha256).unlink(missing_ok=True)

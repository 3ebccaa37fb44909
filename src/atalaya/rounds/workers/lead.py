"""The lead of a round: it leaves fetching and inspecting to workers, and brings home what they did."""

import asyncio
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, fields, replace
from functools import partial
from typing import Any, Final, TypeVar

from atalaya.exceptions import SettingsError, StoreError
from atalaya.harvest.values import host
from atalaya.rounds.context import Round
from atalaya.rounds.fetching import STAGE as FETCH
from atalaya.rounds.fetching import Batch, batches, by_host, second_look
from atalaya.rounds.harvesting import STAGE as HARVEST
from atalaya.rounds.inspecting import STAGE as INSPECT
from atalaya.rounds.workers.board import Board
from atalaya.rounds.workers.storage import (
    Order,
    archive_address,
    forget_round,
    pull_part,
    push_blobs,
    write_order,
    write_withdrawn,
)
from atalaya.settings import Settings
from atalaya.store.depots import Depot, depot_at

UNITS_A_SHARE: Final = 10
"""Units that one worker does in order: 500 resources of one host, or of hosts that share units."""

CANARIES: Final = 5
"""Hosts that answered the lead; a worker that reaches none of them has a broken line."""

LOOK: Final = 1.0
"""Seconds between looks at the board."""

PATIENCE: Final = 600.0
"""Seconds for which a database or a storage that does not answer is asked again; the round then ends and can be resumed."""

OWN: Final = frozenset(
    {"home", "engine", "storage", "connections", "browser", "sites_at_once", "archive_bytes", "archive_source_bytes"}
)
"""Settings that each machine has of its own; all others are the lead's, so that everybody asks alike."""

Result = TypeVar("Result")


async def leave_to_workers(round_: Round) -> None:
    """Post the units of the fetch stage and wait until workers did them all. Nothing happens where the round asks for no workers.

    Raises StoreError where engine or storage do not answer for long.
    """
    if not round_.with_workers:
        return
    settings = round_.settings
    if not settings.engine or not settings.storage:
        raise SettingsError(
            "a round with workers needs ATALAYA_ENGINE (a PostgreSQL) and ATALAYA_STORAGE (a shared place)"
        )
    board, depot = Board(settings.engine), depot_at(settings.storage)
    round_.archive.shelf.name_depot(archive_address(settings.storage))
    try:
        units = batches(round_)
        if any(not round_.ledger.done(FETCH, batch.unit) for batch in units):
            await _patiently(partial(_post, round_, board, depot, units))
            await _bring_home(round_, board, depot, units)
        await _patiently(partial(board.close_round, round_.opening.observation))
        await _patiently(partial(forget_round, depot, round_.opening.observation))
    finally:
        board.close()


def refuse_alone(settings: Settings) -> None:
    """Raise SettingsError where no engine or no storage is named: nobody could help then."""
    if not settings.engine or not settings.storage:
        raise SettingsError(
            "a round with workers needs ATALAYA_ENGINE (a PostgreSQL) and ATALAYA_STORAGE (a shared place)"
        )


def shares_of(units: Sequence[Batch]) -> Iterator[list[str]]:
    """The names of units, some at a time; they depend on the round alone and not on how many workers there are."""
    for group in by_host(units):
        for start in range(0, len(group), UNITS_A_SHARE):
            yield group[start : start + UNITS_A_SHARE]


def shared_settings(settings: Settings) -> dict[str, Any]:
    """The settings that workers take over."""
    return {each.name: getattr(settings, each.name) for each in fields(settings) if each.name not in OWN}


def _post(round_: Round, board: Board, depot: Depot, units: Sequence[Batch]) -> None:
    """Hand over every unit that is not done, then ask for workers."""
    observation = round_.opening.observation
    write_withdrawn(depot, observation, round_.archive)
    posted = board.finished(observation)[0]
    for batch in units:
        if batch.unit not in posted and not round_.ledger.done(FETCH, batch.unit):
            order = _order(round_, batch)
            push_blobs(depot, round_.archive, (known.sha256 for known in order.validators.values()))
            write_order(depot, observation, order)
    waiting = {batch.unit for batch in units if not round_.ledger.done(FETCH, batch.unit)}
    shares = board.shares(observation) or [
        kept for share in shares_of(units) if (kept := [unit for unit in share if unit in waiting])
    ]
    facts = {
        "opening": asdict(round_.opening),
        "settings": shared_settings(round_.settings),
        "canaries": _canaries(round_),
    }
    board.post(observation, round_.opening.country, facts, shares)


def _order(round_: Round, batch: Batch) -> Order:
    targets = tuple(replace(target, again=second_look(round_, target)) for target in batch.targets)
    known = {target.url: validator for target in targets if (validator := round_.client.known(target.url)) is not None}
    return Order(replace(batch, targets=targets), known)


def _canaries(round_: Round) -> list[dict[str, Any]]:
    """Addresses of catalogues that answered the lead in this round, of different hosts."""
    found: dict[str, dict[str, Any]] = {}
    for _, row in round_.ledger.rows(HARVEST, "pages"):
        source = round_.sources.get(str(row["source_id"]))
        name = host(str(row["url"]))
        if source is None or row["status"] is None or name in found or len(found) == CANARIES:
            continue
        rate = source.requests_per_second or round_.settings.requests_per_second
        found[name] = {"url": row["url"], "local": source.local, "rate": rate}
    return list(found.values())


async def _bring_home(round_: Round, board: Board, depot: Depot, units: Sequence[Batch]) -> None:
    """Bring the parts of units into the ledger as they are finished, until all are there."""
    observation, ledger = round_.opening.observation, round_.ledger
    waiting = {batch.unit for batch in units if not ledger.done(FETCH, batch.unit)}
    while waiting:
        finished, _ = await _patiently(partial(board.finished, observation))
        for unit in sorted(waiting & finished):
            # The part of the later stage comes first: where the earlier one is there, nothing of the unit is missing.
            await _patiently(partial(pull_part, depot, ledger, observation, INSPECT, unit))
            if not await _patiently(partial(pull_part, depot, ledger, observation, FETCH, unit)):
                raise StoreError(
                    f"{depot.address} lacks the part of {unit}, which the board of {observation} has as finished; "
                    "somebody removed it: delete the observation and observe anew"
                )
            waiting.discard(unit)
            round_.progress(FETCH, len(units) - len(waiting), len(units))
        if waiting:
            await asyncio.sleep(LOOK)


async def _patiently(call: Callable[[], Result]) -> Result:
    """Do something in a thread, again while the database or the storage does not answer. Raises StoreError after PATIENCE."""
    until = time.monotonic() + PATIENCE
    while True:
        try:
            return await asyncio.to_thread(call)
        except StoreError:
            if time.monotonic() > until:
                raise
            await asyncio.sleep(LOOK)

"""A worker: it takes jobs of the queue as they come, and gives back those of workers that died."""

import asyncio
import logging
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from django.db import connections
from procrastinate import RetryStrategy
from procrastinate.contrib.django import DjangoApp
from procrastinate.contrib.django.utils import connector_params
from procrastinate.exceptions import ConnectorException
from procrastinate.jobs import Status
from procrastinate.psycopg_connector import PsycopgConnector
from psycopg import AsyncConnection, OperationalError
from psycopg_pool import PoolTimeout

from atalaya.portal.jobs.job import Job
from atalaya.portal.jobs.registry import JOBS

AT_ONCE = 4
"""Jobs that one worker has in hand: a round and a recheck take one each for long, letters and the rest pass beside them."""
STALLED = 30.0
"""Seconds without a sign of life after which a worker counts as dead; it gives six in that time."""
DEATHS = 30
"""Workers that may die over one job before it is given up: a job that kills whatever takes it must not go round for ever."""
AGAIN = 3.0
"""Seconds before the database is tried again where it does not answer."""
MISSED = 86_400
"""Seconds for which what should have been enqueued while no worker ran is made up for: a day."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """How a worker works: jobs at once, after how many seconds a silent one is dead; `once`: it does what is due, one after
    the other, and ends; `cron`: it enqueues what is due by cron.
    """

    at_once: int = AT_ONCE
    stalled: float = STALLED
    once: bool = False
    cron: bool = True


async def work(pace: Pace) -> None:
    """Work until cancelled, or once until nothing is due. A database that goes away is waited for; `once` raises then.

    Cancelled, it takes no more jobs and waits for those in hand; whoever cannot wait ends the process, and another worker
    does them again. Django is set up, and asks the queue's database.
    """
    while True:
        try:
            await _work(pace)
        except (ConnectorException, OperationalError, PoolTimeout) as error:
            if pace.once:
                raise
            _log.warning("the queue's database does not answer (%s); trying again", type(error).__name__)
        if pace.once:
            return
        await asyncio.sleep(AGAIN)


async def _work(pace: Pace) -> None:
    known = connector_params()
    await (await AsyncConnection.connect(**known)).close()  # a pool would wait for half a minute before it said so
    at_once = 1 if pace.once else pace.at_once
    app = app_over(PsycopgConnector(kwargs=known, min_size=1, max_size=at_once + 3), cron=pace.cron)
    async with app.open_async():
        await give_back(app, pace.stalled)
        looking = asyncio.create_task(_keep_giving_back(app, pace.stalled))
        try:
            await app.run_worker_async(
                wait=not pace.once,
                concurrency=at_once,
                fetch_job_polling_interval=2.0,
                update_heartbeat_interval=pace.stalled / 6,
                stalled_worker_timeout=pace.stalled,
                install_signal_handlers=False,
                listen_notify=not pace.once,
            )
        finally:
            looking.cancel()
            with suppress(asyncio.CancelledError):
                await looking


def app_over(connector: PsycopgConnector, jobs: tuple[Job, ...] = JOBS, *, cron: bool = True) -> DjangoApp:
    """The queue as a worker sees it: every job of the registry as a task."""
    app = DjangoApp(connector=connector, periodic_defaults={"max_delay": MISSED})
    for job in jobs:
        retry = RetryStrategy(max_attempts=job.tries - 1, exponential_wait=4) if job.tries > 1 else False
        lock = job.name if job.alone else None
        task = app.task(name=job.name, retry=retry, lock=lock)(_called(job))
        if job.every and cron:
            app.periodic_registry.register_task(task, job.every, job.name, {"queueing_lock": job.name})
    return app


def _called(job: Job) -> Callable[..., None]:
    def call(timestamp: int | None = None, **arguments: Any) -> None:
        del timestamp  # the moment of cron for which it was enqueued: handlers decide by what is there
        try:
            job.function()(**arguments)
        finally:
            connections.close_all()  # those of this thread, which may end with the job

    return call


async def give_back(app: DjangoApp, stalled: float) -> list[int]:
    """Let the jobs of dead workers be taken again; gives their numbers. Those that killed too many are given up."""
    given = []
    for job in await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=stalled):
        assert job.id is not None
        # Another worker may have been quicker: the database then refuses.
        with suppress(ConnectorException):
            if job.attempts >= DEATHS:
                _log.error("job %s of %s is given up: %s workers died over it", job.id, job.task_name, job.attempts)
                await app.job_manager.finish_job(job, Status.FAILED, delete_job=False)
            else:
                await app.job_manager.retry_job(job)
                given.append(job.id)
    return given


async def _keep_giving_back(app: DjangoApp, stalled: float) -> None:
    while True:
        await asyncio.sleep(stalled / 3)
        with suppress(ConnectorException, PoolTimeout):
            await give_back(app, stalled)

"""Enqueuing a job, inside the transaction of whoever asks for it, and asking what became of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.exceptions import AlreadyEnqueued
from procrastinate.manager import JobManager
from procrastinate.tasks import configure_task

from atalaya.portal.jobs.registry import BY_NAME

WAITING, RUNNING, DONE, FAILED = "waiting", "running", "done", "failed"

_STATES = {"todo": WAITING, "doing": RUNNING, "succeeded": DONE}


@dataclass(frozen=True, slots=True)
class Stand:
    """How a job stands: `waiting`, `running`, `done` or `failed`; how often it was tried before, and since when it stands so."""

    number: int
    name: str
    state: str
    tries: int
    since: datetime | None


def enqueue(
    name: str, arguments: Mapping[str, Any] | None = None, *, key: str = "", at: datetime | None = None
) -> int | None:
    """Have a job done as soon as a worker is free, not before `at`; gives its number.

    It is part of the transaction that is open: rolled back, it never was. With a `key`, None is given where a job of this name
    and key waits already. Arguments are what JSON can say: numbers and ids, never words of people, since they stand in logs.
    Raises KeyError where no job has this name.
    """
    job = BY_NAME[name]
    # The connection of Django and no other, in workers too: else a job would be enqueued outside the caller's transaction.
    made = configure_task(
        name=name,
        job_manager=JobManager(DjangoConnector()),
        lock=name if job.alone else None,
        queueing_lock=f"{name}:{key}" if key else None,
        schedule_at=at,
        task_kwargs=dict(arguments or {}),
    )
    try:
        with transaction.atomic():  # a key that waits already must not break the transaction of the caller
            return int(made.defer())
    except AlreadyEnqueued:
        return None


def announce(event: str, arguments: Mapping[str, Any]) -> list[int]:
    """Enqueue every job that waits for an event, with its arguments, in the transaction that is open; gives their numbers."""
    waiting = sorted(job.name for job in BY_NAME.values() if job.on == event)
    return [number for name in waiting if (number := enqueue(name, arguments)) is not None]


def stand_of(number: int) -> Stand | None:
    """How a job stands; None where there is none of this number, or none any more."""
    return next(iter(_stands(pk=number)), None)


def stands(name: str, most: int = 20) -> list[Stand]:
    """How the jobs of a name stand, newest first."""
    return _stands(task_name=name)[:most]


def _stands(**wanted: Any) -> list[Stand]:
    found = ProcrastinateJob.objects.filter(**wanted).annotate(moved=Max("procrastinateevent__at")).order_by("-id")
    return [
        Stand(each.id, each.task_name, _STATES.get(each.status, FAILED), each.attempts, each.moved) for each in found
    ]

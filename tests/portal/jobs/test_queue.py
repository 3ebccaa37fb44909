"""The queue: jobs are part of the transaction that asks for them, done once, tried again, and taken from the dead."""

import asyncio
import sys
from collections.abc import Callable, Iterator
from datetime import timedelta

import psycopg
import pytest
from croniter import croniter
from django.db import connection, transaction
from django.utils import timezone

from atalaya.portal.accounts.models import User
from atalaya.portal.jobs import registry, services, tidying, working
from atalaya.portal.jobs.job import Job

Done = Callable[[], None]
TOLD: list[object] = []


def tell(**said: object) -> None:
    TOLD.append(said)


def ask(email: str) -> None:
    """A handler that changes something, enqueues another job beside it, and then fails."""
    with transaction.atomic():
        User.objects.create_user(email)
        services.enqueue("test.tell", {"from": "inside"})
        raise RuntimeError("after both")


HERE = __name__
JOBS = (
    Job(name="test.ask", handler=f"{HERE}:ask", text="Asks.", tries=1),
    Job(name="test.fail", handler=f"{HERE}:no_such_thing", text="Cannot be done."),
    Job(name="test.tell", handler=f"{HERE}:tell", text="Tells.", alone=True),
)


@pytest.fixture(autouse=True)
def known(published_portal: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    sys.modules.setdefault(HERE, sys.modules[__name__])
    for job in JOBS:
        monkeypatch.setitem(registry.BY_NAME, job.name, job)
    monkeypatch.setattr(working.app_over, "__defaults__", ((*registry.JOBS, *JOBS),))
    TOLD.clear()
    yield
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs")


def test_the_registry_is_sorted_and_every_line_can_be_done() -> None:
    names = [job.name for job in registry.JOBS]
    assert names == sorted(set(names))
    for job in registry.JOBS:
        assert callable(job.function()), job.name
        assert not job.every or croniter.is_valid(job.every), job.name
        assert job.name.count(".") == 1
        assert job.text.endswith(".")


def test_a_job_is_done_once_with_its_arguments(done: Done) -> None:
    number = services.enqueue("test.tell", {"letter": 7})
    assert number is not None
    assert services.stand_of(number).state == services.WAITING
    done()
    done()
    assert TOLD == [{"letter": 7}]
    stand = services.stand_of(number)
    assert (stand.state, stand.name) == (services.DONE, "test.tell")
    assert stand.since <= timezone.now()
    assert [each.number for each in services.stands("test.tell")] == [number]
    assert services.stand_of(number + 1) is None


def test_a_job_of_a_transaction_that_was_rolled_back_never_was(done: Done) -> None:
    with transaction.atomic():
        services.enqueue("test.tell", {"letter": 1})
        transaction.set_rollback(True)
    done()
    assert TOLD == []


def test_in_a_worker_too_a_job_belongs_to_the_transaction_that_asks(done: Done) -> None:
    number = services.enqueue("test.ask", {"email": "nadie.queue@inventada.example"})
    done()
    assert services.stand_of(number).state == services.FAILED
    assert TOLD == []
    assert not User.objects.filter(email="nadie.queue@inventada.example").exists()


def test_a_key_is_enqueued_once_while_it_waits_and_the_transaction_goes_on(done: Done) -> None:
    with transaction.atomic():
        first = services.enqueue("test.tell", {"n": 1}, key="a")
        assert services.enqueue("test.tell", {"n": 2}, key="a") is None
        other = services.enqueue("test.tell", {"n": 3}, key="b")
    assert first is not None
    assert other is not None
    done()
    assert sorted(each["n"] for each in TOLD) == [1, 3]
    assert services.enqueue("test.tell", {"n": 4}, key="a") is not None


def test_a_job_for_later_waits(done: Done) -> None:
    number = services.enqueue("test.tell", at=timezone.now() + timedelta(hours=1))
    done()
    assert services.stand_of(number).state == services.WAITING
    assert TOLD == []


def test_what_raises_is_tried_again_later(done: Done) -> None:
    number = services.enqueue("test.fail")
    done()
    stand = services.stand_of(number)
    assert (stand.state, stand.tries) == (services.WAITING, 1)


def test_a_name_that_nobody_registered_is_refused() -> None:
    with pytest.raises(KeyError, match=r"test\.nothing"):
        services.enqueue("test.nothing")


def taken_by_a_dead_worker(address: str, number: int, attempts: int = 0) -> None:
    """As it stands when a worker was killed in the middle of a job: the job is being done, by one that is silent."""
    with psycopg.connect(address, autocommit=True) as other:
        (worker,) = other.execute(
            "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - interval '1 hour') RETURNING id"
        ).fetchone()
        other.execute(
            "UPDATE procrastinate_jobs SET status = 'doing', worker_id = %s, attempts = %s WHERE id = %s",
            (worker, attempts, number),
        )


def test_the_job_of_a_dead_worker_is_done_by_another(published_portal: str, done: Done) -> None:
    number = services.enqueue("test.tell", {"n": 1})
    taken_by_a_dead_worker(published_portal, number)
    done()
    assert TOLD == [{"n": 1}]
    assert services.stand_of(number).state == services.DONE


def test_a_job_over_which_too_many_died_is_given_up(published_portal: str, done: Done) -> None:
    number = services.enqueue("test.tell", {"n": 1})
    taken_by_a_dead_worker(published_portal, number, working.DEATHS)
    done()
    assert TOLD == []
    assert services.stand_of(number).state == services.FAILED


def test_jobs_that_ended_long_ago_are_forgotten(done: Done) -> None:
    old, new = (services.enqueue("test.tell", {"n": n}) for n in (1, 2))
    done()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_events SET at = at - interval '31 days' WHERE job_id = %s", (old,))
    waiting = services.enqueue("test.tell", at=timezone.now() + timedelta(days=60))
    assert tidying.tidy() == 1
    assert services.stand_of(old) is None
    assert services.stand_of(new) is not None
    assert services.stand_of(waiting) is not None


def test_a_database_that_is_not_there_ends_a_worker_that_works_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(working, "connector_params", lambda: {"host": "127.0.0.1", "port": 1, "dbname": "x"})
    with pytest.raises(Exception, match="onnection"):
        asyncio.run(working.work(working.Pace(once=True)))

"""The worker as a process: it does what is due, ends when it is told to, and with the portal that started it."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest

from atalaya.portal.jobs import beside, services
from tests.patience import PATIENCE

COMMAND = [sys.executable, "-m", "atalaya", "worker", "--no-cron"]


def wait_for(said: Callable[[], object], seconds: float = PATIENCE) -> None:
    until = time.monotonic() + seconds
    while not said():
        assert time.monotonic() < until, "it did not happen in time"
        time.sleep(0.1)


def workers(address: str) -> int:
    with psycopg.connect(address) as connection:
        (count,) = connection.execute("SELECT count(*) FROM procrastinate_workers").fetchone()
        return int(count)


@pytest.fixture
def environment(published_portal: str, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    monkeypatch.setenv("ATALAYA_DATABASE_URL", published_portal)
    return dict(os.environ)


def test_once_does_what_is_due_and_ends(environment: dict[str, str], tmp_path: Path) -> None:
    number = services.enqueue("jobs.tidy")
    done = subprocess.run(
        [*COMMAND, "--once", "--home", str(tmp_path)], env=environment, timeout=PATIENCE, capture_output=True, text=True
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert services.stand_of(number).state == services.DONE


def test_a_worker_beside_is_started_again_and_ends_with_its_portal(
    environment: dict[str, str], published_portal: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[subprocess.Popen[bytes]] = []
    start = beside.started

    def keep(home: Path, *options: str) -> subprocess.Popen[bytes]:
        started.append(start(home, "--no-cron"))
        return started[-1]

    monkeypatch.setattr(beside, "started", keep)
    monkeypatch.setattr(beside, "PAUSE", 0.1)
    with beside.worker_beside(tmp_path):
        wait_for(lambda: workers(published_portal) == 1)
        started[0].send_signal(signal.SIGKILL)
        wait_for(lambda: len(started) == 2 and workers(published_portal) == 2)
        number = services.enqueue("jobs.tidy")
        wait_for(lambda: services.stand_of(number).state == services.DONE)
    assert started[0].returncode == -signal.SIGKILL
    assert started[1].returncode == 0, "it was told to end, and ended in order"
    assert not [thread for thread in threading.enumerate() if thread.name == "worker"]

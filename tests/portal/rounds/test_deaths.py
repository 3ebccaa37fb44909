"""The worker is killed three times in the middle of a round: after that the round is sealed as if nothing had been."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings

from atalaya.history.read import open_sealed
from atalaya.portal.rounds import services
from atalaya.portal.rounds.models import Observed, Publication, Round
from atalaya.portal.rounds.states import RUNNING, SEALED
from atalaya.rounds.requests import RoundOrder, carry_out
from atalaya.store.observations import find, observation_folder
from tests.patience import PATIENCE

DEATHS = (0.0, 0.1, 0.3)
"""Seconds after the first word of a round's progress at which its worker is killed."""


def wait_for(said: Callable[[], object], seconds: float = PATIENCE) -> None:
    until = time.monotonic() + seconds
    while not said():
        assert time.monotonic() < until, "it did not happen in time"
        time.sleep(0.02)


def worker(home: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "atalaya", "worker", "--no-cron", "--stalled", "5", "--home", str(home)]
    return subprocess.Popen(command)


def test_nothing_is_lost_and_nothing_is_done_twice(
    country: Observed, published_portal: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ATALAYA_DATABASE_URL", published_portal)
    home = Path(settings.ATALAYA_HOME)
    asked = services.begin(services.SCHEDULE)
    order = RoundOrder(home=str(home), pack=country.pack, as_of=asked.as_of, resolve=country.resolve)
    rounds = Round.objects.filter(pk=asked.pk)
    for pause in DEATHS:
        before = rounds.get().moved
        process = worker(home)
        wait_for(lambda moved=before: rounds.filter(state=RUNNING).exclude(moved=moved).exclude(stage="").exists())
        time.sleep(pause)
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        assert rounds.get().state == RUNNING, "it was killed in the middle"
    last = worker(home)
    try:
        wait_for(lambda: rounds.get().state != RUNNING)
    finally:
        last.terminate()
        last.wait(30)
    found = rounds.get()
    assert (found.state, found.reason) == (SEALED, "")
    assert Publication.objects.filter(observation=found.observation).count() == 1
    killed = open_sealed(find(home, found.observation)).manifest
    folder = observation_folder(home, found.country, found.observation)
    folder.rename(tmp_path / "killed")
    assert list(carry_out(order))[-1]["sealed"] == found.observation
    assert open_sealed(folder).manifest.content_hashes() == killed.content_hashes()

"""The country of the portal with a home of the test's own, and its publishers answering on loopback."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection

from atalaya.countries.reader import read_pack
from atalaya.history.read import Sealed
from atalaya.portal.reviews.models import ComingFinding, Reply, ReplyPeriod
from atalaya.portal.rounds import services
from atalaya.portal.rounds.models import Observed, Publication, Recheck, Round
from atalaya.replay.server import serving, write_resolve
from tests.portal.conftest import ROLES


def _forget() -> None:
    """Remove what tests made of rounds, and the jobs that wait."""
    Round.objects.filter(as_of__gt="2026-01-07").delete()
    Recheck.objects.all().delete()
    Publication.objects.filter(observation__gt="zz-20260107").delete()
    ComingFinding.objects.filter(period__observation__gt="zz-20260107").delete()
    ReplyPeriod.objects.filter(observation__gt="zz-20260107").delete()
    Reply.objects.filter(kind="recheck").delete()
    Observed.objects.all().delete()
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs")


@pytest.fixture
def country(
    two_small_rounds: tuple[Path, list[Sealed]], published_portal: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Observed]:
    """The country with its two rounds; what the test makes of it is removed."""
    _forget()
    pack, rounds = two_small_rounds
    shutil.copytree(rounds[-1].folder.parents[2], tmp_path / "home", ignore=shutil.ignore_patterns("dumps"))
    monkeypatch.setattr(settings, "ATALAYA_HOME", tmp_path / "home")
    made = services.declare(read_pack(pack))
    with serving(pack.parent / "day-6") as served:
        write_resolve(served, tmp_path / "resolve.json")
        made.resolve = str(tmp_path / "resolve.json")
        made.save()
        yield made
    _forget()


@pytest.fixture
def analyst(new_person: Callable[..., Any]) -> Any:
    """Somebody who runs rounds."""
    return new_person(ROLES["analyst"])

"""What workers do of rounds: run one, look findings again, load what is published. Each may be begun again after any death."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Generator
from contextlib import closing
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from atalaya.exceptions import AtalayaError
from atalaya.portal.database import address_from
from atalaya.portal.jobs.services import announce
from atalaya.portal.rounds.models import Observed, Publication, Recheck, Round
from atalaya.portal.rounds.states import ABORTED, DONE, FAILED, PUBLISHED, RUNNING, SEALED, UNFINISHED
from atalaya.rounds.requests import RecheckOrder, RoundOrder, carry_out

TOLD = 2.0
"""Seconds between two moments at which the table of rounds is told how far one is."""


class WorkDiedError(AtalayaError):
    """The process of a round or of a load ended without a word. Raised by jobs of rounds, which are then tried again."""


def run_round(round: int) -> None:  # noqa: A002 - the name of the job's argument
    """Run a round, or what is left of it; one that has ended, or was given up, is left alone."""
    found: Round = Round.objects.get(pk=round)
    if found.state not in UNFINISHED:
        return
    country = Observed.objects.get(code=found.country)
    now = timezone.now()
    Round.objects.filter(pk=found.pk, state__in=UNFINISHED).update(
        state=RUNNING, started=found.started or now, moved=now, reason=""
    )
    order = RoundOrder(
        home=str(settings.ATALAYA_HOME),
        pack=country.pack,
        as_of=found.as_of,
        sites=found.sites,
        fresh=found.fresh,
        resolve=country.resolve or None,
    )
    last: dict[str, Any] = {}
    with closing(_paced(carry_out(order))) as words:
        for last in words:
            if "stage" in last and not _progress(found.pk, last):
                return  # given up: closing what is asked of the engine ends its process
    _ended(found.pk, last)


def recheck(recheck: int) -> None:
    """Look at findings again; a recheck that is done is left alone."""
    found: Recheck = Recheck.objects.get(pk=recheck)
    if found.state not in UNFINISHED:
        return
    country = Observed.objects.filter(code=found.country).first()
    if country is None:
        _looked(
            found.pk, {"failed": "Unknown", "error": "no pack of this country is known here; run `atalaya portal load`"}
        )
        return
    Recheck.objects.filter(pk=found.pk).update(state=RUNNING)
    order = RecheckOrder(
        home=str(settings.ATALAYA_HOME),
        pack=country.pack,
        observation=found.observation,
        findings=tuple(found.findings),
        key=f"recheck-{found.pk}",
        records=tuple(found.records),
        resolve=country.resolve or None,
    )
    *_, last = carry_out(order)
    _looked(found.pk, last)


def _looked(pk: int, last: dict[str, Any]) -> None:
    """Keep what a recheck saw, or why it could not be done."""
    _refuse_death(last)
    with transaction.atomic():
        done: Recheck = Recheck.objects.select_for_update().get(pk=pk)
        if done.state not in UNFINISHED:
            return
        done.ended = timezone.now()
        if "failed" in last:
            done.state, done.reason = FAILED, str(last["error"])
        else:
            done.state, done.seen = DONE, last["seen"]
            done.seen_in, done.seen_at = last["sealed"], last["as_of"]
        done.save()
        announce("rounds.rechecked", {"recheck": done.pk})


def show(observation: str) -> None:
    """Show the published editions on the portal: load the read model anew. Twice gives what once gives."""
    found: Publication = Publication.objects.get(observation=observation)
    if found.state != PUBLISHED:
        return
    country = Observed.objects.get(code=found.country)
    home = ["--home", str(settings.ATALAYA_HOME)]
    command = [sys.executable, "-m", "atalaya", "portal", "load", "--country", country.pack, "--json", *home]
    environment = {**os.environ, "ATALAYA_DATABASE_URL": address_from(connection.settings_dict)}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)  # noqa: S603 - our own
    if done.returncode:
        raise WorkDiedError(f"the editions could not be loaded: {_error_of(done.stdout) or done.stderr[-500:]}")
    announce("rounds.published", {"observation": observation})


def _progress(pk: int, told: dict[str, Any]) -> bool:
    """Keep how far a round is; False where it was given up."""
    running = Round.objects.filter(pk=pk, state=RUNNING)
    moved = running.update(stage=told["stage"], done=told["done"], total=told["total"], moved=timezone.now())
    return bool(moved)


def _paced(words: Generator[dict[str, Any], None, None]) -> Generator[dict[str, Any], None, None]:
    """What the engine tells, its progress not more often than every `TOLD` seconds but for a new stage."""
    stage, told = "", 0.0
    with closing(words):
        for said in words:
            now = time.monotonic()
            if "stage" not in said or said["stage"] != stage or now - told >= TOLD:
                stage, told = said.get("stage", ""), now
                yield said


def _ended(pk: int, last: dict[str, Any]) -> None:
    """Keep how a round ended, and with it the edition that came of it."""
    _refuse_death(last)
    with transaction.atomic():
        found: Round = Round.objects.select_for_update().get(pk=pk)
        if found.state not in UNFINISHED:
            return
        found.ended, found.fresh = timezone.now(), False
        if "failed" in last:
            found.state = ABORTED if last["failed"] == "RoundAborted" else FAILED
            found.reason = str(last["error"])
        else:
            found.state, found.observation, found.held = SEALED, last["sealed"], last["held"]
            now = timezone.now()
            made = {"country": found.country, "made": now, "changed": now}
            Publication.objects.get_or_create(observation=found.observation, defaults=made)
        found.save()
        announce("rounds.ended", {"round": found.pk})


def _refuse_death(last: dict[str, Any]) -> None:
    """Have the job tried again where its process died, or where another one, whose worker seemed dead, is still at it."""
    if last.get("failed") in ("died", "RunElsewhere"):
        raise WorkDiedError(f"{last['error']}; it goes on where it was")


def _error_of(body: str) -> str:
    try:
        return str(json.loads(body)["error"])
    except (ValueError, KeyError, TypeError):
        return ""

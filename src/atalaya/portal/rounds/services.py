"""What changes rounds and rechecks: each a rule, a transaction, and an entry in the trail that the database itself writes."""

from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from atalaya.clock import stamp
from atalaya.countries.pack import CountryPack
from atalaya.countries.reader import find_pack, known_packs, read_pack
from atalaya.portal.accounts.rules import may
from atalaya.portal.accounts.services import CONSOLE, RefusedError
from atalaya.portal.jobs.services import enqueue
from atalaya.portal.observatory.models import Edition, Finding
from atalaya.portal.rounds.models import Observed, Recheck, Round
from atalaya.portal.rounds.states import ROUND_MOVES, SEALED, UNFINISHED, WAITING, moves_from
from atalaya.rounds.requests import release as record_release

SCHEDULE = CONSOLE
"""Who acts where nobody signed in: the daily sweep."""
MOST = 200
"""Findings that one recheck may ask for: what institutions mend in a day, and some minutes of work."""


def declare(pack: CountryPack) -> Observed:
    """Keep where the pack of the country is that the portal shows, so that workers find it."""
    ours = pack.code in known_packs() and pack.folder.resolve() == find_pack(pack.code).resolve()
    said = pack.code if ours else str(pack.folder.resolve())
    defaults = {"pack": said, "declared": timezone.now()}
    found: Observed = Observed.objects.update_or_create(code=pack.code, defaults=defaults)[0]
    return found


def observed() -> Observed:
    """The country that is observed. Raises RefusedError where none was ever published here."""
    found: Observed | None = Observed.objects.order_by("-declared").first()
    if found is None:
        raise RefusedError("no country was published here yet; observe one and run `atalaya portal load` first")
    return found


def pack_of(country: Observed) -> CountryPack:
    """The pack of a country, read now. Raises CountryPackError where it is not there any more."""
    return read_pack(find_pack(country.pack))


def begin(by: Any, *, sites: bool = False) -> Round:
    """Ask for a round as of now. Raises RefusedError where `by` may not, or one is running."""
    _allowed(by)
    country, now = observed(), timezone.now()
    with transaction.atomic():
        Observed.objects.select_for_update().get(pk=country.pk)
        if Round.objects.filter(country=country.code, state__in=UNFINISHED).exists():
            raise RefusedError("a round is running already; wait until it has ended, or give it up")
        while Round.objects.filter(country=country.code, as_of=stamp(now)).exists():
            now += timedelta(seconds=1)  # one that was given up a moment ago keeps its name
        made: Round = Round.objects.create(country=country.code, as_of=stamp(now), sites=sites, asked_by=by, asked=now)
        _enqueue(made)
    return made


def move(by: Any, round_: Round, name: str) -> Round:
    """Let a round that stopped go on or begin anew, or give one up. Raises RefusedError where `by` or its state forbids it."""
    _allowed(by)
    with transaction.atomic():
        found: Round = Round.objects.select_for_update().get(pk=round_.pk)
        step = next((each for each in moves_from(ROUND_MOVES, found.state) if each.id == name), None)
        if step is None:
            raise RefusedError("a round that is {state} does not permit this step", state=found.state)
        others = Round.objects.filter(country=found.country, state__in=UNFINISHED).exclude(pk=found.pk)
        if step.after == WAITING and others.exists():
            raise RefusedError("a round is running already; wait until it has ended, or give it up")
        found.state, found.fresh = step.after, name == "anew"
        found.ended = None if step.after == WAITING else timezone.now()
        found.save(update_fields=["state", "fresh", "ended"])
        if step.after == WAITING:
            _enqueue(found)
    return found


def release(by: Any, round_: Round, source: str, why: str) -> None:
    """Accept what a held source gave, in the next round. Raises RefusedError where `by` may not, no reason is given, or the
    source is not held in this round, or it failed: there is nothing to accept then."""
    _allowed(by)
    if not why.strip():
        raise RefusedError("say why its answer is to be believed")
    held = next((each for each in round_.held if each["source_id"] == source), None)
    if round_.state != SEALED or held is None:
        raise RefusedError("{said} is not held in this round", said=source)
    if held.get("answered") is None:
        raise RefusedError("{said} did not answer, so there is nothing to accept; run a round again", said=source)
    with transaction.atomic():
        found: Round = Round.objects.select_for_update().get(pk=round_.pk)
        for each in found.held:
            if each["source_id"] == source:
                each["released"] = stamp(timezone.now())
        found.reason = f"released {source}: {why.strip()}"[:2000]
        found.save(update_fields=["held", "reason"])
        told = ("analyst", stamp(timezone.now()), why.strip())
        record_release(Path(settings.ATALAYA_HOME), found.country, source, {"observation": found.observation}, told)


def ask_recheck(by: Any, findings: Sequence[str]) -> Recheck:
    """Have findings of the edition that is shown looked at again; gives the recheck, which is done in minutes.

    Raises RefusedError where `by` may not for the institution of one of them, one is not shown, or they are too many.
    """
    wanted = sorted(set(findings))
    if not wanted or len(wanted) > MOST:
        raise RefusedError("choose from one to {most} findings", most=MOST)
    edition = Edition.shown()
    found = dict(Finding.objects.filter(id__in=wanted).values_list("id", "institution")) if edition else {}
    if edition is None or len(found) < len(wanted):
        raise RefusedError("one of these findings is not in the edition that is shown; reload the page")
    for institution in sorted({str(each or "") for each in found.values()}):
        if by is not CONSOLE and not may(by, "rounds.recheck", institution):
            raise RefusedError("only the institution concerned and analysts ask for a recheck")
    with transaction.atomic():
        made: Recheck = Recheck.objects.create(
            country=edition.country,
            observation=edition.observation,
            findings=wanted,
            asked_by=by,
            asked=timezone.now(),
        )
        made.job = enqueue("rounds.recheck", {"recheck": made.pk}, key=str(made.pk))
        made.save(update_fields=["job"])
    return made


def ask_look(country: str, observation: str, records: Sequence[str]) -> Recheck:
    """Have datasets of an observation looked at again, as the schedule asks."""
    with transaction.atomic():
        made: Recheck = Recheck.objects.create(
            country=country, observation=observation, records=sorted(records), asked=timezone.now()
        )
        made.job = enqueue("rounds.recheck", {"recheck": made.pk}, key=str(made.pk))
        made.save(update_fields=["job"])
    return made


def _enqueue(round_: Round) -> None:
    number = enqueue("rounds.run", {"round": round_.pk}, key=str(round_.pk))
    if number is not None:
        round_.job = number
        round_.save(update_fields=["job"])


def _allowed(by: Any) -> None:
    if by is not CONSOLE and not may(by, "rounds.manage"):
        raise RefusedError("only analysts and administrators run rounds")

"""The daily sweep: it decides what is due, and the queue executes. Run twice in a day it decides nothing twice."""

from datetime import date, timedelta
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from atalaya.countries.schedule import ScheduleRule
from atalaya.history.read import open_sealed
from atalaya.portal.accounts.services import RefusedError
from atalaya.portal.jobs.services import FAILED as JOB_FAILED
from atalaya.portal.jobs.services import stand_of
from atalaya.portal.observatory.models import Edition
from atalaya.portal.rounds import services
from atalaya.portal.rounds.looks import records_due
from atalaya.portal.rounds.models import Observed, Recheck, Round, Trial
from atalaya.portal.rounds.states import DROPPED, FAILED, UNFINISHED
from atalaya.store.observations import find

OVER = "its process died again and again; look at the log of the worker"


def sweep() -> None:
    """Say of what is running and cannot be any more that it failed; begin a round where one is due and the deployer wants it."""
    give_up_the_dead()
    if not settings.ROUNDS_BY_SCHEDULE:
        return
    country = Observed.objects.order_by("-declared").first()
    if country is None:
        return
    rule = services.pack_of(country).schedule
    ask_for_looks(country.code, rule)
    if round_is_due(timezone.now().date(), last_round(country.code), rule):
        try:
            services.begin(services.SCHEDULE, sites=rule.sites)
        except RefusedError:
            return  # one is running: tomorrow is another day


def round_is_due(today: date, last: date | None, rule: ScheduleRule) -> bool:
    """Whether a round is due: the schedule has a rhythm, and the last round, whatever came of it, is as long ago.

    >>> round_is_due(date(2026, 4, 1), date(2026, 1, 1), ScheduleRule(round_days=90))
    True
    """
    if rule.round_days is None:
        return False
    return last is None or today - last >= timedelta(days=rule.round_days)


def ask_for_looks(country: str, rule: ScheduleRule) -> Recheck | None:
    """Have the resources that are due looked at again, once a day, as the edition that is shown has them."""
    edition, now = Edition.shown(), timezone.now()
    if edition is None or edition.country != country or not rule.looks_a_day:
        return None
    asked = Recheck.objects.filter(country=country, observation=edition.observation, asked_by=None, findings=[])
    if asked.filter(asked__date=now.date()).exists():
        return None
    looked: dict[str, date] = {}
    for each in asked.order_by("asked"):
        looked |= dict.fromkeys(each.records, each.asked.date())
    shown = open_sealed(find(Path(settings.ATALAYA_HOME), edition.observation))
    due = records_due(shown, now.date(), rule, looked)
    return services.ask_look(country, edition.observation, due) if due else None


def last_round(country: str) -> date | None:
    """The day of the last round of a country: one that was begun here and not given up, or one that the portal shows."""
    begun = Round.objects.filter(country=country).exclude(state=DROPPED).order_by("-as_of").first()
    edition = Edition.shown()
    days = [date.fromisoformat(begun.as_of[:10])] if begun else []
    if edition is not None and edition.country == country:
        days.append(edition.as_of)
    return max(days, default=None)


def give_up_the_dead() -> None:
    """Rounds, rechecks and trials whose job was tried until it was given up, or is not in the queue any more, have failed."""
    for model in (Round, Recheck, Trial):
        for each in model.objects.filter(state__in=UNFINISHED):
            stand = stand_of(each.job) if each.job is not None else None
            if stand is None or stand.state == JOB_FAILED:
                with transaction.atomic():
                    found = model.objects.select_for_update().get(pk=each.pk)
                    if found.state in UNFINISHED:
                        found.state, found.reason, found.ended = FAILED, OVER, timezone.now()
                        found.save(update_fields=["state", "reason", "ended"])

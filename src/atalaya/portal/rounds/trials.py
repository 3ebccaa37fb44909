"""Tries a methodology on past rounds: what would have come out, beside what did, before anybody adopts it."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from atalaya.exceptions import AtalayaError, MethodologyError
from atalaya.history.trying import Tried, tried
from atalaya.indices.editions import HEADLINE
from atalaya.indices.language.reading import file_of, parse_index
from atalaya.portal.accounts.rules import may
from atalaya.portal.accounts.services import RefusedError
from atalaya.portal.jobs.services import enqueue
from atalaya.portal.rounds.models import Trial
from atalaya.portal.rounds.services import observed
from atalaya.portal.rounds.states import DONE, FAILED, RUNNING, UNFINISHED
from atalaya.portal.rounds.sweeping import give_up_the_dead
from atalaya.store.observations import observation_folder, sealed

LONGEST = 400_000
"""Characters of a methodology; the ones that come with Atalaya have some ten thousand."""
LONGEST_ID = 100
"""Characters of its id and version."""
OBSERVATIONS = 12
"""The newest rounds that a methodology is tried on: a year of monthly ones."""
MOST = 5
"""Trials that may wait or run at once."""


def text_in_use() -> str:
    """The text of the methodology that ranks now: where a proposal begins."""
    return file_of(HEADLINE).read_text(encoding="utf-8")


def ask_trial(by: Any, text: str) -> Trial:
    """Have a methodology tried. Raises RefusedError where `by` may not, the text is no methodology, or too many wait."""
    if not may(by, "rounds.manage"):
        raise RefusedError("only analysts and administrators try a methodology")
    if not text.strip() or len(text) > LONGEST:
        raise RefusedError("send from one to {most} characters", most=LONGEST)
    country = observed()
    try:
        index = parse_index(text, "metodologia.yml")
    except MethodologyError as error:
        raise RefusedError("the methodology cannot be read: {said}", said=str(error)) from error
    if len(index.id) > LONGEST_ID:
        raise RefusedError("its id has more than {most} characters; write a shorter one", most=LONGEST_ID)
    give_up_the_dead()
    with transaction.atomic():
        if Trial.objects.filter(state__in=UNFINISHED).count() >= MOST:
            raise RefusedError("{most} trials wait already; come back in some minutes", most=MOST)
        made: Trial = Trial.objects.create(
            country=country.code,
            methodology=index.id,
            text=text,
            sha256=index.sha256,
            asked_by=by,
            asked=timezone.now(),
        )
        made.job = enqueue("rounds.try", {"trial": made.pk}, key=str(made.pk))
        made.save(update_fields=["job"])
    return made


def run_trial(trial: int) -> None:
    """Try a methodology, as the worker does; one that has ended is left alone."""
    found: Trial = Trial.objects.get(pk=trial)
    if found.state not in UNFINISHED:
        return
    Trial.objects.filter(pk=found.pk).update(state=RUNNING)
    home = Path(settings.ATALAYA_HOME)
    names = [each.observation for each in sealed(home, found.country)][-OBSERVATIONS:]
    values: dict[str, Any]
    try:
        index = parse_index(found.text, "metodologia.yml")
        folders = [observation_folder(home, found.country, name) for name in reversed(names)]
        values = {"state": DONE, "told": [told_of(each) for each in tried(index, folders)]}
    except AtalayaError as error:
        values = {"state": FAILED, "reason": str(error)[:2000]}
    Trial.objects.filter(pk=found.pk).update(**values, ended=timezone.now())


def told_of(each: Tried) -> dict[str, Any]:
    """What a methodology gave on one observation, as JSON: the mean and every institution before and after, the largest move of
    a rank first, with the best and the worst rank that the ends of all scores permit."""
    told: dict[str, Any] = {
        "observation": each.observation,
        "as_of": each.as_of,
        "beside": each.beside,
        "lacking": list(each.lacking),
        "problem": each.problem,
        "mean": None,
        "units": [],
    }
    if each.change is not None:
        told["mean"] = [each.change.mean.old, each.change.mean.new]
        told["units"] = sorted(
            (
                {
                    "unit": one.unit,
                    "name": one.name,
                    "score": [one.score.old, one.score.new],
                    "rank": [one.rank.old, one.rank.new],
                    "ranks": [list(one.old_ranks), list(one.new_ranks)],
                }
                for one in each.change.units
            ),
            key=_moved,
        )
    return told


def _moved(unit: dict[str, Any]) -> tuple[bool, float, str]:
    before, after = unit["rank"]
    unranked = before is None or after is None
    return unranked and before == after, 0.0 if unranked else -abs(after - before), unit["unit"]

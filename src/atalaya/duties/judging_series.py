"""Verdicts on a duty with periods: each period by itself, and the duty as a whole by the newest period that is due.

The series begins with the earliest period that is there. A period is fulfilled by what covers it and by what lies within it. One
that is there now and was missing when the site was read before came late, by the days that this proves.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from datetime import date

from atalaya.duties.claims import Behind, Found
from atalaya.duties.judging import (
    Question,
    Shown,
    absent,
    formed,
    judge_once,
    undecided,
    verdict,
)
from atalaya.duties.mentions import DocumentContent
from atalaya.duties.periods import Period
from atalaya.duties.series import Length, between, containing, due, following, newest_due, preceding
from atalaya.duties.verdicts import DutyVerdict, Standing

LONGEST_SERIES = 36
"""Periods of a series that are looked at, the newest: three years of months. What lies before them stays on record."""

THERE = (Standing.CURRENT, Standing.LATE, Standing.NOT_OPEN)
"""Standings of a period of which something is published."""


def judge_periods(question: Question, length: Length, there: Shown) -> tuple[DutyVerdict, ...]:
    """The verdict on a duty as a whole, which has no period, and those on the periods of its series, the oldest first."""
    series = _series(question, length, there)
    if not series:
        return (_undated(question, length, there),)
    return (_whole(question, length, there, series), *series.values())


def _series(question: Question, length: Length, there: Shown) -> dict[Period, DutyVerdict]:
    """The verdicts on the periods from the earliest that is there to the newest that is due or there; none without any."""
    slots = _slots(question, length, there)
    held = [period for period, slot in slots.items() if slot.published or slot.nothing or slot.unread]
    if not held:
        return {}
    newest = newest_due(length, question.rule, question.as_of)
    last = max(max(held), newest)
    first = last
    for _ in range(LONGEST_SERIES - 1):
        first = preceding(length, first)
    first = max(min(held), first)
    found = {}
    for period in between(length, first, last):
        judged = _period(question, period, slots.get(period, Shown()), there)
        if judged is not None:
            found[period] = judged
    return found


def _period(question: Question, period: Period, slot: Shown, there: Shown) -> DutyVerdict | None:
    """The verdict on one period, None for one that is not due and not there."""
    if slot.published or slot.nothing:
        return _in_time(question, period, formed(question, period, slot))
    if due(period, question.rule) >= question.as_of and not slot.unread:
        return None
    # What says nothing of its period, and nobody could look at or has ruled on, may be of this one.
    unread = (*slot.unread, *(each for each in there.unread if not each.periods))
    waiting = (*slot.waiting, *(each for each in there.waiting if not each.periods))
    judged = absent(question, period, Shown(unread=unread, waiting=waiting, hollow=slot.hollow))
    if judged.standing is not Standing.MISSING:
        return judged
    return replace(judged, days_late=(question.as_of - due(period, question.rule)).days)


def _in_time(question: Question, period: Period, judged: DutyVerdict) -> DutyVerdict:
    """A period that is there came late where the observation before was made after its day and did not have it."""
    before = question.before.get(period)
    if before is None or judged.standing is not Standing.CURRENT:
        return judged
    if before.standing is Standing.LATE:
        return replace(judged, standing=Standing.LATE, reason="came_late", days_late=before.days_late)
    days = (before.as_of - due(period, question.rule)).days
    if before.standing is Standing.MISSING and days > 0:
        return replace(judged, standing=Standing.LATE, reason="came_late", days_late=days)
    return judged


def _whole(question: Question, length: Length, there: Shown, series: Mapping[Period, DutyVerdict]) -> DutyVerdict:
    """The verdict on the duty as it stands now: by the newest period that is due, or a later one."""
    present = [period for period, judged in series.items() if judged.standing in THERE]
    if not present:
        return judge_once(question, there)
    lost = [period for period, judged in series.items() if judged.standing is Standing.MISSING]
    gaps = tuple(period for period in lost if present[0] < period < present[-1])
    newest = newest_due(length, question.rule, question.as_of)
    latest = [series[period] for period in reversed(present) if period >= newest]
    if latest:
        best = min(latest, key=lambda judged: judged.standing is Standing.NOT_OPEN)
        here = _of_all(best, gaps)
        # A period that came late is there now: the duty as a whole stands where it should.
        return replace(here, standing=Standing.CURRENT, reason="published") if best.reason == "came_late" else here
    overdue = [judged for period, judged in series.items() if period > present[-1]]
    unsaid = [judged for judged in overdue if judged.standing is Standing.UNKNOWN]
    if unsaid:
        return _of_all(unsaid[-1], gaps)
    days = (question.as_of - due(following(length, present[-1]), question.rule)).days
    here = _of_all(series[present[-1]], gaps)
    return replace(here, standing=Standing.LATE, reason="older", days_late=days)


def _of_all(judged: DutyVerdict, gaps: tuple[Period, ...]) -> DutyVerdict:
    """The verdict on one period as that on the duty as a whole."""
    return replace(judged, period=None, due=None, days_late=None, gaps=gaps)


def _undated(question: Question, length: Length, there: Shown) -> DutyVerdict:
    """The verdict where nothing that is there says of which period it is.

    Where the law sets a rhythm, only observations can tell: what was seen to change since the newest due period began is current,
    what has been seen without a change since before then is late, and of what is seen for the first time nobody can say.
    """
    if question.rule.every is None or not any(each.behind is Behind.OPEN for each in there.published):
        return judge_once(question, there)
    newest = newest_due(length, question.rule, question.as_of)
    if any(_changed_since(newest.first, _content(each)) for each in there.published):
        return judge_once(question, there)
    if there.unread or there.waiting:
        return undecided(question, None, there)
    latest = max(_news(_content(each)) for each in there.published)
    if latest >= newest.first:
        return verdict(question, None, Standing.UNKNOWN, "period_not_stated", there.published)
    # What it held on that day can be of that day's period at best.
    missed = following(length, containing(length, latest))
    days = (question.as_of - due(missed, question.rule)).days
    return verdict(question, None, Standing.LATE, "unchanged", there.published, days_late=days)


def _content(found: Found) -> DocumentContent:
    return found.claim.mention.content or DocumentContent()


def _changed_since(day: date, content: DocumentContent) -> bool:
    """Whether a change was seen on that day or later; the first sight of a thing is no change."""
    first, last = content.first_seen, content.changed
    return first is not None and last is not None and first < last and day <= last


def _news(content: DocumentContent) -> date:
    """The last day on which something new was seen of it, a change or its first sight; what was never seen may be of any day."""
    return content.changed or content.first_seen or date.max


def _slots(question: Question, length: Length, there: Shown) -> dict[Period, Shown]:
    """What is there of each period."""
    slots: defaultdict[Period, dict[str, list[Found]]] = defaultdict(lambda: defaultdict(list))
    exact = {
        stated for found in (*there.published, *there.nothing) for stated in found.periods if _fits(length, stated)
    }
    for name in ("published", "unread", "hollow", "waiting", "nothing"):
        for found in getattr(there, name):
            covers = name != "hollow"
            for period in dict.fromkeys(_touched(question, length, found, exact if covers else None)):
                slots[period][name].append(found)
    return {period: Shown(**{name: tuple(each) for name, each in slot.items()}) for period, slot in slots.items()}


def _fits(length: Length, stated: Period) -> bool:
    """Whether a stated period lies within one period of the series."""
    here = containing(length, stated.first)
    return stated.last <= here.last


def _touched(question: Question, length: Length, found: Found, exact: Collection[Period] | None) -> Iterator[Period]:
    """The periods of the series that a thing lies in or covers; of a stretch that goes on, those over when it last changed.

    A stretch covers nothing where single periods of it (`exact`) are published beside it: then it names a list of them. With
    `exact` None nothing is covered.
    """
    for stated in found.periods:
        if _fits(length, stated):
            yield containing(length, stated.first)
        elif exact is not None and not any(stated.first <= each.first and each.last <= stated.last for each in exact):
            until = stated.last
            if until > question.as_of:
                until = min(question.as_of, _news(_content(found)))
            for period in between(length, containing(length, stated.first), containing(length, until)):
                if stated.first <= period.first and period.last <= until:
                    yield period

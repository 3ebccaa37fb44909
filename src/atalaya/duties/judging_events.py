"""Verdicts on what must be published some hours before an event: one for each event of which something is there.

Nobody knows from a site which events there were, so none is missing. That something came too late is proven where the site was
read after its day was due and did not have it yet.
"""

from collections import defaultdict
from dataclasses import replace

from atalaya.duties.claims import Found
from atalaya.duties.judging import Question, Shown, formed, judge_once
from atalaya.duties.periods import Period
from atalaya.duties.series import due
from atalaya.duties.verdicts import DutyVerdict, Standing

MOST_EVENTS = 36
"""Events that are looked at, the newest."""


def judge_events(question: Question, there: Shown) -> tuple[DutyVerdict, ...]:
    """The verdict on a duty as a whole, and those on the days of events that something is there of, the oldest first."""
    days: defaultdict[Period, list[Found]] = defaultdict(list)
    for found in there.published:
        for period in found.periods:
            if period.first == period.last:
                days[period].append(found)
    newest = sorted(days)[-MOST_EVENTS:]
    events = [_event(question, period, tuple(days[period])) for period in newest]
    whole = judge_once(question, there)
    if events and events[-1].standing is Standing.LATE and whole.standing is Standing.CURRENT:
        whole = replace(events[-1], period=None, due=None)
    return (whole, *events)


def _event(question: Question, period: Period, found: tuple[Found, ...]) -> DutyVerdict:
    judged = formed(question, period, Shown(published=found))
    if judged.standing is not Standing.CURRENT:
        return judged
    known = question.before.get(period)
    if known is not None:
        late = known.standing is Standing.LATE
        return (
            replace(judged, standing=Standing.LATE, reason="came_late", days_late=known.days_late) if late else judged
        )
    read = question.before.get(None)
    days = 0 if read is None or not read.whole else (read.as_of - due(period, question.rule)).days
    return replace(judged, standing=Standing.LATE, reason="came_late", days_late=days) if days > 0 else judged

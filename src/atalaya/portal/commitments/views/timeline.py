"""A plan along time: its steps, the terms of its milestones, versions, sessions, readings and self-assessments, by month."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from atalaya.commitments.partial_dates import DateRange, PartialDate
from atalaya.portal.commitments.models import Assessment, Reading
from atalaya.portal.commitments.standing import PlanStanding
from atalaya.portal.commitments.standings import standing_now
from atalaya.portal.commitments.views.pages import current, said_by
from atalaya.portal.core.downloads import Column, download, wanted_format
from atalaya.portal.core.pages import page
from atalaya.portal.meetings.stored import stored_sessions

KINDS = {
    "step": "step of the plan",
    "begins": "milestone begins",
    "ends": "milestone ends",
    "version": "new version",
    "session": "session",
    "readings": "readings",
    "assessment": "self-assessment",
}
"""Kind of an event → what people read."""


@dataclass(frozen=True, slots=True)
class Event:
    """Something of a plan: the first day that it can mean, its date as it is written, its kind, and what it is about.

    `count` is how many readings a voice gave on the day; `tone` how a milestone stands whose term ends.
    """

    day: date
    when: str
    kind: str
    title: str = ""
    commitment: int | None = None
    milestone: str = ""
    count: int = 0
    tone: str = ""


COLUMNS = (
    Column("fecha", lambda each: each.when),
    Column("tipo", lambda each: each.kind),
    Column("titulo", lambda each: each.title),
    Column("compromiso", lambda each: each.commitment),
    Column("hito", lambda each: each.milestone),
    Column("cuenta", lambda each: each.count or None),
)


@current
def timeline(request: HttpRequest, number: int) -> HttpResponse:
    """Render the events of a plan by month, or give them as a file; 404 where no plan has the number."""
    standing = standing_now(number)
    if standing is None:
        raise Http404(number)
    found = sorted(_events(standing), key=lambda each: (each.day, each.kind, each.commitment or 0, each.milestone))
    form = wanted_format(request)
    if form:
        return download(form, f"plan-{number}-cronologia", COLUMNS, found)
    months = [(month, list(some)) for month, some in groupby(found, key=lambda each: each.day.replace(day=1))]
    return page(
        request,
        "commitments/timeline.html",
        plan=standing.plan,
        months=months,
        month_of=lambda day: PartialDate(day.year, day.month),
        this_month=timezone.localdate().replace(day=1),
        kinds=KINDS,
        homes={each.number: _home(request, number, each.number) for each in standing.plan.commitments},
        **said_by(request),
    )


def _events(standing: PlanStanding) -> Iterator[Event]:
    plan = standing.plan
    yield from _steps(standing)
    for each in standing.commitments:
        title = _text(each.commitment.title)
        yield from (
            Event(version.published.first(), str(version.published), "version", title, each.commitment.number)
            for version in each.commitment.versions
            if version.published
        )
        for one in each.milestones:
            of = (_text(one.milestone.text), each.commitment.number, one.number)
            for kind, when in (("begins", one.milestone.start), ("ends", one.milestone.end)):
                if isinstance(when, DateRange):
                    day = when.last() if kind == "ends" else when.first()
                    yield Event(day, str(when), kind, *of, tone=one.shown.timing if kind == "ends" else "")
    for session in stored_sessions(plan.number):
        yield Event(session.on, session.on.isoformat(), "session", session.title)
    given = Reading.objects.filter(commitment__plan=plan.number, withdrawn=None).order_by()
    for on, voice, count in given.values_list("on", "voice").annotate(count=Count("id")):
        yield Event(on, on.isoformat(), "readings", voice, count=count)
    for row in Assessment.objects.filter(plan=plan.number).exclude(published=None):
        day = timezone.localdate(row.published)
        yield Event(day, day.isoformat(), "assessment", row.term)


def _home(request: HttpRequest, plan: int, commitment: int) -> str:
    """The address of a commitment, found once for its many events."""
    address: str = reverse(f"{request.language}:commitment", args=(plan, commitment))
    return address


def _steps(standing: PlanStanding) -> Iterator[Event]:
    plan = standing.plan
    if plan.presented:
        yield Event(plan.presented.first(), str(plan.presented), "step", plan.title)
    for event in plan.roadmap:
        if event.when:
            yield Event(event.when.first(), str(event.when), "step", event.title)


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""

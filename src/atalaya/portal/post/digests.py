"""Gathers what happened into letters: a digest a month or a week, and alerts at once for those who asked for it.

A letter of a period is written in the same transaction in which it is noted up to when its reader has been told, so that running
twice, or dying in between, neither repeats nor loses anything.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import groupby
from typing import Any

from babel.dates import format_date, format_skeleton
from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from atalaya.portal.core.pages import DOMAINS
from atalaya.portal.observatory.models import Edition
from atalaya.portal.post.events import EVENTS, sentence
from atalaya.portal.post.following import links_of
from atalaya.portal.post.models import Alerted, Event, Follow, Follower
from atalaya.portal.post.models.followers import MONTHLY, WEEKLY
from atalaya.portal.post.services import send
from atalaya.portal.post.subjects import subject_of
from atalaya.publish.words import Words, words

SETTLING = timedelta(minutes=15)
"""How long after its end a period is gathered: what was written in its last moment is committed by then."""

RECENT = timedelta(days=7)
"""Alerts older than this wait for the digest."""


@dataclass(frozen=True, slots=True)
class Period:
    """A month or a week that has ended: its name in keys, and the moment of its end."""

    rhythm: str
    name: str
    last: date
    end: datetime


def periods(now: datetime) -> tuple[Period, Period]:
    """The last month and the last week that ended before a moment, in UTC.

    >>> [each.name for each in periods(datetime(2026, 3, 1, 0, 20, tzinfo=UTC))]
    ['2026-02', '2026-W08']
    """
    today = (now - SETTLING).astimezone(UTC).date()
    month, week = today.replace(day=1), today - timedelta(days=today.weekday())
    ends = ((MONTHLY, month, "%Y-%m"), (WEEKLY, week, "%G-W%V"))
    return tuple(  # type: ignore[return-value]
        Period(rhythm, f"{end - timedelta(days=1):{form}}", end - timedelta(days=1), datetime.combine(end, time(), UTC))
        for rhythm, end, form in ends
    )


def write_digests(now: datetime | None = None) -> int:
    """Write the digests of the periods that ended last; gives how many letters are new. Those without news are not written."""
    written = 0
    for period in periods(now or timezone.now()):
        waiting = Follower.objects.filter(rhythm=period.rhythm, seen__lt=period.end).values_list("pk", flat=True)
        for number in list(waiting):
            written += _digest(number, period)
    return written


def write_alerts() -> int:
    """Write to those who want alerts at once what they were not told yet; gives how many letters are new."""
    since = timezone.now() - RECENT
    alerts = tuple(name for name, kind in EVENTS.items() if kind.alert)
    recent = Event.objects.filter(name__in=alerts, told__gte=since)
    subjects = recent.values("subject").distinct()
    wanted = (
        Follower.objects.filter(at_once=True, follows__subject__in=subjects).distinct().values_list("pk", flat=True)
    )
    return sum(_alert(number, since, alerts) for number in list(wanted))


def _digest(number: int, period: Period) -> int:
    with transaction.atomic():
        who = _held(number, rhythm=period.rhythm, seen__lt=period.end)
        if who is None:
            return 0
        found = _events(who, Q(told__gte=who.seen, told__lt=period.end))
        told = set(who.alerted.values_list("mark", flat=True))
        sections = _sections(who, [each for each in found if each.mark not in told])
        who.seen = period.end
        who.save(update_fields=["seen"])
        who.alerted.filter(mark__in=[each.mark for each in found]).delete()
        if not sections:
            return 0
        values = {"period": _named(period, who.language), "sections": sections, **links_of(who)}
        return int(send("digest", _address(who), values, key=f"digest:{who.pk}:{period.name}", language=who.language))


def _alert(number: int, since: datetime, alerts: Sequence[str]) -> int:
    with transaction.atomic():
        who = _held(number, at_once=True)
        if who is None:
            return 0
        told = set(who.alerted.values_list("mark", flat=True))
        found = _events(who, Q(told__gte=max(since, who.seen), name__in=alerts))
        sections = _sections(who, [each for each in found if each.mark not in told])
        if not sections:
            return 0
        marks = sorted({each.mark for each in found} - told)
        Alerted.objects.bulk_create(Alerted(follower=who, mark=mark) for mark in marks)
        values = {"sections": sections, **links_of(who)}
        return int(send("alert", _address(who), values, key=f"alert:{who.pk}:{marks[0]}", language=who.language))


def _held(number: int, **wanted: Any) -> Follower | None:
    """A follower that nobody else writes to meanwhile; None where it has changed since it was listed."""
    found: Follower | None = Follower.objects.select_for_update().filter(pk=number, **wanted).first()
    return found


def _events(who: Follower, when: Q) -> list[Event]:
    """What happened to what somebody follows since they do, each once, in the order of what they follow."""
    found: list[Event] = []
    seen: set[str] = set()
    for each in Follow.objects.filter(follower=who).exclude(confirmed=None):
        rows = Event.objects.filter(when, subject=each.subject, told__gte=each.confirmed)
        found += [row for row in rows if row.mark not in seen]
        seen |= {row.mark for row in rows}
    return found


def _sections(who: Follower, found: Iterable[Event]) -> list[dict[str, Any]]:
    edition = Edition.shown()
    say = words(who.language, edition.country if edition else "", *DOMAINS)
    return [_section(name, list(rows), say) for name, rows in groupby(found, key=lambda each: each.subject)]


def _section(name: str, rows: Sequence[Event], say: Words) -> dict[str, Any]:
    subject = subject_of(name, say)
    place = reverse(f"{say.language}:{subject.place[0]}", args=subject.place[1:]) if subject else ""
    items = []
    for each in rows:
        said, day = sentence(each.name, each.values, say.language), say.day(each.on.isoformat())
        said = said if day in said else f"{said} ({day})"
        items.append({"text": said, "link": _spoken(str(each.values.get("link", "")), say.language) or place})
    return {"title": subject.title if subject else name, "items": items}


def _spoken(link: str, language: str) -> str:
    """A page of the portal in the language of the reader: links of events are those of Spanish pages."""
    return f"/en{link}" if language == "en" and link.startswith("/") and not link.startswith("/en/") else link


def _address(who: Follower) -> Any:
    return who.email or who.account


def _named(period: Period, language: str) -> str:
    if period.rhythm == MONTHLY:
        return str(format_skeleton("yMMMM", period.last, locale=language))
    days = (period.last - timedelta(days=6), period.last)
    return " – ".join(format_date(each, "long", locale=language) for each in days)

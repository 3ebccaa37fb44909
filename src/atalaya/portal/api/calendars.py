"""What falls due as iCalendar files, to subscribe to: the terms of all duties, and those of one institution with its data."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from atalaya.portal.api.answers import machine
from atalaya.portal.core.pages import spoken
from atalaya.portal.observatory.agenda import Item, Stretch, items_of, shared_dues
from atalaya.portal.observatory.models import Duty
from atalaya.portal.observatory.named import institution_or_404
from atalaya.publish.icalendar import Event, icalendar
from atalaya.publish.words import Words, clean

AHEAD = timedelta(days=366)
"""The files hold the year after the observation, whatever day it is: programs show what they want of it."""

MOST = 2000
"""Events of one file; a calendar program is slow with more."""


@machine("GET")
def calendar(request: HttpRequest) -> HttpResponse:
    """The last days of the terms of all duties, each with how many institutions it binds."""
    say, edition = spoken(request), request.edition
    events = [
        Event(
            uid=f"{each.duty.id}-{each.period}@{edition.country}.atalaya",
            day=each.day,
            summary=f"{_duty(say, each.duty)} ({each.period})",
            description=str(say.plural("{count} institution", "{count} institutions", each.count)),
            url=_address(request, "duty", each.duty.id),
        )
        for each in shared_dues(_span(edition.as_of))[:MOST]
    ]
    return _file(request, f"Atalaya: {say.t('What falls due')}", events, "calendario")


@machine("GET")
def institution_calendar(request: HttpRequest, slug: str) -> HttpResponse:
    """What falls due for one institution; 404 where the register has no such body."""
    found = institution_or_404(slug)
    items = items_of(found.id, _span(request.edition.as_of))[:MOST]
    name = f"{clean(found.name, 80)}: {spoken(request).t('What falls due')}"
    return _file(request, name, list(_events(request, slug, items)), f"calendario-{slug}")


def _events(request: HttpRequest, slug: str, items: list[Item]) -> Iterator[Event]:
    say, country = spoken(request), request.edition.country
    for item in items:
        if item.duty is not None:
            yield Event(
                uid=f"{slug}-{item.duty.id}-{item.period}@{country}.atalaya",
                day=item.day,
                summary=f"{_duty(say, item.duty)} ({item.period})",
                description=say.clean(item.duty.paraphrase, 500),
                url=_address(request, "duty", item.duty.id),
                categories=(str(say.t("Legal duties")),),
            )
        elif item.data is not None:
            yield Event(
                uid=f"{slug}-{item.data.dataset}@{country}.atalaya",
                day=item.day,
                summary=clean(item.data.title, 140),
                description=clean(item.data.frequency, 60),
                url=_address(request, "dataset", item.data.dataset),
                categories=(str(say.t("Data that should be renewed")),),
            )


def _duty(say: Words, duty: Duty) -> str:
    return f"{duty.article}.{duty.numeral} {say.clean(duty.name)}"


def _address(request: HttpRequest, name: str, identifier: str) -> str:
    return str(request.build_absolute_uri(reverse(f"{request.language}:{name}", args=(identifier,))))


def _span(first: date) -> Stretch:
    return Stretch(first, first + AHEAD, stale=False)


def _file(request: HttpRequest, name: str, events: list[Event], title: str) -> HttpResponse:
    stamp = datetime.combine(request.edition.as_of, time(), UTC)
    answer = HttpResponse(icalendar(name, events, stamp), content_type="text/calendar; charset=utf-8")
    answer.headers["Content-Disposition"] = f'inline; filename="{title}.ics"'
    return answer

"""What falls due in a stretch of days: periods of legal duties, and data that their records promise to renew."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.http import HttpRequest

from atalaya.portal.core import days
from atalaya.portal.observatory.models import Bound, Due, Duty, DutyVerdict, Edition, Expected

DAYS, MOST_DAYS = 30, 366
"""How far a calendar looks where nobody says, and at most."""

DUTY, DATA = "duty", "data"


@dataclass(frozen=True, slots=True)
class Stretch:
    """The days that a calendar shows, both included; `stale` where the observation is too old for today."""

    first: date
    last: date
    stale: bool


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that falls due: a period of a duty of an institution, or a dataset."""

    day: date
    kind: str
    unit: str | None
    duty: Duty | None = None
    period: str = ""
    data: Expected | None = None
    standing: str | None = None


@dataclass(frozen=True, slots=True)
class Shared:
    """A period of a duty that falls due for `count` institutions on one day."""

    day: date
    duty: Duty
    period: str
    count: int


def stretch(request: HttpRequest, edition: Edition) -> Stretch:
    """The days that a request asks for by `desde` and `dias`; from today where it names no day.

    The calendar of an observation reaches `AHEAD` days: where today lies beyond, it begins with the day of the observation.
    """
    last_known = edition.as_of + timedelta(days=365)
    now = days.today()
    stale = not edition.as_of <= now <= last_known
    first = _day(request.GET.get("desde", "")) or (edition.as_of if stale else now)
    count = _count(request.GET.get("dias", ""))
    return Stretch(first, _after(first, count), stale)


def _day(said: str) -> date | None:
    try:
        return date.fromisoformat(said) if len(said) == 10 else None
    except ValueError:
        return None


def _count(said: str) -> int:
    return min(max(int(said), 1), MOST_DAYS) if said.isascii() and said.isdigit() and len(said) < 6 else DAYS


def _after(first: date, count: int) -> date:
    try:
        return first + timedelta(days=count)
    except OverflowError:
        return date.max


def items_of(unit: str, span: Stretch) -> list[Item]:
    """What falls due for one institution, the earliest first."""
    bound = Bound.objects.filter(institution=unit, dated=True).values_list("duty", flat=True)
    dues = list(Due.objects.filter(duty__in=list(bound), day__range=(span.first, span.last)))
    duties = {each.id: each for each in Duty.objects.filter(id__in={due.duty for due in dues})}
    known = {(each.duty, each.period): each.standing for each in DutyVerdict.objects.filter(institution=unit)}
    items = [
        Item(due.day, DUTY, unit, duties[due.duty], due.period, standing=known.get((due.duty, due.period)))
        for due in dues
        if due.duty in duties
    ]
    data = Expected.objects.filter(institution=unit, day__range=(span.first, span.last))
    items += [Item(each.day, DATA, unit, data=each) for each in data]
    return sorted(items, key=_order)


def shared_dues(span: Stretch) -> list[Shared]:
    """The periods of duties that fall due, each with how many institutions it binds."""
    dues = list(Due.objects.filter(day__range=(span.first, span.last)))
    duties = {each.id: each for each in Duty.objects.filter(id__in={due.duty for due in dues})}
    counts = Counter(Bound.objects.filter(duty__in=list(duties), dated=True).values_list("duty", flat=True))
    found = [Shared(due.day, duties[due.duty], due.period, counts[due.duty]) for due in dues if due.duty in duties]
    return sorted(found, key=lambda each: (each.day, each.duty.place, each.period))


def expected_data(span: Stretch) -> list[Expected]:
    """The datasets of all institutions that are to be renewed, the earliest first."""
    return list(Expected.objects.filter(day__range=(span.first, span.last)))


def every_item(span: Stretch) -> Iterator[Item]:
    """What falls due for all institutions, one by one: first duties, then data."""
    bound: dict[str, list[str]] = {}
    for unit, duty in Bound.objects.filter(dated=True).values_list("institution", "duty"):
        bound.setdefault(duty, []).append(unit)
    for each in shared_dues(span):
        for unit in bound.get(each.duty.id, ()):
            yield Item(each.day, DUTY, unit, each.duty, each.period)
    for data in expected_data(span):
        yield Item(data.day, DATA, data.institution, data=data)


def undated_duties(unit: str) -> list[Duty]:
    """The duties of an institution that fall due after a change or before an event, which no calendar can hold."""
    names = Bound.objects.filter(institution=unit, dated=False).values_list("duty", flat=True)
    return list(Duty.objects.filter(id__in=list(names)))


def _order(item: Item) -> tuple[date, str, int, str, str]:
    place = item.duty.place if item.duty else 0
    return item.day, item.kind, place, item.period, item.data.dataset if item.data else ""

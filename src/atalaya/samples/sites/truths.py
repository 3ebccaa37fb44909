"""What should be said of every duty that obliges the institution of a sample site, from what was planted and the law alone.

Nobody is asked who judges: a truth is what the planter meant, by these rules.

1. A dead site can not be read: every duty is *unknown*. So is every duty of a site that only a browser can read, where no browser
   reads it; `standing` tells what a browser sees, `without_browser` what is left without one.
2. Nothing planted is *missing*. A label with nothing behind it (alone, leading to where one already is, or to a page that says
   nothing) is *heading_only*. A sentence or a letter that it does not apply is *justified*. A folder of a file-sharing
   service is *unknown*: something is there that nobody reads.
3. A duty whose term counts months, or else one of which the series is known to have periods, has a row for each period from the
   earliest published to the newest that is published or due, and one for the whole without a period. A period is due so many
   days after its last as the term allows, and overdue on the day after.
   - A period that is published is *current*, or *not_open* where its form is not one of those that the law's openness accepts
     (`plan.OPEN_FORMS`); one that is not, and is due, is *missing*, late by the days since it was due.
   - The whole is *late* where the newest period that is due is not published, nor a later one, by the days since the first period
     after the newest published one was due, whatever its form; else it stands as its newest period does.
4. A duty without periods is *current* or *not_open* by its form; if what is published says of which year it is, that year is its
   period: it is *late* where the year after it was due.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from atalaya.duties.periods import Period
from atalaya.samples.plan import AS_OF, CODE, DAYS
from atalaya.samples.sites.law import LawDuty
from atalaya.samples.sites.plan import OPEN_FORMS, Item, Planted, SitePlan
from atalaya.samples.sites.spans import YEAR, due, newest_due, series_months, shifted

UNKNOWN = "unknown"
_EMPTY = {
    "absent": "missing",
    "hollow": "heading_only",
    "bare": "heading_only",
    "anchor": "heading_only",
    "stated": "justified",
    "letter": "justified",
    "folder": UNKNOWN,
}
"""Standing of what is not published, by manner."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Truth:
    """How an institution stands with a duty on a day, in one period or (None) as a whole.

    `url` is where the evidence lies, the home page where there is none. `gaps` are the periods that are missing between others.
    """

    day: int
    institution_id: str
    duty_id: str
    period: str | None
    standing: str
    without_browser: str
    days_late: int | None
    gaps: tuple[str, ...]
    url: str
    character: str
    manner: str


def site_truths(sites: tuple[SitePlan, ...]) -> tuple[Truth, ...]:
    """Every truth of both days, ordered by day, institution, duty and period."""
    found = [
        truth for day in DAYS for site in sites for planted in site.planted for truth in _truths(site, planted, day)
    ]
    return tuple(sorted(found, key=lambda each: (each.day, each.institution_id, each.duty_id, each.period or "")))


def _truths(site: SitePlan, planted: Planted, day: int) -> Iterator[Truth]:
    for period, standing, days_late, gaps, item in _standings(planted, AS_OF[day].date()):
        hidden = site.outage is not None
        browsed = site.style.layout == "scripted"
        if (hidden or standing == UNKNOWN) and period is not None:
            continue
        yield Truth(
            day=day,
            institution_id=f"{CODE}:{site.institution.slug}",
            duty_id=planted.duty.id,
            period=None if period is None else str(period),
            standing=UNKNOWN if hidden else standing,
            without_browser=UNKNOWN if hidden or browsed else standing,
            days_late=None if hidden else days_late,
            gaps=() if hidden else tuple(str(gap) for gap in gaps),
            url=_url(site, planted, item),
            character=site.character,
            manner="outage" if hidden else planted.manner,
        )


_Standing = tuple[Period | None, str, int | None, tuple[Period, ...], Item | None]
"""Period, standing, days late, gaps, and what it rests on."""


def _standings(planted: Planted, as_of: date) -> Iterator[_Standing]:
    if planted.manner != "published":
        yield None, _EMPTY[planted.manner], None, (), None
        return
    duty = planted.duty
    months = None if duty.ahead else series_months(duty)
    if months is None:
        yield _single(planted, as_of)
    else:
        yield from _series(planted, months, as_of)


def _single(planted: Planted, as_of: date) -> _Standing:
    item = planted.items[0]
    if item.period is not None:
        late = _days_since(shifted(item.period, YEAR, 1), planted.duty, as_of)
        if late > 0:
            return None, "late", late, (), item
    return None, _formed(planted.duty, item), None, (), item


def _series(planted: Planted, months: int, as_of: date) -> Iterator[_Standing]:
    duty = planted.duty
    items = {item.period: item for item in planted.items if item.period is not None}
    first, latest, newest = min(items), max(items), newest_due(duty, months, as_of)
    here, gaps = first, []
    while here <= max(latest, newest):
        if here in items:
            yield here, _formed(duty, items[here]), None, (), items[here]
        else:
            yield here, "missing", _days_since(here, duty, as_of), (), None
            if here < latest:
                gaps.append(here)
        here = shifted(here, months, 1)
    if latest < newest:
        late = _days_since(shifted(latest, months, 1), duty, as_of)
        yield None, "late", late, tuple(gaps), items[latest]
    else:
        yield None, _formed(duty, items[latest]), None, tuple(gaps), items[latest]


def _days_since(period: Period, duty: LawDuty, as_of: date) -> int:
    return (as_of - due(period, duty)).days


def _formed(duty: LawDuty, item: Item) -> str:
    return "current" if item.form in OPEN_FORMS[duty.openness] else "not_open"


def _url(site: SitePlan, planted: Planted, item: Item | None) -> str:
    if item is not None and item.path:
        return site.url(item.path)
    if planted.outside:
        return planted.outside
    return site.home if planted.manner in ("absent", "bare", "anchor") else site.url(planted.path)

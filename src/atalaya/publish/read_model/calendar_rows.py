"""The rows of what falls due: periods of legal duties, data that their records promise to renew, and where municipalities are."""

import math
from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from atalaya.catalogue.records import preferred
from atalaya.catalogue.vocabularies.dates import read_date
from atalaya.catalogue.vocabularies.frequencies import FrequencyKind, read_frequency
from atalaya.countries.pack import CountryPack
from atalaya.duties.calendar import falling_due, undated
from atalaya.duties.obliged import duties_of
from atalaya.history.read import Sealed
from atalaya.publish.read_model.newest import Newest
from atalaya.publish.read_model.values import TITLE, Values, texts
from atalaya.publish.words import clean
from atalaya.store.tables import Row

AHEAD = timedelta(days=400)
"""How far the calendar goes beyond the day of the observation: a year, and a month to look ahead from its end."""


def due(newest: Newest) -> Iterator[Values]:
    """The last days of the periods of duties: the same for all whom a duty binds."""
    first = _day(newest.observation)
    seen: set[str] = set()
    for body in newest.pack.institutions:
        fresh = {duty.id for duty in duties_of(newest.pack, body, first)} - seen
        if fresh:
            seen |= fresh
            for each in falling_due(newest.pack, body, first, first + AHEAD):
                if each.duty_id in fresh:
                    yield each.duty_id, str(each.period), each.day


def bound(newest: Newest) -> Iterator[Values]:
    """Which duties bind whom; those that fall due after a change or before an event have no day."""
    first = _day(newest.observation)
    for body in newest.pack.institutions:
        without = {duty.id for duty in undated(newest.pack, body, first)}
        for duty in duties_of(newest.pack, body, first):
            yield body.id, duty.id, duty.id not in without


def expected(newest: Newest) -> Iterator[Values]:
    """When each dataset whose record declares how often it is renewed is to be renewed next, by its own date of change."""
    today = _day(newest.observation)
    for row in newest.observation.rows("records"):
        record = str(row["record_id"])
        if record in newest.aside:
            continue
        reading = read_frequency(_text(row["frequency"]))
        changed = changed_on(row, newest.resources_of.get(record, ()))
        if reading.kind is not FrequencyKind.PERIODIC or reading.days is None or changed is None:
            continue
        changed = min(changed, today)  # a date ahead is a finding of its own, and promises nothing
        day = changed + timedelta(days=math.ceil(max(reading.days, 1.0)))
        if day <= today + AHEAD:
            title = clean(preferred(texts(row["title"])) or record, TITLE)
            yield record, newest.owner(record), title, day, changed, clean(str(row["frequency"]), TITLE)


def changed_on(record: Row, distributions: Iterable[Row]) -> date | None:
    """The latest day that a record or its distributions declare as that of their last change, else that of its issue.

    A date that names a whole year or month counts by its last day, as for the check `current_declared`.
    """
    own = [row["modified"] for row in distributions if not row.get("derived")]
    changed = [record["modified"], *own]
    found = [reading.latest for text in changed if (reading := read_date(_text(text))) is not None]
    issued = read_date(_text(record["issued"])) if not any(changed) else None
    return max(found) if found else issued.latest if issued else None


def divisions(pack: CountryPack) -> Iterator[Values]:
    """The divisions of the country."""
    for each in pack.divisions:
        yield each.code, each.name, each.level, each.parent, each.population


def seats(pack: CountryPack) -> Iterator[Values]:
    """Which division an institution governs."""
    known = {each.code for each in pack.divisions}
    for body in pack.institutions:
        if body.division in known:
            yield body.id, body.division


def _day(observation: Sealed) -> date:
    return date.fromisoformat(observation.manifest.as_of[:10])


def _text(value: object) -> str | None:
    return None if value is None else str(value)

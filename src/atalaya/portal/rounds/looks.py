"""Which datasets are looked at again today: those of which a resource is due, the longest overdue first. Pure."""

from collections.abc import Iterator, Mapping
from datetime import date

from atalaya.countries.schedule import ScheduleRule
from atalaya.history.cadence import Seen, days_until_next
from atalaya.history.read import Sealed
from atalaya.store.tables import Row

_COLUMNS = ("subject_id", "first_seen", "last_seen", "changes", "failing_since", "unreached_since")


def records_due(observation: Sealed, today: date, rule: ScheduleRule, looked: Mapping[str, date]) -> list[str]:
    """The records of an observation that are due, the longest overdue first, with no more resources than the rule allows a day.

    `looked` has the day of the last look since the observation of the records that were looked at. One dataset is always
    taken where any is due, however many resources it has.
    """
    overdue: dict[str, int] = {}
    sizes: dict[str, int] = {}
    for record, row in _resources(observation):
        sizes[record] = sizes.get(record, 0) + 1
        last = max(_day(row["last_seen"]), looked.get(record, date.min))
        late = (today - last).days - days_until_next(_seen(row, today), *rule.look_days)
        overdue[record] = max(late, overdue.get(record, late))
    chosen: list[str] = []
    room = rule.looks_a_day
    for record in sorted(overdue, key=lambda each: (-overdue[each], each)):
        if overdue[record] < 0 or (chosen and sizes[record] > room):
            break
        chosen.append(record)
        room -= sizes[record]
    return chosen


def _resources(observation: Sealed) -> Iterator[tuple[str, Row]]:
    """The history of each resource that was asked for, with its record."""
    asked = {str(row["resource_id"]) for row in observation.rows("probes", columns=("resource_id",))}
    owners = {
        str(row["resource_id"]): str(row["record_id"])
        for row in observation.rows("distributions", columns=("resource_id", "record_id"))
        if str(row["resource_id"]) in asked
    }
    for row in observation.rows("histories", "level = 'resource'", columns=_COLUMNS):
        record = owners.get(str(row["subject_id"]))
        if record is not None:
            yield record, row


def _seen(row: Row, today: date) -> Seen:
    since = row["failing_since"] or row["unreached_since"]
    first, last = _day(row["first_seen"]), _day(row["last_seen"])
    changes = int(str(row["changes"] or 0))
    return Seen(days=(last - first).days, changes=changes, broken=(today - _day(since)).days if since else None)


def _day(moment: object) -> date:
    return date.fromisoformat(str(moment)[:10])

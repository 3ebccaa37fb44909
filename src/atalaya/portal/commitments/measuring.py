"""What was measured of a promise: how a dataset, a duty, a topic or a figure stood when it was given, and stands now."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from atalaya.commitments.partial_dates import DateRange
from atalaya.commitments.plan import Commitment, Measured, Milestone
from atalaya.duties.sentences import standing_title
from atalaya.portal.observatory.models import (
    Dataset,
    Duty,
    DutyVerdict,
    Edition,
    Institution,
    Score,
    Topic,
    UnitGroup,
    Vanished,
)
from atalaya.portal.observatory.queries import INDEX
from atalaya.portal.observatory.standings import GOOD
from atalaya.publish.words import Words

NODE = "#"
"""Stands between an index and a node of it: `open-data-national#openness`."""


@dataclass(frozen=True, slots=True)
class Moment:
    """What was measured on a day: in words, and for a figure its value with the interval."""

    day: date
    text: str
    value: float | None = None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Measurement:
    """One thing that measures a promise. `then` is the last observation until the promise was given, None where nobody had looked
    yet; `now` the newest, None where it is not measured. `place` names its page and the parts of its address."""

    title: str
    then: Moment | None
    now: Moment | None
    target: float | None = None
    place: tuple[str, ...] = ()

    @property
    def moved(self) -> float | None:
        """Points by which a figure moved since the promise."""
        if self.then is None or self.now is None or self.then.value is None or self.now.value is None:
            return None
        return self.now.value - self.then.value

    @property
    def kept(self) -> bool | None:
        """Whether a promised figure is reached: None where none was promised, or its interval reaches over it."""
        if self.target is None or self.now is None or self.now.value is None:
            return None
        low, high = self.now.low, self.now.high
        if low is not None and high is not None and low < self.target <= high:
            return None
        return self.now.value >= self.target


def promised_on(commitment: Commitment, milestone: Milestone) -> date | None:
    """When a promise was given: with the first version, else when its milestone was to begin; None where neither is known."""
    first = commitment.versions[0] if commitment.versions else None
    if first is not None and first.published is not None:
        return first.published.last()
    return milestone.start.first() if isinstance(milestone.start, DateRange) else None


def measurements(commitment: Commitment, milestone: Milestone, say: Words) -> list[Measurement]:
    """What was measured of a milestone, one for each thing that it names; nothing before the first edition is published."""
    newest = Edition.shown()
    if newest is None or not milestone.measured:
        return []
    since = promised_on(commitment, milestone)
    return [_READ.get(each.kind, _unknown)(each, since, newest, say) for each in milestone.measured]


def _index(each: Measured, since: date | None, newest: Edition, say: Words) -> Measurement:
    del newest
    index, _, node = each.id.partition(NODE)
    unit = each.institution or _headline()
    rows = Score.objects.filter(unit=unit, node=node or INDEX, methodology__startswith=f"{index}/")
    found = {row.observation: row for row in rows}
    editions = [edition for edition in Edition.objects.order_by("as_of") if edition.observation in found]
    moments = [_figure(edition, found[edition.observation]) for edition in editions]
    whose = _institution(each.institution)
    title = str(say.t("the index")) if not node or not found else str(say.pick(next(iter(found.values())).title))
    place = ("computation", whose.slug) if whose else ("ranking",)
    return Measurement(
        _named(title, whose), _until(moments, since), moments[-1] if moments else None, each.target, place
    )


def _duty(each: Measured, since: date | None, newest: Edition, say: Words) -> Measurement:
    duty = Duty.objects.filter(id=each.id).first()
    title = str(say.pick(duty.name)) if duty else each.id
    place = ("duty", duty.id) if duty else ()
    if each.institution is None:
        rows = list(DutyVerdict.objects.filter(duty=each.id, period="").values_list("standing", flat=True))
        met = sum(standing in GOOD for standing in rows)
        told = say.t("{met} of {all} institutions comply", met=say.number(met, 0), all=say.number(len(rows), 0))
        return Measurement(title, None, Moment(newest.as_of, str(told)) if rows else None, each.target, place)
    verdicts = list(DutyVerdict.objects.filter(duty=each.id, institution=each.institution))
    periods = sorted((v for v in verdicts if v.period and v.due), key=lambda v: str(v.due))
    moments = [Moment(v.due, f"{standing_title(v.standing, say.language)} ({v.period})") for v in periods if v.due]
    whole = next((v for v in verdicts if not v.period), None)
    now = Moment(newest.as_of, str(standing_title(whole.standing, say.language))) if whole else None
    return Measurement(_named(title, _institution(each.institution)), _until(moments, since), now, each.target, place)


def _dataset(each: Measured, since: date | None, newest: Edition, say: Words) -> Measurement:
    row = Dataset.objects.filter(id=each.id).first() or Dataset.objects.filter(name=each.id).first()
    first = Edition.objects.order_by("as_of").first()
    looked = since is not None and first is not None and first.as_of <= since
    if row is None:
        gone = Vanished.objects.filter(level="dataset", dataset=each.id).first()
        title = gone.title if gone else each.id
        told = str(say.t("not published any more") if gone else say.t("not published"))
        return Measurement(title, None, Moment(newest.as_of, told), each.target, ("loss", gone.id) if gone else ())
    files = str(say.plural("published, {count} file", "published, {count} files", row.resources))
    then = None
    if looked and since is not None:
        was = row.first_seen is not None and row.first_seen <= since
        then = Moment(since, str(say.t("published") if was else say.t("not published")))
    return Measurement(row.title, then, Moment(newest.as_of, files), each.target, ("dataset", row.id))


def _topic(each: Measured, since: date | None, newest: Edition, say: Words) -> Measurement:
    del since
    row = Topic.objects.filter(id=each.id).first()
    if row is None:
        return Measurement(each.id, None, None, each.target)
    told = say.t("{found} of {wanted} wanted data found", found=row.found, wanted=row.wanted)
    return Measurement(str(say.pick(row.title)), None, Moment(newest.as_of, str(told)), each.target, ("topic", row.id))


def _unknown(each: Measured, since: date | None, newest: Edition, say: Words) -> Measurement:
    del since, newest, say
    return Measurement(each.id, None, None, each.target)


_READ = {"index": _index, "duty": _duty, "dataset": _dataset, "topic": _topic}


def _figure(edition: Edition, row: Score) -> Moment:
    return Moment(edition.as_of, "", row.value, row.low, row.high)


def _until(moments: list[Moment], since: date | None) -> Moment | None:
    return next((each for each in reversed(moments) if since is not None and each.day <= since), None)


def _headline() -> str:
    group = UnitGroup.objects.filter(headline=True).first()
    return group.id if group else ""


def _institution(identifier: str | None) -> Institution | None:
    return Institution.objects.filter(id=identifier).first() if identifier else None


def _named(title: str, whose: Institution | None) -> str:
    return f"{title}: {whose.name}" if whose else title


def with_measurements(commitment: Commitment, say: Words) -> Iterator[tuple[str, list[Measurement]]]:
    """Number of a milestone of the version that stands → what was measured of it; those that name nothing are left out."""
    version = commitment.current
    for milestone in version.milestones if version else ():
        if milestone.measured:
            yield milestone.number, measurements(commitment, milestone, say)

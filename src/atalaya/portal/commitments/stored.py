"""Plans out of the portal's tables, as the objects that `atalaya.commitments` compares and counts, and into them."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import F, Q
from django.db.models.functions import Coalesce

from atalaya.commitments import plan as words
from atalaya.commitments import readings
from atalaya.commitments.changes import short_number
from atalaya.commitments.documents import (
    commitment_value,
    plan_of,
    plan_value,
    version_value,
)
from atalaya.portal.commitments.models import Commitment, Plan, Reading, Version


def stored_plans() -> list[words.Plan]:
    """Every plan, by number."""
    versions: dict[int, list[Any]] = {}
    for commitment, document in Version.objects.values_list("commitment_id", "document"):
        versions.setdefault(commitment, []).append(document)
    commitments: dict[int, list[Any]] = {}
    for row in Commitment.objects.all():
        commitments.setdefault(row.plan_id, []).append({**row.document, "versions": versions.get(row.pk, [])})
    return [plan_of({**row.document, "commitments": commitments.get(row.number, [])}) for row in Plan.objects.all()]


def stored_plan(number: int) -> words.Plan | None:
    """The plan of a number, None where there is none."""
    row = Plan.objects.filter(number=number).first()
    if row is None:
        return None
    versions: dict[int, list[Any]] = {}
    for commitment, document in Version.objects.filter(commitment__plan=row).values_list("commitment_id", "document"):
        versions.setdefault(commitment, []).append(document)
    found = [{**each.document, "versions": versions.get(each.pk, [])} for each in row.commitments.all()]
    return plan_of({**row.document, "commitments": found})


def stored_commitment(number: int, commitment: int) -> words.Plan | None:
    """The plan of a number with one of its commitments alone; None where it has none of that number."""
    row = Commitment.objects.select_related("plan").filter(plan=number, number=commitment).first()
    if row is None:
        return None
    versions = list(row.versions.order_by("place").values_list("document", flat=True))
    return plan_of({**row.plan.document, "commitments": [{**row.document, "versions": versions}]})


def store_plan(plan: words.Plan) -> None:
    """Make the tables say what a plan says: rows that are the same stay, others are written or taken out. In a transaction."""
    value = plan_value(plan)
    value.pop("commitments", None)
    row = _kept(Plan, {"number": plan.number}, {"document": value})
    numbers = [each.number for each in plan.commitments]
    row.commitments.exclude(number__in=numbers).delete()
    for commitment in plan.commitments:
        document = commitment_value(commitment)
        document.pop("versions", None)
        home = _kept(Commitment, {"plan": row, "number": commitment.number}, {"document": document})
        home.versions.exclude(identifier__in=[each.id for each in commitment.versions]).delete()
        _store_versions(home, commitment.versions)


def _store_versions(home: Commitment, versions: Iterable[words.Version]) -> None:
    held = {each.identifier: each for each in home.versions.all()}
    wanted = list(enumerate(versions))
    moved = [each for place, each in wanted if each.id in held and held[each.id].place != place]
    for number, version in enumerate(moved):
        # Places are unique: what moves first steps aside.
        Version.objects.filter(pk=held[version.id].pk).update(place=1_000_000 + number)
    for place, version in wanted:
        _kept(
            Version,
            {"commitment": home, "identifier": version.id},
            {"place": place, "document": version_value(version)},
        )


def _kept(model: Any, key: dict[str, Any], values: dict[str, Any]) -> Any:
    """The row of a key, written only where it differs: the trail tells changes and not imports."""
    row = model.objects.filter(**key).first()
    if row is None:
        return model.objects.create(**key, **values)
    changed = [name for name, value in values.items() if getattr(row, name) != value]
    if changed:
        for name in changed:
            setattr(row, name, values[name])
        row.save()
    return row


def reading_rows(plan: int, commitment: int | None = None) -> list[Reading]:
    """The rows of the readings of a plan, or of one commitment, with what they rest on."""
    rows = Reading.objects.filter(commitment__plan=plan).select_related("commitment")
    if commitment is not None:
        rows = rows.filter(commitment__number=commitment)
    return list(rows.prefetch_related("evidence"))


def readings_of(plan: int) -> dict[tuple[int, str], list[readings.Reading]]:
    """The readings of a plan by commitment and number of the milestone within it."""
    return by_milestone(reading_rows(plan))


def by_milestone(rows: Iterable[Reading]) -> dict[tuple[int, str], list[readings.Reading]]:
    """Readings by commitment and number of the milestone within it."""
    found: dict[tuple[int, str], list[readings.Reading]] = {}
    for row in rows:
        found.setdefault((row.commitment.number, short_number(row.milestone)), []).append(reading_of(row))
    return found


def newest_readings(day: date, plan: int | None = None) -> dict[int, dict[tuple[int, str], list[readings.Reading]]]:
    """The newest standing reading of each voice on a day, as `readings_of` gives all of them, of every plan by its number or of
    one; without their words and what they rest on. One question to the database, along an index, however many there are."""
    homes = Commitment.objects.all() if plan is None else Commitment.objects.filter(plan=plan)
    known = {pk: (number, place) for pk, number, place in homes.values_list("id", "plan", "number")}
    rows = Reading.objects.filter(on__lte=day).filter(Q(withdrawn=None) | Q(withdrawn__gt=day))
    if plan is not None:
        rows = rows.filter(commitment__in=known)
    order = (Coalesce("as_of", "on").desc(), F("on").desc(), F("id").desc())
    newest = rows.order_by("commitment_id", "milestone", "voice", *order).distinct(
        "commitment_id", "milestone", "voice"
    )
    found: dict[int, dict[tuple[int, str], list[readings.Reading]]] = {}
    for home, pk, milestone, voice, level, on, as_of, share in newest.values_list(
        "commitment_id", "id", "milestone", "voice", "level", "on", "as_of", "share"
    ):
        number, place = known.get(home, (None, None))
        if number is None or place is None:
            continue  # it came while we asked
        reading = readings.Reading(
            id=str(pk), milestone=milestone, voice=voice, level=level, on=on, as_of=as_of, share=share
        )
        found.setdefault(number, {}).setdefault((place, short_number(milestone)), []).append(reading)
    return found


def reading_of(row: Reading) -> readings.Reading:
    """A reading as the rules of status take it."""
    return readings.Reading(
        id=str(row.pk),
        milestone=row.milestone,
        voice=row.voice,
        level=row.level,
        on=row.on,
        as_of=row.as_of,
        share=row.share,
        withdrawn=row.withdrawn,
        note=row.note,
        evidence=tuple(each.url for each in row.evidence.all()),
    )

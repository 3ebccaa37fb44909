"""What a newly published edition says of what people follow, compared with the one before: told once an edition."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from atalaya.catalogue.identity import digest_id
from atalaya.portal.observatory.models import Change, Edition, Finding, Institution, MovedFinding
from atalaya.portal.post.models import EditionTold, Follow
from atalaya.portal.post.telling import tell

BROKEN, DRIFT, CURRENT = "reachable", "schema_stable", "duty_current"
"""Checks whose new findings are alerts: links, columns, and what the law wants current."""

LATE = "late"
"""The reason of a finding of `duty_current` that a term has passed; other reasons are not about time."""

_DATASETS = {"changed": "dataset_changed", "returned": "dataset_returned", "vanished": "dataset_vanished"}


@dataclass(frozen=True, slots=True)
class Happened:
    """An event before it is told."""

    subject: str
    event: str
    values: dict[str, Any]


def tell_edition() -> int:
    """Tell what the newest edition changed for what people follow; gives how many events are new, 0 where it was told before.

    The first edition of all has nothing before it and tells nothing.
    """
    edition = Edition.shown()
    if edition is None or not Edition.objects.filter(newest=False).exists():
        return 0
    with transaction.atomic():
        _, new = EditionTold.objects.get_or_create(
            manifest_sha256=edition.manifest_sha256, defaults={"told": timezone.now()}
        )
        if not new:
            return 0
        followed = set(Follow.objects.values_list("subject", flat=True).distinct())
        happened = [*_institutions(followed), *_datasets(followed), *_duties(followed)]
        return sum(tell(each.subject, each.event, each.values, edition.as_of) for each in happened)


def _followed(kind: str, followed: set[str]) -> list[str]:
    return [name.partition(":")[2] for name in sorted(followed) if name.startswith(f"{kind}:")]


def _came(check: str) -> Any:
    """Findings of a check that were not there before, where the rule is the same: a new rule is no news of an institution."""
    return MovedFinding.objects.filter(change="came", check_id=check, rule_changed=False)


def _institutions(followed: set[str]) -> Iterator[Happened]:
    """What came and was mended at institutions: numbers, since a letter is no list of a thousand lines."""
    ids = _followed("institucion", followed)
    slugs = dict(Institution.objects.filter(id__in=ids).values_list("id", "slug"))
    late = set(_late())
    counts = {
        "broken_links": (BROKEN, _counted(_came(BROKEN).filter(unit__in=ids))),
        "schema_drift": (DRIFT, _counted(_came(DRIFT).filter(unit__in=ids))),
        "duties_overdue": (CURRENT, Counter(unit for unit, finding in _units(ids) if finding in late)),
        "findings_mended": (
            "",
            _counted(MovedFinding.objects.filter(change="mended", unit__in=ids, rule_changed=False)),
        ),
    }
    for event, (check, by_unit) in counts.items():
        for unit in sorted(by_unit.keys() & slugs.keys()):
            if check:
                link = f"{reverse('es:findings')}?{urlencode({'institucion': unit, 'prueba': check})}"
            else:
                link = reverse("es:institution_moves", args=(slugs[unit],))
            yield Happened(f"institucion:{unit}", event, {"count": by_unit[unit], "link": link})


def _counted(rows: Any) -> Counter[str]:
    return Counter(rows.values_list("unit", flat=True))


def _units(ids: list[str]) -> list[tuple[str, str]]:
    return list(_came(CURRENT).filter(unit__in=ids).values_list("unit", "finding"))


def _late() -> Iterator[str]:
    yield from Finding.objects.filter(check_id=CURRENT, reason=LATE).values_list("id", flat=True)


def _datasets(followed: set[str]) -> Iterator[Happened]:
    ids = _followed("conjunto", followed)
    for change, dataset in Change.objects.filter(subject__in=ids, change__in=_DATASETS).values_list(
        "change", "subject"
    ):
        lost = change == "vanished"
        link = reverse("es:loss" if lost else "es:dataset", args=(dataset,))
        yield Happened(f"conjunto:{dataset}", _DATASETS[change], {"link": link})
    came = _came(DRIFT).values("finding")
    drifted = Counter(Finding.objects.filter(id__in=came, dataset__in=ids).values_list("dataset", flat=True))
    for dataset, count in sorted(drifted.items()):
        link = reverse("es:dataset", args=(dataset,))
        yield Happened(f"conjunto:{dataset}", "schema_drift", {"count": count, "link": link})


def _duties(followed: set[str]) -> Iterator[Happened]:
    """Who fell behind with a duty, and who caught up; the subject of such a finding is made of institution and duty."""
    duties = _followed("obligacion", followed)
    if not duties:
        return
    names = dict(Institution.objects.values_list("id", "name"))
    late = set(_late())
    rows = MovedFinding.objects.filter(check_id=CURRENT, change__in=("came", "mended"), rule_changed=False)
    for change, unit, finding, subject in rows.values_list("change", "unit", "finding", "subject"):
        duty = next((each for each in duties if digest_id(unit, each) == subject), None)
        if duty is None or (change == "came" and finding not in late):
            continue
        values = {"institution": names.get(unit, unit), "link": reverse("es:duty", args=(duty,))}
        yield Happened(f"obligacion:{duty}", "duty_missed" if change == "came" else "duty_met", values)

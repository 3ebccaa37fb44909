"""Questions that several pages ask of the read model."""

from collections.abc import Collection, Iterable
from typing import Any

from django.db.models import CompositePrimaryKey, QuerySet

from atalaya.portal.observatory.models import Edition, Institution, Rule, Score, UnitGroup

INDEX = "index"


def index_scores(edition: Edition, kind: str = "institution", units: Collection[str] | None = None) -> dict[str, Score]:
    """Unit id → its figure of the whole index in an edition; of some units where they are told."""
    rows = Score.objects.filter(observation=edition.observation, methodology=edition.methodology, node=INDEX, kind=kind)
    if units is not None:
        rows = rows.filter(unit__in=units)
    return {row.unit: row for row in rows}


def names_of(units: Iterable[str | None]) -> dict[str, Institution]:
    """Institutions by id."""
    return {row.id: row for row in Institution.objects.filter(id__in={unit for unit in units if unit})}


def rules_of(checks: Iterable[str]) -> dict[str, Rule]:
    """The newest version of each check by its id."""
    return {row.id: row for row in Rule.objects.filter(id__in=set(checks)).order_by("version")}


def headline() -> UnitGroup | None:
    """The group whose figure is the national one."""
    found: UnitGroup | None = UnitGroup.objects.filter(headline=True).first()
    return found


def history_of(unit: str, methodology: str) -> list[tuple[Edition, Score | None]]:
    """The figures of a unit over all editions, oldest first."""
    rows = {row.observation: row for row in Score.objects.filter(unit=unit, methodology=methodology, node=INDEX)}
    return [(edition, rows.get(edition.observation)) for edition in Edition.objects.all()]


def before(edition: Edition) -> Edition | None:
    """The edition before one."""
    found: Edition | None = Edition.objects.filter(as_of__lt=edition.as_of).order_by("-as_of").first()
    return found


def place_in(score: Score, group: str) -> dict[str, int] | None:
    """The rank of a unit inside a group: `rank`, `low`, `high` and `among`; None where it has none there."""
    ranks = score.detail.get("ranks")
    for rank in ranks if isinstance(ranks, list) else ():
        if isinstance(rank, dict) and rank.get("group") == group and rank.get("rank"):
            return {key: int(rank[key]) for key in ("rank", "low", "high", "among") if rank.get(key) is not None}
    return None


def rows_of(found: QuerySet[Any], start: int, stop: int) -> list[Any]:
    """The rows of a list from one place to another.

    Of rows deep in a long list first the keys alone are counted off, in an index where there is one: reading all the rows before
    them takes a hundred times as long.
    """
    if not start or isinstance(found.model._meta.pk, CompositePrimaryKey):
        return list(found[start:stop])
    keys = list(found.values_list("pk", flat=True)[start:stop])
    rows = {row.pk: row for row in found.model.objects.filter(pk__in=keys)}
    return [rows[key] for key in keys if key in rows]

"""Questions that several pages ask of the read model."""

from collections.abc import Iterable

from atalaya.portal.observatory.models import Edition, Institution, Rule, Score, UnitGroup

INDEX = "index"


def index_scores(edition: Edition, kind: str = "institution") -> dict[str, Score]:
    """Unit id → its figure of the whole index in an edition."""
    rows = Score.objects.filter(observation=edition.observation, methodology=edition.methodology, node=INDEX, kind=kind)
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

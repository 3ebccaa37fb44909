"""The index: who stands where in each group, with intervals; those that could not be measured are listed first."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse

from atalaya.portal.core.downloads import Column, download, wanted_format
from atalaya.portal.core.pages import page, published, spoken
from atalaya.portal.observatory.charts import distribution
from atalaya.portal.observatory.models import Institution, Score, UnitGroup
from atalaya.portal.observatory.queries import index_scores, place_in


@dataclass(frozen=True, slots=True)
class Place:
    """One institution in a table: its figure and, where it has one, its rank in the group."""

    institution: Institution
    score: Score
    rank: dict[str, int] | None

    @property
    def standing(self) -> int:
        """The rank as a number, 0 where it has none."""
        return self.rank["rank"] if self.rank else 0


@dataclass(frozen=True, slots=True)
class Table:
    """One group: its own figure, those ranked, best first, and those not ranked, by name."""

    group: UnitGroup
    total: Score | None
    ranked: tuple[Place, ...]
    unranked: tuple[Place, ...]


COLUMNS = (
    Column("grupo", lambda row: row[0].group.id),
    Column("institucion", lambda row: row[1].institution.id),
    Column("nombre", lambda row: row[1].institution.name),
    Column("puesto", lambda row: row[1].rank and row[1].rank["rank"]),
    Column("puesto_mejor", lambda row: row[1].rank and row[1].rank.get("low")),
    Column("puesto_peor", lambda row: row[1].rank and row[1].rank.get("high")),
    Column("puntaje", lambda row: row[1].score.value),
    Column("puntaje_minimo", lambda row: row[1].score.low),
    Column("puntaje_maximo", lambda row: row[1].score.high),
    Column("medido", lambda row: row[1].score.coverage),
)


@published
def ranking(request: HttpRequest) -> HttpResponse:
    """Render the page, or its rows as a file."""
    tables = _tables(request)
    form = wanted_format(request)
    if form:
        rows = ((table, place) for table in tables for place in (*table.ranked, *table.unranked))
        return download(form, f"indice-{request.edition.observation}", COLUMNS, rows)
    return page(
        request, "observatory/ranking.html", tables=tables, spread=distribution(request.edition, spoken(request))
    )


def _tables(request: HttpRequest) -> list[Table]:
    scores, totals = index_scores(request.edition), index_scores(request.edition, "group")
    everybody = list(Institution.objects.all())
    tables = []
    for group in UnitGroup.objects.all():
        members = [
            Place(each, scores[each.id], place_in(scores[each.id], group.id))
            for each in everybody
            if group.id in each.groups and each.id in scores
        ]
        ranked = sorted(
            (place for place in members if place.rank), key=lambda place: (place.standing, place.institution.name)
        )
        unranked = tuple(place for place in members if not place.rank)
        if members:
            tables.append(Table(group, totals.get(group.id), tuple(ranked), unranked))
    return tables

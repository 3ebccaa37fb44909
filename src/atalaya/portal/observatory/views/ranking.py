"""The index: who stands where in each group, with intervals; those that could not be measured are listed first."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponseBase

from atalaya.portal.core.downloads import Column, download, wanted_format
from atalaya.portal.core.pages import page, published, spoken
from atalaya.portal.observatory.charts import distribution
from atalaya.portal.observatory.models import Score, Standing, UnitGroup
from atalaya.portal.observatory.queries import index_scores

SHOWN = 50
"""Ranked institutions of a group on one page."""
UNRANKED = 100
"""Institutions without a rank of a group on one page; all are in the download."""


@dataclass(frozen=True, slots=True)
class Table:
    """One group: its own figure, a page of those ranked, best first, and those not ranked, by name."""

    group: UnitGroup
    total: Score | None
    ranked: Page[Standing]
    unranked: Sequence[Standing]
    unranked_count: int


COLUMNS = (
    Column("grupo", lambda row: row.unit_group),
    Column("institucion", lambda row: row.institution),
    Column("nombre", lambda row: row.name),
    Column("puesto", lambda row: row.rank),
    Column("puesto_mejor", lambda row: row.rank_low),
    Column("puesto_peor", lambda row: row.rank_high),
    Column("puntaje", lambda row: row.value),
    Column("puntaje_minimo", lambda row: row.low),
    Column("puntaje_maximo", lambda row: row.high),
    Column("medido", lambda row: row.coverage),
)


@published
def ranking(request: HttpRequest) -> HttpResponseBase:
    """Render the page, of one group where one is chosen, or the rows of all groups as a file."""
    groups = list(UnitGroup.objects.all())
    form = wanted_format(request)
    if form:
        order = {group.id: number for number, group in enumerate(groups)}
        rows = sorted(Standing.objects.all(), key=lambda row: (order[row.unit_group], row.place))
        return download(form, f"indice-{request.edition.observation}", COLUMNS, rows)
    chosen = request.GET.get("grupo", "")
    asked = [group for group in groups if group.id == chosen]
    number = request.GET.get("pagina") if asked else None
    totals = index_scores(request.edition, "group")
    tables = [_table(group, totals.get(group.id), number) for group in asked or groups]
    return page(
        request,
        "observatory/ranking.html",
        tables=[table for table in tables if table.ranked.paginator.count or table.unranked_count],
        chosen=asked[0] if asked else None,
        group_link=lambda pagina: f"?{urlencode({'grupo': chosen, 'pagina': pagina})}",
        spread=distribution(request.edition, spoken(request)),
    )


def _table(group: UnitGroup, total: Score | None, number: str | None) -> Table:
    members = Standing.objects.filter(unit_group=group.id)
    unranked = members.filter(rank=None)
    ranked = Paginator(members.exclude(rank=None), SHOWN).get_page(number)
    return Table(group, total, ranked, list(unranked[:UNRANKED]), unranked.count())

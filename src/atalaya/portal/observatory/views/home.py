"""The first page: the national figure with its interval and course, what moved, and where to begin."""

from dataclasses import dataclass

from django.db.models import Count
from django.http import HttpRequest, HttpResponse

from atalaya.portal.core.pages import daily, page, published, spoken
from atalaya.portal.observatory.agenda import shared_dues, stretch
from atalaya.portal.observatory.charts import national
from atalaya.portal.observatory.models import Change, Institution, Link, Movement, Rule
from atalaya.portal.observatory.queries import headline, index_scores, names_of

MOVERS = 5
MOST = 5
SOON = 5


@dataclass(frozen=True, slots=True)
class Move:
    """An institution whose figure moved since the edition before beyond what is unknown, by how many points."""

    institution: Institution
    points: float


@published
@daily
def home(request: HttpRequest) -> HttpResponse:
    """Render the page."""
    edition, group = request.edition, headline()
    total = index_scores(edition, "group").get(group.id) if group else None
    return page(
        request,
        "observatory/home.html",
        group=group,
        total=total,
        course=national(edition, spoken(request)),
        last=Link.objects.last(),
        soon=shared_dues(stretch(request, edition))[:SOON],
        moves=_moves(),
        changes=dict(Change.objects.order_by().values_list("change").annotate(Count("place"))),
        most=Rule.objects.filter(kind="check", apart=False, failing__gt=0).order_by("-failing", "id")[:MOST],
        silent=Institution.objects.filter(datasets=0).count(),
    )


def _moves() -> list[Move]:
    """Who surely rose and fell most since the edition before, greatest move first."""
    moved = list(Movement.objects.all()[:MOVERS])
    names = names_of(each.institution for each in moved)
    return [Move(names[each.institution], each.points) for each in moved if each.institution in names]

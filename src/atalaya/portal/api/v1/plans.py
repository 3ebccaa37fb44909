"""Plans, what moved figures and why, what falls due, and institutions side by side."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Annotated, Any

from django.http import Http404, HttpRequest
from ninja import Query, Router

from atalaya.portal.api.v1.paging import ROWS, Limit, Offset, Page, page_of
from atalaya.portal.api.v1.plan_schemas import (
    ComparedOut,
    DueOut,
    LinkOut,
    MovedFindingOut,
    MovedOut,
    NodeOut,
    PlanOut,
)
from atalaya.portal.api.v1.schemas import answers
from atalaya.portal.observatory.agenda import Item, Stretch, every_item, items_of
from atalaya.portal.observatory.intervals import leader
from atalaya.portal.observatory.models import (
    Explained,
    Institution,
    Link,
    Moved,
    MovedFinding,
    Plan,
    Score,
    Step,
)

router = Router()

FURTHEST = 366
MOST = 4

Days = Annotated[int, Query(ge=1, le=FURTHEST, description=f"Days to look ahead, 1 to {FURTHEST}.")]


@router.get("/institutions/{slug}/plan", response=answers(PlanOut), summary="Its improvement plan")
def institution_plan(request: HttpRequest, slug: str) -> dict[str, Any]:
    """What to mend, most points first, with where the institution then stands; texts by language."""
    del request
    found = _called(slug)
    whole = Plan.objects.filter(unit=found.id).first()
    if whole is None:
        raise Http404("this institution has no plan in the newest edition; the index does not judge it")
    steps = [
        {**{name: getattr(each, name) for name in _STEP}, "number": each.place + 1}
        for each in Step.objects.filter(unit=found.id)
    ]
    return {**{name: getattr(whole, name) for name in _PLAN}, "institution": found.id, "steps": steps}


_PLAN = ("methodology", "sha256", "ranked_units", "findings", "points", "reason", "now", "reached", "best")
_STEP = (
    "finding", "check_id", "check_version", "level", "dataset", "resource", "source", "address", "points", "alone",
    "together", "at_least", "likewise", "effort", "standing", "texts",
)  # fmt: skip


@router.get("/institutions/{slug}/tree", response=answers(Page[NodeOut]), summary="How its figure is computed")
def institution_tree(request: HttpRequest, slug: str, limit: Limit = ROWS, offset: Offset = 0) -> dict[str, Any]:
    """Every node of the index: its figure, its weight among those that count, and what it brings to the one above."""
    return page_of(request, Explained.objects.filter(unit=_called(slug).id), limit, offset)


@router.get("/links", response=answers(Page[LinkOut]), summary="From one edition to the next")
def links(request: HttpRequest, limit: Limit = ROWS, offset: Offset = 0) -> dict[str, Any]:
    """The steps between editions, oldest first, each with the mean of the ranked institutions and what moved it."""
    return page_of(request, Link.objects.all(), limit, offset)


@router.get("/institutions/{slug}/moved", response=answers(Page[MovedOut]), summary="What moved its figure, and why")
def institution_moved(request: HttpRequest, slug: str, limit: Limit = ROWS, offset: Offset = 0) -> dict[str, Any]:
    """Its score and rank from each edition to the next, parted: by rule, by data (it changed) and by universe."""
    editions = {each.place: each for each in Link.objects.all()}

    def told(row: Moved) -> dict[str, Any]:
        link = editions[row.link]
        ends = {"old_ranks": row.old_ranks, "new_ranks": row.new_ranks}
        return {"old": link.old, "new": link.new, "score": row.score, "rank": row.rank, **ends}

    return page_of(request, Moved.objects.filter(unit=_called(slug).id), limit, offset, told)


@router.get(
    "/institutions/{slug}/moved-findings",
    response=answers(Page[MovedFindingOut]),
    summary="Findings that came or went",
)
def institution_moved_findings(
    request: HttpRequest, slug: str, change: str | None = None, limit: Limit = ROWS, offset: Offset = 0
) -> dict[str, Any]:
    """Since the edition before. change: came, mended, or gone (without being mended)."""
    found = MovedFinding.objects.filter(unit=_called(slug).id)
    return page_of(request, found if change is None else found.filter(change=change), limit, offset)


@router.get("/calendar", response=answers(Page[DueOut]), summary="What falls due for all")
def calendar(
    request: HttpRequest, first: date | None = None, days: Days = 30, limit: Limit = ROWS, offset: Offset = 0
) -> dict[str, Any]:
    """Periods of legal duties and data to be renewed. first: a day, by default that of the edition."""
    return page_of(request, [_told(each) for each in every_item(_span(request, first, days))], limit, offset)


@router.get("/institutions/{slug}/calendar", response=answers(Page[DueOut]), summary="What falls due for it")
def institution_calendar(
    request: HttpRequest, slug: str, first: date | None = None, days: Days = 30, limit: Limit = ROWS, offset: Offset = 0
) -> dict[str, Any]:
    """The same for one institution, with how it stands in a period that was judged already."""
    items = items_of(_called(slug).id, _span(request, first, days))
    return page_of(request, [_told(each) for each in items], limit, offset)


@router.get("/compare", response=answers(Page[ComparedOut]), summary="Institutions side by side")
def compare(
    request: HttpRequest,
    institutions: Annotated[str, Query(max_length=500, description="Two to four slugs, with commas between.")] = "",
    limit: Limit = ROWS,
    offset: Offset = 0,
) -> dict[str, Any]:
    """Every node with the figure of each; `first` is the one that is above all others whatever is unknown, else null."""
    wanted = list(dict.fromkeys(each.strip() for each in institutions.split(",") if each.strip()))[:MOST]
    bodies = [_called(slug) for slug in wanted]
    return page_of(request, list(_compared(request, bodies)), limit, offset)


def _compared(request: HttpRequest, bodies: list[Institution]) -> Iterator[dict[str, Any]]:
    edition = request.edition
    rows = Score.objects.filter(
        observation=edition.observation, methodology=edition.methodology, unit__in=[each.id for each in bodies]
    ).order_by("place", "unit")
    nodes: dict[str, dict[str, Score]] = {}
    for row in rows:
        nodes.setdefault(row.node, {})[row.unit] = row
    for node, figures in nodes.items():
        title = next(iter(figures.values())).title
        told = [
            {"institution": unit, **{name: getattr(each, name) for name in ("value", "low", "high", "coverage")}}
            for unit, each in figures.items()
        ]
        yield {"node": node, "title": title, "figures": told, "first": leader(figures)}


def _called(slug: str) -> Institution:
    found: Institution | None = (
        Institution.objects.filter(slug=slug).first() or Institution.objects.filter(id=slug).first()
    )
    if found is None:
        raise Http404("no institution has this slug or identifier; GET /api/v1/institutions lists them")
    return found


def _span(request: HttpRequest, first: date | None, days: int) -> Stretch:
    begin = first or request.edition.as_of
    last = date.max if (date.max - begin).days < days else begin + timedelta(days=days)
    return Stretch(begin, last, stale=False)


def _told(item: Item) -> dict[str, Any]:
    return {
        "day": item.day,
        "kind": item.kind,
        "institution": item.unit,
        "duty": item.duty.id if item.duty else None,
        "period": item.period or None,
        "standing": item.standing,
        "dataset": item.data.dataset if item.data else None,
        "title": item.duty.name if item.duty else {"und": item.data.title} if item.data else {},
        "frequency": item.data.frequency if item.data else None,
        "last": item.data.last if item.data else None,
    }

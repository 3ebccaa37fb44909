"""Editions, groups, scores, changes, what vanished, sources and themes."""

from typing import Any

from django.http import Http404, HttpRequest
from ninja import Router

from atalaya.portal.api.v1.paging import ROWS, Limit, Offset, Page, page_of
from atalaya.portal.api.v1.schemas import (
    ChangeOut,
    EditionOut,
    GroupOut,
    ScoreOut,
    SourceOut,
    ThemeOut,
    VanishedOut,
    answers,
)
from atalaya.portal.observatory.models import Change, Edition, Score, Source, Theme, UnitGroup, Vanished

router = Router()


@router.get("/editions", response=answers(Page[EditionOut]), summary="Published editions, the newest first")
def editions(request: HttpRequest, limit: Limit = ROWS, offset: Offset = 0) -> dict[str, Any]:
    """Every published observation with its counts and the hash of its manifest."""
    return page_of(request, Edition.objects.order_by("-as_of"), limit, offset)


@router.get("/editions/{observation}", response=answers(EditionOut), summary="One edition")
def edition(request: HttpRequest, observation: str) -> Any:
    """One published observation; `newest` stands for the one that the pages show."""
    found = request.edition if observation == "newest" else Edition.objects.filter(observation=observation).first()
    if found is None:
        raise Http404("no edition has this identifier; GET /api/v1/editions lists them")
    return found


@router.get("/groups", response=answers(Page[GroupOut]), summary="Groups of institutions")
def groups(request: HttpRequest, limit: Limit = ROWS, offset: Offset = 0) -> dict[str, Any]:
    """The groups of institutions that are ranked together; the headline is the national figure."""
    return page_of(request, UnitGroup.objects.all(), limit, offset)


@router.get("/scores", response=answers(Page[ScoreOut]), summary="Figures of the index")
def scores(
    request: HttpRequest,
    edition: str = "newest",
    unit: str | None = None,
    kind: str | None = None,
    node: str | None = None,
    level: int | None = None,
    limit: Limit = ROWS,
    offset: Offset = 0,
) -> dict[str, Any]:
    """Figures by unit and node. edition: an observation, or `newest`; earlier ones have the whole index alone. unit: an
    institution or group; kind: institution, group or source; node: `index`, `dimension:…`, `indicator:…`; level: 0 to 2."""
    found = Score.objects.filter(observation=request.edition.observation if edition == "newest" else edition)
    asked = {"unit": unit, "kind": kind, "node": node, "level": None if level is None else max(-1, min(level, 9))}
    found = found.filter(**{name: value for name, value in asked.items() if value is not None})
    return page_of(request, found.order_by("unit", "place"), limit, offset)


@router.get("/changes", response=answers(Page[ChangeOut]), summary="What became of datasets")
def changes(
    request: HttpRequest,
    change: str | None = None,
    institution: str | None = None,
    limit: Limit = ROWS,
    offset: Offset = 0,
) -> dict[str, Any]:
    """What became of datasets since the edition before. change: new, changed, vanished, returned or migrated."""
    asked = {"change": change, "institution": institution}
    found = Change.objects.filter(**{name: value for name, value in asked.items() if value is not None})
    return page_of(request, found, limit, offset)


@router.get("/vanished", response=answers(Page[VanishedOut]), summary="What is there no more")
def vanished(
    request: HttpRequest,
    state: str | None = None,
    level: str | None = None,
    institution: str | None = None,
    limit: Limit = ROWS,
    offset: Offset = 0,
) -> dict[str, Any]:
    """Datasets and resources that were there before. state: vanished, gone, silent, replaced, unconfirmed, migrated or returned;
    level: dataset or resource."""
    asked = {"state": state, "level": level, "institution": institution}
    found = Vanished.objects.filter(**{name: value for name, value in asked.items() if value is not None})
    return page_of(request, found, limit, offset)


@router.get("/sources", response=answers(Page[SourceOut]), summary="Sources")
def sources(request: HttpRequest, state: str | None = None, limit: Limit = ROWS, offset: Offset = 0) -> dict[str, Any]:
    """The places that were read, and how each reading ended. state: complete, partial, failed or held."""
    found = Source.objects.all() if state is None else Source.objects.filter(state=state)
    return page_of(request, found, limit, offset)


@router.get("/sources/{source}", response=answers(SourceOut), summary="One source")
def source(request: HttpRequest, source: str) -> Any:
    """One place that was read."""
    del request
    found = Source.objects.filter(id=source).first()
    if found is None:
        raise Http404("no source has this identifier; GET /api/v1/sources lists them")
    return found


@router.get("/themes", response=answers(Page[ThemeOut]), summary="Themes")
def themes(request: HttpRequest, limit: Limit = ROWS, offset: Offset = 0) -> dict[str, Any]:
    """The themes under which datasets stand."""
    return page_of(request, Theme.objects.all(), limit, offset)

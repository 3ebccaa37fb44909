"""Institutions with their figures, what mending would add, and their course over the editions."""

from collections.abc import Sequence
from typing import Any

from django.http import Http404, HttpRequest
from ninja import Router

from atalaya.countries.folding import words
from atalaya.portal.api.v1.paging import ROWS, Limit, Offset, Page, page_of
from atalaya.portal.api.v1.schemas import GainOut, HistoryOut, InstitutionDetail, InstitutionOut, ScoreOut, answers
from atalaya.portal.observatory.models import Gain, Institution, Score
from atalaya.portal.observatory.queries import INDEX, history_of

router = Router()


@router.get("/institutions", response=answers(Page[InstitutionOut]), summary="Institutions")
def institutions(
    request: HttpRequest,
    q: str = "",
    group: str | None = None,
    kind: str | None = None,
    branch: str | None = None,
    publishing: bool | None = None,
    limit: Limit = ROWS,
    offset: Offset = 0,
) -> dict[str, Any]:
    """Every body of the register by name. q: words of its name or acronym; publishing: whether it publishes data at all."""
    found = Institution.objects.all()
    asked = {"groups__contains": None if group is None else [group], "kind": kind, "branch": branch}
    found = found.filter(**{name: value for name, value in asked.items() if value is not None})
    if publishing is not None:
        found = found.filter(datasets__gt=0) if publishing else found.filter(datasets=0)
    wanted = words(q[:200])
    return page_of(request, [each for each in found if _bears(each, wanted)] if wanted else found, limit, offset)


@router.get("/institutions/{slug}", response=answers(InstitutionDetail), summary="One institution")
def institution(request: HttpRequest, slug: str) -> dict[str, Any]:
    """One body with its figure in the newest edition. slug: as in its address, or its identifier."""
    found = _called(slug)
    score = _scores(request, found).filter(node=INDEX).first()
    return {**{name: getattr(found, name) for name in InstitutionOut.model_fields}, "score": score}


@router.get("/institutions/{slug}/scores", response=answers(Page[ScoreOut]), summary="Its figures")
def institution_scores(request: HttpRequest, slug: str, limit: Limit = ROWS, offset: Offset = 0) -> dict[str, Any]:
    """The figures of the whole index, its dimensions and its indicators in the newest edition."""
    return page_of(request, _scores(request, _called(slug)).order_by("place"), limit, offset)


@router.get("/institutions/{slug}/gains", response=answers(Page[GainOut]), summary="What to mend first")
def institution_gains(request: HttpRequest, slug: str, limit: Limit = ROWS, offset: Offset = 0) -> dict[str, Any]:
    """What mending each kind of fault would add to the figure, most points first."""
    return page_of(request, Gain.objects.filter(unit=_called(slug).id), limit, offset)


@router.get("/institutions/{slug}/history", response=answers(Page[HistoryOut]), summary="Its course")
def institution_history(request: HttpRequest, slug: str, limit: Limit = ROWS, offset: Offset = 0) -> dict[str, Any]:
    """The figure of the whole index in every edition, oldest first."""
    rows = [
        {
            "observation": edition.observation,
            "as_of": edition.as_of,
            **{name: getattr(score, name, None) for name in ("value", "low", "high", "rank")},
        }
        for edition, score in history_of(_called(slug).id, request.edition.methodology)
    ]
    return page_of(request, rows, limit, offset)


def _called(slug: str) -> Institution:
    found: Institution | None = (
        Institution.objects.filter(slug=slug).first() or Institution.objects.filter(id=slug).first()
    )
    if found is None:
        raise Http404("no institution has this slug or identifier; GET /api/v1/institutions lists them")
    return found


def _scores(request: HttpRequest, institution: Institution) -> Any:
    edition = request.edition
    return Score.objects.filter(observation=edition.observation, methodology=edition.methodology, unit=institution.id)


def _bears(institution: Institution, wanted: Sequence[str]) -> bool:
    """Whether each wanted word begins a word of the name or the acronym."""
    known = words(f"{institution.name} {institution.acronym or ''}")
    return all(any(word.startswith(each) for word in known) for each in wanted)

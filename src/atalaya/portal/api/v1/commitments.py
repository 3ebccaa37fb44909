"""Action plans, their commitments in versions, what changed, and what each voice said."""

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from babel import Locale
from django.http import Http404, HttpRequest
from ninja import Router

from atalaya.commitments.changes import changes
from atalaya.commitments.documents import commitment_value, plan_value
from atalaya.commitments.partial_dates import DateRange
from atalaya.commitments.plan import Listing, Plan, StandIn
from atalaya.commitments.scope import named, scope_lost
from atalaya.commitments.wording import loss_sentence, sentence
from atalaya.portal.api.v1.commitment_schemas import (
    AssessmentOut,
    CommitmentChangeOut,
    CommitmentRowOut,
    LossOut,
    PlanRowOut,
    PromisedOut,
    ReadingOut,
)
from atalaya.portal.api.v1.paging import ROWS, Limit, Offset, Page, page_of
from atalaya.portal.api.v1.schemas import answers
from atalaya.portal.commitments.finding import found
from atalaya.portal.commitments.models import Assessment, EvidenceLink, Reading
from atalaya.portal.commitments.standing import CommitmentStanding, PlanStanding
from atalaya.portal.commitments.standings import plan_now, standing_now, standings_now
from atalaya.portal.commitments.stored import stored_commitment
from atalaya.translations import LANGUAGES

router = Router()

_NO_PLAN = "no plan has this number; GET /api/v1/plans lists them"
_NO_COMMITMENT = (
    "the plan has no commitment of this number that is known; GET /api/v1/plans/{int:number}/commitments lists them"
)
_DATABASE_MOST = 2**31 - 1


@router.get("/plans", response=answers(Page[PlanRowOut]), summary="Action plans")
def plans(request: HttpRequest, limit: Limit = ROWS, offset: Offset = 0) -> dict[str, Any]:
    """Every plan with how much of it is known and how far it is."""
    return page_of(request, [_plan_row(each) for each in standings_now()], limit, offset)


@router.get("/plans/search", response=answers(Page[CommitmentRowOut]), summary="Commitments by words")
def commitments_by_words(request: HttpRequest, q: str = "", limit: Limit = ROWS, offset: Offset = 0) -> dict[str, Any]:
    """The commitments of all plans that have every word of `q`, the newest plans first."""
    hits = {(hit.plan.number, hit.commitment.number): hit for hit in found(q)}
    rows = {
        (standing.plan.number, each.commitment.number): each
        for standing in standings_now()
        for each in standing.commitments
        if (standing.plan.number, each.commitment.number) in hits
    }
    return page_of(request, [_row(key[0], rows[key]) for key in hits if key in rows], limit, offset)


@router.get("/plans/{int:number}", response=answers(PromisedOut), summary="One plan, whole")
def plan(request: HttpRequest, number: int) -> dict[str, Any]:
    """One plan with all its commitments, versions and milestones."""
    del request
    whole = _plan(number)
    return {"number": whole.number, "document": plan_value(whole)}


@router.get("/plans/{int:number}/commitments", response=answers(Page[CommitmentRowOut]), summary="Its commitments")
def plan_commitments(request: HttpRequest, number: int, limit: Limit = ROWS, offset: Offset = 0) -> dict[str, Any]:
    """The commitments of a plan as they stand today, with their milestones."""
    standing = standing_now(_small(number, _NO_PLAN))
    if standing is None:
        raise Http404(_NO_PLAN)
    return page_of(request, list(standing.commitments), limit, offset, lambda each: _row(number, each))


@router.get(
    "/plans/{int:number}/commitments/{int:commitment}", response=answers(PromisedOut), summary="One commitment, whole"
)
def plan_commitment(request: HttpRequest, number: int, commitment: int) -> dict[str, Any]:
    """One commitment with every published version."""
    del request
    one = _commitment(number, commitment).commitments[0]
    return {"number": one.number, "document": commitment_value(one)}


@router.get(
    "/plans/{int:number}/commitments/{int:commitment}/changes",
    response=answers(Page[CommitmentChangeOut]),
    summary="What changed between its versions",
)
def commitment_changes(
    request: HttpRequest, number: int, commitment: int, limit: Limit = ROWS, offset: Offset = 0
) -> dict[str, Any]:
    """The numbered changes from each version to the next, oldest first."""
    return page_of(request, list(_changes(_commitment(number, commitment))), limit, offset)


@router.get(
    "/plans/{int:number}/commitments/{int:commitment}/losses",
    response=answers(Page[LossOut]),
    summary="What it no longer promises",
)
def commitment_losses(
    request: HttpRequest, number: int, commitment: int, limit: Limit = ROWS, offset: Offset = 0
) -> dict[str, Any]:
    """What each version no longer promises of the one before it."""
    return page_of(request, list(_losses(_commitment(number, commitment))), limit, offset)


@router.get("/plans/{int:number}/readings", response=answers(Page[ReadingOut]), summary="What each voice said")
def plan_readings(
    request: HttpRequest,
    number: int,
    commitment: int | None = None,
    milestone: str | None = None,
    voice: str | None = None,
    limit: Limit = ROWS,
    offset: Offset = 0,
) -> dict[str, Any]:
    """Readings of a plan, the newest first, with what they rest on. voice: institution, technical_table, reviewer or citizens."""
    _plan(number)
    asked: dict[str, Any] = {"milestone": milestone, "voice": voice}
    if commitment is not None:
        asked["commitment__number"] = _small(commitment, _NO_COMMITMENT)
    rows = Reading.objects.filter(
        commitment__plan=number, **{name: value for name, value in asked.items() if value is not None}
    )
    rows = rows.select_related("commitment").prefetch_related("evidence").order_by("-on", "-id")
    return page_of(request, rows, limit, offset, _reading)


@router.get("/plans/{int:number}/assessments", response=answers(Page[AssessmentOut]), summary="Its self-assessments")
def plan_assessments(request: HttpRequest, number: int, limit: Limit = ROWS, offset: Offset = 0) -> dict[str, Any]:
    """Every published version of the self-assessments of a plan, oldest first."""
    _plan(number)
    return page_of(request, Assessment.objects.filter(plan=number).exclude(published=None), limit, offset)


def _plan_row(standing: PlanStanding) -> dict[str, Any]:
    plan = standing.plan
    return {
        "number": plan.number,
        "title": plan.title,
        "start": str(plan.start) if plan.start else None,
        "end": str(plan.end) if plan.end else None,
        "stated_commitments": plan.stated_commitments,
        "known_commitments": len(standing.commitments),
        "known_milestones": sum(len(each.milestones) for each in standing.commitments),
        "progress": standing.progress,
    }


def _row(plan: int, standing: CommitmentStanding) -> dict[str, Any]:
    one = standing.commitment
    milestones = [
        {
            "number": each.number,
            "text": _text(each.milestone.text),
            "start": _date(each.milestone.start),
            "end": _date(each.milestone.end),
            "level": each.shown.level,
            "voice": each.shown.reading.voice if each.shown.reading else None,
            "timing": each.shown.timing,
            "days_late": each.shown.days_late,
        }
        for each in standing.milestones
    ]
    told = {name: getattr(one, name) for name in ("number", "code", "axis")}
    return {
        **told,
        "plan": plan,
        "title": _text(one.title),
        "lead": list(standing.lead),
        "versions": len(one.versions),
        "progress": standing.progress,
        "milestones": milestones,
    }


def _changes(whole: Plan) -> Iterator[dict[str, Any]]:
    versions = whole.commitments[0].versions
    for earlier, later in pairwise(versions):
        for each in changes(earlier, later):
            yield {
                "earlier": earlier.id,
                "later": later.id,
                "substance": later.substance,
                "number": each.number,
                "field": each.path,
                "change": each.kind,
                "before": _said(each.before),
                "after": _said(each.after),
                "text": {language: sentence(each, language, Locale(language)) for language in LANGUAGES},
            }


def _losses(whole: Plan) -> Iterator[dict[str, Any]]:
    versions = whole.commitments[0].versions
    for earlier, later in pairwise(versions):
        for each in scope_lost(earlier, later):
            yield {
                "earlier": earlier.id,
                "later": later.id,
                "milestone": each.milestone,
                "kind": each.promise.kind.value,
                "promise": named(each.promise),
                "left": each.left,
                "text": {language: loss_sentence(each, language) for language in LANGUAGES},
            }


def _reading(row: Reading) -> dict[str, Any]:
    evidence = list(row.evidence.all())
    links = EvidenceLink.objects.in_bulk([each.url for each in evidence])
    names = (
        "id",
        "milestone",
        "voice",
        "institution",
        "level",
        "on",
        "as_of",
        "share",
        "note",
        "withdrawn",
        "withdrawn_why",
    )
    return {
        **{name: getattr(row, name) for name in names},
        "commitment": row.commitment.number,
        "evidence": [
            {
                **{name: getattr(each, name) for name in ("url", "title", "issuer", "dated", "licence")},
                "state": links[each.url].state if each.url in links else None,
                "missed": links[each.url].missed if each.url in links else None,
                "sha256": (links[each.url].sha256 if each.url in links else each.sha256) or None,
            }
            for each in evidence
        ],
    }


def _small(number: int, why: str) -> int:
    """A number that the database can be asked for. Raises Http404."""
    if not 0 <= number <= _DATABASE_MOST:
        raise Http404(why)
    return number


def _plan(number: int) -> Plan:
    found_ = plan_now(_small(number, _NO_PLAN))
    if found_ is None:
        raise Http404(_NO_PLAN)
    return found_


def _commitment(number: int, commitment: int) -> Plan:
    found_ = stored_commitment(_small(number, _NO_PLAN), _small(commitment, _NO_COMMITMENT))
    if found_ is None:
        raise Http404(_NO_COMMITMENT)
    return found_


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None


def _date(value: object) -> str | None:
    return str(value) if isinstance(value, DateRange) else None


def _said(value: object) -> str | None:
    if isinstance(value, Listing):
        return "; ".join(value.items)
    return None if value is None or isinstance(value, StandIn) else str(value)

"""Findings, and the rules that they come from."""

from typing import Any

from django.http import Http404, HttpRequest
from ninja import Router

from atalaya.checks.registry import CHECKS
from atalaya.portal.api.v1.paging import ROWS, Limit, Offset, Page, page_of
from atalaya.portal.api.v1.schemas import FindingDetail, FindingOut, RuleOut, answers
from atalaya.portal.observatory.models import Finding, Rule
from atalaya.publish.sentences import explainer
from atalaya.translations import LANGUAGES

router = Router()


@router.get("/findings", response=answers(Page[FindingOut]), summary="Findings")
def findings(
    request: HttpRequest,
    institution: str | None = None,
    check: str | None = None,
    dataset: str | None = None,
    resource: str | None = None,
    level: str | None = None,
    limit: Limit = ROWS,
    offset: Offset = 0,
) -> dict[str, Any]:
    """Failing cases of the newest edition. institution, dataset, resource: identifiers; check: the id of a rule; level:
    catalogue, dataset, resource, table or duty."""
    asked = {
        "institution": institution,
        "check_id": check,
        "dataset": dataset,
        "resource": resource,
        "level": level,
    }
    found = Finding.objects.filter(**{name: value for name, value in asked.items() if value is not None})
    return page_of(request, found, limit, offset)


@router.get("/findings/{finding}", response=answers(FindingDetail), summary="One finding")
def finding(request: HttpRequest, finding: str) -> dict[str, Any]:
    """One failing case with what it says in words. A finding that was mended is no longer there."""
    found = Finding.objects.filter(id=finding).first()
    if found is None:
        raise Http404("no finding has this identifier now: it was never found or has been mended")
    explain = explainer(CHECKS, request.edition.country)
    sentences = {language: explain(found.as_row(), language) for language in LANGUAGES}
    return {
        **{name: getattr(found, name) for name in FindingOut.model_fields},
        "sentence": {language: said for language, said in sentences.items() if said},
    }


@router.get("/rules", response=answers(Page[RuleOut]), summary="Rules")
def rules(
    request: HttpRequest,
    level: str | None = None,
    dimension: str | None = None,
    kind: str | None = None,
    limit: Limit = ROWS,
    offset: Offset = 0,
) -> dict[str, Any]:
    """Every check with its texts, its remedy, and how many cases fail it."""
    asked = {"level": level, "dimension": dimension, "kind": kind}
    found = Rule.objects.filter(**{name: value for name, value in asked.items() if value is not None})
    return page_of(request, found.order_by("level", "id", "version"), limit, offset)


@router.get("/rules/{rule}", response=answers(RuleOut), summary="One rule")
def rule(request: HttpRequest, rule: str) -> Any:
    """One check by its id, in its newest version."""
    del request
    found = Rule.objects.filter(id=rule).order_by("-version").first()
    if found is None:
        raise Http404("no rule has this id; GET /api/v1/rules lists them")
    return found

"""A new version of a commitment: filled in from the one that stands, its changes shown before anything is published."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from atalaya.commitments.changes import changes
from atalaya.commitments.documents import version_of
from atalaya.commitments.exchange.drafts import Draft, draft_of, version_from
from atalaya.commitments.plan import Version
from atalaya.commitments.scope import scope_lost
from atalaya.commitments.template import COMMITMENT, MILESTONE
from atalaya.portal.accounts.access import needs
from atalaya.portal.accounts.services import RefusedError
from atalaya.portal.commitments.drafting import (
    draft_sent,
    drafted,
    mark_of_draft,
    measured_line,
    merged,
    packed,
    with_spare,
)
from atalaya.portal.commitments.models import Commitment
from atalaya.portal.commitments.refusals import reason, told
from atalaya.portal.commitments.services import versions
from atalaya.portal.commitments.steps import step_of
from atalaya.portal.commitments.views.pages import commitment_or_404, said_by
from atalaya.portal.core.pages import page, spoken


@needs("commitments.edit")
def version_form(request: HttpRequest, number: int, commitment: int) -> HttpResponse:
    """Render the form, show what publishing would change, or publish; 404 where there is no such commitment."""
    home = commitment_or_404(number, commitment)
    values: dict[str, Any] = {"base": versions.mark_of(home), "base_id": _newest(home)}
    if request.method != "POST":
        return _form(request, home, drafted(versions.current_of(home)), **values)
    try:
        draft = draft_sent(request.POST)
    except (ValueError, TypeError):
        say = spoken(request)
        return _form(
            request, home, drafted(versions.current_of(home)), refused=say.t("The form came damaged."), **values
        )
    found = version_from(draft, "new")
    if found.version is None:
        kept = {"base": request.POST.get("base", ""), "base_id": request.POST.get("base_id", "")}
        return _form(request, home, draft, faults=_faults(request, draft, found.faults), **kept)
    if request.POST.get("base") != values["base"]:
        return _joined(request, home, draft)
    if request.POST.get("act") == "publish" and request.POST.get("seen") == mark_of_draft(draft):
        try:
            versions.publish(request.user, home, found.version, request.POST["base"])
        except versions.ChangedMeanwhileError:
            return _joined(request, commitment_or_404(number, commitment), draft)
        except RefusedError as error:
            return _form(request, home, draft, version=found.version, refused=told(error, spoken(request)), **values)
        return redirect(reverse(f"{request.language}:commitment", args=(number, commitment)))
    return _form(request, home, draft, version=found.version, **values)


def _form(request: HttpRequest, home: Commitment, draft: Draft, **values: Any) -> HttpResponse:
    proposed: Version | None = values.pop("version", None)
    current = versions.current_of(home)
    refused, step = values.pop("refused", None), None
    if proposed is not None:
        found = versions.outlook(home, proposed)
        step = step_of(current, proposed, found.changes, found.lost, spoken(request)) if current else None
        against = versions.refusal(found, proposed, current)
        refused = refused or (told(against, spoken(request)) if against else None)
    return page(
        request,
        "commitments/version_form.html",
        home=home,
        title=home.document.get("title"),
        draft=with_spare(draft),
        seen=mark_of_draft(draft),
        previewed=proposed is not None,
        step=step,
        refused=refused,
        fields=COMMITMENT,
        milestone_fields=MILESTONE,
        packed=packed,
        measured_line=measured_line,
        **{"faults": {}, "meanwhile": None, "twice": [], **values, **said_by(request)},
    )


def _newest(home: Commitment) -> str:
    row = home.versions.last()
    return row.identifier if row else ""


def _joined(request: HttpRequest, home: Commitment, draft: Draft) -> HttpResponse:
    """The form once somebody else published a version: what both wrote, what the other changed, and what both changed."""
    fresh: dict[str, Any] = {"base": versions.mark_of(home), "base_id": _newest(home)}
    before = home.versions.filter(identifier=request.POST.get("base_id", "")).first()
    current = versions.current_of(home)
    if current is None:
        return _form(request, home, draft, version=version_from(draft, "new").version, **fresh)
    old = version_of(before.document) if before else current
    joined, both = merged(draft_of(old), draft, draft_of(current))
    step = step_of(old, current, changes(old, current), scope_lost(old, current), spoken(request))
    named = {each.name: each.title for each in (*COMMITMENT, *MILESTONE)}
    twice = [(name.rpartition(".")[0], named.get(name.rpartition(".")[2], name)) for name in both]
    return _form(
        request, home, joined, version=version_from(joined, "new").version, meanwhile=step, twice=twice, **fresh
    )


def _faults(request: HttpRequest, draft: Draft, found: Any) -> dict[str, list[Any]]:
    """What is wrong by the name of the field. Milestones are numbered as the form shows them again: without empty ones."""
    shown = [place for place, each in enumerate(draft.milestones) if any(map(str.strip, each.cells.values()))]
    names = {place: f"m{new}" for new, place in enumerate(shown)}
    faults: dict[str, list[Any]] = {}
    for fault in found:
        name = f"v-{fault.column}" if fault.milestone is None else f"{names[fault.milestone]}-{fault.column}"
        faults.setdefault(name, []).append(reason(fault.reason, spoken(request)))
    return faults

"""One commitment: what it promises, how each voice says it stands, its versions, what changed and what is no longer promised."""

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone

from atalaya.commitments.changes import Change, changes
from atalaya.commitments.inline import compared
from atalaya.commitments.plan import Commitment, Version
from atalaya.commitments.scope import scope_lost
from atalaya.commitments.template import COMMITMENT
from atalaya.commitments.wording import loss_sentence, sentence
from atalaya.portal.commitments.stored import readings_of, stored_plan
from atalaya.portal.commitments.views.pages import current, said_by
from atalaya.portal.commitments.views.standing import commitment_standing
from atalaya.portal.core.downloads import Column, download, wanted_format
from atalaya.portal.core.pages import page, spoken
from atalaya.portal.news.finding import announced

COLUMNS = (
    Column("numero", lambda each: each.number),
    Column("campo", lambda each: each.path),
    Column("cambio", lambda each: each.kind),
    Column("antes", lambda each: None if each.before is None else str(each.before)),
    Column("despues", lambda each: None if each.after is None else str(each.after)),
)


@dataclass(frozen=True, slots=True)
class Said:
    """A change as the page shows it: its sentence, and for a long text both versions word by word."""

    number: int
    text: str
    pieces: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Step:
    """From one version to the next: what changed, and what is no longer promised."""

    earlier: Version
    later: Version
    changes: tuple[Said, ...]
    lost: tuple[str, ...]


@current
def commitment(request: HttpRequest, number: int, commitment: int) -> HttpResponse:
    """Render a commitment, or give the changes between its last two versions as a file; 404 where there is none."""
    plan = stored_plan(number)
    found = next((each for each in plan.commitments if each.number == commitment), None) if plan else None
    if plan is None or found is None:
        raise Http404(commitment)
    form = wanted_format(request)
    if form:
        last = found.versions[-2:]
        rows = changes(*last) if len(last) == 2 else ()
        return download(form, f"plan-{number}-compromiso-{commitment}-cambios", COLUMNS, rows)
    version = found.current
    return page(
        request,
        "commitments/commitment.html",
        plan=plan,
        standing=commitment_standing(plan, found, readings_of(number, commitment), timezone.localdate()),
        version=version,
        fields=[(field.title, getattr(version, field.name)) for field in COMMITMENT if field.name != "title"]
        if version
        else [],
        steps=_steps(request, found),
        announced=announced("commitment", f"{number}/{commitment}"),
        **said_by(request),
    )


def _steps(request: HttpRequest, found: Commitment) -> list[Step]:
    """Every step from a version to the next, the last one first."""
    say = spoken(request)
    steps = []
    for earlier, later in zip(found.versions, found.versions[1:], strict=False):
        told = tuple(Said(c.number, sentence(c, say.language, say.locale), _pieces(c)) for c in changes(earlier, later))
        lost = tuple(loss_sentence(each, say.language) for each in scope_lost(earlier, later))
        steps.append(Step(earlier, later, told, lost))
    return steps[::-1]


def _pieces(change: Change) -> tuple[tuple[str, str], ...]:
    both = isinstance(change.before, str) and isinstance(change.after, str)
    return compared(change.before, change.after) if change.kind == "edited" and both else ()

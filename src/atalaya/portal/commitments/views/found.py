"""The search over commitments of all plans, and the commitments of one institution."""

from django.http import HttpRequest, HttpResponse

from atalaya.portal.commitments.finding import MOST, ROLES, found, parts_of
from atalaya.portal.commitments.views.pages import current, said_by
from atalaya.portal.core.downloads import Column, download, wanted_format
from atalaya.portal.core.pages import page
from atalaya.portal.observatory.named import institution_or_404

HITS = (
    Column("plan", lambda each: each.plan.number),
    Column("compromiso", lambda each: each.commitment.number),
    Column("codigo", lambda each: each.commitment.code),
    Column("titulo", lambda each: each.commitment.title if isinstance(each.commitment.title, str) else None),
)
PARTS = (
    Column("plan", lambda each: each.plan.number),
    Column("compromiso", lambda each: each.standing.commitment.number),
    Column("codigo", lambda each: each.standing.commitment.code),
    Column(
        "titulo",
        lambda each: each.standing.commitment.title if isinstance(each.standing.commitment.title, str) else None,
    ),
    Column("papel", lambda each: each.role),
    Column("hitos_a_su_cargo", lambda each: each.milestones),
    Column("avance", lambda each: each.standing.progress.value if each.standing.progress else None),
    Column("hitos_atrasados", lambda each: each.standing.count("late")),
)


@current
def plan_search(request: HttpRequest) -> HttpResponse:
    """Render what was found, or give it as a file."""
    wanted = request.GET.get("q", "")[:200]
    hits = found(wanted)
    form = wanted_format(request)
    if form:
        return download(form, "compromisos", HITS, hits)
    return page(request, "commitments/search.html", wanted=wanted, hits=hits, most=MOST, **said_by(request))


@current
def institution_commitments(request: HttpRequest, slug: str) -> HttpResponse:
    """Render the commitments of an institution, or give them as a file; 404 where the register has no such body."""
    institution = institution_or_404(slug)
    parts = parts_of(institution)
    form = wanted_format(request)
    if form:
        return download(form, f"compromisos-{slug}", PARTS, parts)
    return page(
        request, "commitments/institution.html", institution=institution, parts=parts, roles=ROLES, **said_by(request)
    )

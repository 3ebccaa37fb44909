"""The self-assessments of a plan as the public reads them: the newest version of each term, or an earlier one."""

from django.http import Http404, HttpRequest, HttpResponse

from atalaya.portal.commitments.assessing import SCALE
from atalaya.portal.commitments.models import Assessment
from atalaya.portal.commitments.models.assessments import TERMS
from atalaya.portal.commitments.standings import plan_now
from atalaya.portal.commitments.views.pages import current, said_by
from atalaya.portal.core.downloads import Column, download, wanted_format
from atalaya.portal.core.pages import page

SLUGS = {"medio-termino": "mid_term", "fin-de-termino": "end_of_term"}
"""How an address names a term."""

COLUMNS = (
    Column("compromiso", lambda each: each[0]["number"]),
    Column("titulo", lambda each: each[0]["title"]),
    Column("hito", lambda each: each[1]["number"]),
    Column("texto_del_hito", lambda each: each[1]["text"]),
    Column("fin", lambda each: each[1]["end"]),
    Column("estado", lambda each: each[1]["level"]),
    Column("quien_lo_dice", lambda each: each[1]["voice"]),
    Column("fecha", lambda each: each[1]["on"]),
    Column("por_fechas", lambda each: each[1]["timing"]),
    Column("evidencia", lambda each: each[1]["evidence"]),
)


@current
def assessments(request: HttpRequest, number: int) -> HttpResponse:
    """Render the self-assessment of a term, or its milestones as a file; 404 where no plan has the number."""
    plan = plan_now(number)
    if plan is None:
        raise Http404(number)
    row = chosen(number, request.GET.get("plazo", ""), request.GET.get("version", ""))
    form = wanted_format(request)
    if form:
        commitments = row.document["commitments"] if row else ()
        rows = ((each, one) for each in commitments for one in each["milestones"])
        return download(form, f"plan-{number}-autoevaluacion", COLUMNS, rows)
    listed = Assessment.objects.filter(plan=number).exclude(published=None).order_by("term", "-number")
    return page(
        request,
        "commitments/assessments.html",
        plan=plan,
        row=row,
        listed=listed,
        terms=TERMS,
        slugs={term: slug for slug, term in SLUGS.items()},
        scale=(*SCALE, "unknown"),
        **said_by(request),
    )


def chosen(number: int, term: str, version: str) -> Assessment | None:
    """The published version that is asked for: the newest one where none is named; None where there is none."""
    rows = Assessment.objects.filter(plan=number).exclude(published=None)
    if term in SLUGS:
        rows = rows.filter(term=SLUGS[term])
    if version.isdecimal() and len(version) < 7:
        rows = rows.filter(number=int(version))
    found: Assessment | None = rows.order_by("-published").first()
    return found

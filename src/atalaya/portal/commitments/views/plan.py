"""One plan: its axes and commitments, how far they are, how it was made, and its files."""

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse

from atalaya.commitments.plan import Plan
from atalaya.portal.commitments.standing import CommitmentStanding
from atalaya.portal.commitments.standings import plan_now, standing_now
from atalaya.portal.commitments.views.pages import current, said_by
from atalaya.portal.core.downloads import Column, download, wanted_format
from atalaya.portal.core.pages import page
from atalaya.portal.news.finding import announced
from atalaya.publish.plan_files import csv_of, json_of, workbook_of

COLUMNS = (
    Column("compromiso", lambda each: each[0].commitment.number),
    Column("codigo", lambda each: each[0].commitment.code),
    Column("titulo", lambda each: _plain(each[0].commitment.title)),
    Column("responsables", lambda each: each[0].lead),
    Column("hito", lambda each: each[1].number if each[1] else None),
    Column("texto_del_hito", lambda each: _plain(each[1].milestone.text) if each[1] else None),
    Column("inicio", lambda each: str(each[1].milestone.start) if each[1] and each[1].milestone.start else None),
    Column("fin", lambda each: str(each[1].milestone.end) if each[1] and each[1].milestone.end else None),
    Column("estado", lambda each: each[1].shown.level if each[1] else None),
    Column("quien_lo_dice", lambda each: each[1].shown.reading.voice if each[1] and each[1].shown.reading else None),
    Column("por_fechas", lambda each: each[1].shown.timing if each[1] else None),
    Column("dias_de_retraso", lambda each: each[1].shown.days_late if each[1] else None),
)

FILES: dict[str, tuple[Callable[[Plan], bytes], str]] = {
    "xlsx": (workbook_of, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "zip": (csv_of, "application/zip"),
    "json": (json_of, "application/json"),
}
"""The whole plan as files that can be edited and brought in again."""


@current
def plan(request: HttpRequest, number: int) -> HttpResponse:
    """Render a plan, or give its milestones as a file; 404 where no plan has the number."""
    standing = standing_now(number)
    if standing is None:
        raise Http404(number)
    found = standing.plan
    form = wanted_format(request)
    if form:
        rows = ((each, milestone) for each in standing.commitments for milestone in each.milestones or (None,))
        return download(form, f"plan-{number}-hitos", COLUMNS, rows)
    return page(
        request,
        "commitments/plan.html",
        standing=standing,
        axes=_by_axis(found, standing.commitments),
        unknown=max((found.stated_commitments or 0) - len(found.commitments), 0),
        files=tuple(FILES),
        announced=announced("plan", str(number)),
        **said_by(request),
    )


@current
def plan_file(request: HttpRequest, number: int, form: str) -> HttpResponse:
    """The whole plan as a workbook, a ZIP of CSV or JSON, to be edited and brought in again."""
    del request
    found = plan_now(number)
    if found is None or form not in FILES:
        raise Http404(number)
    make, media_type = FILES[form]
    response = HttpResponse(make(found), content_type=media_type)
    response.headers["Content-Disposition"] = f'attachment; filename="plan-{number}.{form}"'
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response


def _by_axis(
    plan: Plan, commitments: tuple[CommitmentStanding, ...]
) -> list[tuple[str, tuple[CommitmentStanding, ...]]]:
    """Commitments under the name of their axis, in the order of the plan; those of none last, without a name."""
    found = [(a.name, tuple(each for each in commitments if each.commitment.axis == a.code)) for a in plan.axes]
    codes = {axis.code for axis in plan.axes}
    rest = tuple(each for each in commitments if each.commitment.axis not in codes)
    return [*found, *([("", rest)] if rest else [])]


def _plain(value: object) -> str | None:
    return value if isinstance(value, str) else None

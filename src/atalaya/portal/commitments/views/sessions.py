"""The technical table: its sessions, who reported which milestone, who did not, and what membership asks for."""

from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone

from atalaya.commitments.compliance import clock
from atalaya.commitments.sessions import REPORTED, Matrix, matrix
from atalaya.portal.commitments.stored import stored_plan, stored_sessions
from atalaya.portal.commitments.views.pages import current, said_by
from atalaya.portal.core.downloads import Column, download, wanted_format
from atalaya.portal.core.pages import page
from atalaya.portal.news.finding import announced

MONTHS = 6
"""Months within which the forum has to meet again: minimum requirement 1.1 of the partnership's standards, since 2022."""

COLUMNS = (
    Column("compromiso", lambda each: each[0].commitment),
    Column("hito", lambda each: each[0].milestone),
    Column("hito_conocido", lambda each: each[0].known),
    Column("sesion", lambda each: each[1].on),
    Column("estado", lambda each: each[2].state),
    Column("instituciones", lambda each: each[2].institutions),
)


@current
def sessions(request: HttpRequest, number: int) -> HttpResponse:
    """Render the matrix of a plan, or give its cells as a file; 404 where no plan has the number."""
    plan = stored_plan(number)
    if plan is None:
        raise Http404(number)
    found = matrix(plan, stored_sessions(number))
    form = wanted_format(request)
    if form:
        rows = (
            (row, session, cell) for row in found.rows for session, cell in zip(found.sessions, row.cells, strict=True)
        )
        return download(form, f"plan-{number}-mesa-tecnica", COLUMNS, rows)
    held = [session.on for session in stored_sessions()]
    return page(
        request,
        "commitments/sessions.html",
        plan=plan,
        matrix=found,
        rows={
            each.commitment: [row for row in found.rows if row.commitment == each.commitment]
            for each in found.commitments
        },
        told=_told(found),
        titles={each.number: each.title for each in plan.commitments},
        reported=REPORTED,
        clock=clock("1.1", held, MONTHS, timezone.localdate()),
        announced=announced("session", *(session.id for session in found.sessions)),
        **said_by(request),
    )


def _told(found: Matrix) -> list[tuple[date, int, tuple[int, ...]]]:
    """For each session: its day, how many cells were reported, and the commitments of which not everything was."""
    return [(each.on, found.reported(place), found.silent(place)) for place, each in enumerate(found.sessions)]

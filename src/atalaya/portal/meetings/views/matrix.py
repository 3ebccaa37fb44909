"""The matrix milestone × session of a plan: who reported, and who did not."""

from datetime import date

from django.http import Http404, HttpRequest, HttpResponseBase

from atalaya.commitments.plan import Silence
from atalaya.commitments.sessions import REPORTED, Matrix, matrix
from atalaya.commitments.wording import DOMAIN, NOT_KNOWN, value_said
from atalaya.portal.commitments.standings import plan_now
from atalaya.portal.core.downloads import Column, download, wanted_format
from atalaya.portal.core.pages import of_people, page, published, spoken, with_words
from atalaya.portal.meetings.marks import mark
from atalaya.portal.meetings.stored import stored_sessions
from atalaya.portal.news.finding import announced
from atalaya.portal.news.shown import news_mark
from atalaya.translations import translate

COLUMNS = (
    Column("compromiso", lambda each: each[0].commitment),
    Column("hito", lambda each: each[0].milestone),
    Column("hito_conocido", lambda each: each[0].known),
    Column("sesion", lambda each: each[1].on),
    Column("estado", lambda each: each[2].state),
    Column("instituciones", lambda each: each[2].institutions),
)


@published
@of_people
@with_words(lambda request, **_: f"{mark(request)} {news_mark()}")
def sessions(request: HttpRequest, number: int) -> HttpResponseBase:
    """Render the matrix of a plan, or give its cells as a file; 404 where no plan has the number."""
    plan = plan_now(number)
    if plan is None:
        raise Http404(number)
    found = matrix(plan, stored_sessions(number))
    form = wanted_format(request)
    if form:
        rows = (
            (row, session, cell) for row in found.rows for session, cell in zip(found.sessions, row.cells, strict=True)
        )
        return download(form, f"plan-{number}-mesa-tecnica", COLUMNS, rows)
    say = spoken(request)

    def text(value: object) -> str:
        if value is None or isinstance(value, Silence):
            return translate(NOT_KNOWN, say.language, DOMAIN)
        return value_said(value, say.language, say.locale)

    return page(
        request,
        "meetings/matrix.html",
        plan=plan,
        matrix=found,
        rows={
            each.commitment: [row for row in found.rows if row.commitment == each.commitment]
            for each in found.commitments
        },
        told=_told(found),
        titles={each.number: each.title for each in plan.commitments},
        reported=REPORTED,
        text=text,
        announced=announced("session", *(session.id for session in found.sessions)),
    )


def _told(found: Matrix) -> list[tuple[date, int, tuple[int, ...]]]:
    """For each session: its day, how many cells were reported, and the commitments of which not everything was."""
    return [(each.on, found.reported(place), found.silent(place)) for place, each in enumerate(found.sessions)]

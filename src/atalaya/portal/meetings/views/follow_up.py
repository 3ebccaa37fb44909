"""The one space of follow-up: table, committees, commitments and what everybody said, in the order of what is pressing."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponseBase

from atalaya.commitments.wording import DOMAIN, LEVELS, VOICES
from atalaya.portal.core.days import today
from atalaya.portal.core.downloads import Column, download, wanted_format
from atalaya.portal.core.pages import daily, of_people, page, published, spoken, with_words
from atalaya.portal.meetings.following import Following, following
from atalaya.portal.meetings.marks import mark, words_of
from atalaya.portal.meetings.views.bodies import overviews
from atalaya.translations import translate

COLUMNS = (
    Column("que", lambda each: each[0]),
    Column("fecha", lambda each: each[1]),
    Column("organo_o_plan", lambda each: each[2]),
    Column("texto", lambda each: each[3]),
    Column("responsable", lambda each: each[4]),
    Column("dias_de_atraso", lambda each: each[5]),
)


@published
@of_people
@daily
@with_words(mark)
def follow_up(request: HttpRequest) -> HttpResponseBase:
    """Render what is next, late and silent, or the lines as a file."""
    now = today()
    found = following(now)
    form = wanted_format(request)
    if form:
        return download(form, "seguimiento", COLUMNS, _lines(found))
    say = spoken(request)
    return page(
        request,
        "meetings/follow_up.html",
        found=found,
        bodies=overviews(now),
        voice=lambda name: translate(VOICES[name], say.language, DOMAIN),
        level=lambda name: translate(LEVELS.get(name, name), say.language, DOMAIN),
        **words_of(request),
    )


def _lines(found: Following) -> Iterator[tuple[Any, ...]]:
    for each in found.calls:
        yield "sesion_convocada", each.on, each.body_id, each.title, each.convened_by, None
    for each in found.announced:
        yield "sesion_anunciada", each.next_session, each.body_id, each.title, "", None
    for each in found.missed:
        yield "sesion_no_celebrada", each.next_session, each.body_id, each.title, "", None
    for duty in found.duties:
        late = max(0, -duty.days_left) if duty.days_left is not None else None
        yield "obligacion", duty.due, "", duty.duty.title["es"], "", late
    for told in (*found.late, *found.open):
        agreement = told.agreement
        yield "acuerdo", agreement.due, agreement.session.body_id, agreement.text, told.responsible, told.days_late
    for plan in found.plans:
        for number in plan.silent:
            on = plan.last.on if plan.last else None
            yield "compromiso_sin_informe_completo", on, plan.standing.plan.number, number, "", None

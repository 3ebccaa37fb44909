"""What sessions agreed: who is to do it, until when, how it stands, and what is overdue."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponseBase
from django.utils.http import urlencode

from atalaya.portal.core.days import today
from atalaya.portal.core.downloads import Column, download, wanted_format
from atalaya.portal.core.pages import daily, of_people, page, published, with_words
from atalaya.portal.meetings.marks import mark, words_of
from atalaya.portal.meetings.services.agreements import agreements as every
from atalaya.portal.meetings.services.agreements import tracked
from atalaya.portal.meetings.states import AGREEMENT_STATES

SHOWN = 40
LATE = "late"
FILTERS = {**AGREEMENT_STATES, LATE: "overdue"}

COLUMNS = (
    Column("sesion", lambda each: each.agreement.session_id),
    Column("organo", lambda each: each.agreement.session.body_id),
    Column("fecha", lambda each: each.agreement.session.on),
    Column("numero", lambda each: each.agreement.number),
    Column("acuerdo", lambda each: each.agreement.text),
    Column("responsable", lambda each: each.responsible),
    Column("compromiso", lambda each: each.agreement.commitment),
    Column("plazo", lambda each: each.agreement.due),
    Column("estado", lambda each: each.state),
    Column("dias_de_atraso", lambda each: each.days_late),
    Column("ultimo_paso", lambda each: each.last and each.last.on),
    Column("que_paso", lambda each: each.last and each.last.text),
    Column("evidencia", lambda each: each.last and each.last.evidence),
)


@published
@of_people
@daily
@with_words(mark)
def agreements(request: HttpRequest) -> HttpResponseBase:
    """Render every agreement, those of one state where it is asked, or the list as a file."""
    wanted = request.GET.get("estado", "")
    wanted = wanted if wanted in FILTERS else ""
    found = [tracked(each, today()) for each in every()]
    if wanted:
        found = [each for each in found if (each.days_late > 0 if wanted == LATE else each.state == wanted)]
    form = wanted_format(request)
    if form:
        return download(form, "acuerdos", COLUMNS, found)
    return page(
        request,
        "meetings/agreements.html",
        shown=Paginator(found, SHOWN).get_page(request.GET.get("pagina")),
        filters=FILTERS,
        wanted=wanted,
        link=lambda **values: f"?{urlencode({'estado': wanted, **values})}",
        **words_of(request),
    )

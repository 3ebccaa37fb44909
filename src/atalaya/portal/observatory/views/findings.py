"""Findings as a list, narrowed by institution and check, downloaded whole."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponseBase

from atalaya.checks.registry import CHECKS
from atalaya.portal.core.downloads import Column, download, wanted_format
from atalaya.portal.core.pages import page, published, with_words
from atalaya.portal.observatory.models import Dataset, Finding, Institution, Resource
from atalaya.portal.observatory.queries import names_of, rules_of
from atalaya.portal.reviews.published import all_states, mark_of_all, states_of
from atalaya.portal.reviews.states import KINDS, STATES
from atalaya.publish.sentences import explainer

SHOWN = 25

COLUMNS = (
    Column("id", lambda each: each.id),
    Column("prueba", lambda each: each.check_id),
    Column("version", lambda each: each.check_version),
    Column("institucion", lambda each: each.institution),
    Column("conjunto", lambda each: each.dataset),
    Column("recurso", lambda each: each.resource),
    Column("tabla", lambda each: each.table_name),
    Column("motivo", lambda each: each.reason),
    Column("desde", lambda each: each.since),
)


@published
@with_words(lambda _: mark_of_all())
def findings(request: HttpRequest) -> HttpResponseBase:
    """Render the page, or its rows as a file."""
    found = Finding.objects.all()
    unit, check = request.GET.get("institucion", ""), request.GET.get("prueba", "")
    if unit:
        found = found.filter(institution=unit)
    if check:
        found = found.filter(check_id=check)
    form = wanted_format(request)
    if form:
        answers = all_states()
        columns = (
            *COLUMNS,
            Column("respuesta", lambda each: answers[each.id].kind if each.id in answers else ""),
            Column("estado_de_la_respuesta", lambda each: answers[each.id].state if each.id in answers else ""),
            Column("resolucion", lambda each: answers[each.id].outcome if each.id in answers else ""),
        )
        return download(form, f"hallazgos-{request.edition.observation}", columns, found.iterator())
    shown = Paginator(found, SHOWN).get_page(request.GET.get("pagina"))
    explain = explainer(CHECKS, request.edition.country)
    return page(
        request,
        "observatory/findings.html",
        shown=shown,
        answers=states_of(each.id for each in shown),
        kinds=KINDS,
        states=STATES,
        institution=Institution.objects.filter(id=unit).first() if unit else None,
        check=check,
        rules=rules_of([*(each.check_id for each in shown), check]),
        names=names_of(each.institution for each in shown),
        datasets={each.id: each for each in Dataset.objects.filter(id__in=[each.dataset for each in shown])},
        resources={each.id: each for each in Resource.objects.filter(id__in=[each.resource for each in shown])},
        explain=lambda each: explain(each.as_row(), request.language),
        unit=unit,
    )

"""How figures are made: every check with its rule and remedy, and the editions that were published."""

from itertools import groupby

from django.core.paginator import Paginator
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase

from atalaya.portal.core.downloads import Column, download, wanted_format
from atalaya.portal.core.pages import page, published
from atalaya.portal.observatory.models import Edition, Finding, Rule
from atalaya.portal.observatory.queries import names_of
from atalaya.publish.method import accuracies, faults

COLUMNS = (
    Column("prueba", lambda each: each.id),
    Column("version", lambda each: each.version),
    Column("nivel", lambda each: each.level),
    Column("dimension", lambda each: each.dimension),
    Column("titulo", lambda each: each.title.get("es")),
    Column("regla", lambda each: each.body.get("es")),
    Column("remedio", lambda each: each.remedy.get("es")),
    Column("casos", lambda each: each.failing),
)

SHOWN = 50
"""Institutions of one page of a check."""


@published
def method(request: HttpRequest) -> HttpResponseBase:
    """Render the checks by level, the editions, how often it was right, and the known faults; or the checks as a file."""
    checks = Rule.objects.filter(kind="check")
    form = wanted_format(request)
    if form:
        return download(form, f"pruebas-{request.edition.observation}", COLUMNS, checks)
    levels = [(level, list(rules)) for level, rules in groupby(checks, key=lambda rule: rule.level)]
    return page(
        request,
        "observatory/method.html",
        levels=levels,
        editions=Edition.objects.all(),
        accuracies=accuracies(),
        faults=faults(),
    )


@published
def rule(request: HttpRequest, check: str) -> HttpResponse:
    """Render one check: its text, its remedy, and who fails it; 404 where there is no such check."""
    found = Rule.objects.filter(id=check).order_by("-version").first()
    if found is None:
        raise Http404(check)
    cases = Finding.objects.filter(check_id=check).exclude(institution=None).order_by()
    counts = cases.values_list("institution").annotate(count=Count("id")).order_by("-count", "institution")
    shown = Paginator(counts, SHOWN).get_page(request.GET.get("pagina"))
    return page(
        request,
        "observatory/rule.html",
        rule=found,
        failing=shown,
        names=names_of(unit for unit, _ in shown),
        link=lambda pagina: f"?pagina={pagina}",
    )

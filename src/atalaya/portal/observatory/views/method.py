"""How figures are made: every check with its rule and remedy, and the editions that were published."""

from itertools import groupby

from django.core.paginator import Paginator
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse

from atalaya.portal.core.pages import page, published
from atalaya.portal.observatory.models import Edition, Finding, Rule
from atalaya.portal.observatory.queries import names_of

SHOWN = 50
"""Institutions of one page of a check."""


@published
def method(request: HttpRequest) -> HttpResponse:
    """Render the list of all checks by level, and of all editions."""
    checks = Rule.objects.filter(kind="check")
    levels = [(level, list(rules)) for level, rules in groupby(checks, key=lambda rule: rule.level)]
    return page(request, "observatory/method.html", levels=levels, editions=Edition.objects.all())


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

"""How figures are made: every check with its rule and remedy, and the editions that were published."""

from itertools import groupby

from django.http import Http404, HttpRequest, HttpResponse

from atalaya.portal.core.pages import page, published
from atalaya.portal.observatory.models import Edition, Finding, Rule
from atalaya.portal.observatory.queries import names_of


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
    counts: dict[str, int] = {}
    for unit in Finding.objects.filter(check_id=check).exclude(institution=None).values_list("institution", flat=True):
        counts[unit] = counts.get(unit, 0) + 1
    return page(
        request,
        "observatory/rule.html",
        rule=found,
        failing=sorted(counts.items(), key=lambda item: (-item[1], item[0])),
        names=names_of(counts),
    )

"""Names in further languages: how far each is, what it says, and what awaits a translator."""

from collections import Counter, defaultdict

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase

from atalaya.portal.core.downloads import Column, download, wanted_format
from atalaya.portal.core.pages import page, published
from atalaya.portal.observatory.models import Language, Translation

SHOWN = 100

COLUMNS = (
    Column("subject", lambda each: each.subject),
    Column("field", lambda each: each.field),
    Column("source", lambda each: each.source),
    Column("of_sha256", lambda each: each.of_sha256),
    Column("text", lambda each: "" if each.state == "stale" else each.text),
    Column("before", lambda each: each.text if each.state == "stale" else ""),
)
"""Those of the files that translators send back: `countries.row_translations.COLUMNS`."""


@published
def languages(request: HttpRequest) -> HttpResponse:
    """Render how far each language is."""
    counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for tag, state in Translation.objects.order_by().values_list("language", "state"):
        counts[tag][state] += 1
    return page(request, "observatory/languages.html", languages=Language.objects.all(), counts=counts)


@published
def language(request: HttpRequest, tag: str) -> HttpResponseBase:
    """Render the names in one language beside their source, or hand them over as a translator's file; 404 for any other."""
    found = Language.objects.filter(tag=tag).first()
    if found is None:
        raise Http404(tag)
    rows = Translation.objects.filter(language=tag)
    form = wanted_format(request)
    if form:
        return download(form, tag, COLUMNS, rows)
    shown = Paginator(rows, SHOWN).get_page(request.GET.get("pagina"))
    return page(
        request,
        "observatory/language.html",
        language=found,
        shown=shown,
        counts=Counter(rows.order_by().values_list("state", flat=True)),
        link=lambda **values: f"?pagina={values['pagina']}",
    )

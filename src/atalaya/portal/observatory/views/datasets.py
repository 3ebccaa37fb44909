"""The catalogue of all that institutions publish: searched by words, narrowed by facets, downloaded as a list."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from django.contrib.postgres.search import SearchQuery, SearchRank
from django.core.paginator import Paginator
from django.db.models import Count, F, Func, QuerySet
from django.http import HttpRequest, HttpResponseBase

from atalaya.portal.core.downloads import Column, download, wanted_format
from atalaya.portal.core.pages import page, published
from atalaya.portal.observatory.models import Dataset, Facet
from atalaya.portal.observatory.queries import names_of
from atalaya.publish.read_model.search_words import stems

PARAMETERS = ("q", "institucion", "formato_de_archivo", "pagina")
LONGEST = 200
"""Characters of a parameter that are looked at."""

SHOWN = 20
FACET = 12
"""Values that a facet offers; the most frequent ones."""

COLUMNS = (
    Column("id", lambda each: each.id),
    Column("titulo", lambda each: each.title),
    Column("institucion", lambda each: each.institution),
    Column("publicador", lambda each: each.publisher),
    Column("fuente", lambda each: each.source),
    Column("licencia", lambda each: each.licence),
    Column("formatos", lambda each: each.formats),
    Column("modificado", lambda each: each.modified),
    Column("recursos", lambda each: each.resources),
    Column("hallazgos", lambda each: each.findings),
    Column("pagina", lambda each: each.landing_page),
)


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a facet: how many datasets it leaves, and the address that chooses it or lets go of it."""

    value: str
    title: str
    count: int
    chosen: bool
    query: str


@published
def datasets(request: HttpRequest) -> HttpResponseBase:
    """Render the page, or its rows as a file."""
    wanted = request.GET.get("q", "").strip()[:LONGEST]
    found = matching(wanted, request.GET)
    form = wanted_format(request)
    if form:
        return download(
            form, f"conjuntos-{request.edition.observation}", COLUMNS, found.defer("words", "descriptions").iterator()
        )
    shown = Paginator(found.defer("words"), SHOWN).get_page(request.GET.get("pagina"))
    return page(
        request,
        "observatory/datasets.html",
        wanted=wanted,
        shown=shown,
        names=names_of(each.institution for each in shown),
        institutions=_institutions(request, wanted),
        formats=_formats(request, wanted),
        link=lambda **values: _query(request, **values),
    )


def matching(wanted: str, chosen: Mapping[str, str]) -> QuerySet[Dataset]:
    """The datasets that hold all words (the last one may be cut short) and have what was chosen; best first."""
    found = Dataset.objects.all()
    if chosen.get("institucion"):
        found = found.filter(institution=chosen["institucion"])
    if chosen.get("formato_de_archivo"):
        found = found.filter(formats__contains=[chosen["formato_de_archivo"]])
    words = stems(wanted)
    if not words:
        return found
    asked = SearchQuery(" & ".join(f"'{word}':*" for word in words), search_type="raw", config="simple")
    return found.filter(words=asked).annotate(rank=SearchRank(F("words"), asked)).order_by("-rank", "title", "id")


def _institutions(request: HttpRequest, wanted: str) -> list[Choice]:
    if not stems(wanted) and not request.GET.get("formato_de_archivo"):
        rows = list(Facet.objects.filter(name="institution").values_list("value", "datasets")[:FACET])
    else:
        others = {key: value for key, value in request.GET.items() if key != "institucion"}
        found = matching(wanted, others).exclude(institution=None).order_by().values_list("institution")
        rows = list(found.annotate(count=Count("id")).order_by("-count", "institution")[:FACET])
    names = names_of(unit for unit, _ in rows)
    return [_choice(request, "institucion", unit, names[unit].name, count) for unit, count in rows if unit in names]


def _formats(request: HttpRequest, wanted: str) -> list[Choice]:
    if not stems(wanted) and not request.GET.get("institucion"):
        rows = list(Facet.objects.filter(name="format").values_list("value", "datasets")[:FACET])
    else:
        others = {key: value for key, value in request.GET.items() if key != "formato_de_archivo"}
        each = (
            matching(wanted, others).order_by().annotate(each=Func(F("formats"), function="unnest")).values_list("each")
        )
        rows = list(each.annotate(count=Count("id")).order_by("-count", "each")[:FACET])
    return [_choice(request, "formato_de_archivo", form, form.upper(), count) for form, count in rows]


def _choice(request: HttpRequest, name: str, value: str, title: str, count: int) -> Choice:
    chosen = request.GET.get(name) == value
    return Choice(value, title, count, chosen, _query(request, **{name: None if chosen else value, "pagina": None}))


def _query(request: HttpRequest, **values: object) -> str:
    """What the page knows of its address's query, with some values put in the place of others; None takes one away."""
    asked = {name: request.GET[name][:LONGEST] for name in PARAMETERS if request.GET.get(name)}
    kept = {name: str(value) for name, value in {**asked, **values}.items() if value is not None}
    return f"?{urlencode(kept)}"

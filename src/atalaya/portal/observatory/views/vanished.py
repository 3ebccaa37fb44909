"""What was published once and is there no more: since when, by whom, how that was established, and the last good copy."""

from collections import Counter
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.db.models import F
from django.http import Http404, HttpRequest, HttpResponse
from markupsafe import Markup

from atalaya.history.vanished import ESTABLISHED
from atalaya.portal.core.downloads import Column, download, wanted_format
from atalaya.portal.core.pages import page, published, spoken
from atalaya.portal.observatory.losses import ORDER, how, state_title
from atalaya.portal.observatory.models import Dataset, Institution, Resource, Source, Vanished
from atalaya.portal.observatory.queries import names_of

SHOWN = 25

LOST = "perdidos"
"""What the page shows when no state is asked for: all that is lost beyond one look."""

COLUMNS = (
    Column("id", lambda each: each.id),
    Column("nivel", lambda each: each.level),
    Column("estado", lambda each: each.state),
    Column("titulo", lambda each: each.title),
    Column("conjunto", lambda each: each.dataset),
    Column("titulo_del_conjunto", lambda each: each.dataset_title),
    Column("institucion", lambda each: each.institution),
    Column("fuente", lambda each: each.source),
    Column("direccion", lambda each: each.url),
    Column("visto_por_ultima_vez", lambda each: each.last_seen),
    Column("desde", lambda each: each.since),
    Column("volvio", lambda each: each.back),
    Column("motivo", lambda each: each.reason),
    Column("causa", lambda each: each.facts.get("cause")),
    Column("identificador_actual", lambda each: each.successor),
    Column("copia_fecha", lambda each: each.copy_day),
    Column("copia_bytes", lambda each: each.copy_size),
    Column("copia_sha256", lambda each: each.copy_sha256),
    Column("copia_completa", lambda each: None if each.copy_kept is None else each.copy_kept == "whole"),
    Column("copia_publica", lambda each: each.copy_public),
)


@published
def vanished(request: HttpRequest) -> HttpResponse:
    """Render the list, or its rows as a file; `estado` and `institucion` narrow both."""
    unit, state = request.GET.get("institucion", ""), request.GET.get("estado", "") or LOST
    found = Vanished.objects.all()
    if unit:
        found = found.filter(institution=unit)
    counts = Counter(found.filter(alone=True).values_list("state", flat=True))
    if state == LOST:
        found = found.filter(state__in=ESTABLISHED)
    elif state in ORDER:
        found = found.filter(state=state)
    form = wanted_format(request)
    if form:
        return download(form, f"desaparecidos-{request.edition.observation}", COLUMNS, found)
    shown = Paginator(
        found.filter(alone=True).order_by(F("since").desc(nulls_last=True), "title", "id"), SHOWN
    ).get_page(request.GET.get("pagina"))
    names = names_of([*(each.institution for each in shown), unit])
    return page(
        request,
        "observatory/vanished.html",
        shown=shown,
        names=names,
        unit=unit if unit in names else "",
        state=state if state in ORDER else LOST,
        states=[(each, counts[each]) for each in ORDER if counts[each]],
        lost=sum(counts[each] for each in ESTABLISHED),
        copies=_copies([each.dataset for each in shown]),
        title=lambda each: state_title(spoken(request), each),
        how=_how(request, [each.source for each in shown]),
        link=lambda **values: _query(request, **values),
    )


@published
def loss(request: HttpRequest, identifier: str) -> HttpResponse:
    """Render one dataset or resource that was lost, moved or returned; 404 where none has this identifier."""
    found = Vanished.objects.filter(id=identifier).first()
    if found is None:
        raise Http404(identifier)
    below = Vanished.objects.filter(dataset=found.id, level="resource") if found.level == "dataset" else ()
    current = found.dataset if found.level == "resource" else (found.successor or found.id)
    return page(
        request,
        "observatory/loss.html",
        loss=found,
        institution=Institution.objects.filter(id=found.institution).first(),
        source=Source.objects.filter(id=found.source).first(),
        resources=below,
        dataset=Dataset.objects.filter(id=current).first(),
        resource=Resource.objects.filter(id=found.successor or found.id).first(),
        later=Vanished.objects.filter(id=found.successor or "").first(),
        whole=Vanished.objects.filter(id=found.dataset, level="dataset").first() if found.level == "resource" else None,
        title=lambda each: state_title(spoken(request), each),
        how=_how(request, [found.source]),
    )


def _copies(datasets: list[str]) -> Counter[str]:
    """How many resources of each dataset have a copy that was kept."""
    rows = Vanished.objects.filter(dataset__in=datasets, level="resource").exclude(copy_sha256=None)
    return Counter(rows.values_list("dataset", flat=True))


def _how(request: HttpRequest, sources: list[str]) -> object:
    say, read = spoken(request), spoken(request).day(request.edition.as_of.isoformat())
    known = {each.id: each for each in Source.objects.filter(id__in=sources)}

    def told(each: Vanished) -> Markup:
        source = known.get(each.source)
        name = say.titled(source.url, source.title) if source else say.quote(each.source)
        return how(say, each, name, read)

    return told


def _query(request: HttpRequest, **values: object) -> str:
    """The query of this page's address with some values in the place of others; None takes one away."""
    asked = {name: request.GET[name][:200] for name in ("estado", "institucion") if request.GET.get(name)}
    kept = {name: str(value) for name, value in {**asked, **values}.items() if value is not None}
    return f"?{urlencode(kept)}"

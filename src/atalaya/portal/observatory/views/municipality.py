"""My municipality: chosen by department and name, with what it publishes, its duties, its figure, and who is like it."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse

from atalaya.portal.core.downloads import Column, download, wanted_format
from atalaya.portal.core.pages import daily, page, published
from atalaya.portal.observatory.agenda import items_of, stretch
from atalaya.portal.observatory.models import Dataset, Division, DutyVerdict, Institution, Score, Seat
from atalaya.portal.observatory.queries import index_scores
from atalaya.portal.observatory.standings import counted
from atalaya.portal.observatory.views.datasets import matching

ABOVE, HERE = "departamento", "municipio"
NEIGHBOURS = 5
SHOWN = 10
SOON = 5

COLUMNS = (
    Column("division", lambda row: row[0].code),
    Column("nombre", lambda row: row[0].name),
    Column("dentro_de", lambda row: row[0].parent),
    Column("poblacion", lambda row: row[0].population),
    Column("institucion", lambda row: row[1] and row[1].id),
    Column("conjuntos", lambda row: row[1] and row[1].datasets),
    Column("puntaje", lambda row: row[2] and row[2].value),
    Column("puntaje_minimo", lambda row: row[2] and row[2].low),
    Column("puntaje_maximo", lambda row: row[2] and row[2].high),
)


@published
@daily
def municipality(request: HttpRequest) -> HttpResponse:
    """Render the choice, or what there is of the municipality that was chosen; as a file, all of a department or all."""
    above = Division.objects.filter(code=request.GET.get(ABOVE, "")).first()
    here = Division.objects.filter(code=request.GET.get(HERE, "")).first()
    if here is not None and here.parent is not None:
        above = Division.objects.filter(code=here.parent).first() or above
    seats, scores = _seats(), index_scores(request.edition)
    form = wanted_format(request)
    if form:
        listed = Division.objects.filter(parent=above.code) if above else Division.objects.filter(level__gt=1)
        rows = ((each, seats.get(each.code), _score(seats.get(each.code), scores)) for each in listed)
        return download(form, f"municipios-{request.edition.observation}", COLUMNS, rows)
    below = list(Division.objects.filter(parent=above.code)) if above else []
    values = _place(request, here, seats, scores, below) if here is not None else {}
    return page(
        request,
        "observatory/municipality.html",
        tops=Division.objects.filter(parent=None),
        above=above,
        below=below,
        here=here,
        seats=seats,
        **values,
    )


def _seats() -> dict[str, Institution]:
    """Division → the institution that governs it: of several the one that names the division, else the first by id."""
    known = {each.institution: each.division for each in Seat.objects.all()}
    found: dict[str, Institution] = {}
    for each in Institution.objects.filter(id__in=known).order_by("id"):
        found.setdefault(known[each.id], each)
    return found


def _score(found: Institution | None, scores: dict[str, Score]) -> Score | None:
    return scores.get(found.id) if found else None


def _place(
    request: HttpRequest,
    here: Division,
    seats: dict[str, Institution],
    scores: dict[str, Score],
    below: Sequence[Division],
) -> dict[str, Any]:
    found = seats.get(here.code)
    others = Dataset.objects.none() if found is None else matching(here.name, {}).exclude(institution=found.id)
    others = matching(here.name, {}) if found is None else others
    peers = [each for each in below if each.code != here.code and each.code in seats]
    return {
        "found": found,
        "score": _score(found, scores),
        "standings": counted(DutyVerdict.objects.filter(institution=found.id, period=""), request.language)
        if found
        else [],
        "datasets": Dataset.objects.filter(institution=found.id)[:SHOWN] if found else [],
        "items": items_of(found.id, stretch(request, request.edition))[:SOON] if found else [],
        "neighbours": [
            (each, seats[each.code], _score(seats[each.code], scores)) for each in _nearest(here, peers)[:NEIGHBOURS]
        ],
        "named": others[:SHOWN],
        "named_count": others.count(),
    }


def _nearest(here: Division, peers: Sequence[Division]) -> list[Division]:
    """Those of the same department, the most alike by population first; without figures of population by name."""
    if here.population is None:
        return sorted(peers, key=lambda each: each.name)
    own = here.population
    return sorted(peers, key=lambda each: (each.population is None, abs((each.population or 0) - own), each.name))

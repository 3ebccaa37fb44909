"""The whole index with other weights of its dimensions: how the ranking moves, and how sure it is as it stands."""

from dataclasses import dataclass
from math import isfinite
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse

from atalaya.exceptions import MethodologyError
from atalaya.indices.engine import Computed
from atalaya.indices.language.definition import Item
from atalaya.indices.series import plain_figure
from atalaya.indices.weighing import weighed
from atalaya.portal.core.downloads import Column, download, wanted_format
from atalaya.portal.core.pages import page, published
from atalaya.portal.observatory.models import Institution, Likely
from atalaya.portal.observatory.reckoning import Busy, computed, turn

LEAST, MOST = 0, 100
"""Bounds of a weight that the page takes, in whole points."""


@dataclass(frozen=True, slots=True)
class Slider:
    """One dimension with the weight that the methodology gives it and the one that is tried."""

    item: Item
    own: float
    tried: float

    @property
    def name(self) -> str:
        """The name of its field."""
        return f"peso_{self.item.id}"


@dataclass(frozen=True, slots=True)
class Place:
    """A ranked institution: its score and rank, with best and worst, now and with the weights that are tried."""

    unit: str
    now: tuple[float | None, ...]
    then: tuple[float | None, ...]

    @property
    def moved(self) -> int:
        """Places that it rises (above 0) or falls."""
        return int((self.now[1] or 0) - (self.then[1] or 0))


COLUMNS = (
    Column("institucion", lambda each: each.unit),
    Column("puntaje", lambda each: each.now[0]),
    Column("puesto", lambda each: each.now[1]),
    Column("puesto_mejor", lambda each: each.now[2]),
    Column("puesto_peor", lambda each: each.now[3]),
    Column("puntaje_con_estos_pesos", lambda each: each.then[0]),
    Column("puesto_con_estos_pesos", lambda each: each.then[1]),
    Column("puesto_mejor_con_estos_pesos", lambda each: each.then[2]),
    Column("puesto_peor_con_estos_pesos", lambda each: each.then[3]),
)


@published
def weights(request: HttpRequest) -> HttpResponse:
    """Render the page, or both rankings as a file; 503 where too many ask at once."""
    try:
        with turn():
            whole = computed(request.edition)
            sliders = [_slider(request, item) for item in whole.index.root.present]
            fault = not any(each.tried for each in sliders)
            tried = whole if fault else _tried(whole, sliders)
    except Busy:
        answer = page(request, "observatory/busy.html", status=503, institution=None)
        answer.headers["Retry-After"] = "5"
        return answer
    places = _places(whole, tried)
    form = wanted_format(request)
    if form:
        return download(form, f"otros-pesos-{request.edition.observation}", COLUMNS, places)
    return page(
        request,
        "observatory/weights.html",
        sliders=sliders,
        total=sum(each.tried for each in sliders),
        fault=fault,
        changed=any(each.tried != each.own for each in sliders),
        places=places,
        likely={each.unit: each for each in Likely.objects.all()},
        names={each.id: each for each in Institution.objects.all()},
        uncertainty=whole.index.uncertainty,
        least=LEAST,
        most=MOST,
        kept="?" + urlencode({each.name: _plain(each.tried) for each in sliders}),
    )


def _slider(request: HttpRequest, item: Item) -> Slider:
    return Slider(item, item.weight, _weight(request.GET.get(f"peso_{item.id}", ""), item.weight))


def _weight(said: str, own: float) -> float:
    """A weight as it was written, inside the bounds; the methodology's own where it is no number."""
    try:
        number = float(said.replace(",", ".")[:12])
    except ValueError:
        return own
    return float(round(min(max(number, LEAST), MOST), 1)) if isfinite(number) else own


def _tried(whole: Computed, sliders: list[Slider]) -> Computed:
    if all(each.tried == each.own for each in sliders):
        return whole
    try:
        return weighed(whole, {each.item.id: each.tried for each in sliders})
    except MethodologyError:
        return whole


def _places(whole: Computed, tried: Computed) -> list[Place]:
    """All that are ranked either way, by their place with the weights that are tried."""
    rows = [
        Place(unit, _standing(whole, place), _standing(tried, place))
        for place, unit in enumerate(whole.table.units)
        if whole.ranked[place] or tried.ranked[place]
    ]
    return sorted(rows, key=lambda row: (row.then[1] is None, row.then[1] or 0.0, row.unit))


def _standing(found: Computed, place: int) -> tuple[float | None, ...]:
    placed = found.ranks[found.index.rankings[0].id]
    series = (found.scores.values, placed.rank, placed.best, placed.worst)
    return tuple(plain_figure(each[place]) for each in series)


def _plain(number: float) -> str:
    return f"{number:g}"
